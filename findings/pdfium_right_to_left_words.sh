#!/usr/bin/env bash
# pdfium gives several right-to-left words within a left-to-right line in the wrong order.
#
# pdfium turns the letters of each Hebrew or Arabic word around, so that a word is as it is read, but leaves the words of
# the phrase in the order from left to right. By the Unicode Bidirectional Algorithm (UAX #9, rule L2) the whole phrase,
# with the spaces in it, runs from right to left.
# Exits with 1 if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from pypdfium2 import PdfDocument

# In Hebrew, "shalom lekulam" ("hello, all"), as it is read. On the page, the words run from right to left.
WORDS = "\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05d5\u05dc\u05dd"
PRINTED = f"we said {WORDS[::-1]} then"
LETTERS = sorted(set(PRINTED))
SHOWN = "".join(f"{LETTERS.index(letter):02x}" for letter in PRINTED)
CONTENT = f"BT /F 12 Tf 1 0 0 1 50 700 Tm <{SHOWN}> Tj ET".encode()
ENTRIES = " ".join(f"<{code:02x}> <{ord(letter):04x}>" for code, letter in enumerate(LETTERS))
UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    f"1 begincodespacerange <00> <ff> endcodespacerange {len(LETTERS)} beginbfchar {ENTRIES} endbfchar "
    "endcmap end end"
).encode()
OBJECTS = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R /FirstChar 0 /LastChar %d /Widths [%s] >>"
    % (len(LETTERS) - 1, b"600 " * len(LETTERS)),
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(UNICODE), UNICODE),
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
textpage.close()
page.close()
document.close()
print(f"pypdfium2 {version('pypdfium2')}")
print(f"text as given: {ascii(text)}")
first, second = WORDS.split()
assert text == f"we said {second} {first} then", "the order of the words has changed"
PYTHON
