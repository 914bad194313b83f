"""The speakers that a revision adds to a source: their roles and cases, by the rule that imports have."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.corrections import Correction, correction_of
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import ParsedSpeaker
from fwanalysis.domain.sources import Role, SourceKind, Speaker
from fwanalysis.project.importing.case_linking import link_cases
from fwanalysis.project.importing.existing import Existing
from fwanalysis.project.importing.source_building import warning_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.domain.cases import Case, Membership
    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.domain.sources import Source, Transcript
    from fwanalysis.store.reading import Reading


def new_speakers(
    connection: Reading, before: Transcript, known: Mapping[str, Speaker], draft: ParsedSource
) -> tuple[tuple[Speaker, ...], tuple[Membership, ...], list[str]]:
    """Return the speakers of labels that a source did not have, the memberships that follow, and doubts (sentences).

    Args:
        connection: For reading the cases of the project.
        before: The source as it is now.
        known: The speakers of the source by label, those of earlier revisions included.
        draft: The source as it is to be, of its name and kind; its speakers are guesses.

    Notes:
        A label that has taken the place of another throughout takes over its role and case. The others get role and
        case as on import (``project.joining``), but no case is made for them.
    """
    source = before.source
    heard = list(dict.fromkeys(turn.label for turn in draft.turns if turn.label is not None))
    known, made = dict(known), _renamed_speakers(before, known, draft, heard)
    known |= made
    existing = Existing(connection).fork(may_make=False)
    cases = {case.id: case for case in existing.cases.values()}
    own = cases.get(source.case_id or "")
    warnings: list[str] = []
    new = [label for label in heard if label not in known]
    if new:
        draft = replace(
            draft, speakers=_speakers(draft, heard, known, cases), speech_counts=draft.speech_counts or _turns_of(draft)
        )
        linked = link_cases(draft, existing, own=own)
        for item in linked.speakers:
            if item.label in new:
                case = linked.by_label.get(item.label)
                case_id = case.id if case else None
                made[item.label] = Speaker(new_id(), source.id, item.label, item.role, item.role_reason, case_id)
        warnings += [warning_text(doubt, draft) for doubt in linked.warnings]
        warnings += _without_case(source, [made[label] for label in new], warnings)
    group = own if source.kind is SourceKind.FOCUS_GROUP else None
    return tuple(made.values()), existing.new_members(group, made.values()), warnings


def _speakers(
    draft: ParsedSource, heard: Iterable[str], known: Mapping[str, Speaker], cases: Mapping[str, Case]
) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers of a draft with the roles and cases that have been decided on in the place of guesses."""
    guesses = {speaker.label: speaker for speaker in draft.speakers}
    speakers = []
    for label in heard:
        if speaker := known.get(label):
            case = cases[speaker.case_id].name if speaker.case_id else ""
            speakers.append(ParsedSpeaker(label, speaker.role, "", case))
        else:
            speakers.append(guesses.get(label) or ParsedSpeaker(label, Role.UNKNOWN, "nothing said"))
    return tuple(speakers)


def _turns_of(draft: ParsedSource) -> Mapping[str, tuple[int, int]]:
    counts = Counter(turn.label for turn in draft.turns if turn.label is not None)
    return {label: (count, 0) for label, count in counts.items()}


def _without_case(source: Source, speakers: Iterable[Speaker], warnings: Sequence[str]) -> list[str]:
    """Return a sentence on each new participant who has no case, unless one of *doubts* says so already."""
    return [
        f"The speaker “{item.label}” is new in {source.name} and has no case yet; set one with “fwa speaker set”."
        for item in speakers
        if source.kind is not SourceKind.DOCUMENT
        and item.role is Role.PARTICIPANT
        and item.case_id is None
        and not any(f"“{item.label}”" in doubt for doubt in warnings)
    ]


def _renamed_speakers(
    before: Transcript, known: Mapping[str, Speaker], draft: ParsedSource, heard: Iterable[str]
) -> dict[str, Speaker]:
    """Return the speakers, by label, of the new labels that have taken another's place throughout."""
    renamed = _renamed(before, Correction(draft.text, draft.turns))
    made = {}
    for label in heard:
        old = known.get(renamed.get(label, ""))
        if label not in known and old:
            reason = f"taken over from “{old.label}”" if old.role_reason else ""
            made[label] = Speaker(new_id(), before.source.id, label, old.role, reason, old.case_id)
    return made


def _renamed(before: Transcript, correction: Correction) -> Mapping[str, str]:
    """The labels that have taken another's place in every turn, where the turns are the same in number."""
    if len(before.turns) != len(correction.turns):
        return {}
    pairs = [(old.label, new.label) for old, new in zip(correction_of(before).turns, correction.turns, strict=True)]
    stays = {new for _, new in pairs}
    was: dict[str, set[str | None]] = {}
    for old, new in pairs:
        if new is not None:
            was.setdefault(new, set()).add(old)
    single = {new: next(iter(olds)) for new, olds in was.items() if len(olds) == 1}
    return {new: old for new, old in single.items() if old is not None and old not in stays}
