"""Wrapping: a transcript becomes blocks (its turns), and blocks become visual lines of a given width.

The slices of a block's visual lines concatenate to the block's text, whatever the width: spaces where a line breaks
belong to the line before, and are just not drawn beyond its width. The marks of speakers and the white space between
turns lie in no block. Positions are code points of the whole text, columns are cells. Knows no colour, no coding and
no screen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.sources import Role, Transcript, Turn, TurnKind
from fwanalysis.domain.text import Span, lines
from fwanalysis.tui.transcript.clusters import Cluster, clusters, is_simple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER_FIRST = frozenset("、。，．・：；！？）」』】》〉”’…ー々.,:;!?)]")
_NEVER_LAST = frozenset("「『（【《〈“‘([")
"""What must not begin, and what must not end, a line that breaks beside a wide character."""
_UNBREAKABLE = "\u00a0\u2007\u202f"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Tone(Enum):
    """How a block is drawn: as speech to analyse, as a question, or dimmed."""

    SPEECH = auto()
    QUESTION = auto()
    EXCLUDED = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Code points ``[start, end)`` that are laid out by itself: a turn's words, or a line of a text without turns.

    ``number`` is the turn's (0 for none), ``label`` who speaks (else when); ``spaced`` asks for an empty line above.
    """

    start: int
    end: int
    number: int
    label: str
    tone: Tone
    spaced: bool

    @property
    def span(self) -> Span:
        """Where its words are."""
        return Span(self.start, self.end)


class VisualLine(NamedTuple):
    """Code points ``[start, end)`` on one line of the screen.

    ``block`` is the block's index, -1 for the empty line between two blocks; ``first`` marks a block's first line,
    ``simple`` one whose columns are its code points.
    """

    start: int
    end: int
    block: int
    first: bool
    simple: bool


EMPTY: tuple[Block, ...] = (Block(0, 0, 0, "", Tone.SPEECH, False),)
"""What is laid out where there is nothing."""


def blocks_of(transcript: Transcript) -> tuple[Block, ...]:
    """The turns in order, and, where no turn covers the text, its lines; one empty block if there is nothing at all."""
    blocks: list[Block] = []
    covered = 0
    for turn in transcript.turns:
        blocks += _paragraphs(transcript.text, covered, max(covered, turn.label_start))
        blocks.append(_turn_block(transcript, turn, spaced=bool(blocks)))
        covered = turn.end
    blocks += _paragraphs(transcript.text, covered, len(transcript.text))
    return tuple(blocks) or EMPTY


def _turn_block(transcript: Transcript, turn: Turn, *, spaced: bool) -> Block:
    speaker = transcript.speaker_of(turn)
    if turn.kind is not TurnKind.SPEECH:
        tone = Tone.EXCLUDED
    else:
        tone = Tone.QUESTION if speaker and speaker.role is Role.INTERVIEWER else Tone.SPEECH
    label = speaker.label if speaker else "" if turn.time is None else clock(turn.time)
    return Block(turn.start, turn.end, turn.number, label, tone, spaced)


def clock(seconds: float) -> str:
    """A time in seconds as people write it: 7:05, or 1:02:33 from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    # A text that has empty lines shows them where they are; in one that has none each newline ends a paragraph.
    sparse = not _BLANK_LINE.search(text, start, end)
    above = 0
    for line in lines(text, Span(start, end)):
        if not text[line.start : line.end].strip():
            continue
        spaced = above > 0 and (sparse or text.count("\n", above, line.start) > 1)
        yield Block(line.start, line.end, 0, "", Tone.SPEECH, spaced or (above == 0 < start))
        above = line.end


class Layout:
    """A text wrapped at ``width`` cells: the place of each code point, and the code point at each place."""

    __slots__ = ("_starts", "blocks", "lines", "text", "width")

    def __init__(self, text: str, blocks: tuple[Block, ...], width: int) -> None:
        self.text = text
        self.blocks = blocks
        self.width = max(1, width)
        self.lines: list[VisualLine] = []
        for index, block in enumerate(blocks):
            if block.spaced:
                self.lines.append(VisualLine(block.start, block.start, -1, False, True))
            first = True
            for start, end, simple in _wrap(text, block.start, block.end, self.width):
                self.lines.append(VisualLine(start, end, index, first, simple))
                first = False
        self._starts = [line.start for line in self.lines]

    def line_at(self, position: int) -> int:
        """Return the index of the visual line of *position*; in hidden text, the last line before it."""
        return max(0, bisect_right(self._starts, position) - 1)

    def block_at(self, position: int) -> int:
        """Return the index of the block of *position*; in hidden text, of the last one before it."""
        return self.lines[self.line_at(position)].block

    def visible(self, position: int) -> int:
        """The caret's place for any position: itself, the start of the cluster it is in, or past hidden text."""
        line = self.lines[self.line_at(position)]
        block = self.blocks[line.block]
        if position < block.start:
            return block.start
        if position > block.end:
            return self.blocks[line.block + 1].start if line.block + 1 < len(self.blocks) else block.end
        if line.simple or position >= line.end:
            return position
        return max(cluster.start for cluster in self.clusters(line) if cluster.start <= position)

    def clusters(self, line: VisualLine) -> list[Cluster]:
        """The clusters of a visual line, its newline among them."""
        return clusters(self.text, line.start, line.end)

    def column_at(self, position: int) -> int:
        """Return the cell (from 0) of *position* in its visual line; beyond the width for spaces behind a break."""
        line = self.lines[self.line_at(position)]
        position = min(position, line.end)
        if line.simple:
            return position - line.start
        return sum(cluster.cells for cluster in self.clusters(line) if cluster.end <= position)

    def position_at(self, index: int, column: int) -> int:
        """The caret's place at a cell of the visual line *index*; beside the text, the nearest."""
        line = self.lines[index]
        column = max(0, column)
        if line.simple:
            return min(line.start + column, self.last(index))
        edge = 0
        for cluster in self.clusters(line):
            edge += cluster.cells
            if column < edge:
                return cluster.start
        return self.last(index)

    def last(self, index: int) -> int:
        """The last place for the caret on the visual line *index*: the block's end, or before the break."""
        line = self.lines[index]
        if index + 1 == len(self.lines) or self.lines[index + 1].block != line.block:
            return line.end
        return line.end - 1 if line.simple else self.clusters(line)[-1].start


def _wrap(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int, bool]]:
    while True:
        newline = text.find("\n", start, end)
        stop = end if newline < 0 else newline
        simple = is_simple(text, start, stop)
        breaks = simple_breaks(text, start, stop, width) if simple else wide_breaks(text, start, stop, width)
        for cut in breaks:
            yield start, cut, simple
            start = cut
        if newline < 0:
            yield start, end, simple
            return
        yield start, newline + 1, simple
        start = newline + 1


def simple_breaks(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Where lines of at most *width* cells break in simple text without newline: after spaces, else within a word."""
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1) + 1
        if not cut:
            cut = start + width
        while cut < end and text[cut] == " ":
            cut += 1
        if cut == end:
            return
        yield cut
        start = cut


def wide_breaks(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Where lines of at most *width* cells break in any text without newline: as in simple text, and beside wide
    characters, save where punctuation would be torn off."""
    used = since = 0  # cells of the line so far, and of it those since the last chance to break
    chance: int | None = None
    before: Cluster | None = None
    for cluster in clusters(text, start, end):
        is_space = _is_space(text, cluster)
        if before and not is_space and _may_break(text, before, cluster):
            chance, since = cluster.start, 0
        while not is_space and used and used + cluster.cells > width:
            if chance is None:
                chance, since = cluster.start, 0
            yield chance
            used, chance = since, None
        used += cluster.cells
        since += cluster.cells
        before = cluster


def _is_space(text: str, cluster: Cluster) -> bool:
    characters = text[cluster.start : cluster.end]
    return characters.isspace() and characters not in _UNBREAKABLE


def _may_break(text: str, before: Cluster, after: Cluster) -> bool:
    if _is_space(text, before):
        return True
    wide = max(before.cells, after.cells) > 1
    return wide and text[after.start] not in _NEVER_FIRST and text[before.start] not in _NEVER_LAST
