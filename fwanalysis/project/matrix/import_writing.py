"""Write the cells that were taken from a chart's file, as one step to undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.domain.cases import Level
from fwanalysis.domain.cell_text import NOT_APPLICABLE, NOTHING_SAID
from fwanalysis.domain.chart_import import CellKey, is_same
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.matrix import Cell, CellState
from fwanalysis.domain.staleness import Cause
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project.matrix.citing import Resolver, cite, remove_unused
from fwanalysis.project.matrix.reading import Texts, read_cited, read_study
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.chart_import import CellWords, ChartComparison, Difference
    from fwanalysis.domain.staleness import Basis
    from fwanalysis.project.context import Context


def take_cells(
    context: Context, comparison: ChartComparison, decisions: Mapping[CellKey, CellWords]
) -> Sequence[CellKey]:
    """Write what was decided; all of it is one step to undo. All of it is checked before the first cell is written.

    Args:
        context: The project.
        comparison: What was compared.
        decisions: What to write in which cells; an unwritten content clears the cell. Cells without a decision stay.

    Returns:
        The cells that were written or cleared.

    Raises:
        Conflict: A cell was changed since it was compared.
        InvalidInput: A summary or a reason is missing.
    """
    chosen = [item for item in comparison.differences if item.key in decisions]
    chosen = [item for item in chosen if not is_same(item.here, decisions[item.key])]
    for item in chosen:
        _check(item, decisions[item.key])
    writing = _Writing(context, comparison)
    writing.check_seen(chosen)
    for item in chosen:
        writing.write(item, decisions[item.key])
    return [item.key for item in chosen]


def _check(item: Difference, words: CellWords) -> None:
    if words.is_written and not words.text.strip() and words.state != NOTHING_SAID:
        what = "the reason for not applicable" if words.state == NOT_APPLICABLE else "the summary"
        raise InvalidInput(f"{what} of {item.label} is empty", hint=f"write it in the file at {item.place}")


class _Writing:
    """Writes cells one by one; their events share a group."""

    def __init__(self, context: Context, comparison: ChartComparison) -> None:
        self._context = context
        self._comparison = comparison
        self._group = new_id()
        with context.store.read() as connection:
            self._texts = Texts(context, connection)
            self._study: Study = read_study(connection, self._texts)
            self._resolver = Resolver(self._study, case_queries.aliases(connection), self._texts)
        self._evidence = CellEvidence(self._study)

    def check_seen(self, chosen: Sequence[Difference]) -> None:
        """Check that no cell was changed since it was compared."""
        present = {CellKey(cell.case_id, cell.code_id, cell.own): cell for cell in self._study.cells}
        for item in chosen:
            if present.get(item.key) != item.seen:
                raise Conflict(f"{item.label} was changed since the file was compared", hint="import the file again")

    def write(self, item: Difference, words: CellWords) -> None:
        """Write or clear a cell."""
        verb = "import" if words.is_written else "clear"
        label = f"{verb} {item.label} from {self._comparison.filename}"
        with self._context.change("matrix.import", label, group=self._group) as changes:
            if not words.is_written:
                assert item.seen is not None
                citations = queries.citations(changes.connection, cell_id=item.seen.id)
                sorted_into = [found for found in queries.sortings(changes.connection) if found.cell_id == item.seen.id]
                changes.remove(*citations, *sorted_into, item.seen)
                remove_unused(changes, {found.segment_id for found in citations})
                return
            state = CellState(words.state.replace(" ", "-"))
            case = self._study.cases[item.key.case_id]
            prior = self._prior(item, words)
            with_groups = prior.basis.with_groups if prior else self._with_groups(item.key)
            cell_id = item.seen.id if item.seen else new_id()
            cited = cite(
                *(changes, self._study, self._resolver, self._texts),
                cell_id=cell_id,
                case=case,
                summary=words.text if state.has_summary else "",
                evidence=self._evidence.of(case, item.key.code_id, own=item.key.own, with_groups=with_groups),
            )
            if not set(cited) <= self._study.cited.keys():
                self._study = replace(self._study, cited=read_cited(changes.connection))
                self._evidence = CellEvidence(self._study)
            cell = Cell(
                *(cell_id, *item.key[:2], state, words.text.strip(), self._context.coder.id, now()),
                *(self._basis(item.key, prior, cited, with_groups), item.key.own),
                disagreement=words.disagreement,
            )
            if item.seen is None:
                changes.add(cell)
            else:
                changes.replace(cell, seen=item.seen)

    def _prior(self, item: Difference, words: CellWords) -> Cell | None:
        """Return the version of a cell on whose evidence a text was written; None if it is not known.

        A text of the file was written on what the file was made from, another on what the cell is based on.
        """
        return item.origin or item.seen if is_same(words, item.there) else item.seen or item.origin

    def _basis(self, key: CellKey, prior: Cell | None, cited: Sequence[str], with_groups: bool) -> Basis:
        """Return the basis of an imported text: the present evidence, as far as its author can have seen it.

        A text that was written on evidence that has changed since keeps that evidence as its basis, so that the cell is
        out of date for the same reasons.
        """
        case = self._study.cases[key.case_id]
        basis = self._evidence.basis(case, key.code_id, own=key.own, with_groups=with_groups, cited=cited)
        if prior is None:
            made_at = self._comparison.made_at
            passages = self._evidence.of(case, key.code_id, own=key.own, with_groups=with_groups)
            later = {found.passage.coding_id for found in passages if made_at and found.passage.created_at > made_at}
            seen = tuple(coding for coding in basis.codings if coding.coding_id not in later)
            return replace(basis, codings=seen, unread=tuple(sorted({*basis.unread, *later})))
        reasons = self._evidence.stale(replace(prior, id=f"before {prior.id}"))
        if not reasons:
            return basis
        added = {found.id for reason in reasons if reason.cause is Cause.ADDED for found in reason.affected}
        then = {citation.segment_id: citation for citation in prior.basis.citations}
        citations = tuple(then.get(new.segment_id, new) for new in basis.citations)
        return replace(prior.basis, citations=citations, unread=tuple(sorted({*prior.basis.unread, *added})))

    def _with_groups(self, key: CellKey) -> bool:
        case = self._study.cases[key.case_id]
        return case.level is Level.PERSON and case.id not in self._study.with_own_source
