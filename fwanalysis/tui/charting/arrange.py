"""The dialog that arranges rows: what they are sorted and grouped by, and which attributes are shown beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.cases import AttributeType
from fwanalysis.domain.matrix import Bands
from fwanalysis.tui.charting.dialogs import ChartDialog
from fwanalysis.tui.charting.wrapping import fitted
from fwanalysis.tui.dialogs.ask import AskScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.cases import AttributeView
    from fwanalysis.domain.matrix import MatrixQuery

MOST_GROUPS = 4
_CASE = "case"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How rows are arranged; the fields are those of a ``MatrixQuery``."""

    sort: tuple[str, ...]
    group: tuple[str, ...]
    bands: tuple[Bands, ...]
    attributes: tuple[str, ...] | None
    figures: tuple[str, ...]

    def sorted_by(self, name: str) -> Arrangement:
        """Return this with the next way to sort by a name: upwards, downwards, not."""
        if name in self.sort:
            return replace(self, sort=tuple(f"-{item}" if item == name else item for item in self.sort))
        if f"-{name}" in self.sort:
            return replace(self, sort=tuple(item for item in self.sort if item != f"-{name}"))
        return replace(self, sort=(*self.sort, name))

    def grouped_by(self, name: str) -> Arrangement:
        """Return this with a name as the innermost group, or without it."""
        if name in self.group:
            return replace(self, group=tuple(item for item in self.group if item != name))
        return replace(self, group=(*self.group, name))

    def banded(self, name: str, cuts: tuple[float, ...]) -> Arrangement:
        """Return this with the cuts of a numeric attribute; without bands if there are none."""
        others = tuple(item for item in self.bands if item.attribute != name)
        return replace(self, bands=(*others, Bands(name, cuts)) if cuts else others)

    def shown_next(self, name: str, names: Sequence[str]) -> Arrangement:
        """Return this with a name shown if it was not, else hidden; *names* are all names in order."""
        shown = set(names if self.attributes is None else self.attributes) ^ {name}
        figures = tuple(item for item in self.figures if item != name)
        ordered = tuple(item for item in names if item in shown)
        return replace(self, attributes=None if len(ordered) == len(names) else ordered, figures=figures)

    def as_figure(self, name: str) -> Arrangement:
        """Return this with a name as a figure beside the cells, or not."""
        if name in self.figures:
            return replace(self, figures=tuple(item for item in self.figures if item != name))
        return replace(self, figures=(*self.figures, name))

    def line(self, name: str) -> str:
        """Return what is set for a name, in words."""
        parts = []
        if name in self.group:
            cuts = next((item.cuts for item in self.bands if item.attribute == name), ())
            at = f", bands at {', '.join(f'{cut:g}' for cut in cuts)}" if cuts else ""
            parts.append(f"group {self.group.index(name) + 1}{at}")
        for direction, key in (("upwards", name), ("downwards", f"-{name}")):
            if key in self.sort:
                parts.append(f"sort {self.sort.index(key) + 1}, {direction}")
        if name in self.figures:
            parts.append("figure")
        elif self.attributes is not None and name not in self.attributes and name != _CASE:
            parts.append("hidden")
        return "; ".join(parts)


def arrangement_of(query: MatrixQuery) -> Arrangement:
    """Return how the rows of a view are arranged."""
    return Arrangement(query.sort, query.group, query.bands, query.attributes, query.figures)


def arranged(query: MatrixQuery, arrangement: Arrangement) -> MatrixQuery:
    """Return a view with its rows arranged in another way."""
    return replace(
        query,
        sort=arrangement.sort,
        group=arrangement.group,
        bands=tuple(item for item in arrangement.bands if item.attribute in arrangement.group),
        attributes=arrangement.attributes,
        figures=arrangement.figures,
    )


class ArrangeScreen(ChartDialog["Arrangement | None"]):
    """The attributes of cases, each with keys that say what it does for the rows; dismissed with an arrangement."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", "Sort by it: upwards, downwards, not", id="arrange.sort"),
        Binding("g", "group", "Group by it, or not", id="arrange.group"),
        Binding("b", "bands", "Bands of a number to group by", id="arrange.bands"),
        Binding("f", "figure", "Show it as a figure beside the cells", id="arrange.figure"),
        Binding("space", "show", "Show or hide it", id="arrange.show"),
        Binding("delete,backspace", "reset", "Arrange nothing", id="arrange.reset"),
    ]

    def __init__(self, attributes: Sequence[AttributeView], arrangement: Arrangement) -> None:
        super().__init__()
        self._types = {item.name: item.type for item in attributes}
        self._all = [item.name for item in attributes]
        self._names = [_CASE, *self._all]
        self._arrangement = arrangement

    def compose(self) -> ComposeResult:
        """Lay out the attributes with what is set for each."""
        with Vertical(classes="dialog"):
            yield Static("Arrange the rows", classes="question", markup=False)
            yield OptionList(*(Option(self._line(name)) for name in self._names))
            yield Static(id="fault", classes="fault", markup=False)
            keys = "s sort  g group  b bands  f figure  space show/hide\ndel reset all   enter done   esc cancel"
            yield Static(keys, classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the first attribute."""
        listed = self.query_one(OptionList)
        listed.highlighted = min(1, len(self._names) - 1)
        listed.focus()

    def _line(self, name: str) -> Text:
        return Text.assemble((fitted(name, 24), "bold"), f" {self._arrangement.line(name)}")

    def _at(self) -> str:
        return self._names[self.query_one(OptionList).highlighted or 0]

    def _take(self, arrangement: Arrangement, fault: str = "") -> None:
        self._arrangement = arrangement
        listed = self.query_one(OptionList)
        for index, name in enumerate(self._names):
            listed.replace_option_prompt_at_index(index, self._line(name))
        self.query_one("#fault", Static).update(fault)

    def action_sort(self) -> None:
        """Sort by the attribute upwards, then downwards, then not."""
        self._take(self._arrangement.sorted_by(self._at()))

    def action_group(self) -> None:
        """Group by the attribute, or not."""
        name, present = self._at(), self._arrangement
        if name == _CASE:
            self._take(present, "Cases have no groups of their own.")
        elif name not in present.group and len(present.group) == MOST_GROUPS:
            self._take(present, f"Rows are grouped by {MOST_GROUPS} attributes at most.")
        else:
            self._take(present.grouped_by(name))

    def action_bands(self) -> None:
        """Divide a number into bands to group by."""
        name = self._at()
        if self._types.get(name) is not AttributeType.NUMBER:
            self._take(self._arrangement, f"{name} is not a number, so it has no bands.")
            return

        def asked(typed: str | None) -> None:
            if typed is None:
                return
            try:
                cuts = tuple(sorted({float(part) for part in typed.replace(",", " ").split()}))
            except ValueError:
                self._take(self._arrangement, f"“{typed}” is not a list of numbers such as 5 10.")
                return
            found = self._arrangement.banded(name, cuts)
            self._take(found if name in found.group else found.grouped_by(name))

        present = next((item.cuts for item in self._arrangement.bands if item.attribute == name), ())
        question = f"Where does each band of {name} begin, after the first?"
        self.app.push_screen(AskScreen(question, value=" ".join(f"{cut:g}" for cut in present), hint="5 10"), asked)

    def action_figure(self) -> None:
        """Show the attribute as a figure beside the cells, or not."""
        name = self._at()
        self._take(self._arrangement if name == _CASE else self._arrangement.as_figure(name))

    def action_show(self) -> None:
        """Show or hide the attribute."""
        name = self._at()
        self._take(self._arrangement if name == _CASE else self._arrangement.shown_next(name, self._all))

    def action_reset(self) -> None:
        """Arrange nothing."""
        self._take(Arrangement((), (), (), None, ()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the arrangement."""
        self.dismiss(self._arrangement)
