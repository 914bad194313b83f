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
    """What a source is a record of."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus-group"
    DOCUMENT = "document"


class Role(StrEnum):
    """What a speaker does in a source; a moderator is an interviewer."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"
    UNKNOWN = "unknown"


class TurnKind(StrEnum):
    """Speech is numbered and coded; a preamble and what was set aside are kept but are nobody's words."""

    SPEECH = "speech"
    PREAMBLE = "preamble"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Source:
    """An imported interview, focus group or document. ``revision_id`` names its present revision, ``case_id`` the case
    it is a record of, if it is of one."""

    id: str
    name: str
    kind: SourceKind
    revision_id: str
    case_id: str | None
    imported_at: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a source's text: an immutable text (by hash), the original bytes (by hash), how they were read, and
    the doubts the reader had. ``style`` is the form of the speakers' marks and ``style_reason`` the evidence that
    decided for it. ``length`` is in code points, ``words`` counts words of speech (of the whole text where there are no
    turns)."""

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
    """A run of text by one speaker. The speaker's mark (label, time) lies in ``[mark_start, start)``, the words in
    ``[start, end)``; ``number`` counts speech from 1 and is 0 for a preamble or what was set aside; ``time`` is in
    seconds."""

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
        """Where the words are."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in a source, with the role it has, why that role was guessed (empty once a person set it), and its
    case."""

    id: str
    source_id: str
    label: str
    role: Role
    role_reason: str
    case_id: str | None


@dataclass(frozen=True, slots=True)
class SpeakerIndex:
    """Who speaks where in a revision of a source: its turns of speech in order, and the source's speakers by id."""

    source: Source
    speech: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]

    def over(self, span: Span) -> Sequence[Turn]:
        """The turns of speech that a span overlaps."""
        return turns_over(self.speech, span)

    @property
    def names_participants(self) -> bool:
        """Whether a turn of speech has a speaker who is, or may be (role unknown), a participant."""
        named = {item.id for item in self.speakers.values() if item.role in (Role.PARTICIPANT, Role.UNKNOWN)}
        return bool(named) and any(turn.speaker_id in named for turn in self.speech)

    def speaker_of(self, turn: Turn) -> Speaker | None:
        """Who speaks in the turn, if the file said."""
        return self.speakers.get(turn.speaker_id) if turn.speaker_id else None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The present revision of a source, whole: what a screen shows.

    ``turns`` are in order of position and do not overlap; ``speakers`` maps a speaker's id to the speaker.
    """

    source: Source
    revision: Revision
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]

    @property
    def speech(self) -> tuple[Turn, ...]:
        """The numbered turns."""
        return tuple(turn for turn in self.turns if turn.kind is TurnKind.SPEECH)

    def speaker_of(self, turn: Turn) -> Speaker | None:
        """Who speaks in the turn, if the file said."""
        return self.speakers.get(turn.speaker_id) if turn.speaker_id else None

    @property
    def speaker_index(self) -> SpeakerIndex:
        """Who speaks where, without the text."""
        return SpeakerIndex(self.source, self.speech, self.speakers)


def turns_over(turns: Sequence[Turn], span: Span) -> Sequence[Turn]:
    """Those of the (ordered, disjoint) turns whose words the span overlaps; an empty span touches the turn it stands
    in."""
    if not span:
        at = bisect_right(turns, span.start, key=lambda turn: turn.start) - 1
        return turns[at : at + 1] if at >= 0 and span.start <= turns[at].end else ()
    first = bisect_right(turns, span.start, key=lambda turn: turn.end)
    last = bisect_left(turns, span.end, key=lambda turn: turn.start)
    return turns[first:last]


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source as a list shows it: ``read`` is the share of its text that the coder has seen, ``coded_share`` the share
    that carries a coding, both 0..1; ``codings`` those that have a place in the present text, ``unplaced`` the
    others."""

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
    """A turn as a list shows it, its speaker, role, case and words spelled out."""

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
    """A speaker as a list shows it, with how much was said."""

    id: str
    source: str
    label: str
    role: Role
    role_reason: str
    case: str | None
    turns: int
    words: int
