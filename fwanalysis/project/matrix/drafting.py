"""Drafts of summaries to start from: the quotations of a cell with their references, in order; no written prose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import build_matrix
from fwanalysis.analysis.matrix.evidence import CellEvidence, basis_of
from fwanalysis.domain.cases import Level
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.matrix import Cell, CellState
from fwanalysis.domain.text import one_line
from fwanalysis.project.context import find_coders
from fwanalysis.project.matrix.citing import Resolver, cite
from fwanalysis.project.matrix.reading import Texts, collection_paused, read_study
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.matrix import Matrix, MatrixCell, MatrixColumn, MatrixQuery, MatrixRow, Quoted
    from fwanalysis.project.context import Context

NOTE = "[R: draft from the quotations; not a summary yet]"
"""The comment that a draft begins with."""
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})
LONGEST = 240
"""The most characters of one passage that a draft quotes; the middle of a longer one is left out."""


def draft(context: Context, query: MatrixQuery) -> Sequence[Cell]:
    """Fill the unwritten cells of a view; see ``MatrixArea.draft``.

    The project is read once for all cells. A cell that another coder has written meanwhile is left alone.
    """
    with context.store.read() as connection, collection_paused():
        texts = Texts(context, connection)
        study = read_study(connection, texts)
        matrix = build_matrix(study, find_coders(connection, query))
        resolver = Resolver(study, case_queries.aliases(connection), texts)
    drafts = _Drafts(context, study, resolver, texts, with_groups=query.rows == "person")
    cells = (drafts.write(row, column, cell) for row, column, cell in _open_cells(matrix))
    return [cell for cell in cells if cell is not None]


def _open_cells(matrix: Matrix) -> Iterator[tuple[MatrixRow, MatrixColumn, MatrixCell]]:
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cell(row, column)
            if row.case is not None and cell.cell is None and cell.quotes:
                yield row, column, cell


class _Drafts:
    """Writes drafts, one change for each, all of them one step to undo."""

    def __init__(self, context: Context, study: Study, resolver: Resolver, texts: Texts, *, with_groups: bool) -> None:
        self._context = context
        self._study = study
        self._resolver = resolver
        self._texts = texts
        self._with_groups = with_groups
        self._evidence = CellEvidence(study)
        self._group = new_id()

    def write(self, row: MatrixRow, column: MatrixColumn, shown: MatrixCell) -> Cell | None:
        """Write the draft of a cell on the passages that the view shows; None if it is written by now."""
        case, code_id = row.case, column.code_id
        assert case is not None
        with_groups = row.level is Level.PERSON and self._with_groups
        evidence = self._evidence.of(case, code_id, own=column.own, with_groups=with_groups)
        ids = {quoted.passage.coding_id for quoted in shown.quotes}
        read = [item for item in evidence if item.passage.coding_id in ids]
        text, cell_id = draft_text(shown), new_id()
        label = f"draft {case.name} × {column.heading}"
        with self._context.change("matrix.draft", label, group=self._group) as changes:
            if queries.cell(changes.connection, case.id, code_id, own=column.own) is not None:
                return None
            cited = cite(
                *(changes, self._study, self._resolver, self._texts),
                cell_id=cell_id,
                case=case,
                summary=text,
                evidence=read,
            )
            present = self._evidence.basis(case, code_id, own=column.own, with_groups=with_groups)
            basis = basis_of(self._study, read, code_id, with_groups=with_groups, cited=cited, cells=present.cells)
            unread = sorted({*present.unread, *(item.coding_id for item in present.codings)} - ids)
            cell = Cell(
                *(cell_id, case.id, code_id, CellState.DRAFT, text, self._context.coder.id, now()),
                replace(basis, unread=tuple(unread)),
                column.own,
            )
            changes.add(cell)
        return cell


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
