"""The checks of a summary while it is typed, and what changed since it was saved. Knows no widget.

The words that a summary may cite are read once and then checked in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.analysis.guard import FindingKind, Severity
from fwanalysis.domain.summaries import parse_summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.analysis.guard import Finding
    from fwanalysis.domain.matrix import Quoted
    from fwanalysis.domain.summaries import Summary
    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.project.matrix.details import ChangedDefinition, ChangedPassage
    from fwanalysis.tui.charting.cell_places import CitedPlace
    from fwanalysis.tui.charting.cell_session import CellSession


class Changes(NamedTuple):
    """What changed since a summary was saved.

    Attributes:
        passages: The new and changed passages by id of the coding or the cited segment.
        removed: Those that are gone.
        definitions: The codes whose definition changed.
    """

    passages: Mapping[str, ChangedPassage]
    removed: Sequence[ChangedPassage]
    definitions: Sequence[ChangedDefinition]


NO_CHANGES = Changes({}, (), ())
_GONE = ("removed", "unanchored")


def changes_of(session: CellSession) -> Changes:
    """Return what changed since the summary of a cell was saved."""
    cell = session.shown.cell
    if cell is None or not session.shown.stale:
        return NO_CHANGES
    details = session.project.matrix.stale_details(cell)
    passages = [item for detail in details for item in detail.passages if item.kind != "cell"]
    return Changes(
        {item.id: item for item in passages if item.kind not in _GONE},
        [item for item in passages if item.kind in _GONE],
        [item for detail in details for item in detail.definitions],
    )


class Checks:
    """Checks the texts of a cell's summary."""

    def __init__(self, session: CellSession) -> None:
        self._session = session
        self.renew()

    def renew(self) -> None:
        """Read the words again that the summary may cite."""
        session = self._session
        self._checker = (
            session.project.matrix.checker(
                session.case.id, session.column.code_id, own=session.column.own, with_groups=session.with_groups
            )
            if session.case is not None
            else None
        )

    def parse(self, text: str) -> Summary:
        """Return a text in its parts; the names in its references are those of the project."""
        return self._checker.parse(text) if self._checker is not None else parse_summary(text)

    def place_of(self, reference: SummaryReference) -> CitedPlace | None:
        """Return what a reference points to, with its words; None if that is nothing."""
        place = self._checker.place_of(reference) if self._checker is not None else None
        return self._session.places.cited(place.source_id, place.revision_id, place.span) if place else None

    def check(self, text: str) -> Sequence[Finding]:
        """Return what the guard reports about a text, in its order; an empty text is not checked."""
        return self._checker.check(text) if self._checker is not None and text.strip() else ()


def uncited(findings: Sequence[Finding], quotes: Sequence[Quoted]) -> frozenset[str]:
    """Return the ids of the codings that no reference cites."""
    ids = {name for item in findings if item.kind is FindingKind.UNCITED_EVIDENCE for name in item.ids}
    return frozenset(
        item.passage.coding_id for item in quotes if ids & {item.passage.coding_id, item.passage.segment_id}
    )


def in_words(findings: Sequence[Finding]) -> str:
    """Return the number of findings: *2 errors, 1 note*; *no findings* if there is none."""
    errors = sum(item.severity is Severity.ERROR for item in findings)
    notes = len(findings) - errors
    counted = [f"{n} {what}{'s' * (n != 1)}" for n, what in ((errors, "error"), (notes, "note")) if n]
    return ", ".join(counted) or "no findings"
