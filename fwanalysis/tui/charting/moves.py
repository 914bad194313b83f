"""Which cell comes next: the next one that is not charted or out of date, or the next in a row or column.

Pure functions of a view, which make no more cells than they must.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import segment_counts, written_by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fwanalysis.domain.matrix import Matrix, MatrixColumn, MatrixRow

    Wanted = Callable[[tuple[str, str]], bool]


class CellMove(StrEnum):
    """A way from a cell to another."""

    NEXT_UNCHARTED = "next-uncharted"
    PREVIOUS_UNCHARTED = "previous-uncharted"
    NEXT_STALE = "next-stale"
    PREVIOUS_STALE = "previous-stale"
    NEXT_IN_ROW = "next-in-row"
    PREVIOUS_IN_ROW = "previous-in-row"
    NEXT_IN_COLUMN = "next-in-column"
    PREVIOUS_IN_COLUMN = "previous-in-column"


def next_cell(
    matrix: Matrix, row: MatrixRow, column: MatrixColumn, kind: CellMove | str
) -> tuple[MatrixRow, MatrixColumn] | None:
    """Return the row and the column of the cell that comes next; None if there is none.

    Args:
        matrix: The view.
        row: The row of the present cell.
        column: The column of the present cell.
        kind: A ``CellMove``. *uncharted* and *stale* go along the rows, one after another, and from the last cell on to
            the first; *in-row* and *in-column* end at the edge of the view. Along a row and a column are as the view
            shows them: in a transposed view, the next in a row is the next case.
    """
    move = CellMove(kind)
    rows, columns = [item.key for item in matrix.rows], [item.key for item in matrix.columns]
    at = (_index(rows, row.key), _index(columns, column.key))
    step = -1 if move.value.startswith("previous") else 1
    if move in (CellMove.NEXT_IN_ROW, CellMove.PREVIOUS_IN_ROW, CellMove.NEXT_IN_COLUMN, CellMove.PREVIOUS_IN_COLUMN):
        along_columns = move.value.endswith("in-row") != matrix.query.transposed
        target = (at[0], at[1] + step) if along_columns else (at[0] + step, at[1])
        if not (0 <= target[0] < len(rows) and 0 <= target[1] < len(columns)):
            return None
    else:
        wanted = _uncharted(matrix) if move.value.endswith("uncharted") else _stale(matrix)
        places = _round(matrix, at, step)
        found = next((place for place in places if wanted((rows[place[0]], columns[place[1]]))), None)
        if found is None:
            return None
        target = found
    return matrix.rows[target[0]], matrix.columns[target[1]]


def _index(keys: list[str], key: str) -> int:
    return keys.index(key) if key in keys else 0


def _round(matrix: Matrix, at: tuple[int, int], step: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the other cells in the order of the screen, from the present one on and once around."""
    rows, columns = len(matrix.rows), len(matrix.columns)
    if matrix.query.transposed:
        here = at[1] * rows + at[0]
        for count in range(1, rows * columns):
            column, row = divmod((here + step * count) % (rows * columns), rows)
            yield row, column
    else:
        here = at[0] * columns + at[1]
        for count in range(1, rows * columns):
            yield divmod((here + step * count) % (rows * columns), columns)


def _uncharted(matrix: Matrix) -> Wanted:
    """Return whether a cell has evidence and nothing is written, without making it. Only a case can be charted."""
    counts, written = segment_counts(matrix), written_by_key(matrix)
    cases = {row.key for row in matrix.rows if row.case is not None}
    return lambda key: bool(counts.get(key)) and key not in written and key[0] in cases


def _stale(matrix: Matrix) -> Wanted:
    written = written_by_key(matrix)
    return lambda key: key in written and bool(matrix.cells[key].stale)
