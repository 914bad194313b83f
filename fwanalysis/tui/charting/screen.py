"""The Matrix view: a chart of the framework matrix, to move in, to read and to open cells from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Container
from textual.widgets import Static

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.tui.charting.axes import Tallies
from fwanalysis.tui.charting.bindings import CHART_BINDINGS
from fwanalysis.tui.charting.cell_page import cell_blocks
from fwanalysis.tui.charting.chart_settings import ChartSettings
from fwanalysis.tui.charting.grid import ChartGrid
from fwanalysis.tui.charting.heading import counts_in_words, settings_in_words, title
from fwanalysis.tui.charting.marks import in_words, legend, legend_line
from fwanalysis.tui.charting.moves import CellMove, next_cell
from fwanalysis.tui.charting.page import Page
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from fwanalysis.domain.matrix import Matrix, MatrixColumn, MatrixRow

_PANE_BESIDE = 110
"""Width from which the reading panel is beside the grid and not below it."""
_PANE_FROM = 20
"""Height from which the reading panel and the line of marks are shown."""
_LEGEND_FROM = 36
_PASSAGES = 5
"""Most passages in the reading panel."""
_CHUNK = 100
"""Cells that are looked at for being out of date before keys are handled again."""


class MatrixScreen(ChartSettings):
    """The framework matrix: each cell with its marks and its summary, else its evidence; enter opens a cell."""

    NAME = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = [*CHART_BINDINGS]

    def compose_view(self) -> ComposeResult:
        """Lay out the heading, the grid and the reading panel, and the line that says where the cursor is."""
        yield Static(id="title", markup=False)
        with Container(id="chart-body"):
            yield ChartGrid(id="chart")
            yield Page(id="pane", has_scrollbar=False)
        yield Static(
            "The matrix is empty. It needs sources (its rows are the cases that speak in them)\n"
            "and a codebook (its columns are the themes).",
            id="empty",
            classes="empty",
            markup=False,
        )
        yield Static(legend_line(), id="marks", markup=False)
        yield Static(id="where", markup=False)
        yield KeyFooter()

    @property
    def grid(self) -> ChartGrid:
        """The chart."""
        return self.query_one(ChartGrid)

    @property
    def pane(self) -> Page:
        """The reading panel."""
        return self.query_one(Page)

    @property
    def here(self) -> tuple[str, str] | None:
        """Row key and column key of the cell under the cursor; None if there is none."""
        axes = self.grid.axes
        return axes.key(*self.grid.cursor) if axes and axes.heads and axes.columns else None

    # Showing

    def redraw(self) -> None:
        """Show the matrix as the project holds it now; the cursor stays in its cell.

        When a theme or an attribute that is shown no longer exists, all themes are shown.
        """
        try:
            self.matrix = self.project.matrix.view(self.asked)
        except (NotFound, InvalidInput):
            self._show_all_themes()
        self.draw()

    def _show_all_themes(self) -> None:
        self.shown = replace(self.shown, query=MatrixQuery(), chart="")
        self.matrix = self.project.matrix.view(self.asked)

    def draw(self) -> None:
        """Show the view that was read last."""
        matrix = self.matrix
        assert matrix is not None
        is_first = self.grid.axes is None
        self.grid.when_moved = self.on_chart_grid_moved
        is_empty = not (matrix.rows and matrix.columns)
        self.query_one("#chart-body").display = not is_empty
        self.query_one("#empty").display = is_empty
        self._tallies = Tallies(matrix)
        self.grid.is_high, self.grid.has_heat = self.shown.is_high, self.shown.has_heat
        self.grid.show(matrix, self._tallies)
        if is_first and self.grid.axes is not None:
            place = self.grid.axes.place(self.shown.row, self.shown.column)
            if place:
                self.grid.move_to(*place)
        self._fit()
        self._begin_counting()
        self._show_here()
        if not is_empty and self.focused is not self.pane:
            self.grid.focus()

    def _fit(self) -> None:
        """Show the reading panel where there is room for it."""
        is_beside = self.size.width >= _PANE_BESIDE
        self.query_one("#chart-body").set_class(is_beside, "-beside")
        is_shown = self.shown.has_pane and self.size.height >= _PANE_FROM
        if not is_shown and self.focused is self.pane:
            self.grid.focus()
        self.pane.display = is_shown
        self.query_one("#marks").display = self.size.height >= _LEGEND_FROM
        self.query_one("#where").display = self.size.height >= _PANE_FROM - 4

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the parts for the new size."""
        if self.matrix is not None:
            self._fit()
            self._show_title()

    # Heading

    def _begin_counting(self) -> None:
        """Show the heading, and count the cells that are out of date, some at a time."""
        self._stale_count = 0
        self._counting = iter(list(self._tallies.written))
        self._count_on(self._counting)

    def _count_on(self, keys: Iterator[tuple[str, str]]) -> None:
        if keys is not self._counting or self.matrix is None:
            return  # another view is shown by now
        is_done = True
        for number, key in enumerate(keys, 1):
            self._stale_count += bool(self.matrix.cells[key].stale)
            if number == _CHUNK:
                is_done = False
                break
        if not is_done:
            self.call_later(self._count_on, keys)
        self._show_title(is_done=is_done)

    def _show_title(self, *, is_done: bool = True) -> None:
        assert self.matrix is not None
        chart = f"{self.shown.chart}: " if self.shown.chart else ""
        text = Text.assemble((f" {chart}{title(self.asked, self.project.codebook.tree())}", "bold"))
        notes = [(note, "dim") for note in counts_in_words(self.matrix, len(self._tallies.written))]
        if self._stale_count or not is_done:
            more = "" if is_done else "+"
            notes.insert(0, (f"! {self._stale_count}{more} out of date", "bold"))
        notes += [(note, "") for note in settings_in_words(self.asked)]
        used = text.cell_len
        for note, style in notes:
            between = "   " if used + 3 + len(note) <= self.size.width else "\n "
            used = len(note) + (1 if between == "\n " else used + 3)
            text.append(f"{between}{note}", style=style)
        self.query_one("#title", Static).update(text)

    # The cell under the cursor

    def on_chart_grid_moved(self, message: ChartGrid.Moved) -> None:
        """Say where the cursor is, and show the cell in full."""
        self._show_here()

    def _show_here(self) -> None:
        here = self.here
        where = self.query_one("#where", Static)
        if here is None or self.matrix is None:
            where.update("", layout=False)
            return
        self.shown = replace(self.shown, row=here[0], column=here[1])
        row, column = self.parts(here)
        cell = self.matrix.cells[here]
        where.update(f" {row.label}, {column.heading}: {in_words(cell)}", layout=False)
        if self.pane.display:
            self.pane.show(cell_blocks(cell, most=_PASSAGES))

    def parts(self, key: tuple[str, str]) -> tuple[MatrixRow, MatrixColumn]:
        """Return the row and the column of a cell."""
        assert self.matrix is not None
        row = next(row for row in self.matrix.rows if row.key == key[0])
        return row, next(column for column in self.matrix.columns if column.key == key[1])

    def arrive(self) -> None:
        """Go to the cell that was opened last from another one."""
        asked, self.workbench.asked_cell = self.workbench.asked_cell, None
        place = self.grid.axes.place(*asked) if asked and self.grid.axes else None
        if place:
            self.grid.move_to(*place)

    def on_chart_grid_opened(self, message: ChartGrid.Opened) -> None:
        """Open a cell."""
        assert self.matrix is not None
        self.open_cell(self.matrix, message.key)

    def open_cell(self, matrix: Matrix, key: tuple[str, str]) -> None:
        """Open a cell of a view."""
        from fwanalysis.tui.charting.cell_screen import CellScreen

        self.keep()
        row = next(row for row in matrix.rows if row.key == key[0])
        column = next(column for column in matrix.columns if column.key == key[1])
        self.app.push_screen(CellScreen(self.project, matrix, row, column))

    def action_abstraction(self) -> None:
        """Sort the cells of the column under the cursor into elements, dimensions and categories."""
        from fwanalysis.tui.charting.abstraction import AbstractionScreen

        if self.here is not None:
            self.app.push_screen(AbstractionScreen(self.project, self.parts(self.here)[1].code_id))

    def action_next(self, move: str) -> None:
        """Go to the next or previous cell that is not charted, or that is out of date."""
        here = self.here
        if here is None or self.matrix is None:
            return
        found = next_cell(self.matrix, *self.parts(here), CellMove(move))
        if found is not None and self.grid.axes is not None:
            place = self.grid.axes.place(found[0].key, found[1].key)
            assert place is not None
            self.grid.move_to(*place)
        elif CellMove(move) in (CellMove.NEXT_STALE, CellMove.PREVIOUS_STALE):
            self.notify("No other cell of this chart is out of date.", timeout=4)
        else:
            self.notify("No other cell of this chart has evidence and no summary.", timeout=4)

    # Reading

    def action_read(self, way: str) -> None:
        """Read along the row of the cursor, or down its column, as a page of text."""
        from fwanalysis.tui.charting.read_through import ReadThroughScreen

        if self.matrix is not None and self.here is not None:
            self.keep()
            is_row = way == "row"
            self.app.push_screen(ReadThroughScreen(self.matrix, self.here, is_row=is_row, open_cell=self.open_cell))

    def action_progress(self) -> None:
        """Show how far charting has come, by theme, case and coder."""
        from fwanalysis.tui.charting.progress import ProgressScreen, progress_of

        if self.matrix is not None:
            parts = progress_of(self.matrix, self._tallies, self.project.codings.coders())
            self.app.push_screen(ProgressScreen(parts))

    # How it looks

    def action_height(self) -> None:
        """Make rows as high as their text, or three lines high."""
        self.set(is_high=not self.shown.is_high)
        self.grid.appear(is_high=self.shown.is_high, has_heat=self.shown.has_heat)

    def action_heat(self) -> None:
        """Shade cells by their number of segments, or not."""
        self.set(has_heat=not self.shown.has_heat)
        self.grid.appear(is_high=self.shown.is_high, has_heat=self.shown.has_heat)

    def action_pane(self) -> None:
        """Show or hide the reading panel."""
        if self.size.height < _PANE_FROM:
            self.notify(f"The reading panel needs {_PANE_FROM} lines.", severity="warning")
            return
        self.set(has_pane=not self.shown.has_pane)
        self._fit()
        self._show_here()

    def action_other_side(self) -> None:
        """Go between the chart and the reading panel."""
        (self.grid if self.pane.has_focus or not self.pane.display else self.pane).focus()

    def action_legend(self) -> None:
        """Show the marks of cells and what they mean."""
        from fwanalysis.tui.charting.dialogs import LegendScreen

        self.app.push_screen(LegendScreen())

    def help_notes(self) -> Text:
        """Return what the help says besides the keys."""
        return Text.assemble(("The marks of cells\n", "bold underline"), legend())

    def on_page_chosen(self, message: Page.Chosen) -> None:
        """Go to the words of a passage."""
        if message.target.place is not None:
            self.workbench.go_to(message.target.place)

    # Files

    def action_export(self) -> None:
        """Write what is shown to a file."""
        from fwanalysis.tui.charting.exporting import ask_and_write
        from fwanalysis.tui.charting.heading import file_name

        ask_and_write(self.workbench, self.asked, file_name(self.asked))

    def action_import(self) -> None:
        """Take summaries from a file that a co-author edited."""
        from fwanalysis.tui.charting.exporting import ask_and_import

        ask_and_import(self.workbench)

    def action_draft(self) -> None:
        """Fill cells that are not charted with drafts to start from."""
        from fwanalysis.tui.charting.exporting import ask_and_draft

        ask_and_draft(self.workbench, self.asked)

    def on_screen_suspend(self) -> None:
        """Remember where the user is."""
        self.keep()

    def on_unmount(self) -> None:
        """Remember where the user was."""
        self.keep()
