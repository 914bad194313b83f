"""From a reader's draft to the values of a source: speakers get their cases, turns their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.importing import (
    FileChoices,
    ImportReport,
    ImportStatus,
    Notice,
    ParsedSource,
    SourceReport,
    SpeakerReport,
)
from fwanalysis.domain.sources import Revision, Source, SourceKind, Speaker, Turn, TurnKind
from fwanalysis.domain.text import text_hash
from fwanalysis.domain.transcripts import numbered
from fwanalysis.project.importing.case_linking import case_name_in, link_cases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.cases import Membership
    from fwanalysis.project.importing.existing import Existing

_WITHDRAWN = re.compile(r"\b(?:withdr[ae]w|withdrawn|withdrew consent|placeholder)\b", re.IGNORECASE)
_PLACEHOLDER_WORDS = 40


@dataclass(frozen=True, slots=True)
class Import:
    """The values that one new source adds to the project; ``own`` is the source's own case, new or not, ``case_names``
    names the case of each speaker that has one, by label, and ``raised`` are cases that turn out to be groups."""

    draft: ParsedSource
    source: Source
    revision: Revision
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    cases: tuple[Case, ...]
    memberships: tuple[Membership, ...]
    own: Case | None
    case_names: Mapping[str, str]
    attributes: Mapping[str, str] = field(default_factory=dict)
    raised: tuple[Case, ...] = ()


def build_import(draft: ParsedSource, *, original_hash: str, filename: str, existing: Existing) -> Import:
    """The values for a settled draft, its speakers linked to cases (see ``project.joining``)."""
    source_id, revision_id = new_id(), new_id()
    name = _free_name(draft.name, existing.source_names)
    cases = existing.fork()
    linked = link_cases(draft, cases)
    own = linked.own
    speakers = tuple(
        Speaker(new_id(), source_id, item.label, item.role, item.role_reason, case.id if case else None)
        for item in linked.speakers
        for case in [linked.by_label.get(item.label)]
    )
    group = own if draft.kind is SourceKind.FOCUS_GROUP else None
    revision = Revision(
        id=revision_id,
        source_id=source_id,
        number=1,
        text_hash=text_hash(draft.text),
        original_hash=original_hash,
        filename=filename,
        input_format=draft.input_format,
        speaker_format=draft.speaker_format,
        speaker_format_reason=draft.speaker_format_reason,
        encoding=draft.encoding,
        length=len(draft.text),
        words=draft.words,
        warnings=(
            *_namesake(draft.name, name),
            *(
                warning_text(doubt, draft)
                for doubt in (*draft.warnings, *linked.warnings, *_nobodys_attributes(draft, own))
            ),
        ),
        metadata=tuple(draft.metadata.items()),
    )
    return Import(
        draft,
        Source(source_id, name, draft.kind, revision_id, own.id if own else None, now()),
        revision,
        speakers,
        numbered(draft.turns, revision_id, {speaker.label: speaker.id for speaker in speakers}),
        tuple(cases.made),
        existing.new_members(group, speakers),
        own,
        {label: case.name for label, case in linked.by_label.items()},
        draft.attributes if own else {},
        tuple(cases.raised),
    )


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def warning_text(doubt: Notice, draft: ParsedSource) -> str:
    """A doubt as a sentence with the line of the file that it is about."""
    if doubt.start is None:
        return doubt.message
    line = draft.lines_above + draft.text.count("\n", 0, doubt.start) + 1
    return f"Line {line}: {doubt.message}"


def _namesake(wished: str, given: str) -> tuple[str, ...]:
    """A doubt if a source of this name was there already, with other words."""
    if wished == given:
        return ()
    return (
        f"A source “{wished}” with another text already exists; this one is named “{given}”. If it is a corrected "
        f"version, use “fwa source revise {wished} FILE” instead.",
    )


def _nobodys_attributes(draft: ParsedSource, own: Case | None) -> tuple[Notice, ...]:
    """A doubt if a file states attributes and is the record of no one case that could have them."""
    if own or not draft.attributes:
        return ()
    named = ", ".join(draft.attributes)
    return (Notice(f"The file states {named}, but no one case is its own; use “fwa case set” to give them to one."),)


def report_of(made: Import, *, written: bool) -> SourceReport:
    """What a person reads of a source that is or would be imported."""
    draft = made.draft
    return SourceReport(
        source_id=made.source.id if written else None,
        name=made.source.name,
        kind=made.source.kind,
        case=made.own.name if made.own else None,
        speaker_format=draft.speaker_format,
        speaker_format_reason=draft.speaker_format_reason,
        speaker_formats=draft.speaker_formats,
        encoding=draft.encoding,
        turns=sum(turn.kind is TurnKind.SPEECH for turn in draft.turns),
        words=draft.words,
        speakers=tuple(
            SpeakerReport(
                item.label,
                item.role,
                item.role_reason,
                made.case_names.get(item.label),
                *draft.speech_counts.get(item.label, (0, 0)),
            )
            for item in made.speakers
        ),
        warnings=made.revision.warnings,
        merges=draft.merges,
        metadata=draft.metadata,
        attributes=made.attributes,
        possible_speakers=tuple(dict.fromkeys(doubt.speaker for doubt in draft.warnings if doubt.speaker)),
        label_warnings=tuple(warning_text(notice, draft) for notice in draft.warnings if notice.speaker),
        label_decisions=draft.label_decisions,
    )


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A file that only says that a participant has withdrawn: a case without data, and no source."""

    case: Case
    made: bool

    def report(self, path: str, written: bool) -> ImportReport:
        """What a person reads of it."""
        source = SourceReport(
            None, "", SourceKind.DOCUMENT, self.case.name, "none", "", (), None, 0, 0, (),
            (f"This only says that {self.case.name} is withdrawn: a case without data, and no source.",), (), {}, {},
        )  # fmt: skip
        new = ImportStatus.IMPORTED if written else ImportStatus.READY
        return ImportReport(path, new if self.made else ImportStatus.SKIPPED, None, self.case.name, sources=(source,))


def placeholder_of(drafts: Sequence[ParsedSource], choices: FileChoices, existing: Existing) -> Placeholder | None:
    """The placeholder that a file is, if all it says is that somebody has withdrawn. A kind that a person chose makes
    it a source like any other."""
    (draft, *others) = drafts
    is_answer = draft.input_format == "table"
    if others or draft.turns or is_answer or choices.kind is not None or draft.words > _PLACEHOLDER_WORDS:
        return None
    if not _WITHDRAWN.search(draft.text):
        return None
    name = draft.case or case_name_in(PurePath(draft.name).name)
    known = existing.known(name)
    return Placeholder(known or Case(new_id(), name, Level.PERSON), known is None)
