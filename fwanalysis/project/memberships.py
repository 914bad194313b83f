"""Keep the members of groups in step with who speaks in the focus groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Membership
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.sources import SourceKind
from fwanalysis.store.queries import cases as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.domain.sources import Source, Speaker
    from fwanalysis.store.changes import Changes

Pairs = set[tuple[str, str]]
"""Ids of cases: a member and the group it speaks in."""


def group_speakers(speakers: Iterable[Speaker], sources: Mapping[str, Source]) -> Pairs:
    """Return the cases that speak in focus groups, each with the group's case; *sources* are by id."""
    found = set()
    for speaker in speakers:
        source = sources[speaker.source_id]
        if source.kind is SourceKind.FOCUS_GROUP and source.case_id and speaker.case_id not in (None, source.case_id):
            found.add((str(speaker.case_id), source.case_id))
    return found


def keep_members(changes: Changes, before: Pairs, after: Pairs) -> None:
    """Remove the memberships of those who speak in a group no more, and add those of the ones who do now."""
    known = {(item.member_id, item.whole_id): item for item in queries.memberships(changes.connection)}
    changes.remove(*(known[pair] for pair in sorted((before - after) & known.keys())))
    changes.add_all(Membership(new_id(), *pair) for pair in sorted((after - before) - known.keys()))
