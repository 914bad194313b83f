"""Put the lines of a page in reading order.

A PDF holds its lines in the order in which they were drawn. In nearly all PDFs that is the order of reading, columns
included, so it is changed only where the places of the lines contradict it:

* A line that is drawn before a line above it follows that line, if both overlap from left to right. A page that is
  drawn from the bottom up, or a heading that is drawn last, comes out from the top down.
* A column that is drawn before the column to its left follows it, with a warning.
* Speaker labels that are drawn apart from the words are joined to them, line by line.
* Two columns of running text that are drawn line by line across the page are read one after the other.

Pure: lines in, lines out. Lines that run downwards (Chinese or Japanese) stay in the order of drawing.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.formats.readers.pdf.columns import FEW, in_halves, is_running, joined_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.readers.pdf.page import Line, PageLines

_ABOVE = 0.3
"""By how much, in heights of the smaller one, the baseline of a line is higher than that of a line below it."""
_OVERLAP = 0.1
"""By which share of the narrower one two lines overlap if one is above the other; punctuation may hang over."""
_MOST_LINES = 500
"""A page with more lines stays in the order of drawing: each line is compared with all others."""
_MOST_BLOCKS = 30
"""A page in more pieces than this is no page in columns."""
_COLUMN_LINES = 5
"""How many lines a column of running text has at least."""
_ALIKE = 0.5
"""Which share of the wider one the narrower of two columns measures, if they are columns of one text."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NAMED_PAGES = 10


class Ordered(NamedTuple):
    """The lines of a PDF in reading order.

    Attributes:
        parts: The lines of each page; a page in columns of running text has one part for each column.
        columns: Which parts are such columns.
        warnings: What the user should check.
    """

    parts: list[list[Line]]
    columns: frozenset[int]
    warnings: list[Notice]


def in_reading_order(pages: Sequence[Sequence[Line]]) -> Ordered:
    """Return lines in reading order, with warnings about uncertain pages."""
    parts: list[list[Line]] = []
    columns: set[int] = set()
    swapped: list[int] = []
    unclear: list[int] = []
    plain = [_is_plain(page) for page in pages]
    labelled = iter(joined_labels([page for page, is_plain in zip(pages, plain, strict=True) if not is_plain]))
    for number, (page, is_plain) in enumerate(zip(pages, plain, strict=True), start=1):
        lines = list(page) if is_plain else next(labelled)
        if is_plain or len(lines) > _MOST_LINES or _runs_downwards(lines):
            parts.append(lines)
            continue
        blocks = _from_left(_blocks(_from_top(in_halves(lines))), number, swapped, unclear)
        for part, is_column in _parts(blocks):
            if is_column:
                columns.add(len(parts))
            parts.append(part)
    return Ordered(parts, frozenset(columns), list(_warnings(swapped, unclear)))


def _parts(blocks: Sequence[list[Line]]) -> list[tuple[list[Line], bool]]:
    """Return the lines of a page in one part, or one for each column.

    What is above the columns of running text is a part of its own.
    """
    parts: list[tuple[list[Line], bool]] = [(list(blocks[0]) if blocks else [], False)]
    for block in blocks[1:]:
        lines, is_column = parts[-1]
        beside = [line for line in lines if line.y <= block[0].y + line.size]
        if _are_columns(beside, block):
            above = [line for line in lines if line.y > block[0].y + line.size]
            parts[-1:] = [(above, is_column)] * bool(above) + [(beside, True), (list(block), True)]
        else:
            lines += block
    return parts


def _are_columns(lines: Sequence[Line], block: Sequence[Line]) -> bool:
    """Return whether a block continues the running text of lines to its left."""
    if min(len(lines), len(block)) < _COLUMN_LINES or _extent(lines)[1] >= _extent(block)[0]:
        return False
    return _is_text(lines) and _is_text(block)


def _is_text(block: Sequence[Line]) -> bool:
    return is_running([line.text for line in block])


def _is_plain(page: Sequence[Line]) -> bool:
    """Return whether lines were drawn from the top down, none across columns."""
    return all(one.y - two.y > _ABOVE * two.size and not one.gaps for one, two in pairwise(page))


def _runs_downwards(lines: Sequence[Line]) -> bool:
    downwards = sum(len(line.text) >= FEW and line.right - line.left < 1.5 * line.size for line in lines)
    return downwards > 0.1 * len(lines)


# From the top down


def _from_top(lines: list[Line]) -> list[Line]:
    """Return the lines so that each follows those above it.

    Otherwise they keep their order.
    """
    if not _is_contradicted(_blocks(lines)):
        return lines
    above = _lines_above(lines)
    ordered: list[Line] = []
    done: set[int] = set()
    for at in range(len(lines)):
        path = [at]
        while path:
            before = next((other for other in above[path[-1]] if other not in done), None)
            if before is not None:
                path.append(before)
            elif (line := path.pop()) not in done:
                done.add(line)
                ordered.append(lines[line])
    return ordered


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Divide the lines into blocks, each of which runs from the top down."""
    blocks: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if before is None or line.y - before.y > _ABOVE * min(line.size, before.size):
            blocks.append([])
        blocks[-1].append(line)
        before = line
    return blocks


def _is_contradicted(blocks: Sequence[Sequence[Line]]) -> bool:
    """Return whether a block may have a line above a line of an earlier block."""
    boxes = [(*_extent(block), block[0].y, min(line.y for line in block)) for block in blocks]
    return any(
        later[2] > earlier[3] and _overlaps(*earlier[:2], *later[:2]) for earlier, later in combinations(boxes, 2)
    )


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.left for line in lines), max(line.right for line in lines)


def _overlaps(left: float, right: float, other_left: float, other_right: float) -> bool:
    narrower = min(right - left, other_right - other_left)
    return min(right, other_right) - max(left, other_left) > _OVERLAP * narrower


def _lines_above(lines: Sequence[Line]) -> list[list[int]]:
    """Return for each line which lines are above it.

    Notes:
        A line that begins where no others do, a heading, is compared with the width of the columns: it may be above a
        short line without overlapping it.
    """
    places: dict[int, list[float]] = {}
    for line in lines:
        places.setdefault(round(line.left), []).append(line.right)
    usual = {place: median(rights) for place, rights in places.items() if len(rights) >= FEW}
    wide = [max(line.right, usual.get(round(line.left), 0.0)) for line in lines]
    alone = [round(line.left) not in usual for line in lines]
    above: list[list[int]] = []
    for at, line in enumerate(lines):
        found = []
        for number, other in enumerate(lines):
            if not other.y - line.y > _ABOVE * min(line.size, other.size):
                continue
            right, other_right = line.right, other.right
            if alone[at] is not alone[number]:
                right, other_right = wide[at], wide[number]
            if _overlaps(line.left, right, other.left, other_right):
                found.append(number)
        above.append(found)
    return above


# From left to right


def _from_left(blocks: list[list[Line]], number: int, swapped: list[int], unclear: list[int]) -> list[list[Line]]:
    """Order the blocks of a page so that columns follow those to their left.

    Notes:
        Columns that are not similar (a column of notes beside the text) stay in the order of drawing. In both cases the
        *number* of the page is noted. Scripts that are read from right to left have their columns in that order.
    """
    if not 1 < len(blocks) <= _MOST_BLOCKS or _is_right_to_left([line for block in blocks for line in block]):
        return blocks
    ordered: list[list[Line]] = []
    for block in blocks:
        at = len(ordered)
        while at and _is_right_of(ordered[at - 1], block):
            if not _are_alike(ordered[at - 1], block):
                unclear.append(number)
                break
            swapped.append(number)
            at -= 1
        ordered.insert(at, block)
    return ordered


def _is_right_to_left(lines: Sequence[Line]) -> bool:
    return sum(bool(_RIGHT_TO_LEFT.search(line.text)) for line in lines) > len(lines) / 2


def _is_right_of(block: Sequence[Line], other: Sequence[Line]) -> bool:
    """Return whether a block of lines is beside another one, to its right."""
    if min(len(block), len(other)) < FEW or _extent(block)[0] < _extent(other)[1]:
        return False
    return min(block[0].y, other[0].y) > max(block[-1].y, other[-1].y)


def _are_alike(block: Sequence[Line], other: Sequence[Line]) -> bool:
    (left, right), (other_left, other_right) = _extent(block), _extent(other)
    narrower, wider = sorted((right - left, other_right - other_left))
    return narrower >= _ALIKE * wider


# Warnings


def overprinted(pages: Sequence[PageLines]) -> Iterator[Notice]:
    """Yield a warning about pages on which words are printed over one another."""
    if numbers := [page.number for page in pages if page.overprinted]:
        yield Notice(f"{_named(numbers)}: words are printed over one another; check their order.")


def _warnings(swapped: Sequence[int], unclear: Sequence[int]) -> Iterator[Notice]:
    if swapped:
        yield Notice(
            f"{_named(swapped)}: a column was drawn before the column to its left. The columns were read from left to "
            "right; check their order."
        )
    if rest := [number for number in unclear if number not in set(swapped)]:
        yield Notice(
            f"{_named(rest)}: text in the left margin was drawn after the text beside it, and was read after it; "
            "check where it belongs."
        )


def _named(numbers: Sequence[int]) -> str:
    """Return “Page 3” or “Pages 3, 4, …”."""
    distinct = list(dict.fromkeys(numbers))
    listed = ", ".join(map(str, distinct[:_NAMED_PAGES])) + (", …" if len(distinct) > _NAMED_PAGES else "")
    return f"Page {listed}" if len(distinct) == 1 else f"Pages {listed}"
