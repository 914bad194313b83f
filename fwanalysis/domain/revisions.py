"""Revisions of a source: the results of re-anchoring and reattribution, and the views that lists show.

In a new text a segment is unchanged (same position and text), moved (same text elsewhere, and certain), uncertain (you
decide) or not found. Only unchanged and moved segments are anchored automatically.
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
    """The result of re-anchoring a segment."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    NOT_FOUND = "not found"

    @property
    def is_anchored(self) -> bool:
        """Whether the segment is anchored in the new text without a decision of the user."""
        return self in (AnchorState.UNCHANGED, AnchorState.MOVED)


MIN_SIMILARITY = 0.9
"""The least similarity (0–1) of old and new text at which several segments may be re-anchored in one step."""


@dataclass(frozen=True, slots=True)
class AnchorCandidate:
    """The best match of a span of an old text in a new one.

    Attributes:
        state: The result.
        span: The position in the new text; None if it was not found.
        score: Similarity of the old and the new text, 0 to 1.
        reason: The reason for the result, in a few words.
    """

    state: AnchorState
    span: Span | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Reattribution:
    """The number of coded segments (``passages``) that are attributed to another case than before.

    The cases are names; None if the segments were or are unattributed.
    """

    old_case: str | None
    new_case: str | None
    passages: int

    def __str__(self) -> str:
        """*2 segments from P02 to P03*; *1 segment from no case to P03*."""
        segments = "1 segment" if self.passages == 1 else f"{self.passages} segments"
        return f"{segments} from {case_or_none(self.old_case)} to {case_or_none(self.new_case)}"


def count_reattributions(cases: Iterable[tuple[str | None, str | None]]) -> tuple[Reattribution, ...]:
    """Count the reattributed segments by old and new case, given both for each segment."""
    moves = Counter((old, new) for old, new in cases if old != new)
    return tuple(Reattribution(old, new, count) for (old, new), count in moves.items())


def merge_counts(reattributions: Iterable[Reattribution]) -> tuple[Reattribution, ...]:
    """Add up the reattributions of several sources, those of most segments first."""
    moves: Counter[tuple[str | None, str | None]] = Counter()
    for move in reattributions:
        moves[move.old_case, move.new_case] += move.passages
    return tuple(Reattribution(old, new, count) for (old, new), count in moves.most_common())


def case_or_none(case: str | None) -> str:
    """Return the name of a case, or *no case* for None (unattributed)."""
    return case or "no case"


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A source after its kind or case was changed.

    Attributes:
        case: The name of its own case, if it has one.
        cases_made: The names of cases that the change made.
        case_removed: The name of the case that was the source's own and that nothing depended on any more.
        reattributions: How many coded segments of it are attributed to other cases now.
        warnings: What needs review, as sentences.
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
    """A speaker with the role and the case that were set, the name of the source, and the reattributions in it."""

    source: str
    reattributions: tuple[Reattribution, ...]


@dataclass(frozen=True, slots=True)
class ReanchoredSegment(Anchor):
    """The new anchor of a segment, with the names of its cases at the last anchor and at this one.

    None stands for an unattributed segment.
    """

    old_case: str | None
    new_case: str | None

    @property
    def is_reattributed(self) -> bool:
        """Whether it is attributed to another case than before."""
        return self.old_case != self.new_case


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The result of re-anchoring one segment.

    Attributes:
        segment_id: Id of the segment.
        state: The result.
        codings: Its codings as text: ``Cost (ana)``.
        old_quote: Its text at the last anchor.
        new_quote: The text of the match; None if it was not found.
        old_start: Start of the last anchor, in code points.
        old_end: End of the last anchor.
        start: Start of the match in the new text.
        end: End of the match.
        score: Similarity of both texts, 0 to 1.
        reason: The reason for the result, in a few words.
        old_case: Name of the case at the last anchor; None if unattributed.
        new_case: Name of the case at the match; None if unattributed or not found.
    """

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
        """Whether it is anchored and attributed to another case than before."""
        return self.state.is_anchored and self.old_case != self.new_case


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """A revision that was made, or would be in a dry run.

    Attributes:
        source_id: Id of the source.
        source: Name of the source.
        revision_id: Id of the new revision; None in a dry run.
        number: Number of the new revision.
        unchanged: Number of segments that are unchanged; ``moved``, ``uncertain`` and ``not_found`` likewise.
        is_reattributed: Number of anchored segments that are attributed to another case than before.
        segments: The result for each segment.
        turns_before: Number of turns of speech in the revision before.
        turns_after: Number of turns of speech in this one.
        speakers_new: Labels that the source did not have before.
        warnings: What needs review, as sentences.
        suggestions_kept: Number of pending suggestions that remain.
        suggestions_ended: Number of pending suggestions that are dropped because their text changed.
        dry_run: Whether nothing was written.
    """

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
        """The reattributions of anchored segments, counted by old and new case."""
        return count_reattributions((item.old_case, item.new_case) for item in self.segments if item.is_reattributed)


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision as lists show it.

    Attributes:
        at: When it was made.
        coder: Name of the coder who made it.
        label: Label of the undo step that made it.
        length: Length of the text in code points.
        present: Whether it is the present revision.
    """

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
    """A coded segment without an anchor in its source's present text, with its best match there.

    Attributes:
        revision_id: Id of the present revision.
        old_revision: Number of the revision of its last anchor; ``old_start``, ``old_end``, ``old_quote`` and the
            context ``old_before`` and ``old_after`` are of that anchor.
        start: Start of the best match in the present text (code points); None, like ``end``, ``quote``, ``before`` and
            ``after``, if there is none.
        score: Similarity of both texts, 0 to 1.
        reason: The reason for the result, in a few words.
        old_case: Name of the case at the last anchor; None if unattributed.
        new_case: Name of the case at the best match; None if unattributed or without a match.
        several: Whether the same text occurs several times, so that similarity does not decide which one it is.
    """

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
    def reattribution(self) -> str:
        """The reattribution at the best match, in words; empty if there is none."""
        if self.start is None or self.old_case == self.new_case:
            return ""
        old, new = case_or_none(self.old_case), case_or_none(self.new_case)
        return f"reattributed from {old} to {new}"


def safe_to_reanchor(
    items: Iterable[UnanchoredSegment], min_similarity: float = MIN_SIMILARITY
) -> list[UnanchoredSegment]:
    """Select unanchored segments that may be re-anchored in one step.

    Args:
        items: Unanchored segments.
        min_similarity: Least similarity of old and new text, 0 to 1.

    Returns:
        Those with a single best match of that similarity that is attributed to the same cases as before.
    """
    return [
        item
        for item in items
        if item.start is not None
        and item.score >= min_similarity
        and not item.several
        and item.old_case == item.new_case
    ]
