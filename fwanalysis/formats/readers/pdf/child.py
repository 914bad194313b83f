"""The process in which pdfium reads PDFs, so that no PDF can block or crash the program.

A request is the length of a PDF (eight bytes) and the PDF. The answer is a frame for the PDF, ``{"pages", "title"}`` or
``{"error"}`` (pdfium's number), and one for each page (``page.unpacked``); a frame is its length (four bytes) and its
bytes. ``process`` starts this process, and ends it if it takes too long.

``measure`` provides the positions of the lines.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument, PdfiumError, raw

from fwanalysis.formats.readers.pdf.measure import ODD_SPACE, Drawn, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pypdfium2 import PdfPage, PdfTextPage

MEMORY = 700 * 2**20
"""How many bytes of memory this program may request, on systems with such a limit."""
DAMAGED = -1
"""The error of a document that opens and has a page that does not."""

_HYPHEN = 0xFFFE
_BROKEN = chr(_HYPHEN)
"""What pdfium gives for a hyphen at the end of a line, in the place of the end of the line."""
_LINE = re.compile(rf"([^\r\n{_BROKEN}]+)({_BROKEN}?)")


def main() -> None:
    """Answer requests from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started this one decides when it ends
    _bound()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request with its frames."""
    while len(length := requests.read(8)) == 8:
        for frame in _frames(requests.read(int.from_bytes(length, "big"))):
            answers.write(len(frame).to_bytes(4, "big") + frame)
            answers.flush()


def _bound() -> None:
    """Limit the memory, and prevent core dumps, which would contain interview text."""
    if sys.platform != "win32":
        import resource

        for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(limit, (most, most))


def _frames(data: bytes) -> Iterator[bytes]:
    try:
        with PdfDocument(data) as document:
            title = document.get_metadata_value("Title")
            yield json.dumps({"pages": len(document), "title": title}).encode()
            for index in range(len(document)):
                yield packed(document, index)
    except PdfiumError as error:
        yield json.dumps({"error": error.err_code or DAMAGED}).encode()


def packed(document: PdfDocument, index: int) -> bytes:
    """Return the page at *index* (from 0) as ``page.unpacked`` reads it.

    Returns:
        A line of JSON: its lines, how many characters were taken for spaces, whether it shows a picture and no text,
        and how many lines are printed over one another. Then the places (``Measure.places``) as doubles.
    """
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            text = _text(textpage)
            measure = Measure(page, textpage)
            lines = list(measure.lines(_drawn(text)))
        finally:
            textpage.close()
        odd_spaces = len(ODD_SPACE.findall(text))
        head = json.dumps((lines, odd_spaces, not lines and _has_picture(page), measure.overprinted))
        return head.encode() + b"\n" + measure.places.tobytes()
    finally:
        page.close()


def _text(textpage: PdfTextPage) -> str:
    """Return the text of a page; each UTF-16 unit is one character of pdfium.

    Notes:
        pdfium omits characters that it does not recognise, even if they are the spaces of a font. If it does, the
        characters are requested one by one.
    """
    text: str = textpage.get_text_range()
    count = textpage.count_chars()
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, at) for at in range(count))
    units_of = b"".join((_HYPHEN if code == 2 else code & 0xFFFF).to_bytes(2, "little") for code in codes)
    return units_of.decode("utf-16-le", "replace")


def _drawn(text: str) -> list[Drawn]:
    """Return the non-empty lines and their start in UTF-16 units, as in pdfium."""
    lines, extra, seen = [], 0, 0
    astral = not text.isascii() and max(text) > "\uffff"
    for found in _LINE.finditer(text):
        content = found[1]
        if stripped := content.strip():
            start = found.start() + len(content) - len(content.lstrip())
            if astral:
                extra += sum(character > "\uffff" for character in text[seen:start])
                seen = start
            units = len(stripped) + (sum(character > "\uffff" for character in stripped) if astral else 0)
            lines.append(Drawn(stripped, start + extra, units, bool(found[2])))
    return lines


def _has_picture(page: PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
