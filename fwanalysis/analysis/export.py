"""Turn views of the matrix into tables for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellContent, CellState, Layout, Matrix, MatrixCell, MatrixRow
from fwanalysis.domain.table import Scalar, Table
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def matrix_table(matrix: Matrix, *, content: CellContent, layout: Layout, about: Mapping[str, object]) -> Table:
    """Return a view of the matrix as a table.

    Args:
        matrix: The view.
        content: What the cells hold.
        layout: *wide* has a column for the case, for each attribute and each theme; *long* has a row for each cell.
        about: Facts about the export that the table carries.
    """
    if layout is Layout.LONG:
        columns = ("case", *matrix.attributes, "theme", "code", "content", "state", "segments", "persons", "stale")
        return Table(columns, tuple(_long_rows(matrix, content)), about)
    columns = ("case", *matrix.attributes, *(column.heading for column in matrix.columns))
    rows = tuple(
        (
            *_head(matrix, row),
            *(cell_value(matrix.cells[row.key, column.key], content) for column in matrix.columns),
        )
        for row in matrix.rows
    )
    return Table(columns, rows, about)


def cell_value(cell: MatrixCell, content: CellContent) -> Scalar:
    """Return what a cell holds in a file.

    Returns:
        The summary, the quotations with their references, or the number of distinct segments, as *content* says; for
        *both*, the summary if there is one, else the quotations. A cell that was deliberately left without a summary
        gives the reason.
    """
    if content is CellContent.COUNTS:
        return cell.segments
    if content is CellContent.PRESENCE:
        return int(cell.segments > 0)
    written = summary_text(cell)
    if content is CellContent.SUMMARY or (content is CellContent.BOTH and written):
        return written
    return quotations(cell)


def summary_text(cell: MatrixCell) -> str:
    """Return the summary of a cell, or the reason why it has none; else empty."""
    if cell.cell is None:
        return ""
    if cell.cell.state is CellState.NOTHING_SAID:
        return "[nothing said]"
    if cell.cell.state is CellState.NOT_APPLICABLE:
        return f"[not applicable: {cell.summary}]"
    return cell.summary


def quotations(cell: MatrixCell) -> str:
    """Return each segment of a cell once, quoted with its reference, one per line."""
    lines: dict[tuple[str, int, int], str] = {}
    for quoted in cell.quotes:
        passage = quoted.passage
        lines.setdefault(passage.segment, f"“{one_line(passage.quote)}” {quoted.reference}")
    return "\n".join(lines.values())


def written_and_stale(matrix: Matrix) -> tuple[int, int]:
    """Count the cells of a view that have a summary, and those out of date."""
    written = [cell for cell in matrix.cells.values() if cell.cell is not None]
    return len(written), sum(bool(cell.stale) for cell in written)


def _head(matrix: Matrix, row: MatrixRow) -> tuple[Scalar, ...]:
    return (row.label, *(row.attributes.get(name) for name in matrix.attributes))


def _long_rows(matrix: Matrix, content: CellContent) -> Iterator[tuple[Scalar, ...]]:
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cells[row.key, column.key]
            yield (
                *_head(matrix, row),
                column.heading,
                column.path,
                cell_value(cell, content),
                cell.empty_because or "charted",
                cell.segments,
                cell.persons,
                "; ".join(map(str, cell.stale)),
            )
