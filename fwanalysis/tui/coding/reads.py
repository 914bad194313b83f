"""What the Code view has read of a project, and what a change makes out of date.

Knows values only: no widget, no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.history import Change
    from fwanalysis.domain.suggestions import Suggestion

_TEXT = frozenset({"sources", "revisions", "turns", "speakers"})
READS: Mapping[str, frozenset[str]] = {
    "text": _TEXT,
    "codebook": frozenset({"codebook", "codes", "code_versions", "references"}),
    "codings": frozenset({"codings", "segments", "anchors"}) | _TEXT,
    "suggestions": frozenset({"suggestions", "decisions", "codes", "rules"}) | _TEXT,
    "coders": frozenset({"coders"}),
}
"""The parts that the view reads, each with the tables that it is read from."""


def out_of_date(change: Change) -> set[str]:
    """Return the parts of ``READS`` to read again after a change: all of them if any table may have changed."""
    return {part for part, tables in READS.items() if not change.tables or not change.tables.isdisjoint(tables)}


def suggestion_to_show(before: Sequence[Suggestion], after: Sequence[Suggestion], current: str | None) -> str | None:
    """Return the id of the suggestion that becomes the current one when the pending suggestions were read again.

    When the *current* one was decided, that is the next in the text; when an undo made one pending again, that one.
    None if neither is so.
    """
    was = next((item for item in before if item.id == current), None)
    known = {item.id for item in before}
    back = [item.id for item in after if item.id not in known]
    if was and all(item.id != was.id for item in after):
        later = (item.id for item in after if (item.start, item.end) >= (was.start, was.end))
        return next(later, None)
    return back[0] if known and len(back) == 1 else None


def next_with_pending(ids: Sequence[str], pending: Mapping[str, int], source_id: str, step: int) -> str | None:
    """Return the next source (1) or the one before (-1) that has pending suggestions, going round; *source_id* itself
    comes last. None if no source has any."""
    at = ids.index(source_id)
    order = [ids[(at + step * offset) % len(ids)] for offset in range(1, len(ids) + 1)]
    return next((item for item in order if pending.get(item)), None)
