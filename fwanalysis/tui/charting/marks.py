"""The marks of cells, which need no colour, what they mean, and a cell in words. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from fwanalysis.domain.matrix import CellState
from fwanalysis.domain.summaries import parse_summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.matrix import MatrixCell


class Mark(NamedTuple):
    """A mark of a cell.

    Attributes:
        glyph: What is shown, the same on every terminal.
        name: The mark in a word or two, for the line of marks.
        meaning: What it says of a cell.
    """

    glyph: str
    name: str
    meaning: str


NO_EVIDENCE = Mark("–", "no evidence", "nothing is coded here")
NO_TEXT = Mark("·", "no text", "the case speaks in no text, so it could not have said anything")
NOT_CHARTED = Mark("○", "not charted", "there is evidence, but no summary yet")
DRAFT = Mark("✎", "draft", "a summary that has not been checked")
CHECKED = Mark("✓", "checked", "a summary that has been checked")
NOTHING_SAID = Mark("∅", "nothing said", "charted: the case said nothing on this")
NOT_APPLICABLE = Mark("n/a", "not applicable", "charted: this does not apply to the case, with the reason")
OUT_OF_DATE = Mark("!", "out of date", "what the summary is based on has changed since it was saved")
CONTRADICTION = Mark(
    "±", "contradiction", "passages that speak against the code, with their number, or !( ) in the summary"
)
DISAGREEMENT = Mark("≠", "disagreement", "what was said and the figures about the case disagree")
UNANCHORED = Mark("?", "unanchored", "codings that are not found in the corrected text, with their number")

LEGEND = (
    *(NOT_CHARTED, DRAFT, CHECKED, NOTHING_SAID, NOT_APPLICABLE, NO_EVIDENCE, NO_TEXT),
    *(OUT_OF_DATE, CONTRADICTION, DISAGREEMENT, UNANCHORED),
)
"""All marks, in the order of the legend."""

_WRITTEN: Mapping[CellState, Mark] = {
    CellState.DRAFT: DRAFT,
    CellState.CHECKED: CHECKED,
    CellState.NOTHING_SAID: NOTHING_SAID,
    CellState.NOT_APPLICABLE: NOT_APPLICABLE,
}


def state_mark(cell: MatrixCell) -> Mark:
    """Return the mark of a cell's state."""
    if cell.cell is not None:
        return _WRITTEN[cell.cell.state]
    if cell.quotes:
        return NOT_CHARTED
    return NO_EVIDENCE if cell.answerable else NO_TEXT


def is_contradicted(cell: MatrixCell) -> bool:
    """Return whether a passage of a cell speaks against its code, or its summary says so."""
    if cell.stances.speaks_against:
        return True
    if cell.cell is None or not cell.cell.state.has_summary or "!" not in cell.summary:
        return False
    return any(reference.contradicts for reference in parse_summary(cell.summary).references)


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number with what it counts: *1 segment*, *2 segments*."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def marks_of(cell: MatrixCell) -> tuple[Mark, ...]:
    """Return the marks of a cell: out of date, its state, then the others."""
    found = [OUT_OF_DATE] if cell.stale else []
    found.append(state_mark(cell))
    if is_contradicted(cell):
        found.append(CONTRADICTION)
    if cell.cell is not None and cell.cell.disagreement:
        found.append(DISAGREEMENT)
    if cell.unanchored:
        found.append(UNANCHORED)
    return tuple(found)


def in_words(cell: MatrixCell) -> str:
    """Return what the marks and the counts of a cell say: *draft, out of date: 1 coding added; 6 for, 2 against*."""
    state = state_mark(cell).name
    if cell.stale:
        state += f", out of date: {', '.join(map(str, cell.stale))}"
    parts = [state]
    if cell.segments:
        parts.append(counted(cell.segments, "segment"))
    if cell.stances.speaks_against:
        parts.append(str(cell.stances))
    elif is_contradicted(cell):
        parts.append("contradicted in the summary")
    if cell.cell is not None and cell.cell.disagreement:
        parts.append("words and figures disagree")
    if cell.unanchored:
        parts.append(counted(cell.unanchored, "unanchored coding"))
    return "; ".join(parts)


def legend_line() -> str:
    """Return the marks with their names in one line."""
    return "  ".join(f"{mark.glyph} {mark.name}" for mark in LEGEND)


def legend() -> Text:
    """Return the marks, each with its name and its meaning."""
    text = Text()
    for number, mark in enumerate(LEGEND):
        text.append("\n" if number else "")
        text.append(f"{mark.glyph:>4}  ", style="bold")
        text.append(f"{mark.name}", style="bold")
        text.append(f": {mark.meaning}")
    return text
