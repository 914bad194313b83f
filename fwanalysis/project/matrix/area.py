"""The framework matrix: its views and its written cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import build_matrix
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.matrix import Cell, CellContent, CellState, Layout, Matrix, MatrixCell, MatrixQuery
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project.context import Context, find_case, find_coders
from fwanalysis.project.matrix import charts
from fwanalysis.project.matrix.citing import Resolver, cite, remove_unused
from fwanalysis.project.matrix.opened_cell import OpenedCell
from fwanalysis.project.matrix.reading import Texts, collection_paused, read_cited, read_study
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.chart_import import CellKey, CellWords, ChartComparison
    from fwanalysis.domain.matrix import Chart, Quoted
    from fwanalysis.domain.table import Table
    from fwanalysis.project.matrix.checking import CellChecker, CheckedCell
    from fwanalysis.project.matrix.details import BasedCell, StaleDetail


class MatrixArea:
    """Cases by themes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def view(self, query: MatrixQuery | None = None) -> Matrix:
        """Return the view that a query asks for.

        Args:
            query: The query; by default persons with a source of their own and groups, by themes.

        Raises:
            InvalidInput: If a row kind, an attribute, a filter or a sort key does not exist.
            NotFound: If a theme, a case or a coder does not exist.
        """
        asked = query or MatrixQuery()
        with self._context.store.read() as connection, collection_paused():
            return build_matrix(
                read_study(connection, Texts(self._context, connection)), find_coders(connection, asked)
            )

    def cell(self, case: str, code: str, *, own: bool = False, with_groups: bool | None = None) -> MatrixCell:
        """Return one cell with its evidence.

        Args:
            case: Name, alias or id of the case.
            code: Key, path or id of the code.
            own: Whether only what is coded with the code itself counts, and not what is coded with its sub-codes.
            with_groups: Whether to include what the person said in focus groups; by default as the cell was written,
                else for a person who speaks nowhere else.
        """
        with self._context.store.read() as connection:
            return OpenedCell(self._context, connection, case, code, own=own, with_groups=with_groups).shown

    def set(
        self,
        case: str,
        code: str,
        summary: str = "",
        *,
        state: CellState = CellState.DRAFT,
        own: bool = False,
        with_groups: bool | None = None,
        seen: Cell | None = None,
        expect: bool = False,
        read: Sequence[Quoted] | None = None,
        disagreement: str | None = None,
        group: str | None = None,
    ) -> Cell:
        """Write a cell: a summary, *nothing said*, or *not applicable* with the reason as its text.

        A cell that has this content on the same basis already is not changed.

        Args:
            case: Name, alias or id of the case.
            code: Key, path or id of the code.
            summary: The summary, or the reason.
            state: The state of the cell.
            own: Whether the cell covers only what is coded with the code itself.
            with_groups: See ``cell``.
            seen: The cell as the writer sees it, None for an unwritten one; checked if *expect* is set.
            expect: Whether to refuse a cell that is no longer *seen*.
            read: The evidence that the writer has read, which becomes the basis; all there is now by default.
            disagreement: How words and figures disagree; unchanged by default.
            group: Id of a group of changes that are undone together.

        Raises:
            Conflict: If another coder has changed the cell since it was *seen*.
            InvalidInput: If a summary or a reason is missing.
        """
        summary = summary.strip()
        _check_text(state, summary)
        with self._context.store.read() as connection:
            opened = OpenedCell(self._context, connection, case, code, own=own, with_groups=with_groups)
            present, study = opened.shown.cell, opened.study
            resolver = opened.resolver()
        if expect and present != seen:
            raise _changed(opened)
        noted = disagreement if disagreement is not None else (present.disagreement if present else "")
        with self._context.change("matrix.set", f"chart {opened.label}", group=group) as changes:
            cell_id = present.id if present else new_id()
            cited = cite(
                changes,
                study,
                resolver,
                opened.texts,
                cell_id=cell_id,
                case=opened.case,
                summary=summary if state.has_summary else "",
                evidence=opened.evidence(),
            )
            study = replace(study, cited=read_cited(changes.connection)) if cited else study
            basis = opened.basis(study, cited, read)
            cell = Cell(
                *(cell_id, opened.case.id, opened.entry.id, state, summary, self._context.coder.id, now(), basis, own),
                disagreement=noted,
            )
            if present is None:
                changes.add(cell)
            elif not _is_same(present, cell):
                changes.replace(cell, seen=present)
            else:
                cell = present
        return cell

    def document(
        self, query: MatrixQuery | None = None, *, with_context: bool = True, with_words: bool = True
    ) -> ChartDocument:
        """Return a view as a document, from which every format is written.

        Args:
            query: The view; by default persons with a source of their own and groups, by themes.
            with_context: Whether passages come with the words around them.
            with_words: Whether the words of the passages are counted.
        """
        from fwanalysis.project.matrix.document import chart_document

        return chart_document(self._context, query or MatrixQuery(), with_context=with_context, with_words=with_words)

    def export(
        self,
        query: MatrixQuery | None = None,
        *,
        content: CellContent = CellContent.BOTH,
        layout: Layout = Layout.WIDE,
    ) -> Table:
        """Return a view as a table for a file.

        Args:
            query: The view.
            content: What the cells hold.
            layout: *wide* has one line for each row of the matrix, *long* one for each cell.

        Returns:
            The table; its ``about`` says what it is of, and how many of its written cells are out of date.
        """
        from fwanalysis.domain.chart_tables import long_table, wide_table

        document = self.document(query, with_context=False, with_words=layout is Layout.LONG)
        table = (long_table if layout is Layout.LONG else wide_table)(document, content)
        return replace(table, about={**table.about, "cells": content.value, "layout": layout.value})

    def checker(self, case: str, code: str, *, own: bool = False, with_groups: bool | None = None) -> CellChecker:
        """Return what checks texts of the summary of one cell; the arguments are those of ``cell``."""
        from fwanalysis.project.matrix.checking import CellChecker

        with self._context.store.read() as connection:
            opened = OpenedCell(self._context, connection, case, code, own=own, with_groups=with_groups)
        return CellChecker(
            *(opened.study, opened.resolver(), opened.texts, opened.case, opened.entry.id),
            own=own,
            with_groups=opened.with_groups,
        )

    def check(self, *, case: str | None = None, code: str | None = None) -> Sequence[CheckedCell]:
        """Check the quotations and references of every written cell, and whether it is up to date.

        Args:
            case: Name, alias or id of a case: only its cells.
            code: Key, path or id of a code: only its cells and those of the codes below it.

        Returns:
            The cells in the order of cases and codes.
        """
        from fwanalysis.analysis.matrix.building import present_summary
        from fwanalysis.analysis.matrix.references import References
        from fwanalysis.project.matrix.checking import check_cells
        from fwanalysis.store.queries import codings as coding_queries

        with self._context.store.read() as connection:
            texts = Texts(self._context, connection)
            study = read_study(connection, texts)
            aliases = case_queries.aliases(connection)
            coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
        writer = References(study)
        return list(
            check_cells(
                *(study, Resolver(study, aliases, texts), texts, coders),
                {cell.id: present_summary(study, writer, cell) for cell in study.cells},
                case_id=find_case(case, study.cases.values(), aliases).id if case else None,
                code_ids=study.codebook.below(study.codebook.find(code).id) if code else None,
            )
        )

    def draft(self, query: MatrixQuery | None = None) -> Sequence[Cell]:
        """Fill the unwritten cells of a view that have evidence with their quotations and references, as drafts.

        Returns:
            The cells that were written; they are one step to undo.
        """
        from fwanalysis.project.matrix.drafting import draft

        return draft(self._context, query or MatrixQuery())

    def compare(self, path: str | Path) -> ChartComparison:
        """Return how a chart's file, which a co-author may have edited, differs from the project, cell by cell."""
        from fwanalysis.project.matrix.importing import compare_chart

        return compare_chart(self._context, path)

    def take(self, comparison: ChartComparison, decisions: Mapping[CellKey, CellWords]) -> Sequence[CellKey]:
        """Write what was decided about a chart's file, as one step to undo; see ``import_writing.take_cells``."""
        from fwanalysis.project.matrix.import_writing import take_cells

        return take_cells(self._context, comparison, decisions)

    def charts(self) -> Sequence[Chart]:
        """Return the stored charts by name."""
        return charts.charts(self._context)

    def chart(self, name: str) -> Chart:
        """Return the stored chart of a name or id. NotFound if there is none."""
        return charts.chart(self._context, name)

    def save_chart(self, name: str, query: MatrixQuery) -> Chart:
        """Store a view under a name, in place of the chart that has it. InvalidInput if the name is empty."""
        return charts.save(self._context, name, query)

    def remove_chart(self, name: str) -> Chart:
        """Remove a stored chart; its cells stay. NotFound if there is none."""
        return charts.remove(self._context, name)

    def cells_at(self, source_id: str, start: int, end: int) -> Sequence[BasedCell]:
        """Return the cells whose evidence or citations a span of a source's present text overlaps.

        Args:
            source_id: Id of the source.
            start: Where the span begins, in code points; an empty span is a position.
            end: Where it ends, exclusive.
        """
        from fwanalysis.project.matrix.details import cells_at

        return cells_at(self._context, source_id, start, end)

    def stale_details(self, cell: Cell) -> Sequence[StaleDetail]:
        """Return the reasons why a written cell is out of date, with the old and new words and definitions."""
        from fwanalysis.project.matrix.details import stale_details

        return stale_details(self._context, cell)

    def affirm(
        self,
        case: str,
        code: str,
        reason: str,
        *,
        own: bool = False,
        seen: Cell | None = None,
        read: Sequence[Quoted] | None = None,
    ) -> Cell:
        """Affirm a summary that is out of date: it stays as it is, on the present evidence.

        Args:
            case: Name, alias or id of the case.
            code: Key, path or id of the code.
            reason: Why the summary still holds.
            own: Whether the cell is that of the code itself.
            seen: The cell as the writer sees it; not checked if None.
            read: The evidence that the writer has read; what is added since stays a reason. All there is by default.

        Raises:
            Conflict: If the cell is no longer *seen*.
            InvalidInput: If the cell is unwritten or up to date, or the reason is empty.
        """
        if not reason.strip():
            raise InvalidInput("the reason is empty", hint="say why the summary still holds")
        with self._context.store.read() as connection:
            opened = OpenedCell(self._context, connection, case, code, own=own, with_groups=None)
        present = opened.shown.cell
        if present is None:
            raise InvalidInput(f"{opened.label} has no summary", hint="write one with: fwa matrix set")
        if seen is not None and present != seen:
            raise _changed(opened)
        if not opened.shown.stale:
            raise InvalidInput(f"{opened.label} is up to date")
        cited = [item.segment_id for item in opened.study.citations.get(present.id, ())]
        basis = opened.basis(opened.study, cited, None)
        if read is not None:
            known = {quoted.passage.coding_id for quoted in read}
            basis = replace(
                basis,
                codings=tuple(coding for coding in basis.codings if coding.coding_id in known),
                unread=tuple(sorted({*basis.unread, *(coding.coding_id for coding in basis.codings)} - known)),
            )
        cell = replace(
            present, basis=basis, affirmation=reason.strip(), coder_id=self._context.coder.id, written_at=now()
        )
        with self._context.change("matrix.affirm", f"affirm {opened.label}: {reason.strip()}") as changes:
            changes.replace(cell, seen=present)
        return cell

    def clear(self, case: str, code: str, *, own: bool = False, seen: Cell | None = None) -> None:
        """Clear a written cell; its evidence stays.

        Raises:
            Conflict: If the cell is no longer *seen*; not checked if that is None.
            InvalidInput: If nothing is written there.
        """
        with self._context.store.read() as connection:
            opened = OpenedCell(self._context, connection, case, code, own=own, with_groups=None)
        cell = opened.shown.cell
        if cell is None:
            raise InvalidInput(f"the cell {opened.label} is already empty")
        if seen is not None and cell != seen:
            raise _changed(opened)
        with self._context.change("matrix.clear", f"clear {opened.label}") as changes:
            if queries.cell(changes.connection, cell.case_id, cell.code_id, own=own) != cell:
                raise _changed(opened)
            citations = queries.citations(changes.connection, cell_id=cell.id)
            sorted_into = [item for item in queries.sortings(changes.connection) if item.cell_id == cell.id]
            changes.remove(*citations, *sorted_into, cell)
            remove_unused(changes, {item.segment_id for item in citations})


def _check_text(state: CellState, summary: str) -> None:
    if state.has_summary and not summary:
        raise InvalidInput(
            "the summary is empty", hint="if the case said nothing on the theme, record that: --nothing-said"
        )
    if state is CellState.NOT_APPLICABLE and not summary:
        raise InvalidInput("the reason for not applicable is empty", hint="say why the theme does not apply")


def _changed(opened: OpenedCell) -> Conflict:
    return Conflict(f"the summary of {opened.label} was changed by another coder", hint="reload and try again")


def _is_same(present: Cell, cell: Cell) -> bool:
    return cell == replace(present, coder_id=cell.coder_id, written_at=cell.written_at, affirmation=cell.affirmation)
