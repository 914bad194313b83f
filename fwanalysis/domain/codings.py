"""Segments, their anchors, and the codings put on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fwanalysis.domain.text import Span, context


class Origin(StrEnum):
    """How a coding came about."""

    MANUAL = "manual"
    SUGGESTION = "suggestion"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes."""

    id: str
    name: str
    joined_at: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage that somebody coded. Where it stands is in its anchors, one a revision."""

    id: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a segment stands in one revision, with its words and their context; immutable."""

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
        """Where it stands."""
        return Span(self.start, self.end)


def anchored(anchor_id: str, segment_id: str, revision_id: str, text: str, span: Span) -> Anchor:
    """The anchor of a segment at *span* of a revision's *text*."""
    before, after = context(text, span)
    return Anchor(anchor_id, segment_id, revision_id, span.start, span.end, span.of(text), before, after)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on a segment by a coder; it remembers the code's version then and the suggestion it came from."""

    id: str
    segment_id: str
    code_id: str
    code_version_id: str
    coder_id: str
    origin: Origin
    suggestion_id: str | None
    round: int
    created_at: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coding together with where it stands now: what screens draw and cells gather."""

    coding: Coding
    anchor: Anchor
    source_id: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codings there are: figures count those that are *placed* in the present texts; those that a correction
    left without a place are told beside them."""

    placed: int = 0
    unanchored: int = 0

    def __str__(self) -> str:
        """*12*, or *12 (2 without a place)*."""
        return f"{self.placed} ({self.unanchored} without a place)" if self.unanchored else str(self.placed)


@dataclass(frozen=True, slots=True)
class CodingView:
    """A coding as a list shows it; ``case`` names the cases whose words they are, ``turn`` is the number of the first
    turn."""

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
    origin: Origin
    created: str
