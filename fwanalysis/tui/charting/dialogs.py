"""Dialogs of the chart, each dismissed with a typed answer; help works in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.tui.charting.marks import legend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

Answer = TypeVar("Answer")


class ChartDialog(ModalScreen[Answer]):
    """A question over the chart."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="chart-dialog.cancel"),
        Binding("f1,question_mark", "app.help", "Help", show=False, id="chart-dialog.help"),
    ]


class TickScreen(ChartDialog["tuple[int, ...] | None"]):
    """A list to tick; dismissed with the indexes of what is ticked, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick or untick", id="tick.tick"),
        Binding("a", "all", "Tick all or none", id="tick.all"),
    ]

    def __init__(self, question: str, answers: Sequence[str], ticked: Sequence[int], *, least: int = 1) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        self._ticked = set(ticked)
        self._least = least

    def compose(self) -> ComposeResult:
        """Lay out the question and the list."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            yield OptionList(*(self._option(index) for index in range(len(self._answers))))
            yield Static(id="fault", classes="fault", markup=False)
            yield Static("space tick   a all or none   enter done   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the first answer."""
        self.query_one(OptionList).highlighted = 0 if self._answers else None
        self.query_one(OptionList).focus()

    def _option(self, index: int) -> Option:
        box = "[x]" if index in self._ticked else "[ ]"
        return Option(Text(f"{box} {self._answers[index]}", no_wrap=True, overflow="ellipsis"))

    def _show(self) -> None:
        listed = self.query_one(OptionList)
        for index in range(len(self._answers)):
            listed.replace_option_prompt_at_index(index, self._option(index).prompt)

    def action_tick(self) -> None:
        """Tick what is under the cursor, or untick it."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._ticked ^= {at}
            self._show()

    def action_all(self) -> None:
        """Tick everything; if everything is ticked, untick it."""
        everything = set(range(len(self._answers)))
        self._ticked = set() if self._ticked == everything else everything
        self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return what is ticked."""
        if len(self._ticked) < self._least:
            self.query_one("#fault", Static).update("Tick at least one, or cancel with esc.")
            return
        self.dismiss(tuple(sorted(self._ticked)))


class FilterScreen(ChartDialog["str | None"]):
    """An expression that rows must meet; what is wrong with it is shown below the line.

    Dismissed with the expression, empty for no filter, or None.
    """

    def __init__(self, expression: str, check: Callable[[str], str], examples: Sequence[str]) -> None:
        super().__init__()
        self._expression = expression
        self._check = check
        self._examples = examples

    def compose(self) -> ComposeResult:
        """Lay out the line, what it finds, and examples."""
        with Vertical(classes="dialog"):
            yield Static("Show only rows that meet which condition?", classes="question", markup=False)
            yield Input(self._expression, placeholder=self._examples[0], select_on_focus=False)
            yield Static(id="fault", classes="fault", markup=False)
            yield Static("\n".join(("Examples:", *(f"  {example}" for example in self._examples))), markup=False)
            yield Static("enter apply   empty: show all rows   F1 help   esc cancel", classes="keys", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was wrong."""
        self.query_one("#fault", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the expression, unless something is wrong with it."""
        expression = event.value.strip()
        fault = self._check(expression) if expression else ""
        if fault:
            self.query_one("#fault", Static).update(fault)
        else:
            self.dismiss(expression)


class LegendScreen(ChartDialog[None]):
    """The marks of cells and what they mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,l,q", "dismiss(None)", "Close", show=False, id="legend.close"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the marks."""
        with Vertical(classes="dialog"):
            yield Static("The marks of cells", classes="question", markup=False)
            with VerticalScroll(id="legend"):
                yield Static(legend(), markup=False)
            yield Static("esc close", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Scroll with the arrow keys."""
        self.query_one(VerticalScroll).focus()
