"""A dialog in which a text is written from the two texts of a cell: the one here and the one of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from fwanalysis.domain.cell_text import DRAFT, NOT_APPLICABLE, NOTHING_SAID
from fwanalysis.domain.chart_import import EMPTY
from fwanalysis.tui.charting.dialogs import ChartDialog
from fwanalysis.tui.widgets.wordsarea import WordsArea

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from fwanalysis.domain.chart_import import CellWords, Difference


class MergeScreen(ChartDialog["str | None"]):
    """Edit the text of a cell; dismissed with it, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "done", "Keep the text", priority=True, id="merge.done"),
        Binding("ctrl+t", "put('there')", "Text of the file", priority=True, id="merge.theirs"),
        Binding("ctrl+o", "put('here')", "Text here", priority=True, id="merge.ours"),
    ]

    def __init__(self, item: Difference, words: CellWords) -> None:
        super().__init__()
        self._item = item
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the text and its keys."""
        with Vertical(classes="dialog"):
            yield Static(f"The text of {self._item.label}", classes="question", markup=False)
            yield WordsArea(id="merged")
            yield Static(
                "ctrl+s keep   ctrl+t file's text   ctrl+o text here   esc cancel", classes="keys", markup=False
            )

    def on_mount(self) -> None:
        """Begin with the text that was decided on, else that of the file."""
        self.query_one(WordsArea).words = self._words.text
        self.query_one(WordsArea).focus()

    def action_put(self, side: str) -> None:
        """Put one of the two texts in place of what is written."""
        self.query_one(WordsArea).words = (self._item.there if side == "there" else self._item.here).text

    def action_done(self) -> None:
        """Return the text."""
        self.dismiss(self.query_one(WordsArea).words.strip())


def merged(item: Difference, words: CellWords, text: str) -> CellWords:
    """Return the content with an edited text: in the state that it was edited in, as far as the text allows.

    Without a text the cell is empty; *nothing said* or an empty cell with a text is a draft.
    """
    if text == item.there.text and words == item.there:
        return item.there
    if not text:
        return words if words.state == NOTHING_SAID else EMPTY
    if words.state == NOT_APPLICABLE or (words.is_written and words.state != NOTHING_SAID):
        return replace(words, text=text)
    state = item.here.state if item.here.is_written and item.here.state != NOTHING_SAID else DRAFT
    return replace(words, state=state, text=text)
