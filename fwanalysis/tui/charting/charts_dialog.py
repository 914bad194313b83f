"""The dialog of stored charts: open one, save what is shown, remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.errors import NotFound
from fwanalysis.tui.charting.dialogs import ChartDialog
from fwanalysis.tui.charting.heading import settings_in_words, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.matrix import Chart


class ChartsAnswer(NamedTuple):
    """What to do: *open* or *remove* a chart, or *save* what is shown."""

    act: str
    chart: Chart | None = None


class ChartsScreen(ChartDialog["ChartsAnswer | None"]):
    """The stored charts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save what is shown", id="charts.save"),
        Binding("d,delete", "remove", "Remove the chart", id="charts.remove"),
    ]

    def __init__(self, charts: Sequence[Chart], codebook: Codebook, *, present: str) -> None:
        super().__init__()
        self._charts = charts
        self._codebook = codebook
        self._present = present

    def compose(self) -> ComposeResult:
        """Lay out the charts, each with what it shows."""
        with Vertical(classes="dialog"):
            yield Static("Stored charts", classes="question", markup=False)
            if not self._charts:
                yield Static("None yet. s saves what is shown under a name.", markup=False)
            yield OptionList(*(Option(self._line(chart)) for chart in self._charts))
            keys = "enter open   s save what is shown   d remove   esc cancel"
            yield Static(keys, classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the present chart."""
        listed = self.query_one(OptionList)
        names = [chart.name for chart in self._charts]
        if names:
            listed.highlighted = names.index(self._present) if self._present in names else 0
        listed.focus()

    def _line(self, chart: Chart) -> Text:
        try:
            shows = title(chart.query, self._codebook)
        except NotFound:
            shows = "a theme that no longer exists"
        about = "; ".join((shows, *settings_in_words(chart.query)))
        return Text.assemble((chart.name, "bold"), (f"  {about}", "dim"), no_wrap=True, overflow="ellipsis")

    def _chart(self) -> Chart | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._charts[at]

    def action_save(self) -> None:
        """Save what is shown."""
        self.dismiss(ChartsAnswer("save"))

    def action_remove(self) -> None:
        """Remove the chart under the cursor."""
        chart = self._chart()
        if chart is not None:
            self.dismiss(ChartsAnswer("remove", chart))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chart."""
        self.dismiss(ChartsAnswer("open", self._chart()))
