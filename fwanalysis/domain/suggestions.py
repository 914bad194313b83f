"""Suggestions of rules, filters for them, and the decisions of coders."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.text import Span
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.domain.codings import Origin

NAMESPACE = UUID("5f0c6f1e-6a0e-5d0b-9a53-0d9ff6b0c8a7")
"""The namespace of suggestion ids."""


class Verdict(StrEnum):
    """A coder's decision on a suggestion."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class SuggestionFilter:
    """A filter for suggestions; a suggestion must meet every condition given.

    Attributes:
        ids: Suggestion ids, complete or their first characters (at least six).
        source: Name or id of a source.
        code: Key, path or id of a code; its sub-codes are included.
        case: Name, alias or id of a case to whom the text is attributed.
        min_score: The lowest score, 0 to 1.
        everything: Whether to select all suggestions explicitly; decisions refuse an empty filter.

    Raises:
        InvalidInput: If *min_score* is not within 0 to 1.
    """

    ids: tuple[str, ...] = ()
    source: str | None = None
    code: str | None = None
    case: str | None = None
    min_score: float | None = None
    everything: bool = False

    def __post_init__(self) -> None:
        if self.min_score is not None and not 0 <= self.min_score <= 1:
            raise InvalidInput(f"invalid score {self.min_score:g}", hint="use a number from 0 to 1")

    @property
    def is_empty(self) -> bool:
        """Whether no condition is given and *everything* is not set."""
        return self == SuggestionFilter()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested coding of ``[start, end)``.

    Attributes:
        start: Where it begins in the text of the revision, in code points.
        end: Where it ends, exclusive.
        score: 0 to 1; see ``suggest.ruleset``.
        reason: Why it was suggested, in one line.
        hits: The ranges of the text that matched, half-open, in code points.
        stance: What the passage probably says about the code: *against* for a denial.
    """

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
    stance: Stance = Stance.FOR

    @property
    def span(self) -> Span:
        """The span of the suggested coding."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Decision:
    """A coder's decision on a suggestion, with a copy of the suggestion and its text at that time.

    Attributes:
        coding_id: The coding that accepting made; None for a rejected suggestion.
        note: The coder's reason; may be empty.
    """

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
    """Return the id of a suggestion, a UUIDv5 (RFC 9562, section 5.5) of what it was made from.

    The same arguments always give the same id, so a decision applies until the rule or the text changes.

    Args:
        code_id: The code.
        rule_version_id: The version of the rule.
        source_id: The source.
        scope_text: The text of the sentence, turn or clause.
        occurrence: The position, from 0, among equal scope texts of the source.
    """
    stated = "\x1f".join((code_id, rule_version_id, source_id, str(occurrence), scope_text))
    # equal to uuid.uuid5, but three times as fast: a run makes tens of thousands
    digest = hashlib.sha1(NAMESPACE.bytes + stated.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion as lists show it.

    Attributes:
        case: Names of the cases to whom the text is attributed; None if it is unattributed.
        coder: Who decided; None while pending.
        turn: Number of the turn in the current text; None outside of turns and for decisions on text that changed.
        created: When it was decided, ISO 8601 in UTC; None while pending.
        stance: What the text probably says about the code; for an accepted suggestion, the stance of its coding.
        state: ``pending``, ``accepted`` or ``rejected``.
        note: The coder's reason.
    """

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
    stance: Stance
    origin: Origin
    created: str | None
    hits: tuple[tuple[int, int], ...]
    score: float
    reason: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """The progress of a run.

    Attributes:
        source: Name of the source just finished.
        done: Sources finished.
        total: Sources of the run.
        found: Suggestions found so far.
        new: Those among them that no earlier run had found.
        decided: Those among them that were accepted or rejected earlier.
    """

    source: str
    done: int
    total: int
    found: int
    new: int
    decided: int
