"""The program in which pdfium reads PDFs, apart from ours, so that no PDF can hold ours or take it down.

A request is the length of a PDF (eight bytes) and the PDF. The answer is a frame for the PDF, ``{"pages", "title"}`` or
``{"error"}`` (pdfium's number), and one for each page (``pdf_page.unpacked``); a frame is its length (four bytes) and
its bytes. ``pdf_process`` starts this program, and ends it where it takes too long.

Asking pdfium for the place of every character takes longer than the text itself, so it is asked for the ends of lines,
and for words where a column may begin.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from array import array
from contextlib import suppress
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer, sizeof
from math import hypot
from typing import TYPE_CHECKING, Any

from pypdfium2 import PdfDocument, PdfiumError, raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pypdfium2 import PdfPage, PdfTextPage

MEMORY = 700 * 2**20
"""How many bytes of memory this program may ask for, where the system can be told."""
DAMAGED = -1
"""The error of a document that opens and has a page that does not."""

_HYPHEN = 0xFFFE
_BROKEN = chr(_HYPHEN)
"""What pdfium gives for a hyphen at the end of a line, and no end of line after it."""
_LINE = re.compile(rf"([^\r\n{_BROKEN}]+)({_BROKEN}?)")
_ODD_SPACE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\t]")
_SPACES = re.compile(r" {2,}")
_GAP = re.compile(r" (?=.)", re.DOTALL)
_OUTSIDE = 2.0
_HEAD = 45
_BOLD = re.compile(rb"bold|black|heavy|[-,]demi", re.IGNORECASE)
_FONT_NAME = 120
_LINE_HEIGHT = 1.15
"""How many times its font's size a line is high, as most fonts have it."""


def main() -> None:
    """Read what comes in until there is nothing more to come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started this one decides when it ends
    _bound()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer the requests until their end."""
    while len(length := requests.read(8)) == 8:
        for frame in _frames(requests.read(int.from_bytes(length, "big"))):
            answers.write(len(frame).to_bytes(4, "big") + frame)
            answers.flush()


def _bound() -> None:
    """Take no more than so much memory, and leave no picture of it (words of interviews) on the disk after a crash."""
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
                yield _packed(document, index)
    except PdfiumError as error:
        yield json.dumps({"error": error.err_code or DAMAGED}).encode()


def _packed(document: PdfDocument, index: int) -> bytes:
    """The page at *index* (from 0): its lines, how many characters were taken for blanks, whether it shows a picture
    in the place of text; its height, and of each line left, right, baseline, height of letters, and words."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            text = _text(textpage)
            measure = _Measure(page, textpage)
            lines = [measure.line(*found) for found in _pieces(text)]
        finally:
            textpage.close()
        head = json.dumps((lines, len(_ODD_SPACE.findall(text)), not lines and _has_picture(page)))
        return head.encode() + b"\n" + measure.places.tobytes()
    finally:
        page.close()


def _text(textpage: PdfTextPage) -> str:
    """The text of a page, of which each UTF-16 unit is a character of pdfium's.

    pdfium leaves characters that it takes for none out of its text, also where they are the blanks of a font; where it
    does, the characters are asked for one by one.
    """
    text: str = textpage.get_text_range()
    count = textpage.count_chars()
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, at) for at in range(count))
    units_of = b"".join((_HYPHEN if code == 2 else code & 0xFFFF).to_bytes(2, "little") for code in codes)
    return units_of.decode("utf-16-le", "replace")


def _pieces(text: str) -> list[tuple[str, int, bool]]:
    """The lines that are not blank, with where they begin (UTF-16 units, as pdfium counts) and whether a hyphen ends
    them."""
    pieces, extra, seen = [], 0, 0
    astral = not text.isascii() and max(text) > "\uffff"
    for found in _LINE.finditer(text):
        content = found[1]
        if stripped := content.strip():
            start = found.start() + len(content) - len(content.lstrip())
            if astral:
                extra += sum(sign > "\uffff" for sign in text[seen:start])
                seen = start
            pieces.append((stripped, start + extra, bool(found[2])))
    return pieces


def _has_picture(page: PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _direct(function: Any) -> Any:
    """A function of pdfium's whose arguments are not converted: it is called for every word."""
    return type(function)(cast(function, c_void_p).value)


_get_origin = _direct(raw.FPDFText_GetCharOrigin)
_get_box = _direct(raw.FPDFText_GetLooseCharBox)
_get_matrix = _direct(raw.FPDFText_GetMatrix)
_get_font = _direct(raw.FPDFText_GetFontInfo)


class _Measure:
    """Where the characters of a page stand, turned upright: the places of the lines asked for so far, after the height
    of the page."""

    def __init__(self, page: PdfPage, textpage: PdfTextPage) -> None:
        self._textpage = textpage.raw
        self._rotation = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        (x1, y1), (x2, y2) = self._turned(left, bottom), self._turned(right, top)
        self._left, self._right = sorted((x1, x2))
        self._bottom, self._top = sorted((y1, y2))
        self.places = array("d", [self._top - self._bottom])
        self._x, self._y, self._box, self._matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
        self._into_x, self._into_y, self._into_box = byref(self._x), byref(self._y), byref(self._box)
        self._into_matrix = byref(self._matrix)
        self._font, self._flags = create_string_buffer(_FONT_NAME), c_int()
        self._into_flags = byref(self._flags)
        self._along = (c_double * _HEAD)()
        self._into_along = [byref(self._along, at * sizeof(c_double)) for at in range(_HEAD)]

    def line(self, content: str, start: int, hyphen: bool) -> tuple[str, bool, bool, list[int], int]:
        """The line of which *content* begins at *start* in pdfium's text: its words, whether a hyphen ends it, whether
        it stands on the page, where words begin in it, and how many of its first letters are bold; its places are
        noted."""
        units = len(content) + (0 if content.isascii() else sum(sign > "\uffff" for sign in content))
        x, y = self._origin(start)
        right, size = self._end(start + units - 1)  # a line may begin with a bullet of another font
        text = content
        if not content.isprintable() or "  " in content:
            text = _SPACES.sub(" ", _ODD_SPACE.sub(" ", content))
        self.places.extend((x - self._left, right - self._left, y - self._bottom, size))
        as_it_was = len(text) == units
        offsets = [found.end() for found in _GAP.finditer(text, 0, _HEAD + 1)] if as_it_was else []
        bold = self._bold(content, start, units)
        self.places.extend([place - self._left for place in self._words(start, offsets)])
        seen = (
            self._left - _OUTSIDE <= x <= self._right + _OUTSIDE
            and self._bottom - _OUTSIDE <= y <= self._top + _OUTSIDE
        )
        return text, hyphen, seen, offsets, bold if as_it_was else len(text) * (bold == units)

    def _bold(self, content: str, start: int, units: int) -> int:
        """How many of the first characters of a line are bold, by the name of their font; a line is taken to be bold
        at its beginning, as a label is, or whole."""
        if not self._is_bold(start):
            return 0
        if self._is_bold(start + units - 1):
            return units
        if len(content) != units:
            return 0
        bold, plain = 0, units - 1
        while plain - bold > 1:
            middle = (bold + plain) // 2
            shown = len(content[: middle + 1].rstrip()) - 1  # a blank may have no font
            bold, plain = (middle, plain) if self._is_bold(start + shown) else (bold, middle)
        return len(content[: bold + 1].rstrip())

    def _is_bold(self, unit: int) -> bool:
        length = _get_font(self._textpage, unit, self._font, len(self._font), self._into_flags)
        return _BOLD.search(self._font.raw[: min(length, len(self._font))]) is not None

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y, -x
        if self._rotation == 180:
            return -x, -y
        return (-y, x) if self._rotation == 270 else (x, y)

    def _origin(self, unit: int) -> tuple[float, float]:
        _get_origin(self._textpage, unit, self._into_x, self._into_y)
        return self._turned(self._x.value, self._y.value)

    def _words(self, start: int, offsets: list[int]) -> list[float]:
        """Where the words of a line stand along it."""
        if self._rotation:
            return [self._origin(start + at)[0] for at in offsets]
        for at, into in zip(offsets, self._into_along, strict=False):
            _get_origin(self._textpage, start + at, into, self._into_y)
        return self._along[: len(offsets)]

    def _end(self, unit: int) -> tuple[float, float]:
        """The right end of a character's place in the line, and how high a line of its font is. The place itself is as
        high as the letter in fonts that do not say how high they are."""
        _get_box(self._textpage, unit, self._into_box)
        _get_matrix(self._textpage, unit, self._into_matrix)
        box, matrix = self._box, self._matrix
        (x1, y1), (x2, y2) = self._turned(box.left, box.bottom), self._turned(box.right, box.top)
        height = _LINE_HEIGHT * raw.FPDFText_GetFontSize(self._textpage, unit) * hypot(matrix.c, matrix.d)
        return max(x1, x2), height or abs(y1 - y2)
