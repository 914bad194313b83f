"""One file of an import: how it was read and why, its speakers, notes to review, and its text in turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.tui.transcript.widget import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from fwanalysis.domain.sources import Transcript


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A row of the table of speakers; ``dim`` where the label is no longer a speaker."""

    label: str
    role: str
    case: str
    turns: int | None
    words: int | None
    why: str
    dim: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the pane shows of a file besides its text."""

    text: Text
    speakers: tuple[SpeakerRow, ...] = ()
    notes: tuple[str, ...] = ()


class SpeakerTable(DataTable[Text]):
    """The speakers. Enter changes the role."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Role", id="importing.speaker"),
        Binding("m", "screen.choose('merge')", "Merge", id="importing.merge"),
        Binding("z", "screen.exclude", "Not a speaker", id="importing.exclude"),
    ]


class NoteList(OptionList):
    """The warnings. Enter shows what a note is about, or does what it suggests."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Show", id="importing.note"),
        Binding("m", "screen.merge_noted", "Merge as suggested", id="importing.merge-noted"),
        Binding("m", "screen.no_merge_noted", show=False),
        Binding("l", "screen.labels", "Why", id="importing.labels"),
    ]


class PreviewText(TranscriptView, inherit_bindings=False):
    """The text of a file that is not imported yet: to read, not to code."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('up')", "Line up", show=False, id="importing.line-up"),
        Binding("down", "move('down')", "Line down", show=False, id="importing.line-down"),
        Binding("pageup", "move('page_up')", "Page up", show=False, id="importing.page-up"),
        Binding("pagedown", "move('page_down')", "Page down", show=False, id="importing.page-down"),
        Binding("home", "move('text_start')", "Start of text", show=False, id="importing.text-start"),
        Binding("end", "move('text_end')", "End of text", show=False, id="importing.text-end"),
        Binding("left_square_bracket", "move('turn_back')", "Turn back", id="importing.turn-back"),
        Binding("right_square_bracket", "move('turn_forward')", "Turn forward", id="importing.turn-forward"),
    ]


class FilePane(Vertical):
    """Posts which speaker or note was chosen with enter or a click."""

    @dataclass
    class SpeakerChosen(Message):
        """A speaker was chosen."""

        label: str

    @dataclass
    class NoteChosen(Message):
        """A note was chosen, by its index in the list."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._speakers: tuple[SpeakerRow, ...] = ()
        self._notes: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out facts, speakers, notes and text."""
        yield Static(id="facts", markup=False)
        yield SpeakerTable(id="speakers-found", cursor_type="row", cell_padding=0)
        yield NoteList(id="notes")
        yield PreviewText(id="text")

    @property
    def label(self) -> str | None:
        """The label of the speaker under the cursor."""
        row = self.query_one(SpeakerTable).cursor_row
        return self._speakers[row].label if 0 <= row < len(self._speakers) else None

    @property
    def note(self) -> int | None:
        """The index of the note under the cursor."""
        return self.query_one(NoteList).highlighted

    @property
    def parts(self) -> Sequence[Widget]:
        """The parts that are not empty, in the order of the tab key."""
        parts: tuple[Widget, ...] = (
            self.query_one(SpeakerTable),
            self.query_one(NoteList),
            self.query_one(PreviewText),
        )
        return [part for part in parts if part.display]

    def show(self, facts: FileFacts) -> None:
        """Show a file; cursors keep their rows as far as possible."""
        focused = self.screen.focused
        self.query_one("#facts", Static).update(facts.text)
        self._show_speakers(facts.speakers)
        self._show_notes(facts.notes)
        if focused in self.children and focused not in self.parts:
            self.parts[0].focus()

    def _show_speakers(self, speakers: tuple[SpeakerRow, ...]) -> None:
        table = self.query_one(SpeakerTable)
        table.display = bool(speakers)
        if speakers == self._speakers:
            return
        at, self._speakers = table.cursor_row, speakers
        table.clear(columns=True)
        columns = ("Speaker", [row.label for row in speakers]), ("Role", [row.role for row in speakers])
        cased = [row.case for row in speakers]
        widths = [_room(label, cells) for label, cells in (*columns, ("Case", cased))]
        for label, width in zip(("Speaker", "Role", "Case"), widths, strict=True):
            table.add_column(label, width=width + 1)
        for label, width in (("Turns", 5), ("Words", 7)):
            table.add_column(f"{label:>{width}}", width=width + 2)
        table.add_column("Why", width=max((cell_len(row.why) for row in speakers), default=3))
        for row in speakers:
            table.add_row(*_cells(row, widths), key=row.label)
        table.move_cursor(row=max(0, min(at, len(speakers) - 1)))

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        listed = self.query_one(NoteList)
        listed.display = bool(notes)
        listed.border_title = f"{len(notes)} warning{'s' * (len(notes) != 1)}"
        if notes != self._notes:
            self._notes = notes
            at = listed.highlighted or 0
            listed.clear_options()
            listed.add_options([Option(Text(note)) for note in notes])
            listed.highlighted = min(at, len(notes) - 1) if notes else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Make room for the text while it is read."""
        self.set_class(event.widget is self.query_one(PreviewText), "-reading")

    def show_text(self, transcript: Transcript | None) -> None:
        """Show a text with its turns, or none."""
        text = self.query_one(PreviewText)
        text.display = transcript is not None
        if transcript is not None:
            text.show(transcript)

    def go_to(self, position: int) -> None:
        """Show the text at a position (code points)."""
        text = self.query_one(PreviewText)
        text.go_to(position, center=True)
        text.focus()

    def go_to_speaker(self, label: str) -> None:
        """Put the cursor on a speaker."""
        table = self.query_one(SpeakerTable)
        table.move_cursor(row=table.get_row_index(label))
        table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Post which speaker was chosen."""
        event.stop()
        self.post_message(self.SpeakerChosen(str(event.row_key.value)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Post which note was chosen."""
        event.stop()
        self.post_message(self.NoteChosen(event.option_index))


_MOST = 22
"""Cells of the columns for labels, roles and cases, at most."""


def _room(label: str, cells: Sequence[str]) -> int:
    return min(_MOST, max(map(cell_len, (label, *cells))))


def _cells(row: SpeakerRow, widths: Sequence[int]) -> tuple[Text, ...]:
    tone = "dim" if row.dim else ""
    texts = []
    for value, width in zip((row.label, row.role, row.case), widths, strict=True):
        text = Text(value, style=tone, no_wrap=True)
        text.truncate(width, overflow="ellipsis")
        texts.append(text)
    if not row.dim:
        texts[0].stylize("bold")
    numbers = [
        Text(f"{'–' if value is None else f'{value:,}':>{width}}", style=tone)
        for value, width in ((row.turns, 5), (row.words, 7))
    ]
    return (*texts, *numbers, Text(row.why, style="dim", no_wrap=True))
