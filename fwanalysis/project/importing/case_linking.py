"""Linking of sources and speakers to cases, with warnings about uncertain links.

Works on a parsed source and the existing cases, and returns cases and warnings. It stores nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level, bare, folded
from fwanalysis.domain.importing import NO_CLEAR_ROLE, Notice, ParsedSource, ParsedSpeaker
from fwanalysis.domain.sources import Role, SourceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.project.importing.existing import Existing

_NUMBERED_IN_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|ver|v|rev|vol|no|nr|page|tape|side"
    r"|day|week|wave|year|mp|q)[-_ ]?\d)[A-Za-z]{1,4}[-_ ]?\d{1,4}[a-z]?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""A numbered pseudonym in a file name; the words excluded are numbered for other reasons (months, versions, parts)."""
_PSEUDONYM = re.compile(r"(?:[A-Za-z]{1,3}|[A-Z]{4}|[Rr]esp|[Pp]art)[-_ ]?\d{1,4}[A-Za-z]?")
"""A label that is certainly a pseudonym, so it may replace a name."""
_INTERVIEW_PREFIXES = frozenset({"int", "iv", "idi", "kii", "rec", "file"})
"""Prefixes of file names that number the interviews, which may differ from the numbers of the participants."""
_DIGIT = re.compile(r"\d")
_LOCAL = re.compile(r"[PpRr]\W?[1-9]\d?")
"""A label whose number may be unique within one group only; numbers with a leading zero apply to the whole study."""
_MACHINE_LABEL = re.compile(r"[Ss]\d\d")
"""A label of noScribe, numbered from S00; S01 is not a pseudonym if S00 occurs too or the text names noScribe."""
_NOSCRIBE = "noScribe"
_FULL_WIDTH = {at: at - 0xFEE0 for at in range(0xFF01, 0xFF5F)}
_ADDED = re.compile(r"\s*\([^()]*\)$")
_FEW = 1
_MOST_NAMED = 4
_TOP = 2_000


@dataclass(frozen=True, slots=True)
class LinkedCases:
    """The cases of a source and its speakers.

    Attributes:
        own: The source's own case; None if it has none.
        speakers: The speakers, with their final roles.
        by_label: The case of each label that is linked to one.
        warnings: Warnings about uncertain links.
    """

    own: Case | None
    speakers: tuple[ParsedSpeaker, ...]
    by_label: Mapping[str, Case]
    warnings: tuple[Notice, ...]


def link_cases(parsed: ParsedSource, cases: Existing, *, own: Case | None = None) -> LinkedCases:
    """Link a source and its speakers to cases, for imports and revisions alike.

    Args:
        parsed: The parsed source, with the user's choices applied; a speaker with a case is linked to that case.
        cases: The existing cases; missing ones are created if allowed.
        own: The source's own case, if it already has one; otherwise it is derived from the source.

    Returns:
        The cases of the source and its participants, with warnings. A participant is linked to the case named by the
        label. A label that only names a role (Speaker 1) is linked to the source's own case in an interview and to none
        in other kinds of sources, as is a label that looks like another with a typo.
    """
    misspelt = _misspelt_labels(parsed)
    speakers = _with_roles_of_misspelt(parsed, misspelt)
    participants = [
        speaker for speaker in speakers if speaker.role is Role.PARTICIPANT and speaker.label not in misspelt
    ]
    warnings: list[Notice] = []
    generic = {speaker.label for speaker in participants if is_generic(person_named(speaker.label))} | _machine_labels(
        parsed
    )
    own = own or _own_case(parsed, participants, generic, cases, warnings)
    mapped = {
        speaker.label: case
        for speaker in participants
        if (case := _speaker_case(speaker, parsed.kind, own, participants, generic, cases)) is not None
    }
    if parsed.kind is SourceKind.INTERVIEW:
        warnings += _several_participants(parsed, participants, mapped)
    elif parsed.kind is SourceKind.FOCUS_GROUP:
        warnings += _unnamed(
            [speaker.label for speaker in participants if speaker.label in generic and speaker.case is None]
        )
    warnings += _shared(parsed, participants, mapped, cases)
    warnings += _unclear(parsed, [speaker for speaker in speakers if speaker.label not in misspelt])
    return LinkedCases(own, speakers, mapped, (*cases.warnings, *warnings))


def _machine_labels(parsed: ParsedSource) -> set[str]:
    """Return labels such as S00 that a program assigned and that are not pseudonyms."""
    found = {speaker.label for speaker in parsed.speakers if _MACHINE_LABEL.fullmatch(speaker.label)}
    sure = any(label[1:] == "00" for label in found) or _NOSCRIBE in parsed.text[:_TOP]
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
    parsed: ParsedSource, participants: Sequence[ParsedSpeaker], mapped: Mapping[str, Case], cases: Existing
) -> Iterator[Notice]:
    """Warn of labels that also occur in another source and may be other persons there.

    These are names, jobs, and labels such as P1 where the numbers may start again in each group.
    """
    guessed = [speaker.label for speaker in participants if speaker.case is None and parsed.case is None]
    again = [
        label
        for label in guessed
        if label in mapped
        and cases.has_turns(mapped[label])
        and folded(person_named(label)) == folded(mapped[label].name)
    ]
    numbers = parsed.kind is SourceKind.FOCUS_GROUP or len(participants) > 1
    numbered = [label for label in again if numbers and _LOCAL.fullmatch(label)]
    names = [label for label in again if not _DIGIT.search(label) and bare(label) not in bare(parsed.name)]
    for labels, otherwise in (
        (numbered, "if each group has its own numbering, choose other cases for these speakers"),
        (names, "if it is not the same person, choose another case"),
    ):
        if labels:
            yield Notice(
                f"{', '.join(labels)} also {'occur' if len(labels) > 1 else 'occurs'} in another source and "
                f"{'were' if len(labels) > 1 else 'was'} linked to the same case; {otherwise}."
            )


def _misspelt_labels(parsed: ParsedSource) -> dict[str, str]:
    """Return the labels that look like misspellings, each with the correct label.

    Labels for which the user made a choice are left out.
    """
    guessed = {speaker.label for speaker in parsed.speakers if speaker.case is None and speaker.role_reason}
    into = {merge.label: merge.into for merge in parsed.merges if merge.label in guessed}
    for label in into:
        seen = {label}
        while into[label] in into and into[label] not in seen:
            seen.add(into[label])
            into[label] = into[into[label]]
    return into


def _with_roles_of_misspelt(parsed: ParsedSource, misspelt: Mapping[str, str]) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers, misspelt labels with the role of the correct label."""
    if not misspelt:
        return parsed.speakers
    from fwanalysis.formats.speakers.label_variants import full_names

    in_full = full_names({label: turns for label, (turns, _) in parsed.speech_counts.items()})
    roles = {speaker.label: speaker.role for speaker in parsed.speakers}
    speakers = []
    for speaker in parsed.speakers:
        into = misspelt.get(speaker.label)
        if into is not None and into in roles:
            why = f"may be “{into}” in full" if speaker.label in in_full else f"looks like “{into}” with a typo"
            speaker = ParsedSpeaker(speaker.label, roles[into], why)
        speakers.append(speaker)
    return tuple(speakers)


def _own_case(
    parsed: ParsedSource,
    participants: Sequence[ParsedSpeaker],
    generic: Collection[str],
    cases: Existing,
    warnings: list[Notice],
) -> Case | None:
    """Return the source's own case, adding to *warnings* if it is uncertain."""
    chosen = parsed.case
    if parsed.kind is SourceKind.FOCUS_GROUP:
        return cases.named(chosen or case_name_in(parsed.name), Level.GROUP)
    if chosen:
        return cases.named(chosen, Level.PERSON)
    if parsed.kind is SourceKind.DOCUMENT or len(participants) > 1:
        return None
    if participants and participants[0].case is not None:
        return cases.named(participants[0].case, Level.PERSON) if participants[0].case else None
    if not participants or participants[0].label in generic:
        return cases.named(case_name_in(parsed.name), Level.PERSON)
    name, warning = name_of_only_participant(participants[0].label, parsed.name, cases)
    if warning:
        warnings.append(warning)
    return cases.named(name, Level.PERSON)


def name_of_only_participant(label: str, stem: str, cases: Existing) -> tuple[str, Notice | None]:
    """Return the name for the case of the only participant of an interview.

    Args:
        label: The participant's label.
        stem: The file name without its extension.
        cases: The existing cases.

    Returns:
        The name, and a warning if it is uncertain. The name is the label, or the case name in *stem* if the label does
        not identify a person, or if it is a real name and *stem* contains a pseudonym that replaces it.
    """
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
    if is_pseudonym and re.sub(r"[^a-z]", "", in_file.casefold()) in _INTERVIEW_PREFIXES:
        return label, None
    case = known.name if known else label
    return label, Notice(f"The file's name says {in_file}, the label {label}; the case is {case}.")


def _speaker_case(
    speaker: ParsedSpeaker,
    kind: SourceKind,
    own: Case | None,
    participants: Sequence[ParsedSpeaker],
    generic: Collection[str],
    cases: Existing,
) -> Case | None:
    """Return the case of a participant; None if the speaker is linked to none."""
    if kind is SourceKind.DOCUMENT:
        return None
    if speaker.case is not None:
        return cases.named(speaker.case, Level.PERSON) if speaker.case else None
    if kind is SourceKind.INTERVIEW and own and len(participants) == 1:
        return own
    return None if speaker.label in generic else cases.named(person_named(speaker.label), Level.PERSON)


def _several_participants(
    parsed: ParsedSource, participants: Sequence[ParsedSpeaker], mapped: Mapping[str, Case]
) -> Iterator[Notice]:
    """Warn of several participants in an interview, unless the user chose the case of each."""
    if len(participants) < 2 or all(speaker.case is not None for speaker in participants):
        return
    named = ", ".join(f"{speaker.label} ({_turns(parsed, speaker.label)})" for speaker in participants)
    without = [f"“{speaker.label}”" for speaker in participants if speaker.label not in mapped]
    what = f"{' and '.join(without)} {'has' if len(without) == 1 else 'have'} no case"
    if not without:
        apart = len({case.id for case in mapped.values()}) == len(mapped)
        what = "each is a case of their own" if apart else "some share a case"
    yield Notice(f"{len(participants)} participants in an interview: {named}; {what}.")


def _unclear(parsed: ParsedSource, speakers: Sequence[ParsedSpeaker]) -> Iterator[Notice]:
    """Warn of speakers without a clear role.

    In an interview these include participants with a single turn whose label does not indicate a role.
    """
    from fwanalysis.formats.speakers.role_lexicon import UNIDENTIFIED, said_by

    lone = parsed.kind is SourceKind.INTERVIEW and len(speakers) > 2
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
                and parsed.speech_counts.get(speaker.label, (0, 0))[0] <= _FEW
                and not _PSEUDONYM.fullmatch(speaker.label)
            )
        )
    ]
    first = {turn.label: turn.label_start for turn in reversed(parsed.turns)}
    if len(found) == 1:
        (label,) = found
        other = "" if parsed.speech_counts.get(label, (0, 0))[0] <= _FEW else "give it one, or, "
        yield Notice(
            f"“{label}” has {_turns(parsed, label)} and {NO_CLEAR_ROLE}; {other}if it is not a speaker, exclude it.",
            first.get(label),
        )
    elif found:
        named = ", ".join(f"“{label}” ({_turns(parsed, label)})" for label in found)
        yield Notice(f"These have {NO_CLEAR_ROLE}: {named}; give them one, or exclude those that are not speakers.")


def _turns(parsed: ParsedSource, label: str) -> str:
    turns = parsed.speech_counts.get(label, (0, 0))[0]
    return "1 turn" if turns == 1 else f"{turns:,} turns"


def case_name_in(stem: str) -> str:
    """Return the name of a case that a file name contains.

    Args:
        stem: The file name without its extension.

    Returns:
        The numbered pseudonym in it (``P07`` in ``P07 final 2026``) if there is exactly one, else the whole *stem*.
    """
    found = _NUMBERED_IN_NAME.findall(stem)
    return found[0] if len(found) == 1 else stem


def person_named(label: str) -> str:
    """Return the name in a label: half-width and without a note in brackets.

    ``P07 (nurse)`` becomes ``P07``.
    """
    return (_ADDED.sub("", label) or label).translate(_FULL_WIDTH)


def is_generic(label: str) -> bool:
    """Return whether a label names a role but does not identify a person.

    True for ``Speaker 1``, ``A`` and ``Participant``; false for ``P07`` and ``P1``.
    """
    from fwanalysis.formats.speakers.role_lexicon import names_no_individual

    return names_no_individual(label)
