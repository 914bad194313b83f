"""Read the positions and fonts of characters from pdfium, on one page turned upright.

pdfium's functions are called without ctypes' conversion of arguments and with reused buffers, because they are called
for every word. Knows nothing about lines.
"""

from __future__ import annotations

import re
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer, sizeof
from math import hypot
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

MOST_STARTS = 45
"""In how many characters at the beginning of a line the places of words are asked for: labels are shorter."""
_BOLD = re.compile(rb"bold|black|heavy|[-,]demi", re.IGNORECASE)
_FONT_NAME = 120
"""How many bytes the name of a font usually needs at most."""
_LINE_HEIGHT = 1.15
"""How many times its font's size a line is high, in most fonts."""


def _direct(function: Any) -> Any:
    """Return a function of pdfium without conversion of its arguments.

    It is called for every word.
    """
    return type(function)(cast(function, c_void_p).value)


get_origin = _direct(raw.FPDFText_GetCharOrigin)
get_loose_box = _direct(raw.FPDFText_GetLooseCharBox)
get_box = _direct(raw.FPDFText_GetCharBox)
get_matrix = _direct(raw.FPDFText_GetMatrix)
get_font = _direct(raw.FPDFText_GetFontInfo)
get_size = _direct(raw.FPDFText_GetFontSize)
get_size.restype = c_double
count_rects = _direct(raw.FPDFText_CountRects)
get_rect = _direct(raw.FPDFText_GetRect)


class PageText:
    """The characters of one page.

    Attributes:
        left: The left edge of the page, in points, turned upright.
        right: Its right edge.
        bottom: Its lower edge.
        top: Its upper edge.
    """

    def __init__(self, page: PdfPage, textpage: PdfTextPage) -> None:
        self._textpage = textpage.raw
        self._rotation = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        (x1, y1), (x2, y2) = self.turned(left, bottom), self.turned(right, top)
        self.left, self.right = sorted((x1, x2))
        self.bottom, self.top = sorted((y1, y2))
        self._x, self._y, self._box, self._matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
        self._into_x, self._into_y, self._into_box = byref(self._x), byref(self._y), byref(self._box)
        self._into_matrix = byref(self._matrix)
        self._font, self._flags = create_string_buffer(_FONT_NAME), c_int()
        self._into_flags = byref(self._flags)
        self._bold: dict[bytes, bool] = {}
        self._along = (c_double * MOST_STARTS)()
        self._into_along = [byref(self._along, at * sizeof(c_double)) for at in range(MOST_STARTS)]
        self._edges = (c_double * 4)()
        self._into_edges = [byref(self._edges, at * sizeof(c_double)) for at in range(4)]

    def is_bold(self, unit: int) -> bool:
        """Return whether the name of a character's font says that it is bold.

        A space may have no font.
        """
        length = get_font(self._textpage, unit, self._font, len(self._font), self._into_flags)
        if length > len(self._font):
            self._font = create_string_buffer(length)
            get_font(self._textpage, unit, self._font, length, self._into_flags)
        if not length:
            return False
        name = self._font.value
        known = self._bold.get(name)
        if known is None:
            known = self._bold[name] = _BOLD.search(name) is not None
        return known

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Return the position on the page as shown, of a position in the file."""
        if not self._rotation:
            return x, y
        if self._rotation == 90:
            return y, -x
        if self._rotation == 180:
            return -x, -y
        return -y, x

    def origin(self, unit: int) -> tuple[float, float]:
        """Return where a character begins, on its baseline."""
        get_origin(self._textpage, unit, self._into_x, self._into_y)
        if self._rotation:
            return self.turned(self._x.value, self._y.value)
        return self._x.value, self._y.value

    def word_starts(self, start: int, offsets: list[int]) -> list[float]:
        """Return where the words at these offsets of a line begin."""
        if self._rotation or len(offsets) > MOST_STARTS:
            return [self.origin(start + at)[0] for at in offsets]
        for at, into in zip(offsets, self._into_along, strict=False):
            get_origin(self._textpage, start + at, into, self._into_y)
        return self._along[: len(offsets)]

    def end(self, unit: int) -> tuple[float, float]:
        """Return the right end of a character's box, and the line height of its font.

        Notes:
            The box itself is only as high as the letter in fonts that do not state their height.
        """
        get_loose_box(self._textpage, unit, self._into_box)
        get_matrix(self._textpage, unit, self._into_matrix)
        box, matrix = self._box, self._matrix
        height = abs(_LINE_HEIGHT * get_size(self._textpage, unit) * hypot(matrix.c, matrix.d))
        if not self._rotation and height:
            return box.right, height
        (x1, y1), (x2, y2) = self.turned(box.left, box.bottom), self.turned(box.right, box.top)
        return max(x1, x2), height or abs(y1 - y2)

    def rectangles(self, start: int, units: int) -> list[tuple[float, float, float, float]]:
        """Return the rectangles of the texts drawn into a line, in text order.

        Each is left, right, bottom and top.
        """
        found, edges, into, textpage = [], self._edges, self._into_edges, self._textpage
        for at in range(count_rects(textpage, start, units)):
            get_rect(textpage, at, *into)
            left, top, right, bottom = edges
            if self._rotation:
                (x1, y1), (x2, y2) = self.turned(left, bottom), self.turned(right, top)
                left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            found.append((left, right, bottom, top))
        return found

    def box(self, unit: int) -> tuple[float, float, float, float]:
        """Return the ends, middle and line height of a character.

        The left and the right end, the middle of its ink, and the height of its line.
        """
        right, size = self.end(unit)
        left = min(self.turned(self._box.left, self._box.bottom)[0], self.turned(self._box.right, self._box.top)[0])
        get_box(self._textpage, unit, *(self._into_edges[at] for at in (0, 2, 3, 1)))  # left, right, bottom, top
        x1, y1, x2, y2 = self._edges
        ink = (self.turned(x1, y1)[0] + self.turned(x2, y2)[0]) / 2
        return left, right, ink, size
