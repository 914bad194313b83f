"""A transcript with its coded segments, and where in its text each segment begins and ends.

All positions are code points of the text of one revision. How segments are marked is decided by the writers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.sources import TurnKind
    from fwanalysis.domain.text import Span


@dataclass(frozen=True, slots=True)
class TranscriptPart:
    """A turn; in a source without turns, a line.

    Attributes:
        span: Where its words are, without the label.
        kind: Kind of the turn; None for a line.
        number: Number among the turns of speech, or of the line in the text, from 1; 0 for a preamble and excluded
            text.
        label: Label of the speaker; None if the text has none.
        time: Start time in seconds; None if the file states none.
    """

    span: Span
    kind: TurnKind | None
    number: int
    label: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentCoding:
    """A coding of a segment; *code_id* is that of a code of the legend."""

    id: str
    code_id: str
    code: str
    path: str
    kind: str
    stance: str
    note: str
    coder: str


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """A coded span of the text with its codings.

    Attributes:
        number: Its number in the text, from 1: a segment that begins earlier, or ends later, has a lower number.
        reference: Its turns or lines, such as ``(P07:12–14)``; empty if it has none with a number.
        quote: Its words.
    """

    number: int
    span: Span
    reference: str
    quote: str
    codings: tuple[SegmentCoding, ...]


@dataclass(frozen=True, slots=True)
class LegendCode:
    """A code in the legend, with the numbers of the segments that are coded with it."""

    id: str
    name: str
    path: str
    kind: str
    definition: str
    include: str
    exclude: str
    counts_against: str
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """The current transcript of a source with its codes.

    Attributes:
        source: Name of the source.
        about: Facts about the export, as names and texts: project, date, revision, codebook version, filters.
        parts: The turns or lines in text order, disjoint.
        segments: In the order of their numbers, each with another span.
        legend: The codes of the segments, in the order of the codebook.
        unanchored: Number of codings of the same filters that have no position in the text.
    """

    source: str
    about: tuple[tuple[str, str], ...]
    text: str
    parts: tuple[TranscriptPart, ...]
    segments: tuple[CodedSegment, ...]
    legend: tuple[LegendCode, ...]
    unanchored: int

    @property
    def codings(self) -> int:
        """Number of codings of all segments."""
        return sum(len(segment.codings) for segment in self.segments)

    @property
    def unanchored_note(self) -> str:
        """A sentence about the codings that are not shown; empty if all are."""
        if not self.unanchored:
            return ""
        counted = "1 coding has" if self.unanchored == 1 else f"{self.unanchored} codings have"
        shown = "is" if self.unanchored == 1 else "are"
        return f"{counted} no position in this revision and {shown} not shown (fwa source unanchored lists them)."

    def marked(self) -> tuple[MarkedPart, ...]:
        """Return the parts with their words and marks."""
        spans = [part.span for part in self.parts]
        return tuple(map(MarkedPart, self.parts, mark_segments(self.text, spans, self.segments)))

    def outside(self) -> tuple[CodedSegment, ...]:
        """Return the segments that overlap the words of no part, such as those in a speaker label."""
        spans = [part.span for part in self.parts]
        return tuple(segment for segment in self.segments if not _overlapped(spans, segment.span))


class MarkKind(StrEnum):
    """What a mark says about its segment.

    A segment that goes over several parts is interrupted at the end of a part and resumed in the next.
    """

    BEGINS = "begins"
    ENDS = "ends"
    INTERRUPTED = "continues in the next turn"
    RESUMED = "continues"

    @property
    def is_opening(self) -> bool:
        """Whether the words of the segment are after the mark."""
        return self in (MarkKind.BEGINS, MarkKind.RESUMED)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a segment begins, ends, or is interrupted by the end of a part."""

    kind: MarkKind
    segment: CodedSegment


@dataclass(frozen=True, slots=True)
class Words:
    """Text between two marks, never empty; *depth* is the number of segments that it belongs to."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part with its words and marks in the order of the text."""

    part: TranscriptPart
    pieces: tuple[Words | Mark, ...]

    @property
    def beginning(self) -> tuple[CodedSegment, ...]:
        """The segments that begin in this part, in the order of their numbers."""
        marks = (piece for piece in self.pieces if isinstance(piece, Mark))
        return tuple(mark.segment for mark in marks if mark.kind is MarkKind.BEGINS)


def numbered_segments(found: Iterable[tuple[Span, str, str, SegmentCoding]]) -> tuple[CodedSegment, ...]:
    """Return codings as segments: those with the same span are one segment.

    Args:
        found: Span, reference, words and coding, in any order; the order of codings of one span is kept.
    """
    gathered: dict[Span, list[tuple[str, str, SegmentCoding]]] = {}
    for span, reference, quote, coding in found:
        gathered.setdefault(span, []).append((reference, quote, coding))
    return tuple(
        CodedSegment(number, span, *gathered[span][0][:2], tuple(coding for _, _, coding in gathered[span]))
        for number, span in enumerate(sorted(gathered, key=lambda span: (span.start, -span.end)), 1)
    )


def mark_segments(
    text: str, spans: Sequence[Span], segments: Iterable[CodedSegment]
) -> tuple[tuple[Words | Mark, ...], ...]:
    """Divide the words of each part at the beginnings and ends of segments.

    Args:
        text: The whole text.
        spans: The words of each part, in text order, disjoint.
        segments: The segments in the order of their numbers; they may overlap and go over several parts.

    Returns:
        Words and marks for each part. The words alone are the text of the part. At one position the marks of segments
        that end come first, the one that began last before the others; then those that begin, in order.
    """
    opening: list[list[tuple[int, Mark]]] = [[] for _ in spans]
    closing: list[list[tuple[int, Mark]]] = [[] for _ in spans]
    for segment in segments:
        over = _overlapped(spans, segment.span)
        for at in over:
            first, last = at == over[0], at == over[-1]
            begin, end = max(segment.span.start, spans[at].start), min(segment.span.end, spans[at].end)
            opening[at].append((begin, Mark(MarkKind.BEGINS if first else MarkKind.RESUMED, segment)))
            closing[at].append((end, Mark(MarkKind.ENDS if last else MarkKind.INTERRUPTED, segment)))
    return tuple(
        _divided(text, span, [*reversed(ends), *begins])
        for span, begins, ends in zip(spans, opening, closing, strict=True)
    )


def _overlapped(spans: Sequence[Span], segment: Span) -> list[int]:
    """Return the indices of the parts of which a segment has at least one code point."""
    first = bisect_right(spans, segment.start, key=lambda span: span.end)
    last = bisect_left(spans, segment.end, key=lambda span: span.start)
    return [at for at in range(first, last) if spans[at].shared(segment)]


def _divided(text: str, span: Span, marks: Iterable[tuple[int, Mark]]) -> tuple[Words | Mark, ...]:
    pieces: list[Words | Mark] = []
    at, depth = span.start, 0
    for position, mark in sorted(marks, key=lambda placed: placed[0]):
        if position > at:
            pieces.append(Words(text[at:position], depth))
            at = position
        depth += 1 if mark.kind.is_opening else -1
        pieces.append(mark)
    if span.end > at:
        pieces.append(Words(text[at : span.end], depth))
    return tuple(pieces)
