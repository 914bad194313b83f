"""Choosing one of many by typing a part of it, or naming a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_NEW = "new"


class PickScreen(ModalScreen["int | str | None"]):
    """A question with many answers, narrowed by typing.

    Dismissed with the index of an answer, or None. If *new* says what a new name makes, and no answer has that name, it
    may be dismissed with the name.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="pick.cancel"),
        Binding("down,ctrl+n", "move(1)", "Next", show=False, priority=True, id="pick.down"),
        Binding("up,ctrl+p", "move(-1)", "Previous", show=False, priority=True, id="pick.up"),
    ]

    def __init__(self, question: str, answers: Sequence[str], *, new: str = "", present: int = 0) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        self._new = new
        self._present = present

    def compose(self) -> ComposeResult:
        """Lay out the question, the line to type in, and the answers that match."""
        with Vertical(classes="dialog", id="pick"):
            yield Static(self._question, classes="question", markup=False)
            hint = "Type part of a name, or a new name" if self._new else "Type part of a name"
            yield Input(placeholder=hint, id="query", compact=True)
            yield OptionList(id="found")
            yield Static("enter choose   ↑ ↓ move   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """List all answers, the present one under the cursor."""
        self._list("")
        self.query_one(OptionList).highlighted = self._present

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the answers that match."""
        if event.value or self.query_one(OptionList).option_count < len(self._answers):
            self._list(event.value)

    def _list(self, typed: str) -> None:
        wanted = one_line(typed)
        matching = [index for index, answer in enumerate(self._answers) if wanted.casefold() in answer.casefold()]
        options = [Option(_line(self._answers[index]), id=str(index)) for index in matching]
        if self._new and wanted and all(wanted != self._answers[index] for index in matching):
            options.append(Option(Text.assemble((f"+ {self._new} ", "bold"), f"“{wanted}”"), id=_NEW))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        listed.highlighted = 0 if options else None

    def action_move(self, step: int) -> None:
        """Move in the list while typing goes on."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what is under the cursor."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the choice."""
        if event.option_id == _NEW:
            self.dismiss(one_line(self.query_one(Input).value))
        elif event.option_id:
            self.dismiss(int(event.option_id))


def _line(answer: str) -> Text:
    return Text(answer, no_wrap=True, overflow="ellipsis")
