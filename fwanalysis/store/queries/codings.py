"""Reading codings with where they stand, and coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from fwanalysis.domain.codings import Anchor, Coder, Coding, Evidence, Tally
from fwanalysis.store import schema
from fwanalysis.store.mapping import columns_of, fetch, from_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement, Connection


def evidence(
    connection: Connection,
    *,
    source_id: str | None = None,
    code_ids: Collection[str] | None = None,
    coder_id: str | None = None,
    coding_ids: Collection[str] | None = None,
) -> list[Evidence]:
    """The codings that meet all conditions, each with its anchor in the source's present revision, in the order of the
    text."""
    where: list[ColumnElement[bool]] = []
    if source_id is not None:
        where.append(schema.sources.c.id == source_id)
    if code_ids is not None:
        where.append(schema.codings.c.code_id.in_(code_ids))
    if coder_id is not None:
        where.append(schema.codings.c.coder_id == coder_id)
    if coding_ids is not None:
        where.append(schema.codings.c.id.in_(coding_ids))
    coding_columns, anchor_columns = columns_of(Coding), columns_of(Anchor)
    statement = (
        select(*coding_columns, *anchor_columns, schema.sources.c.id)
        .select_from(schema.sources)
        .join(schema.anchors, schema.anchors.c.revision_id == schema.sources.c.revision_id)
        .join(schema.codings, schema.codings.c.segment_id == schema.anchors.c.segment_id)
        .where(*where)
        .order_by(
            schema.sources.c.imported_at, schema.anchors.c.start, schema.anchors.c.end, schema.codings.c.created_at
        )
    )
    rows = connection.execute(statement).all()
    width, last = len(coding_columns), len(coding_columns) + len(anchor_columns)
    return [
        Evidence(coding, anchor, row[last])
        for row, coding, anchor in zip(
            rows,
            from_rows(Coding, [row[:width] for row in rows]),
            from_rows(Anchor, [row[width:last] for row in rows]),
            strict=True,
        )
    ]


def anchor_at(connection: Connection, revision_id: str, start: int, end: int) -> Anchor | None:
    """The anchor that stands at exactly this span of a revision, if a segment has one."""
    table = schema.anchors
    at = and_(table.c.revision_id == revision_id, table.c.start == start, table.c.end == end)
    found = fetch(connection, Anchor, at)
    return found[0] if found else None


def codings_of(connection: Connection, segment_id: str) -> list[Coding]:
    """The codings on a segment."""
    return fetch(connection, Coding, schema.codings.c.segment_id == segment_id)


def codings_of_source(connection: Connection, source_id: str) -> list[Coding]:
    """The codings on a source's segments, placed in its present text or not, in the order made."""
    of_source = select(schema.segments.c.id).where(schema.segments.c.source_id == source_id)
    return fetch(connection, Coding, schema.codings.c.segment_id.in_(of_source), order=[schema.codings.c.created_at])


def anchors_of(connection: Connection, segment_id: str) -> list[Anchor]:
    """The anchors of a segment in all revisions."""
    return fetch(connection, Anchor, schema.anchors.c.segment_id == segment_id)


def all_anchors(connection: Connection) -> list[Anchor]:
    """Every anchor of every revision, revision by revision."""
    return fetch(connection, Anchor, order=[schema.anchors.c.revision_id, schema.anchors.c.start])


def coded_spans(connection: Connection) -> Mapping[str, list[tuple[int, int]]]:
    """The spans of coded segments in each source's present revision, by source id, in order."""
    table = schema.anchors
    statement = (
        select(schema.sources.c.id, table.c.start, table.c.end)
        .join(schema.sources, schema.sources.c.revision_id == table.c.revision_id)
        .order_by(schema.sources.c.id, table.c.start)
    )
    spans: dict[str, list[tuple[int, int]]] = {}
    for source_id, start, end in connection.execute(statement).all():
        spans.setdefault(source_id, []).append((start, end))
    return spans


def coders(connection: Connection) -> list[Coder]:
    """All coders by name."""
    return fetch(connection, Coder, order=[schema.coders.c.name])


def tally_by_code(connection: Connection, *, source_id: str | None = None) -> Mapping[str, Tally]:
    """How many codings each code has, in all sources or in one."""
    return _tallies(connection, schema.codings.c.code_id, source_id)


def tally_by_source(connection: Connection) -> Mapping[str, Tally]:
    """How many codings each source has."""
    return _tallies(connection, schema.segments.c.source_id, None)


def _tallies(connection: Connection, key: ColumnElement[str], source_id: str | None) -> Mapping[str, Tally]:
    """The one place where codings are counted: those that stand in their source's present revision, and the others."""
    codings, segments, sources, anchors = schema.codings, schema.segments, schema.sources, schema.anchors
    stands = and_(anchors.c.segment_id == segments.c.id, anchors.c.revision_id == sources.c.revision_id)
    statement = (
        select(key, func.count(anchors.c.id), func.count())
        .select_from(codings)
        .join(segments, segments.c.id == codings.c.segment_id)
        .join(sources, sources.c.id == segments.c.source_id)
        .outerjoin(anchors, stands)
        .group_by(key)
    )
    if source_id is not None:
        statement = statement.where(sources.c.id == source_id)
    return {item: Tally(placed, every - placed) for item, placed, every in connection.execute(statement)}
