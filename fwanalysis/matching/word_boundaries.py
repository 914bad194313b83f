"""Where words begin and end, combining marks being parts of them."""

from __future__ import annotations

from unicodedata import category

from fwanalysis.domain.text import Span


def in_word(text: str, at: int) -> bool:
    """Return whether the boundary before code point *at* is inside a word."""
    return 0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at])


def to_words(text: str, span: Span, *, start: bool = True, end: bool = True) -> Span:
    """Return the span with the words at its start and end completed; *start* and *end* choose at which of them."""
    first, last = span.start, span.end
    while start and in_word(text, first):
        first -= 1
    while end and in_word(text, last):
        last += 1
    return Span(first, last)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or category(character)[0] == "M"
