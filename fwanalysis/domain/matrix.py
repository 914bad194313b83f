"""The framework matrix: cells and their basis, queries, and views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.text import text_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from fwanalysis.domain.cases import Case, Level
    from fwanalysis.domain.codings import Evidence


class CellState(StrEnum):
    """The state of a written cell."""

    CHARTED = "charted"
    NOTHING_SAID = "nothing-said"
    NOT_APPLICABLE = "not-applicable"


class CellContent(StrEnum):
    """The content of an exported cell."""

    SUMMARY = "summary"
    QUOTES = "quotes"
    COUNTS = "counts"
    BOTH = "both"
    STANCES = "stances"
    PRESENCE = "presence"


class Layout(StrEnum):
    """The layout of an exported matrix: one line for each row (wide) or cell (long)."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Basis:
    """The evidence that a summary was based on.

    Attributes:
        codings: For each coding its id, the hash of its quotation and the id of its source's revision, sorted.
        code_version_id: Id of the version of the code.
        with_groups: Whether the evidence included what a person said in focus groups.
    """

    codings: tuple[tuple[str, str, str], ...] = ()
    code_version_id: str = ""
    with_groups: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A written cell of the matrix, for one case and one code.

    Attributes:
        summary: The summary; for a cell that is not applicable, the reason.
        written_at: Time of writing, ISO 8601 in UTC.
        basis: The evidence that it was based on.
    """

    id: str
    case_id: str
    code_id: str
    state: CellState
    summary: str
    coder_id: str
    written_at: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class MatrixQuery:
    """A query for a view of the matrix.

    Attributes:
        rows: ``default``, a level, or ``attribute:NAME``.
        theme: A code whose direct sub-codes become the columns; None for the themes.
        where: Pairs of attribute name and value; a row must have all of them.
        sort: Names of the attributes to sort rows by.
        attributes: Names of the attributes to show; None for the default selection.
    """

    rows: str = "default"
    theme: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    sort: tuple[str, ...] = ()
    attributes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A coded segment of a cell.

    Attributes:
        evidence: The coding with its anchor.
        reference: Its reference, such as ``(P07:12)``.
        speakers: Ids of the cases to whom it is attributed.
    """

    evidence: Evidence
    reference: str
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of a view, with its evidence.

    Attributes:
        cell: The written cell; None if it is unwritten.
        quotes: The coded segments.
        segments: Number of different segments.
        persons: Number of different persons among them.
        stale: Reasons why the written cell is out of date; see ``staleness``.
        unanchored: Number of codings that are unanchored and were last attributed to this cell's case.
    """

    cell: Cell | None
    quotes: tuple[Quoted, ...]
    segments: int
    persons: int
    stale: tuple[str, ...] = ()
    unanchored: int = 0

    @property
    def empty_because(self) -> str:
        """Why there is no summary; empty if there is one.

        One of *not charted*, *charted, nothing said*, *not applicable*, *no evidence*, *no evidence in the present
        text*.
        """
        if self.cell is None and self.quotes:
            return "not charted"
        if self.cell is None:
            return "no evidence in the present text" if self.unanchored else "no evidence"
        if self.cell.state is CellState.NOTHING_SAID:
            return "charted, nothing said"
        if self.cell.state is CellState.NOT_APPLICABLE:
            return "not applicable"
        return ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a view.

    Attributes:
        key: Unique key of the row in its view.
        label: The heading.
        case: The case; None for a row of cases with the same value, or of unattributed text.
        level: Level of the case, if there is one.
        attributes: Values by the name of the attribute.
    """

    key: str
    label: str
    case: Case | None
    level: Level | None
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of a view: a code with its sub-codes; *heading* is unique in the view."""

    code_id: str
    heading: str
    path: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A view of the matrix.

    Attributes:
        attributes: Names of the attributes shown.
        cells: Cells by row key and code id, one for each row and column.
        outside: Number of codings of cases that have no row in this view.
        unanchored: Number of unanchored codings of the columns' codes, which are in no cell.
        on_theme: Number of codings of these rows with the theme itself, when the columns are its sub-themes.
    """

    query: MatrixQuery
    attributes: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    cells: Mapping[tuple[str, str], MatrixCell]
    outside: int
    unanchored: int = 0
    on_theme: int = 0


def basis_of(evidence: Iterable[Evidence], code_version_id: str, *, with_groups: bool) -> Basis:
    """Return the basis of a cell with this evidence and version of its code."""
    codings = sorted((item.coding.id, text_hash(item.anchor.quote), item.anchor.revision_id) for item in evidence)
    return Basis(tuple(codings), code_version_id, with_groups)


def staleness(then: Basis, now: Basis, unanchored: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Return the reasons why a written cell is out of date.

    Args:
        then: The basis of the cell when it was written.
        now: The current basis.
        unanchored: Ids of codings that exist but are not anchored in the current text.

    Returns:
        One phrase per reason; empty if the cell is up to date. A revision that left the quotations unchanged is not a
        reason.
    """
    before = {coding_id: words for coding_id, words, _ in then.codings}
    after = {coding_id: words for coding_id, words, _ in now.codings}
    reasons = []
    if added := len(after.keys() - before.keys()):
        reasons.append(f"{added} coding{'s' * (added > 1)} added")
    missing = before.keys() - after.keys()
    if lost := len(missing & set(unanchored)):
        reasons.append(f"{lost} coding{'s' * (lost > 1)} lost {'their' if lost > 1 else 'its'} place")
    if removed := len(missing) - lost:
        reasons.append(f"{removed} coding{'s' * (removed > 1)} removed")
    if changed := sum(before[key] != after[key] for key in before.keys() & after.keys()):
        reasons.append(f"words of {changed} coding{'s' * (changed > 1)} changed")
    if then.code_version_id != now.code_version_id:
        reasons.append("definition of the code changed")
    return tuple(reasons)
