#!/usr/bin/env bash
# webvtt-py 0.6.0 reads a valid WebVTT file in which one cue has two speakers and character references:
#   * `voice` is the first speaker of the cue only; `text` joins the words of both, and nothing says where one ends.
#   * `text` has the tags removed but character references left: "R&amp;D" stays "R&amp;D", also in `voice`.
# The standard resolves references in both (WebVTT cue text parsing rules, https://www.w3.org/TR/webvtt1/).
#
# Exits 0 while the behaviour is as described, 1 if it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check webvtt-py==0.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from webvtt import WebVTT

FILE = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Did you come?</v> <v Bob>I did.</v>\n\n"
    "00:02.000 --> 00:03.000\n<v Ann &amp; Bob>We work in R&amp;D.</v>\n"
)

print("webvtt-py", version("webvtt-py"))
seen = [(caption.voice, caption.text) for caption in WebVTT.from_string(FILE).captions]
print(seen)
sys.exit(seen != [("Ann", "Did you come? I did."), ("Ann &amp; Bob", "We work in R&amp;D.")])
PYTHON
