#!/usr/bin/env bash
# odfdo's formatted text of a valid .odt document leaves out spaces and some words; its recursive text adds words.
#
# Version: odfdo 3.27.3 (Python 3.11).
# OpenDocument writes the second and further spaces in a row as <text:s text:c="n"/> (ODF 1.3, 6.1.3).
# Seen:
#   * Document.get_formatted_text() drops <text:s/>: a label and a time with two or more spaces between them, as
#     transcription services write them ("Ann Bell  00:12"), are joined if all the spaces are written so, and it drops
#     ruby base text;
#   * Body.text_recursive keeps these, but puts the words of a tracked deletion at the top, and comments with their
#     author and date among the words of a paragraph.
# No single call gives the text that LibreOffice shows.
#
# Exits with 0 while the behaviour is as described, with 1 if it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfdo==3.27.3
cat > "$folder/check.py" <<'PYTHON'
import io
import sys
import zipfile

from odfdo import Document

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(f'xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "text", "manifest"))
NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
MIME = "application/vnd.oasis.opendocument.text"
BY = "<dc:creator>Eve</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"


def document(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMES} office:version="1.3"><office:body><office:text>{body}</office:text>'
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {NAMES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return document_of(out.getvalue())


def document_of(data):
    return Document(io.BytesIO(data))


DELETED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>' + BY +
    "</office:change-info><text:p>GONE</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:p>they <text:change text:change-id="c1"/>came</text:p>'
)
# what, body, what LibreOffice shows, get_formatted_text(), body.text_recursive (ends stripped)
CASES = [
    ("three spaces", '<text:p>Ann Bell<text:s text:c="3"/>00:12</text:p>', "Ann Bell   00:12",
     "Ann Bell00:12", "Ann Bell   00:12"),
    ("ruby", "<text:p>in <text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text>"
     "</text:ruby></text:p>", "in 東京", "in", "in 東京とうきょう"),
    ("tracked deletion", DELETED, "they came", "they came", "Eve2026-01-01T00:00:00GONE\nthey came"),
    ("comment", f"<text:p>they <office:annotation>{BY}<text:p>COMMENT</text:p></office:annotation>came</text:p>",
     "they came", "they [*]came\n\n----\n[*] COMMENT", "they COMMENT\nEve 2026-01-01 00:00:00came"),
]
changed = 0
for what, body, shown, *expected in CASES:
    read = document(body)
    print(f"{what}: LibreOffice shows {shown!r}")
    for name, got, seen in zip(
        ("get_formatted_text()", "body.text_recursive"),
        (read.get_formatted_text().strip(), read.body.text_recursive.strip()),
        expected,
        strict=True,
    ):
        changed += got != seen
        note = "" if got == seen else f"   CHANGED, was {seen!r}"
        print(f"    {name:22} {got!r}{'' if got == shown else '   <- differs'}{note}")
sys.exit(1 if changed else 0)
PYTHON
"$folder/venv/bin/python" "$folder/check.py"
