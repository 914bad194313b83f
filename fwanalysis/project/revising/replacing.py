"""Re-anchoring of the segments of a source in a new text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.codings import Anchor, anchored
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.revisions import AnchorCandidate, AnchorState, Reanchored
from fwanalysis.domain.text import Span
from fwanalysis.project.speaker_index import speaker_index_of
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import matrix as matrix_queries
from fwanalysis.store.queries import revisions as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.domain.sources import SpeakerIndex, Transcript
    from fwanalysis.store.reading import Reading


CaseNames = tuple[str | None, str | None]
"""The names of the cases of a segment at its last anchor, and at its new one; None if it is unattributed."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The result of re-anchoring the segments of a source: new anchors, and a report on every segment."""

    anchors: tuple[Anchor, ...]
    segments: tuple[Reanchored, ...]


class SegmentCases:
    """The names of the cases to which segments are attributed, at their last anchor and in the present text.

    Args:
        connection: For reading the names of cases and the speakers of earlier revisions.
        anchors: The last anchors that ``before`` is asked for.
        present: The speakers of the present texts, by source id.
    """

    def __init__(self, connection: Reading, anchors: Iterable[Anchor], present: Mapping[str, SpeakerIndex]) -> None:
        self._names = {case.id: case.name for case in case_queries.cases(connection)}
        self._earlier = speaker_index_of(connection, {anchor.revision_id for anchor in anchors})
        self._present = present

    def before(self, anchor: Anchor) -> str | None:
        """Return the names at the last anchor of a segment."""
        return attribution_of(self._earlier[anchor.revision_id], anchor.span).named(self._names)

    def now(self, source_id: str, span: Span | None) -> str | None:
        """Return the names at a span of the present text; None without a span."""
        return attribution_of(self._present[source_id], span).named(self._names) if span else None


def replace_segments(connection: Reading, after: Transcript) -> Replaced:
    """Re-anchor each segment of a source in a new text, from its last anchor.

    Args:
        connection: For reading the earlier texts, codings and speakers.
        after: The source with its new text and turns, which need not be stored yet.

    Returns:
        Anchors for the segments that are unchanged or moved; uncertain segments and those that were not found are only
        reported.
    """
    source_id, text = after.source.id, after.text
    last = queries.last_anchors(connection, source_id)
    cases = SegmentCases(connection, last, {source_id: after.speaker_index})
    candidates = anchor_candidates(connection, last, text)
    labels = coding_labels(connection, source_id)
    only_cited = {anchor.segment_id for anchor in last} - {
        coding.segment_id for coding in coding_queries.codings_of_source(connection, source_id)
    }
    anchors, segments = [], []
    for anchor in last:
        candidate = candidates[anchor.id]
        if anchor.segment_id in only_cited:
            candidate = _of_whole_turns(candidate, after)
        if candidate.state.is_anchored and candidate.span:
            anchors.append(anchored(new_id(), anchor.segment_id, after.revision.id, text, candidate.span))
        names = cases.before(anchor), cases.now(source_id, candidate.span)
        segments.append(_reanchored(anchor, candidate, labels.get(anchor.segment_id, ()), text, names))
    return Replaced(tuple(anchors), tuple(segments))


def _of_whole_turns(candidate: AnchorCandidate, after: Transcript) -> AnchorCandidate:
    """Return the match of a turn that a summary cites, extended to whole turns.

    An uncertain match is accepted: no coding depends on it, and the summary is out of date because its words changed.
    """
    if candidate.span is None or candidate.state.is_anchored:
        return candidate
    turns = after.speaker_index.over(candidate.span)
    span = Span(turns[0].start, turns[-1].end) if turns else candidate.span
    return replace(candidate, state=AnchorState.MOVED, span=span)


def anchor_candidates(connection: Reading, anchors: Sequence[Anchor], text: str) -> Mapping[str, AnchorCandidate]:
    """Return the best match of each anchor in *text*, by the anchor's id."""
    from fwanalysis.matching.anchoring import reanchor

    by_revision: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_revision.setdefault(anchor.revision_id, []).append(anchor)
    candidates: dict[str, AnchorCandidate] = {}
    for revision_id, of_revision in by_revision.items():
        old = source_queries.text(connection, source_queries.revision(connection, revision_id).text_hash)
        found = reanchor(old, text, [anchor.span for anchor in of_revision])
        candidates |= {anchor.id: candidate for anchor, candidate in zip(of_revision, found, strict=True)}
    return candidates


def coding_labels(connection: Reading, source_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return the codings and citations of each segment of a source as text (``Cost (ana)``), by segment id."""
    codebook = codebook_queries.codebook(connection, with_rules=False)
    coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
    labels: dict[str, tuple[str, ...]] = {}
    for coding in coding_queries.codings_of_source(connection, source_id):
        label = f"{codebook.by_id[coding.code_id].name} ({coders[coding.coder_id]})"
        labels[coding.segment_id] = (*labels.get(coding.segment_id, ()), label)
    for segment_id, case, code_id in matrix_queries.citing_cells(connection, source_id):
        label = f"cited in {case} × {codebook.by_id[code_id].name}"
        labels[segment_id] = (*labels.get(segment_id, ()), label)
    return labels


def _reanchored(
    anchor: Anchor, candidate: AnchorCandidate, codings: tuple[str, ...], text: str, names: CaseNames
) -> Reanchored:
    span = candidate.span
    return Reanchored(
        segment_id=anchor.segment_id,
        state=candidate.state,
        codings=codings,
        old_quote=anchor.quote,
        new_quote=span.of(text) if span else None,
        old_start=anchor.start,
        old_end=anchor.end,
        start=span.start if span else None,
        end=span.end if span else None,
        score=candidate.score,
        reason=candidate.reason,
        old_case=names[0],
        new_case=names[1],
    )
