"""New speakers of a revised source: their roles and cases, by the same rule as on import."""

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
    connection: Reading, before: Transcript, known: Mapping[str, Speaker], parsed: ParsedSource
) -> tuple[tuple[Speaker, ...], tuple[Membership, ...], list[str]]:
    """Return the speakers of the labels that a source did not have before.

    Args:
        connection: For reading the cases of the project.
        before: The source in its present revision.
        known: The speakers of the source by label, including those of earlier revisions.
        parsed: The new content of the source, with its name and kind and the detected roles of its speakers.

    Returns:
        The new speakers, the memberships in the source's group that they lack, and warnings as sentences.

    Notes:
        A label that replaces another one in every turn takes over its role and case. The others get a role and a case
        as on import (``case_linking``), but no case is made for them.
    """
    source = before.source
    labels = list(dict.fromkeys(turn.label for turn in parsed.turns if turn.label is not None))
    known, made = dict(known), _renamed_speakers(before, known, parsed, labels)
    known |= made
    existing = Existing(connection).fork(may_make=False)
    cases = {case.id: case for case in existing.cases.values()}
    own = cases.get(source.case_id or "")
    warnings: list[str] = []
    new = [label for label in labels if label not in known]
    if new:
        parsed = replace(
            parsed,
            speakers=_speakers(parsed, labels, known, cases),
            speech_counts=parsed.speech_counts or _turns_of(parsed),
        )
        linked = link_cases(parsed, existing, own=own)
        for item in linked.speakers:
            if item.label in new:
                case = linked.by_label.get(item.label)
                case_id = case.id if case else None
                made[item.label] = Speaker(new_id(), source.id, item.label, item.role, item.role_reason, case_id)
        warnings += [warning_text(notice, parsed) for notice in linked.warnings]
        warnings += _without_case(source, [made[label] for label in new], warnings)
    group = own if source.kind is SourceKind.FOCUS_GROUP else None
    return tuple(made.values()), existing.new_members(group, made.values()), warnings


def _speakers(
    parsed: ParsedSource, labels: Iterable[str], known: Mapping[str, Speaker], cases: Mapping[str, Case]
) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers of a source, known ones with their present role and case instead of the detected ones."""
    guesses = {speaker.label: speaker for speaker in parsed.speakers}
    speakers = []
    for label in labels:
        if speaker := known.get(label):
            case = cases[speaker.case_id].name if speaker.case_id else ""
            speakers.append(ParsedSpeaker(label, speaker.role, "", case))
        else:
            speakers.append(guesses.get(label) or ParsedSpeaker(label, Role.UNKNOWN, "nothing said"))
    return tuple(speakers)


def _turns_of(parsed: ParsedSource) -> Mapping[str, tuple[int, int]]:
    counts = Counter(turn.label for turn in parsed.turns if turn.label is not None)
    return {label: (count, 0) for label, count in counts.items()}


def _without_case(source: Source, speakers: Iterable[Speaker], warnings: Sequence[str]) -> list[str]:
    """Return a warning for each new participant without a case that no other warning names."""
    return [
        f"The speaker “{item.label}” is new in {source.name} and has no case; set one with “fwa speaker set”."
        for item in speakers
        if source.kind is not SourceKind.DOCUMENT
        and item.role is Role.PARTICIPANT
        and item.case_id is None
        and not any(f"“{item.label}”" in warning for warning in warnings)
    ]


def _renamed_speakers(
    before: Transcript, known: Mapping[str, Speaker], parsed: ParsedSource, labels: Iterable[str]
) -> dict[str, Speaker]:
    """Return speakers for the new labels that replace another label in every turn, by label."""
    renamed = _renamed(before, Correction(parsed.text, parsed.turns))
    made = {}
    for label in labels:
        old = known.get(renamed.get(label, ""))
        if label not in known and old:
            reason = f"taken over from “{old.label}”" if old.role_reason else ""
            made[label] = Speaker(new_id(), before.source.id, label, old.role, reason, old.case_id)
    return made


def _renamed(before: Transcript, correction: Correction) -> Mapping[str, str]:
    """Return the labels that replace another one in every turn, with the old label.

    None do if the number of turns differs.
    """
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
