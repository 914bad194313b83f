"""Building of the stored values of a source from a parsed source."""

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
    """The values that a new source adds to the project.

    Attributes:
        draft: The parsed source.
        cases: The new cases.
        memberships: The new memberships.
        own: The source's own case, new or existing; None if it has none.
        case_names: The name of the case of each speaker that has one, by label.
        attributes: The attributes that the file states for the own case.
        raised: Existing cases that become groups.
    """

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


def build_import(parsed: ParsedSource, *, original_hash: str, filename: str, existing: Existing) -> Import:
    """Build the values of a new source, with its speakers linked to cases.

    Args:
        parsed: The parsed source, with the user's choices applied.
        original_hash: SHA-256 of the bytes of the file.
        filename: Name of the file.
        existing: The existing cases, memberships and names; left unchanged.

    Notes:
        The rules for cases are in ``project.importing.case_linking``.
    """
    source_id, revision_id = new_id(), new_id()
    name = _free_name(parsed.name, existing.source_names)
    cases = existing.fork()
    linked = link_cases(parsed, cases)
    own = linked.own
    speakers = tuple(
        Speaker(new_id(), source_id, item.label, item.role, item.role_reason, case.id if case else None)
        for item in linked.speakers
        for case in [linked.by_label.get(item.label)]
    )
    group = own if parsed.kind is SourceKind.FOCUS_GROUP else None
    revision = Revision(
        id=revision_id,
        source_id=source_id,
        number=1,
        text_hash=text_hash(parsed.text),
        original_hash=original_hash,
        filename=filename,
        input_format=parsed.input_format,
        speaker_format=parsed.speaker_format,
        speaker_format_reason=parsed.speaker_format_reason,
        encoding=parsed.encoding,
        length=len(parsed.text),
        words=parsed.words,
        warnings=(
            *_name_taken(parsed.name, name),
            *(
                warning_text(warning, parsed)
                for warning in (*parsed.warnings, *linked.warnings, *_unassigned_attributes(parsed, own))
            ),
        ),
        metadata=tuple(parsed.metadata.items()),
    )
    return Import(
        parsed,
        Source(source_id, name, parsed.kind, revision_id, own.id if own else None, now()),
        revision,
        speakers,
        numbered(parsed.turns, revision_id, {speaker.label: speaker.id for speaker in speakers}),
        tuple(cases.made),
        existing.new_members(group, speakers),
        own,
        {label: case.name for label, case in linked.by_label.items()},
        parsed.attributes if own else {},
        tuple(cases.raised),
    )


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def warning_text(warning: Notice, parsed: ParsedSource) -> str:
    """Return a warning as a sentence, preceded by its line number in the file, if any."""
    if warning.start is None:
        return warning.message
    line = parsed.lines_above + parsed.text.count("\n", 0, warning.start) + 1
    return f"Line {line}: {warning.message}"


def _name_taken(wanted: str, given: str) -> tuple[str, ...]:
    """Return a warning if another source already has the name; else an empty tuple."""
    if wanted == given:
        return ()
    return (
        f"A source “{wanted}” with another text already exists; this one is named “{given}”. If it is a corrected "
        f"version, use “fwa source revise {wanted} FILE” instead.",
    )


def _unassigned_attributes(parsed: ParsedSource, own: Case | None) -> tuple[Notice, ...]:
    """Return a warning if a file states attributes but has no case of its own."""
    if own or not parsed.attributes:
        return ()
    named = ", ".join(parsed.attributes)
    return (Notice(f"The file states {named}, but no one case is its own; use “fwa case set” to give them to one."),)


def report_of(made: Import, *, written: bool) -> SourceReport:
    """Return the report on a source; *written* is False in a preview."""
    parsed = made.draft
    return SourceReport(
        source_id=made.source.id if written else None,
        name=made.source.name,
        kind=made.source.kind,
        case=made.own.name if made.own else None,
        speaker_format=parsed.speaker_format,
        speaker_format_reason=parsed.speaker_format_reason,
        speaker_formats=parsed.speaker_formats,
        encoding=parsed.encoding,
        turns=sum(turn.kind is TurnKind.SPEECH for turn in parsed.turns),
        words=parsed.words,
        speakers=tuple(
            SpeakerReport(
                item.label,
                item.role,
                item.role_reason,
                made.case_names.get(item.label),
                *parsed.speech_counts.get(item.label, (0, 0)),
            )
            for item in made.speakers
        ),
        warnings=made.revision.warnings,
        merges=parsed.merges,
        metadata=parsed.metadata,
        attributes=made.attributes,
        possible_speakers=tuple(dict.fromkeys(warning.speaker for warning in parsed.warnings if warning.speaker)),
        label_warnings=tuple(warning_text(notice, parsed) for notice in parsed.warnings if notice.speaker),
        label_decisions=parsed.label_decisions,
    )


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A file that only states that a participant has withdrawn.

    It results in a case without data, and no source.

    Attributes:
        case: The case.
        made: Whether the case is new.
    """

    case: Case
    made: bool

    def report(self, path: str, written: bool) -> ImportReport:
        """Return the report on the file; *written* is False in a preview."""
        source = SourceReport(
            None, "", SourceKind.DOCUMENT, self.case.name, "none", "", (), None, 0, 0, (),
            (f"This only says that {self.case.name} is withdrawn: a case without data, and no source.",), (), {}, {},
        )  # fmt: skip
        new = ImportStatus.IMPORTED if written else ImportStatus.READY
        return ImportReport(path, new if self.made else ImportStatus.SKIPPED, None, self.case.name, sources=(source,))


def placeholder_of(
    parsed_sources: Sequence[ParsedSource], choices: FileChoices, existing: Existing
) -> Placeholder | None:
    """Return the placeholder that a file represents, or None.

    Args:
        parsed_sources: The parsed sources of the file.
        choices: The user's choices; a file with a chosen kind is never a placeholder.
        existing: The existing cases.

    Notes:
        A placeholder is a short text (at most 40 words) without turns that mentions a withdrawal.
    """
    (parsed, *others) = parsed_sources
    is_answer = parsed.input_format == "table"
    if others or parsed.turns or is_answer or choices.kind is not None or parsed.words > _PLACEHOLDER_WORDS:
        return None
    if not _WITHDRAWN.search(parsed.text):
        return None
    name = parsed.case or case_name_in(PurePath(parsed.name).name)
    known = existing.known(name)
    return Placeholder(known or Case(new_id(), name, Level.PERSON), known is None)
