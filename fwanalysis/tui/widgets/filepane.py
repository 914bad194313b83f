"""One file of an import: how it was read and why, who speaks in it, what to look at, and its words with the turns
marked."""

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
    """A speaker as the pane shows it; ``quiet`` where the label is no speaker's any more."""

    label: str
    role: str
    case: str
    turns: int | None
    words: int | None
    why: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the pane shows of a file, but for its words."""

    told: Text
    voices: tuple[SpeakerRow, ...] = ()
    notes: tuple[str, ...] = ()


class SpeakerTable(DataTable[Text]):
    """The speakers. Enter is for changing the role."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Role", id="importing.voice"),
        Binding("m", "screen.choose('merge')", "Merge", id="importing.merge"),
        Binding("z", "screen.aside", "No speaker", id="importing.aside"),
    ]


class NoteList(OptionList):
    """What to look at. Enter is for showing it, or merging as proposed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Show it", id="importing.note"),
        Binding("m", "screen.merge_noted", "Merge as proposed", id="importing.merge-noted"),
        Binding("m", "screen.no_merge_noted", show=False),
    ]


class PreviewText(TranscriptView, inherit_bindings=False):
    """The words of a file that is not imported yet: to read, not to code."""

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
    """Posts which speaker, and which thing to look at, was chosen with enter or a click."""

    @dataclass
    class SpeakerChosen(Message):
        """A speaker was chosen."""

        label: str

    @dataclass
    class NoteChosen(Message):
        """Something to look at was chosen, by its place in the list."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._voices: tuple[SpeakerRow, ...] = ()
        self._notes: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Facts, speakers, what to look at, words."""
        yield Static(id="facts", markup=False)
        yield SpeakerTable(id="voices", cursor_type="row", cell_padding=0)
        yield NoteList(id="notes")
        yield PreviewText(id="draft")

    @property
    def label(self) -> str | None:
        """The label of the speaker under the cursor."""
        row = self.query_one(SpeakerTable).cursor_row
        return self._voices[row].label if 0 <= row < len(self._voices) else None

    @property
    def note(self) -> int | None:
        """The place in the list of what is to look at under the cursor."""
        return self.query_one(NoteList).highlighted

    @property
    def parts(self) -> Sequence[Widget]:
        """The parts that there is something in, to go through."""
        parts: tuple[Widget, ...] = (
            self.query_one(SpeakerTable),
            self.query_one(NoteList),
            self.query_one(PreviewText),
        )
        return [part for part in parts if part.display]

    def show(self, facts: FileFacts) -> None:
        """Show a file; cursors stay where they are if there is still something."""
        focused = self.screen.focused
        self.query_one("#facts", Static).update(facts.told)
        self._show_voices(facts.voices)
        self._show_notes(facts.notes)
        if focused in self.children and focused not in self.parts:
            self.parts[0].focus()

    def _show_voices(self, voices: tuple[SpeakerRow, ...]) -> None:
        table = self.query_one(SpeakerTable)
        table.display = bool(voices)
        if voices == self._voices:
            return
        at, self._voices = table.cursor_row, voices
        table.clear(columns=True)
        columns = ("Speaker", [row.label for row in voices]), ("Role", [row.role for row in voices])
        cased = [row.case for row in voices]
        widths = [_room(label, cells) for label, cells in (*columns, ("Case", cased))]
        for label, width in zip(("Speaker", "Role", "Case"), widths, strict=True):
            table.add_column(label, width=width + 1)
        for label, width in (("Turns", 5), ("Words", 7)):
            table.add_column(f"{label:>{width}}", width=width + 2)
        table.add_column("Why", width=max((cell_len(row.why) for row in voices), default=3))
        for row in voices:
            table.add_row(*_cells(row, widths), key=row.label)
        table.move_cursor(row=max(0, min(at, len(voices) - 1)))

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        listed = self.query_one(NoteList)
        listed.display = bool(notes)
        listed.border_title = f"{len(notes)} to look at"
        if notes != self._notes:
            self._notes = notes
            at = listed.highlighted or 0
            listed.clear_options()
            listed.add_options([Option(Text(note)) for note in notes])
            listed.highlighted = min(at, len(notes) - 1) if notes else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Make room for the words while they are read."""
        self.set_class(event.widget is self.query_one(PreviewText), "-reading")

    def show_text(self, transcript: Transcript | None) -> None:
        """Show words with their turns, or none."""
        text = self.query_one(PreviewText)
        text.display = transcript is not None
        if transcript is not None:
            text.show(transcript)

    def go_to(self, position: int) -> None:
        """Show the words at a place (code points)."""
        text = self.query_one(PreviewText)
        text.go_to(position, center=True)
        text.focus()

    def go_to_voice(self, label: str) -> None:
        """Put the cursor on a speaker."""
        table = self.query_one(SpeakerTable)
        table.move_cursor(row=table.get_row_index(label))
        table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Tell which speaker was chosen."""
        event.stop()
        self.post_message(self.SpeakerChosen(str(event.row_key.value)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell what was chosen to be looked at."""
        event.stop()
        self.post_message(self.NoteChosen(event.option_index))


_MOST = 22


def _room(label: str, cells: Sequence[str]) -> int:
    return min(_MOST, max(map(cell_len, (label, *cells))))


def _cells(row: SpeakerRow, widths: Sequence[int]) -> tuple[Text, ...]:
    tone = "dim" if row.quiet else ""
    texts = []
    for value, width in zip((row.label, row.role, row.case), widths, strict=True):
        text = Text(value, style=tone, no_wrap=True)
        text.truncate(width, overflow="ellipsis")
        texts.append(text)
    if not row.quiet:
        texts[0].stylize("bold")
    figures = [
        Text(f"{'–' if value is None else f'{value:,}':>{width}}", style=tone)
        for value, width in ((row.turns, 5), (row.words, 7))
    ]
    return (*texts, *figures, Text(row.why, style="dim", no_wrap=True))
