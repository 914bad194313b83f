"""Read what the matrix is built from."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.study import CitedSegment, Study
from fwanalysis.domain.cases import folded
from fwanalysis.domain.matrix import Passage
from fwanalysis.domain.summary_references import reference_name
from fwanalysis.domain.text import text_hash
from fwanalysis.project.speaker_index import speaker_index_of, speaker_indexes
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import matrix as queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.matrix import Citation
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the search for unreachable cycles while values are made by the tens of thousands, none of which is a cycle.

    It would look through all of them again and again, which takes as long as making them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Texts:
    """The present texts of sources, each read when it is first asked for."""

    def __init__(self, context: Context, connection: Reading) -> None:
        self._store = context.store
        self._hashes = source_queries.present_text_hashes(connection)
        self._texts: dict[str, str] = {}

    def of(self, source_id: str) -> str:
        """Return the present text of a source."""
        if source_id not in self._texts:
            with self._store.read() as connection:  # texts are immutable: that of the hash is the one of then
                self._texts[source_id] = source_queries.text(connection, self._hashes[source_id])
        return self._texts[source_id]

    def line(self, source_id: str, position: int) -> int:
        """Return the number of the line, from 1, that a position is in."""
        return self.of(source_id).count("\n", 0, position) + 1


def read_study(connection: Reading, texts: Texts, *, code_ids: frozenset[str] | None = None) -> Study:
    """Return the project as the matrix is built from it.

    Args:
        connection: The transaction.
        texts: The texts of the same moment, for references to lines.
        code_ids: The codes whose codings are read; all by default.
    """
    passages = queries.passages(connection, code_ids=code_ids)
    are_all_anchored = code_ids is None and coding_queries.count(connection) == len(passages)
    unanchored = [] if are_all_anchored else revision_queries.unanchored(connection, code_ids=code_ids)
    cases, voices = case_queries.cases(connection), speaker_indexes(connection)
    names = [
        *(case.name for case in cases),
        *(alias.name for alias in case_queries.aliases(connection)),
        *(index.source.name for index in voices.values()),
    ]
    return Study(
        codebook=codebook_queries.codebook(connection, with_rules=False),
        cases={case.id: case for case in cases},
        attributes=case_queries.attributes(connection),
        values=case_queries.values_by_case(connection),
        memberships=case_queries.memberships(connection),
        voices=voices,
        passages=passages,
        cells=queries.cells(connection),
        line=texts.line,
        unanchored=[_passage(item) for item in unanchored],
        then=speaker_index_of(connection, {item.anchor.revision_id for item in unanchored}),
        citations=_citations(connection),
        cited=read_cited(connection),
        names=frozenset(map(folded, (*names, *map(reference_name, names)))),
    )


def read_cited(connection: Reading) -> dict[str, CitedSegment]:
    """Return the cited segments that are anchored in the present texts, by id."""
    return {
        segment_id: CitedSegment(segment_id, source_id, revision_id, start, end, text_hash(quote))
        for segment_id, source_id, revision_id, start, end, quote in queries.cited_segments(connection)
    }


def _passage(item: Evidence) -> Passage:
    coding, anchor = item.coding, item.anchor
    return Passage(
        coding_id=coding.id,
        segment_id=coding.segment_id,
        code_id=coding.code_id,
        coder_id=coding.coder_id,
        stance=coding.stance,
        note=coding.note,
        created_at=coding.created_at,
        source_id=item.source_id,
        revision_id=anchor.revision_id,
        start=anchor.start,
        end=anchor.end,
        quote=anchor.quote,
    )


def _citations(connection: Reading) -> Mapping[str, Sequence[Citation]]:
    found: dict[str, list[Citation]] = {}
    for citation in queries.citations(connection):
        found.setdefault(citation.cell_id, []).append(citation)
    return found
