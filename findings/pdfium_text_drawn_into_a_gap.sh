#!/usr/bin/env bash
# pdfium gives text that is drawn into a gap of an earlier text object after that object, not where it is printed.
#
# A PDF may draw "we did      leave", with a gap, and then "not" into the gap: word processors do so for a word in another
# font, an emoji or a subscript. The page shows "we did not leave"; FPDFText_GetText, which pypdfium2's get_text_range
# calls, returns "we did leave not". The characters' boxes are right, so a caller can sort by them.
# Exits with 1 if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from pypdfium2 import PdfDocument

CONTENT = b"""BT
/F 12 Tf 1 0 0 1 50 700 Tm [(we did ) -2400 (leave)] TJ
/F 12 Tf 1 0 0 1 100.4 700 Tm (not) Tj
ET"""
OBJECTS = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
]


def pdf() -> bytes:
    held, places = b"%PDF-1.4\n", []
    for number, content in enumerate(OBJECTS, start=1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(OBJECTS) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n" % (count, rows, count)
    return held + end + b"startxref\n%d\n%%%%EOF\n" % len(held)


document = PdfDocument(pdf())
page = document[0]
textpage = page.get_textpage()
text = textpage.get_text_range()
boxes = [(textpage.get_charbox(at)[0], letter) for at, letter in enumerate(text) if not letter.isspace()]
printed = "".join(letter for _, letter in sorted(boxes))
textpage.close()
page.close()
document.close()
print(f"pypdfium2 {version('pypdfium2')}")
print(f"text as given:      {text!r}")
print(f"letters from left to right: {printed!r}")
assert text == "we did leave not", "the order of the text has changed"
assert printed == "wedidnotleave", "the places of the characters have changed"
PYTHON
