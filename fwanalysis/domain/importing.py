"""What a reader makes of a file, what a person chooses instead, and what became of the file.

A draft is a reader's proposal. A preview and an import report the same things of it; only the import has written them.
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
    """A turn as a reader found it: positions as in Turn; ``label`` is None where the file marks no speaker."""

    label: str | None
    label_start: int
    start: int
    end: int
    time: float | None = None
    kind: TurnKind = TurnKind.SPEECH


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    """A voice as a reader found it, with the role guessed for it and the reason. ``case`` names the case that a person
    chose for it: empty for none, None where nobody chose."""

    label: str
    role: Role
    role_reason: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a file that a person should look at, with the place (code points into the text) if it has one, and
    the label that the user may say is a speaker if it is about one."""

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
        reason: The same in words, to be read after the label: “begins 12 lines”.
    """

    label: str
    count: int
    is_speaker: bool
    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class LabelMerge:
    """Two labels of one file that look like one voice spelled in two ways: a proposal, never done unasked."""

    label: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """All that a reader makes of one source in a file.

    ``name`` comes from the file's name; ``reader`` and ``style`` say how it was read (``txt``, ``label-colon``),
    ``style_reason`` the evidence that decided, ``styles`` the other styles that the file could be read in, likeliest
    first. ``words`` counts the words of speech, or of the whole text where there is none, ``said`` the turns and the
    words of each label; ``label_decisions`` says of each candidate label whether it is a speaker and why.
    ``metadata`` is front matter as plain text; ``case`` and ``attributes`` are the case that the file itself names and
    what it states of it; ``lines_above`` counts the lines of the file above the text. Preamble, marks and turns cover
    the text but for white space.
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


# What a person chooses instead


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """What a person chose for one label of a file: a role, a case (empty for none), another label that it is only a
    spelling of, or that it is no speaker. None leaves what was guessed."""

    role: Role | None = None
    case: str | None = None
    into: str | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FileChoices:
    """What a person chose for one file; None leaves what was guessed. ``speakers`` is by label as the reader found
    it; ``speaker_labels`` are labels that are speakers although they may not look it."""

    skip: bool = False
    input_format: str | None = None
    speaker_format: str | None = None
    encoding: str | None = None
    kind: SourceKind | None = None
    case: str | None = None
    speakers: Mapping[str, SpeakerChoice] = field(default_factory=dict)
    speaker_labels: frozenset[str] = frozenset()


NO_CHOICES = FileChoices()


def apply_choices(draft: ParsedSource, choices: FileChoices) -> ParsedSource:
    """The draft with a person's choices of kind, case and speakers in the place of the guesses.

    Turns of a label that is merged get the other label; turns of one that is no speaker are set aside. Nothing of the
    text moves.
    """
    draft = replace(draft, kind=choices.kind or draft.kind, case=draft.case if choices.case is None else choices.case)
    return _with_speakers(draft, choices.speakers) if choices.speakers else draft


def _with_speakers(draft: ParsedSource, picked: Mapping[str, SpeakerChoice]) -> ParsedSource:
    known = {speaker.label for speaker in draft.speakers}
    renamed = _ends({label: choice.into for label, choice in picked.items() if choice.into in known - {label}})
    excluded = {label for label, choice in picked.items() if choice.excluded}

    def turn(found: ParsedTurn) -> ParsedTurn:
        label = renamed.get(found.label or "", found.label)
        if label in excluded:
            return replace(found, label=None, start=found.label_start, kind=TurnKind.EXCLUDED)
        return replace(found, label=label)

    def speaker(found: ParsedSpeaker) -> ParsedSpeaker:
        choice = picked.get(found.label, SpeakerChoice())
        if choice.role is None:
            return replace(found, case=choice.case)
        return replace(found, role=choice.role, role_reason="", case=choice.case)

    speech_counts: dict[str, tuple[int, int]] = {}
    for label, (turns, words) in draft.speech_counts.items():
        into = renamed.get(label) or label
        before = speech_counts.get(into, (0, 0))
        speech_counts[into] = (before[0] + turns, before[1] + words)
    return replace(
        draft,
        turns=tuple(map(turn, draft.turns)),
        words=draft.words - sum(speech_counts.pop(label, (0, 0))[1] for label in excluded),
        speech_counts=speech_counts,
        speakers=tuple(
            speaker(found) for found in draft.speakers if found.label not in excluded and found.label not in renamed
        ),
        merges=tuple(
            merge
            for merge in draft.merges
            if merge.label not in renamed and merge.into not in renamed and not {merge.label, merge.into} & excluded
        ),
    )


def _ends(into: Mapping[str, str | None]) -> dict[str, str]:
    """Each label with the one at the end of its chain of merges; labels that lead in a circle stay what they are."""
    ends = {}
    for label in into:
        passed, at = {label}, into[label]
        while at is not None and at in into and at not in passed:
            passed.add(at)
            at = into[at]
        if at is not None and at not in passed:
            ends[label] = at
    return ends


# What became of a file


class ImportStatus(StrEnum):
    """What became of one file of an import; ``ready`` in a preview of what would be imported."""

    READY = "ready"
    IMPORTED = "imported"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SpeakerReport:
    """A voice of an imported source, with how much was said."""

    label: str
    role: Role
    role_reason: str
    case: str | None
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source that a file holds, as it was or would be imported; ``source_id`` is None in a preview. ``case`` is the
    source's own case; doubts are sentences that name their line. ``possible_speakers`` are labels that were read as
    text and are speakers if the user says so, ``label_warnings`` those of the warnings that are about them."""

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
    """What became of one file of an import, or would; ``error`` says why it was refused. A file holds one source, or
    several where it is a table of answers. ``source_id`` and ``name`` are of the first, and of the source that is there
    already where the file is skipped. It is the ``number``-th of ``total`` files."""

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
        """How many turns of speech the file holds."""
        return sum(source.turns for source in self.sources)

    @property
    def speaker_format(self) -> str | None:
        """The style of the first source."""
        return self.sources[0].speaker_format if self.sources else None

    @property
    def kind(self) -> SourceKind | None:
        """What the first source is a record of."""
        return self.sources[0].kind if self.sources else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at."""
        return tuple(doubt for source in self.sources for doubt in source.warnings)
