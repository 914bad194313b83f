"""Suggestions that rules make, and the decisions a person takes on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from fwanalysis.domain.codings import Origin

NAMESPACE = UUID("5f0c6f1e-6a0e-5d0b-9a53-0d9ff6b0c8a7")
"""The namespace of suggestion ids."""


class Verdict(StrEnum):
    """What a person decided."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed coding of ``[start, end)``, with the words that matched (``hits``), a score in 0..1 and a one-line
    reason."""

    id: str
    code_id: str
    rule_version_id: str
    source_id: str
    revision_id: str
    start: int
    end: int
    score: float
    reason: str
    hits: tuple[tuple[int, int], ...]

    @property
    def span(self) -> Span:
        """The passage it would code."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict on a suggestion, with the evidence as it was then; ``coding_id`` is what accepting made,
    ``note`` why, if the person said so."""

    id: str
    suggestion_id: str
    verdict: Verdict
    code_id: str
    rule_version_id: str
    source_id: str
    start: int
    end: int
    quote: str
    score: float
    reason: str
    coder_id: str
    coding_id: str | None
    note: str
    decided_at: str


def suggestion_id(code_id: str, rule_version_id: str, source_id: str, scope_text: str, occurrence: int) -> str:
    """The id of a suggestion: the same code, rule version, source, scope text and occurrence (counted from 0 among
    equal scope texts of the source) always give the same, so that a decision holds until the rule or the text
    changes."""
    stated = "\x1f".join((code_id, rule_version_id, source_id, str(occurrence), scope_text))
    # uuid.uuid5 of the same, written out: a run makes tens of thousands, and the general function takes thrice as long.
    digest = hashlib.sha1(NAMESPACE.bytes + stated.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion as a list shows it: a coding that is proposed. ``state`` is pending, accepted or rejected; ``coder``
    and ``created`` say who decided and when, ``note`` why."""

    id: str
    code_id: str
    code: str
    code_path: str
    source_id: str
    source: str
    case: str | None
    coder: str | None
    start: int
    end: int
    turn: int | None
    quote: str
    origin: Origin
    created: str | None
    hits: tuple[tuple[int, int], ...]
    score: float
    reason: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run has done so far: sources worked through of how many, and the suggestions it found: in all, those never
    offered before, and those decided earlier."""

    source: str
    done: int
    total: int
    found: int
    new: int
    decided: int
