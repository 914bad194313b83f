"""The lines of a page of a PDF, as pdfium gives them, with where they stand. Knows one page at a time.

Positions are points, upright as the page is shown, y growing upwards. Asking pdfium for the place of every character
takes longer than the text itself, so it is asked for the ends of lines, and for words where a column may begin.
"""

from __future__ import annotations

import re
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_HYPHEN = 0xFFFE
_BROKEN = chr(_HYPHEN)
"""What pdfium gives for a hyphen at the end of a line, and no end of line after it."""
_LINE = re.compile(rf"([^\r\n{_BROKEN}]+)({_BROKEN}?)")
_ODD_SPACE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\t]")
_SPACES = re.compile(r" {2,}")
_OUTSIDE = 2.0
_HEAD = 45


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins and ends, its baseline and the height of its letters; whether a hyphen ends it
    (which is not in the text); where its first words begin (offset and place); whether it stands on the page."""

    text: str
    left: float
    right: float
    y: float
    size: float
    hyphen: bool = False
    words: tuple[tuple[int, float], ...] = ()
    visible: bool = True


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in the order in which the PDF holds them, how many odd characters in them were taken for
    blanks, and whether a picture is on it (only asked of a page without text)."""

    number: int
    lines: tuple[Line, ...]
    height: float
    odd_spaces: int = 0
    pictured: bool = False


def lines_of(document: PdfDocument, index: int) -> PageLines:
    """The lines of the page at *index* (from 0); pypdfium2's PdfiumError where it cannot be loaded."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            text = _text(textpage)
            measure = _Measure(page, textpage)
            lines = tuple(measure.line(*found) for found in _pieces(text))
        finally:
            textpage.close()
        odd = len(_ODD_SPACE.findall(text))
        return PageLines(index + 1, lines, measure.height, odd, not lines and _has_picture(page))
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
    from pypdfium2.raw import FPDFText_GetUnicode

    codes = (FPDFText_GetUnicode(textpage, at) for at in range(count))
    units_of = b"".join((_HYPHEN if code == 2 else code & 0xFFFF).to_bytes(2, "little") for code in codes)
    return units_of.decode("utf-16-le", "replace")


def _pieces(text: str) -> list[tuple[str, int, bool]]:
    """The lines that are not blank, with where they begin (UTF-16 units, as pdfium counts) and whether a hyphen ends
    them."""
    pieces, extra, seen = [], 0, 0
    astral = not text.isascii() and max(text) > "\uffff"
    for found in _LINE.finditer(text):
        content = found[1]
        if content.strip():
            start = found.start() + len(content) - len(content.lstrip())
            if astral:
                extra += sum(sign > "\uffff" for sign in text[seen:start])
                seen = start
            pieces.append((content.strip(), start + extra, bool(found[2])))
    return pieces


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


class _Measure:
    """Where the characters of a page stand, turned upright."""

    def __init__(self, page: PdfPage, textpage: PdfTextPage) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._textpage = textpage.raw
        self._rotation = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        (x1, y1), (x2, y2) = self._turned(left, bottom), self._turned(right, top)
        self._left, self._right = sorted((x1, x2))
        self._bottom, self._top = sorted((y1, y2))
        self.height = self._top - self._bottom

    def line(self, content: str, start: int, hyphen: bool) -> Line:
        """The line of which *content* begins at *start* in pdfium's text."""
        units = len(content) + sum(sign > "\uffff" for sign in content) if not content.isascii() else len(content)
        x, y = self._origin(start)
        last = self._box(start + units - 1)  # a line may begin with a bullet of another font
        text = _SPACES.sub(" ", _ODD_SPACE.sub(" ", content))
        words: tuple[tuple[int, float], ...] = ()
        if len(text) == units:
            gaps = [at + 1 for at, sign in enumerate(text[:_HEAD]) if sign == " " and at + 1 < len(text)]
            words = tuple((at, self._origin(start + at)[0] - self._left) for at in gaps)
        seen = (
            self._left - _OUTSIDE <= x <= self._right + _OUTSIDE
            and self._bottom - _OUTSIDE <= y <= self._top + _OUTSIDE
        )
        right, size = last[2] - self._left, last[3] - last[1]
        return Line(text, x - self._left, right, y - self._bottom, size, hyphen, words, seen)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y, -x
        if self._rotation == 180:
            return -x, -y
        return (-y, x) if self._rotation == 270 else (x, y)

    def _origin(self, unit: int) -> tuple[float, float]:
        x, y = c_double(), c_double()
        self._raw.FPDFText_GetCharOrigin(self._textpage, unit, byref(x), byref(y))
        return self._turned(x.value, y.value)

    def _box(self, unit: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a character's place in the line, as high as its font."""
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(self._textpage, unit, byref(box))
        (x1, y1), (x2, y2) = self._turned(box.left, box.bottom), self._turned(box.right, box.top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
