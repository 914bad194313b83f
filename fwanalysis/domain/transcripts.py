"""From a reader's turns to those of a transcript: the numbers of turns, and transcripts that no project holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.ids import new_id
from fwanalysis.domain.sources import Revision, Source, SourceKind, Speaker, Transcript, Turn, TurnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.domain.importing import ParsedSpeaker, ParsedTurn


def numbered(turns: Iterable[ParsedTurn], revision_id: str, speaker_ids: Mapping[str, str]) -> tuple[Turn, ...]:
    """Return drafted turns as those of a revision.

    Args:
        turns: In the order of the text.
        revision_id: The revision that they become turns of.
        speaker_ids: The id of each label's speaker; every label of *turns* is there.

    Returns:
        The turns in the same order; speech is numbered from 1, preamble and excluded text have number 0.
    """
    found, number = [], 0
    for position, turn in enumerate(turns):
        is_speech = turn.kind is TurnKind.SPEECH
        number += is_speech
        found.append(
            Turn(
                id=new_id(),
                revision_id=revision_id,
                position=position,
                kind=turn.kind,
                number=number if is_speech else 0,
                speaker_id=None if turn.label is None else speaker_ids[turn.label],
                label_start=turn.label_start,
                start=turn.start,
                end=turn.end,
                time=turn.time,
            )
        )
    return tuple(found)


def unsaved(
    text: str,
    turns: Iterable[ParsedTurn] = (),
    speakers: Iterable[ParsedSpeaker] = (),
    *,
    name: str = "",
    kind: SourceKind = SourceKind.DOCUMENT,
) -> Transcript:
    """Return a transcript that no project holds, as a preview shows it and a rule is tried on it.

    Args:
        text: The whole text.
        turns: Its turns, with offsets into *text* (code points); each label is that of one of *speakers*.
        speakers: Who speaks in it.
        name: The name of the source.
        kind: What the source is a record of.
    """
    source_id, revision_id = new_id(), new_id()
    known = {
        item.label: Speaker(new_id(), source_id, item.label, item.role, item.role_reason, None) for item in speakers
    }
    revision = Revision(
        id=revision_id,
        source_id=source_id,
        number=1,
        text_hash="",
        original_hash="",
        filename="",
        input_format="",
        speaker_format="",
        speaker_format_reason="",
        encoding=None,
        length=len(text),
        words=0,
        warnings=(),
        metadata=(),
    )
    return Transcript(
        Source(source_id, name, kind, revision_id, None, ""),
        revision,
        text,
        numbered(turns, revision_id, {label: speaker.id for label, speaker in known.items()}),
        {speaker.id: speaker for speaker in known.values()},
    )
