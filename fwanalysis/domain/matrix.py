"""The framework matrix: cells with their basis, what a view asks for, and the view itself."""

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
    """What a person said of a cell."""

    CHARTED = "charted"
    NOTHING_SAID = "nothing-said"
    NOT_APPLICABLE = "not-applicable"


class CellContent(StrEnum):
    """What an exported cell holds."""

    SUMMARY = "summary"
    QUOTES = "quotes"
    COUNTS = "counts"
    BOTH = "both"


class Layout(StrEnum):
    """One line a case, or one line a cell."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a summary was written on: each coding's id, the hash of its words and its source's revision, sorted; the
    code's version; and whether a person's words in focus groups were gathered too."""

    codings: tuple[tuple[str, str, str], ...] = ()
    code_version_id: str = ""
    with_groups: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Case × code: what a person wrote there, and the basis it was written on."""

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
    """What a view of the matrix asks for. ``rows`` is ``default``, a level or ``attribute:NAME``; ``theme`` names a
    code whose sub-themes become the columns; ``where`` holds attribute name and value pairs that a row must all have;
    ``sort`` and ``attributes`` are attribute names."""

    rows: str = "default"
    theme: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    sort: tuple[str, ...] = ()
    attributes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence in a cell: its words, its reference such as ``(P07:12)``, and the cases that say them."""

    evidence: Evidence
    reference: str
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of a view: the written one if there is one, the evidence gathered for it, and why it is stale.

    ``segments`` and ``persons`` are counts of distinct ones; ``unplaced`` counts codings that a corrected text left
    without a place and that would stand here, their words being whose they were where they stood last.
    """

    cell: Cell | None
    quotes: tuple[Quoted, ...]
    segments: int
    persons: int
    stale: tuple[str, ...] = ()
    unanchored: int = 0

    @property
    def empty_because(self) -> str:
        """Why there is no summary: *not charted*, *charted, nothing said*, *not applicable*, *no evidence*, *no
        evidence in the present text*; empty if there is one."""
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
    """A row of a view: a case, or a value that several cases share, or the words without a case (``case`` is None)."""

    key: str
    label: str
    case: Case | None
    level: Level | None
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of a view: a code with all below it; ``heading`` is unique among the columns."""

    code_id: str
    heading: str
    path: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A view of cells; ``cells`` is keyed by row key and code id and has an entry for every pair. ``outside`` counts
    codings that belong to cases which are no rows of this view, ``unplaced`` codings of the columns' codes that have no
    place in the present texts and so stand in no cell."""

    query: MatrixQuery
    attributes: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    cells: Mapping[tuple[str, str], MatrixCell]
    outside: int
    unanchored: int = 0


def basis_of(evidence: Iterable[Evidence], code_version_id: str, *, with_groups: bool) -> Basis:
    """The basis that evidence makes for a cell of a code at a version."""
    codings = sorted((item.coding.id, text_hash(item.anchor.quote), item.anchor.revision_id) for item in evidence)
    return Basis(tuple(codings), code_version_id, with_groups)


def staleness(then: Basis, now: Basis, unanchored: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Why a cell written on the basis *then* is stale *now*, a phrase for each reason; empty if it is fresh.

    A revision that left a coding's words as they were is no reason. *unplaced* are the ids of codings that are there,
    but whose words have no place in the corrected text.
    """
    before = {coding_id: words for coding_id, words, _ in then.codings}
    after = {coding_id: words for coding_id, words, _ in now.codings}
    reasons = []
    if added := len(after.keys() - before.keys()):
        reasons.append(f"{added} coding{'s' * (added > 1)} added")
    gone = before.keys() - after.keys()
    if adrift := len(gone & set(unanchored)):
        reasons.append(f"{adrift} coding{'s' * (adrift > 1)} lost {'their' if adrift > 1 else 'its'} place")
    if removed := len(gone) - adrift:
        reasons.append(f"{removed} coding{'s' * (removed > 1)} removed")
    if changed := sum(before[key] != after[key] for key in before.keys() & after.keys()):
        reasons.append(f"words of {changed} coding{'s' * (changed > 1)} changed")
    if then.code_version_id != now.code_version_id:
        reasons.append("definition of the code changed")
    return tuple(reasons)
