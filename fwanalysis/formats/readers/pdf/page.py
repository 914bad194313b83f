"""The lines and pages of a PDF, and how they are read from the child process.

Positions are points, upright as the page is shown, y growing upwards. A page is sent as a line of JSON (the text) and
the doubles of its positions, so that the output of a compromised reader can only be wrong, never executed.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple


class Line(NamedTuple):
    """A line of text and its position on the page, in points.

    Attributes:
        text: Its characters, without a hyphen that ends it.
        left: Where it begins.
        right: Where it ends.
        y: Its baseline.
        size: The height of a line of its letters.
        hyphen: Whether a hyphen ends it.
        words: Where words begin, from the second on, as offset and position; only the first ones of a line without
            gaps.
        visible: Whether it begins on the page.
        bold: How many of its first characters are bold.
        gaps: Which words follow a gap that is wider than a space, as offset and the position where the gap begins.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    hyphen: bool = False
    words: tuple[tuple[int, float], ...] = ()
    visible: bool = True
    bold: int = 0
    gaps: tuple[tuple[int, float], ...] = ()

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold >= len(self.text)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in the order in which the PDF has them.

    Attributes:
        number: The number of the page, from 1.
        lines: Its lines.
        height: Its height in points.
        odd_spaces: How many unusual characters in its lines were read as spaces.
        pictured: Whether a picture is on it; only determined for a page without text.
        overprinted: How many lines have words that are printed over one another.
    """

    number: int
    lines: tuple[Line, ...]
    height: float
    odd_spaces: int = 0
    pictured: bool = False
    overprinted: int = 0


def unpacked(number: int, packed: bytes) -> PageLines:
    """Return a page from the bytes that ``child`` packed.

    Notes:
        A damaged PDF may have positions that are not numbers; they become 0.
    """
    head, _, tail = packed.partition(b"\n")
    said, odd_spaces, pictured, overprinted = json.loads(head)
    places = array("d", tail).tolist()
    if not isfinite(sum(places)):
        places = [place if isfinite(place) else 0.0 for place in places]
    lines, at = [], 1
    for text, hyphen, visible, offsets, bold, gaps in said:
        end = at + 4 + len(offsets)
        left, right, y, size = places[at : at + 4]
        words = tuple(zip(offsets, places[at + 4 : end], strict=True))
        wide = tuple((offsets[number], end) for number, end in gaps) if gaps else ()
        lines.append(Line(text, left, right, y, size, hyphen, words, visible, bold, wide))
        at = end
    return PageLines(number, tuple(lines), places[0], odd_spaces, pictured, overprinted)
