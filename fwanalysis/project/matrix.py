"""The framework matrix: views of it, writing its cells, and exporting it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.export import matrix_table, written_and_stale
from fwanalysis.analysis.matrix import Study, build_cell, build_matrix, with_own_source
from fwanalysis.domain.cases import Level
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.matrix import (
    Basis,
    Cell,
    CellContent,
    CellState,
    Layout,
    Matrix,
    MatrixCell,
    MatrixQuery,
    basis_of,
)
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project.context import Context, find_case
from fwanalysis.project.speaker_index import speaker_index_of, speaker_indexes
from fwanalysis.store import log
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import matrix as queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codebook import CodeEntry
    from fwanalysis.domain.matrix import Quoted
    from fwanalysis.domain.table import Table
    from fwanalysis.store.reading import Reading


class MatrixArea:
    """Cases by themes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def view(self, query: MatrixQuery | None = None) -> Matrix:
        """The view that a query asks for; without one, persons with a source of their own and groups by themes."""
        with self._context.store.read() as connection:
            return build_matrix(_study(connection), query or MatrixQuery())

    def cell(self, case: str, code: str, *, with_groups: bool | None = None) -> MatrixCell:
        """One cell with its evidence; *with_groups* adds what a person said in focus groups, and is taken to be so
        for a person heard nowhere else."""
        with self._context.store.read() as connection:
            return self._cell(connection, case, code, with_groups=with_groups)[0]

    def set(
        self,
        case: str,
        code: str,
        summary: str = "",
        *,
        state: CellState = CellState.CHARTED,
        with_groups: bool | None = None,
        seen: Cell | None = None,
        expect: bool = False,
        read: Sequence[Quoted] | None = None,
    ) -> Cell:
        """Write a cell: a summary, or *nothing said*, or *not applicable* with the reason as its text. Its basis is the
        evidence that the writer has *read*, or, if that is not said, all there is now. A cell that is written so
        already, on the same basis, stays as it is.

        With *expect*, Conflict if the cell is not *seen* (None: unwritten) any more. InvalidInput for a charted cell
        without a summary and for *not applicable* without a reason.
        """
        summary = summary.strip()
        if state is CellState.CHARTED and not summary:
            raise InvalidInput(
                "the summary is empty", hint="if the case said nothing on the theme, record that: --nothing-said"
            )
        if state is CellState.NOT_APPLICABLE and not summary:
            raise InvalidInput("the reason for not applicable is empty", hint="say why the theme does not apply")
        with self._context.store.read() as connection:
            present, basis, found, entry = self._cell(connection, case, code, with_groups=with_groups)
        if read is not None:
            basis = basis_of([quoted.evidence for quoted in read], basis.code_version_id, with_groups=basis.with_groups)
        if expect and present.cell != seen:
            raise Conflict(
                f"the summary of {found.name} × {entry.name} was changed by another coder", hint="reload and try again"
            )
        if present.cell and (present.cell.state, present.cell.summary, present.cell.basis) == (state, summary, basis):
            return present.cell
        label = f"chart {found.name} × {entry.name}"
        with self._context.change("matrix.set", label) as changes:
            coder_id = self._context.coder.id
            cell = Cell(new_id(), found.id, entry.id, state, summary, coder_id, now(), basis)
            if present.cell is None:
                changes.add(cell)
            else:
                cell = replace(cell, id=present.cell.id)
                changes.replace(cell, seen=present.cell)
        return cell

    def clear(self, case: str, code: str) -> None:
        """Take a written cell away; its evidence stays. InvalidInput if nothing is written there."""
        cell = self.cell(case, code).cell
        if cell is None:
            raise InvalidInput(f"the cell {case} × {code} is already empty")
        with self._context.change("matrix.clear", f"clear {case} × {code}") as changes:
            changes.remove(cell)

    def export(
        self,
        query: MatrixQuery | None = None,
        *,
        content: CellContent = CellContent.BOTH,
        layout: Layout = Layout.WIDE,
    ) -> Table:
        """The view as a table for a file: *wide* has one line a row of the matrix, *long* one line a cell. ``about``
        says what it is of, and how many of its written cells are stale."""
        asked = query or MatrixQuery()
        with self._context.store.read() as connection:
            matrix = build_matrix(_study(connection), asked)
            info = project_info(connection)
            codebook = codebook_queries.codebook(connection)
            head, head_hash = log.head(connection)
        written, stale = written_and_stale(matrix)
        about: dict[str, object] = {
            "project": info.title,
            "question": info.question,
            "exported_at": now(),
            "codebook": codebook.info.name if codebook.info else None,
            "codebook_version": codebook.info.version if codebook.info else None,
            "rows": asked.rows,
            "theme": asked.theme,
            "where": [f"{name}={value}" for name, value in asked.where],
            "sort": list(asked.sort),
            "cells": content.value,
            "layout": layout.value,
            "written": written,
            "stale": stale,
            "codings_outside_the_rows": matrix.outside,
            "codings_unanchored": matrix.unanchored,
            "codings_without_a_place": matrix.unanchored,  # the old name, for one version
            "codings_on_the_theme_itself": matrix.on_theme,
            "event": head,
            "event_hash": head_hash,
        }
        return matrix_table(matrix, content=content, layout=layout, about=about)

    def _cell(
        self, connection: Reading, case: str, code: str, *, with_groups: bool | None
    ) -> tuple[MatrixCell, Basis, Case, CodeEntry]:
        codebook = codebook_queries.codebook(connection)
        entry = codebook.find(code)
        found = find_case(case, case_queries.cases(connection), case_queries.aliases(connection))
        study = _study(connection, code_ids=codebook.below(entry.id))
        if with_groups is None:
            written = queries.cell(connection, found.id, entry.id)
            with_groups = written.basis.with_groups if written else None
        if with_groups is None:
            with_groups = found.level is Level.PERSON and found.id not in with_own_source(study)
        return *build_cell(study, found, entry.id, with_groups=with_groups), found, entry


def _study(connection: Reading, *, code_ids: frozenset[str] | None = None) -> Study:
    """The project as the matrix is built from it; *code_ids* keeps the evidence to these codes."""
    texts: dict[str, str] = {}
    unanchored = revision_queries.unanchored(connection, code_ids=code_ids)

    def line(source_id: str, position: int) -> int:
        if source_id not in texts:
            source = source_queries.source(connection, source_id)
            assert source is not None
            revision = source_queries.revision(connection, source.revision_id)
            texts[source_id] = source_queries.text(connection, revision.text_hash)
        return texts[source_id].count("\n", 0, position) + 1

    return Study(
        codebook=codebook_queries.codebook(connection),
        cases={case.id: case for case in case_queries.cases(connection)},
        attributes=case_queries.attributes(connection),
        values=case_queries.values_by_case(connection),
        memberships=case_queries.memberships(connection),
        voices=speaker_indexes(connection),
        evidence=coding_queries.evidence(connection, code_ids=code_ids),
        cells=queries.cells(connection),
        line=line,
        unanchored=unanchored,
        then=speaker_index_of(connection, {item.anchor.revision_id for item in unanchored}),
    )
