"""The event log: the rows of a change as a payload, the hash chain, and reading both.

A payload is a JSON list of blocks ``{"table", "columns", "rows": [[before, after], ...]}`` in the order of writing;
before and after are lists of values in the order of the columns, or null for a row that did not exist.
"""

from __future__ import annotations

import json
import secrets
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from fwanalysis.domain.history import GENESIS, Event, RowChange, event_hash, payload_digest
from fwanalysis.domain.ids import now
from fwanalysis.errors import UndoConflict
from fwanalysis.store import schema
from fwanalysis.store.upcasting import upcast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

_EVENT = [schema.events.c[name] for name in ("seq", "name", "label", "coder_id", "at", "group", "reverts", "hash")]


def pack(changes: Iterable[RowChange]) -> str:
    """Return the payload of a change's rows."""
    blocks: list[dict[str, Any]] = []
    for table, grouped in groupby(changes, attrgetter("table")):
        run = list(grouped)
        columns = list(run[0].after or run[0].before or {})
        values = itemgetter(*columns)
        rows = [
            (
                None if change.before is None else values(change.before),
                None if change.after is None else values(change.after),
            )
            for change in run
        ]
        blocks.append({"table": table, "columns": columns, "rows": rows})
    return json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))


def unpack(payload: str) -> Iterator[RowChange]:
    """Yield the row changes of a payload, in the order of writing."""
    for block in json.loads(payload):
        columns = block["columns"]
        for before, after in block["rows"]:
            yield RowChange(
                block["table"],
                None if before is None else dict(zip(columns, before, strict=True)),
                None if after is None else dict(zip(columns, after, strict=True)),
            )


def append(
    connection: Connection,
    *,
    name: str,
    label: str,
    coder_id: str,
    rows: Sequence[RowChange],
    group: str | None = None,
    reverts: int | None = None,
) -> Event:
    """Append an event to the chain."""
    last, previous = head(connection)
    seq, at, salt, payload = last + 1, now(), secrets.token_hex(16), pack(rows)
    stated: dict[str, Any] = {
        "seq": seq,
        "name": name,
        "label": label,
        "coder_id": coder_id,
        "at": at,
        "group": group,
        "reverts": reverts,
        "schema": schema.EVENT_SCHEMA,
        "previous": previous,
        "digest": payload_digest(salt, payload),
    }
    link = event_hash(**stated)
    connection.execute(insert(schema.events), {**stated, "salt": salt, "payload": payload, "hash": link})
    return Event(seq, name, label, coder_id, at, group, reverts, link)


def rows_of(connection: Connection, seq: int) -> list[RowChange]:
    """Return the row changes that an event recorded, in the current schema.

    Raises:
        UndoConflict: If they have been redacted.
    """
    columns = (schema.events.c.payload, schema.events.c.schema)
    payload, version = connection.execute(select(*columns).where(schema.events.c.seq == seq)).one()
    if payload is None:
        raise UndoConflict(f"cannot undo event {seq}: its content was deleted from the log")
    return [upcast(change, version) for change in unpack(payload)]


def events(connection: Connection, *, limit: int | None = None) -> list[Event]:
    """Return the events, newest first: all, or at most *limit*."""
    statement = select(*_EVENT).order_by(schema.events.c.seq.desc()).limit(limit)
    return [Event(*row) for row in connection.execute(statement)]


def event(connection: Connection, seq: int) -> Event:
    """Return the event with a number; it must exist."""
    return Event(*connection.execute(select(*_EVENT).where(schema.events.c.seq == seq)).one())


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and hash of the newest event; 0 and ``GENESIS`` if none."""
    row = connection.execute(
        select(schema.events.c.seq, schema.events.c.hash).order_by(schema.events.c.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def verify(connection: Connection) -> list[str]:
    """Check the whole hash chain.

    Returns:
        A sentence for each event whose number, payload or link is wrong.
    """
    faults: list[str] = []
    previous, expected = GENESIS, 1
    statement = select(schema.events).order_by(schema.events.c.seq).execution_options(yield_per=200)
    for row in connection.execute(statement):
        if row.seq != expected:
            faults.append(f"Event {expected} is missing: the next one is event {row.seq}.")
        if row.payload is None or payload_digest(row.salt or "", row.payload) != row.digest:
            faults.append(f"Event {row.seq} ({row.name}) no longer holds the rows it was written with.")
        link = event_hash(
            previous=row.previous,
            seq=row.seq,
            name=row.name,
            label=row.label,
            coder_id=row.coder_id,
            at=row.at,
            group=row.group,
            reverts=row.reverts,
            schema=row.schema,
            digest=row.digest,
        )
        if row.previous != previous or link != row.hash:
            faults.append(f"Event {row.seq} ({row.name}) does not follow from the event before it.")
        previous, expected = row.hash, row.seq + 1
    return faults
