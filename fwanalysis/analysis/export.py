"""Views as tables for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellContent, CellState, Layout, Matrix, MatrixCell, MatrixRow
from fwanalysis.domain.table import Scalar, Table
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def matrix_table(matrix: Matrix, *, content: CellContent, layout: Layout, about: Mapping[str, object]) -> Table:
    """A matrix as a table: *wide* with columns case, attributes and themes; *long* with a line for each cell."""
    if layout is Layout.LONG:
        columns = ("case", *matrix.attributes, "theme", "code", "content", "state", "segments", "persons", "stale")
        return Table(columns, tuple(_long_rows(matrix, content)), about)
    columns = ("case", *matrix.attributes, *(column.heading for column in matrix.columns))
    rows = tuple(
        (
            *_head(matrix, row),
            *(cell_value(matrix.cells[row.key, column.code_id], content) for column in matrix.columns),
        )
        for row in matrix.rows
    )
    return Table(columns, rows, about)


def cell_value(cell: MatrixCell, content: CellContent) -> Scalar:
    """What a cell holds in a file: its summary, its quotations with their references, the number of distinct segments,
    or, for *both*, the summary where there is one and else the quotations. A cell that was written empty says so."""
    if content is CellContent.COUNTS:
        return cell.segments
    written = summary_text(cell)
    if content is CellContent.SUMMARY or (content is CellContent.BOTH and written):
        return written
    return quotations(cell)


def summary_text(cell: MatrixCell) -> str:
    """The summary of a written cell, or what was said instead of one; empty for an unwritten cell."""
    if cell.cell is None:
        return ""
    if cell.cell.state is CellState.NOTHING_SAID:
        return "[nothing said]"
    if cell.cell.state is CellState.NOT_APPLICABLE:
        return f"[not applicable: {cell.cell.summary}]"
    return cell.cell.summary


def quotations(cell: MatrixCell) -> str:
    """Each passage of a cell once, in quotation marks with its reference, a line each."""
    lines: dict[tuple[str, int, int], str] = {}
    for quoted in cell.quotes:
        anchor = quoted.evidence.anchor
        lines.setdefault(
            (anchor.revision_id, anchor.start, anchor.end), f"“{one_line(anchor.quote)}” {quoted.reference}"
        )
    return "\n".join(lines.values())


def written_and_stale(matrix: Matrix) -> tuple[int, int]:
    """How many cells of a view are written, and how many of these are stale."""
    written = [cell for cell in matrix.cells.values() if cell.cell is not None]
    return len(written), sum(bool(cell.stale) for cell in written)


def _head(matrix: Matrix, row: MatrixRow) -> tuple[Scalar, ...]:
    return (row.label, *(row.attributes.get(name) for name in matrix.attributes))


def _long_rows(matrix: Matrix, content: CellContent) -> Iterator[tuple[Scalar, ...]]:
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cells[row.key, column.code_id]
            yield (
                *_head(matrix, row),
                column.heading,
                column.path,
                cell_value(cell, content),
                cell.empty_because or "charted",
                cell.segments,
                cell.persons,
                "; ".join(cell.stale),
            )
