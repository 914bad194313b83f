"""What a cell of the matrix says, in one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellState

if TYPE_CHECKING:
    from fwanalysis.domain.matrix import MatrixCell


def summary_text(cell: MatrixCell) -> str:
    """Return the summary of a cell, or the reason why it has none; else empty."""
    if cell.cell is None:
        return ""
    if cell.cell.state is CellState.NOTHING_SAID:
        return "[nothing said]"
    if cell.cell.state is CellState.NOT_APPLICABLE:
        return f"[not applicable: {cell.summary}]"
    return cell.summary
