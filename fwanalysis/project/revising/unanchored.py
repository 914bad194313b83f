"""Unanchored segments: their best matches in the present text, and re-anchoring them there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Anchor, anchored
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.revisions import (
    AnchorCandidate,
    AnchorState,
    ReanchoredSegment,
    UnanchoredSegment,
    safe_to_reanchor,
)
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import Conflict, InvalidInput, NotFound
from fwanalysis.project.context import find_source, full_ids
from fwanalysis.project.revising.replacing import CaseNames, SegmentCases, anchor_candidates, coding_labels
from fwanalysis.project.speaker_index import speaker_index_of
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fwanalysis.domain.sources import Source
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading

_QUOTED = 40
"""How many characters of a quotation a message shows."""


def unanchored(context: Context, source: str | None = None) -> list[UnanchoredSegment]:
    """List unanchored segments with their best matches; see ``Sources.unanchored``."""
    with context.store.read() as connection:
        sources = source_queries.sources(connection)
        wanted = find_source(source, sources).id if source else None
        return _unanchored_segments(connection, sources, wanted)


def _unanchored_segments(
    connection: Reading, sources: Iterable[Source], source_id: str | None
) -> list[UnanchoredSegment]:
    last: dict[str, dict[str, Anchor]] = {}
    for item in queries.unanchored(connection, source_id=source_id):
        last.setdefault(item.source_id, {})[item.anchor.segment_id] = item.anchor
    by_id = {item.id: item for item in sources}
    present = speaker_index_of(connection, {by_id[found_id].revision_id for found_id in last})
    cases = SegmentCases(
        connection,
        [anchor for anchors in last.values() for anchor in anchors.values()],
        {index.source.id: index for index in present.values()},
    )
    listed = []
    for found_id, anchors in last.items():
        source = by_id[found_id]
        numbers = {revision.id: revision.number for revision in queries.of_source(connection, found_id)}
        text = source_queries.text(connection, source_queries.revision(connection, source.revision_id).text_hash)
        candidates = anchor_candidates(connection, list(anchors.values()), text)
        labels = coding_labels(connection, found_id)
        for anchor in anchors.values():
            candidate = candidates[anchor.id]
            names = cases.before(anchor), cases.now(found_id, candidate.span)
            codings, number = labels[anchor.segment_id], numbers[anchor.revision_id]
            listed.append(_unanchored_segment(source, anchor, number, candidate, codings, text, names))
    return listed


def _unanchored_segment(
    source: Source,
    anchor: Anchor,
    number: int,
    candidate: AnchorCandidate,
    codings: tuple[str, ...],
    text: str,
    names: CaseNames,
) -> UnanchoredSegment:
    from fwanalysis.matching.anchoring import REPEATED

    span = candidate.span
    match = anchored("", anchor.segment_id, "", text, span) if span else None
    return UnanchoredSegment(
        segment_id=anchor.segment_id,
        source_id=source.id,
        source=source.name,
        revision_id=source.revision_id,
        codings=codings,
        # A certain match can be unanchored too: the coding was made while the source had another text.
        state=AnchorState.UNCERTAIN if span else AnchorState.NOT_FOUND,
        old_revision=number,
        old_start=anchor.start,
        old_end=anchor.end,
        old_quote=anchor.quote,
        old_before=anchor.before,
        old_after=anchor.after,
        start=span.start if span else None,
        end=span.end if span else None,
        quote=match.quote if match else None,
        before=match.before if match else None,
        after=match.after if match else None,
        score=candidate.score,
        reason=candidate.reason,
        old_case=names[0],
        new_case=names[1],
        several=candidate.reason == REPEATED,
    )


def reanchor(
    context: Context, segment_id: str, *, start: int | None = None, end: int | None = None
) -> ReanchoredSegment:
    """Re-anchor one segment at its best match or at a given span; see ``Sources.reanchor``."""
    if (start is None) != (end is None):
        raise InvalidInput("--start and --end must be given together")
    found = unanchored(context)
    (wanted,) = full_ids(
        [segment_id],
        lambda: (item.segment_id for item in found),
        what="unanchored segment",
        listing="fwa source unanchored",
    )
    item = next((item for item in found if item.segment_id == wanted), None)
    if item is None:
        raise NotFound(f"no unanchored segment {wanted}", hint="list them with: fwa source unanchored")
    if start is not None and end is not None:
        return _reanchor(context, [(item, Span(start, end) if 0 <= start <= end else None)])[0]
    if item.start is None or item.end is None:
        raise InvalidInput(
            f'no match for "{one_line(item.old_quote)[:60]}" in source "{item.source}"',
            hint="give its position with --start and --end, or remove its codings",
        )
    return _reanchor(context, [(item, Span(item.start, item.end))])[0]


def reanchor_all(
    context: Context, source: str, *, min_similarity: float, only: Collection[str] | None = None
) -> list[ReanchoredSegment]:
    """Re-anchor all segments of a source that have a safe match; see ``Sources.reanchor_all``."""
    if not 0 <= min_similarity <= 1:
        raise InvalidInput(f"invalid similarity {min_similarity:g}", hint="use a number from 0 to 1")
    safe = [
        (item, Span(item.start, item.end))
        for item in safe_to_reanchor(unanchored(context, source), min_similarity)
        if item.start is not None and item.end is not None and (only is None or item.segment_id in only)
    ]
    return _reanchor(context, safe, keeps_cases=True) if safe else []


def _reanchor(
    context: Context, chosen: Sequence[tuple[UnanchoredSegment, Span | None]], *, keeps_cases: bool = False
) -> list[ReanchoredSegment]:
    """Anchor segments of one source in its present revision, as one undo step.

    Raises:
        Conflict: The source or a segment was changed meanwhile, or *keeps_cases* and a segment would be reattributed.
        InvalidInput: A span is not within the text or holds only white space.
    """
    first = chosen[0][0]
    what = f"“{one_line(first.old_quote)[:_QUOTED]}”" if len(chosen) == 1 else f"{len(chosen)} segments"
    with context.change("source.place", f"re-anchor {what} in {first.source}") as changes:
        source = source_queries.source(changes.connection, first.source_id)
        if source is None or source.revision_id != first.revision_id:
            raise Conflict(f"{first.source} was corrected by another coder", hint="reload and try again")
        revision = source_queries.revision(changes.connection, source.revision_id)
        text = source_queries.text(changes.connection, revision.text_hash)
        present = speaker_index_of(changes.connection, [revision.id])[revision.id]
        cases = SegmentCases(changes.connection, (), {source.id: present})
        reanchored = []
        for item, span in chosen:
            if span is None or not span or span.end > len(text) or not span.of(text).strip():
                raise InvalidInput(
                    f"no text at that position of {source.name}", hint=f"positions are within 0–{len(text)}"
                )
            if any(known.revision_id == revision.id for known in _anchors(changes, item)):
                quote = one_line(item.old_quote)[:_QUOTED]
                raise Conflict(f'"{quote}" was re-anchored by another coder', hint="reload")
            anchor = anchored(new_id(), item.segment_id, revision.id, text, span)
            changes.add(anchor)
            reanchored.append(
                ReanchoredSegment(**asdict(anchor), old_case=item.old_case, new_case=cases.now(source.id, span))
            )
        if keeps_cases and any(item.is_reattributed for item in reanchored):
            raise Conflict(f"the speakers of {first.source} were changed by another coder", hint="reload and try again")
    return reanchored


def _anchors(changes: Changes, item: UnanchoredSegment) -> Sequence[Anchor]:
    return coding_queries.anchors_of(changes.connection, item.segment_id)
