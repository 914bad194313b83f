"""Questions about a cell: two versions of its summary side by side, and what changed since it was saved."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import CodeVersion
    from fwanalysis.tui.charting.cell_checks import Changes


class Resolution(StrEnum):
    """What to do about a summary that was changed elsewhere."""

    EDIT = "Keep editing"
    MINE = "Save mine in its place"
    THEIRS = "Take the other one; mine is discarded"
    MERGE = "Put both into the editor, to be merged"


class WayOut(StrEnum):
    """What to do about a summary that is out of date."""

    REVISE = "Revise: change the summary; saving it makes it up to date"
    AFFIRM = "Re-affirm: it still holds as it is; you are asked for the reason"
    DISCARD = "Discard: clear the cell; the evidence stays"


class ConflictScreen(ModalScreen["Resolution | None"]):
    """Shows both texts of a cell that was changed meanwhile. Dismissed with a Resolution, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="conflict.cancel"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="conflict.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="conflict.page-down"),
    ]

    def __init__(self, what: str, mine: str, theirs: str) -> None:
        super().__init__()
        self._what = what
        self._mine = mine
        self._theirs = theirs

    def compose(self) -> ComposeResult:
        """Lay out both texts and the answers."""
        with Vertical(classes="dialog wide"):
            yield Static(self._what, classes="question", markup=False)
            with VerticalScroll(classes="texts"), Horizontal(classes="two"):
                yield Static(Text.assemble(("The other one\n", "bold"), self._theirs), id="theirs")
                yield Static(Text.assemble(("Yours\n", "bold"), self._mine), id="mine")
            yield OptionList(*Resolution)
            yield Static("enter choose   page up, page down scroll   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the answer that changes nothing."""
        _begin(self)

    def action_page(self, step: int) -> None:
        """Scroll the texts."""
        _page(self, step)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the answer."""
        self.dismiss(list(Resolution)[event.option_index])


class StaleScreen(ModalScreen["WayOut | None"]):
    """Shows why a summary is out of date, with old and new words and definitions. Dismissed with a WayOut, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="stale.cancel"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="stale.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="stale.page-down"),
    ]

    def __init__(self, cell: str, reasons: Sequence[str], changes: Changes, names: dict[str, str]) -> None:
        super().__init__()
        self._cell = cell
        self._reasons = reasons
        self._changes = changes
        self._names = names

    def compose(self) -> ComposeResult:
        """Lay out the reasons, the passages, the definitions and the ways out."""
        with Vertical(classes="dialog wide"):
            yield Static(f"{self._cell}: out of date", classes="question", markup=False)
            with VerticalScroll(classes="texts"):
                yield Static(Text("\n".join(f"• {reason}" for reason in self._reasons)))
                yield Static(_passages(self._changes), id="passages")
                for item in self._changes.definitions:
                    yield Static(Text(f"\nDefinition of {self._names.get(item.code_id, 'the code')}", style="bold"))
                    with Horizontal(classes="two"):
                        yield Static(_definition("Then", item.then), classes="then")
                        yield Static(_definition("Now", item.now), classes="now")
            yield OptionList(*WayOut)
            yield Static("enter choose   page up, page down scroll   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at revising."""
        _begin(self)

    def action_page(self, step: int) -> None:
        """Scroll the reasons."""
        _page(self, step)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the answer."""
        self.dismiss(list(WayOut)[event.option_index])


def _begin(screen: ModalScreen[Any]) -> None:
    screen.query_one(VerticalScroll).can_focus = False
    answers = screen.query_one(OptionList)
    answers.highlighted = 0
    answers.focus()


def _page(screen: ModalScreen[Any], step: int) -> None:
    scroll = screen.query_one(VerticalScroll)
    (scroll.scroll_page_down if step > 0 else scroll.scroll_page_up)(animate=False)


def _passages(changes: Changes) -> Text:
    text = Text()
    for item in (*changes.passages.values(), *changes.removed):
        text.append("\n")
        text.append(f"{item.kind}: ", style="bold")
        words = [one_line(part) for part in (item.then, item.now) if part]
        if item.kind == "changed" and len(words) == 2 and words[0] != words[1]:
            text.append(f"“{words[0]}”", style="strike")
            text.append("\n  now: ", style="bold")
        text.append(f"“{words[-1]}”" if words else "its words are not known")
    return text


def _definition(when: str, version: CodeVersion | None) -> Text:
    if version is None:
        return Text.assemble((f"{when}\n", "bold"), ("not known", "italic"))
    text = Text.assemble((f"{when} (version {version.number}, {version.kind.value})\n", "bold"))
    text.append("\n".join(_parts(version)))
    return text


def _parts(version: CodeVersion) -> Iterable[str]:
    yield version.definition or "(no definition)"
    named = (("Include", version.include), ("Exclude", version.exclude), ("Counts against", version.counts_against))
    yield from (f"{name}: {words}" for name, words in named if words)
