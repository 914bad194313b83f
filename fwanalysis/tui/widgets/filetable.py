"""The table of the files of an import: a row a file, added and changed in batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        name: The field of FileRow that it shows.
        label: Its heading.
        least: Its width in cells, at least.
        most: Its width in cells, at most.
        is_number: Whether values are aligned to the right.
    """

    name: str
    label: str
    least: int
    most: int
    is_number: bool = False


COLUMNS = (
    Column("state", "State", 9, 9),
    Column("name", "File", 16, 48),
    Column("to_review", "Warnings", 8, 8, is_number=True),
    Column("kind", "Kind", 11, 16),
    Column("speakers", "Speakers", 8, 8, is_number=True),
    Column("turns", "Turns", 5, 5, is_number=True),
    Column("words", "Words", 7, 7, is_number=True),
    Column("input_format", "Format", 6, 6),
    Column("speaker_format", "Speaker format", 16, 18),
)
"""The columns, those that are shown first at the left: where there is no room, the last ones are left out, as the pane
of one file shows the same."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a row shows of a file; numbers are None where nothing was read.

    Attributes:
        path: The file.
        state: What becomes or became of it, in one or two words.
        name: Its name without folders.
        to_review: How many notes need review.
        kind: The kind of its first source, and the number of sources if there are several.
        speakers: How many speakers it has.
        turns: How many turns of speech.
        words: How many words.
        input_format: As which format it was read.
        speaker_format: The form of its speaker labels.
        dim: Whether nothing is imported from it.
    """

    path: str
    state: str
    name: str
    to_review: int
    kind: str
    speakers: int | None
    turns: int | None
    words: int | None
    input_format: str
    speaker_format: str
    dim: bool = False

    def line(self, widths: Mapping[str, int]) -> Text:
        """Return the row as one line in which each of these columns has so many cells."""
        tone = "dim" if self.dim else ""
        styles = {
            "state": "bold reverse" if self.state == "refused" else tone,
            "name": tone or "bold",
            "to_review": "bold" if self.to_review else tone,
        }
        line = Text(no_wrap=True)
        for column in COLUMNS:
            if column.name in widths:
                width = widths[column.name]
                text = self._cell(column, width)
                line.append(text, style=styles.get(column.name, tone))
                line.append(" " * (width + 1 - cell_len(text)))
        return line

    def _cell(self, column: Column, width: int) -> str:
        value = getattr(self, column.name)
        if column.is_number:
            return f"{f'{value:,}' if value or (value == 0 and column.name != 'to_review') else '–':>{width}}"
        return value if cell_len(value) <= width else f"{set_cell_size(value, width - 1)}…"


class FileTable(DataTable[Text]):
    """Files in their order. Enter shows the one under the cursor.

    A row is drawn as one cell, which takes a fifth of the time of drawing nine.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Show", id="importing.look"),
        Binding("s", "screen.choose('speaker-format')", "Speaker format", id="importing.speaker-format"),
        Binding("c", "screen.choose('case')", "Case", id="importing.case"),
        Binding("x", "screen.leave_out", "Leave out", id="importing.leave-out"),
        Binding("home", "scroll_top", "First file", show=False, id="importing.first"),
        Binding("end", "scroll_bottom", "Last file", show=False, id="importing.last"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=True, cell_padding=0)
        self._files: dict[str, FileRow] = {}
        self._widths: Mapping[str, int] = {}

    @property
    def path(self) -> str | None:
        """The file under the cursor."""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value if self.row_count else None

    def empty(self) -> None:
        """Show no files."""
        self._files.clear()
        self._lay_out()

    def put(self, rows: Iterable[FileRow]) -> None:
        """Add the rows of new files at the end, and change those of files that are listed."""
        if not self.columns:
            self._lay_out()
        for row in rows:
            known = self._files.get(row.path)
            self._files[row.path] = row
            if known is None:
                self.add_row(row.line(self._widths), key=row.path)
            elif known != row:
                self.update_cell_at(Coordinate(self.get_row_index(row.path), 0), row.line(self._widths))

    def go_to(self, path: str) -> None:
        """Put the cursor on a file."""
        self.move_cursor(row=self.get_row_index(path))

    def on_resize(self, event: events.Resize) -> None:
        """Show the columns that there is room for."""
        if event.size.width and widths(event.size.width) != self._widths:
            self._lay_out()

    def _lay_out(self) -> None:
        at = self.path
        self._widths = widths(self.size.width)
        self.clear(columns=True)
        labels = [
            f"{column.label:>{self._widths[column.name]}}"
            if column.is_number
            else f"{column.label:<{self._widths[column.name]}}"
            for column in COLUMNS
            if column.name in self._widths
        ]
        label = " ".join(labels)
        self.add_column(Text(label, no_wrap=True), width=len(label) + 1)
        for row in self._files.values():
            self.add_row(row.line(self._widths), key=row.path)
        if at in self._files:
            self.go_to(at)


def widths(total: int) -> Mapping[str, int]:
    """Return the columns that fit into a table of *total* cells, with the width of each.

    Columns are taken from the left while there is room for their least width and one cell between two. What is left
    goes to the last columns that can be wider, and the rest of it to the name of the file.
    """
    taken: dict[str, int] = {}
    room = total - 1
    for column in COLUMNS:
        if column.least + 1 > room and taken:
            break
        taken[column.name] = column.least
        room -= column.least + 1
    for column in reversed(COLUMNS):
        if column.name in taken:
            more = max(0, min(room, column.most - column.least))
            taken[column.name] += more
            room -= more
    return taken
