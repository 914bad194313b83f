"""Find the lines of pdfium that are parts of one printed line.

pdfium begins a new line where the baseline changes (a high superscript) and where something is drawn after other lines
(a name filled into a form). This module groups such parts. It is pure and independent of pdfium.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SAME_BASELINE = 0.25
"""By how much the baselines of two parts may differ, in heights of the larger one."""
_RAISED = 0.6
"""By how much a superscript may be raised and a subscript lowered, in heights of the line that it belongs to."""
_SMALLER = 0.85
"""Up to which share of the line's height a part is small enough to be a subscript or superscript."""
_TOO_SMALL = 0.5
"""A part below this share of the line's height belongs to something else, for example beside a drop capital."""
_NEAR = 0.6
"""Up to which distance, in heights of the line, parts on one baseline belong together: a space is 0.2 to 0.5."""
_NEAR_NEXT = 1.0
"""The same for parts that are drawn one directly after the other."""
_TOUCHING = 0.25
"""The same for a subscript or superscript, which follows its word without a space, and for a part that begins where a
column of the page begins: cells of a table are farther apart."""
_COLUMN_LINES = 3
"""How many parts that begin at one place are a column."""
_MOST_PAIRS = 10_000
"""Two rows with more pairs of parts than this are not searched for subscripts: no printed page has as many."""


_ROWS_BELOW = 3
"""With how many rows below it a row is compared: more are never printed within the height of one line."""


class Part(NamedTuple):
    """The position of a line of pdfium, in points.

    Its ends, its baseline (y grows upwards) and its height.
    """

    left: float
    right: float
    y: float
    size: float


def grouped(parts: Sequence[Part]) -> list[list[int]]:
    """Return the parts of each printed line with several parts, as indices.

    Notes:
        The time is O(n log n) on a page of single lines; rows of many parts are compared pair by pair, up to a limit.
    """
    rows = _rows(parts)
    leaders = list(range(len(parts)))
    joined = False
    for one, other in (*_side_by_side(rows, parts), *_raised(rows, parts)):
        leaders[_leader(other, leaders)] = _leader(one, leaders)
        joined = True
    if not joined:
        return []
    groups: dict[int, list[int]] = {}
    for at in range(len(parts)):
        groups.setdefault(_leader(at, leaders), []).append(at)
    return [group for group in groups.values() if len(group) > 1]


def _leader(at: int, leaders: list[int]) -> int:
    while leaders[at] != at:
        leaders[at] = leaders[leaders[at]]
        at = leaders[at]
    return at


def on_one_baseline(one: Part, other: Part) -> bool:
    """Return whether two parts have one baseline.

    If so, neither is a subscript or superscript.
    """
    return abs(one.y - other.y) <= _SAME_BASELINE * max(one.size, other.size)


def _rows(parts: Sequence[Part]) -> list[list[int]]:
    """Return the parts by baseline, from the top down."""
    rows: list[list[int]] = []
    first: Part | None = None
    for at in sorted(range(len(parts)), key=lambda at: -parts[at].y):
        part = parts[at]
        if first and on_one_baseline(first, part):
            rows[-1].append(at)
        else:
            rows.append([at])
            first = part
    return rows


def _side_by_side(rows: Sequence[Sequence[int]], parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Yield pairs of parts on one baseline that are near one another or overlap."""
    lefts: Mapping[int, int] = Counter(round(part.left) for part in parts) if len(rows) < len(parts) else {}
    for row in rows:
        if len(row) == 1:
            continue
        from_left = sorted(row, key=lambda at: parts[at].left)
        widest = from_left[0]
        for at in from_left[1:]:
            one, two = parts[widest], parts[at]
            alike = min(one.size, two.size) >= _TOO_SMALL * max(one.size, two.size)
            place = round(two.left)
            if sum(lefts.get(beside, 0) for beside in (place - 1, place, place + 1)) >= _COLUMN_LINES:
                near = _TOUCHING
            else:
                near = _NEAR_NEXT if abs(at - widest) == 1 else _NEAR
            if alike and two.left - one.right <= near * max(one.size, two.size):
                yield widest, at
            if two.right > one.right:
                widest = at


def _raised(rows: Sequence[Sequence[int]], parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a line and a subscript or superscript of it.

    Each is paired with the nearest line only.
    """
    nearest: dict[int, tuple[float, list[int]]] = {}
    for at, row in enumerate(rows):
        for below in rows[at + 1 : at + 1 + _ROWS_BELOW]:
            upper, lower = parts[row[0]], parts[below[0]]
            if upper.y - lower.y > _RAISED * max(upper.size, lower.size) or len(row) * len(below) > _MOST_PAIRS:
                break
            for pair in product(row, below):
                small, line = sorted(pair, key=lambda at: parts[at].size)
                if _is_raised(parts[small], parts[line]):
                    distance = abs(parts[small].y - parts[line].y)
                    best, lines = nearest.get(small, (distance, []))
                    if distance <= best:
                        nearest[small] = (distance, [*(lines if distance == best else []), line])
    for small, (_, lines) in nearest.items():
        for line in lines:
            yield line, small


def _is_raised(small: Part, line: Part) -> bool:
    """Return whether a part may be a subscript or superscript of a line."""
    near = _TOUCHING * line.size
    return (
        _TOO_SMALL * line.size <= small.size <= _SMALLER * line.size
        and abs(small.y - line.y) <= _RAISED * line.size
        and small.left <= line.right + near
        and small.right >= line.left - near
    )
