"""A dialog that lists the labels of a source, which of them were recognised as speakers, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.importing import LabelDecision


class LabelsScreen(ModalScreen["str | None"]):
    """Shows the reason for each label; dismissed with a label that is to become a speaker, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", id="labels.close")]

    def __init__(self, name: str, decisions: Sequence[LabelDecision]) -> None:
        super().__init__()
        self._name = name
        self._decisions = decisions

    def compose(self) -> ComposeResult:
        """Lay out the labels, those that are speakers first."""
        with Vertical(classes="dialog", id="labels"):
            yield Static(f"Speaker labels in {self._name}", classes="question", markup=False)
            yield OptionList(*(Option(_line(decision), id=decision.label) for decision in self._ordered))
            yield Static("enter make a label a speaker   esc close", classes="keys", markup=False)

    @property
    def _ordered(self) -> Sequence[LabelDecision]:
        return sorted(self._decisions, key=lambda decision: (not decision.is_speaker, -decision.count))

    def on_mount(self) -> None:
        """Begin at the first label that is not a speaker."""
        listed = self.query_one(OptionList)
        others = (index for index, decision in enumerate(self._ordered) if not decision.is_speaker)
        listed.highlighted = next(others, 0)
        listed.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the label if it is not a speaker yet."""
        decision = self._ordered[event.option_index]
        if decision.is_speaker:
            self.notify(f"“{decision.label}” is a speaker already. z in the table of speakers excludes it.", timeout=4)
        else:
            self.dismiss(decision.label)


def _line(decision: LabelDecision) -> Text:
    line = Text.assemble(
        (decision.label, "bold"),
        (f"  {decision.count}×  ", "dim"),
        ("speaker" if decision.is_speaker else "not a speaker", "" if decision.is_speaker else "reverse"),
    )
    return line.append(f"\n  {decision.reason}", style="dim")
