"""Where the parts of a chart are on the screen: widths, heights and positions. Knows no widget and no text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len

from fwanalysis.tui.charting.axes import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.tui.charting.axes import Axes

COMPACT = 3
"""Lines of a row that is not as high as its text."""
NARROWEST, NARROWEST_HIGH, WIDEST = 20, 32, 44
"""Fewest terminal cells of text in a column, the same where rows are as high as their text, and the most."""
_LABEL, _LABEL_WITH_VALUES, _LABEL_IN_ROOM, _WIDEST_LABEL = 6, 14, 20, 24
_ROOMY = 90
_WIDEST_VALUE = 12
_MOST_FROZEN = 0.45
"""How much of the width names and attributes may take."""


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths of a chart, in terminal cells.

    Attributes:
        label: The column of names.
        beside: Attributes with a column of their own, and the widths of these columns.
        below: Attributes whose values are below the name.
        text: The text of each column of cells.
        total: The whole widget.
        count: Number of columns of cells.
    """

    label: int
    beside: tuple[tuple[str, int], ...]
    below: tuple[str, ...]
    text: int
    total: int
    count: int

    @property
    def frozen(self) -> int:
        """The part that does not scroll: names, attributes, and the line between them and the cells."""
        return self.label + sum(width + 1 for _, width in self.beside) + 1

    @property
    def pitch(self) -> int:
        """A column of cells with its margin and the line after it."""
        return self.text + 2

    @property
    def in_sight(self) -> int:
        """Number of whole columns that are in sight at once, at least one."""
        return max(1, (self.total - self.frozen) // self.pitch)

    @property
    def virtual(self) -> int:
        """The width to scroll over, in which every column can be the first one in sight."""
        return max(0, self.count - self.in_sight) * self.pitch + self.total


def widths_of(axes: Axes, total: int, *, is_high: bool = False) -> Widths:
    """Divide a width among names, attributes and columns.

    Args:
        axes: What is shown.
        total: The width in terminal cells.
        is_high: Whether rows are as high as their text.
    """
    names = max((_name_width(head.label, head.note) for head in axes.heads), default=0) + 2
    bands = max((_band_width(line) for line in axes.lines if isinstance(line, Band)), default=0)
    label = min(_WIDEST_LABEL, max(_LABEL, names, bands))
    if axes.transposed:
        label = min(_WIDEST_LABEL + 8, max(label, *(cell_len(head.above) + 2 for head in axes.heads), _LABEL))
    beside: list[tuple[str, int]] = []
    below = list(axes.stacked)
    used = label + 1
    for name in axes.attributes:
        longest = max((cell_len(head.values.get(name, "")) for head in axes.heads), default=0)
        width = min(_WIDEST_VALUE, max(cell_len(name), longest))
        if used + width + 1 <= total * _MOST_FROZEN:
            beside.append((name, width))
            used += width + 1
        else:
            below.append(name)
    wanted = _LABEL_WITH_VALUES if total < _ROOMY else _LABEL_IN_ROOM
    if below and label < wanted:
        label = min(wanted, label + max(0, total - used - NARROWEST - 2))
    count = len(axes.columns)
    frozen = label + sum(width + 1 for _, width in beside) + 1
    room = (total - frozen) // max(1, count) - 2
    text = min(max(NARROWEST_HIGH if is_high else NARROWEST, min(WIDEST, room)), max(1, total - frozen - 2))
    return Widths(label, tuple(beside), tuple(below), text, total, count)


def _band_width(band: Band) -> int:
    return cell_len(band.label) + len(f" ({len(band.keys)})") + 2 * band.depth + 1


def _name_width(label: str, note: str) -> int:
    return cell_len(label) + (cell_len(note) + 1 if note else 0)


class Heights:
    """The heights of the lines of a chart below one another.

    Args:
        heights: Height of each line.
    """

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._offsets = [0, *accumulate(self._heights)]

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """The height of all lines together."""
        return self._offsets[-1]

    def height(self, line: int) -> int:
        """Return the height of a line."""
        return self._heights[line]

    def offset(self, line: int) -> int:
        """Return where a line begins."""
        return self._offsets[line]

    def at(self, y: int) -> tuple[int, int]:
        """Return the line at a position, and how far the position is below its beginning."""
        line = max(0, min(bisect_right(self._offsets, y) - 1, len(self._heights) - 1))
        return line, y - self._offsets[line]

    def change(self, heights: dict[int, int]) -> None:
        """Give lines other heights."""
        for line, height in heights.items():
            self._heights[line] = height
        self._offsets = [0, *accumulate(self._heights)]
