"""What the Code view has read of a project, and what a change makes out of date.

Knows values only: no widget, no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.history import Change

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
