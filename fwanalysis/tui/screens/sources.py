"""The Sources view: what was imported, and the progress of reading, coding and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Static

from fwanalysis.tui.app_base import Place
from fwanalysis.tui.views import MainView
from fwanalysis.tui.widgets.tables import OpeningTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

_BAR = 6
_NAME = 22


class SourcesScreen(MainView):
    """A table of sources; enter opens one to read and code."""

    NAME = "sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import_files", "Import", id="sources.import"),
        Binding("r", "run_rules", "Run rules", id="sources.run-rules"),
        Binding("S", "speakers", "Speakers of the source", show=False, id="sources.speakers"),
        Binding("2", "app.view('code')", "Code", show=False),
        Binding("5", "app.view('matrix')", "Matrix", id="sources.matrix"),
    ]

    def compose_view(self) -> ComposeResult:
        """Lay out the table, or what to do when it is empty."""
        yield OpeningTable(cursor_type="row", zebra_stripes=True, id="sources")
        yield Static(
            "No sources yet.\n\nPress i to import a file or a folder of transcripts. You see a preview of each file,\n"
            "and can correct it before anything is imported. On the command line:\n\n"
            "    fwa source import FOLDER\n    fwa codebook import FILE.yaml",
            id="empty",
            classes="empty",
            markup=False,
        )
        yield Footer(show_command_palette=False)

    def redraw(self) -> None:
        """Show the sources with their progress; the cursor stays on its source."""
        sources = self.project.sources.list()
        table = self.query_one(DataTable)
        table.display = bool(sources)
        self.query_one("#empty").display = not sources
        at = table.cursor_row
        table.clear(columns=True)
        for label in ("Source", "Read", "Coded", "Codings", "Pending", "Words", "Kind", "Cases"):
            table.add_column(label)
        for item in sources:
            name = Text(item.name, style="bold", no_wrap=True, overflow="ellipsis")
            name.truncate(_NAME, overflow="ellipsis")
            table.add_row(
                name,
                _bar(item.read),
                _bar(item.coded_share),
                _codings(item.codings, item.unanchored),
                Text(str(item.pending or "–"), justify="right"),
                Text(str(item.words), justify="right"),
                item.kind.value,
                ", ".join(item.cases),
                key=item.id,
            )
        if sources:
            table.move_cursor(row=min(at, len(sources) - 1))
            if not table.has_focus:
                table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the source."""
        self.workbench.go_to(Place(str(event.row_key.value)))

    def action_import_files(self) -> None:
        """Preview and import a file or a folder."""
        from fwanalysis.tui.importing.screen import ImportScreen

        self.app.push_screen(ImportScreen(self.project))

    def action_speakers(self) -> None:
        """Show and change roles and cases of the speakers of the source under the cursor."""
        table = self.query_one(DataTable)
        if table.row_count:
            from fwanalysis.tui.correcting.speakers import SpeakersScreen

            row = table.coordinate_to_cell_key(table.cursor_coordinate).row_key
            self.workbench.attempt(lambda: self.app.push_screen(SpeakersScreen(self.project, str(row.value))))

    def action_run_rules(self) -> None:
        """Run the rules over all sources."""
        from fwanalysis.tui.screens.running import run_rules

        run_rules(self)


def _codings(anchored: int, unanchored: int) -> Text:
    """Return the number of anchored codings, and of unanchored ones if there are any."""
    text = Text(str(anchored or "–"), justify="right")
    if unanchored:
        text.append(f"  ! {unanchored} unanchored", style="bold")
    return text


def _bar(share: float) -> Text:
    """Return a share (0 to 1) as a bar and a percentage."""
    full = round(share * _BAR)
    percentage = f"{share * 100:3.0f}%"
    return Text.assemble(("━" * full, "bold"), ("─" * (_BAR - full), "dim"), " ", percentage)
