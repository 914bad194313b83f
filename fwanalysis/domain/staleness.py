"""The basis of a written cell, and why the cell is out of date: a comparison of its basis with the present evidence.

Nothing here is stored but the basis. An undo that restores the evidence makes a cell up to date again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


OLD = "out of date: "
"""What is in front of the hash of a cell that was out of date when another was based on it."""


class Cause(StrEnum):
    """Why a written cell is out of date."""

    ADDED = "evidence added"
    REMOVED = "evidence removed"
    UNANCHORED = "evidence unanchored"
    REBOUNDED = "evidence re-bounded"
    CORRECTED = "text corrected"
    REDEFINED = "code redefined"
    RECODED = "evidence recoded"
    REATTRIBUTED = "evidence reattributed"
    STANCE = "stance changed"
    CITED = "cited text changed"
    CELL = "a summary it is based on changed"
    GROUP_WORDS = "focus group words not covered"


@dataclass(frozen=True, slots=True)
class BasisCoding:
    """A coding as it was when a summary was based on it.

    Attributes:
        words: Hash of the words of the passage (see ``text_hash``).
        revision_id: Revision of the text.
        start: Where the passage began, in code points; -1 if an older version did not record it.
        end: Where it ended, exclusive; -1 if it was not recorded.
        code_id: Id of the code; empty if it was not recorded.
        cases: Ids of the cases to whom it was attributed, sorted; None if they were not recorded.
        stance: The stance; empty if it was not recorded.
    """

    coding_id: str
    words: str
    revision_id: str
    start: int = -1
    end: int = -1
    code_id: str = ""
    cases: tuple[str, ...] | None = None
    stance: str = ""


@dataclass(frozen=True, slots=True)
class BasisCitation:
    """A cited segment as it was when a summary was saved; the attributes are those of ``BasisCoding``."""

    segment_id: str
    words: str
    revision_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Basis:
    """The evidence that a summary was based on.

    Attributes:
        codings: The codings, sorted by id.
        code_version_id: Id of the version of the cell's code.
        with_groups: Whether the evidence included what a person said in focus groups.
        citations: The segments that the summary cites and that are not coded in the cell, sorted by id.
        versions: For each other code of the evidence its id and the id of its version, sorted.
        cells: For each cell of a member that the summary was based on its id and the hash of its content, sorted;
            ``OLD`` is in front of the hash if the cell was out of date itself.
        unread: Ids of codings that were in the cell when it was saved, but not among the evidence that its author saw.
    """

    codings: tuple[BasisCoding, ...] = ()
    code_version_id: str = ""
    with_groups: bool = False
    citations: tuple[BasisCitation, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A passage or a cell that a cause is about.

    Attributes:
        kind: ``new``, ``changed``, ``removed``, ``unanchored`` or ``cell``.
        id: Id of the coding, of the cited segment, of the code or of the cell.
        then: Revision, start and end of the passage in the basis; None if it is new or was not recorded.
        now: The same now; None if it is gone.
    """

    kind: str
    id: str
    then: tuple[str, int, int] | None = None
    now: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class StaleReason:
    """One reason why a written cell is out of date."""

    cause: Cause
    affected: tuple[Affected, ...]

    def __str__(self) -> str:
        """Return the reason as a phrase, such as *2 codings added*."""
        count = len(self.affected)
        one, several = _PHRASES[self.cause]
        return one if count == 1 else several.format(count)


_PHRASES: Mapping[Cause, tuple[str, str]] = {
    Cause.ADDED: ("1 coding added", "{} codings added"),
    Cause.REMOVED: ("1 coding removed", "{} codings removed"),
    Cause.UNANCHORED: ("1 coding is unanchored", "{} codings are unanchored"),
    Cause.REBOUNDED: ("1 passage re-bounded", "{} passages re-bounded"),
    Cause.CORRECTED: ("text of 1 coding corrected", "text of {} codings corrected"),
    Cause.REDEFINED: ("definition of the code changed", "definitions of {} codes changed"),
    Cause.RECODED: ("1 passage now has another code", "{} passages now have other codes"),
    Cause.REATTRIBUTED: ("1 passage reattributed", "{} passages reattributed"),
    Cause.STANCE: ("stance of 1 coding changed", "stance of {} codings changed"),
    Cause.CITED: ("text of 1 cited turn changed", "text of {} cited turns changed"),
    Cause.CELL: ("1 summary that it is based on changed", "{} summaries that it is based on changed"),
    Cause.GROUP_WORDS: (
        "1 coding from a focus group was not part of the evidence",
        "{} codings from focus groups were not part of the evidence",
    ),
}


@dataclass(frozen=True, slots=True)
class Present:
    """What exists in the project now, beyond the evidence of one cell.

    Attributes:
        unanchored: Ids of the codings that exist but are not anchored in the current text.
        anchored: For each anchored coding its code id, the ids of the cases to whom it is attributed, and when it was
            made, by coding id.
        citations: The cited segments as they are now, by segment id; a segment that lost its anchor is missing.
        cells: Hashes of the contents of written cells by id, as ``Basis.cells`` has them.
        written_at: When the cell was written; empty if that is not known.
    """

    unanchored: Collection[str] = frozenset()
    anchored: Mapping[str, tuple[str, tuple[str, ...], str]] = field(default_factory=dict)
    citations: Mapping[str, BasisCitation] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    written_at: str = ""


def staleness(then: Basis, now: Basis, present: Present | None = None) -> tuple[StaleReason, ...]:
    """Return the reasons why a written cell is out of date.

    Args:
        then: The basis of the cell when it was written.
        now: The basis that it would have now.
        present: What else there is in the project.

    Returns:
        One reason per cause; empty if the cell is up to date. A revision that left the words unchanged is not a
        reason, and what an older version of the program did not record is not compared.
    """
    present = present or Present()
    found: dict[Cause, list[Affected]] = {}
    for cause, item in (
        *_changes_of_codings(then, now, present),
        *((Cause.REDEFINED, Affected("changed", code_id)) for code_id in _redefined(then, now)),
        *_changes_of_citations(then, present),
        *((Cause.CELL, Affected("cell", cell)) for cell in _changed_cells(then, present)),
    ):
        found.setdefault(cause, []).append(item)
    return tuple(StaleReason(cause, tuple(found[cause])) for cause in Cause if cause in found)


def _changes_of_codings(then: Basis, now: Basis, present: Present) -> Iterator[tuple[Cause, Affected]]:
    before = {item.coding_id: item for item in then.codings}
    after = {item.coding_id: item for item in now.codings}
    for coding_id, item in after.items():
        if coding_id not in before:
            cause = Cause.ADDED if coding_id in then.unread else _cause_of_new(coding_id, present)
            yield cause, Affected("new", coding_id, None, _place(item))
        elif changed := _cause_of_change(before[coding_id], item):
            yield changed, Affected("changed", coding_id, _place(before[coding_id]), _place(item))
    for coding_id, item in before.items():
        if coding_id not in after:
            cause = _cause_of_missing(item, present)
            kind = "unanchored" if cause is Cause.UNANCHORED else "removed"
            yield cause, Affected(kind, coding_id, _place(item))


def _changed_cells(then: Basis, present: Present) -> Iterator[str]:
    """Yield the cells that say something else or have gone out of date; one that was out of date may stay so."""
    for cell, content in then.cells:
        now = present.cells.get(cell, "")
        if now != content and OLD + now != content:
            yield cell


def _changes_of_citations(then: Basis, present: Present) -> Iterator[tuple[Cause, Affected]]:
    for citation in then.citations:
        current = present.citations.get(citation.segment_id)
        if current is None:
            yield Cause.CITED, Affected("removed", citation.segment_id, _place(citation))
        elif current.words != citation.words:
            yield Cause.CITED, Affected("changed", citation.segment_id, _place(citation), _place(current))


def _place(item: BasisCoding | BasisCitation) -> tuple[str, int, int] | None:
    return (item.revision_id, item.start, item.end) if item.start >= 0 else None


def _cause_of_new(coding_id: str, present: Present) -> Cause:
    """A coding that is older than the summary came into the cell by another way than by being made."""
    _, _, created = present.anchored.get(coding_id, ("", (), ""))
    return Cause.REATTRIBUTED if created and present.written_at and created < present.written_at else Cause.ADDED


def _cause_of_missing(item: BasisCoding, present: Present) -> Cause:
    if item.coding_id in present.unanchored:
        return Cause.UNANCHORED
    current = present.anchored.get(item.coding_id)
    if current is None:
        return Cause.REMOVED
    code_id, cases, _ = current
    if item.cases is not None and cases != item.cases:
        return Cause.REATTRIBUTED
    return Cause.RECODED if item.code_id and code_id != item.code_id else Cause.REATTRIBUTED


def _cause_of_change(before: BasisCoding, after: BasisCoding) -> Cause | None:
    if before.words != after.words:
        return Cause.REBOUNDED if before.revision_id == after.revision_id else Cause.CORRECTED
    is_comparable = before.start >= 0 and before.revision_id == after.revision_id
    if is_comparable and (before.start, before.end) != (after.start, after.end):
        return Cause.REBOUNDED
    if before.code_id and before.code_id != after.code_id:
        return Cause.RECODED
    if before.cases is not None and before.cases != after.cases:
        return Cause.REATTRIBUTED
    return Cause.STANCE if before.stance and before.stance != after.stance else None


def _redefined(then: Basis, now: Basis) -> Iterable[str]:
    """Yield the codes of both bases whose definition changed: an empty text for the cell's own code, else ids."""
    if then.code_version_id != now.code_version_id:
        yield ""
    current = dict(now.versions)
    yield from (code_id for code_id, version_id in then.versions if current.get(code_id, version_id) != version_id)
