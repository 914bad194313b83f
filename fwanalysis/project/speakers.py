"""Speakers: who is heard in which source, in what role, and as which case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Membership
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.sources import Role, Source, SourceKind, Speaker, SpeakerView, TurnKind
from fwanalysis.domain.text import count_words
from fwanalysis.errors import NotFound
from fwanalysis.project.context import Context, find_case, find_source
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.store.changes import Changes


class Speakers:
    """The voices of all sources."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, source: str | None = None) -> Sequence[SpeakerView]:
        """The speakers of a source, or of all, with how many turns and words each has."""
        with self._context.store.read() as connection:
            sources = queries.sources(connection)
            names = {case.id: case.name for case in case_queries.cases(connection)}
            chosen = [find_source(source, sources)] if source else sources
            transcripts = [queries.transcript(connection, item) for item in chosen]
        views = []
        for transcript in transcripts:
            said: dict[str, list[str]] = {}
            for turn in transcript.turns:
                if turn.speaker_id and turn.kind is TurnKind.SPEECH:
                    said.setdefault(turn.speaker_id, []).append(turn.span.of(transcript.text))
            for speaker in transcript.speakers.values():
                turns = said.get(speaker.id, [])
                views.append(
                    SpeakerView(
                        id=speaker.id,
                        source=transcript.source.name,
                        label=speaker.label,
                        role=speaker.role,
                        role_reason=speaker.role_reason,
                        case=names[speaker.case_id] if speaker.case_id else None,
                        turns=len(turns),
                        words=sum(count_words(words) for words in turns),
                    )
                )
        return views

    def set(
        self, label: str, *, source: str | None = None, role: Role | None = None, case: str | None = None
    ) -> Sequence[Speaker]:
        """Give the speakers of a label (in one source, or in all) a role, a case, or both; an empty *case* takes it
        away.

        In a focus group, the case becomes a member of the group. Returns the speakers changed; NotFound for a label,
        source or case.
        """
        with self._context.store.read() as connection:
            sources = {item.id: item for item in queries.sources(connection)}
            cases = case_queries.cases(connection)
            aliases = case_queries.aliases(connection)
            memberships = case_queries.memberships(connection)
            everyone = queries.heard_speakers(connection)
        wanted = find_source(source, sources.values()).id if source else None
        meant = find_case(case, cases, aliases) if case else None
        found = [
            speaker
            for speaker in everyone
            if label in (speaker.id, speaker.label) and wanted in (None, speaker.source_id)
        ]
        if not found:
            where = f" in {source}" if source else ""
            raise NotFound(f"No speaker{where} has the label “{label}”; “fwa speaker list” shows the labels there are.")
        changed: dict[str, Speaker] = {}
        with self._context.change("speaker.set", f"set speaker {label}") as changes:
            for speaker in found:
                after = speaker
                if role is not None:
                    after = replace(after, role=role, role_reason="")
                if case is not None:
                    after = replace(after, case_id=meant.id if meant else None)
                if after != speaker:
                    changes.replace(after, seen=speaker)
                    changed[after.id] = after
            now = [changed.get(speaker.id, speaker) for speaker in everyone]
            before, after_all = _voices_of_groups(everyone, sources), _voices_of_groups(now, sources)
            _keep_members(changes, before - after_all, after_all - before, memberships)
        return list(changed.values())


def _voices_of_groups(speakers: Iterable[Speaker], sources: Mapping[str, Source]) -> set[tuple[str, str]]:
    """The cases that speak in focus groups, each with the group's case."""
    found = set()
    for speaker in speakers:
        source = sources[speaker.source_id]
        if source.kind is SourceKind.FOCUS_GROUP and source.case_id and speaker.case_id not in (None, source.case_id):
            found.add((str(speaker.case_id), source.case_id))
    return found


def _keep_members(
    changes: Changes, left: set[tuple[str, str]], joined: set[tuple[str, str]], memberships: Sequence[Membership]
) -> None:
    """Keep the members of groups in step with the cases of their speakers."""
    known = {(item.member_id, item.whole_id): item for item in memberships}
    changes.remove(*(known[pair] for pair in sorted(left & known.keys())))
    changes.add_all(Membership(new_id(), *pair) for pair in sorted(joined - known.keys()))
