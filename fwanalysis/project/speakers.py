"""Speakers: who is heard in which source, in what role, and as which case."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Level, folded
from fwanalysis.domain.label_merging import LabelsMerged, MergeProposal
from fwanalysis.domain.revisions import SpeakerSet
from fwanalysis.domain.sources import Role, Source, SourceKind, Speaker, SpeakerView, TurnKind
from fwanalysis.domain.text import count_words
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project.context import Context, did_you_mean, find_case, find_source
from fwanalysis.project.importing.case_linking import name_of_only_participant
from fwanalysis.project.importing.existing import Existing
from fwanalysis.project.memberships import group_speakers, keep_members
from fwanalysis.project.revising.reattribution import names_by_source, reattributions
from fwanalysis.project.suggestion_updates import drop_excluded
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import sources as queries
from fwanalysis.store.queries.speakers import turn_counts, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.cases import Alias, Case
    from fwanalysis.store.changes import Changes


_ROLES = {
    Role.PARTICIPANT: "a participant",
    Role.INTERVIEWER: "an interviewer",
    Role.OTHER: "neither interviewer nor participant",
    Role.UNKNOWN: "of unknown role",
}


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

    def proposals(self, source: str | None = None) -> Sequence[MergeProposal]:
        """The labels of each source (or of one) that look like one voice spelled in two ways."""
        from fwanalysis.formats.speakers.label_variants import merges

        with self._context.store.read() as connection:
            sources = queries.sources(connection)
            chosen = [find_source(source, sources)] if source else sources
            counts = turn_counts(connection)
        return [
            MergeProposal(item.name, merge.label, merge.into, merge.reason)
            for item in chosen
            for merge in merges(counts.get(item.id, {}))
        ]

    def set(
        self, label: str, *, source: str | None = None, role: Role | None = None, case: str | None = None
    ) -> Sequence[SpeakerSet]:
        """Give the speakers of a label (in one source, or in all) a role, a case, or both; an empty *case* takes it
        away.

        In a focus group, the case becomes a member of the group. Suggestions on words that their rules do not look at
        any more are taken back. Returns the speakers changed, each with which coded passages of its source are other
        people's words by that; NotFound for a label, source or case.
        """
        heard = _Heard(self._context, source)
        with self._context.store.read() as connection:
            cases, aliases = case_queries.cases(connection), case_queries.aliases(connection)
        meant = _case_meant(case, cases, aliases) if case else None
        found = heard.called(label)
        if not found:
            raise _no_label(label, source, heard.everyone)
        changed: dict[str, Speaker] = {}
        homes = {speaker.source_id for speaker in found}
        with self._context.change("speaker.set", f"set speaker {label}") as changes:
            before = names_by_source(changes.connection, homes)
            for speaker in found:
                after = speaker
                if role is not None:
                    after = replace(after, role=role, role_reason="")
                if case is not None:
                    after = replace(after, case_id=meant.id if meant else None)
                if after != speaker:
                    changes.replace(after, seen=speaker)
                    changed[after.id] = after
            heard.keep_members(changes, [changed.get(speaker.id, speaker) for speaker in heard.everyone])
            moved = reattributions(before, names_by_source(changes.connection, homes))
        if role is not None:
            drop_excluded(self._context, {speaker.source_id for speaker in changed.values()})
        return [
            SpeakerSet(
                **asdict(item), source=heard.sources[item.source_id].name, reattributions=moved.get(item.source_id, ())
            )
            for item in changed.values()
        ]

    def role_conflicts(self, label: str, into: str, *, source: str | None = None) -> Sequence[str]:
        """Return a sentence for each source in which a merge of the labels would cross roles.

        Speakers of an unknown role cross none. Errors as for ``merge``.
        """
        heard = _Heard(self._context, source)
        return [
            f'in {heard.sources[slip.source_id].name}, "{slip.label}" is {_ROLES[slip.role]} and '
            f'"{other.label}" is {_ROLES[other.role]}'
            for slip, other in heard.pairs(label, into)
            if slip.role is not other.role and Role.UNKNOWN not in (slip.role, other.role)
        ]

    def merge(self, label: str, into: str, *, source: str | None = None) -> Sequence[LabelsMerged]:
        """Give all turns of a label to the speaker of another label of the same source, in one source or in all that
        have both; nothing of the text moves, and the other's role and case stay.

        The label's speaker goes, unless an older revision has turns of it, and so does a case that was made for the
        label and that nothing else needs. The one participant that an interview is left with is joined to its own
        case. Coded passages that are other people's words by that are told. One step of undo. NotFound where no source
        has both, InvalidInput for one and the same.
        """
        heard = _Heard(self._context, source)
        found = heard.pairs(label, into)
        merged, homes = [], {slip.source_id for slip, _ in found}
        with self._context.change("speaker.merge", f"merge speaker {label} into {into}") as changes:
            before = names_by_source(changes.connection, homes)
            gone = {slip.id for slip, _ in found}
            for slip, speaker in found:
                merged.append(_merge(changes, heard.sources[slip.source_id], slip, speaker))
            heard.keep_members(changes, [speaker for speaker in heard.everyone if speaker.id not in gone])
            for source_id in {slip.source_id for slip, _ in found if slip.role is Role.PARTICIPANT}:
                _join_only(changes, heard.sources[source_id], [item for item in heard.everyone if item.id not in gone])
            moved = reattributions(before, names_by_source(changes.connection, homes))
            for at, (slip, _) in enumerate(found):
                case_removed = _without_its_case(changes, slip)
                merged[at] = replace(
                    merged[at], case_removed=case_removed, reattributions=moved.get(slip.source_id, ())
                )
        drop_excluded(self._context, homes)
        return merged


class _Heard:
    """Who is heard in which source: what a change to speakers starts from."""

    def __init__(self, context: Context, source: str | None) -> None:
        with context.store.read() as connection:
            self.sources = {item.id: item for item in queries.sources(connection)}
            self.everyone = queries.speaking_speakers(connection)
        self._wanted = find_source(source, self.sources.values()).id if source else None
        self._where = source

    def called(self, label: str) -> list[Speaker]:
        """The speakers of a label (or an id) where they are looked for."""
        return [
            speaker
            for speaker in self.everyone
            if label in (speaker.id, speaker.label) and self._wanted in (None, speaker.source_id)
        ]

    def pairs(self, label: str, into: str) -> list[tuple[Speaker, Speaker]]:
        """The speakers of one label, each with the speaker of the other label in the same source."""
        slips, others = self.called(label), {speaker.source_id: speaker for speaker in self.called(into)}
        for name, found in ((label, slips), (into, others)):
            if not found:
                raise _no_label(name, self._where, self.everyone)
        pairs = [(slip, others[slip.source_id]) for slip in slips if slip.source_id in others]
        if any(slip.id == speaker.id for slip, speaker in pairs):
            raise InvalidInput(f'"{label}" cannot be merged into itself', hint="name two labels of one source")
        if not pairs:
            raise NotFound(
                f'no source has both "{label}" and "{into}"; labels are merged within a source',
                hint="list labels with: fwa speaker list",
            )
        return pairs

    def keep_members(self, changes: Changes, now: Iterable[Speaker]) -> None:
        """Keep the members of groups in step with the cases of their speakers, who are *now* these."""
        keep_members(changes, group_speakers(self.everyone, self.sources), group_speakers(now, self.sources))


def _case_meant(name: str, cases: Sequence[Case], aliases: Sequence[Alias]) -> Case:
    """The case of a name; NotFound says how it is made."""
    try:
        return find_case(name, cases, aliases)
    except NotFound as error:
        typed = f'"{name}"' if " " in name else name
        asked = f"{error.hint} " if error.hint.startswith("did you mean") else ""
        raise NotFound(str(error), hint=f"{asked}create it with: fwa case set {typed}") from None


def _no_label(label: str, source: str | None, known: Iterable[Speaker]) -> NotFound:
    where = f' in source "{source}"' if source else ""
    labels = sorted({speaker.label for speaker in known})
    return NotFound(f'no speaker "{label}"{where}', hint=did_you_mean(label, labels) or "list them: fwa speaker list")


def _merge(changes: Changes, source: Source, slip: Speaker, into: Speaker) -> LabelsMerged:
    """Give the turns of one speaker in the present revision to another; the one goes if no turn is left."""
    turns = turns_of(changes.connection, slip.id)
    present = [turn for turn in turns if turn.revision_id == source.revision_id]
    for turn in present:
        changes.replace(replace(turn, speaker_id=into.id), seen=turn)
    is_gone = len(present) == len(turns)
    if is_gone:
        changes.remove(slip)
    spoken = sum(turn.kind is TurnKind.SPEECH for turn in present)
    return LabelsMerged(source.name, slip.label, into.label, spoken, is_gone, None)


def _join_only(changes: Changes, source: Source, speakers: Iterable[Speaker]) -> None:
    """Join the only participant left of an interview to the interview's own case, if either has none."""
    heard = [item for item in speakers if item.source_id == source.id and item.role is Role.PARTICIPANT]
    if source.kind is not SourceKind.INTERVIEW or len(heard) != 1:
        return
    (only,) = heard
    case_id = only.case_id or source.case_id or _case_of_only(changes, only.label, source.name)
    if only.case_id is None:
        changes.replace(replace(only, case_id=case_id), seen=only)
    if source.case_id is None:
        changes.replace(replace(source, case_id=case_id), seen=source)


def _case_of_only(changes: Changes, label: str, stem: str) -> str:
    """The id of the case that an import would give the only participant of an interview, made if there is none."""
    cases = Existing(changes.connection)
    case = cases.named(name_of_only_participant(label, stem, cases)[0], Level.PERSON)
    changes.add_all(cases.made)
    return case.id if case else ""


def _without_its_case(changes: Changes, slip: Speaker) -> str | None:
    """Remove the case that was made for a label that is gone, if nothing needs it; its name."""
    case = next((item for item in case_queries.cases(changes.connection) if item.id == slip.case_id), None)
    if case is None or folded(case.name) != folded(slip.label) or case_queries.is_used(changes.connection, case.id):
        return None
    changes.remove(case)
    return case.name
