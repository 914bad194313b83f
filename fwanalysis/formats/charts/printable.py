"""Characters that XML cannot hold: removed from texts, and counted."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and two non-characters (XML 1.0, production 2)."""


class Printable:
    """Remove the characters that XML cannot hold, and remember where the first of them was.

    Attributes:
        count: Number of characters removed so far.
        first: The text that held the first of them, as it was asked about.
    """

    def __init__(self) -> None:
        self.count = 0
        self.first = ""

    def __call__(self, text: str, place: str = "") -> str:
        """Return a text without such characters, and with ``\\n`` for every line break."""
        if text.isprintable():
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        cleaned, count = _FORBIDDEN.subn("", text)
        if count and not self.count:
            self.first = place or cleaned[:40]
        self.count += count
        return cleaned

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence if anything was removed."""
        if not self.count:
            return ()
        several = f"{self.count:,} control characters were" if self.count > 1 else "1 control character was"
        return (f"{several} removed, because such files cannot hold them; the first in “{self.first}”.",)
