"""Read the written cells of the matrix, their citations, the passages that they are made from, and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from fwanalysis.domain.abstraction import Concept, Sorting
from fwanalysis.domain.matrix import Cell, Chart, Citation, Passage
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch, fetch_one

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Connection


def cells(connection: Connection, *, code_id: str | None = None) -> list[Cell]:
    """Return the written cells of one column, or of all."""
    table = schema.cells
    return fetch(connection, Cell, *(() if code_id is None else (table.c.code_id == code_id,)))


def cell(connection: Connection, case_id: str, code_id: str, *, own: bool = False) -> Cell | None:
    """Return the written cell of a case and a code, or None."""
    table = schema.cells
    at = and_(table.c.case_id == case_id, table.c.code_id == code_id, table.c.own == own)
    return fetch_one(connection, Cell, at)


def citations(connection: Connection, *, cell_id: str | None = None) -> list[Citation]:
    """Return the citations of one cell, or of all, in the order of the references."""
    table = schema.citations
    where = () if cell_id is None else (table.c.cell_id == cell_id,)
    return fetch(connection, Citation, *where, order=[table.c.cell_id, table.c.position])


def cited_segments(connection: Connection) -> list[tuple[str, str, str, int, int, str]]:
    """Return the cited segments that are anchored in the present texts.

    Returns:
        For each its id, the ids of source and revision, where it starts and ends, and its words.
    """
    anchors, sources = schema.anchors, schema.sources
    statement = (
        select(
            anchors.c.segment_id, sources.c.id, anchors.c.revision_id, anchors.c.start, anchors.c.end, anchors.c.quote
        )
        .join(sources, sources.c.revision_id == anchors.c.revision_id)
        .where(anchors.c.segment_id.in_(select(schema.citations.c.segment_id)))
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in connection.execute(statement)]


def citing_cells(connection: Connection, source_id: str) -> list[tuple[str, str, str]]:
    """Return, for each citation of a segment of a source, the segment's id, the case's name and the code's id."""
    citations, segments, cells, cases = schema.citations, schema.segments, schema.cells, schema.cases
    statement = (
        select(citations.c.segment_id, cases.c.name, cells.c.code_id)
        .join(segments, segments.c.id == citations.c.segment_id)
        .join(cells, cells.c.id == citations.c.cell_id)
        .join(cases, cases.c.id == cells.c.case_id)
        .where(segments.c.source_id == source_id)
        .distinct()
        .order_by(cases.c.name, cells.c.code_id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def passages(connection: Connection, *, code_ids: Collection[str] | None = None) -> Sequence[Passage]:
    """Return the codings that are anchored in the present texts, in text order.

    Args:
        connection: The transaction.
        code_ids: The codes to read; all by default.
    """
    codings, anchors, sources = schema.codings, schema.anchors, schema.sources
    where: list[ColumnElement[bool]] = [] if code_ids is None else [codings.c.code_id.in_(code_ids)]
    statement = (
        select(
            *(codings.c.id, codings.c.segment_id, codings.c.code_id, codings.c.coder_id),
            *(codings.c.stance, codings.c.note, codings.c.created_at),
            *(sources.c.id, anchors.c.revision_id, anchors.c.start, anchors.c.end, anchors.c.quote),
        )
        .select_from(sources)
        .join(anchors, anchors.c.revision_id == sources.c.revision_id)
        .join(codings, codings.c.segment_id == anchors.c.segment_id)
        .where(*where)
        .order_by(sources.c.imported_at, anchors.c.start, anchors.c.end, codings.c.created_at)
    )
    cursor = connection.execute(statement).cursor  # rows as the driver gives them: no column needs converting
    assert cursor is not None
    return list(map(Passage._make, cursor.fetchall()))


def charts(connection: Connection) -> list[Chart]:
    """Return the stored charts by name."""
    return fetch(connection, Chart, order=[schema.charts.c.name])


def concepts(connection: Connection, *, code_id: str | None = None) -> list[Concept]:
    """Return the concepts of one column, or of all, in their order."""
    table = schema.concepts
    where = () if code_id is None else (table.c.code_id == code_id,)
    return fetch(connection, Concept, *where, order=[table.c.code_id, table.c.level, table.c.position])


def sortings(connection: Connection) -> list[Sorting]:
    """Return which cells are sorted into which elements."""
    return fetch(connection, Sorting)
