"""Who speaks where: in the present texts of sources, and in any of their revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.sources import SpeakerIndex, TurnKind
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fwanalysis.domain.sources import Speaker
    from fwanalysis.store.reading import Reading


def speaker_indexes(connection: Reading, source_ids: Collection[str] | None = None) -> dict[str, SpeakerIndex]:
    """Who speaks where in the present text of every source, or of some, by source id."""
    speakers: dict[str, dict[str, Speaker]] = {}
    for speaker in queries.speaking_speakers(connection):
        speakers.setdefault(speaker.source_id, {})[speaker.id] = speaker
    turns = queries.present_turns(connection, source_ids)
    return {
        source.id: SpeakerIndex(
            source,
            tuple(turn for turn in turns.get(source.id, ()) if turn.kind is TurnKind.SPEECH),
            speakers.get(source.id, {}),
        )
        for source in queries.sources(connection)
        if source_ids is None or source.id in source_ids
    }


def speaker_index_of(connection: Reading, revision_ids: Iterable[str]) -> dict[str, SpeakerIndex]:
    """Who speaks where in revisions, present or not, by the revision's id; roles and cases are those of today."""
    found = {}
    for revision_id in revision_ids:
        source = queries.source(connection, queries.revision(connection, revision_id).source_id)
        assert source is not None
        turns = queries.turns(connection, revision_id)
        found[revision_id] = SpeakerIndex(
            source,
            tuple(turn for turn in turns if turn.kind is TurnKind.SPEECH),
            {speaker.id: speaker for speaker in queries.speakers(connection, source.id)},
        )
    return found
