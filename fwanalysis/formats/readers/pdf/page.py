"""What a line of a PDF is to its page, and how the pages come from the program that reads them.

Positions are points, upright as the page is shown, y growing upwards. A page crosses the pipe as a line of JSON (what
is said) and the doubles of its places, so that what comes from a broken reader can only be wrong, never be run.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins and ends, its baseline and the height of its letters; whether a hyphen ends it
    (which is not in the text); where its first words begin (offset and place); whether it stands on the page; how many
    of its first characters are bold."""

    text: str
    left: float
    right: float
    y: float
    size: float
    hyphen: bool = False
    words: tuple[tuple[int, float], ...] = ()
    visible: bool = True
    bold: int = 0

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold >= len(self.text)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in the order in which the PDF holds them, how many odd characters in them were taken for
    blanks, and whether a picture is on it (only asked of a page without text)."""

    number: int
    lines: tuple[Line, ...]
    height: float
    odd_spaces: int = 0
    pictured: bool = False


def unpacked(number: int, packed: bytes) -> PageLines:
    """The page of this number as ``pdf_child`` packed it."""
    head, _, tail = packed.partition(b"\n")
    said, odd_spaces, pictured = json.loads(head)
    places = array("d", tail).tolist()
    lines, at = [], 1
    for text, hyphen, visible, offsets, bold in said:
        end = at + 4 + len(offsets)
        left, right, y, size = places[at : at + 4]
        words = tuple(zip(offsets, places[at + 4 : end], strict=True))
        lines.append(Line(text, left, right, y, size, hyphen, words, visible, bold))
        at = end
    return PageLines(number, tuple(lines), places[0], odd_spaces, pictured)
