"""Linking of a source and its speakers to cases, with warnings about uncertain links.

Pure: takes a parsed source and the cases of the project, and returns cases and warnings. Knows nothing of how they are
stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level, bare, folded
from fwanalysis.domain.importing import Notice, ParsedSource, ParsedSpeaker
from fwanalysis.domain.sources import Role, SourceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.project.importing.existing import Existing

_NUMBERED_IN_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|ver|v|rev|vol|no|nr|page|tape|side"
    r"|day|week|wave|year|mp|q)[-_ ]?\d)[A-Za-z]{1,4}[-_ ]?\d{1,4}[a-z]?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""A numbered pseudonym; months, versions and parts have numbers as well."""
_PSEUDONYM = re.compile(r"(?:[A-Za-z]{1,3}|[A-Z]{4}|[Rr]esp|[Pp]art)[-_ ]?\d{1,4}[A-Za-z]?")
"""What surely is one, and may take the place of a name."""
_OF_TALKS = frozenset({"int", "iv", "idi", "kii", "rec", "file"})
"""What is counted is the talks, which need not have the numbers of those who were asked."""
_DIGIT = re.compile(r"\d")
_LOCAL = re.compile(r"[PpRr]\W?[1-9]\d?")
"""A number that may hold within one group only; with a zero before it, it was given for a whole study."""
_MACHINE_VOICE = re.compile(r"[Ss]\d\d")
"""noScribe's labels, from S00 on; beside it, or named above the first turn, S01 is no pseudonym."""
_NOSCRIBE = "noScribe"
_FULL_WIDTH = {at: at - 0xFEE0 for at in range(0xFF01, 0xFF5F)}
_ADDED = re.compile(r"\s*\([^()]*\)$")
_FEW = 1
_MOST_NAMED = 4
_TOP = 2_000


@dataclass(frozen=True, slots=True)
class LinkedCases:
    """The cases of a source: its own, its speakers with their roles, the case of each label, and warnings."""

    own: Case | None
    speakers: tuple[ParsedSpeaker, ...]
    by_label: Mapping[str, Case]
    warnings: tuple[Notice, ...]


def link_cases(draft: ParsedSource, cases: Existing, *, own: Case | None = None) -> LinkedCases:
    """Join the speakers of a settled draft to cases: the one rule for imports and revisions.

    Args:
        draft: What a reader made of a source, with the user's choices; a speaker with a case has been decided on.
        cases: The cases of the project; those that are missing are made, if they may be.
        own: The source's own case, if it has one already; else it is found by the draft.

    Returns:
        The cases of the source and of its participants, and what is doubtful of them. A participant is linked to the
        case of the label. A label that says only a part in the talk (Speaker 1) is linked to the source's own case in
        an interview and to none elsewhere, as is a label that looks like another with a typo.
    """
    slips = _slips(draft)
    speakers = _with_roles_of_slips(draft, slips)
    heard = [speaker for speaker in speakers if speaker.role is Role.PARTICIPANT and speaker.label not in slips]
    told: list[Notice] = []
    is_unattributed = {speaker.label for speaker in heard if is_generic(person_named(speaker.label))} | _of_machines(
        draft
    )
    own = own or _own_case(draft, heard, is_unattributed, cases, told)
    mapped = {
        speaker.label: case
        for speaker in heard
        if (case := _speaker_case(speaker, draft.kind, own, heard, is_unattributed, cases)) is not None
    }
    if draft.kind is SourceKind.INTERVIEW:
        told += _several(draft, heard, mapped)
    elif draft.kind is SourceKind.FOCUS_GROUP:
        told += _unnamed(
            [speaker.label for speaker in heard if speaker.label in is_unattributed and speaker.case is None]
        )
    told += _shared(draft, heard, mapped, cases)
    told += _unclear(draft, [speaker for speaker in speakers if speaker.label not in slips])
    return LinkedCases(own, speakers, mapped, (*cases.warnings, *told))


def _of_machines(draft: ParsedSource) -> set[str]:
    """The labels S00, S01 ... of a program, which look like numbered pseudonyms."""
    found = {speaker.label for speaker in draft.speakers if _MACHINE_VOICE.fullmatch(speaker.label)}
    sure = any(label[1:] == "00" for label in found) or _NOSCRIBE in draft.text[:_TOP]
    return found if sure else set()


def _unnamed(labels: Sequence[str]) -> Iterator[Notice]:
    """Warn of labels in a group that do not identify a person."""
    if labels:
        named = ", ".join(f"“{label}”" for label in labels[:_MOST_NAMED])
        named += f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
        yield Notice(
            f"{named} {'does' if len(labels) == 1 else 'do'} not identify a person, so no case was created for "
            f"{'it' if len(labels) == 1 else 'them'}: the text is attributed to the group."
        )


def _shared(
    draft: ParsedSource, heard: Sequence[ParsedSpeaker], mapped: Mapping[str, Case], cases: Existing
) -> Iterator[Notice]:
    """Labels that are also heard in another source and may be somebody else there: names and jobs, and such as P1 where
    numbers may begin anew in each group."""
    guessed = [speaker.label for speaker in heard if speaker.case is None and draft.case is None]
    again = [
        label
        for label in guessed
        if label in mapped
        and cases.has_turns(mapped[label])
        and folded(person_named(label)) == folded(mapped[label].name)
    ]
    numbers = draft.kind is SourceKind.FOCUS_GROUP or len(heard) > 1
    anew = [label for label in again if numbers and _LOCAL.fullmatch(label)]
    names = [label for label in again if not _DIGIT.search(label) and bare(label) not in bare(draft.name)]
    for labels, otherwise in (
        (anew, "if each group has its own numbering, choose other cases for these speakers"),
        (names, "if it is not the same person, choose another case"),
    ):
        if labels:
            yield Notice(
                f"{', '.join(labels)} also {'occur' if len(labels) > 1 else 'occurs'} in another source and "
                f"{'were' if len(labels) > 1 else 'was'} linked to the same case; {otherwise}."
            )


def _slips(draft: ParsedSource) -> dict[str, str]:
    """The labels that look like another misspelt and for which nobody chose anything, each with that other."""
    guessed = {speaker.label for speaker in draft.speakers if speaker.case is None and speaker.role_reason}
    into = {merge.label: merge.into for merge in draft.merges if merge.label in guessed}
    for label in into:
        seen = {label}
        while into[label] in into and into[label] not in seen:
            seen.add(into[label])
            into[label] = into[into[label]]
    return into


def _with_roles_of_slips(draft: ParsedSource, slips: Mapping[str, str]) -> tuple[ParsedSpeaker, ...]:
    if not slips:
        return draft.speakers
    from fwanalysis.formats.speakers.label_variants import full_names

    in_full = full_names({label: turns for label, (turns, _) in draft.speech_counts.items()})
    roles = {speaker.label: speaker.role for speaker in draft.speakers}
    speakers = []
    for speaker in draft.speakers:
        into = slips.get(speaker.label)
        if into is not None and into in roles:
            why = f"may be “{into}” in full" if speaker.label in in_full else f"looks like “{into}” with a typo"
            speaker = ParsedSpeaker(speaker.label, roles[into], why)
        speakers.append(speaker)
    return tuple(speakers)


def _own_case(
    draft: ParsedSource,
    heard: Sequence[ParsedSpeaker],
    is_unattributed: Collection[str],
    cases: Existing,
    told: list[Notice],
) -> Case | None:
    wished = draft.case
    if draft.kind is SourceKind.FOCUS_GROUP:
        return cases.named(wished or case_name_in(draft.name), Level.GROUP)
    if wished:
        return cases.named(wished, Level.PERSON)
    if draft.kind is SourceKind.DOCUMENT or len(heard) > 1:
        return None
    if heard and heard[0].case is not None:
        return cases.named(heard[0].case, Level.PERSON) if heard[0].case else None
    if not heard or heard[0].label in is_unattributed:
        return cases.named(case_name_in(draft.name), Level.PERSON)
    name, doubt = name_of_only_participant(heard[0].label, draft.name, cases)
    if doubt:
        told.append(doubt)
    return cases.named(name, Level.PERSON)


def name_of_only_participant(label: str, stem: str, cases: Existing) -> tuple[str, Notice | None]:
    """What names the case of the only participant of an interview: the label, but the file's name (*stem*) where the
    label names nobody, or is a name, which is not to be shown, and the file has a numbered pseudonym."""
    in_file, label = case_name_in(stem), person_named(label)
    if is_generic(label):
        return in_file, None
    if not _PSEUDONYM.fullmatch(in_file) or bare(label) == bare(in_file):
        return label, None
    known, of_file = cases.known(label), cases.known(in_file)
    if known is not None and known == of_file:
        return label, None
    is_pseudonym = _PSEUDONYM.fullmatch(label) is not None
    if not is_pseudonym and (known is None or of_file is not None):
        return in_file, Notice(f"“{label}” was linked to {in_file}, the case that the file is named after.")
    if is_pseudonym and re.sub(r"[^a-z]", "", in_file.casefold()) in _OF_TALKS:
        return label, None
    case = known.name if known else label
    return label, Notice(f"The file's name says {in_file}, the label {label}; the case is {case}.")


def _speaker_case(
    speaker: ParsedSpeaker,
    kind: SourceKind,
    own: Case | None,
    heard: Sequence[ParsedSpeaker],
    is_unattributed: Collection[str],
    cases: Existing,
) -> Case | None:
    if kind is SourceKind.DOCUMENT:
        return None
    if speaker.case is not None:
        return cases.named(speaker.case, Level.PERSON) if speaker.case else None
    if kind is SourceKind.INTERVIEW and own and len(heard) == 1:
        return own
    return None if speaker.label in is_unattributed else cases.named(person_named(speaker.label), Level.PERSON)


def _several(draft: ParsedSource, heard: Sequence[ParsedSpeaker], mapped: Mapping[str, Case]) -> Iterator[Notice]:
    """Warn of several participants in an interview, unless the user chose the case of each."""
    if len(heard) < 2 or all(speaker.case is not None for speaker in heard):
        return
    named = ", ".join(f"{speaker.label} ({_turns(draft, speaker.label)})" for speaker in heard)
    without = [f"“{speaker.label}”" for speaker in heard if speaker.label not in mapped]
    what = f"{' and '.join(without)} {'has' if len(without) == 1 else 'have'} no case"
    if not without:
        apart = len({case.id for case in mapped.values()}) == len(mapped)
        what = "each is a case of their own" if apart else "some share a case"
    yield Notice(f"{len(heard)} participants in an interview: {named}; {what}.")


def _unclear(draft: ParsedSource, speakers: Sequence[ParsedSpeaker]) -> Iterator[Notice]:
    """Voices whose role is not clear and, in an interview, those that speak once and whose label says nothing."""
    from fwanalysis.formats.speakers.role_lexicon import UNIDENTIFIED, said_by

    lone = draft.kind is SourceKind.INTERVIEW and len(speakers) > 2
    found = [
        speaker.label
        for speaker in speakers
        if speaker.role_reason
        and (
            (speaker.role is Role.UNKNOWN and said_by(speaker.label) != UNIDENTIFIED)
            or (
                lone
                and said_by(speaker.label) is None
                and speaker.role is Role.PARTICIPANT
                and draft.speech_counts.get(speaker.label, (0, 0))[0] <= _FEW
                and not _PSEUDONYM.fullmatch(speaker.label)
            )
        )
    ]
    first = {turn.label: turn.label_start for turn in reversed(draft.turns)}
    if len(found) == 1:
        (label,) = found
        other = "" if draft.speech_counts.get(label, (0, 0))[0] <= _FEW else "give it one, or, "
        yield Notice(
            f"“{label}” has {_turns(draft, label)} and no clear role; {other}if it is not a speaker, exclude it.",
            first.get(label),
        )
    elif found:
        named = ", ".join(f"“{label}” ({_turns(draft, label)})" for label in found)
        yield Notice(f"These have no clear role: {named}; give them one, or exclude those that are not speakers.")


def _turns(draft: ParsedSource, label: str) -> str:
    turns = draft.speech_counts.get(label, (0, 0))[0]
    return "1 turn" if turns == 1 else f"{turns:,} turns"


def case_name_in(stem: str) -> str:
    """The case that a file's name (without its ending) names: the numbered pseudonym in it (``P07 final 2026``: P07),
    else the whole name."""
    found = _NUMBERED_IN_NAME.findall(stem)
    return found[0] if len(found) == 1 else stem


def person_named(label: str) -> str:
    """Return the name in a label, without an addition in brackets (``P07 (nurse)``) and in half-width letters."""
    return (_ADDED.sub("", label) or label).translate(_FULL_WIDTH)


def is_generic(label: str) -> bool:
    """Return whether a label names a role and does not identify a person: ``Speaker 1``, ``A``, ``Participant``; not
    ``P07`` or ``P1``."""
    from fwanalysis.formats.speakers.role_lexicon import names_no_individual

    return names_no_individual(label)
