"""Every key, read from the bindings themselves so that it cannot be out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.dom import DOMNode

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

    def compose(self) -> ComposeResult:
        """The list of keys."""
        with VerticalScroll(id="help", classes="dialog"):
            yield Static(self._keys(), markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll it."""
        self.query_one(VerticalScroll).focus()

    def _keys(self) -> Text:
        told = Text("Keys", style="bold")
        told.append("   esc closes this; ctrl+p finds every command by name\n", style="dim")
        focused = self._over.focused
        parts: list[tuple[str, DOMNode]] = [("This desk", self._over)]
        if focused is not None:
            parts.append((f"Here ({_readable(type(focused).__name__)})", focused))
        parts.append(("Everywhere", self.app))
        for title, node in parts:
            bindings = [binding for _, binding in node._bindings if binding.description]
            if bindings:
                told.append(f"\n{title}\n", style="bold underline")
                told.append_text(_table(bindings))
        return told


def _readable(name: str) -> str:
    return {"TranscriptView": "text", "DataTable": "table", "CodeTree": "codes", "OptionList": "list"}.get(name, name)


def _table(bindings: Iterable[Binding]) -> Text:
    keys: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        keys.setdefault((binding.action, binding.description), []).append(_key(binding.key))
    table = Text()
    for (_, description), names in keys.items():
        joined = "  ".join(dict.fromkeys(names))
        table.append(f"  {joined:<24}", style="bold")
        table.append(f" {description}\n")
    return table


def _key(key: str) -> str:
    return "+".join(_NAMES.get(part, part) for part in key.split("+")) if key != "plus" else "+"
