#!/usr/bin/env bash
# pysubs2 1.8.1 takes a number on the last line of a subtitle for the number of the next subtitle:
#   * SubRip: "born in / 1987" as the last subtitle of a file becomes "born in".
#   * WebVTT without cue identifiers: every cue whose last line is a number loses that line.
# In WebVTT it also drops the name in a voice tag (<v Ann Lee>), and reads the identifier of a cue that is not a number
# into the words of the cue above.
#
# The input is valid SubRip and WebVTT. Exits 0 while the behaviour is as described, 1 if it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pysubs2==1.8.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import pysubs2

SRT = "1\n00:00:01,000 --> 00:00:02,000\nfive of us\n\n2\n00:00:02,000 --> 00:00:03,000\nborn in\n1987\n"
VTT = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\nwe were\n12\n\n00:02.000 --> 00:03.000\nborn in\n1987\n\n"
    "closing\n00:03.000 --> 00:04.000\n<v Ann Lee>thank you</v>\n"
)


def read(text, kind):
    events = pysubs2.SSAFile.from_string(text, format_=kind)
    return [(event.name, event.plaintext) for event in events]


print("pysubs2", pysubs2.VERSION)
seen = {"srt": read(SRT, "srt"), "vtt": read(VTT, "vtt")}
for kind, events in seen.items():
    print(kind, events)
expected = {
    "srt": [("", "five of us"), ("", "born in")],
    "vtt": [("", "we were"), ("", "born in\n1987\n\nclosing"), ("", "thank you")],
}
sys.exit(seen != expected)
PYTHON
