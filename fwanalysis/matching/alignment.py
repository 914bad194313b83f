"""Find the passages that two texts share in the same order, at a bounded cost.

Lines are compared first, then sentences, then words. The alignment is a guess at how one text was edited into the
other. Where text repeats itself, other alignments may be as good; a caller that needs certainty about a position has to
check further.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Postfix, Prefix

from fwanalysis.domain.text import Span

_WORDS = re.compile(r"\w+|[^\w\s]|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*|[.!?\n]+")
_LARGEST = 100_000_000
"""How many pairs of words are compared in one range (10 million take about 15 ms); a larger one is not aligned."""
_LARGEST_IN_ALL = 400_000_000


class Block(NamedTuple):
    """A shared passage: ``old[old_start:][:length] == new[new_start:][:length]``."""

    old_start: int
    new_start: int
    length: int


class Gap(NamedTuple):
    """Ranges of the old and the new text between shared passages; may be empty."""

    old: Span
    new: Span


@dataclass
class _Texts:
    old: str
    new: str
    compared: int = 0
    blocks: list[Block] = field(default_factory=list)


class Alignment:
    """The passages that two texts share, in order."""

    def __init__(self, blocks: Sequence[Block], old_length: int, new_length: int) -> None:
        self.blocks = blocks
        self._starts = [block.old_start for block in blocks]
        self._old_length = old_length
        self._new_length = new_length

    def exactly(self, position: int) -> int | None:
        """Return the new position of a character of the old text.

        None if the character at *position* is not in a shared passage.
        """
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        inside = position - block.old_start
        return block.new_start + inside if inside < block.length else None

    def gap(self, position: int) -> Gap:
        """Return the gap beside the boundary before *position* of the old text.

        Both ranges are empty if the boundary is inside a shared passage.
        """
        at = bisect_left(self._starts, position) - 1
        old_from = new_from = 0
        if at >= 0:
            block = self.blocks[at]
            old_from, new_from = block.old_start + block.length, block.new_start + block.length
            if position < old_from:
                inside = block.new_start + position - block.old_start
                return Gap(Span(position, position), Span(inside, inside))
        old_to, new_to = self._old_length, self._new_length
        if at + 1 < len(self.blocks):
            old_to, new_to = self.blocks[at + 1][:2]
        return Gap(Span(old_from, old_to), Span(new_from, new_to))

    def about(self, position: int) -> int:
        """Estimate the new position of any position in the old text.

        Between shared passages the position is interpolated linearly.
        """
        at = bisect_right(self._starts, position) - 1
        old_from = new_from = 0
        if at >= 0:
            block = self.blocks[at]
            if position < block.old_start + block.length:
                return block.new_start + position - block.old_start
            old_from, new_from = block.old_start + block.length, block.new_start + block.length
        old_to, new_to = self._old_length, self._new_length
        if at + 1 < len(self.blocks):
            old_to, new_to = self.blocks[at + 1][:2]
        if old_to <= old_from:
            return new_from
        return new_from + (position - old_from) * (new_to - new_from) // (old_to - old_from)


def align(old: str, new: str) -> Alignment:
    """Return the passages that both texts share in the same order."""
    texts = _Texts(old, new)
    _align(texts, (0, len(old)), (0, len(new)), [*map(_by_unique, (_LINES, _SENTENCES, _WORDS)), _by_words])
    return Alignment(_joined(texts.blocks), len(old), len(new))


_Range = tuple[int, int]
_Method = Callable[[_Texts, _Range, _Range], Iterator[Block]]


def _align(texts: _Texts, old: _Range, new: _Range, methods: Sequence[_Method]) -> None:
    """Add the blocks of two ranges.

    These are their common ends and, between those, what the first method finds, with the other methods applied to the
    gaps.
    """
    (a, b), (c, d) = old, new
    shortest = min(b - a, d - c)
    head = _common_start(texts.old, a, texts.new, c, shortest)
    tail = _common_end(texts.old, b, texts.new, d, shortest - head)
    if head:
        texts.blocks.append(Block(a, c, head))
    a, b, c, d = a + head, b - tail, c + head, d - tail
    if a < b and c < d and methods:
        for block in methods[0](texts, (a, b), (c, d)):
            _align(texts, (a, block.old_start), (c, block.new_start), methods[1:])
            texts.blocks.append(block)
            a, c = block.old_start + block.length, block.new_start + block.length
        _align(texts, (a, b), (c, d), methods[1:])
    if tail:
        texts.blocks.append(Block(b, d, tail))


def _by_unique(pattern: re.Pattern[str]) -> _Method:
    """Return a method that matches pieces that occur once in either range.

    It takes the longest increasing run of such pieces (patience diff).
    """

    def method(texts: _Texts, old: _Range, new: _Range) -> Iterator[Block]:
        there = _once(pattern, texts.new, new)
        pairs = [
            (start, there[piece], len(piece))
            for piece, start in _once(pattern, texts.old, old).items()
            if piece in there and not piece.isspace()
        ]
        pairs.sort()
        yield from (Block(*pair) for pair in _rising(pairs))

    return method


def _once(pattern: re.Pattern[str], text: str, within: _Range) -> dict[str, int]:
    """Return the pieces that occur once within a range, with their starts."""
    places: dict[str, int] = {}
    for found in pattern.finditer(text, *within):
        piece = found.group()
        places[piece] = -1 if piece in places else found.start()
    return {piece: start for piece, start in places.items() if start >= 0}


def _rising(pairs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the longest run of pairs whose second numbers increase.

    The pairs are ordered by their first numbers.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, there, _) in enumerate(pairs):
        at = bisect_left(tails, there)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [there]
        ends[at : at + 1] = [index]
    run = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _by_words(texts: _Texts, old: _Range, new: _Range) -> Iterator[Block]:
    """Find a longest common run of words, unless the ranges are too long."""
    ours = _WORDS.findall(texts.old, *old)
    theirs = _WORDS.findall(texts.new, *new)
    cost = len(ours) * len(theirs)
    if cost > _LARGEST or texts.compared + cost > _LARGEST_IN_ALL:
        return
    texts.compared += cost
    our_places = list(accumulate(map(len, ours), initial=old[0]))
    their_places = list(accumulate(map(len, theirs), initial=new[0]))
    for step in LCSseq.opcodes(ours, theirs):
        if step.tag == "equal":
            start, end = our_places[step.src_start], our_places[step.src_end]
            yield Block(start, their_places[step.dest_start], end - start)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Merge blocks that are adjacent in both texts."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and last.old_start + last.length == block.old_start and last.new_start + last.length == block.new_start:
            joined[-1] = last._replace(length=last.length + block.length)
        else:
            joined.append(block)
    return joined


def _common_start(old: str, a: int, new: str, c: int, longest: int) -> int:
    """Count the equal characters from ``a`` and ``c`` on, at most *longest*."""
    return Prefix.similarity(old[a : a + longest], new[c : c + longest])


def _common_end(old: str, b: int, new: str, d: int, longest: int) -> int:
    """Count the equal characters up to ``b`` and ``d``, at most *longest*."""
    return Postfix.similarity(old[b - longest : b], new[d - longest : d])


def shared_around(old: str, ours: tuple[int, int], new: str, theirs: tuple[int, int], reach: int) -> tuple[int, int]:
    """Count the equal characters before and after a span in both texts.

    Each count is at most *reach*.
    """
    before = _common_end(old, ours[0], new, theirs[0], min(reach, ours[0], theirs[0]))
    after = _common_start(old, ours[1], new, theirs[1], min(reach, len(old) - ours[1], len(new) - theirs[1]))
    return before, after
