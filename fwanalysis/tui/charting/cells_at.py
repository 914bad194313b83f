"""The cells that depend on a passage of a transcript: a list, from which one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.cases import Level
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.domain.text import one_line
from fwanalysis.tui.charting.cell_screen import CellScreen
from fwanalysis.tui.charting.dialogs import ChartDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.project.matrix.details import BasedCell
    from fwanalysis.tui.app_base import WorkbenchBase


class CellsAtScreen(ChartDialog["int | None"]):
    """The cells based on a passage; dismissed with the index of one, or None."""

    def __init__(self, cells: Sequence[BasedCell], codebook: Codebook) -> None:
        super().__init__()
        self._cells = cells
        self._codebook = codebook

    def compose(self) -> ComposeResult:
        """Lay out the cells."""
        with Vertical(classes="dialog"):
            yield Static("Cells based on what is here", classes="question", markup=False)
            yield OptionList(*(Option(self._line(cell)) for cell in self._cells))
            yield Static("enter open the cell   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the first cell."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    def _line(self, cell: BasedCell) -> Text:
        name = self._codebook.by_id[cell.code_id].name + (" (itself)" if cell.own else "")
        state = cell.written.state.label if cell.written else "not charted"
        line = Text.assemble((f"{cell.case.name} × {name}", "bold"), f"  {state}", no_wrap=True, overflow="ellipsis")
        if cell.cites:
            line.append(", cites it")
        if cell.written and cell.written.summary:
            line.append(f"  {one_line(cell.written.summary)}", style="dim")
        return line

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the cell."""
        self.dismiss(event.option_index)


def list_cells_at(app: WorkbenchBase, source_id: str, start: int, end: int) -> None:
    """List the cells based on a span of a source, in code points; open the one that is chosen."""
    cells = app.project.matrix.cells_at(source_id, start, end)
    if not cells:
        app.notify("No cell of the matrix is based on what is here.", timeout=4)
        return

    def chosen(index: int | None) -> None:
        if index is not None:
            _open(app, cells[index])

    app.push_screen(CellsAtScreen(cells, app.project.codebook.tree()), chosen)


def query_for(cell: BasedCell, *, with_own_row: bool) -> MatrixQuery:
    """Return a view of one row that has a cell.

    Args:
        cell: The cell.
        with_own_row: Whether the case is in the default rows.
    """
    with_groups = cell.written.basis.with_groups if cell.written else not with_own_row
    of_person = "person" if with_groups else "default"
    rows = of_person if cell.case.level is Level.PERSON else cell.case.level.value
    return MatrixQuery(rows=rows, all_codes=True, cases=(cell.case.name,), with_no_case=False)


def _open(app: WorkbenchBase, cell: BasedCell) -> None:
    own_rows = {row.key for row in app.project.matrix.view(MatrixQuery()).rows}
    matrix = app.project.matrix.view(query_for(cell, with_own_row=cell.case.id in own_rows))
    row = next(row for row in matrix.rows if row.key == cell.case.id)
    key = f"{cell.code_id}:own" if cell.own else cell.code_id
    column = next(column for column in matrix.columns if column.key == key)
    app.push_screen(CellScreen(app.project, matrix, row, column))
