"""The text of a summary in its four kinds of writing, with the passage that each reference leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.summaries import parse_summary
from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fwanalysis.domain.summaries import Summary
    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.formats.charts.html_evidence import Passage

PROSE, VERBATIM, REFERENCE, COMMENT = "prose", "verbatim", "reference", "comment"

_MARKS = "*!"
_MAXIMUM_RANGE = 1000
"""Of a reference to more turns than this, the first are looked up, so that a wrong number cannot take the time."""


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """A piece of a list of references.

    Attributes:
        text: The text as it was written.
        passage: Number of the passage that it leads to; None for what is between references, and if there is none.
        contradicts: Whether it is marked as contradicting the theme.
    """

    text: str
    passage: int | None = None
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A run of one kind of writing.

    Attributes:
        kind: ``prose``, ``verbatim``, ``reference`` or ``comment``.
        text: The text as it was written.
        marks: For references: ``*`` for quotable and ``!`` for contradicting the theme, as they are in front.
        items: For references: what follows the marks, in pieces.
    """

    kind: str
    text: str
    marks: str = ""
    items: tuple[ReferenceItem, ...] = ()


class ReferenceIndex:
    """The passages of a chart by the turns or lines that references name."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Index the passages.

        Args:
            passages: All passages of the chart.
        """
        self._numbers: dict[tuple[str, bool, int], list[int]] = {}
        self._in_sources: dict[tuple[str, bool, int], list[int]] = {}
        for passage in passages:
            for reference in parse_summary(passage.reference, lambda name: True).references:
                for place, in_source in zip(
                    _places(reference.name, reference), _places_in_source(reference), strict=True
                ):
                    self._numbers.setdefault(place, []).append(passage.number)
                    self._in_sources.setdefault(in_source, []).append(passage.number)
        self._names = {name for name, _, _ in (*self._numbers, *self._in_sources)}

    def is_known(self, name: str) -> bool:
        """Return whether a passage has a reference of this name."""
        return name.casefold() in self._names

    def find(self, reference: SummaryReference, preferred: frozenset[int]) -> int | None:
        """Return the number of the passage that a reference leads to, or None.

        Args:
            reference: The reference.
            preferred: The passages of the cell, which are taken before others of the same turn.

        Notes:
            The same turn of a focus group is ``(P04/FG1:3)`` for its member and ``(FG1:3)`` for the group. If the chart
            has no passage of the one name, the other is looked up.
        """
        found = [number for place in _places(reference.name, reference) for number in self._numbers.get(place, ())]
        found = found or [
            number for place in _places_in_source(reference) for number in self._in_sources.get(place, ())
        ]
        return next((number for number in found if number in preferred), found[0] if found else None)


def summary_paragraphs(
    text: str, index: ReferenceIndex, preferred: frozenset[int] = frozenset()
) -> list[list[SummaryPart]]:
    """Return the paragraphs of a summary, each as a list of parts. A line is a paragraph; empty lines are left out.

    Args:
        text: The summary.
        index: The passages of the chart.
        preferred: Numbers of the passages of the cell.
    """
    paragraphs: list[list[SummaryPart]] = [[]]
    for part in _parts(parse_summary(text, index.is_known), index, preferred):
        if part.kind != PROSE:
            paragraphs[-1].append(part)
            continue
        for number, line in enumerate(part.text.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(SummaryPart(PROSE, line))
    return [paragraph for paragraph in paragraphs if any(part.text.strip() for part in paragraph)]


def _parts(summary: Summary, index: ReferenceIndex, preferred: frozenset[int]) -> Iterator[SummaryPart]:
    """Yield all parts of a text in their order, without a gap."""
    end = 0
    for span, kind in _runs(summary):
        if span.start > end:
            yield SummaryPart(PROSE, summary.text[end : span.start])
        end = span.end
        if kind == REFERENCE:
            yield _reference_part(summary, span, index, preferred)
        else:
            yield SummaryPart(kind, span.of(summary.text))
    if end < len(summary.text):
        yield SummaryPart(PROSE, summary.text[end:])


def _runs(summary: Summary) -> list[tuple[Span, str]]:
    """Return where there is something else than prose. A comment within a quotation divides it."""
    inner = [(comment.span, COMMENT) for comment in summary.comments]
    for parenthesis in dict.fromkeys(reference.parenthesis for reference in summary.references):
        before = summary.text[: parenthesis.start]
        inner.append((Span(len(before.rstrip(_MARKS)), parenthesis.end), REFERENCE))
    inner.sort(key=_start)
    outer = [
        (piece, VERBATIM)
        for quotation in summary.quotations
        for piece in _without(quotation.span, [span for span, _ in inner if span.overlaps(quotation.span)])
    ]
    return sorted([*inner, *outer], key=_start)


def _start(run: tuple[Span, str]) -> int:
    return run[0].start


def _without(span: Span, inner: Sequence[Span]) -> Iterator[Span]:
    start = span.start
    for part in inner:
        if part.start > start:
            yield Span(start, part.start)
        start = max(start, part.end)
    if span.end > start:
        yield Span(start, span.end)


def _reference_part(summary: Summary, span: Span, index: ReferenceIndex, preferred: frozenset[int]) -> SummaryPart:
    text = span.of(summary.text)
    marks = text[: len(text) - len(text.lstrip(_MARKS))]
    items = []
    end = span.start + len(marks)
    for reference in summary.references:
        if not span.covers(reference.span):
            continue
        if reference.span.start > end:
            items.append(ReferenceItem(summary.text[end : reference.span.start]))
        passage = index.find(reference, preferred)
        items.append(ReferenceItem(reference.span.of(summary.text), passage, reference.contradicts))
        end = reference.span.end
    items.append(ReferenceItem(summary.text[end : span.end]))
    return SummaryPart(REFERENCE, text, marks, tuple(items))


def _places(name: str, reference: SummaryReference) -> Iterator[tuple[str, bool, int]]:
    last = min(reference.last, reference.first + _MAXIMUM_RANGE)
    for number in range(reference.first, last + 1):
        yield name.casefold(), reference.is_line, number


def _places_in_source(reference: SummaryReference) -> Iterator[tuple[str, bool, int]]:
    return _places(reference.name.rpartition("/")[2], reference)
