"""The sources desk: what was imported, and how far reading, coding and deciding have come."""

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
        Binding("2", "app.desk('code')", "Code", show=False),
        Binding("5", "app.desk('matrix')", "Matrix", id="sources.matrix"),
    ]

    def compose_desk(self) -> ComposeResult:
        """The table, or what to do when there is nothing in it."""
        yield OpeningTable(cursor_type="row", zebra_stripes=True, id="sources")
        yield Static(
            "No sources yet.\n\ni imports a folder of transcripts: you see first what becomes of each file, and mend "
            "what is\nwrong, before anything is written. On the command line:\n\n"
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
        for label in ("Source", "Read to", "Coded", "Codings", "To decide", "Words", "Kind", "Cases"):
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
        """Look at what an import would make of a folder, and import it."""
        from fwanalysis.tui.importing.screen import ImportScreen

        self.app.push_screen(ImportScreen(self.project))

    def action_speakers(self) -> None:
        """See and change roles and cases of the speakers of the source under the cursor."""
        table = self.query_one(DataTable)
        if table.row_count:
            from fwanalysis.tui.correcting.speakers import SpeakersScreen

            row = table.coordinate_to_cell_key(table.cursor_coordinate).row_key
            self.workbench.attempt(lambda: self.app.push_screen(SpeakersScreen(self.project, str(row.value))))

    def action_run_rules(self) -> None:
        """Run the rules over all sources."""
        from fwanalysis.tui.screens.running import run_rules

        run_rules(self)


def _codings(placed: int, unanchored: int) -> Text:
    """How many codings have a place in the text, and how many have lost it."""
    told = Text(str(placed or "–"), justify="right")
    if unanchored:
        told.append(f"  ! {unanchored} to place", style="bold")
    return told


def _bar(share: float) -> Text:
    """A share as a bar and a figure, so that it needs no colour."""
    full = round(share * _BAR)
    figure = f"{share * 100:3.0f}%"
    return Text.assemble(("━" * full, "bold"), ("─" * (_BAR - full), "dim"), " ", figure)
