"""The evidence of each written cell, independent of the view that shows it, and its basis now."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.rows import placing
from fwanalysis.domain.cases import Level, parents
from fwanalysis.domain.matrix import CellState, MatrixQuery
from fwanalysis.domain.staleness import OLD, Basis, BasisCitation, BasisCoding, Present, StaleReason, staleness
from fwanalysis.domain.text import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.matrix import Cell


class CellEvidence:
    """Gathers the evidence of cells, once for each kind of rows that they belong to."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._by_case: dict[tuple[str, bool], Mapping[str, list[Located]]] = {}
        self._stale: dict[str, tuple[StaleReason, ...]] = {}

    def of(self, case: Case, code_id: str, *, own: bool, with_groups: bool) -> Sequence[Located]:
        """Return the passages of a cell in text order.

        Args:
            case: The case.
            code_id: The code.
            own: Whether only codings with the code itself count.
            with_groups: Whether to include what a person said in focus groups.
        """
        return self._of(case, code_id, own=own, with_groups=with_groups, unanchored=False)

    def unanchored_of(self, case: Case, code_id: str, *, own: bool, with_groups: bool) -> Sequence[Located]:
        """Return the unanchored passages that were last in a cell; the arguments are those of ``of``."""
        return self._of(case, code_id, own=own, with_groups=with_groups, unanchored=True)

    def _of(self, case: Case, code_id: str, *, own: bool, with_groups: bool, unanchored: bool) -> Sequence[Located]:
        rows = row_kind(case, with_groups=with_groups)
        by_case = self._by_case.get((rows, unanchored))
        if by_case is None:
            items = self._study.unanchored_located if unanchored else self._study.located
            by_case = self._by_case[rows, unanchored] = self._group(items, rows)
        found = by_case.get(case.id, ())
        if own:
            return [item for item in found if item.passage.code_id == code_id]
        ancestors = self._study.ancestors
        return [item for item in found if code_id in ancestors[item.passage.code_id]]

    def _group(self, items: Iterable[Located], rows: str) -> Mapping[str, list[Located]]:
        belongs = parents(self._study.memberships) if rows == "site" else {}
        place = placing(self._study, MatrixQuery(rows=rows), belongs)
        by_case: dict[str, list[Located]] = {}
        for item in items:
            for case_id in place(item):
                by_case.setdefault(case_id, []).append(item)
        return by_case

    def basis(self, case: Case, code_id: str, *, own: bool, with_groups: bool, cited: Iterable[str] = ()) -> Basis:
        """Return the basis that a cell would have if it were saved now.

        Args:
            case: The case.
            code_id: The code.
            own: Whether only codings with the code itself count.
            with_groups: Whether what a person said in focus groups counts.
            cited: Ids of the segments that the summary cites.
        """
        passages = self.of(case, code_id, own=own, with_groups=with_groups)
        members = self._member_cells(case, code_id, own=own)
        basis = basis_of(self._study, passages, code_id, with_groups=with_groups, cited=cited, cells=members)
        unanchored = self.unanchored_of(case, code_id, own=own, with_groups=with_groups)
        return replace(basis, unread=tuple(sorted(item.passage.coding_id for item in unanchored)))

    def stale(self, cell: Cell) -> tuple[StaleReason, ...]:
        """Return the reasons why a written cell is out of date."""
        if cell.id not in self._stale:
            self._stale[cell.id] = ()  # a circle of members would end here
            case = self._study.cases[cell.case_id]
            now = self.basis(case, cell.code_id, own=cell.own, with_groups=cell.basis.with_groups)
            cells = {}
            if cell.basis.cells:
                known = {item.id: item for item in self._study.cells}
                based_on = [known[cell_id] for cell_id, _ in cell.basis.cells if cell_id in known]
                cells = {item.id: self._content(item) for item in based_on}
            present = Present(
                unanchored=self._study.unanchored_ids,
                anchored=self._anchored,
                citations=self._citations,
                cells=cells,
                written_at=cell.written_at,
            )
            self._stale[cell.id] = staleness(cell.basis, now, present)
        return self._stale[cell.id]

    @cached_property
    def _anchored(self) -> Mapping[str, tuple[str, tuple[str, ...], str]]:
        found = {}
        cases: dict[int, tuple[str, ...]] = {}  # by attribution, which passages over the same turns share
        for item in self._study.located:
            passage, attribution, _, _ = item
            known = cases.get(id(attribution))
            if known is None:
                known = cases[id(attribution)] = cases_of(item)
            found[passage.coding_id] = (passage.code_id, known, passage.created_at)
        return found

    @cached_property
    def _citations(self) -> Mapping[str, BasisCitation]:
        return {
            cited.segment_id: BasisCitation(cited.segment_id, cited.words, cited.revision_id, cited.start, cited.end)
            for cited in self._study.cited.values()
        }

    def _member_cells(self, case: Case, code_id: str, *, own: bool) -> tuple[tuple[str, str], ...]:
        """Return the written cells of a site's members for the same code, with hashes of their contents.

        A group has none: its evidence is that of its own sources, whatever its members say elsewhere.
        """
        if case.level is not Level.SITE:
            return ()
        belongs = self._belongs
        return tuple(
            sorted(
                (cell.id, self._content(cell))
                for cell in self._study.cells
                if (cell.code_id, cell.own) == (code_id, own) and case.id in belongs.get(cell.case_id, ())
            )
        )

    def _content(self, cell: Cell) -> str:
        """Return the hash of what a cell says, marked if it is out of date."""
        return f"{OLD if self.stale(cell) else ''}{content_hash(cell)}"

    @cached_property
    def _belongs(self) -> Mapping[str, frozenset[str]]:
        return parents(self._study.memberships)


def row_kind(case: Case, *, with_groups: bool) -> str:
    """Return the kind of rows, as in a query, that a case's evidence is in."""
    if case.level is Level.SITE:
        return "site"
    return "person" if case.level is Level.PERSON and with_groups else "default"


def content_hash(cell: Cell) -> str:
    """Return a hash of what a cell says, which checking its summary does not change."""
    state = CellState.DRAFT if cell.state.has_summary else cell.state
    return text_hash(f"{state}\n{cell.summary}")


def cases_of(item: Located) -> tuple[str, ...]:
    """Return the ids of the cases and the group to whom a passage is attributed, sorted."""
    group = item.attribution.group
    return tuple(sorted(item.attribution.cases | ({group} if group else frozenset())))


def basis_of(
    study: Study,
    passages: Iterable[Located],
    code_id: str,
    *,
    with_groups: bool,
    cited: Iterable[str] = (),
    cells: tuple[tuple[str, str], ...] = (),
) -> Basis:
    """Return the basis of a cell with this evidence."""
    entries = study.codebook.by_id
    codings, codes, segments = [], set(), set()
    for item in passages:
        passage = item.passage
        codes.add(passage.code_id)
        segments.add(passage.segment_id)
        codings.append(
            BasisCoding(
                coding_id=passage.coding_id,
                words=text_hash(passage.quote),
                revision_id=passage.revision_id,
                start=passage.start,
                end=passage.end,
                code_id=passage.code_id,
                cases=cases_of(item),
                stance=passage.stance,
            )
        )
    citations = [study.cited[segment_id] for segment_id in set(cited) - segments if segment_id in study.cited]
    return Basis(
        codings=tuple(sorted(codings, key=lambda item: item.coding_id)),
        code_version_id=entries[code_id].version.id,
        with_groups=with_groups,
        citations=tuple(
            BasisCitation(item.segment_id, item.words, item.revision_id, item.start, item.end)
            for item in sorted(citations, key=lambda item: item.segment_id)
        ),
        versions=tuple(sorted((other, entries[other].version.id) for other in codes - {code_id})),
        cells=cells,
    )
