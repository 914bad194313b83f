"""Sources, their revisions, turns and speakers, as stored and as lists show them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class SourceKind(StrEnum):
    """The kind of a source."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus-group"
    DOCUMENT = "document"


class Role(StrEnum):
    """The role of a speaker in a source; a moderator is an interviewer."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"
    UNKNOWN = "unknown"


class TurnKind(StrEnum):
    """The kind of a turn.

    Only speech is numbered and attributed. A preamble (the text above the first turn) and excluded text (not dialogue)
    are kept in the text but unattributed.
    """

    SPEECH = "speech"
    PREAMBLE = "preamble"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Source:
    """An imported interview, focus group or document.

    Attributes:
        revision_id: Id of the current revision.
        case_id: Id of the source's own case; None if it has none. That of a focus group is the group.
        imported_at: Time of the import, ISO 8601 in UTC.
    """

    id: str
    name: str
    kind: SourceKind
    revision_id: str
    case_id: str | None
    imported_at: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a source's text, with how it was read; immutable.

    Attributes:
        number: Number of the revision, from 1.
        text_hash: SHA-256 of the text (see ``text_hash``).
        original_hash: SHA-256 of the bytes of the file.
        filename: Name of the file.
        input_format: Name of the reader, such as ``txt``.
        speaker_format: How speakers are labelled, such as ``label-colon``.
        speaker_format_reason: The evidence for the speaker format.
        encoding: The text encoding; None if the format has none.
        length: Length of the text in code points.
        words: Number of words of speech, or of the whole text if it has no turns.
        warnings: Warnings of the import or the correction, as sentences.
        metadata: Front matter of the file, as pairs of name and value.
    """

    id: str
    source_id: str
    number: int
    text_hash: str
    original_hash: str
    filename: str
    input_format: str
    speaker_format: str
    speaker_format_reason: str
    encoding: str | None
    length: int
    words: int
    warnings: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A continuous part of a text by one speaker.

    Attributes:
        position: Position among all turns of the revision, from 0.
        number: Number among the turns of speech, from 1; 0 for a preamble and excluded text.
        speaker_id: Id of the speaker; None if the file names none.
        label_start: Where the label (with its time) begins, in code points; it ends at *start*.
        start: Where the text of the turn begins, in code points.
        end: Where it ends, exclusive.
        time: Start time in seconds; None if the file states none.
    """

    id: str
    revision_id: str
    position: int
    kind: TurnKind
    number: int
    speaker_id: str | None
    label_start: int
    start: int
    end: int
    time: float | None

    @property
    def span(self) -> Span:
        """The span of the text, without the label."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of a source.

    Attributes:
        label: The label in the file.
        role: The role, detected or set by the user.
        role_reason: Why this role was detected; empty once the user has set it.
        case_id: Id of the case that the speaker is linked to; None if there is none.
    """

    id: str
    source_id: str
    label: str
    role: Role
    role_reason: str
    case_id: str | None


@dataclass(frozen=True, slots=True)
class SpeakerIndex:
    """The turns of speech and the speakers of one revision of a source.

    Attributes:
        source: The source.
        speech: The turns of speech in text order.
        speakers: The speakers of the source by id.
    """

    source: Source
    speech: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]

    def over(self, span: Span) -> Sequence[Turn]:
        """Return the turns of speech that a span overlaps; see ``turns_over``."""
        return turns_over(self.speech, span)

    @property
    def names_participants(self) -> bool:
        """Whether a turn of speech has a speaker with the role participant or unknown."""
        named = {item.id for item in self.speakers.values() if item.role in (Role.PARTICIPANT, Role.UNKNOWN)}
        return bool(named) and any(turn.speaker_id in named for turn in self.speech)

    def speaker_of(self, turn: Turn) -> Speaker | None:
        """Return the speaker of a turn; None if the file names none."""
        return self.speakers.get(turn.speaker_id) if turn.speaker_id else None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The current revision of a source, with its text, turns and speakers.

    Attributes:
        turns: All turns in text order, disjoint.
        speakers: The speakers of the source by id.
    """

    source: Source
    revision: Revision
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]

    @property
    def speech(self) -> tuple[Turn, ...]:
        """The turns of speech in text order."""
        return tuple(turn for turn in self.turns if turn.kind is TurnKind.SPEECH)

    def speaker_of(self, turn: Turn) -> Speaker | None:
        """Return the speaker of a turn; None if the file names none."""
        return self.speakers.get(turn.speaker_id) if turn.speaker_id else None

    @property
    def speaker_index(self) -> SpeakerIndex:
        """The turns of speech and the speakers, without the text."""
        return SpeakerIndex(self.source, self.speech, self.speakers)


def turns_over(turns: Sequence[Turn], span: Span) -> Sequence[Turn]:
    """Return the turns that a span overlaps.

    Args:
        turns: Turns in text order, disjoint.
        span: Half-open range of code points; an empty span is taken to overlap the turn that contains its position.

    Returns:
        The turns whose text (not their label) the span overlaps, found by bisection.
    """
    if not span:
        at = bisect_right(turns, span.start, key=lambda turn: turn.start) - 1
        return turns[at : at + 1] if at >= 0 and span.start <= turns[at].end else ()
    first = bisect_right(turns, span.start, key=lambda turn: turn.end)
    last = bisect_left(turns, span.end, key=lambda turn: turn.start)
    return turns[first:last]


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source as lists show it.

    Attributes:
        speakers: Labels of the speakers.
        cases: Names of the cases that speak in it.
        read: Share of the text that the coder has seen, 0 to 1.
        coded_share: Share of the text that is coded, 0 to 1.
        codings: Number of codings that are anchored in the current text.
        unanchored: Number of codings that are not.
        pending: Number of pending suggestions.
    """

    id: str
    name: str
    kind: SourceKind
    input_format: str
    turns: int
    words: int
    speakers: tuple[str, ...]
    cases: tuple[str, ...]
    read: float
    coded_share: float
    codings: int
    unanchored: int
    pending: int


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as lists show it, with the names of its speaker and case.

    Attributes:
        number: Number among the turns of speech, from 1; 0 for a preamble and excluded text.
        start: Where the text begins, in code points.
        end: Where it ends, exclusive.
        time: Start time in seconds; None if the file states none.
    """

    id: str
    number: int
    kind: TurnKind
    speaker: str | None
    role: Role | None
    case: str | None
    start: int
    end: int
    time: float | None
    text: str


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker as lists show it, with the number of turns and words."""

    id: str
    source: str
    label: str
    role: Role
    role_reason: str
    case: str | None
    turns: int
    words: int
