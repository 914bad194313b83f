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
    """A coded passage. Its positions are in its anchors, one for each revision."""

    id: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The position of a segment in one revision, with its quotation and context; immutable."""

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
        """Its position."""
        return Span(self.start, self.end)


def anchored(anchor_id: str, segment_id: str, revision_id: str, text: str, span: Span) -> Anchor:
    """Return the anchor of a segment at *span* of a revision's *text*."""
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
    """A coding with its present anchor: what the workbench draws and cells collect."""

    coding: Coding
    anchor: Anchor
    source_id: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of codings that are anchored in the present texts (``placed``), and of those that are not."""

    placed: int = 0
    unanchored: int = 0

    def __str__(self) -> str:
        """*12*, or *12 (2 unanchored)*."""
        return f"{self.placed} ({self.unanchored} unanchored)" if self.unanchored else str(self.placed)


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
