"""Drafts of summaries to start from: the quotations of a cell with their references, in order; no written prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fwanalysis.domain.matrix import Matrix, MatrixCell, MatrixColumn, MatrixRow, Quoted

NOTE = "[R: draft from the quotations; not a summary yet]"
"""The comment that a draft begins with."""
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})
LONGEST = 240
"""The most characters of one passage that a draft quotes; the middle of a longer one is left out."""


def drafts_of(matrix: Matrix) -> Iterator[tuple[MatrixRow, MatrixColumn, MatrixCell, str]]:
    """Yield the unwritten cells of a view that have evidence, each with a draft."""
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cell(row, column)
            if row.case is not None and cell.cell is None and cell.quotes:
                yield row, column, cell, draft_text(cell)


def draft_text(cell: MatrixCell) -> str:
    """Return the quotations of a cell with their references, one per line, below a comment that says what they are."""
    lines = dict.fromkeys(map(_line, cell.quotes))
    return "\n".join((NOTE, *lines))


def _line(quoted: Quoted) -> str:
    """Return a passage as a quotation with its reference.

    Quotation marks inside it become single ones.
    """
    words = one_line(quoted.passage.quote).translate(_INNER)
    if len(words) > LONGEST:
        half = LONGEST // 2
        words = f"{words[:half].rsplit(' ', 1)[0]} … {words[-half:].split(' ', 1)[-1]}"
    mark = "!" if quoted.passage.stance == "against" else ""
    return f"“{words}” {mark}{quoted.reference}"
