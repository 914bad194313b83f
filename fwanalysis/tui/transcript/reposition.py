"""Where a place of a text stands after the text was corrected: pure, for the caret and the selection.

Good enough to go on reading, never to move a coding: that is for the engine, which is certain or asks.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from fwanalysis.domain.sources import Transcript

_ENOUGH = 24
"""Code points after a place by which it is known again, if they stand only once in both texts."""


def carried(before: Transcript, after: Transcript, position: int) -> int:
    """Where *position* of a revision stands in another: before and behind all that was corrected at the same letter;
    amid it, before the same words if they stand there once, else as far from the start of the turn of the same
    rank."""
    found = _known(before.text, after.text, position)
    return _in_the_turn(before, after, position) if found is None else found


def carried_words(before: Transcript, after: Transcript, span: Span) -> Span | None:
    """Where the words of *span* stand in another revision; None if they are not the same there, or not surely those."""
    first, last = (_known(before.text, after.text, place) for place in (span.start, span.end - 1))
    if first is None or last is None:
        return None
    there = Span(first, max(first, last + 1))
    return there if there.of(after.text) == span.of(before.text) else None


def _known(old: str, new: str, position: int) -> int | None:
    """Where a place stands in another text; None if that could only be guessed."""
    if old == new:
        return position
    same = _shared(old, new)
    if position < same:
        return position
    rest = min(len(old), len(new)) - same
    behind = _shared(old[::-1][:rest], new[::-1][:rest])
    if position >= len(old) - behind:
        return position + len(new) - len(old)
    words = old[position : position + _ENOUGH]
    if old.count(words) == new.count(words) == 1:
        return new.index(words)
    return None


def _shared(one: str, other: str) -> int:
    """How many code points both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (sign, against) in pairs if sign != against), min(len(one), len(other)))


def _in_the_turn(before: Transcript, after: Transcript, position: int) -> int:
    rank = bisect_right(before.turns, position, key=lambda turn: turn.start) - 1
    if not 0 <= rank < len(after.turns):
        return min(position, len(after.text))
    turn = after.turns[rank]
    return min(turn.start + position - before.turns[rank].start, turn.end)
