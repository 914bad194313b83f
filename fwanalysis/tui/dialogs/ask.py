"""Small questions, dismissed with a typed answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ChooseScreen(ModalScreen["int | None"]):
    """A question with several answers; dismissed with the index of one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="choose.cancel"),
        Binding("question_mark,f1", "app.help", "Help", show=False, id="choose.help"),
    ]

    def __init__(self, question: str, answers: Sequence[str], *, present: int = 0) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        self._present = present

    def compose(self) -> ComposeResult:
        """Lay out the question and the answers."""
        with Vertical(classes="dialog", id="choose"):
            yield Static(self._question, classes="question", markup=False)
            options = [Option(Text(answer, no_wrap=True, overflow="ellipsis")) for answer in self._answers]
            yield OptionList(*options)
            yield Static("enter choose   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the present answer."""
        self.query_one(OptionList).highlighted = self._present
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the answer."""
        self.dismiss(event.option_index)


class AskScreen(ModalScreen["str | None"]):
    """A question answered by a line of text; dismissed with it, or with None if cancelled or without an answer.

    An empty line is an answer only if it *may be empty*.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="ask.cancel"),
        Binding("f1", "app.help", "Help", show=False, id="ask.help"),
    ]

    def __init__(self, question: str, *, value: str = "", hint: str = "", may_be_empty: bool = False) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._hint = hint
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical(classes="dialog", id="ask"):
            yield Static(self._question, classes="question", markup=False)
            yield Input(self._value, placeholder=self._hint)
            yield Static("enter ok   esc cancel", classes="keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the line."""
        answer = event.value.strip()
        self.dismiss(answer if answer or self._may_be_empty else None)
