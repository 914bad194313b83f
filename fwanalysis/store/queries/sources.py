"""Reading sources, their texts, turns and speakers."""

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
    """All sources in the order of import."""
    return fetch(connection, Source, order=[schema.sources.c.imported_at])


def source(connection: Connection, source_id: str) -> Source | None:
    """The source of an id."""
    return fetch_one(connection, Source, schema.sources.c.id == source_id)


def present_revisions(connection: Connection) -> Mapping[str, Revision]:
    """The present revision of every source, by the source's id."""
    statement = select(*columns_of(Revision)).join(
        schema.sources, schema.sources.c.revision_id == schema.revisions.c.id
    )
    return {revision.source_id: revision for revision in from_rows(Revision, connection.execute(statement))}


def revision(connection: Connection, revision_id: str) -> Revision:
    """The revision of an id that exists."""
    found = fetch_one(connection, Revision, schema.revisions.c.id == revision_id)
    assert found is not None
    return found


def revisions(connection: Connection) -> list[Revision]:
    """Every revision of every source."""
    return fetch(connection, Revision, order=[schema.revisions.c.source_id, schema.revisions.c.number])


def text(connection: Connection, text_hash: str) -> str:
    """The text of a hash that is kept."""
    return str(connection.execute(select(schema.texts.c.text).where(schema.texts.c.hash == text_hash)).scalar_one())


def text_or_none(connection: Connection, text_hash: str) -> str | None:
    """The text of a hash, or None if it is not kept."""
    return connection.execute(select(schema.texts.c.text).where(schema.texts.c.hash == text_hash)).scalar()


def original_or_none(connection: Connection, original_hash: str) -> bytes | None:
    """The bytes of a hash, or None if they are not kept."""
    table = schema.originals
    return connection.execute(select(table.c.data).where(table.c.hash == original_hash)).scalar()


def speakers(connection: Connection, source_id: str | None = None) -> list[Speaker]:
    """The speakers of a source, or of all."""
    where = [schema.speakers.c.source_id == source_id] if source_id else []
    return fetch(connection, Speaker, *where, order=[schema.speakers.c.source_id, schema.speakers.c.label])


def speaking_speakers(connection: Connection) -> list[Speaker]:
    """The speakers who have a turn in their source's present revision."""
    present = select(schema.turns.c.speaker_id).join(
        schema.sources, schema.sources.c.revision_id == schema.turns.c.revision_id
    )
    order = [schema.speakers.c.source_id, schema.speakers.c.label]
    return fetch(connection, Speaker, schema.speakers.c.id.in_(present), order=order)


def turns(connection: Connection, revision_id: str) -> list[Turn]:
    """The turns of a revision in their order."""
    return fetch(connection, Turn, schema.turns.c.revision_id == revision_id, order=[schema.turns.c.position])


def present_turns(connection: Connection, source_ids: Collection[str] | None = None) -> Mapping[str, list[Turn]]:
    """The turns of the present revision of every source, or of some, by the source's id."""
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
    """How many turns of speech each present revision has, by revision id."""
    table = schema.turns
    statement = select(table.c.revision_id, func.count()).where(table.c.kind == "speech").group_by(table.c.revision_id)
    return dict(connection.execute(statement).all())


def transcript(connection: Connection, source: Source) -> Transcript:
    """A source's present revision with its text, its turns and the speakers who have one."""
    present = revision(connection, source.revision_id)
    in_order = tuple(turns(connection, present.id))
    heard = {turn.speaker_id for turn in in_order}
    voices = {speaker.id: speaker for speaker in speakers(connection, source.id) if speaker.id in heard}
    return Transcript(source, present, text(connection, present.text_hash), in_order, voices)


def by_original(connection: Connection, original_hash: str) -> Source | None:
    """The source that was imported from these very bytes."""
    found = connection.execute(
        select(schema.revisions.c.source_id).where(schema.revisions.c.original_hash == original_hash).limit(1)
    ).scalar()
    return source(connection, found) if found else None


def furthest_read(connection: Connection, coder_id: str) -> Mapping[str, int]:
    """How far (code points) a coder has read in each source."""
    table = schema.readings
    statement = select(table.c.source_id, table.c.furthest).where(table.c.coder_id == coder_id)
    return dict(connection.execute(statement).all())


def position(connection: Connection, source_id: str, coder_id: str) -> int:
    """Where a coder was last in a source; 0 if never there."""
    table = schema.readings
    mine = (table.c.source_id == source_id) & (table.c.coder_id == coder_id)
    return connection.execute(select(table.c.position).where(mine)).scalar() or 0
