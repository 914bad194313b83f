"""Resolve the references of summaries to spans of the present texts, and store them as citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.references import References
from fwanalysis.domain.cases import Level, folded
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.matrix import Citation
from fwanalysis.domain.sources import SourceKind
from fwanalysis.domain.summaries import parse_summary
from fwanalysis.domain.summary_references import reference_name
from fwanalysis.domain.text import Span, lines
from fwanalysis.project.segments import segment_at
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Alias, Case
    from fwanalysis.domain.sources import SpeakerIndex
    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.project.matrix.reading import Texts
    from fwanalysis.store.changes import Changes


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a source's present text that a reference points to.

    Attributes:
        span: Whole turns or lines, in code points.
    """

    source_id: str
    revision_id: str
    span: Span


class Resolver:
    """Finds what references point to.

    A name is that of a case or one of its aliases, of a source, or both (``P04/FG1``), in full or as references write
    it. A case that speaks in several sources needs the source's name, unless one of them has its name, or only one of
    them is its own.
    """

    def __init__(self, study: Study, aliases: Iterable[Alias], texts: Texts) -> None:
        self._study = study
        self._texts = texts
        cases = {case.name: case.id for case in study.cases.values()}
        self._cases = _by_name({**{alias.name: alias.case_id for alias in aliases}, **cases})
        self._sources = _by_name({index.source.name: index.source.id for index in study.voices.values()})

    def resolve(self, reference: SummaryReference) -> Place | str:
        """Return what a reference points to, or why it points to nothing, as a phrase."""
        candidates = self._candidates(reference.name)
        if not candidates:
            return f'there is no case or source "{reference.name}"'
        if len(candidates) > 1:
            named = ", ".join(sorted(self._study.voices[item].source.name for item in candidates))
            return f"{reference.name} speaks in {named}; write for example {reference.name}/{named.split(', ')[0]}"
        index = self._study.voices[candidates[0]]
        span = self._lines(index, reference) if reference.is_line else _turns(index, reference)
        if isinstance(span, str):
            return span
        return Place(index.source.id, index.source.revision_id, span)

    def person(self, name: str) -> str | None:
        """Return the id of the person whom a name means, whose words a reference then is to; None if it means none."""
        case_name, _, source_name = name.rpartition("/")
        is_pair = bool(case_name) and folded(source_name) in self._sources
        case_id = self._cases.get(folded(case_name if is_pair else name))
        return case_id if case_id and self._study.cases[case_id].level is Level.PERSON else None

    def _candidates(self, name: str) -> Sequence[str]:
        """Return the ids of the sources that a name may mean."""
        case_name, _, source_name = name.rpartition("/")
        if case_name and (source_id := self._sources.get(folded(source_name))):
            case_id = self._cases.get(folded(case_name))
            return [source_id] if case_id and source_id in self._study.sources_of_case.get(case_id, ()) else []
        case_id = self._cases.get(folded(name))
        if case_id is None:
            return [self._sources[folded(name)]] if folded(name) in self._sources else []
        spoken = self._study.sources_of_case.get(case_id, frozenset())
        named = [item for item in spoken if item == self._sources.get(folded(name))]
        outside = [item for item in spoken if self._study.voices[item].source.kind is not SourceKind.FOCUS_GROUP]
        own = [item for item in spoken if self._study.voices[item].source.case_id == case_id]
        for narrowed in (named, spoken, own, outside):
            if len(narrowed) == 1:
                return list(narrowed)
        return list(spoken)

    def _lines(self, index: SpeakerIndex, reference: SummaryReference) -> Span | str:
        text = self._texts.of(index.source.id)
        found = list(lines(text))
        if not 1 <= reference.first <= reference.last <= len(found):
            return f"{index.source.name} has {len(found)} lines"
        return Span(found[reference.first - 1].start, found[reference.last - 1].end)


def _by_name(ids: Mapping[str, str]) -> dict[str, str]:
    """Return ids by names as ``folded`` gives them, and by names as references write them if only one has that."""
    short: dict[str, set[str]] = {}
    for name, found in ids.items():
        short.setdefault(folded(reference_name(name)), set()).add(found)
    unique = {name: next(iter(found)) for name, found in short.items() if len(found) == 1}
    return unique | {folded(name): found for name, found in ids.items()}


def _turns(index: SpeakerIndex, reference: SummaryReference) -> Span | str:
    numbered = {turn.number: turn for turn in index.speech}
    first, last = numbered.get(reference.first), numbered.get(reference.last)
    if first is None or last is None or first.start > last.start:
        return (
            f"{index.source.name} has turns 1 to {max(numbered, default=0)}"
            if numbered
            else (f"{index.source.name} has no turns; refer to its lines: ({reference.name}: line 1)")
        )
    return Span(first.start, last.end)


def cite(
    changes: Changes,
    study: Study,
    resolver: Resolver,
    texts: Texts,
    *,
    cell_id: str,
    case: Case,
    summary: str,
    evidence: Sequence[Located],
) -> list[str]:
    """Store what the references of a summary cite, in place of what the cell cited before.

    A reference that reads as one of the cell's present citations keeps its segment. Another cites the coded segment of
    the cell's evidence that is the only one in those turns, else the whole turns. What cannot be found is not stored.

    Returns:
        The ids of the cited segments.
    """
    known = queries.citations(changes.connection, cell_id=cell_id)
    writer = References(study)
    kept: dict[str, str] = {}
    for citation in known:
        if cited := study.cited.get(citation.segment_id):
            kept.setdefault(writer.text(writer.of_cited(cited, case)), citation.segment_id)
    wanted: list[Citation] = []
    for reference in parse_summary(summary, study.is_name).references:
        segment_id = kept.get(reference.text)
        if segment_id is None:
            place = resolver.resolve(reference)
            if isinstance(place, str):
                continue
            segment_id = _segment(changes, texts, place, evidence)
        wanted.append(Citation(new_id(), cell_id, segment_id, reference.index, reference.text))
    _replace(changes, known, wanted)
    return [citation.segment_id for citation in wanted]


def _segment(changes: Changes, texts: Texts, place: Place, evidence: Sequence[Located]) -> str:
    inside = {
        item.passage.segment_id
        for item in evidence
        if item.passage.revision_id == place.revision_id
        and place.span.start <= item.passage.start < place.span.end
        and item.passage.end <= place.span.end
    }
    if len(inside) == 1:
        return inside.pop()
    text = texts.of(place.source_id)
    return segment_at(changes, place.source_id, place.revision_id, text, place.span).segment_id


def _replace(changes: Changes, known: Sequence[Citation], wanted: Sequence[Citation]) -> None:
    """Write the citations of a cell, leaving those as they are that have not changed."""
    standing: Mapping[tuple[int, str, str], Citation] = {
        (item.position, item.segment_id, item.reference): item for item in known
    }
    keep = {(item.position, item.segment_id, item.reference) for item in wanted}
    gone = [item for key, item in standing.items() if key not in keep]
    changes.remove(*gone)
    changes.add_all(item for item in wanted if (item.position, item.segment_id, item.reference) not in standing)
    remove_unused(changes, {item.segment_id for item in gone})


def remove_unused(changes: Changes, segment_ids: Iterable[str]) -> None:
    """Remove the segments that no coding and no citation uses."""
    from fwanalysis.domain.codings import Segment
    from fwanalysis.store.queries import codings as coding_queries

    for segment_id in sorted(segment_ids):
        if not coding_queries.is_used(changes.connection, segment_id):
            anchors = coding_queries.anchors_of(changes.connection, segment_id)
            source_id = coding_queries.source_of_segment(changes.connection, segment_id)
            changes.remove(*anchors)
            if source_id is not None:
                changes.remove(Segment(segment_id, source_id))
