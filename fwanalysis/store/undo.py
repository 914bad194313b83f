"""Undo and redo: apply the inverses of recorded rows as new events, all or nothing.

A step is a coder's newest event that has not been undone, with all events of its group. An undo event names the event
that it undoes; a redo event names the undo event that it reverts. A new event of the coder clears what could be redone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.exc import IntegrityError

from fwanalysis.domain.codings import Coder
from fwanalysis.domain.history import Change, Event, RowChange
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import NothingToUndo, UndoConflict
from fwanalysis.store import log, schema
from fwanalysis.store.changes import Changes, current_rows
from fwanalysis.store.mapping import fetch_one
from fwanalysis.store.queries import revisions as queries
from fwanalysis.store.shared_segments import emptied, fitted
from fwanalysis.store.store import NOT_STEPS, Store, describe_dependents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Select

    from fwanalysis.domain.history import Row

UNDO = "history.undo"
REDO = "history.redo"
_NAMED = 3
"""How many dependents a message names."""

_MADE = ("codings", "decisions", "cells")
"""The tables of what a coder creates on a text."""
_TAKEN = "its name or position is in use by something that was added since"
_CARRIED_ON = "the text was corrected since, and the segment is anchored in the new text"

_events = schema.events
_undo = schema.events.alias("undo")
_redo = schema.events.alias("redo")


def undo(store: Store, coder: Coder) -> list[Event]:
    """Undo the coder's newest undo step: one event, or all events of its group.

    Returns:
        The events undone, newest first.

    Raises:
        NothingToUndo: If there is no step left.
        UndoConflict: If something has changed since or depends on the step; nothing is changed then.
    """
    return _revert(store, coder, UNDO, _undoable)


def redo(store: Store, coder: Coder) -> list[Event]:
    """Redo the coder's last undone step.

    Returns:
        The events redone, oldest first.

    Raises:
        NothingToUndo: If there is no step to redo.
        UndoConflict: If something has changed since or depends on the step; nothing is changed then.
    """
    return _revert(store, coder, REDO, _redoable)


def _revert(store: Store, coder: Coder, name: str, steps_of: Callable[[Connection, Coder], list[Event]]) -> list[Event]:
    with store.writing() as connection:
        steps = steps_of(connection, coder)
        if not steps:
            raise NothingToUndo("nothing to undo" if name == UNDO else "nothing to redo")
        group = new_id() if len(steps) > 1 else None
        acts, whole = [], Changes(connection)
        for step in steps:
            act = step if name == UNDO else log.event(connection, step.reverts or 0)
            rows = _invert(connection, act, _latest(connection, step))
            event = log.append(
                connection, name=name, label=act.label, coder_id=coder.id, rows=rows, group=group, reverts=step.seq
            )
            whole.rows += rows
            acts.append(act)
        _refuse_if_it_does_not_fit(acts, whole)
    store.tell(Change(event.seq, name, coder.id, frozenset(row.table for row in whole.rows)))
    return acts


def _latest(connection: Connection, step: Event) -> int:
    """Return the number of the event that last did what *step* did.

    Returns:
        The newest redo of an event that was undone and redone, which may have used another segment; else the event
        itself.
    """
    redone: int | None = connection.execute(_last_redo(step.seq)).scalar()
    return redone or step.seq


def _invert(connection: Connection, act: Event, seq: int) -> list[RowChange]:
    """Write the inverses of the rows of an event, newest first.

    Raises:
        UndoConflict: If a row is no longer as the event left it.
    """
    changes = Changes(connection)
    inverse = [change.inverse for change in reversed(log.rows_of(connection, seq))]
    try:
        conflicting = changes.apply(fitted(connection, inverse))
        if not conflicting:
            conflicting = changes.apply(emptied(connection, changes.rows))
    except IntegrityError as error:
        raise UndoConflict(f'cannot undo or redo "{act.label}": {_TAKEN}') from error
    if conflicting:
        raise UndoConflict(_why(connection, act, seq, conflicting[0]))
    if changes.doubles_a_key():
        raise UndoConflict(f'cannot undo or redo "{act.label}": {_TAKEN}')
    return changes.rows


def _refuse_if_it_does_not_fit(acts: Sequence[Event], whole: Changes) -> None:
    """Check that the result has no broken references.

    Raises:
        UndoConflict: If something depends on what was removed, or what was restored refers to missing rows.
    """
    what, removed = f'cannot undo or redo "{acts[0].label}"', whole.removed()
    named = _dependents_of_revisions(min(acts, key=lambda act: act.seq), whole)
    if dependents := whole.dependents():
        if dependents.keys() == {"anchors"} and "revisions" not in removed:
            raise UndoConflict(f"{what}: {_CARRIED_ON}", hint="remove the coding instead")
        listed = f" ({_some(named)})" if named else ""
        raise UndoConflict(f"{what}: {describe_dependents(dependents)}{listed}", hint="undo that first")
    if named:
        raise UndoConflict(f"{what}: it has been used since ({_some(named)})", hint="undo that first")
    if queries.carried_on(whole.connection, _unanchored(whole)):
        raise UndoConflict(f"{what}: {_CARRIED_ON}")
    if whole.has_dangling_reference():
        raise UndoConflict(f'cannot restore "{acts[0].label}": what it depends on was removed')


def _dependents_of_revisions(act: Event, whole: Changes) -> list[str]:
    """Describe what depends on the removed revisions, one phrase each.

    Includes what other coders have made on their sources since.
    """
    removed = whole.removed()
    named = queries.dependents_of(whole.connection, removed.get("revisions", ()))
    sources = {
        change.before["source_id"]
        for change in whole.rows
        if change.table == "revisions" and change.before and change.after is None
    } - set(removed.get("sources", ()))
    if sources:
        made = _made_since(whole.connection, act)
        for source_id in sorted(sources):
            named += queries.dependents_of_source(whole.connection, source_id, made)
    return list(dict.fromkeys(named))


def _made_since(connection: Connection, act: Event) -> Mapping[str, Collection[str]]:
    """Return the ids, by table, of rows that other coders made since an event.

    These are rows added or changed since the event was done (or last redone) that are not again as they were.
    """
    since = _latest(connection, act)
    others = (
        select(_events.c.seq)
        .where(_events.c.seq > since, _events.c.coder_id != act.coder_id, _events.c.payload.is_not(None))
        .order_by(_events.c.seq)
    )
    before: dict[str, dict[str, Row | None]] = {}
    for seq in connection.execute(others).scalars().all():
        for change in log.rows_of(connection, seq):
            if change.table in _MADE:
                before.setdefault(change.table, {}).setdefault(change.row_id, change.before)
    made = {}
    for name, rows in before.items():
        standing = current_rows(connection, schema.metadata.tables[name], list(rows))
        made[name] = [row_id for row_id, row in standing.items() if row != rows[row_id]]
    return made


def _unanchored(whole: Changes) -> list[tuple[str, str]]:
    """Return the segment and revision ids of each anchor that was removed.

    Only anchors whose segment and revision both remain.
    """
    removed = whole.removed()
    gone = {*removed.get("segments", ()), *removed.get("revisions", ())}
    anchors = [
        (change.before["segment_id"], change.before["revision_id"])
        for change in whole.rows
        if change.table == "anchors" and change.before and change.after is None
    ]
    return [pair for pair in anchors if not gone & set(pair)]


def _some(named: Sequence[str]) -> str:
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more


def _last_redo(seq: int) -> Select[Any]:
    """Select the number of the newest redo of an event."""
    return select(func.max(_redo.c.seq)).join(_undo, _undo.c.seq == _redo.c.reverts).where(_undo.c.reverts == seq)


def _is_undone(events: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that an event has been undone and not redone."""
    redone = exists(select(_redo.c.seq).where(_redo.c.reverts == _undo.c.seq))
    return exists(select(_undo.c.seq).where(and_(_undo.c.reverts == events, ~redone)))


def _undoable(connection: Connection, coder: Coder) -> list[Event]:
    """Return the events of the coder's newest step not undone, newest first."""
    acts = and_(_events.c.coder_id == coder.id, _events.c.reverts.is_(None), _events.c.name.not_in(NOT_STEPS))
    newest = select(_events.c.seq).where(acts, ~_is_undone(_events.c.seq)).order_by(_events.c.seq.desc()).limit(1)
    seq = connection.execute(newest).scalar()
    if seq is None:
        return []
    event = log.event(connection, seq)
    if event.group is None:
        return [event]
    together = (
        select(_events.c.seq)
        .where(acts, _events.c.group == event.group, ~_is_undone(_events.c.seq))
        .order_by(_events.c.seq.desc())
    )
    return [log.event(connection, row.seq) for row in connection.execute(together).all()]


def _redoable(connection: Connection, coder: Coder) -> list[Event]:
    """Return the undo events of the coder's last undone step, newest first.

    None if a newer event of the coder has cleared them.
    """
    mine = _events.c.coder_id == coder.id
    last_act = connection.execute(
        select(func.max(_events.c.seq)).where(mine, _events.c.reverts.is_(None), _events.c.name.not_in(NOT_STEPS))
    ).scalar()
    redone = exists(select(_redo.c.seq).where(_redo.c.reverts == _events.c.seq))
    undos = and_(mine, _events.c.name == UNDO, _events.c.seq > (last_act or 0), ~redone)
    newest = connection.execute(select(_events.c.seq).where(undos).order_by(_events.c.seq.desc()).limit(1)).scalar()
    if newest is None:
        return []
    event = log.event(connection, newest)
    if event.group is None:
        return [event]
    together = select(_events.c.seq).where(undos, _events.c.group == event.group).order_by(_events.c.seq.desc())
    return [log.event(connection, row.seq) for row in connection.execute(together).all()]


def _why(connection: Connection, act: Event, seq: int, change: RowChange) -> str:
    """Return the message that says what has changed since, and by whom."""
    row = change.before or change.after or {}
    later = (
        select(_events.c.label, _events.c.coder_id)
        .where(_events.c.seq > seq, _events.c.payload.contains(row["id"], autoescape=True))
        .order_by(_events.c.seq.desc())
        .limit(1)
    )
    found = connection.execute(later).first()
    if found is None:
        return f'cannot undo or redo "{act.label}": its row in {change.table} was changed outside the log'
    coder = fetch_one(connection, Coder, schema.coders.c.id == found.coder_id)
    by = f" by {coder.name}" if coder else ""
    return f'cannot undo or redo "{act.label}": it was changed since, by "{found.label}"{by}'
