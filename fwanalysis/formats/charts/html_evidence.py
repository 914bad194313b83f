"""The passages of a chart, each once, with the codings that it carries and the cells that it is evidence for.

A passage that is coded with three codes, or that counts for a person and for a site, is in several cells. The report
shows it with its context in one place, and the cells refer to it by number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.chart_document import ChartDocument, DocumentQuote

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class PassageCoding:
    """A coding of a passage.

    Attributes:
        number: Its number in the report, from 0.
        code: Path of the code.
        stance: ``for``, ``against`` or ``mixed``.
        note: The coder's note; may be empty.
        coder: Name of the coder.
    """

    number: int
    code: str
    stance: str
    note: str
    coder: str


@dataclass(slots=True)
class Passage:
    """A passage with its context, its codings and its cells.

    Attributes:
        number: Its number in the report, from 0.
        reference: Its reference, such as ``(P07:12)``.
        quote: The words of the passage.
        before: The text before it in its turn.
        after: The text after it in its turn.
        source: Name of the source.
        speaker: Label of the speaker; may be empty.
        codings: Its codings by id, in the order in which the cells name them.
        cells: Row and column of each cell that it is evidence for.
    """

    number: int
    reference: str
    quote: str
    before: str
    after: str
    source: str
    speaker: str
    codings: dict[str, PassageCoding] = field(default_factory=dict)
    cells: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class CellPassage:
    """A passage as the evidence of one cell: with those of its codings that belong to the cell."""

    passage: Passage
    codings: list[PassageCoding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChartEvidence:
    """The evidence of a whole chart.

    Attributes:
        passages: Every passage once, in the order of the cells.
        cells: For each row and column, its passages in text order.
    """

    passages: tuple[Passage, ...]
    cells: tuple[tuple[tuple[CellPassage, ...], ...], ...]

    def by_source(self) -> list[tuple[str, list[Passage]]]:
        """Return the passages of each source, sources by name and passages by the numbers in their references."""
        sources: dict[str, list[Passage]] = {}
        for passage in self.passages:
            sources.setdefault(passage.source, []).append(passage)
        return [(source, sorted(sources[source], key=_place)) for source in sorted(sources, key=_natural)]


def gather_evidence(document: ChartDocument) -> ChartEvidence:
    """Return the passages of all cells of a chart.

    Two codings are of one passage if they have the same source, reference, words and context.
    """
    passages: dict[tuple[str, ...], Passage] = {}
    numbers: dict[str, int] = {}

    def passage_of(quote: DocumentQuote) -> Passage:
        key = (quote.source, quote.reference, quote.quote, quote.before, quote.after)
        if key not in passages:
            passages[key] = Passage(
                number=len(passages),
                reference=quote.reference,
                quote=quote.quote,
                before=quote.before,
                after=quote.after,
                source=quote.source,
                speaker=quote.speaker,
            )
        return passages[key]

    def cell_passages(quotes: Iterable[DocumentQuote], place: tuple[int, int]) -> tuple[CellPassage, ...]:
        found: dict[int, CellPassage] = {}
        for quote in quotes:
            passage = passage_of(quote)
            if passage.number not in found:
                found[passage.number] = CellPassage(passage)
                passage.cells.append(place)
            if quote.coding_id not in passage.codings:
                number = numbers.setdefault(quote.coding_id, len(numbers))
                coding = PassageCoding(number, quote.code, quote.stance, quote.note, quote.coder)
                passage.codings[quote.coding_id] = coding
            found[passage.number].codings.append(passage.codings[quote.coding_id])
        return tuple(found.values())

    cells = tuple(
        tuple(cell_passages(cell.quotes, (row, column)) for column, cell in enumerate(cells))
        for row, cells in enumerate(document.cells)
    )
    return ChartEvidence(tuple(passages.values()), cells)


def _place(passage: Passage) -> tuple[list[int], int]:
    return [int(number) for number in _NUMBERS.findall(passage.reference.rpartition(":")[2])], passage.number


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key that puts P2 before P10."""
    parts = _NUMBERS.split(name.casefold())
    return [(0, int(part), "") if index % 2 else (1, 0, part) for index, part in enumerate(parts)]
