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
    from collections.abc import Iterable

    from textual import events

_STATE, _KIND, _READER = 8, 11, 5
_FIGURES = (("Doubts", 6), ("Who", 3), ("Turns", 5), ("Words", 6))
"""Columns of figures with their widths in cells; all others begin at their left."""
_FILE, _STYLE = (16, 48), (13, 18)
"""The least and the most cells for a file's name, and for its style."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a row shows: ``look`` counts what a person should look at, ``speakers`` are counted too. Figures are None
    where nothing was read."""

    path: str
    state: str
    name: str
    look: int
    kind: str
    speakers: int | None
    turns: int | None
    words: int | None
    input_format: str
    speaker_format: str
    quiet: bool = False

    def line(self, room: tuple[int, int]) -> Text:
        """The row as one line, in which name and style have so many cells."""
        tone = "dim" if self.quiet else ""
        line = Text(no_wrap=True)
        line.append(self.state, style="bold reverse" if self.state == "refused" else tone)
        line.append(" " * (_STATE + 1 - len(self.state)))
        line.append(f"{_fitted(self.name, room[0])} ", style=tone or "bold")
        values = (self.look or None, self.speakers, self.turns, self.words)
        look, *figures = (
            f"{'–' if value is None else f'{value:,}':>{width}} "
            for value, (_, width) in zip(values, _FIGURES, strict=True)
        )
        line.append(look, style="bold" if self.look else tone)
        rest = (
            f"{self.kind:<{_KIND}} ",
            *figures,
            f"{self.input_format:<{_READER}} ",
            _fitted(self.speaker_format, room[1]),
        )
        return line.append("".join(rest), style=tone)


def _fitted(value: str, width: int) -> str:
    """A value in exactly so many cells."""
    return set_cell_size(value if cell_len(value) <= width else f"{set_cell_size(value, width - 1)}…", width)


class FileTable(DataTable[Text]):
    """Files in their order. Enter is for looking at the one under the cursor.

    A row is drawn as one cell, which takes a fifth of the time of drawing nine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Look at it", id="importing.look"),
        Binding("s", "screen.choose('style')", "Style", id="importing.style"),
        Binding("c", "screen.choose('case')", "Case", id="importing.case"),
        Binding("x", "screen.leave_out", "Leave out", id="importing.leave-out"),
        Binding("home", "scroll_top", "First file", show=False, id="importing.first"),
        Binding("end", "scroll_bottom", "Last file", show=False, id="importing.last"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=True, cell_padding=0)
        self._files: dict[str, FileRow] = {}
        self._room = (0, 0)

    @property
    def path(self) -> str | None:
        """The file under the cursor."""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value if self.row_count else None

    def empty(self) -> None:
        """Show no files."""
        self._files.clear()
        self._lay_out()

    def put(self, rows: Iterable[FileRow]) -> None:
        """Add the rows of new files at the end, and change those of files that are there."""
        if not self.columns:
            self._lay_out()
        for row in rows:
            known = self._files.get(row.path)
            self._files[row.path] = row
            if known is None:
                self.add_row(row.line(self._room), key=row.path)
            elif known != row:
                self.update_cell_at(Coordinate(self.get_row_index(row.path), 0), row.line(self._room))

    def go_to(self, path: str) -> None:
        """Put the cursor on a file."""
        self.move_cursor(row=self.get_row_index(path))

    def on_resize(self, event: events.Resize) -> None:
        """Give names and styles what the other columns leave."""
        if event.size.width and _room(event.size.width) != self._room:
            self._lay_out()

    def _lay_out(self) -> None:
        at = self.path
        self._room = _room(self.size.width)
        self.clear(columns=True)
        look, *figures = (f"{label:>{width}}" for label, width in _FIGURES)
        head = (f"{'State':<{_STATE}}", _fitted("File", self._room[0]), look, f"{'Kind':<{_KIND}}", *figures)
        label = " ".join((*head, f"{'As':<{_READER}}", "Style"))
        self.add_column(Text(label, no_wrap=True), width=len(label) - len("Style") + self._room[1])
        for row in self._files.values():
            self.add_row(row.line(self._room), key=row.path)
        if at in self._files:
            self.go_to(at)


def _room(width: int) -> tuple[int, int]:
    """The cells for a file's name and for its style in a table of this width."""
    taken = sum(room + 1 for room in (_STATE, _KIND, _READER, *(room for _, room in _FIGURES))) + 2
    speaker_format = min(_STYLE[1], max(_STYLE[0], width - taken - _FILE[0]))
    return min(_FILE[1], max(_FILE[0], width - taken - speaker_format)), speaker_format
