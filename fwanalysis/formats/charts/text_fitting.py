"""Estimate how many lines a text takes in a cell of a spreadsheet, and divide texts that take too many.

Estimates are for Arial 10, which LibreOffice shows in a font of the same widths, and never too low: a row that is a
line too high shows everything, a row that is a line too low cuts a sentence.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LONGEST_CELL = 32_767
"""UTF-16 code units that a cell of a spreadsheet may hold."""
HIGHEST_ROW = 409.0
"""Points."""
LINE = 12.8
"""Height of a line of Arial 10 in points."""
MOST_LINES = int((HIGHEST_ROW - 2) / LINE)

_SPACE = 278
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
"""Widths of the characters from the space to the tilde, in thousandths of the font's size (metrics of Helvetica)."""
_WIDEST_ASCII = 1015
_EMOJI, _WIDE, _OTHER = 1_400, 1_050, 760
_PER_UNIT = 525
"""Thousandths of the font's size in a unit of column width: 7 pixels of 13.33."""


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        if unicodedata.combining(character):
            width = 0
        elif unicodedata.east_asian_width(character) in "WF":
            width = _EMOJI if unicodedata.category(character) == "So" else _WIDE
        else:
            width = _OTHER
        self[character] = width
        return width


_WIDTHS = _Widths(zip(map(chr, range(32, 127)), map(int, _ASCII.split()), strict=True))
_WIDTHS |= {"‘": 222, "’": 222, "“": 333, "”": 333, "–": 556, "—": 1000, "…": 1000, "\u00a0": 278, "\u200b": 0}


def capacity(width: float) -> int:
    """Return what fits in a line of a column, in thousandths of the font's size.

    Args:
        width: Width of the column as spreadsheets give it: in digits of the default font.
    """
    return int((width - 0.7) * _PER_UNIT)


def text_lines(text: str, room: int) -> int:
    """Return the number of lines that a text takes, at most; see ``capacity`` for *room*."""
    if len(text) * _WIDEST_ASCII <= room and text.isascii():
        return text.count("\n") + 1
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        if len(paragraph) * _WIDEST_ASCII <= room and paragraph.isascii():
            continue
        at = -_SPACE
        for width in map(_word_width, paragraph.split(" ")):
            at += _SPACE + width
            if at <= room:
                continue
            if at > width:  # it is not the first word of the line
                count += 1
                at = width
            if at > room:
                more, at = divmod(at, room)
                count += more
    return count


def pieces(text: str, room: int, most_lines: int = MOST_LINES) -> list[str]:
    """Divide a text into pieces that each fit in a cell; joined, they are the text.

    A piece ends after white space, or where a line of one long word ends. See ``capacity`` for *room*.
    """
    found, start = [], 0
    line_starts = _line_starts(text, room)
    for at in range(most_lines - 1, len(line_starts), most_lines - 1):  # a final line break takes a line
        found.append(text[start : line_starts[at]])
        start = line_starts[at]
    found.append(text[start:])
    return [part for piece in found for part in _short_enough(piece) if part] or [""]


def is_too_long(text: str) -> bool:
    """Return whether a cell of a spreadsheet cannot hold a text, however high it is."""
    return len(text) * 2 > LONGEST_CELL and utf16_length(text) > LONGEST_CELL


def is_cut(text: str) -> bool:
    """Return whether a spreadsheet program has cut a text: it has as many characters as a cell holds at most."""
    return len(text) * 2 >= LONGEST_CELL and utf16_length(text) == LONGEST_CELL


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short_enough(piece: str) -> list[str]:
    half = LONGEST_CELL // 2
    if not is_too_long(piece):
        return [piece]
    return [piece[at : at + half] for at in range(0, len(piece), half)]


@lru_cache(maxsize=50_000)
def _word_width(word: str) -> int:
    return sum(map(_WIDTHS.__getitem__, word))


def _line_starts(text: str, room: int) -> list[int]:
    """Return the offset at which each line begins, divided as ``text_lines`` counts them."""
    starts, place = [0], 0
    for paragraph in text.split("\n"):
        if place:
            starts.append(place)
        at, word_start = -_SPACE, place
        for word in paragraph.split(" "):
            width = _word_width(word)
            at += _SPACE + width
            if at > room and at > width:
                starts.append(word_start)
                at = width
            if at > room:
                at = _divide_word(word, word_start, room, starts)
            word_start += len(word) + 1
        place += len(paragraph) + 1
    return starts


def _divide_word(word: str, start: int, room: int, starts: list[int]) -> int:
    """Add the offsets at which a word that is longer than a line is divided; return the width of its last line."""
    at = 0
    for offset, character in enumerate(word):
        width = _WIDTHS[character]
        if at + width > room and at:
            starts.append(start + offset)
            at = 0
        at += width
    return at
