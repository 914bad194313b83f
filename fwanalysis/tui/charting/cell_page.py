"""A cell in full as paragraphs of a page: its state, its summary with its parts apart, and its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellState
from fwanalysis.domain.summaries import parse_summary
from fwanalysis.domain.text import one_line
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.charting.cell_lines import Run
from fwanalysis.tui.charting.marks import DISAGREEMENT, OUT_OF_DATE, counted, state_mark
from fwanalysis.tui.charting.page import Block, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.matrix import MatrixCell, Quoted
    from fwanalysis.domain.summary_references import SummaryReference


def cell_blocks(cell: MatrixCell, *, most: int | None = None) -> Iterator[Block]:
    """Yield the paragraphs of a cell: what is out of date, its summary, then its passages.

    Args:
        cell: The cell.
        most: The most passages; all by default.
    """
    yield from _notes(cell)
    yield from summary_blocks(cell)
    yield from passage_blocks(cell, most=most)


def _notes(cell: MatrixCell) -> Iterator[Block]:
    mark = state_mark(cell)
    runs = [Run(f"{mark.glyph} {mark.name}", "mark")]
    if cell.cell is not None and cell.cell.state is CellState.NOT_APPLICABLE:
        runs.append(Run(f": {cell.summary}", ""))
    if cell.cell is not None and cell.cell.affirmation:
        runs.append(Run(f"; affirmed: {cell.cell.affirmation}", "dim"))
    yield Block(tuple(runs))
    if cell.stale:
        why = ", ".join(map(str, cell.stale))
        yield Block((Run(f"{OUT_OF_DATE.glyph} {OUT_OF_DATE.name}", "stale"), Run(f": {why}", "")))
    if cell.cell is not None and cell.cell.disagreement:
        yield Block(
            (Run(f"{DISAGREEMENT.glyph} words and figures disagree: ", "warning"), Run(cell.cell.disagreement, ""))
        )
    if cell.unanchored:
        codings = counted(cell.unanchored, "unanchored coding")
        yield Block((Run(f"? {codings} (F8 in the Code view lists them)", "warning"),))


def summary_blocks(cell: MatrixCell) -> Iterator[Block]:
    """Yield the paragraphs of a summary, with its verbatim words, references and comments apart."""
    if cell.cell is None or not cell.cell.state.has_summary:
        return
    summary = parse_summary(cell.summary)
    looks = [""] * len(cell.summary)
    for quotation in summary.quotations:
        looks[quotation.span.start : quotation.span.end] = ["quotation"] * len(quotation.span)
    for reference in summary.references:
        look = "contradicts" if reference.contradicts else "reference"
        looks[reference.span.start : reference.span.end] = [look] * len(reference.span)
    for comment in summary.comments:
        looks[comment.span.start : comment.span.end] = ["comment"] * len(comment.span)
    start = 0
    for paragraph in cell.summary.split("\n"):
        end = start + len(paragraph)
        cited = next((item for item in summary.references if start <= item.span.start < end), None)
        yield Block(tuple(_runs(cell.summary, looks, start, end)), _target(cell.quotes, cited))
        start = end + 1


def _runs(text: str, looks: Sequence[str], start: int, end: int) -> Iterator[Run]:
    first = start
    for at in range(start, end + 1):
        if at == end or looks[at] != looks[first]:
            if at > first:
                yield Run(text[first:at], looks[first])
            first = at


def _target(quotes: Sequence[Quoted], reference: SummaryReference | None) -> Target | None:
    """Return where a reference leads to: the first passage of the cell that it names or overlaps."""
    if reference is None:
        return None
    for quoted in quotes:
        for other in parse_summary(quoted.reference).references:
            if other.name == reference.name and other.first <= reference.last and other.last >= reference.first:
                return Target(place=Place(quoted.passage.source_id, quoted.passage.start))
    return None


def passage_blocks(cell: MatrixCell, *, most: int | None = None) -> Iterator[Block]:
    """Yield the passages of a cell, each a place to go to; the same words with several codes are there once."""
    passages: dict[tuple[str, int, int], Quoted] = {}
    for quoted in cell.quotes:
        passages.setdefault(quoted.passage.segment, quoted)
    shown = list(passages.values())
    if not shown:
        return
    stances = f", {cell.stances}" if cell.stances.speaks_against else ""
    yield Block((Run(f"Evidence: {counted(len(shown), 'segment')}{stances}", "dim"),))
    for quoted in shown[:most]:
        passage = quoted.passage
        runs = [Run(f"{quoted.reference} ", "reference"), Run(f"“{one_line(passage.quote)}”", "evidence")]
        said = f"{passage.stance}: {passage.note}" if passage.note else passage.stance
        if said != "for":
            runs.append(Run(f" [{said}]", "warning"))
        yield Block(tuple(runs), Target(place=Place(passage.source_id, passage.start)), indent=1)
    if most is not None and len(shown) > most:
        yield Block((Run(f"and {len(shown) - most} more", "dim"),), indent=1)
