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
    reader: str
    style: str
    quiet: bool = False

    def cells(self, room: tuple[int, int]) -> tuple[Text, ...]:
        """The row's cells, name and style cut to so many cells."""
        tone = "dim" if self.quiet else ""
        name, style = (_cut(value, width) for value, width in zip((self.name, self.style), room, strict=True))
        figures = (self.look or None, self.speakers, self.turns, self.words)
        look, who, turns, words = (
            Text(f"{'–' if value is None else f'{value:,}':>{room}}", style=tone)
            for value, (_, room) in zip(figures, _FIGURES, strict=True)
        )
        if self.look:
            look.stylize("bold")
        return (
            Text(self.state, style="bold reverse" if self.state == "refused" else tone),
            Text(name, style=tone or "bold", no_wrap=True),
            look,
            Text(self.kind, style=tone),
            who,
            turns,
            words,
            Text(self.reader, style=tone),
            Text(style, style=tone, no_wrap=True),
        )


def _cut(value: str, width: int) -> str:
    return value if cell_len(value) <= width else set_cell_size(value, width - 1).rstrip() + "…"


class FileTable(DataTable[Text]):
    """Files in their order. Enter is for looking at the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Look at it", id="importing.look"),
        Binding("s", "screen.choose('style')", "Style", id="importing.style"),
        Binding("x", "screen.leave_out", "Leave out", id="importing.leave-out"),
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
                self.add_row(*row.cells(self._room), key=row.path)
            elif known != row:
                at = self.get_row_index(row.path)
                for column, cell in enumerate(row.cells(self._room)):
                    self.update_cell_at(Coordinate(at, column), cell)

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
        look, *figures = [(f"{label:>{room}}", room) for label, room in _FIGURES]
        texts = [("State", _STATE), ("File", self._room[0]), look, ("Kind", _KIND), *figures]
        for label, room in (*texts, ("As", _READER), ("Style", self._room[1])):
            self.add_column(label, width=room + 1)
        for row in self._files.values():
            self.add_row(*row.cells(self._room), key=row.path)
        if at in self._files:
            self.go_to(at)


def _room(width: int) -> tuple[int, int]:
    """The cells for a file's name and for its style in a table of this width."""
    taken = sum(room + 1 for room in (_STATE, _KIND, _READER, *(room for _, room in _FIGURES))) + 2
    style = min(_STYLE[1], max(_STYLE[0], width - taken - _FILE[0] - 2))
    return min(_FILE[1], max(_FILE[0], width - taken - style)), style
