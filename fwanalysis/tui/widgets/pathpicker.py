"""A line to type or drop a path into, with a list of what could complete it."""

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
"""How a path that was dropped on the terminal begins: it takes the place of what stands in the line."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could complete the line: its name, and the line that it would make. Folders end with ``/``."""

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
    """Posts what was typed, so that it can be told what to offer, and the line that was chosen with enter."""

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
        self._offers: Sequence[Offer] = ()
        self._offered_for: str | None = None
        self._completes = False

    def compose(self) -> ComposeResult:
        """What to do, the line, what could complete it."""
        yield Static(
            "Which folder or file? Of a folder all is taken that can be read.\n"
            "You see first what becomes of it; nothing is imported before you say so.",
            id="path-question",
            markup=False,
        )
        yield _PathInput(id="path-line", compact=True, select_on_focus=False)
        yield OptionList(id="path-offers")
        yield Static("enter read   ↑ ↓ choose   tab complete   esc back", classes="keys", markup=False)

    def on_mount(self) -> None:
        """The list is moved in from the line."""
        self.query_one(OptionList).can_focus = False

    def begin(self, line: str) -> None:
        """Type on from a line."""
        written = self.query_one(Input)
        written.value = line
        written.cursor_position = len(line)
        written.focus()

    def offer(self, line: str, offers: Sequence[Offer]) -> None:
        """Offer this for a line, unless more was typed meanwhile."""
        if line != self.query_one(Input).value:
            return
        self._offers, self._offered_for = offers, line
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            [Option(Text(one.name, style="bold" if _is_folder(one) else "", no_wrap=True)) for one in offers]
        )
        listed.highlighted = None
        if self._completes:
            self.action_complete()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what stands there."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_move(self, step: int) -> None:
        """Move in the list while typing goes on."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def action_complete(self) -> None:
        """Complete the line as far as it is certain, or by what is under the cursor."""
        self._completes = self._offered_for != self.query_one(Input).value
        if self._completes:
            return  # until what was typed last has been looked up
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._write(self._offers[at].line)
        elif self._offers:
            lines = [one.line for one in self._offers]
            self._write(os.path.commonprefix(lines))  # noqa: RUF071  # a name is completed letter by letter

    def _write(self, line: str) -> None:
        written = self.query_one(Input)
        if len(line) >= len(written.value) or line.endswith("/"):
            written.value = line
            written.cursor_position = len(line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is under the cursor, else the line."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is None:
            self.post_message(self.Chosen(event.value))
        else:
            self._take(self._offers[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes, too."""
        event.stop()
        self._take(self._offers[event.option_index])

    def _take(self, offer: Offer) -> None:
        self._write(offer.line)
        if not _is_folder(offer):
            self.post_message(self.Chosen(offer.line))


def _is_folder(offer: Offer) -> bool:
    return offer.name.endswith("/")
