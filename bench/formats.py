"""Every reader against the reader of plain text, on one transcript of 8,000 words written in each format.

What is compared is the part of a reader's time that is ours: the time of the whole reader less the time that the
library under it needs alone for its part, on the same bytes. The target is at most twice what the ``.txt`` reader needs
for the same transcript. Markdown, RTF and captions are read without a library, so all of their time is ours.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from bench.measure import Result, duration, medians, timed
from fwanalysis.formats.readers.registry import read_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.study import Study

ROUNDS = 25
Turns = list[tuple[str, str]]
"""Labels and words."""


def measure(study: Study) -> Iterator[Result]:
    """Yield a result for each format but plain text: our part of its reader's time, and the ``.txt`` reader's time."""
    text = next(iter(study.corpus.texts.values()))
    turns = [(label, words) for label, _, words in (part.partition(": ") for part in text.strip().split("\n\n"))]
    files = dict(_files(turns))
    plain = "P07.txt"
    libraries = {name: _LIBRARIES.get(name.rpartition(".")[2], _NO_LIBRARY) for name in files}
    acts = [timed(partial(read_sources, name, data)) for name, data in files.items()]
    acts += [timed(partial(libraries[name].act, data)) for name, data in files.items()]
    times = medians(acts, rounds=ROUNDS)
    whole, alone = dict(zip(files, times, strict=False)), dict(zip(files, times[len(files) :], strict=True))
    for name, data in files.items():
        if name != plain:
            yield Result(
                f"reading {name}, {len(data) // 1024:,} KB: our part",
                whole[name] - alone[name],
                whole[plain],
                target=2,
                versus=f"the .txt reader (whole: {duration(whole[name])}; {libraries[name].name}: "
                f"{duration(alone[name])})",
            )


def examples(count: int) -> Iterator[tuple[str, bytes]]:
    """A small file of every format, of so many turns."""
    said = (
        "We share what we learn, and nobody asks who pays for it. “Trust” grows slowly – at 5 % a year; Łódź, 日本, é."
    )
    turns = [("Interviewer" if at % 2 == 0 else "P07", f"{said} That was {at}?") for at in range(count)]
    yield from _files(turns)


def _files(turns: Turns) -> Iterator[tuple[str, bytes]]:
    plain = "\n\n".join(f"{label}: {words}" for label, words in turns)
    yield "P07.txt", plain.encode()
    yield "P07.md", ("---\nrole: nurse\n---\n" + "\n\n".join(f"**{a}:** {b}" for a, b in turns)).encode()
    yield "P07.docx", _docx(turns)
    yield "P07.odt", _odt(turns)
    yield "P07.rtf", _rtf(turns)
    yield "P07.pdf", _pdf(turns)
    yield "P07.html", _html(turns)
    yield "P07.vtt", _captions(turns, "WEBVTT\n\n", ".", "<v {0}>{1}</v>")
    yield "P07.srt", _captions(turns, "", ",", "{0}: {1}")
    yield "P07.csv", _separated(turns, ",")
    yield "P07.tsv", _separated(turns, "\t")
    yield "P07.xlsx", _xlsx(turns)


def _docx(turns: Turns) -> bytes:
    import docx

    document = docx.Document()
    for label, words in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f" {words}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt(turns: Turns) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{office}{name}:1.0"' for name in ("office", "text", "manifest"))
    body = "".join(f"<text:p>{html.escape(label)}: {html.escape(words)}</text:p>" for label, words in turns)
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest {names}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return _zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def _rtf(turns: Turns) -> bytes:
    def coded(text: str) -> str:
        escaped = re.sub(r"([\\{}])", r"\\\1", text)
        units = escaped.encode("utf-16-le")
        letters = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
        return "".join(chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in letters)

    lines = (f"{{\\b {coded(label)}:}} {coded(words)}\\par\n" for label, words in turns)
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1 " + "".join(lines) + "}").encode("ascii")


def _pdf(turns: Turns) -> bytes:
    """A PDF of A4 pages in Helvetica, 60 wrapped lines a page."""
    import textwrap

    lines = [line for label, words in turns for line in [*textwrap.wrap(f"{label}: {words}", 85), ""]]
    pages = [lines[at : at + 60] for at in range(0, len(lines), 60)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in pages:
        shown = b"".join(
            b"(" + re.sub(rb"([\\()])", rb"\\\1", line.encode("latin-1", "replace")) + b")'\n" for line in page
        )
        stream = b"BT /F1 10 Tf 12 TL 50 800 Td\n" + shown + b"ET"
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _html(turns: Turns) -> bytes:
    body = "".join(f"<p><b>{html.escape(label)}:</b> {html.escape(words)}</p>\n" for label, words in turns)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>P07</title></head><body>{body}</body></html>'.encode()
    )


def _captions(turns: Turns, head: str, point: str, form: str) -> bytes:
    """Cues of ten words."""
    cues: list[str] = []
    at = 0
    for label, words in turns:
        split = words.split()
        for start in range(0, len(split), 10):
            times = " --> ".join(f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{point}000" for s in (at, at + 4))
            cues.append(f"{len(cues) + 1}\n{times}\n{form.format(label, ' '.join(split[start : start + 10]))}\n")
            at += 4
    return (head + "\n".join(cues)).encode()


def _separated(turns: Turns, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("speaker", "text"), *turns])
    return out.getvalue().encode()


def _xlsx(turns: Turns) -> bytes:
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{html.escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in [("speaker", "text"), *turns]
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    of = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = (
        '<Relationships xmlns="{0}/relationships"><Relationship Id="r1" Type="{1}/{2}" Target="{3}"/></Relationships>'
    )
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{of}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{of}.worksheet+xml"/></Types>',
            "_rels/.rels": relation.format(package, office, "officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Turns" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relation.format(package, office, "worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


_DOCX_PARTS = ("_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml")
_ODT_PARTS = ("content.xml", "styles.xml")


class _Library(NamedTuple):
    """The library under a reader, and the work that the reader leaves to it, on the bytes of a file."""

    name: str
    act: Callable[[bytes], object]


def _parsed_parts(data: bytes, parts: Sequence[str]) -> object:
    """Unpack the XML parts of a document and parse them."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        return [etree.fromstring(archive.read(name)) for name in parts if name in names]


def _with_pdfium(data: bytes) -> object:
    """Make the calls of pdfium that the reader makes, without the reader around them.

    Notes:
        pdfium's part is opening the document and its pages, their text, and what is asked about single characters:
        places, boxes, fonts and rectangles. These calls are recorded once for each file, with the very arguments, and
        made again on new pages here. The process in which the reader runs pdfium, and what is sent to it and back, is
        the reader's part, but starting the process is not measured: it is kept from file to file.
    """
    from pypdfium2 import PdfDocument

    recorded = _pdfium_calls(data)
    document = PdfDocument(data)
    document.get_metadata_value("Title")
    for page, calls in zip(document, recorded, strict=True):
        lines = page.get_textpage()
        lines.get_text_range()
        lines.count_chars()
        page.get_rotation()
        page.get_cropbox()
        handle = lines.raw
        for function, arguments in calls:
            function(handle, *arguments)
        lines.close()
        page.close()
    document.close()
    return recorded


_Call = tuple["Callable[..., object]", tuple[object, ...]]


@cache
def _pdfium_calls(data: bytes) -> list[list[_Call]]:
    """Return the calls that the reader makes about the characters of each page, without the handle of the page."""
    from pypdfium2 import PdfDocument

    from fwanalysis.formats.readers.pdf import child, page_text

    calls: list[_Call] = []

    def recording(function: Callable[..., object]) -> Callable[..., object]:
        def record(handle: object, *arguments: object) -> object:
            calls.append((function, arguments))
            return function(handle, *arguments)

        return record

    names = [name for name in vars(page_text) if name.startswith(("get_", "count_"))]
    originals = {name: getattr(page_text, name) for name in names}
    pages = []
    try:
        for name, function in originals.items():
            setattr(page_text, name, recording(function))
        with PdfDocument(data) as document:
            for index in range(len(document)):
                calls.clear()
                child.packed(document, index)
                pages.append([*calls])
    finally:
        for name, function in originals.items():
            setattr(page_text, name, function)
    return pages


class _Silent:
    """A target for lxml's parser that does nothing with what it is called with."""

    def start(self, tag: str, attributes: object) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, words: str) -> None: ...

    def comment(self, words: str) -> None: ...

    def close(self) -> None: ...


def _with_lxml(data: bytes) -> object:
    from lxml import etree

    return etree.fromstring(data, etree.HTMLParser(target=_Silent(), encoding="utf-8", huge_tree=True))


def _with_csv(data: bytes, delimiter: str) -> object:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def _with_expat(data: bytes) -> object:
    from xml.parsers import expat

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/")]
    for part in parts:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: None
        parser.EndElementHandler = lambda name: None
        parser.CharacterDataHandler = lambda text: None
        parser.Parse(part, True)
    return parts


_NO_LIBRARY = _Library("no library", lambda data: None)
_LIBRARIES: dict[str, _Library] = {
    "docx": _Library("zipfile and lxml", partial(_parsed_parts, parts=_DOCX_PARTS)),
    "odt": _Library("zipfile and lxml", partial(_parsed_parts, parts=_ODT_PARTS)),
    "pdf": _Library("pdfium", _with_pdfium),
    "html": _Library("lxml", _with_lxml),
    "csv": _Library("csv", partial(_with_csv, delimiter=",")),
    "tsv": _Library("csv", partial(_with_csv, delimiter="\t")),
    "xlsx": _Library("zipfile and expat", _with_expat),
}
