"""The Matrix view: cases by themes, or by the sub-themes of one."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Static

from fwanalysis.analysis.export import summary_text
from fwanalysis.domain.matrix import Matrix, MatrixCell, MatrixQuery
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.tui.views import MainView
from fwanalysis.tui.widgets.tables import OpeningTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from fwanalysis.project import Project

_LINES = 3
_NARROWEST, _WIDEST = 20, 44
_HEAD, _CASE = 20, 24
_ROOMY = 100


class MatrixScreen(MainView):
    """The framework matrix: each cell with its summary, else its evidence; enter opens a cell."""

    NAME = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "theme", "Theme", id="matrix.theme"),
        Binding("r", "rows", "Rows", id="matrix.rows"),
        Binding("e", "export", "Export", id="matrix.export"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._query = MatrixQuery()
        self._matrix: Matrix | None = None

    def compose_view(self) -> ComposeResult:
        """Lay out the title and the table."""
        yield Static(id="title", markup=False)
        yield OpeningTable(fixed_columns=1, zebra_stripes=True, id="chart")
        yield Static(
            "The matrix is empty. It needs sources (its rows are the cases that speak in them)\n"
            "and a codebook (its columns are the themes).",
            id="empty",
            classes="empty",
            markup=False,
        )
        yield Footer(show_command_palette=False)

    def on_resize(self, event: events.Resize) -> None:
        """Divide the width among the columns."""
        if self._matrix is not None:
            self._draw()

    def redraw(self) -> None:
        """Show the matrix as the project holds it now; the cursor stays in its cell.

        When an undo removed the theme or attribute that is shown, all themes are shown.
        """
        try:
            self._matrix = self.project.matrix.view(self._query)
        except (NotFound, InvalidInput):
            self._query = MatrixQuery()
            self._matrix = self.project.matrix.view(self._query)
        self._draw()

    def _draw(self) -> None:
        matrix, table = self._matrix, self.query_one(DataTable)
        assert matrix is not None
        is_empty = not (matrix.rows and matrix.columns)
        table.display = not is_empty
        self.query_one("#empty").display = is_empty
        self.query_one("#title", Static).update(self._titled())
        at = table.cursor_coordinate
        table.clear(columns=True)
        if is_empty:
            return
        first = min(_CASE, max(_HEAD if self.size.width >= _ROOMY else 0, *(len(row.label) + 2 for row in matrix.rows)))
        room = (self.size.width - first - 4) // len(matrix.columns) - 2
        width = max(_NARROWEST, min(_WIDEST, room))
        table.add_column("Case", width=first)
        for column in matrix.columns:
            table.add_column(Text(column.heading, overflow="ellipsis", no_wrap=True), width=width, key=column.key)
        for row in matrix.rows:
            cells = [_shown(matrix.cells[row.key, column.key], width) for column in matrix.columns]
            head = Text(row.label, style="bold", no_wrap=True, overflow="ellipsis")
            for name in ("role", "site"):
                if row.attributes.get(name) and first >= _HEAD:
                    head.append(f"\n{set_cell_size(row.attributes[name], first).rstrip()}", style="not bold dim")
            table.add_row(head, *cells, height=_LINES, key=row.key)
        table.move_cursor(row=min(at.row, len(matrix.rows) - 1), column=max(1, min(at.column, len(matrix.columns))))
        table.focus()

    def _titled(self) -> Text:
        assert self._matrix is not None
        theme = self.project.codebook.show(self._query.themes[0]).name if self._query.themes else "all themes"
        rows = "cases" if self._query.rows == "default" else f"{self._query.rows.removeprefix('attribute:')}s"
        title = Text.assemble((f" {rows} × {theme}", "bold"))
        used = title.cell_len
        for note, style in _notes(self._matrix):
            between = "   " if used + 3 + len(note) <= self.size.width else "\n "
            used = len(note) + (1 if between == "\n " else used + 3)
            title.append(f"{between}{note}", style=style)
        return title

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """Open the cell; on a case, the first cell of its row."""
        assert self._matrix is not None
        row = self._matrix.rows[event.coordinate.row]
        column = self._matrix.columns[max(0, event.coordinate.column - 1)]
        from fwanalysis.tui.screens.cell import CellScreen

        self.app.push_screen(CellScreen(self.project, self._matrix, row, column))

    def action_theme(self) -> None:
        """Choose the theme whose sub-themes are the columns."""
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        themes = [theme for theme in self.project.codebook.tree().themes if not theme.code.retired]
        paths = [None, *(theme.path for theme in themes)]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._query = replace(self._query, themes=(path,) if (path := paths[index]) else ())
                self.redraw()

        answers = ["All themes, side by side", *(f"{theme.name}: its sub-themes" for theme in themes)]
        shown = next(iter(self._query.themes), None)
        present = paths.index(shown) if shown in paths else 0
        self.app.push_screen(ChooseScreen("Which columns?", answers, present=present), chosen)

    def action_rows(self) -> None:
        """Choose what the rows are."""
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        assert self._matrix is not None
        rows = [
            "default",
            "person",
            "group",
            "site",
            *(f"attribute:{name}" for name in self.project.cases.attributes()),
        ]
        answers = [
            "Cases with a source of their own, then groups",
            "Persons, including what they said in focus groups",
            "Groups",
            "Sites, including what their members said",
            *(f"Values of {name.removeprefix('attribute:')}" for name in rows[4:]),
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._query = replace(self._query, rows=rows[index])
                self.redraw()

        self.app.push_screen(ChooseScreen("Which rows?", answers, present=rows.index(self._query.rows)), chosen)

    def action_export(self) -> None:
        """Write what is shown to a CSV file."""
        from fwanalysis.project.output_files import side_file
        from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen

        def asked(path: str | None) -> None:
            if not path:
                return
            there = [str(file) for file in (Path(path), side_file(path)) if file.exists()]
            if not there:
                self._write(path)
                return
            one = len(there) == 1
            answers = [
                "Keep the file" if one else "Keep both files",
                f"Replace {'it' if one else 'them'}; this cannot be undone",
            ]
            self.app.push_screen(
                ChooseScreen(f"{' and '.join(there)} already {'exists' if one else 'exist'}.", answers),
                lambda index: self._write(path) if index == 1 else None,
            )

        self.app.push_screen(
            AskScreen("Write this matrix to which file? (.csv or .tsv)", value=f"{self._filename()}.csv"), asked
        )

    def _write(self, path: str) -> None:
        from fwanalysis.project.output_files import write_table

        table = self.project.matrix.export(self._query)
        self.workbench.attempt(lambda: write_table(path, table), done=f"Written to {Path(path).absolute()}")

    def _filename(self) -> str:
        """Return a file name that describes what is shown."""
        theme = next(iter(self._query.themes), "").rpartition("/")[2]
        rows = "" if self._query.rows == "default" else self._query.rows.replace(":", "-")
        return "-".join(part for part in ("matrix", theme, rows) if part)


def _codings(count: int) -> str:
    return "1 coding" if count == 1 else f"{count} codings"


def _notes(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """Yield what the heading says of a matrix, each with its style."""
    written = sum(cell.cell is not None for cell in matrix.cells.values())
    stale = sum(bool(cell.stale) for cell in matrix.cells.values())
    if stale:
        yield f"! {stale} out of date", "bold"
    yield f"{written} of {len(matrix.cells)} cells have a summary", "dim"
    if matrix.outside:
        yield f"{_codings(matrix.outside)} of other cases", "dim"
    if matrix.unanchored:
        yield f"{_codings(matrix.unanchored)} unanchored", "dim"


def _shown(cell: MatrixCell, width: int) -> Text:
    """Return a cell in a few lines: its counts, then the summary, or the first words of the evidence, dimmed."""
    shown = Text()
    written = summary_text(cell)
    if cell.stale:
        shown.append("! out of date ", style="bold reverse")
    elif cell.cell:
        shown.append("✎ ", style="bold")
    if cell.segments:
        shown.append(f"{cell.segments} segment{'s' * (cell.segments != 1)}")
    elif cell.unanchored:
        shown.append(f"! {cell.unanchored} unanchored", style="bold")
    else:
        shown.append("–", style="dim")
    body = written or (f"“{one_line(cell.quotes[0].passage.quote)}”" if cell.quotes else "")
    if body:
        lines = textwrap.wrap(one_line(body), width, max_lines=_LINES - 1, placeholder=" …")
        shown.append("\n" + "\n".join(lines), style="" if written else "dim italic")
    return shown
