"""Read the revisions of sources and what is anchored in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from fwanalysis.domain.codings import Anchor, Coding, Evidence
from fwanalysis.domain.matrix import Cell
from fwanalysis.domain.sources import Revision
from fwanalysis.domain.text import one_line
from fwanalysis.store import schema
from fwanalysis.store.mapping import columns_of, fetch, from_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import ColumnElement, Connection

_MADE_BY = ("source.import", "source.revise", "source.correct")


def of_source(connection: Connection, source_id: str) -> list[Revision]:
    """Return the revisions of a source, oldest first."""
    table = schema.revisions
    return fetch(connection, Revision, table.c.source_id == source_id, order=[table.c.number])


def last_anchors(connection: Connection, source_id: str) -> list[Anchor]:
    """Return the newest anchor of each segment of a source, in text order."""
    statement = (
        select(*columns_of(Anchor), schema.revisions.c.number)
        .join(schema.revisions, schema.revisions.c.id == schema.anchors.c.revision_id)
        .where(schema.revisions.c.source_id == source_id)
        .order_by(schema.revisions.c.number)
    )
    rows = connection.execute(statement).all()
    last = {anchor.segment_id: anchor for anchor in from_rows(Anchor, [row[:-1] for row in rows])}
    return sorted(last.values(), key=lambda anchor: (anchor.start, anchor.end, anchor.segment_id))


def unanchored(
    connection: Connection,
    *,
    source_id: str | None = None,
    code_ids: Collection[str] | None = None,
    coder_id: str | None = None,
    coding_ids: Collection[str] | None = None,
) -> list[Evidence]:
    """Return the unanchored codings that meet all conditions.

    These have no anchor in their source's current revision; each comes with the last anchor of its segment.
    """
    segments, sources, codings = schema.segments, schema.sources, schema.codings
    is_anchored = exists().where(
        schema.anchors.c.segment_id == segments.c.id, schema.anchors.c.revision_id == sources.c.revision_id
    )
    where: list[ColumnElement[bool]] = [~is_anchored]
    if source_id is not None:
        where.append(sources.c.id == source_id)
    if code_ids is not None:
        where.append(codings.c.code_id.in_(code_ids))
    if coder_id is not None:
        where.append(codings.c.coder_id == coder_id)
    if coding_ids is not None:
        where.append(codings.c.id.in_(coding_ids))
    statement = (
        select(*columns_of(Coding), segments.c.source_id)
        .join(segments, segments.c.id == codings.c.segment_id)
        .join(sources, sources.c.id == segments.c.source_id)
        .where(*where)
        .order_by(sources.c.imported_at, codings.c.created_at)
    )
    rows = connection.execute(statement).all()
    found = zip(from_rows(Coding, [row[:-1] for row in rows]), (row[-1] for row in rows), strict=True)
    last: dict[str, Mapping[str, Anchor]] = {}
    listed = []
    for coding, home in found:
        if home not in last:
            last[home] = {anchor.segment_id: anchor for anchor in last_anchors(connection, home)}
        listed.append(Evidence(coding, last[home][coding.segment_id], home))
    order = {home: number for number, home in enumerate(last)}
    return sorted(listed, key=lambda item: (order[item.source_id], item.anchor.start, item.anchor.end))


def count_unanchored(connection: Connection, source_id: str) -> int:
    """Count a source's coded segments without an anchor in its current revision.

    One aggregate query: the texts are not read or searched.
    """
    segments, sources, codings, anchors = schema.segments, schema.sources, schema.codings, schema.anchors
    present = and_(anchors.c.segment_id == segments.c.id, anchors.c.revision_id == sources.c.revision_id)
    statement = (
        select(func.count(segments.c.id.distinct()))
        .select_from(segments)
        .join(sources, sources.c.id == segments.c.source_id)
        .join(codings, codings.c.segment_id == segments.c.id)
        .outerjoin(anchors, present)
        .where(sources.c.id == source_id, anchors.c.id.is_(None))
    )
    return connection.execute(statement).scalar_one()


def dependents_of(connection: Connection, revision_ids: Collection[str]) -> list[str]:
    """Describe the work that depends on these revisions, one phrase each.

    Returns:
        Codings whose segments are anchored in them (*the coding Cost by ben on “Nobody asks”*) and cells whose basis
        names them (*the summary of P01 × Cost*).
    """
    if not revision_ids:
        return []
    anchors, codings, codes = schema.anchors, schema.codings, schema.codes
    coded = (
        select(codes.c.name, schema.coders.c.name, anchors.c.quote)
        .select_from(anchors)
        .join(codings, codings.c.segment_id == anchors.c.segment_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(schema.coders, schema.coders.c.id == codings.c.coder_id)
        .where(anchors.c.revision_id.in_(revision_ids))
        .order_by(anchors.c.start)
    )
    named = [f"the coding {code} by {coder} on “{_cut(quote)}”" for code, coder, quote in connection.execute(coded)]
    gone = set(revision_ids)
    written = (
        select(schema.cases.c.name, codes.c.name, *columns_of(Cell))
        .select_from(schema.cells)
        .join(schema.cases, schema.cases.c.id == schema.cells.c.case_id)
        .join(codes, codes.c.id == schema.cells.c.code_id)
        .order_by(schema.cases.c.name, codes.c.name)
    )
    rows = connection.execute(written).all()
    for row, cell in zip(rows, from_rows(Cell, [row[2:] for row in rows]), strict=True):
        used = {item.revision_id for item in cell.basis.codings} | {item.revision_id for item in cell.basis.citations}
        if used & gone:
            named.append(f"the summary of {row[0]} × {row[1]}")
    return named


def dependents_of_source(connection: Connection, source_id: str, made: Mapping[str, Collection[str]]) -> list[str]:
    """Describe what depends on a source without naming a revision.

    Args:
        connection: The transaction.
        source_id: The source.
        made: The ids to consider, by table.

    Returns:
        Codings, decisions, and cells of the source's cases whose basis has no coding, one phrase each (see
        ``dependents_of``).
    """
    coders, codes, codings, decisions = schema.coders, schema.codes, schema.codings, schema.decisions
    coded = (
        select(codings.c.segment_id, codes.c.name, coders.c.name)
        .join(schema.segments, schema.segments.c.id == codings.c.segment_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(coders, coders.c.id == codings.c.coder_id)
        .where(schema.segments.c.source_id == source_id, codings.c.id.in_(made.get("codings", ())))
        .order_by(codings.c.created_at)
    )
    quotes = {anchor.segment_id: anchor.quote for anchor in last_anchors(connection, source_id)}
    named = [
        f"the coding {code} by {coder} on “{_cut(quotes[segment_id])}”"
        for segment_id, code, coder in connection.execute(coded)
        if segment_id in quotes
    ]
    decided = (
        select(coders.c.name, decisions.c.quote)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .where(decisions.c.source_id == source_id, decisions.c.id.in_(made.get("decisions", ())))
        .order_by(decisions.c.start)
    )
    named += [f"the decision by {coder} on “{_cut(quote)}”" for coder, quote in connection.execute(decided)]
    return named + _empty_cells(connection, source_id, made.get("cells", ()))


def _empty_cells(connection: Connection, source_id: str, cell_ids: Collection[str]) -> list[str]:
    """Describe the cells of a source's cases whose basis has no coding."""
    cells, cases, codes, speakers = schema.cells, schema.cases, schema.codes, schema.speakers
    own = select(schema.sources.c.case_id).where(schema.sources.c.id == source_id)
    heard = select(speakers.c.case_id).where(speakers.c.source_id == source_id, speakers.c.case_id.is_not(None))
    statement = (
        select(*columns_of(Cell), cases.c.name, codes.c.name)
        .join(cases, cases.c.id == cells.c.case_id)
        .join(codes, codes.c.id == cells.c.code_id)
        .where(cells.c.id.in_(cell_ids), or_(cells.c.case_id.in_(own), cells.c.case_id.in_(heard)))
        .order_by(cases.c.name, codes.c.name)
    )
    rows = connection.execute(statement).all()
    written = zip(rows, from_rows(Cell, [row[:-2] for row in rows]), strict=True)
    return [f"what is written for {row[-2]} × {row[-1]}" for row, cell in written if not cell.basis.codings]


def carried_on(connection: Connection, anchors: Iterable[tuple[str, str]]) -> bool:
    """Return whether a later revision has kept one of these anchors.

    Anchors are given as pairs of segment id and revision id.
    """
    there, later = schema.revisions.alias("there"), schema.revisions.alias("later")
    for segment_id, revision_id in anchors:
        statement = (
            select(schema.anchors.c.id)
            .join(later, later.c.id == schema.anchors.c.revision_id)
            .join(there, there.c.source_id == later.c.source_id)
            .where(
                schema.anchors.c.segment_id == segment_id,
                there.c.id == revision_id,
                later.c.number > there.c.number,
            )
            .limit(1)
        )
        if connection.execute(statement).first():
            return True
    return False


def _cut(quote: str) -> str:
    words = one_line(quote)
    return words if len(words) <= 40 else words[:39].rstrip() + "…"


def origin(connection: Connection, revision_id: str, *, since: str) -> tuple[str, str, str] | None:
    """Return when, by whom and by which event a revision was made.

    Args:
        connection: The transaction.
        revision_id: The revision.
        since: Only later events are searched.

    Returns:
        The time, the coder's id and the label of the event; None if there is none.
    """
    table = schema.events
    statement = (
        select(table.c.at, table.c.coder_id, table.c.label)
        .where(table.c.name.in_(_MADE_BY), table.c.at >= since, table.c.payload.contains(revision_id, autoescape=True))
        .order_by(table.c.seq)
        .limit(1)
    )
    row = connection.execute(statement).first()
    return (row.at, row.coder_id, row.label) if row else None
