"""One cell of the matrix, read with all that is needed to show and to write it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import build_cell
from fwanalysis.analysis.matrix.evidence import CellEvidence, basis_of
from fwanalysis.analysis.matrix.study import locate
from fwanalysis.domain.cases import Level
from fwanalysis.project.context import find_case
from fwanalysis.project.matrix.citing import Resolver
from fwanalysis.project.matrix.reading import Texts, read_study
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codebook import CodeEntry
    from fwanalysis.domain.matrix import Quoted
    from fwanalysis.domain.staleness import Basis
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading


class OpenedCell:
    """One cell with all that is needed to show and to write it."""

    def __init__(
        self, context: Context, connection: Reading, case: str, code: str, *, own: bool, with_groups: bool | None
    ) -> None:
        self.texts = Texts(context, connection)
        codebook = codebook_queries.codebook(connection, with_rules=False)
        self.entry: CodeEntry = codebook.find(code)
        self._aliases = case_queries.aliases(connection)
        self.case: Case = find_case(case, case_queries.cases(connection), self._aliases)
        self.own = own
        self.study: Study = read_study(connection, self.texts, code_ids=codebook.below(self.entry.id))
        self.with_groups = self._with_groups(with_groups)
        self.shown, _ = build_cell(self.study, self.case, self.entry.id, own=own, with_groups=self.with_groups)

    @property
    def label(self) -> str:
        """The cell in words, such as *P04 × Free-riding*."""
        return f"{self.case.name} × {self.entry.name}{' (itself)' if self.own else ''}"

    def _with_groups(self, asked: bool | None) -> bool:
        if asked is not None:
            return asked
        for cell in self.study.cells:
            if (cell.case_id, cell.code_id, cell.own) == (self.case.id, self.entry.id, self.own):
                return cell.basis.with_groups
        return self.case.level is Level.PERSON and self.case.id not in self.study.with_own_source

    def resolver(self) -> Resolver:
        """Return what finds the references of this cell's summary."""
        return Resolver(self.study, self._aliases, self.texts)

    def evidence(self) -> Sequence[Located]:
        """Return the passages of the cell."""
        return CellEvidence(self.study).of(self.case, self.entry.id, own=self.own, with_groups=self.with_groups)

    def basis(self, study: Study, cited: Sequence[str], read: Sequence[Quoted] | None) -> Basis:
        """Return the basis of a summary saved now.

        Args:
            study: The project with the segments that the summary cites.
            cited: Ids of these segments.
            read: The evidence that the writer has read; all by default.
        """
        _, basis = build_cell(study, self.case, self.entry.id, own=self.own, with_groups=self.with_groups, cited=cited)
        if read is None:
            return basis
        located = locate((quoted.passage for quoted in read), lambda passage: passage.source_id, study.voices)
        seen = {quoted.passage.coding_id for quoted in read}
        return replace(
            basis_of(study, located, self.entry.id, with_groups=self.with_groups, cited=cited, cells=basis.cells),
            unread=tuple(sorted({*basis.unread, *(item.coding_id for item in basis.codings)} - seen)),
        )
