"""Where a position of a text is after a correction: for the caret and the selection.

Good enough to keep reading, never to move a coding: re-anchoring does that, which is certain or asks.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from fwanalysis.domain.sources import Transcript

_ENOUGH = 24
"""Code points after a position by which it is found again, if they occur only once in both texts."""


def carried(before: Transcript, after: Transcript, position: int) -> int:
    """Return where a position of a revision is in another revision.

    Before and behind all corrections it is at the same character. Between them, it is before the same words if they
    occur once, else as far from the start of the turn with the same number.
    """
    found = _known(before.text, after.text, position)
    return _in_the_turn(before, after, position) if found is None else found


def carried_words(before: Transcript, after: Transcript, span: Span) -> Span | None:
    """Return where the words of *span* are in another revision; None if that is not certain."""
    first, last = (_known(before.text, after.text, place) for place in (span.start, span.end - 1))
    if first is None or last is None:
        return None
    there = Span(first, max(first, last + 1))
    return there if there.of(after.text) == span.of(before.text) else None


def _known(old: str, new: str, position: int) -> int | None:
    """Return where a position is in another text; None if that is not certain."""
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
    """Return how many code points both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (character, against) in pairs if character != against), min(len(one), len(other)))


def _in_the_turn(before: Transcript, after: Transcript, position: int) -> int:
    rank = bisect_right(before.turns, position, key=lambda turn: turn.start) - 1
    if not 0 <= rank < len(after.turns):
        return min(position, len(after.text))
    turn = after.turns[rank]
    return min(turn.start + position - before.turns[rank].start, turn.end)
