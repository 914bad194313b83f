"""Quotations in a summary: which quotation marks open and close them, and which have no counterpart.

A quotation is within one paragraph and contains no reference, so that a missing mark never reaches further.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}
"""The marks that open a quotation, with those that close it."""
_AMBIGUOUS = '"”»'
"""The marks that only open a quotation at the beginning of a word."""
_INNER_SPACE = "«»"
"""The marks that may have a space on their inner side, as in French."""
_MARK = re.compile('["“”„«»]')
_BEFORE_OPENING = "([{<*!/…:;,.-‐‑‒–—―‘'"
_SINGLE_OPENING = {"'": "'", "’": "‘"}
_CLOSED_BEFORE = re.compile(r"['’][.,;:]?\s*[*!]*$")


_NEAR = 12
"""How many characters before a reference a single closing mark is looked for."""


def find_quotations(text: str, parentheses: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Find the quotations of a text.

    Args:
        text: The text, in which comments are overwritten.
        parentheses: Where its references are, in order.

    Returns:
        The spans of the quotations with their marks, and the spans of the marks without a counterpart, each in order:
        those that open a quotation which is not closed before the next reference or the end of the paragraph, and those
        that close none.

    Notes:
        A straight mark, and one that also closes, opens a quotation only at the beginning of a word. Directly after a
        number, where none is open, it is the mark of inches: ``6"``.
        Another opening mark of the same kind begins the quotation again. Single marks (‘…’) are apostrophes as well, so
        they are quotation marks only directly before a reference.
    """
    found: list[Span] = []
    unpaired: list[Span] = []
    opened: int | None = None
    starts = [span.start for span in parentheses]
    for mark in _MARK.finditer(text):
        at = mark.start()
        number = bisect_right(starts, at)
        if number and at < parentheses[number - 1].end:
            continue
        if opened is not None and ("\n" in text[opened:at] or (number and starts[number - 1] > opened)):
            unpaired.append(Span(opened, opened + 1))
            opened = None
        if opened is None and _opens(text, at):
            opened = at
        elif opened is None:
            unpaired += [] if text[at - 1 : at].isspace() or text[at - 1 : at].isdigit() else [Span(at, at + 1)]
        elif text[at] in _CLOSING[text[opened]] and _closes(text, at):
            found.append(Span(opened, at + 1))
            opened = None
        elif text[at] == text[opened] and _opens(text, at):
            unpaired.append(Span(opened, opened + 1))
            opened = at
    if opened is not None:
        unpaired.append(Span(opened, opened + 1))
    return sorted([*found, *_single(text, parentheses, found)]), sorted(unpaired)


def _opens(text: str, at: int) -> bool:
    mark, after = text[at], text[at + 1 : at + 2]
    if mark not in _CLOSING or (mark != "«" and (not after or after.isspace())):
        return False
    return mark not in _AMBIGUOUS or _begins_word(text, at)


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING


def _closes(text: str, at: int) -> bool:
    if text[at] in _INNER_SPACE:
        return True
    return not text[at - 1].isspace() and not (text[at] == '"' and text[at + 1 : at + 2].isalnum())


def _single(text: str, parentheses: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """Return the quotations in single marks, each of which ends directly before a reference."""
    single = []
    begin = 0
    ends = [span.end for span in found]
    for parenthesis in parentheses:
        before = bisect_right(ends, parenthesis.start)
        start = max(begin, text.rfind("\n", 0, parenthesis.start) + 1, ends[before - 1] if before else 0)
        begin = parenthesis.end
        closing = _CLOSED_BEFORE.search(text, max(start, parenthesis.start - _NEAR), parenthesis.start)
        if closing is None:
            continue
        at = closing.start()
        opening = text.rfind(_SINGLE_OPENING[text[at]], start, at)
        while opening >= 0 and not (_begins_word(text, opening) and not text[opening + 1].isspace()):
            opening = text.rfind(_SINGLE_OPENING[text[at]], start, opening)
        if opening >= 0 and opening + 1 < at and not text[at - 1].isspace():
            single.append(Span(opening, at + 1))
    return single
