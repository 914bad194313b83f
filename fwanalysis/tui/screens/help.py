"""All keys, read from the bindings themselves so that the list is always up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.keys import key_to_character
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from fwanalysis.tui.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.app import ComposeResult
    from textual.dom import DOMNode

_OMITTED = frozenset({"app.focus_next", "app.focus_previous", "screen.copy_text", "copy_text"})
"""Actions that every Textual program has."""

_NAMES = {
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "question_mark": "?",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "plus": "+",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
}


class HelpScreen(ModalScreen[None]):
    """The keys of a screen, of what is on it, and of the whole workbench."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss(None)", "Close", id="help.close"),
    ]

    def __init__(self, over: Screen[object]) -> None:
        super().__init__()
        self._over = over
        app = over.app
        self._everywhere = [item for item in _own(type(app)) if app.check_action(*parse(item.action)[1:])]

    def compose(self) -> ComposeResult:
        """Lay out the list of keys."""
        with VerticalScroll(id="help", classes="dialog"):
            yield Static(self._keys(), markup=False)

    def on_mount(self) -> None:
        """Scroll with the arrow keys."""
        self.query_one(VerticalScroll).focus()

    def _keys(self) -> Text:
        text = Text("Keys", style="bold")
        text.append("   esc closes this; ctrl+p finds commands by name\n", style="dim")
        for title, bindings in self._parts():
            shown = [binding for binding in bindings if binding.description and binding.action not in _OMITTED]
            if shown:
                text.append(f"\n{title}\n", style="bold underline")
                text.append_text(_table(shown, self.app._keymap))
        notes: Callable[[], Text] | None = getattr(self._over, "help_notes", None)
        if notes is not None:
            text.append("\n").append_text(notes())
        return text

    def _parts(self) -> Iterable[tuple[str, Iterable[Binding]]]:
        """Yield the keys of this screen, of the application, of what has the focus, and of the other views."""
        over = self._over
        for title, bindings in (("On this screen", _own(type(over))), ("Everywhere", self._everywhere)):
            yield title, [binding for binding in bindings if not self._is_typed(binding)]
        if over.focused is not None:
            yield _readable(type(over.focused)), [binding for _, binding in over.focused._bindings]
        for view in VIEWS:
            cls = view.screen()
            if not isinstance(over, cls):
                yield f"In the {view.label} view", _own(cls)

    def _is_typed(self, binding: Binding) -> bool:
        """Return whether the key types a letter into what has the focus."""
        area = self._over.focused
        if area is None or binding.priority:
            return False
        keys = self.app._keymap.get(binding.id or "", binding.key).split(",")
        return all(area.check_consume_key(key, key_to_character(key)) for key in keys)


def _own(cls: type[DOMNode]) -> Iterable[Binding]:
    return Binding.make_bindings(cls.BINDINGS)


def _readable(cls: type[DOMNode]) -> str:
    parts = {
        "TranscriptView": "text",
        "OpeningTable": "table",
        "CodeTree": "tree of codes",
        "ChartGrid": "chart",
        "Page": "text",
        "SummaryArea": "summary",
        "WordsArea": "text of the turn",
        "TextArea": "summary",
    }
    return f"In the {next((parts[base.__name__] for base in cls.__mro__ if base.__name__ in parts), 'list')}"


def _table(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> Text:
    keys: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        rebound = keymap.get(binding.id or "", binding.key)
        keys.setdefault((binding.action, binding.description), []).extend(map(_key, rebound.split(",")))
    table = Text()
    for (_, description), names in keys.items():
        joined = "  ".join(dict.fromkeys(names))
        table.append(f"  {joined:<24}", style="bold")
        table.append(f" {description}\n")
    return table


def _key(key: str) -> str:
    return "+".join(_NAMES.get(part, part) for part in key.split("+")) if key != "plus" else "+"
