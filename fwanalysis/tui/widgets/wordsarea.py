"""A text area that loses no character of what is edited in it.

Characters that Textual would treat as line ends, or would send to the terminal unchanged, are shown as symbols and
given back as they were.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SYMBOLS = [*map(chr, range(0x2420, 0x2427)), *map(chr, range(0x2400, 0x2420)), *map(chr, range(0xE000, 0xE080))]


class WordsArea(TextArea, inherit_bindings=False):
    """A soft-wrapped text area whose ``words`` are exactly what was put in, where nothing was typed.

    F6 and F7 are left to its screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in Binding.make_bindings(TextArea.BINDINGS) if binding.key not in ("f6", "f7")),
        Binding("ctrl+home", "cursor_text_start", "Start of text", show=False),
        Binding("ctrl+end", "cursor_text_end", "End of text", show=False),
        Binding("ctrl+shift+home", "cursor_text_start(True)", "Select to start of text", show=False),
        Binding("ctrl+shift+end", "cursor_text_end(True)", "Select to end of text", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self._shown_as: dict[str, str] = {}

    @property
    def words(self) -> str:
        """The text, with the special characters themselves instead of their symbols."""
        back = {ord(symbol): special for special, symbol in self._shown_as.items()}
        return self.text.translate(back) if back else self.text

    @words.setter
    def words(self, words: str) -> None:
        self._shown_as = dict(zip(dict.fromkeys(_SPECIAL.findall(words)), _free_symbols(words), strict=False))
        self.text = words.translate({ord(special): symbol for special, symbol in self._shown_as.items()})

    @property
    def cursor(self) -> int:
        """The position of the cursor in the words, in code points."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    @cursor.setter
    def cursor(self, position: int) -> None:
        before = self.text[: max(0, position)].split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])), center=True)

    def action_cursor_text_start(self, select: bool = False) -> None:
        """Move the cursor to the start of the text, or select up to it."""
        self.move_cursor((0, 0), select=select)

    def action_cursor_text_end(self, select: bool = False) -> None:
        """Move the cursor to the end of the text, or select up to it."""
        self.move_cursor(self.document.end, select=select)


def _free_symbols(words: str) -> Iterator[str]:
    return (symbol for symbol in _SYMBOLS if symbol not in words)
