"""What the grid of a chart shows: its cells, made and wrapped when they come into sight, painted line by line.

Shows where the cursor is. How the cursor is moved is the grid's concern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fwanalysis.tui.charting.axes import Band, Tallies, axes_of
from fwanalysis.tui.charting.cell_lines import EVIDENCE_LINES, cell_lines, text_height
from fwanalysis.tui.charting.geometry import COMPACT, Heights, widths_of
from fwanalysis.tui.charting.look import PARTS, look_of
from fwanalysis.tui.charting.painting import Painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Offset

    from fwanalysis.domain.matrix import Matrix, MatrixCell
    from fwanalysis.tui.charting.axes import Axes
    from fwanalysis.tui.charting.cell_lines import CellLine
    from fwanalysis.tui.charting.geometry import Widths

_STRIPS, _CELLS = 600, 4000
_UNSIZED = 80


class GridDisplay(ScrollView, inherit_bindings=False, can_focus=True):
    """The lines of a chart.

    Attributes:
        axes: What is in the lines and columns; None before anything is shown.
        cursor: The line of cells and the column of the cursor.
        is_high: Whether lines are as high as their text, and not three lines.
        has_heat: Whether cells are shaded by their number of segments.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{part}" for part in PARTS}
    DEFAULT_CSS = """
    GridDisplay {
        background: $background;
        color: $foreground;
        overflow-x: auto;
        overflow-y: scroll;
        scrollbar-size: 1 1;

        & > .chart--heading { background: $panel; color: $foreground; text-style: bold; }
        & > .chart--theme { background: $panel; color: $foreground 70%; }
        & > .chart--label { text-style: bold; }
        & > .chart--dim { color: $foreground 60%; }
        & > .chart--line { color: $foreground 30%; }
        & > .chart--band { background: $panel; color: $foreground; text-style: bold; }
        & > .chart--stale { text-style: bold reverse; }
        & > .chart--mark { text-style: bold; }
        & > .chart--warning { text-style: bold; color: $text-warning; }
        & > .chart--evidence { color: $foreground 65%; text-style: italic; }
        & > .chart--link { color: $primary; text-style: bold; }
        & > .chart--odd { background: $surface; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.axes: Axes | None = None
        self.cursor = (0, 0)
        self.is_high = False
        self.has_heat = False
        self._matrix: Matrix | None = None
        self._tallies: Tallies | None = None
        self._hottest = 1
        self._widths: Widths | None = None
        self._heights = Heights(())
        self._exact: set[int] = set()
        self._pinned = 0
        self._painter: Painter | None = None
        self._cells: LRUCache[tuple[str, str], tuple[CellLine, ...]] = LRUCache(_CELLS)
        self._strips: LRUCache[object, Strip] = LRUCache(_STRIPS)
        self._bands: dict[Band, list[str]] = {}
        self._head_of: dict[int, int] = {}

    # What is shown

    def show(self, matrix: Matrix, tallies: Tallies) -> None:
        """Show a view of the matrix; the cursor stays in its cell if the view has it."""
        before = self.axes.key(*self.cursor) if self.axes and self.axes.heads and self.axes.columns else None
        self._matrix, self._tallies = matrix, tallies
        self._hottest = max(tallies.counts.values(), default=1) or 1
        self.axes = axes_of(matrix)
        self._head_of = {line: head for head, line in enumerate(self.axes.line_of)}
        self._bands.clear()
        self._cells.clear()
        place = self.axes.place(*before) if before else None
        if place is None:
            line, column = self.cursor
            place = (min(line, max(0, len(self.axes.heads) - 1)), min(column, max(0, len(self.axes.columns) - 1)))
        self.cursor = place
        self.lay_out()
        self.virtual_size = Size(*self.virtual)
        self.into_sight()
        self.refresh()

    def appear(self, *, is_high: bool, has_heat: bool) -> None:
        """Set the height of lines, and whether cells are shaded."""
        if (is_high, has_heat) == (self.is_high, self.has_heat):
            return
        self.is_high, self.has_heat = is_high, has_heat
        self._cells.clear()
        self.lay_out()
        self.virtual_size = Size(*self.virtual)
        self.into_sight()
        self.refresh()

    # Layout

    def lay_out(self) -> None:
        """Divide the width, and set the heights of the lines."""
        self._strips.clear()
        self._exact.clear()
        self._painter = None
        axes = self.axes
        if axes is None:
            return
        widths = widths_of(axes, self.scrollable_content_region.width or _UNSIZED, is_high=self.is_high)
        if widths != self._widths:
            self._widths = widths
            self._cells.clear()
        self._pinned = sum(head.is_pinned for head in axes.heads) if not axes.transposed else 0
        heights = self._estimated() if self.is_high else {}
        self._heights = Heights(
            [1 if isinstance(line, Band) else min(heights.get(line.key, COMPACT), self._highest) for line in axes.lines]
        )
        if self._heights.offset(self._pinned) > self._room // 2:
            self._pinned = 0

    @property
    def _room(self) -> int:
        """The lines below the headings."""
        return max(1, self.scrollable_content_region.height - self._head_lines)

    @property
    def _highest(self) -> int:
        return max(COMPACT, self._room - 1)

    @property
    def _head_lines(self) -> int:
        return 2 if self.axes is not None and any(head.above for head in self.axes.columns) else 1

    @property
    def fixed(self) -> int:
        """The lines at the top that do not scroll: the headings, and the pinned lines."""
        return self._head_lines + self._heights.offset(self._pinned)

    @property
    def virtual(self) -> tuple[int, int]:
        """The size to scroll over."""
        if self._widths is None:
            return (0, 0)
        return (self._widths.virtual, self._head_lines + self._heights.total)

    @property
    def lines_in_sight(self) -> int:
        """Number of whole lines of cells that are in sight, at least one."""
        return max(1, (self.size.height - self.fixed) // self._heights.height(self._line_of(self.cursor[0])))

    def _line_of(self, head: int) -> int:
        assert self.axes is not None
        return self.axes.line_of[head]

    def _estimated(self) -> dict[str, int]:
        """Estimate the heights of lines from the lengths of what is written in them, by the key of the head."""
        assert self.axes is not None
        assert self._widths is not None
        assert self._tallies is not None
        found: dict[str, int] = {}
        for key, cell in self._tallies.written.items():
            head = key[1] if self.axes.transposed else key[0]
            length = sum(len(part) * 11 // (10 * self._widths.text) + 1 for part in cell.summary.split("\n"))
            found[head] = max(found.get(head, COMPACT), 1 + length)
        return found

    def _settle(self) -> None:
        """Set the heights of the lines in sight from their text; those above them keep theirs."""
        assert self.axes is not None
        if not self.is_high or self._widths is None:
            return
        bottom = self.scroll_offset.y + self.size.height
        line = self._heights.at(self.scroll_offset.y + self._heights.offset(self._pinned))[0]
        pending = [*range(self._pinned), line]
        changed = False
        while pending:
            at = pending.pop(0)
            if at not in self._exact and at < len(self.axes.lines):
                self._exact.add(at)
                height = self._exact_height(at)
                if height != self._heights.height(at):
                    self._heights.change({at: height})
                    changed = True
            if not pending and at + 1 < len(self.axes.lines) and self._heights.offset(at + 1) < bottom:
                pending.append(at + 1)
        if changed:
            self._strips.clear()
            self.virtual_size = Size(*self.virtual)
            self.refresh()

    def _exact_height(self, line: int) -> int:
        assert self.axes is not None
        assert self._widths is not None
        assert self._tallies is not None
        head = self.axes.lines[line]
        if isinstance(head, Band):
            return 1
        index = self._head_of[line]
        height = 2
        for column in range(len(self.axes.columns)):
            key = self.axes.key(index, column)
            if key in self._tallies.written:
                height = max(height, text_height(self._cell(key), self._widths.text))
            elif self._tallies.counts.get(key):
                height = max(height, 1 + EVIDENCE_LINES)
        return min(height, self._highest)

    # Scrolling

    def into_sight(self) -> None:
        """Scroll so that the cell of the cursor is in sight, with the heading of its group if there is room."""
        if self.axes is None or self._widths is None or not self.axes.heads or not self.size.height:
            return
        for _ in range(2):  # in the second round, the heights of the lines that came into sight are known
            x, y = self._target()
            if (x, y) != (self.scroll_offset.x, self.scroll_offset.y):
                self.scroll_to(x=x, y=y, animate=False, force=True)
            self._settle()
            if not self.is_high:
                break

    def _target(self) -> tuple[int, int]:
        assert self.axes is not None
        assert self._widths is not None
        line, pinned = self._line_of(self.cursor[0]), self._heights.offset(self._pinned)
        y = self.scroll_offset.y
        if line >= self._pinned:
            room = self._room - pinned
            begin = self._heights.offset(line) - pinned
            end = begin + min(self._heights.height(line), room)
            while line and isinstance(self.axes.lines[line - 1], Band) and end - begin < room:
                line -= 1
                begin = self._heights.offset(line) - pinned
            y = min(max(y, end - room), begin)
        first = round(self.scroll_offset.x / self._widths.pitch)
        column = self.cursor[1]
        first = max(min(first, column), column - self._widths.in_sight + 1)
        return first * self._widths.pitch, y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Give the lines that come into sight their heights."""
        super().watch_scroll_y(old_value, new_value)
        if self.axes is not None:
            self._settle()

    # Places

    def _line_under(self, y: int) -> tuple[int, int] | None:
        """Return the line at *y* below the top of the widget, and how far below its beginning; None for none."""
        if y < self._head_lines or not len(self._heights):
            return None
        below = y - self._head_lines
        if y >= self.fixed:
            below += self.scroll_offset.y
        return self._heights.at(below) if below < self._heights.total else None

    def region_of(self, head: int) -> Region | None:
        """Return where a line of cells is in the widget; None if it is out of sight."""
        if self.axes is None or head >= len(self.axes.heads):
            return None
        line = self._line_of(head)
        top = self._head_lines + self._heights.offset(line) - (self.scroll_offset.y if line >= self._pinned else 0)
        first = max(top, self.fixed) if line >= self._pinned else top
        last = min(top + self._heights.height(line), self.size.height)
        return Region(0, first, self.size.width, last - first) if first < last else None

    def place_under(self, offset: Offset) -> tuple[int, int] | None:
        """Return the line of cells and the column at a position in the widget; None if there is no cell."""
        if self.axes is None or self._widths is None:
            return None
        found = self._line_under(offset.y)
        if found is None or isinstance(self.axes.lines[found[0]], Band):
            return None
        column = (offset.x - self._widths.frozen + self.scroll_offset.x) // self._widths.pitch
        if offset.x < self._widths.frozen:
            column = self.cursor[1]
        if column >= len(self.axes.columns):
            return None
        return self._head_of[found[0]], column

    # Painting

    def notify_style_update(self) -> None:
        """Take up the colours of a changed theme."""
        super().notify_style_update()
        self._painter = None
        self._strips.clear()

    def _paint(self) -> Painter:
        if self._painter is None:
            assert self.axes is not None
            assert self._widths is not None
            self._painter = Painter(self.axes, self._widths, look_of(self))
        return self._painter

    def render_line(self, y: int) -> Strip:
        """Return the strip at *y* cells below the top of the widget."""
        axes, widths = self.axes, self._widths
        if axes is None or widths is None or not axes.heads or not axes.columns:
            return Strip.blank(self.size.width, self.rich_style)
        first, shift = divmod(self.scroll_offset.x, widths.pitch)
        if y < self._head_lines:
            number = y - (self._head_lines - 1)
            key: object = (number, first, shift, self.cursor[1])
            return self._kept(key, lambda: self._paint().heading(number, first, shift, self.cursor[1]))
        found = self._line_under(y)
        if found is None:
            return Strip.blank(self.size.width, self.rich_style)
        line, number = found
        head = axes.lines[line]
        if isinstance(head, Band):
            return self._kept((head, first, shift), lambda: self._paint().band(head, self._counts(head), first, shift))
        here = self.cursor[1] if self._line_of(self.cursor[0]) == line else None
        key = (line, number, first, shift, here, here is not None and self.has_focus)
        return self._kept(key, lambda: self._line(line, number, first, shift, here))

    def _kept(self, key: object, make: Callable[[], Strip]) -> Strip:
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = make()
        return strip

    def _line(self, line: int, number: int, first: int, shift: int, here: int | None) -> Strip:
        assert self.axes is not None
        assert self._widths is not None
        assert self._tallies is not None
        head = self.axes.lines[line]
        assert not isinstance(head, Band)
        index = self._head_of[line]
        shown: list[tuple[CellLine, float]] = []
        for column in range(first, min(len(self.axes.columns), first + self._widths.in_sight + 2)):
            key = self.axes.key(index, column)
            lines = self._lines_of(key)
            share = self._tallies.counts.get(key, 0) / self._hottest if self.has_heat and number == 0 else 0.0
            shown.append((lines[number] if number < len(lines) else (), share))
        return self._paint().line(
            head,
            number,
            shown,
            first=first,
            shift=shift,
            cursor=here,
            is_focused=self.has_focus,
            is_odd=bool(index % 2),
        )

    def text_of(self, key: tuple[str, str]) -> str:
        """Return the text of a cell as it is shown."""
        lines = self._lines_of(key)
        return "\n".join("".join(run.text for run in runs).rstrip() for runs in lines)

    def _lines_of(self, key: tuple[str, str]) -> tuple[CellLine, ...]:
        lines = self._cells.get(key)
        if lines is None:
            assert self._widths is not None
            assert self._tallies is not None
            heat = self._tallies.counts.get(key, 0) / self._hottest if self.has_heat else None
            most = self._highest if self.is_high else COMPACT
            lines = self._cells[key] = cell_lines(self._cell(key), self._widths.text, most, heat=heat)
        return lines

    def _cell(self, key: tuple[str, str]) -> MatrixCell:
        assert self._matrix is not None
        return self._matrix.cells[key]

    def _counts(self, band: Band) -> list[str]:
        counts = self._bands.get(band)
        if counts is None:
            assert self.axes is not None
            assert self._tallies is not None
            columns = [column.key for column in self.axes.columns]
            counts = [str(self._tallies.of(band.keys, [column])) for column in columns]
            self._bands[band] = counts
        return counts
