"""Reattribution of coded segments: which cases they are attributed to before and after a change of speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.revisions import Reattribution, count_reattributions
from fwanalysis.domain.text import Span
from fwanalysis.project.speaker_index import speaker_indexes
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codings as coding_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.store.reading import Reading


def names_by_source(connection: Reading, source_ids: Collection[str]) -> Mapping[str, Sequence[str | None]]:
    """Return the case names of the coded segments in the present texts of sources.

    Returns:
        By source id, one entry for each coded span in the order of the text; None for an unattributed one.
    """
    spans = {
        source_id: sorted(found)
        for source_id, found in coding_queries.coded_spans(connection).items()
        if source_id in source_ids
    }
    names = {case.id: case.name for case in case_queries.cases(connection)}
    speakers = speaker_indexes(connection, spans.keys())
    return {
        source_id: [attribution_of(speakers[source_id], Span(*span)).named(names) for span in found]
        for source_id, found in spans.items()
    }


def reattributions(
    before: Mapping[str, Sequence[str | None]], after: Mapping[str, Sequence[str | None]]
) -> Mapping[str, tuple[Reattribution, ...]]:
    """Return the reattributions between two results of ``names_by_source`` for the same segments, by source id."""
    return {
        source_id: count_reattributions(zip(names, after[source_id], strict=True))
        for source_id, names in before.items()
    }
