"""A dialog for a name, completed from those that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.tui.importing.questions import Naming


class NameScreen(ModalScreen["str | None"]):
    """Asks for a name; dismissed with it (it may be empty), or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel", id="name.cancel")]

    def __init__(self, naming: Naming, known: Sequence[str]) -> None:
        super().__init__()
        self._naming = naming
        self._known = known

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical(classes="dialog", id="name"):
            yield Static(self._naming.question, classes="question", markup=False)
            yield Input(
                self._naming.value,
                placeholder=self._naming.hint,
                suggester=SuggestFromList(self._known, case_sensitive=False) if self._known else None,
            )
            keys = f"enter ok   → complete   esc cancel   ({self._naming.hint})"
            yield Static(keys, classes="keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the name."""
        self.dismiss(event.value.strip())
