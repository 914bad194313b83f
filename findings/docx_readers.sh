#!/usr/bin/env bash
# Four readers of .docx files give four different texts for the same valid document: words are lost, joined or doubled.
#
# Versions: python-docx 1.2.0, mammoth 1.13.0, docx2txt 0.9, docx2python 3.7.1 (Python 3.11).
# Each document below is valid WordprocessingML (ECMA-376); the text that Word shows is given beside each case.
# Seen:
#   * python-docx (paragraph.text) leaves out words inside w:ins, w:moveTo, w:smartTag, content controls (w:sdt) and
#     w:fldSimple: "they NEVER came" becomes "they came".
#   * docx2txt and docx2python keep a row that was deleted with tracked changes, and give moved words twice.
#   * docx2txt and docx2python give the words of a text box twice, from mc:Choice and from mc:Fallback.
#   * docx2txt and docx2python drop w:noBreakHyphen: "co-op" becomes "coop".
#   * mammoth (extract_raw_text) joins the words before and after a line break: "onetwo"; python-docx does so for page
#     and column breaks.
# A user who takes interview transcripts from Word with any of them codes words that nobody said, or misses some.
#
# Exits with 0 while the behaviour is as described, with 1 if it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 docx2python==3.7.1
cat > "$folder/check.py" <<'PYTHON'
import io
import sys
import zipfile

import docx
import docx2txt
import mammoth
from docx2python import docx2python

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="{OFFICE}/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:wp="{OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{OFFICE}/drawingml/2006/main" '
    f'xmlns:r="{OFFICE}/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
CHANGE = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
BOX = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def boxed(words):
    inner = f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="1" name="b"/><a:graphic><a:graphicData uri="{BOX}"><wps:wsp><wps:txbx>{inner}</wps:txbx>'
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def document(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" Type="{OFFICE}/'
            'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{OFFICE}/package/2006/relationships"/>'
        )
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>")
    return out.getvalue()


READERS = {
    "python-docx": lambda data: "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs),
    "mammoth": lambda data: mammoth.extract_raw_text(io.BytesIO(data)).value,
    "docx2txt": lambda data: docx2txt.process(io.BytesIO(data)),
    "docx2python": lambda data: docx2python(io.BytesIO(data)).text,
}
MOVED = (
    f"<w:p><w:moveFrom {CHANGE}>{run('MOVED ')}</w:moveFrom>{run('here')}</w:p>"
    f"<w:p><w:moveTo {CHANGE}>{run('MOVED ')}</w:moveTo>{run('there')}</w:p>"
)
ROWS = (
    f"<w:tbl><w:tr><w:trPr><w:del {CHANGE}/></w:trPr><w:tc><w:p>{run('DELETED')}</w:p></w:tc></w:tr>"
    f"<w:tr><w:tc><w:p>{run('kept')}</w:p></w:tc></w:tr></w:tbl>"
)
# what, body, what Word shows, and what each reader gives (white space collapsed)
CASES = [
    ("tracked insertion", f"<w:p>{run('they ')}<w:ins {CHANGE}>{run('NEVER ')}</w:ins>{run('came')}</w:p>",
     "they NEVER came", ("they came", "they NEVER came", "they NEVER came", "they NEVER came")),
    ("tracked move", MOVED, "here MOVED there",
     ("here there", "here MOVED there", "MOVED here MOVED there", "MOVED here MOVED there")),
    ("tracked deletion of a row", ROWS, "kept", ("", "kept", "DELETED kept", "DELETED kept")),
    ("content control", f"<w:p>{run('a ')}<w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt></w:p>",
     "a b", ("a", "a b", "a b", "a b")),
    ("text box", f"<w:p>{run('a')}{boxed('BOXED')}</w:p>", "a BOXED", ("a", "a BOXED", "a BOXED BOXED", "BOXED BOXED a")),
    ("no-break hyphen", "<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r></w:p>",
     "co\u2011op", ("co-op", "co\u2011op", "coop", "coop")),
    ("line break", "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>",
     "one two", ("one two", "onetwo", "one two", "one two")),
    ("column break", '<w:p><w:r><w:t>one</w:t><w:br w:type="column"/><w:t>two</w:t></w:r></w:p>',
     "one two", ("onetwo", "onetwo", "one two", "one two")),
]
changed = 0
for what, body, shown, expected in CASES:
    data = document(body)
    print(f"{what}: Word shows {shown!r}")
    for (name, read), seen in zip(READERS.items(), expected, strict=True):
        got = " ".join(read(data).split())
        note = "" if got == seen else f"   CHANGED, was {seen!r}"
        changed += got != seen
        print(f"    {name:12} {got!r}{'' if got == shown else '   <- differs'}{note}")
sys.exit(1 if changed else 0)
PYTHON
"$folder/venv/bin/python" "$folder/check.py"
