#!/usr/bin/env bash
# plotext 6.1.0 shrinks a plot to the height of the terminal although plot_size asked for more, also where the text is
# built for a file: 40 horizontal bars on 43 rows come out as 19 bars at 24 lines, without a message. Bars that fall into
# the same row are drawn over each other, so that the lengths that are seen belong to every second label.
# plotext.terminal.limit(False, False) gives each bar its row.
#
# Seen on Linux, CPython 3.11, with LINES=24 and no terminal. Exits non-zero if this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check plotext==6.1.0
cat >"$folder/bars.py" <<'PYTHON'
import sys

import plotext

if "unlimited" in sys.argv:
    plotext.terminal.limit(False, False)
picture = plotext.figure
picture.clear()
picture.theme("colorless")
picture.plot_size(60, 43)
positions = list(range(40, 0, -1))
bars = picture.bar(positions, list(range(11, 51)), orientation="horizontal", marker="#", width=0.001)
picture.draw(bars)
picture.ruler("y").lim(0.75, 40.25)
text = picture.build().string(colorless=True)
print(sum("#" in line for line in text.split("\n")))
PYTHON
shrunk=$(LINES=24 COLUMNS=80 "$folder/venv/bin/python" "$folder/bars.py")
whole=$(LINES=24 COLUMNS=80 "$folder/venv/bin/python" "$folder/bars.py" unlimited)
echo "40 bars: $shrunk rows with bars as plotext comes, $whole with its limit off"
[ "$shrunk" -lt 25 ] && [ "$whole" -eq 40 ]
