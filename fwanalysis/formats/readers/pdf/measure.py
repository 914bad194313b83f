"""Measure the lines of a page with pdfium: their positions, word starts and bold text.

Requesting the position of every character (``page_text``) takes longer than reading the text. It is requested for the
ends of lines and for the first words of a line, where a column may begin, and for each character only if characters
were not drawn in reading order.
"""

from __future__ import annotations

import re
from array import array
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.readers.pdf.line_order import ACCENTS, Character, in_reading_order
from fwanalysis.formats.readers.pdf.page_text import MOST_STARTS, PageText
from fwanalysis.formats.readers.pdf.rows import Part, grouped, on_one_baseline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage, PdfTextPage

    from fwanalysis.formats.readers.pdf.line_order import OrderedText

ODD_SPACE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\t]")
"""Characters that some fonts have instead of a space."""
_SPACES = re.compile(r" {2,}")
_GAP = re.compile(r" (?=.)", re.DOTALL)
_INDENT = 8.0
"""By how many points a line begins farther to the right than others where a column of words may be. If none does, only
the second word of each line is asked for."""
_OUTSIDE = 2.0
"""By how many points a line may begin outside of its page and still be seen."""
_OVERLAP = 0.12
"""By how much, in heights of a line, the boxes of two drawn texts may overlap: slanted letters lean over."""
_UPRIGHT = 2.2
"""From how many times the height of its letters on a line runs downwards."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z]")
_WIDE_GAP = 0.4
"""From how many heights of a line on a gap is wider than the spaces of justified text."""
_MOST_GAPS = 20
"""A line with more gaps is spaced out, not divided into columns."""
_INK = 1.5
"""By how many points the ink of a letter may begin beside its position."""
_ACCENT = re.compile(rf"[{''.join(accent for accent in ACCENTS if accent > '~')}]")


class Drawn(NamedTuple):
    """A line of pdfium's text.

    Its words, their start and length in UTF-16 units, and whether a hyphen ends it.
    """

    content: str
    start: int
    units: int
    hyphen: bool


class Described(NamedTuple):
    """The properties of a line other than its positions."""

    text: str
    hyphen: bool
    visible: bool
    """Whether it begins on the page."""
    offsets: list[int]
    """Where its first words begin, from the second on."""
    bold: int
    """How many of its first characters are bold."""
    gaps: list[tuple[int, float]]
    """Which of these words come after a gap that is wider than a space, and where the gap begins."""


class _Measured(NamedTuple):
    """The measured position of a line of pdfium.

    Where it begins and ends, its baseline and height; which part of a printed line it is (None for a line that does not
    run along the page); and whether its text was drawn from one end to the other.
    """

    x: float
    right: float
    y: float
    size: float
    part: Part | None = None
    in_order: bool = True
    gaps: tuple[tuple[float, float], ...] = ()
    """Where gaps begin and end that are wider than a space."""


_SPACE = Character(" ", 0.0, 0.0, 0.0, 0.0)
"""What parts the lines of a group."""


class Measure:
    """The lines of one page, turned upright.

    Attributes:
        places: The height of the page in points, then for each line in the order of ``lines`` its left and right end,
            its baseline, the height of its letters, and where its words begin.
        overprinted: How many lines have words that are printed over one another.
    """

    def __init__(self, page: PdfPage, textpage: PdfTextPage) -> None:
        self._page = PageText(page, textpage)
        self._left, self._bottom = self._page.left, self._page.bottom
        self.places = array("d", [self._page.top - self._page.bottom])
        self.overprinted = 0
        self._has_columns = True

    def lines(self, drawn: Sequence[Drawn]) -> Iterator[Described]:
        """Yield the printed lines in the order of drawing, and add their positions.

        Notes:
            Parts of one printed line become one line, at the position of its longest part. If words are printed over
            one another, the lines are left as they were drawn.
        """
        measured = [self._measured(line) for line in drawn]
        outer = min((one.x for one in measured), default=0.0)
        self._has_columns = any(one.x > outer + _INDENT for one in measured)
        rearranged: dict[int, tuple[Described, list[float]]] = {}
        absorbed: set[int] = set()
        for group in _out_of_order(measured):
            longest = max(group, key=lambda at: (drawn[at].units, -at))
            if found := self._rearranged(
                [drawn[at] for at in group], [measured[at] for at in group], measured[longest]
            ):
                rearranged[longest] = found
                absorbed.update(at for at in group if at != longest)
        for at, line in enumerate(drawn):
            if at in rearranged:
                described, places = rearranged[at]
                self.places.extend(places)
                yield described
            elif at not in absorbed:
                yield self._described(line, measured[at])

    def _measured(self, line: Drawn) -> _Measured:
        content, start, units, _ = line
        x, y = self._page.origin(start)
        right, size = self._page.end(start + units - 1)  # a line may begin with a bullet of another font
        if content[-1].isdigit():  # the number of a note may end it
            size = max(size, self._page.end(start)[1])
        edges = self._page.rectangles(start, units)
        if not edges:
            return _Measured(x, right, y, size)
        first, last, lowest, highest = edges[0]
        if len(edges) > 1:
            first, last = min(first, *(edge[0] for edge in edges)), max(last, *(edge[1] for edge in edges))
            lowest, highest = min(edge[2] for edge in edges), max(edge[3] for edge in edges)
        if highest - lowest > _UPRIGHT * size or not isfinite(first + last + x + right + y + size):
            return _Measured(x, right, y, size)
        part = Part(first if first < x else x, last if last > right else right, y, size)
        slack = _OVERLAP * size
        if len(edges) == 1 and content.isascii():
            return _Measured(x, right, y, size, part, first >= x - slack and last <= right + slack)
        gaps = tuple((one[1], two[0]) for one, two in pairwise(edges) if two[0] - one[1] > _WIDE_GAP * size)
        in_order = _is_in_order(content, edges, x, right, slack)
        return _Measured(x, right, y, size, part, in_order, gaps if len(gaps) <= _MOST_GAPS else ())

    def _described(self, line: Drawn, measured: _Measured) -> Described:
        """Describe a line as it was drawn, and add its positions."""
        content, start, units, hyphen = line
        text = content
        if not content.isprintable() or "  " in content:
            text = _SPACES.sub(" ", ODD_SPACE.sub(" ", content))
        as_it_was = len(text) == units
        offsets = self._offsets(text, measured) if as_it_was else []
        words = self._page.word_starts(start, offsets)
        gaps = self._gaps(words, measured.gaps) if measured.gaps else []
        bold = self._bold(content, start, units)
        edge = self._left
        self.places.extend((measured.x - edge, measured.right - edge, measured.y - self._bottom, measured.size))
        self.places.extend([place - edge for place in words] if edge else words)
        bold = bold if as_it_was else len(text) * (bold == units)
        return Described(text, hyphen, self._is_visible(measured), offsets, bold, gaps)

    def _offsets(self, text: str, measured: _Measured) -> list[int]:
        """Return the starts of the words of a line whose positions are needed."""
        if not self._has_columns and not measured.gaps:
            at = text.find(" ") + 1
            return [at] if at else []
        return [found.end() for found in _GAP.finditer(text, 0, len(text) if measured.gaps else MOST_STARTS + 1)]

    def _gaps(self, words: Sequence[float], gaps: Sequence[tuple[float, float]]) -> list[tuple[int, float]]:
        """Return which words follow a gap, and where the gap begins."""
        return [
            (at, begin - self._left)
            for begin, end in gaps
            if (at := next((at for at, place in enumerate(words) if abs(place - end) < _INK), None)) is not None
        ]

    def _rearranged(
        self, group: Sequence[Drawn], measured: Sequence[_Measured], longest: _Measured
    ) -> tuple[Described, list[float]] | None:
        """Return the printed line that a group of lines forms.

        None if they are to be left as they were drawn.
        """
        units = [unit for line in group for unit in (*self._units(line), None)]
        characters = [Character(unit[0], *self._page.box(unit[1])) if unit else _SPACE for unit in units]
        placed = in_reading_order(characters)
        if placed is None:
            parts = [one.part for one in measured if one.part]
            self.overprinted += all(on_one_baseline(parts[0], part) for part in parts)
            return None
        text = "".join(one.text for one in placed)
        as_drawn = ODD_SPACE.sub(" ", group[0].content) if len(group) == 1 else ""
        if not placed or text.replace(" ", "") == as_drawn.replace(" ", ""):
            return None
        shown = [characters[one.character] for one in placed if one.character >= 0]
        left, right = min(one.left for one in shown), max(one.right for one in shown)
        offsets, lefts, gaps = self._words_of(placed, characters, longest.size)
        hyphen = max(group, key=lambda line: self._page.end(line.start + line.units - 1)[0]).hyphen
        bold = self._bold_of(placed, [unit[1] if unit else -1 for unit in units])
        places = [left - self._left, right - self._left, longest.y - self._bottom, longest.size, *lefts]
        return Described(text, hyphen, self._is_visible(longest), offsets, bold, gaps), places

    def _words_of(
        self, placed: Sequence[OrderedText], characters: Sequence[Character], size: float
    ) -> tuple[list[int], list[float], list[tuple[int, float]]]:
        """Return the word starts of an ordered line, and its gaps.

        Word starts are offsets and positions.
        """
        offsets: list[int] = []
        lefts: list[float] = []
        gaps: list[tuple[int, float]] = []
        at = 0
        for before, space, after in zip(placed, placed[1:], placed[2:], strict=False):
            at += len(before.text)
            if space.character < 0:
                end, left = characters[before.character].right, characters[after.character].left
                if left - end > _WIDE_GAP * size:
                    gaps.append((len(offsets), end - self._left))
                offsets.append(at + 1)
                lefts.append(left - self._left)
        return offsets, lefts, gaps if len(gaps) <= _MOST_GAPS else []

    def _bold_of(self, placed: Sequence[OrderedText], units: Sequence[int]) -> int:
        """Count the bold characters at the beginning of an ordered line."""
        bold = end = 0
        for one in placed:
            end += len(one.text)
            if one.character >= 0:
                if not self._page.is_bold(units[one.character]):
                    break
                bold = end
        return bold

    def _units(self, line: Drawn) -> Iterator[tuple[str, int]]:
        """Yield the characters of a line with their UTF-16 units."""
        unit = line.start
        for text in ODD_SPACE.sub(" ", line.content):
            yield text, unit
            unit += 1 if text <= "\uffff" else 2

    def _is_visible(self, measured: _Measured) -> bool:
        page = self._page
        return (
            page.left - _OUTSIDE <= measured.x <= page.right + _OUTSIDE
            and page.bottom - _OUTSIDE <= measured.y <= page.top + _OUTSIDE
        )

    def _bold(self, content: str, start: int, units: int) -> int:
        """Count the bold characters at the beginning of a line, by their fonts.

        Notes:
            A line is bold either at its beginning, as a label is, or as a whole.
        """
        if not self._page.is_bold(start):
            return 0
        if self._page.is_bold(start + units - 1):
            return units
        if len(content) != units:
            return 0
        bold, plain = 0, units - 1
        while plain - bold > 1:
            middle = (bold + plain) // 2
            shown = len(content[: middle + 1].rstrip()) - 1  # a space may have no font
            bold, plain = (middle, plain) if self._page.is_bold(start + shown) else (bold, middle)
        return len(content[: bold + 1].rstrip())


def _is_in_order(
    content: str, edges: list[tuple[float, float, float, float]], x: float, right: float, slack: float
) -> bool:
    """Return whether no text of a line was drawn over or into another.

    As far as the boxes show.
    """
    if not content.isascii():
        if _ACCENT.search(content):
            return False
        if _RIGHT_TO_LEFT.search(content):
            if _LEFT_TO_RIGHT.search(content):
                return False  # pdfium orders each word on its own where both directions meet
            edges = sorted(edges)
            x, right = edges[0][0], max(edge[1] for edge in edges)
    end = edges[0][0]
    for left, far, _, _ in edges:
        if left < end - slack:
            return False
        end = max(end, far)
    return edges[0][0] >= x - slack and end <= right + slack


def _out_of_order(measured: Sequence[_Measured]) -> list[list[int]]:
    """Return the groups of lines to be examined character by character."""
    upright = [(at, one.part) for at, one in enumerate(measured) if one.part]
    groups = [[upright[at][0] for at in group] for group in grouped([part for _, part in upright])]
    within = {at for group in groups for at in group}
    return [*groups, *([at] for at, _ in upright if not measured[at].in_order and at not in within)]
