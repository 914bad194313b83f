"""A cell that is being written: what is shown, what its writer has seen, and how it is saved. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Level
from fwanalysis.domain.codings import Stance
from fwanalysis.errors import InvalidInput
from fwanalysis.tui.charting.cell_places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.analysis.group_roles import GroupRoles
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.matrix import Cell, CellState, Matrix, MatrixCell, MatrixColumn, MatrixRow
    from fwanalysis.project import Project
    from fwanalysis.tui.charting.cell_places import CitedPlace

NOT_A_CASE = "This row is not a case, so it has no summary."


class CellSession:
    """One cell of a view of the matrix.

    Attributes:
        case: The case of the row; None for a row that is not a case, which can only be read.
        shown: The cell as it is now.
        seen: The written cell as its writer has seen it, against which a change is checked.
        places: The texts of its passages and references.
        codebook: The codebook as it is now.
        coders: Names of the coders by id.
    """

    def __init__(self, project: Project, matrix: Matrix, row: MatrixRow, column: MatrixColumn) -> None:
        self.project = project
        self.matrix = matrix
        self.row = row
        self.column = column
        self.with_groups = row.level is Level.PERSON and matrix.query.rows == "person"
        self.case: Case | None = row.case
        self.shown: MatrixCell = matrix.cells[row.key, column.key]
        self.codebook: Codebook = project.codebook.tree()
        self.coders: Mapping[str, str] = project.codings.coders()
        self.places = Places(project)
        if self.case is not None:
            self.shown = self._read(self.case)
        self.seen: Cell | None = self.shown.cell

    def _read(self, case: Case) -> MatrixCell:
        return self.project.matrix.cell(case.id, self.column.code_id, own=self.column.own, with_groups=self.with_groups)

    @property
    def label(self) -> str:
        """The cell in words, such as *P04 × Free-riding*."""
        return f"{self.row.label} × {self.column.heading}"

    @property
    def summary(self) -> str:
        """The text of the cell as it was saved, references numbered as they are now."""
        if self.seen is None:
            return ""
        return self.shown.summary if self.seen == self.shown.cell else self.seen.summary

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether the cell is no longer as its writer has seen it."""
        return self.shown.cell != self.seen

    @property
    def other_author(self) -> str:
        """Name of the coder who wrote what is there, if that is another one; else empty."""
        cell = self.shown.cell
        if cell is None or cell.coder_id == self.project.coder.id:
            return ""
        return self.author(cell)

    def author(self, cell: Cell) -> str:
        """Return the name of the coder who wrote a cell."""
        return self.coders.get(cell.coder_id, "another coder")

    def refresh(self) -> None:
        """Read the cell again. NotFound if its case or code no longer exists."""
        self.places.renew()
        self.codebook = self.project.codebook.tree()
        self.coders = self.project.codings.coders()
        if self.case is not None:
            self.shown = self._read(self.case)

    def take_over(self) -> None:
        """Take the cell as it is now as seen."""
        self.seen = self.shown.cell

    def write(self, text: str, state: CellState, *, disagreement: str | None = None) -> None:
        """Write the cell; its basis is the evidence that is shown.

        Raises:
            Conflict: If it is no longer as it was seen.
            InvalidInput: If the row is not a case, or a summary or reason is missing.
        """
        self.seen = self.project.matrix.set(
            self._required().id,
            self.column.code_id,
            text,
            state=state,
            own=self.column.own,
            with_groups=self.with_groups,
            seen=self.seen,
            expect=True,
            read=self.shown.quotes,
            disagreement=disagreement,
        )

    def affirm(self, reason: str) -> None:
        """Affirm a summary that is out of date on the evidence that is shown."""
        self.seen = self.project.matrix.affirm(
            *(self._required().id, self.column.code_id, reason),
            own=self.column.own,
            seen=self.seen,
            read=self.shown.quotes,
        )

    def clear(self) -> None:
        """Clear the cell."""
        self.project.matrix.clear(self._required().id, self.column.code_id, own=self.column.own, seen=self.seen)
        self.seen = None

    def code(self, place: CitedPlace) -> None:
        """Code a cited place with the code of this cell."""
        self.project.codings.add(
            place.source_id, self.column.code_id, place.span.start, place.span.end, seen=place.revision_id
        )

    def _required(self) -> Case:
        if self.case is None:
            raise InvalidInput(NOT_A_CASE)
        return self.case

    @property
    def is_group(self) -> bool:
        """Whether this is the cell of a focus group."""
        return self.row.level is Level.GROUP

    def group_roles(self) -> GroupRoles:
        """Return who raised the theme, who agreed, who dissented and who was silent in this group."""
        from fwanalysis.analysis.group_roles import SpokenPassage, group_roles

        view = self.project.cases.show(self._required().id)
        passages = [
            SpokenPassage(self.places.speakers(item.passage), Stance(item.passage.stance)) for item in self.shown.quotes
        ]
        return group_roles(passages, [*view.members, *self.places.participants(view.sources)])
