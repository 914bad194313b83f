"""Read the turns of speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fwanalysis.domain.sources import Turn
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


def turns_of(connection: Connection, speaker_id: str) -> list[Turn]:
    """Return the turns of a speaker in all revisions of the source."""
    return fetch(connection, Turn, schema.turns.c.speaker_id == speaker_id, order=[schema.turns.c.position])


def turn_counts(connection: Connection) -> Mapping[str, Mapping[str, int]]:
    """Count the turns of each label in current revisions, by source id."""
    speakers, turns, sources = schema.speakers, schema.turns, schema.sources
    statement = (
        select(speakers.c.source_id, speakers.c.label, func.count())
        .join(turns, turns.c.speaker_id == speakers.c.id)
        .join(sources, sources.c.revision_id == turns.c.revision_id)
        .group_by(speakers.c.source_id, speakers.c.label)
        .order_by(func.min(turns.c.position))
    )
    counts: dict[str, dict[str, int]] = {}
    for source_id, label, count in connection.execute(statement):
        counts.setdefault(source_id, {})[label] = count
    return counts
