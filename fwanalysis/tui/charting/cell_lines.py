"""The text of a cell in the grid: its marks and counts, then its summary, or the first words of its evidence.

Knows no widget; what a part looks like is a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fwanalysis.domain.matrix import CellState
from fwanalysis.domain.text import one_line
from fwanalysis.tui.charting.marks import (
    CONTRADICTION,
    NOT_APPLICABLE,
    NOTHING_SAID,
    OUT_OF_DATE,
    UNANCHORED,
    counted,
    marks_of,
)
from fwanalysis.tui.charting.wrapping import fitted, wrap

if TYPE_CHECKING:
    from fwanalysis.domain.matrix import MatrixCell

EVIDENCE_LINES = 2
"""Lines of evidence that stand in for a summary."""
_BARS = " ▁▂▃▄▅▆▇█"


class Run(NamedTuple):
    """A part of a line: its text, and the name of what it looks like."""

    text: str
    look: str


CellLine = tuple[Run, ...]


def cell_lines(cell: MatrixCell, width: int, most: int, *, heat: float | None = None) -> tuple[CellLine, ...]:
    """Return the lines of a cell, each as wide as *width* in terminal cells.

    Args:
        cell: The cell.
        width: Width in terminal cells.
        most: The most lines; text that is cut ends in an ellipsis.
        heat: Its share of the highest number of segments of the view, 0 to 1, to show it as a bar; None for no bar.
    """
    body, look = _body(cell)
    limit = most - 1 if look == "text" else min(most - 1, EVIDENCE_LINES)
    lines = [_first(cell, width, heat)]
    if body and limit > 0:
        spans = wrap(body, width)
        for number, (start, end) in enumerate(spans[:limit]):
            words = body[start:end]
            if number == limit - 1 and len(spans) > limit:
                words = f"{words} …"
            lines.append((Run(fitted(words, width), look),))
    return tuple(lines)


def text_height(cell: MatrixCell, width: int) -> int:
    """Return how many lines a cell needs that is not cut."""
    body, look = _body(cell)
    if not body:
        return 1
    needed = len(wrap(body, width))
    return 1 + (needed if look == "text" else min(needed, EVIDENCE_LINES))


def _body(cell: MatrixCell) -> tuple[str, str]:
    """Return what a cell shows below its marks, and what it looks like."""
    if cell.cell is not None and cell.cell.state is not CellState.NOTHING_SAID:
        return cell.summary, "text"
    if cell.cell is None and cell.quotes:
        return f"“{one_line(cell.quotes[0].passage.quote)}”", "evidence"
    return "", ""


def _first(cell: MatrixCell, width: int, heat: float | None) -> CellLine:
    marks = marks_of(cell)
    runs = [Run("! ", "stale")] if OUT_OF_DATE in marks else []
    state = marks[1] if OUT_OF_DATE in marks else marks[0]
    runs.append(Run(f"{state.glyph} ", "mark" if cell.cell or cell.quotes else "dim"))
    if state in (NOTHING_SAID, NOT_APPLICABLE):
        runs.append(Run(f"{state.name} ", "mark"))
    if cell.segments:
        runs.append(Run(f"{counted(cell.segments, 'segment')} ", "count"))
    against = cell.stances.against + cell.stances.mixed
    details = {UNANCHORED: f"{cell.unanchored} unanchored", CONTRADICTION: f"{against}" if against else ""}
    for mark in marks[marks.index(state) + 1 :]:
        runs.append(Run(f"{mark.glyph}{details.get(mark, '')} ", "warning"))
    if heat is not None and cell.segments:
        runs.append(Run(_BARS[max(1, round(heat * (len(_BARS) - 1)))], "count"))
    return _cut(runs, width)


def _cut(runs: list[Run], width: int) -> CellLine:
    """Cut or pad runs to a width."""
    kept, room = [], width
    for run in runs:
        if room <= 0:
            break
        text = run.text if cell_len(run.text) <= room else fitted(run.text, room)
        kept.append(Run(text, run.look))
        room -= cell_len(text)
    return (*kept, Run(" " * room, "text")) if room > 0 else tuple(kept)
