"""From a reader's draft to the values of a source: speakers get their roles and cases, turns their numbers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level, Membership, natural_key
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.sources import (
    Doubt,
    DraftSpeaker,
    Revision,
    Role,
    Source,
    SourceDraft,
    SourceKind,
    Speaker,
    Turn,
    TurnKind,
)
from fwanalysis.domain.text import text_hash
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_GENERIC = re.compile(
    r"(speaker|participant|respondent|interviewee|person|voice|patient|male|female|unknown|inaudible|a|r|p|s)?\W*\d{0,2}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[a-z]{1,3}\W?\d+", re.IGNORECASE)


class Existing:
    """The cases, memberships and source names of the project, which a new source is joined to and kept apart from."""

    def __init__(self, cases: Iterable[Case], memberships: Iterable[Membership], source_names: Iterable[str]) -> None:
        self.cases = {case.name.casefold(): case for case in cases}
        self.members = {(item.member_id, item.whole_id) for item in memberships}
        self.source_names = set(source_names)

    def take(self, made: Import) -> None:
        """Count what was imported among the existing."""
        self.cases |= {case.name.casefold(): case for case in made.cases}
        self.members |= {(item.member_id, item.whole_id) for item in made.memberships}
        self.source_names.add(made.source.name)


@dataclass(frozen=True, slots=True)
class Import:
    """The values that one new source adds to the project."""

    source: Source
    revision: Revision
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    cases: tuple[Case, ...]
    memberships: tuple[Membership, ...]


def files_of(paths: Iterable[Path], supported: Callable[[str], bool]) -> Iterator[Path]:
    """The files that paths stand for: a file itself; of a folder, all files of a supported kind in it and below, in
    natural order, without hidden ones and without following linked folders. InvalidInput for a path that is not
    there."""
    for path in paths:
        if path.is_dir():
            found = [
                inside
                for inside in path.rglob("*")
                if inside.is_file() and supported(inside.name) and not _hidden(inside.relative_to(path))
            ]
            yield from sorted(found, key=lambda inside: natural_key(str(inside.relative_to(path))))
        elif path.exists():
            yield path
        else:
            raise InvalidInput(f"There is no file or folder {path}.")


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def build_import(
    draft: SourceDraft, *, data: bytes, filename: str, existing: Existing, kind: SourceKind | None, case: str | None
) -> Import:
    """The values for a draft. Participants are joined to the cases of their labels; a label that names nobody in
    particular (Speaker 1) is joined to the source's case in an interview and to none elsewhere."""
    chosen = kind or draft.kind
    source_id, revision_id = new_id(), new_id()
    name = _free_name(draft.name, existing.source_names)
    cases = _Cases(existing.cases)
    own = _own_case(draft, chosen, draft.name, cases, case)
    speakers = []
    participants = [speaker for speaker in draft.speakers if speaker.role is Role.PARTICIPANT]
    for speaker in draft.speakers:
        mapped = _speaker_case(speaker, chosen, own, participants, cases)
        speakers.append(
            Speaker(
                new_id(), source_id, speaker.label, speaker.role, speaker.role_reason, mapped.id if mapped else None
            )
        )
    group = own if chosen is SourceKind.FOCUS_GROUP else None
    memberships = _new_members(group, speakers, existing) if group else ()
    turns = _turns(draft, revision_id, speakers)
    revision = Revision(
        id=revision_id,
        source_id=source_id,
        number=1,
        text_hash=text_hash(draft.text),
        original_hash=hashlib.sha256(data).hexdigest(),
        filename=filename,
        reader=draft.reader,
        style=draft.style,
        encoding=draft.encoding,
        length=len(draft.text),
        words=draft.words,
        doubts=(*_namesake(draft.name, name), *(_placed(doubt, draft.text) for doubt in draft.doubts)),
        metadata=tuple(draft.metadata.items()),
    )
    source = Source(source_id, name, chosen, revision_id, own.id if own else None, now())
    return Import(source, revision, tuple(speakers), tuple(turns), tuple(cases.made), memberships)


class _Cases:
    """Cases by name, making those that are missing."""

    def __init__(self, known: dict[str, Case]) -> None:
        self._known = dict(known)
        self.made: list[Case] = []

    def named(self, name: str, level: Level) -> Case:
        case = self._known.get(name.casefold())
        if case is None:
            case = Case(new_id(), name, level)
            self._known[name.casefold()] = case
            self.made.append(case)
        return case


def _own_case(draft: SourceDraft, kind: SourceKind, name: str, cases: _Cases, wished: str | None) -> Case | None:
    if kind is SourceKind.FOCUS_GROUP:
        return cases.named(wished or name, Level.GROUP)
    if wished:
        return cases.named(wished, Level.PERSON)
    if kind is SourceKind.DOCUMENT:
        return None
    labels = [speaker.label for speaker in draft.speakers if speaker.role is Role.PARTICIPANT]
    if len(labels) > 1:
        return None
    return cases.named(labels[0] if labels and not generic(labels[0]) else name, Level.PERSON)


def _speaker_case(
    speaker: DraftSpeaker, kind: SourceKind, own: Case | None, participants: list[DraftSpeaker], cases: _Cases
) -> Case | None:
    if speaker.role is not Role.PARTICIPANT or kind is SourceKind.DOCUMENT:
        return None
    if kind is SourceKind.INTERVIEW and own and len(participants) == 1:
        return own
    return None if generic(speaker.label) else cases.named(speaker.label, Level.PERSON)


def generic(label: str) -> bool:
    """Whether a label names a part in the talk and nobody in particular: ``Speaker 1``, ``A``, ``Participant``; not
    ``P07`` or ``P1``."""
    if _NUMBERED.fullmatch(label) and (label[0] in "PpRr" or len(re.sub(r"\D", "", label)) >= 2):
        return False
    return _GENERIC.fullmatch(label.strip()) is not None


def _new_members(group: Case, speakers: Iterable[Speaker], existing: Existing) -> tuple[Membership, ...]:
    members = {speaker.case_id for speaker in speakers if speaker.case_id} - {group.id}
    new = sorted(member_id for member_id in members if (member_id, group.id) not in existing.members)
    return tuple(Membership(new_id(), member_id, group.id) for member_id in new)


def _turns(draft: SourceDraft, revision_id: str, speakers: Iterable[Speaker]) -> list[Turn]:
    by_label = {speaker.label: speaker.id for speaker in speakers}
    turns, number = [], 0
    for position, turn in enumerate(draft.turns):
        is_speech = turn.kind is TurnKind.SPEECH
        number += is_speech
        turns.append(
            Turn(
                id=new_id(),
                revision_id=revision_id,
                position=position,
                kind=turn.kind,
                number=number if is_speech else 0,
                speaker_id=by_label[turn.label] if turn.label is not None else None,
                mark_start=turn.mark_start,
                start=turn.start,
                end=turn.end,
                time=turn.time,
            )
        )
    return turns


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def _placed(doubt: Doubt, text: str) -> str:
    """A doubt as a sentence with the line of the text that it is about."""
    if doubt.start is None:
        return doubt.message
    return f"Line {text.count(chr(10), 0, doubt.start) + 1}: {doubt.message}"


def _namesake(wished: str, given: str) -> tuple[str, ...]:
    """A doubt if a source of this name was there already, with other words."""
    if wished == given:
        return ()
    return (f"A source “{wished}” with other words is there already; this one is called “{given}”.",)
