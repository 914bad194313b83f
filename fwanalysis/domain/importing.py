"""Parsed files, the user's choices for them, and the reports of an import.

A reader turns a file into parsed sources. A preview and an import report the same values; only the import stores them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.sources import Role, SourceKind, TurnKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """A turn as a reader found it.

    Attributes:
        label: The speaker's label; None if the file names no speaker.
        label_start: Where the label begins, in code points.
        start: Where the text of the turn begins, in code points.
        end: Where it ends, exclusive.
        time: Start time in seconds; None if the file states none.
        kind: Whether it is speech, a preamble or excluded text.
    """

    label: str | None
    label_start: int
    start: int
    end: int
    time: float | None = None
    kind: TurnKind = TurnKind.SPEECH


NO_CLEAR_ROLE = "no clear role"
"""The words of a warning about speakers whose role is not clear; it names them in quotation marks."""


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    """A speaker as a reader found it.

    Attributes:
        label: The label in the file.
        role: The detected role.
        role_reason: Why this role was detected.
        case: Name of the case that the user chose: empty for no case, None if the user made no choice.
    """

    label: str
    role: Role
    role_reason: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about the contents of a file.

    Attributes:
        message: The warning, as a sentence.
        start: The position in the text that it is about, in code points; None if it has none.
        speaker: The rejected label that it is about, which the user may declare a speaker; None if it is about none.
    """

    message: str
    start: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class LabelDecision:
    """Whether a candidate label of a file was recognised as a speaker, and why.

    Attributes:
        label: The label in its most frequent spelling.
        count: How many lines begin with it.
        is_speaker: Whether it is a speaker label.
        criterion: Name of the criterion that decided (``typical-form``, ``rare-name``, ...).
        reason: The criterion in words, phrased to follow the label: “begins 12 lines”.
    """

    label: str
    count: int
    is_speaker: bool
    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class LabelMerge:
    """A proposal to merge two labels of a file that look like spellings of one.

    Attributes:
        label: The label that would be merged.
        into: The label that would remain.
        reason: Why the two look alike.

    Notes:
        Labels are merged only if the user chooses so.
    """

    label: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A source as a reader found it in a file.

    The preamble, the labels and the turns together cover the text except for white space.

    Attributes:
        name: Name of the source, taken from the file name.
        kind: The detected kind.
        text: The whole text.
        turns: The turns in text order, disjoint.
        speakers: The speakers, one for each label.
        input_format: Name of the reader, such as ``txt``.
        speaker_format: How speakers are labelled, such as ``label-colon``.
        words: Number of words of speech, or of the whole text if it has no turns.
        speech_counts: Number of turns and words of each label.
        encoding: The text encoding; None if the format has none.
        metadata: Front matter of the file, as plain text.
        warnings: What the user should check.
        speaker_format_reason: The evidence for the speaker format.
        speaker_formats: Other speaker formats that fit the file, the most likely first.
        merges: Proposals to merge labels.
        label_decisions: For each candidate label, whether it is a speaker, and why.
        case: Name of the case that the file states; None if it states none.
        attributes: Values of attributes that the file states for this case.
        lines_above: Number of lines of the file above the text.
    """

    name: str
    kind: SourceKind
    text: str
    turns: tuple[ParsedTurn, ...]
    speakers: tuple[ParsedSpeaker, ...]
    input_format: str
    speaker_format: str
    words: int
    speech_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    encoding: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()
    speaker_format_reason: str = ""
    speaker_formats: tuple[str, ...] = ()
    merges: tuple[LabelMerge, ...] = ()
    label_decisions: tuple[LabelDecision, ...] = ()
    case: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    lines_above: int = 0


# Choices of the user


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """The user's choices for one label of a file; None keeps the detected value.

    Attributes:
        role: The role.
        case: Name of the case; empty for no case.
        into: Another label of the file that this one is a spelling of.
        excluded: Whether the label is not a speaker; its turns become excluded text.
    """

    role: Role | None = None
    case: str | None = None
    into: str | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FileChoices:
    """The user's choices for one file; None keeps the detected value.

    Attributes:
        skip: Whether not to import the file.
        input_format: Name of the reader.
        speaker_format: How speakers are labelled.
        encoding: Name of the text encoding.
        kind: The kind of source.
        case: Name of the source's own case; empty for no case.
        speakers: Choices for speakers, by label as the reader found it.
        speaker_labels: Labels to recognise as speakers in any case.
    """

    skip: bool = False
    input_format: str | None = None
    speaker_format: str | None = None
    encoding: str | None = None
    kind: SourceKind | None = None
    case: str | None = None
    speakers: Mapping[str, SpeakerChoice] = field(default_factory=dict)
    speaker_labels: frozenset[str] = frozenset()


NO_CHOICES = FileChoices()


def apply_choices(parsed: ParsedSource, choices: FileChoices) -> ParsedSource:
    """Return a parsed source with the user's choices instead of the detected values.

    Args:
        parsed: The source as the reader found it.
        choices: The choices of kind, case and speakers; the reader has applied the others.

    Returns:
        A source with the same text. Turns of a merged label have the other label; turns of an excluded label, with the
        label itself, are excluded text.
    """
    parsed = replace(
        parsed, kind=choices.kind or parsed.kind, case=parsed.case if choices.case is None else choices.case
    )
    return _with_speakers(parsed, choices.speakers) if choices.speakers else parsed


def _with_speakers(parsed: ParsedSource, choices_by_label: Mapping[str, SpeakerChoice]) -> ParsedSource:
    """Return a parsed source with the choices for its speakers applied."""
    known = {speaker.label for speaker in parsed.speakers}
    renamed = _final_labels(
        {label: choice.into for label, choice in choices_by_label.items() if choice.into in known - {label}}
    )
    excluded = {label for label, choice in choices_by_label.items() if choice.excluded}

    def turn(found: ParsedTurn) -> ParsedTurn:
        label = renamed.get(found.label or "", found.label)
        if label in excluded:
            return replace(found, label=None, start=found.label_start, kind=TurnKind.EXCLUDED)
        return replace(found, label=label)

    def speaker(found: ParsedSpeaker) -> ParsedSpeaker:
        choice = choices_by_label.get(found.label, SpeakerChoice())
        if choice.role is None:
            return replace(found, case=choice.case)
        return replace(found, role=choice.role, role_reason="", case=choice.case)

    speech_counts: dict[str, tuple[int, int]] = {}
    for label, (turns, words) in parsed.speech_counts.items():
        into = renamed.get(label) or label
        before = speech_counts.get(into, (0, 0))
        speech_counts[into] = (before[0] + turns, before[1] + words)
    return replace(
        parsed,
        turns=tuple(map(turn, parsed.turns)),
        words=parsed.words - sum(speech_counts.pop(label, (0, 0))[1] for label in excluded),
        speech_counts=speech_counts,
        speakers=tuple(
            speaker(found) for found in parsed.speakers if found.label not in excluded and found.label not in renamed
        ),
        merges=tuple(
            merge
            for merge in parsed.merges
            if merge.label not in renamed and merge.into not in renamed and not {merge.label, merge.into} & excluded
        ),
    )


def _final_labels(into: Mapping[str, str | None]) -> dict[str, str]:
    """Return each label with the label at the end of its chain of merges.

    Labels whose chain leads into a circle are left out, so they keep their own label.
    """
    final = {}
    for label in into:
        visited, at = {label}, into[label]
        while at is not None and at in into and at not in visited:
            visited.add(at)
            at = into[at]
        if at is not None and at not in visited:
            final[label] = at
    return final


# Results


class ImportStatus(StrEnum):
    """The result of importing one file.

    ``ready`` occurs only in a preview, for a file that would be imported.
    """

    READY = "ready"
    IMPORTED = "imported"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SpeakerReport:
    """A speaker of an imported source, with the number of turns and words."""

    label: str
    role: Role
    role_reason: str
    case: str | None
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source of a file, as it was or would be imported.

    Attributes:
        source_id: Id of the source; None in a preview.
        case: Name of the source's own case; None if it has none.
        warnings: Sentences, each naming the line of the file that it is about, if any.
        possible_speakers: Labels that were read as text and that the user may declare speakers.
        label_warnings: The warnings that are about such labels.

    Notes:
        The other attributes are those of ``ParsedSource``.
    """

    source_id: str | None
    name: str
    kind: SourceKind
    case: str | None
    speaker_format: str
    speaker_format_reason: str
    speaker_formats: tuple[str, ...]
    encoding: str | None
    turns: int
    words: int
    speakers: tuple[SpeakerReport, ...]
    warnings: tuple[str, ...]
    merges: tuple[LabelMerge, ...]
    metadata: Mapping[str, str]
    attributes: Mapping[str, str]
    possible_speakers: tuple[str, ...] = ()
    label_decisions: tuple[LabelDecision, ...] = ()
    label_warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of importing one file, or of previewing it.

    A file holds one source, or several if it is a table of answers.

    Attributes:
        path: Path of the file.
        status: What happened to it.
        source_id: Id of the first source or, for a skipped file, of the source already imported.
        name: Name of the same source.
        input_format: Name of the reader.
        error: Why the file was refused or skipped; None otherwise.
        sources: The sources of the file.
        number: Position of the file in the import, from 1.
        total: Number of files in the import.
    """

    path: str
    status: ImportStatus
    source_id: str | None = None
    name: str | None = None
    input_format: str | None = None
    error: str | None = None
    sources: tuple[SourceReport, ...] = ()
    number: int = 1
    total: int = 1

    @property
    def turns(self) -> int:
        """Number of turns of speech in the file."""
        return sum(source.turns for source in self.sources)

    @property
    def speaker_format(self) -> str | None:
        """Speaker format of the first source; None if there is no source."""
        return self.sources[0].speaker_format if self.sources else None

    @property
    def kind(self) -> SourceKind | None:
        """Kind of the first source; None if there is no source."""
        return self.sources[0].kind if self.sources else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings of all sources of the file."""
        return tuple(warning for source in self.sources for warning in source.warnings)
