"""Where the caret goes: movements over a laid-out text, and the spans that one key or click selects.

A movement takes a layout and a position and gives a position: an end of the text when there is nothing further. It
looks at the turn around the caret, never at the whole text. Knows no key and no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fwanalysis.domain.text import WORD, Span, lines, sentences
from fwanalysis.tui.transcript.layout import Block, Layout

Motion = Callable[[Layout, int], int]
"""From a position to a position."""

Starts = Callable[[str, Block], Iterable[int]]
"""The places in a block, in order, that a movement stops at."""


def right(layout: Layout, position: int) -> int:
    """Move one cluster forward; from a block's end to the next block."""
    line = layout.lines[layout.line_at(position)]
    if position >= layout.blocks[line.block].end:
        return layout.visible(position + 1)
    if line.simple:
        return position + 1
    return next(cluster.end for cluster in layout.clusters(line) if cluster.end > position)


def left(layout: Layout, position: int) -> int:
    """Move one cluster back; from a block's start to the end of the one before."""
    index = layout.block_at(position)
    if position > layout.blocks[index].start:
        return layout.visible(position - 1)
    return layout.blocks[index - 1].end if index else position


def forward(starts: Starts) -> Motion:
    """Return the movement to the next of *starts*."""

    def move(layout: Layout, position: int) -> int:
        for index in range(layout.block_at(position), len(layout.blocks)):
            for start in starts(layout.text, layout.blocks[index]):
                if start > position and layout.visible(start) == start:
                    return start
        return layout.blocks[-1].end

    return move


def back(starts: Starts) -> Motion:
    """Return the movement to the previous of *starts*."""

    def move(layout: Layout, position: int) -> int:
        for index in range(layout.block_at(position), -1, -1):
            before = [start for start in starts(layout.text, layout.blocks[index]) if start < position]
            for start in reversed(before):
                if layout.visible(start) == start:
                    return start
        return layout.blocks[0].start

    return move


def _words(text: str, block: Block) -> Iterable[int]:
    return (word.start() for word in WORD.finditer(text, block.start, block.end))


def _sentences(text: str, block: Block) -> Iterable[int]:
    return (sentence.start for sentence in sentences(text, block.span))


def _paragraphs(text: str, block: Block) -> Iterable[int]:
    return (line.start for line in lines(text, block.span) if line)


def _turns(text: str, block: Block) -> Iterable[int]:
    return (block.start,)


MOTIONS: dict[str, Motion] = {
    "left": left,
    "right": right,
    "word_left": back(_words),
    "word_right": forward(_words),
    "sentence_back": back(_sentences),
    "sentence_forward": forward(_sentences),
    "paragraph_back": back(_paragraphs),
    "paragraph_forward": forward(_paragraphs),
    "turn_back": back(_turns),
    "turn_forward": forward(_turns),
    "line_start": lambda layout, position: layout.lines[layout.line_at(position)].start,
    "line_end": lambda layout, position: layout.last(layout.line_at(position)),
    "text_start": lambda layout, position: layout.blocks[0].start,
    "text_end": lambda layout, position: layout.blocks[-1].end,
}
"""Every movement that needs no memory, by name."""


def vertical(layout: Layout, position: int, steps: int, column: int) -> int:
    """*steps* visual lines down (up, if negative), to the cell *column*.

    It goes as far as there are lines, and never onto an empty line between blocks.
    """
    target = min(max(layout.line_at(position) + steps, 0), len(layout.lines) - 1)
    while 0 <= target < len(layout.lines):
        place = layout.position_at(target, column)
        if layout.lines[target].block >= 0 and layout.line_at(place) == target:
            return place
        target += 1 if steps > 0 else -1
    return position


def word_at(layout: Layout, position: int) -> Span:
    """Return the word at *position*, or the one cluster there."""
    block = layout.blocks[layout.block_at(position)]
    for word in WORD.finditer(layout.text, block.start, block.end):
        if word.start() <= position < word.end():
            return Span(*word.span())
    return Span(position, max(position, min(right(layout, position), block.end)))


def sentence_at(layout: Layout, position: int) -> Span:
    """Return the sentence at or behind *position*, after all of them the block's last; empty if there is none."""
    found = Span(position, position)
    for sentence in sentences(layout.text, layout.blocks[layout.block_at(position)].span):
        found = sentence
        if sentence.end > position:
            break
    return found


def with_next_sentence(layout: Layout, span: Span) -> Span:
    """*span* drawn out to the end of the sentence that it ends within or before; its start stays as it is."""
    for index in range(layout.block_at(span.end), len(layout.blocks)):
        for sentence in sentences(layout.text, layout.blocks[index].span):
            if sentence.end > span.end:
                return Span(span.start, sentence.end)
    return span


def paragraph_at(layout: Layout, position: int) -> Span:
    """Return the span of the line of text (between newlines) at *position*, without space around it."""
    block = layout.blocks[layout.block_at(position)]
    start = layout.text.rfind("\n", block.start, position) + 1 or block.start
    end = layout.text.find("\n", position, block.end)
    return Span(start, block.end if end < 0 else end).trimmed(layout.text)


def turn_at(layout: Layout, position: int) -> Span:
    """Return the span of the turn at *position*, without space around it."""
    return layout.blocks[layout.block_at(position)].span.trimmed(layout.text)


def between(layout: Layout, one: int, other: int) -> Span | None:
    """What is selected from one place to another, in either order.

    Exactly that, but for hidden text at its ends; None if no words are left.
    """
    start, end = min(one, other), max(one, other)
    last, first = layout.block_at(end), layout.block_at(start)
    if end <= layout.blocks[last].start and last:
        end = layout.blocks[last - 1].end
    if start >= layout.blocks[first].end and first + 1 < len(layout.blocks):
        start = layout.blocks[first + 1].start
    return Span(start, end) if start < end else None
