"""Reading views: a row across all columns (a case's story), or a column down (the range on one code)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from fwanalysis.tui.charting.cell_lines import Run
from fwanalysis.tui.charting.cell_page import passage_blocks, summary_blocks
from fwanalysis.tui.charting.marks import NO_EVIDENCE, NO_TEXT, in_words, marks_of, state_mark
from fwanalysis.tui.charting.page import Block, Page, Target
from fwanalysis.tui.screen import WorkbenchScreen
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from fwanalysis.domain.history import Change
    from fwanalysis.domain.matrix import Matrix, MatrixColumn, MatrixRow

_PASSAGES = 3
"""Most passages of a cell that has no summary."""


def row_blocks(matrix: Matrix, row: MatrixRow) -> Iterator[Block]:
    """Yield the cells of a row, one below another, under the names of themes and codes."""
    theme = ""
    for column in matrix.columns:
        if column.theme != theme and column.theme != column.heading:
            yield Block((Run(column.theme, "heading"),))
        theme = column.theme
        yield from _cell_blocks(matrix, row, column, column.heading)


def column_blocks(matrix: Matrix, column: MatrixColumn) -> Iterator[Block]:
    """Yield the cells of a column, one below another, under the names of groups and cases."""
    bands: tuple[str, ...] = ()
    for row in matrix.rows:
        if row.bands != bands:
            yield Block((Run(" / ".join(row.bands), "heading"),))
        bands = row.bands
        yield from _cell_blocks(matrix, row, column, row.label, _details(matrix, row))


def _details(matrix: Matrix, row: MatrixRow) -> str:
    """Return the values of the attributes shown; numbers with the name of the attribute."""
    known = ((name, row.attributes[name]) for name in matrix.attributes if row.attributes.get(name))
    return ", ".join(f"{name} {value}" if value[:1].isdigit() else value for name, value in known)


def _cell_blocks(
    matrix: Matrix, row: MatrixRow, column: MatrixColumn, heading: str, details: str = ""
) -> Iterator[Block]:
    key = (row.key, column.key)
    cell = matrix.cells[key]
    if not cell.unanchored and state_mark(cell) in (NO_EVIDENCE, NO_TEXT):
        yield Block((Run(f"{heading}: ", "dim"), Run(state_mark(cell).name, "dim")))
        return
    glyphs = "".join(f"{mark.glyph} " for mark in marks_of(cell))
    about = f" ({details})" if details else ""
    runs = (Run(glyphs, "mark"), Run(heading, "label"), Run(f"{about}  {in_words(cell)}", "dim"))
    yield Block(runs, Target(cell=key))
    if cell.cell is not None:
        yield from (block._replace(indent=2) for block in summary_blocks(cell))
    else:
        yield from (block._replace(indent=2) for block in passage_blocks(cell, most=_PASSAGES))
    yield Block((Run("", ""),))


class ReadThroughScreen(WorkbenchScreen):
    """A row or a column of a chart as a page of text; enter goes to a cell, or to the words of a reference."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "Back", id="reading.back"),
        Binding("right,greater_than_sign", "turn(1)", "Next", id="reading.next"),
        Binding("left,less_than_sign", "turn(-1)", "Previous", id="reading.previous"),
        Binding("f1", "app.help", "Help", show=False, id="reading.help"),
    ]

    def __init__(
        self,
        matrix: Matrix,
        key: tuple[str, str],
        *,
        is_row: bool,
        open_cell: Callable[[Matrix, tuple[str, str]], None],
    ) -> None:
        super().__init__()
        self._matrix = matrix
        self._is_row = is_row
        self._key = key[0] if is_row else key[1]
        self._open_cell = open_cell
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """Lay out the heading and the page."""
        yield Static(id="heading", markup=False)
        yield Page(id="page")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the row or column."""
        self.workbench.changed.subscribe(self, self._changed)
        self._show()
        self.query_one(Page).focus()

    def _changed(self, change: Change) -> None:
        self._is_stale = True
        if self.app.screen is self:
            self._read_again()

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front."""
        if self._is_stale:
            self._read_again()

    def _read_again(self) -> None:
        self._is_stale = False

        def read() -> None:
            self._matrix = self.workbench.project.matrix.view(self._matrix.query)

        if not self.workbench.attempt(read) or self._key not in self._keys():
            self.dismiss()
        else:
            self._show(keep=True)

    def _keys(self) -> list[str]:
        rows, columns = self._matrix.rows, self._matrix.columns
        return [row.key for row in rows] if self._is_row else [column.key for column in columns]

    def _show(self, *, keep: bool = False) -> None:
        matrix, at = self._matrix, self._keys().index(self._key)
        if self._is_row:
            row = matrix.rows[at]
            details = _details(matrix, row)
            name, blocks = row.label + (f" ({details})" if details else ""), row_blocks(matrix, row)
        else:
            column = matrix.columns[at]
            above = f"{column.theme} / " if column.theme and column.theme != column.heading else ""
            name, blocks = above + column.heading, column_blocks(matrix, column)
        count = f"{'row' if self._is_row else 'column'} {at + 1} of {len(self._keys())}"
        heading = Text.assemble((f" {name}", "bold"), (f"   {count}", "dim"))
        heading.no_wrap, heading.overflow = True, "ellipsis"
        self.query_one("#heading", Static).update(heading)
        self.query_one(Page).show(blocks, keep=keep)

    def action_turn(self, step: int) -> None:
        """Go to the next or previous row or column."""
        keys = self._keys()
        self._key = keys[(keys.index(self._key) + step) % len(keys)]
        self._show()

    def action_back(self) -> None:
        """Go back to the chart."""
        self.dismiss()

    def on_page_chosen(self, message: Page.Chosen) -> None:
        """Open a cell, or go to the words of a reference."""
        if message.target.cell is not None:
            self._open_cell(self._matrix, message.target.cell)
        elif message.target.place is not None:
            self.workbench.go_to(message.target.place)
