"""A line to type or drop a path into, with a list of completions."""

from __future__ import annotations

import os.path
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

_ROOTS = ("/", "~", "'", '"', "file:")
"""How a path that was dropped on the terminal begins: it replaces the line."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion: a name (of a folder, with a ``/`` at its end, or a file), and the line that it makes."""

    name: str
    line: str


class _PathInput(Input):
    def _on_paste(self, event: events.Paste) -> None:
        text = event.text.strip("\r\n")
        if text.startswith(_ROOTS):
            event.stop()
            event.prevent_default()
            self.value = " ".join(text.replace("\r", "\n").split("\n"))
            self.cursor_position = len(self.value)


class PathPicker(Vertical):
    """Posts what was typed, so that its screen can list completions, and the line that was chosen with enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False, priority=True, id="path.down"),
        Binding("up", "move(-1)", "Previous", show=False, priority=True, id="path.up"),
        Binding("tab", "complete", "Complete", priority=True, id="path.complete"),
    ]

    @dataclass
    class Typed(Message):
        """The line is now this."""

        line: str

    @dataclass
    class Chosen(Message):
        """This line was chosen."""

        line: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._completions: Sequence[Completion] = ()
        self._completed_line: str | None = None
        self._is_completing = False

    def compose(self) -> ComposeResult:
        """Lay out the question, the line and the completions."""
        yield Static(
            "Which folder or file? All supported files in a folder are read.\n"
            "You see a preview first; nothing is imported until you confirm.",
            id="path-question",
            markup=False,
        )
        yield _PathInput(id="path-line", compact=True, select_on_focus=False)
        yield OptionList(id="path-completions")
        yield Static("enter read   ↑ ↓ choose   tab complete   esc back", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Keep the focus in the line; its keys move in the list."""
        self.query_one(OptionList).can_focus = False

    def begin(self, line: str) -> None:
        """Begin with a line."""
        written = self.query_one(Input)
        written.value = line
        written.cursor_position = len(line)
        written.focus()

    def show_completions(self, line: str, completions: Sequence[Completion]) -> None:
        """List the completions of a line, unless more has been typed since."""
        if line != self.query_one(Input).value:
            return
        self._completions, self._completed_line = completions, line
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            [Option(Text(one.name, style="bold" if _is_folder(one) else "", no_wrap=True)) for one in completions]
        )
        listed.highlighted = None
        if self._is_completing:
            self.action_complete()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the line."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_move(self, step: int) -> None:
        """Move in the list while typing goes on."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def action_complete(self) -> None:
        """Complete the line with what is under the cursor, else as far as all completions agree."""
        self._is_completing = self._completed_line != self.query_one(Input).value
        if self._is_completing:
            return  # until what was typed last has been looked up
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._write(self._completions[at].line)
        elif self._completions:
            lines = [one.line for one in self._completions]
            self._write(os.path.commonprefix(lines))  # noqa: RUF071  # a name is completed letter by letter

    def _write(self, line: str) -> None:
        written = self.query_one(Input)
        if len(line) >= len(written.value) or line.endswith("/"):
            written.value = line
            written.cursor_position = len(line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what is under the cursor, else the line."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is None:
            self.post_message(self.Chosen(event.value))
        else:
            self._choose(self._completions[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what was clicked on."""
        event.stop()
        self._choose(self._completions[event.option_index])

    def _choose(self, completion: Completion) -> None:
        self._write(completion.line)
        if not _is_folder(completion):
            self.post_message(self.Chosen(completion.line))


def _is_folder(completion: Completion) -> bool:
    return completion.name.endswith("/")
