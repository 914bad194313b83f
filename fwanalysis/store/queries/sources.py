"""Read sources, their texts, turns and speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fwanalysis.domain.sources import Revision, Source, Speaker, Transcript, Turn
from fwanalysis.store import schema
from fwanalysis.store.mapping import columns_of, fetch, fetch_one, from_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection


def sources(connection: Connection) -> list[Source]:
    """Return all sources in the order of import."""
    return fetch(connection, Source, order=[schema.sources.c.imported_at])


def source(connection: Connection, source_id: str) -> Source | None:
    """Return the source with an id, or None."""
    return fetch_one(connection, Source, schema.sources.c.id == source_id)


def present_revisions(connection: Connection) -> Mapping[str, Revision]:
    """Return the current revision of every source, by source id."""
    statement = select(*columns_of(Revision)).join(
        schema.sources, schema.sources.c.revision_id == schema.revisions.c.id
    )
    return {revision.source_id: revision for revision in from_rows(Revision, connection.execute(statement))}


def revision(connection: Connection, revision_id: str) -> Revision:
    """Return the revision with an id; it must exist."""
    found = fetch_one(connection, Revision, schema.revisions.c.id == revision_id)
    assert found is not None
    return found


def revision_or_none(connection: Connection, revision_id: str) -> Revision | None:
    """Return the revision with an id, or None."""
    return fetch_one(connection, Revision, schema.revisions.c.id == revision_id)


def revisions(connection: Connection) -> list[Revision]:
    """Return every revision of every source."""
    return fetch(connection, Revision, order=[schema.revisions.c.source_id, schema.revisions.c.number])


def text(connection: Connection, text_hash: str) -> str:
    """Return the text with a hash; it must be stored."""
    return str(connection.execute(select(schema.texts.c.text).where(schema.texts.c.hash == text_hash)).scalar_one())


def present_text_hashes(connection: Connection) -> Mapping[str, str]:
    """Return the hash of the present text of each source, by the source's id."""
    sources, revisions = schema.sources, schema.revisions
    statement = select(sources.c.id, revisions.c.text_hash).join(revisions, revisions.c.id == sources.c.revision_id)
    return {source_id: text_hash for source_id, text_hash in connection.execute(statement)}


def text_or_none(connection: Connection, text_hash: str) -> str | None:
    """Return the text with a hash, or None if it is not stored."""
    return connection.execute(select(schema.texts.c.text).where(schema.texts.c.hash == text_hash)).scalar()


def original_or_none(connection: Connection, original_hash: str) -> bytes | None:
    """Return the bytes with a hash, or None if they are not stored."""
    table = schema.originals
    return connection.execute(select(table.c.data).where(table.c.hash == original_hash)).scalar()


def speakers(connection: Connection, source_id: str | None = None) -> list[Speaker]:
    """Return the speakers of a source, or of all sources."""
    where = [schema.speakers.c.source_id == source_id] if source_id else []
    return fetch(connection, Speaker, *where, order=[schema.speakers.c.source_id, schema.speakers.c.label])


def speaking_speakers(connection: Connection) -> list[Speaker]:
    """Return speakers with a turn in their source's current revision."""
    present = select(schema.turns.c.speaker_id).join(
        schema.sources, schema.sources.c.revision_id == schema.turns.c.revision_id
    )
    order = [schema.speakers.c.source_id, schema.speakers.c.label]
    return fetch(connection, Speaker, schema.speakers.c.id.in_(present), order=order)


def turns(connection: Connection, revision_id: str) -> list[Turn]:
    """Return the turns of a revision in their order."""
    return fetch(connection, Turn, schema.turns.c.revision_id == revision_id, order=[schema.turns.c.position])


def present_turns(connection: Connection, source_ids: Collection[str] | None = None) -> Mapping[str, list[Turn]]:
    """Return the turns of current revisions by source id, of all or some sources."""
    by_source: dict[str, list[Turn]] = {}
    of_revision = dict(connection.execute(select(schema.sources.c.revision_id, schema.sources.c.id)).all())
    statement = (
        select(*columns_of(Turn))
        .join(schema.sources, schema.sources.c.revision_id == schema.turns.c.revision_id)
        .order_by(schema.turns.c.revision_id, schema.turns.c.position)
    )
    if source_ids is not None:
        statement = statement.where(schema.sources.c.id.in_(source_ids))
    for turn in from_rows(Turn, connection.execute(statement)):
        by_source.setdefault(of_revision[turn.revision_id], []).append(turn)
    return by_source


def speech_counts(connection: Connection) -> Mapping[str, int]:
    """Count the turns of speech in each current revision, by revision id."""
    table = schema.turns
    statement = select(table.c.revision_id, func.count()).where(table.c.kind == "speech").group_by(table.c.revision_id)
    return dict(connection.execute(statement).all())


def transcript(connection: Connection, source: Source) -> Transcript:
    """Return the text of a source's current revision with turns and speakers.

    Only speakers who have a turn are included.
    """
    present = revision(connection, source.revision_id)
    in_order = tuple(turns(connection, present.id))
    heard = {turn.speaker_id for turn in in_order}
    voices = {speaker.id: speaker for speaker in speakers(connection, source.id) if speaker.id in heard}
    return Transcript(source, present, text(connection, present.text_hash), in_order, voices)


def by_original(connection: Connection, original_hash: str) -> Source | None:
    """Return the source that was imported from exactly these bytes, or None."""
    found = connection.execute(
        select(schema.revisions.c.source_id).where(schema.revisions.c.original_hash == original_hash).limit(1)
    ).scalar()
    return source(connection, found) if found else None


def furthest_read(connection: Connection, coder_id: str) -> Mapping[str, int]:
    """Return how far (code points) a coder has read in each source."""
    table = schema.readings
    statement = select(table.c.source_id, table.c.furthest).where(table.c.coder_id == coder_id)
    return dict(connection.execute(statement).all())


def position(connection: Connection, source_id: str, coder_id: str) -> int:
    """Return a coder's last position in a source; 0 if there is none."""
    table = schema.readings
    mine = (table.c.source_id == source_id) & (table.c.coder_id == coder_id)
    return connection.execute(select(table.c.position).where(mine)).scalar() or 0
