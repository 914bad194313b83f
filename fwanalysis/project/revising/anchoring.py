"""The segments of a source and their places in its revisions: placing them in a new text, and listing and placing those
that no text took over."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.codings import Anchor, anchored
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.revisions import (
    AnchorCandidate,
    AnchorState,
    Reanchored,
    ReanchoredSegment,
    Reattribution,
    RevisionView,
    UnanchoredSegment,
    count_reattributions,
    safe_to_reanchor,
)
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import Conflict, InvalidInput, NotFound
from fwanalysis.project.context import find_source, full_ids
from fwanalysis.project.speaker_index import speaker_index_of, speaker_indexes
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fwanalysis.domain.sources import Revision, Source, SpeakerIndex, Transcript
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading


_Cases = tuple[str | None, str | None]
"""Whose words they were, and whose they are."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of a source's segments in a new text: the anchors of those that are placed, and an account of
    all."""

    anchors: tuple[Anchor, ...]
    segments: tuple[Reanchored, ...]


def replace_segments(connection: Reading, after: Transcript) -> Replaced:
    """Find the place of each segment of a source in its revision to come, from where it stood last."""
    source_id, text = after.source.id, after.text
    found = queries.last_anchors(connection, source_id)
    owners = _CaseNames(connection, found, {source_id: after.speaker_index})
    placements = _placements(connection, found, text)
    spelled = _spelled(connection, source_id)
    anchors, segments = [], []
    for anchor in found:
        placement = placements[anchor.id]
        if placement.state.is_anchored and placement.span:
            anchors.append(anchored(new_id(), anchor.segment_id, after.revision.id, text, placement.span))
        cases = owners.then(anchor), owners.now(source_id, placement.span)
        segments.append(_reanchored(anchor, placement, spelled.get(anchor.segment_id, ()), text, cases))
    return Replaced(tuple(anchors), tuple(segments))


def _placements(connection: Reading, anchors: Sequence[Anchor], text: str) -> Mapping[str, AnchorCandidate]:
    """The placement of each anchor in *text*, by the anchor's id."""
    from fwanalysis.matching.anchoring import reanchor

    by_revision: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_revision.setdefault(anchor.revision_id, []).append(anchor)
    placements: dict[str, AnchorCandidate] = {}
    for revision_id, standing in by_revision.items():
        old = source_queries.text(connection, source_queries.revision(connection, revision_id).text_hash)
        found = reanchor(old, text, [anchor.span for anchor in standing])
        placements |= {anchor.id: placement for anchor, placement in zip(standing, found, strict=True)}
    return placements


def _spelled(connection: Reading, source_id: str) -> Mapping[str, tuple[str, ...]]:
    """The codings of each of a source's segments, spelled out: ``Cost (ana)``."""
    codebook = codebook_queries.codebook(connection, with_rules=False)
    coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
    spelled: dict[str, tuple[str, ...]] = {}
    for coding in coding_queries.codings_of_source(connection, source_id):
        named = f"{codebook.by_id[coding.code_id].name} ({coders[coding.coder_id]})"
        spelled[coding.segment_id] = (*spelled.get(coding.segment_id, ()), named)
    return spelled


def _reanchored(
    anchor: Anchor, placement: AnchorCandidate, codings: tuple[str, ...], text: str, cases: _Cases
) -> Reanchored:
    span = placement.span
    return Reanchored(
        segment_id=anchor.segment_id,
        state=placement.state,
        codings=codings,
        old_quote=anchor.quote,
        new_quote=span.of(text) if span else None,
        old_start=anchor.start,
        old_end=anchor.end,
        start=span.start if span else None,
        end=span.end if span else None,
        score=placement.score,
        reason=placement.reason,
        old_case=cases[0],
        new_case=cases[1],
    )


class _CaseNames:
    """Whose words segments were on where they stood last (*anchors*), and whose they are in the voices of *now* (by
    source id), spelled out."""

    def __init__(self, connection: Reading, anchors: Iterable[Anchor], now: Mapping[str, SpeakerIndex]) -> None:
        self._names = {case.id: case.name for case in case_queries.cases(connection)}
        self._then = speaker_index_of(connection, {anchor.revision_id for anchor in anchors})
        self._now = now

    def then(self, anchor: Anchor) -> str | None:
        """Whose they were."""
        return attribution_of(self._then[anchor.revision_id], anchor.span).named(self._names)

    def now(self, source_id: str, span: Span | None) -> str | None:
        """Whose they are at a place, if there is one."""
        return attribution_of(self._now[source_id], span).named(self._names) if span else None


def names_by_source(connection: Reading, source_ids: Collection[str]) -> Mapping[str, Sequence[str | None]]:
    """Whose words the coded passages are that stand in the present texts of sources, by the source's id, in order."""
    spans = {
        home: sorted(found) for home, found in coding_queries.coded_spans(connection).items() if home in source_ids
    }
    names = {case.id: case.name for case in case_queries.cases(connection)}
    voices = speaker_indexes(connection, spans.keys())
    return {
        home: [attribution_of(voices[home], Span(*span)).named(names) for span in found]
        for home, found in spans.items()
    }


def reattributions(
    before: Mapping[str, Sequence[str | None]], after: Mapping[str, Sequence[str | None]]
) -> Mapping[str, tuple[Reattribution, ...]]:
    """What changed hands in each source (id) between two answers of ``owners_of`` to which the same passages stood."""
    return {home: count_reattributions(zip(owners, after[home], strict=True)) for home, owners in before.items()}


# Revisions and what has no place in the present one


def revisions(context: Context, source: str) -> list[RevisionView]:
    """See ``Sources.revisions``."""
    with context.store.read() as connection:
        found = find_source(source, source_queries.sources(connection))
        coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
        return [
            _view(revision, found, queries.origin(connection, revision.id, since=found.imported_at), coders)
            for revision in queries.of_source(connection, found.id)
        ]


def _view(
    revision: Revision, source: Source, origin: tuple[str, str, str] | None, coders: Mapping[str, str]
) -> RevisionView:
    at, coder_id, label = origin or ("", "", "")
    return RevisionView(
        id=revision.id,
        number=revision.number,
        at=at,
        coder=coders.get(coder_id, ""),
        label=label,
        filename=revision.filename,
        length=revision.length,
        words=revision.words,
        present=revision.id == source.revision_id,
    )


def unanchored(context: Context, source: str | None = None) -> list[UnanchoredSegment]:
    """See ``Sources.unplaced``."""
    with context.store.read() as connection:
        sources = source_queries.sources(connection)
        wanted = find_source(source, sources).id if source else None
        return _unanchored_segments(connection, sources, wanted)


def _unanchored_segments(
    connection: Reading, sources: Iterable[Source], source_id: str | None
) -> list[UnanchoredSegment]:
    by_source: dict[str, dict[str, Anchor]] = {}
    for item in queries.unanchored(connection, source_id=source_id):
        by_source.setdefault(item.source_id, {})[item.anchor.segment_id] = item.anchor
    named = {item.id: item for item in sources}
    present_voices = speaker_index_of(connection, {named[home].revision_id for home in by_source})
    owners = _CaseNames(
        connection,
        [anchor for anchors in by_source.values() for anchor in anchors.values()],
        {voices.source.id: voices for voices in present_voices.values()},
    )
    listed = []
    for home, anchors in by_source.items():
        numbers = {revision.id: revision.number for revision in queries.of_source(connection, home)}
        present = source_queries.revision(connection, named[home].revision_id)
        text = source_queries.text(connection, present.text_hash)
        placements = _placements(connection, list(anchors.values()), text)
        spelled = _spelled(connection, home)
        for anchor in anchors.values():
            codings = spelled[anchor.segment_id]
            number = numbers[anchor.revision_id]
            placement = placements[anchor.id]
            cases = owners.then(anchor), owners.now(home, placement.span)
            listed.append(_unanchored_segment(named[home], anchor, number, placement, codings, text, cases))
    return listed


def _unanchored_segment(
    source: Source,
    anchor: Anchor,
    number: int,
    placement: AnchorCandidate,
    codings: tuple[str, ...],
    text: str,
    cases: _Cases,
) -> UnanchoredSegment:
    from fwanalysis.matching.anchoring import REPEATED

    span = placement.span
    there = anchored("", anchor.segment_id, "", text, span) if span else None
    return UnanchoredSegment(
        segment_id=anchor.segment_id,
        source_id=source.id,
        source=source.name,
        revision_id=source.revision_id,
        codings=codings,
        # A certain place that nobody took (the coding came while the text was another) is offered like any other.
        state=AnchorState.UNCERTAIN if span else AnchorState.NOT_FOUND,
        old_revision=number,
        old_start=anchor.start,
        old_end=anchor.end,
        old_quote=anchor.quote,
        old_before=anchor.before,
        old_after=anchor.after,
        start=span.start if span else None,
        end=span.end if span else None,
        quote=there.quote if there else None,
        before=there.before if there else None,
        after=there.after if there else None,
        score=placement.score,
        reason=placement.reason,
        old_case=cases[0],
        new_case=cases[1],
        several=placement.reason == REPEATED,
    )


def reanchor(
    context: Context, segment_id: str, *, start: int | None = None, end: int | None = None
) -> ReanchoredSegment:
    """See ``Sources.place``."""
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
    """See ``Sources.place_all``."""
    if not 0 <= min_similarity <= 1:
        raise InvalidInput(f"invalid similarity {min_similarity:g}", hint="use a number from 0 to 1")
    offered = [
        (item, Span(item.start, item.end))
        for item in safe_to_reanchor(unanchored(context, source), min_similarity)
        if item.start is not None and item.end is not None and (only is None or item.segment_id in only)
    ]
    return _reanchor(context, offered, stays=True) if offered else []


def _reanchor(
    context: Context, chosen: Sequence[tuple[UnanchoredSegment, Span | None]], *, stays: bool = False
) -> list[ReanchoredSegment]:
    """Anchor segments of one source in its present revision, as one step. Conflict where *stays* and one would be other
    people's words."""
    first = chosen[0][0]
    what = f"“{one_line(first.old_quote)[:40]}”" if len(chosen) == 1 else f"{len(chosen)} passages"
    with context.change("source.place", f"place {what} in {first.source}") as changes:
        source = source_queries.source(changes.connection, first.source_id)
        if source is None or source.revision_id != first.revision_id:
            raise Conflict(f"{first.source} was corrected by another coder", hint="reload and try again")
        revision = source_queries.revision(changes.connection, source.revision_id)
        text = source_queries.text(changes.connection, revision.text_hash)
        owners = _CaseNames(
            changes.connection, (), {source.id: speaker_index_of(changes.connection, [revision.id])[revision.id]}
        )
        anchors, placed = [], []
        for item, span in chosen:
            if span is None or not span or span.end > len(text) or not span.of(text).strip():
                raise InvalidInput(
                    f"no text at that position of {source.name}", hint=f"positions are within 0–{len(text)}"
                )
            if any(known.revision_id == revision.id for known in _anchors(changes, item)):
                raise Conflict(f'"{one_line(item.old_quote)[:40]}" was re-anchored by another coder', hint="reload")
            anchors.append(anchored(new_id(), item.segment_id, revision.id, text, span))
            placed.append(
                ReanchoredSegment(**asdict(anchors[-1]), old_case=item.old_case, new_case=owners.now(source.id, span))
            )
        if stays and any(item.is_reattributed for item in placed):
            raise Conflict(f"the speakers of {first.source} were changed by another coder", hint="reload and try again")
        changes.add_all(anchors)
    return placed


def _anchors(changes: Changes, item: UnanchoredSegment) -> Sequence[Anchor]:
    return coding_queries.anchors_of(changes.connection, item.segment_id)
