"""The grid of a chart: cases in lines, codes in columns, or transposed; only the cells in sight are made.

Attributes down (``show``, ``appear``, ``move_to``), messages up. It knows a view of the matrix, never the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.message import Message

from fwanalysis.tui.charting.grid_bindings import GRID_BINDINGS
from fwanalysis.tui.charting.grid_display import GridDisplay

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType


class ChartGrid(GridDisplay):
    """A chart to move in; enter opens the cell under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*GRID_BINDINGS]

    @dataclass
    class Moved(Message):
        """The cursor is in another cell."""

        key: tuple[str, str]

        def can_replace(self, message: Message) -> bool:
            """Only the last place matters."""
            return isinstance(message, ChartGrid.Moved)

    @dataclass
    class Opened(Message):
        """The cell under the cursor is asked for."""

        key: tuple[str, str]

    when_moved: Callable[[Moved], None] | None = None

    # Moving

    def move_to(self, line: int, column: int) -> None:
        """Put the cursor into a cell and the cell into sight."""
        axes = self.axes
        if axes is None or not axes.heads or not axes.columns:
            return
        line = max(0, min(line, len(axes.heads) - 1))
        column = max(0, min(column, len(axes.columns) - 1))
        before, self.cursor = self.cursor, (line, column)
        if before == self.cursor:
            self.into_sight()
            return
        top, left = self.scroll_offset.y, self.scroll_offset.x
        self.into_sight()
        if (self.scroll_offset.y, self.scroll_offset.x) == (top, left):
            self._refresh_head(before[0])
            self._refresh_head(line)
            if before[1] != column:
                self.refresh(Region(0, 0, self.size.width, self.fixed))
        message = self.Moved(axes.key(line, column))
        if self.when_moved is None:
            self.post_message(message)
        else:  # at once, so that all that follows the cursor is painted in the same frame
            self.when_moved(message)

    def _refresh_head(self, line: int) -> None:
        region = self.region_of(line)
        if region is not None:
            self.refresh(region)

    def action_move(self, down: int, right: int) -> None:
        """Go some cells down and to the right; negative numbers go up and to the left."""
        self.move_to(self.cursor[0] + down, self.cursor[1] + right)

    def action_edge(self, edge: str) -> None:
        """Go to the first or last column, or to the first or last line."""
        line, column = self.cursor
        places = {"row_start": (line, 0), "row_end": (line, 10**9), "start": (0, column), "end": (10**9, column)}
        self.move_to(*places[edge])

    def action_page(self, step: int) -> None:
        """Go as many lines of cells as are in sight."""
        self.move_to(self.cursor[0] + step * self.lines_in_sight, self.cursor[1])

    def action_open(self) -> None:
        """Ask for the cell under the cursor."""
        if self.axes is not None and self.axes.heads and self.axes.columns:
            self.post_message(self.Opened(self.axes.key(*self.cursor)))

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor into the cell under the pointer."""
        place = self.place_under(event.get_content_offset_capture(self))
        if event.button == 1 and place is not None:
            self.move_to(*place)

    def on_click(self, event: events.Click) -> None:
        """Open a cell that is clicked twice."""
        if event.chain == 2 and self.place_under(event.get_content_offset_capture(self)) == self.cursor:
            self.action_open()

    def on_focus(self) -> None:
        """Show the cursor as that of the focus."""
        self._refresh_head(self.cursor[0])

    def on_blur(self) -> None:
        """Show the cursor as that of a grid without the focus."""
        self._refresh_head(self.cursor[0])

    def on_resize(self, event: events.Resize) -> None:
        """Divide the new width among the columns."""
        self.lay_out()
        self.virtual_size = Size(*self.virtual)
        self.into_sight()
