"""What became of a source's segments when its text or its speakers were corrected, and what lists of revisions show.

A segment of the new text is kept (same place, same words), moved (same words elsewhere, the place certain), fuzzy (a
person has to say) or lost. Only kept and moved ones are placed unasked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Anchor
from fwanalysis.domain.sources import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.sources import SourceKind
    from fwanalysis.domain.text import Span


class AnchorState(StrEnum):
    """What re-anchoring found for a segment."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    NOT_FOUND = "not found"

    @property
    def is_anchored(self) -> bool:
        """Whether the segment stands in the new text without a person's word."""
        return self in (AnchorState.UNCHANGED, AnchorState.MOVED)


MIN_SIMILARITY = 0.9
"""How alike (0..1) words must be for their places to be taken together."""


@dataclass(frozen=True, slots=True)
class AnchorCandidate:
    """Where a span of an old text stands in a new one: its state, the place (for a fuzzy one the candidate, for a lost
    one None), how alike the words are (0..1), and the reason in a few words."""

    state: AnchorState
    span: Span | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Reattribution:
    """How many coded passages were the words of ``old_case`` and are those of ``new_case`` now (names; None: nobody's
    words)."""

    old_case: str | None
    new_case: str | None
    passages: int

    def __str__(self) -> str:
        """*2 are P03’s now, not P02’s*; *1 is P03’s now, before nobody’s*."""
        are, no_more = "is" if self.passages == 1 else "are", "not" if self.old_case else "before"
        return f"{self.passages} {are} {possessive(self.new_case)} now, {no_more} {possessive(self.old_case)}"


def count_reattributions(owners: Iterable[tuple[str | None, str | None]]) -> tuple[Reattribution, ...]:
    """What changed hands among passages, each given by whose words it was and whose it is."""
    moves = Counter((old, new) for old, new in owners if old != new)
    return tuple(Reattribution(old, new, count) for (old, new), count in moves.items())


def merge_counts(reattributions: Iterable[Reattribution]) -> tuple[Reattribution, ...]:
    """What changed hands in several sources, the most passages first."""
    moves: Counter[tuple[str | None, str | None]] = Counter()
    for move in reattributions:
        moves[move.old_case, move.new_case] += move.passages
    return tuple(Reattribution(old, new, count) for (old, new), count in moves.most_common())


def possessive(case: str | None) -> str:
    """Whose words, as a sentence has it: *P03’s*, *nobody’s*."""
    return f"{case}’s" if case else "nobody’s"


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A source after its kind or case was changed.

    Attributes:
        case: The name of its own case, if it has one.
        cases_made: The names of cases that the change made.
        case_removed: The name of the case that was the source's own and that nothing needs any more.
        hands: The coded passages that are other people's words now.
        doubts: What to look at, as sentences.
    """

    id: str
    name: str
    kind: SourceKind
    case: str | None
    cases_made: tuple[str, ...]
    case_removed: str | None
    reattributions: tuple[Reattribution, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakerSet(Speaker):
    """A speaker with the role and the case that were set, the name of the source, and which coded passages in it
    changed hands by that."""

    source: str
    reattributions: tuple[Reattribution, ...]


@dataclass(frozen=True, slots=True)
class ReanchoredSegment(Anchor):
    """The anchor that a segment was given; whose words it was where it stood last, and is now (names; None:
    nobody's)."""

    old_case: str | None
    new_case: str | None

    @property
    def is_reattributed(self) -> bool:
        """Whether it counts for another case than before."""
        return self.old_case != self.new_case


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of one segment: its codings spelled out (``Cost (ana)``), its words and place before, and, where it
    is placed or has a candidate, those in the new text. ``old_case`` and ``new_case`` name whose words they were and
    are (None: nobody's, or no place)."""

    segment_id: str
    state: AnchorState
    codings: tuple[str, ...]
    old_quote: str
    new_quote: str | None
    old_start: int
    old_end: int
    start: int | None
    end: int | None
    score: float
    reason: str
    old_case: str | None
    new_case: str | None

    @property
    def is_reattributed(self) -> bool:
        """Whether it is placed and counts for another case than before."""
        return self.state.is_anchored and self.old_case != self.new_case


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """A revision that was made, or, in a dry run, would be: how many segments were kept and moved, how many need a
    person (fuzzy) and are lost, each of them in ``segments``; how many of those placed are now other people's words;
    turns of speech before and after; labels heard for the first time; what to look at; how many pending suggestions go
    on being offered and how many end, because their words changed. ``revision_id`` is None in a dry run."""

    source_id: str
    source: str
    revision_id: str | None
    number: int
    unchanged: int
    moved: int
    uncertain: int
    not_found: int
    is_reattributed: int
    segments: tuple[Reanchored, ...]
    turns_before: int
    turns_after: int
    speakers_new: tuple[str, ...]
    warnings: tuple[str, ...]
    suggestions_kept: int
    suggestions_ended: int
    dry_run: bool

    @property
    def reattributions(self) -> tuple[Reattribution, ...]:
        """From whom to whom the words of how many placed segments went."""
        return count_reattributions((item.old_case, item.new_case) for item in self.segments if item.is_reattributed)


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision as a list shows it: when, by whom and by what act it was made (its label in the history), length in
    code points, words, and whether it is the present one."""

    id: str
    number: int
    at: str
    coder: str
    label: str
    filename: str
    length: int
    words: int
    present: bool


@dataclass(frozen=True, slots=True)
class UnanchoredSegment:
    """A coded segment that has no place in its source's present text (of ``revision_id``): where it stood last
    (``old_...``, in the revision numbered ``old_revision``), and the candidate for its new place, if there is one.
    ``score`` (0..1) says how alike the words are; ``old_case`` and ``new_case`` whose they were and, at the candidate,
    would be (None: nobody's, or no place); ``several`` whether the same words stand at several places, so that likeness
    does not tell which it is."""

    segment_id: str
    source_id: str
    source: str
    revision_id: str
    codings: tuple[str, ...]
    state: AnchorState
    old_revision: int
    old_start: int
    old_end: int
    old_quote: str
    old_before: str
    old_after: str
    start: int | None
    end: int | None
    quote: str | None
    before: str | None
    after: str | None
    score: float
    reason: str
    old_case: str | None
    new_case: str | None
    several: bool

    @property
    def would_be(self) -> str:
        """Whose words it would be at the place that is offered; empty if they stay the same people's, or none is."""
        if self.start is None or self.old_case == self.new_case:
            return ""
        return f"{possessive(self.new_case)} words there, {possessive(self.old_case)} before"


def safe_to_reanchor(
    items: Iterable[UnanchoredSegment], min_similarity: float = MIN_SIMILARITY
) -> list[UnanchoredSegment]:
    """Those whose offered places a person may take all at once: the words are at least so alike (0..1), stand at one
    place only, and would stay the words of whom they were."""
    return [
        item
        for item in items
        if item.start is not None
        and item.score >= min_similarity
        and not item.several
        and item.old_case == item.new_case
    ]
