"""Segments, their anchors, and codings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fwanalysis.domain.text import Span, context


class Origin(StrEnum):
    """The origin of a coding."""

    MANUAL = "manual"
    SUGGESTION = "suggestion"
    IMPORT = "import"


class Stance(StrEnum):
    """What a coded passage says about its code."""

    FOR = "for"
    AGAINST = "against"
    MIXED = "mixed"

    @property
    def following(self) -> Stance:
        """The stance that a key changes this one to: for, against, mixed, and for again."""
        stances = list(Stance)
        return stances[(stances.index(self) + 1) % len(stances)]


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes; *joined_at* is ISO 8601 in UTC."""

    id: str
    name: str
    joined_at: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A coded passage; its positions are in its anchors, at most one per revision."""

    id: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The position of a segment in one revision; immutable.

    Attributes:
        start: Where the segment begins, in code points.
        end: Where it ends, exclusive.
        quote: The text of the span.
        before: Up to 32 code points of text before it.
        after: Up to 32 code points of text after it.
    """

    id: str
    segment_id: str
    revision_id: str
    start: int
    end: int
    quote: str
    before: str
    after: str

    @property
    def span(self) -> Span:
        """The span of the segment."""
        return Span(self.start, self.end)


def anchored(anchor_id: str, segment_id: str, revision_id: str, text: str, span: Span) -> Anchor:
    """Return the anchor of a segment at *span* of a revision's *text*."""
    before, after = context(text, span)
    return Anchor(anchor_id, segment_id, revision_id, span.start, span.end, span.of(text), before, after)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment by a coder.

    Attributes:
        code_version_id: Id of the version of the code at that time.
        suggestion_id: Id of the accepted suggestion; None for other origins.
        created_at: Time of coding, ISO 8601 in UTC.
        stance: What the passage says about the code.
        note: The coder's note; may be empty.
    """

    id: str
    segment_id: str
    code_id: str
    code_version_id: str
    coder_id: str
    origin: Origin
    suggestion_id: str | None
    round: int
    created_at: str
    stance: Stance = Stance.FOR
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coding with its current anchor."""

    coding: Coding
    anchor: Anchor
    source_id: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of codings.

    Attributes:
        placed: Those that are anchored in the current texts.
        unanchored: Those that are not.
        against: Those of *placed* whose passage speaks against the code.
        mixed: Those of *placed* whose passage speaks for and against it.
    """

    placed: int = 0
    unanchored: int = 0
    against: int = 0
    mixed: int = 0

    @property
    def by_stance(self) -> dict[Stance, int]:
        """The numbers of anchored codings by stance, in the order of ``Stance``."""
        supporting = self.placed - self.against - self.mixed
        return {Stance.FOR: supporting, Stance.AGAINST: self.against, Stance.MIXED: self.mixed}

    def __str__(self) -> str:
        """Return the number as text: *12*, *10 for, 2 against*, or *12 (2 unanchored)*."""
        counted = ", ".join(f"{count} {stance}" for stance, count in self.by_stance.items() if count)
        placed = counted if self.against or self.mixed else str(self.placed)
        return f"{placed} ({self.unanchored} unanchored)" if self.unanchored else placed


@dataclass(frozen=True, slots=True)
class CodingView:
    """A coding as lists show it.

    Attributes:
        case: Names of the cases to whom the text is attributed; None if it is unattributed.
        turn: Number of the first turn that it overlaps; None outside of turns.
        start: Where the segment begins, in code points.
        end: Where it ends, exclusive.
        stance: What the segment says about the code.
        note: The coder's note; may be empty.
        created: Time of coding, ISO 8601 in UTC.
    """

    id: str
    code_id: str
    code: str
    code_path: str
    source_id: str
    source: str
    case: str | None
    coder: str
    start: int
    end: int
    turn: int | None
    quote: str
    stance: Stance
    note: str
    origin: Origin
    created: str
