"""The code finder: type part of a code's name, or the name of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.text import one_line
from fwanalysis.project.codebook import EMERGENT, LOOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import Codebook, CodeEntry
    from fwanalysis.project.codebook import CodebookArea

_NEW = "+new"


@dataclass(frozen=True, slots=True)
class Choice:
    """An existing code, or (``code_id`` None) the name of one to make from the data."""

    code_id: str | None
    name: str


class FinderScreen(ModalScreen["Choice | None"]):
    """Finds codes by part of their names, and can make a new emergent code. Dismissed with a Choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="finder.cancel"),
        Binding("down,ctrl+n", "move(1)", "Next", show=False, priority=True, id="finder.down"),
        Binding("up,ctrl+p", "move(-1)", "Previous", show=False, priority=True, id="finder.up"),
    ]

    def __init__(self, codebook: CodebookArea, quote: str | None, *, recent: Sequence[str] = ()) -> None:
        super().__init__()
        self._area = codebook
        self._quote = quote
        self._recent = recent
        self._codebook: Codebook | None = None

    def compose(self) -> ComposeResult:
        """Lay out the passage, the line to type in, the codes that match, and the definition of one."""
        with Vertical(id="finder", classes="dialog"):
            title = "Find a code" if self._quote is None else f"“{self._quote}”"
            yield Static(title, id="passage", markup=False)
            hint = "Type part of its name" if self._quote is None else "Type part of a code’s name, or a new name"
            yield Input(placeholder=hint, id="query", compact=True)
            yield OptionList(id="found")
            yield Static(id="meaning", markup=False)
            yield Static("enter choose   ↑ ↓ move   esc cancel", classes="keys", markup=False)

    def on_mount(self) -> None:
        """List all codes, those used last first."""
        self._codebook = self._area.tree()
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the codes that match."""
        self._list(event.value)

    def _list(self, query: str) -> None:
        assert self._codebook is not None
        book = self._codebook
        scored = list(self._area.search(query, book))
        if not query.strip():
            rank = {code_id: place for place, code_id in enumerate(self._recent)}
            scored.sort(key=lambda hit: rank.get(hit[0].id, len(rank)))
        options = [Option(_line(entry, book), id=entry.id) for entry, _ in scored]
        name = one_line(query)
        if name and self._quote is not None and all(entry.name.casefold() != name.casefold() for entry, _ in scored):
            fitting = sum(score >= LOOSE for _, score in scored)
            new = Text.assemble(("+ New emergent code ", "bold"), f"“{name}”")
            options.insert(fitting, Option(new, id=_NEW))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options)
        listed.highlighted = 0 if options else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the code means."""
        assert self._codebook is not None
        meaning = self.query_one("#meaning", Static)
        if event.option_id == _NEW:
            above = next((theme.name for theme in self._codebook.themes if theme.code.key == EMERGENT), None)
            place = f"under {above}" if above else "as a theme"
            meaning.update(f"Adds an emergent code {place}. You can write its definition later.")
        elif event.option_id:
            entry = self._codebook.by_id[event.option_id]
            meaning.update(one_line(entry.version.definition) or "(no definition yet)")

    def action_move(self, step: int) -> None:
        """Move in the list while typing goes on."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what is under the cursor."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the choice."""
        assert self._codebook is not None
        if event.option_id == _NEW:
            self.dismiss(Choice(None, one_line(self.query_one(Input).value)))
        elif event.option_id:
            self.dismiss(Choice(event.option_id, self._codebook.by_id[event.option_id].name))


def _line(entry: CodeEntry, book: Codebook) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append("▌", style=book.colour_of(entry.id))
    line.append(entry.name, style="bold")
    above = book.theme_of(entry.id)
    line.append(f"   {above.name if above.id != entry.id else 'theme'}", style="dim")
    return line
