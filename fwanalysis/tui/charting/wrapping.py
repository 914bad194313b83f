"""Wrapping text into lines of so many terminal cells. Knows no widget."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\s]+\s*")


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return where the lines of a text begin and end, in code points, without the white space at their ends.

    Args:
        text: The text; each of its lines is a paragraph.
        width: The most terminal cells of a line; a longer word is divided.
    """
    lines: list[tuple[int, int]] = []
    width = max(1, width)
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        lines += _lines(text, start, end, width) if paragraph.strip() else [(start, start)]
        start = end + 1
    return lines


def _lines(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    is_plain = text.isascii()
    first = last = start
    used = 0
    for found in _WORD.finditer(text, start, end):
        word = found[0].rstrip()
        size = len(word) if is_plain else cell_len(word)
        if used and used + size > width:
            yield first, last
            used = 0
        if not used:
            first = found.start()
        while size > width:
            cut = _fitting(text, first, width)
            yield first, cut
            first, size = cut, cell_len(text[cut : found.start() + len(word)])
        last = found.start() + len(word)
        gap = len(found[0]) - len(word)
        used += size + gap
    if used:
        yield first, last


def _fitting(text: str, start: int, width: int, *, least: int = 1) -> int:
    """Return the end of the longest part from *start* that fits, of at least *least* characters."""
    end, used = start, 0
    for character in text[start:]:
        used += cell_len(character)
        if used > width and end >= start + least:
            break
        end += 1
    return end


def fitted(text: str, width: int) -> str:
    """Return a text in exactly *width* terminal cells: padded, or cut with an ellipsis."""
    size = cell_len(text)
    if size <= width:
        return text + " " * (width - size)
    if width < 1:
        return ""
    cut = f"{text[: _fitting(text, 0, width - 1, least=0)].rstrip()}…"
    return cut + " " * (width - cell_len(cut))
