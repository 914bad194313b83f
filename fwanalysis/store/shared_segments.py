"""Keep shared segments consistent when one of their codings or citations is undone or redone.

A segment exists as long as a coding or a citation uses it, regardless of which created it. Undo therefore keeps a
segment that another one uses and removes one that loses its last use; redo restores a removed segment, or moves the
coding or citation to a segment that has since been created at the same span. Knows rows and the log; ``store.undo``
chooses the events.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from fwanalysis.domain.history import RowChange
from fwanalysis.store import log, schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from fwanalysis.domain.history import Row

_Rows = list[RowChange]
_USES = ("codings", "citations")
"""The tables whose rows use segments."""


def fitted(connection: Connection, changes: Sequence[RowChange]) -> _Rows:
    """Adapt recorded changes of codings and citations to the segments that exist now."""
    gone = {change.row_id for change in changes if change.table in _USES and change.after is None}
    removed = {change.row_id for change in changes if change.table == "segments" and change.after is None}
    kept = _used(connection, removed, but=gone)
    made: dict[str, list[Row]] = {
        change.row_id: [] for change in changes if change.table == "segments" and change.before is None
    }
    for change in changes:
        if change.table == "segments" and change.before is None:
            made.setdefault(change.row_id, [])
        elif change.table == "anchors" and change.before is None and change.after:
            made.setdefault(change.after["segment_id"], []).append(change.after)
    at = {segment_id: twin for segment_id, anchors in made.items() if (twin := _same_span(connection, anchors))}
    revived, moved = _for_missing(connection, changes, made.keys())
    at |= moved
    return [*revived, *(_redirected(change, at) for change in changes if not _is_void(change, kept, at))]


def emptied(connection: Connection, changes: Iterable[RowChange]) -> _Rows:
    """Return the changes that remove segments which nothing uses any more.

    Args:
        connection: The transaction.
        changes: Changes that have already been applied.
    """
    left = {
        change.before["segment_id"]
        for change in changes
        if change.table in _USES
        and change.before
        and (change.after is None or change.after["segment_id"] != change.before["segment_id"])
    }
    found = _rows(connection, "segments", left - _used(connection, left))
    ids = [row["id"] for row in found]
    anchors = _select(connection, "anchors", schema.anchors.c.segment_id.in_(ids))
    return [RowChange(table, row, None) for table, rows in (("anchors", anchors), ("segments", found)) for row in rows]


def _is_void(change: RowChange, kept: Collection[str], at: Mapping[str, str]) -> bool:
    """Return whether a change of a segment or anchor is not needed.

    It removes a segment (or an anchor of it) that is kept, or creates one that another segment replaces.
    """
    if change.table == "segments":
        return change.row_id in (kept if change.after is None else at)
    if change.table == "anchors" and (change.before is None or change.after is None):
        row = change.after or change.before or {}
        return row["segment_id"] in (kept if change.after is None else at)
    return False


def _redirected(change: RowChange, at: Mapping[str, str]) -> RowChange:
    """Return a change of a coding or citation with its segments replaced as *at* says."""
    if change.table not in _USES:
        return change
    return replace(change, before=_on(change.before, at), after=_on(change.after, at))


def _on(row: Row | None, at: Mapping[str, str]) -> Row | None:
    return {**row, "segment_id": at[row["segment_id"]]} if row and row["segment_id"] in at else row


def _for_missing(
    connection: Connection, changes: Sequence[RowChange], made: Collection[str]
) -> tuple[_Rows, dict[str, str]]:
    """Find replacements for the missing segments of changed codings and citations.

    Returns:
        The rows that restore the segments that are needed, and, by id, the existing segments that replace the others.
    """
    needed: dict[str, bool] = {}
    for change in changes:
        if change.table in _USES:
            for row in filter(None, (change.before, change.after)):
                needed[row["segment_id"]] = needed.get(row["segment_id"], False) or row is change.after
    there = {row["id"] for row in _rows(connection, "segments", needed)}
    revived: _Rows = []
    moved: dict[str, str] = {}
    for segment_id in needed.keys() - there - set(made):
        rows = _last_removed(connection, segment_id)
        if twin := _same_span(connection, [row for table, row in rows if table == "anchors"]):
            moved[segment_id] = twin
        elif needed[segment_id]:
            revived += [RowChange(table, None, row) for table, row in rows]
    return revived, moved


def _last_removed(connection: Connection, segment_id: str) -> list[tuple[str, Row]]:
    """Return the rows of a segment and its anchors when it was last removed.

    Anchors of revisions that no longer exist are omitted.
    """
    events = schema.events
    naming = (
        select(events.c.seq).where(events.c.payload.contains(segment_id, autoescape=True)).order_by(events.c.seq.desc())
    )
    for seq in connection.execute(naming).scalars().all():
        changes = [change for change in log.rows_of(connection, seq) if change.after is None]
        segment = [change.before for change in changes if (change.table, change.row_id) == ("segments", segment_id)]
        if segment and segment[0]:
            anchors = [
                change.before
                for change in changes
                if change.table == "anchors" and change.before and change.before["segment_id"] == segment_id
            ]
            known = {row["id"] for row in _rows(connection, "revisions", [row["revision_id"] for row in anchors])}
            standing = [("anchors", row) for row in anchors if row["revision_id"] in known]
            return [("segments", segment[0]), *standing]
    return []


def _same_span(connection: Connection, anchors: Sequence[Row]) -> str | None:
    """Return the segment at the span of one of *anchors* in the same revision.

    None if there is no such segment.
    """
    if not anchors:
        return None
    table = schema.anchors
    places = [
        and_(table.c.revision_id == row["revision_id"], table.c.start == row["start"], table.c.end == row["end"])
        for row in anchors
    ]
    found = connection.execute(select(table.c.segment_id).where(or_(*places)).limit(1)).scalar()
    return None if found is None else str(found)


def _used(connection: Connection, segment_ids: Collection[str], *, but: Collection[str] = ()) -> set[str]:
    """Return the segments that a coding or citation other than those in *but* uses."""
    found = set()
    for name in _USES:
        table = schema.metadata.tables[name]
        using = select(table.c.segment_id, table.c.id).where(table.c.segment_id.in_(list(segment_ids)))
        found |= {row.segment_id for row in connection.execute(using) if row.id not in but}
    return found


def _rows(connection: Connection, table: str, ids: Collection[str]) -> list[dict[str, Any]]:
    return _select(connection, table, schema.metadata.tables[table].c.id.in_(list(ids)))


def _select(connection: Connection, table: str, where: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(schema.metadata.tables[table]).where(where)).mappings()]
