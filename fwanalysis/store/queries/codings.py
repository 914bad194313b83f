"""Read codings with their anchors, and coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from fwanalysis.domain.codings import Anchor, Coder, Coding, Evidence, Stance, Tally
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
    """Return the codings that meet all conditions, in text order.

    Each has its anchor in the source's current revision.
    """
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
    """Return the anchor at exactly this span of a revision, or None."""
    table = schema.anchors
    at = and_(table.c.revision_id == revision_id, table.c.start == start, table.c.end == end)
    found = fetch(connection, Anchor, at)
    return found[0] if found else None


def codings_of(connection: Connection, segment_id: str) -> list[Coding]:
    """Return the codings of a segment."""
    return fetch(connection, Coding, schema.codings.c.segment_id == segment_id)


def is_used(connection: Connection, segment_id: str) -> bool:
    """Return whether a segment has a coding or is cited."""
    for table in (schema.codings, schema.citations):
        if connection.execute(select(table.c.id).where(table.c.segment_id == segment_id).limit(1)).first():
            return True
    return False


def source_of_segment(connection: Connection, segment_id: str) -> str | None:
    """Return the id of the source of a segment, or None if there is no such segment."""
    table = schema.segments
    return connection.execute(select(table.c.source_id).where(table.c.id == segment_id)).scalar()


def codings_of_source(connection: Connection, source_id: str) -> list[Coding]:
    """Return the codings of a source, in the order they were made.

    Includes the unanchored ones.
    """
    of_source = select(schema.segments.c.id).where(schema.segments.c.source_id == source_id)
    return fetch(connection, Coding, schema.codings.c.segment_id.in_(of_source), order=[schema.codings.c.created_at])


def anchors_of(connection: Connection, segment_id: str) -> list[Anchor]:
    """Return the anchors of a segment in all revisions."""
    return fetch(connection, Anchor, schema.anchors.c.segment_id == segment_id)


def all_anchors(connection: Connection) -> list[Anchor]:
    """Return every anchor, revision by revision."""
    return fetch(connection, Anchor, order=[schema.anchors.c.revision_id, schema.anchors.c.start])


def coded_spans(connection: Connection) -> Mapping[str, list[tuple[int, int]]]:
    """Return the spans of coded segments in the current revisions, in order.

    The keys are source ids.
    """
    table = schema.anchors
    statement = (
        select(schema.sources.c.id, table.c.start, table.c.end)
        .join(schema.sources, schema.sources.c.revision_id == table.c.revision_id)
        .where(table.c.segment_id.in_(select(schema.codings.c.segment_id)))  # others are only cited
        .order_by(schema.sources.c.id, table.c.start)
    )
    spans: dict[str, list[tuple[int, int]]] = {}
    for source_id, start, end in connection.execute(statement).all():
        spans.setdefault(source_id, []).append((start, end))
    return spans


def count(connection: Connection) -> int:
    """Count the codings, anchored or not."""
    return connection.execute(select(func.count()).select_from(schema.codings)).scalar_one()


def coders(connection: Connection) -> list[Coder]:
    """Return all coders by name."""
    return fetch(connection, Coder, order=[schema.coders.c.name])


def tally_by_code(connection: Connection, *, source_id: str | None = None) -> Mapping[str, Tally]:
    """Count the codings of each code, in all sources or in one."""
    return _tallies(connection, schema.codings.c.code_id, source_id)


def tally_by_source(connection: Connection) -> Mapping[str, Tally]:
    """Count the codings of each source."""
    return _tallies(connection, schema.segments.c.source_id, None)


def _tallies(connection: Connection, key: ColumnElement[str], source_id: str | None) -> Mapping[str, Tally]:
    """Count codings with and without an anchor in the current revision."""
    codings, segments, sources, anchors = schema.codings, schema.segments, schema.sources, schema.anchors
    is_anchored = and_(anchors.c.segment_id == segments.c.id, anchors.c.revision_id == sources.c.revision_id)
    statement = (
        select(
            key,
            func.count(anchors.c.id),
            func.count(),
            *(
                func.count(case((codings.c.stance == stance, anchors.c.id)))
                for stance in (Stance.AGAINST, Stance.MIXED)
            ),
        )
        .select_from(codings)
        .join(segments, segments.c.id == codings.c.segment_id)
        .join(sources, sources.c.id == segments.c.source_id)
        .outerjoin(anchors, is_anchored)
        .group_by(key)
    )
    if source_id is not None:
        statement = statement.where(sources.c.id == source_id)
    return {
        row[0]: Tally(row[1], row[2] - row[1], against=row[3], mixed=row[4])
        for row in connection.execute(statement).all()
    }
