"""Reading the turns of speakers, whatever the revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.sources import Turn
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch

if TYPE_CHECKING:
    from sqlalchemy import Connection


def turns_of(connection: Connection, speaker_id: str) -> list[Turn]:
    """The turns of a speaker in all revisions of the source."""
    return fetch(connection, Turn, schema.turns.c.speaker_id == speaker_id, order=[schema.turns.c.position])
