"""The list of the revisions of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.revisions import RevisionView
from fwanalysis.project.context import find_source
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.sources import Revision, Source
    from fwanalysis.project.context import Context


def revisions(context: Context, source: str) -> list[RevisionView]:
    """List the revisions of a source; see ``Sources.revisions``."""
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
