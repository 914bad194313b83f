#!/usr/bin/env bash
# striprtf, the usual reader of .rtf files in Python, changes the words of valid RTF 1.9 documents.
#
# Version: striprtf 0.0.35 (Python 3.11).
# Seen, where Word and LibreOffice show the text on the right:
#   * words that were deleted with tracked changes (\deleted) are in the text;
#   * the words before and after a column break (\column) are joined;
#   * of \upr, which gives words twice, for readers without Unicode and with it, neither is read;
#   * the words of a text box (\shptxt) and of a footnote are left out.
# None of this is reported.
#
# Exits with 0 while the behaviour is as described, with 1 if it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
cat > "$folder/check.py" <<'PYTHON'
import sys

from striprtf.striprtf import rtf_to_text

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}}"
# what, body, what Word shows, what striprtf gives
CASES = [
    ("tracked deletion", r"they {\deleted NEVER }came", "they came", "they NEVER came"),
    ("column break", r"one\column two", "one two", "onetwo"),
    ("alternative with Unicode", r"{\upr{caf?}{\*\ud{caf\u233?}}}", "café", ""),
    ("text box", r"{\shp{\*\shpinst{\shptxt boxed\par}}}words", "boxed words", "words"),
    ("footnote", r"words{\footnote\pard\plain a note}", "words (a note)", "words"),
]
changed = 0
for what, body, shown, expected in CASES:
    got = " ".join(rtf_to_text(f"{HEAD}{body}}}").split())
    changed += got != expected
    note = "" if got == expected else f"   CHANGED, was {expected!r}"
    print(f"{what}: Word shows {shown!r}, striprtf gives {got!r}{note}")
sys.exit(1 if changed else 0)
PYTHON
"$folder/venv/bin/python" "$folder/check.py"
