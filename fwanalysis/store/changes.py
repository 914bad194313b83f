"""The single write path: a change is a transaction, a log event and a notice to listeners.

The event records every row before and after the change.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, update

from fwanalysis.domain.history import RowChange
from fwanalysis.errors import Conflict
from fwanalysis.store import schema
from fwanalysis.store.bulk import insert_rows
from fwanalysis.store.mapping import STATE, is_row_of, table_of, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Insert, Table

    from fwanalysis.domain.history import Row

_CHUNK = 500


class Changes:
    """The operations of one change: add, replace and remove values.

    The current state can be read through ``connection``.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pending: list[tuple[Table, list[dict[str, Any]]]] = []
        self.rows: list[RowChange] = []

    @property
    def connection(self) -> Connection:
        """The transaction's connection, for reading; includes all that was added."""
        self.flush()
        return self._connection

    def add(self, *values: object) -> None:
        """Add new values."""
        self.add_all(values)

    def add_all(self, values: Iterable[object]) -> None:
        """Add new values; consecutive values of one class are written together."""
        for value in values:
            table, row = table_of(type(value)), to_row(value)
            if not self._pending or self._pending[-1][0] is not table:
                self._pending.append((table, []))
            self._pending[-1][1].append(row)

    def replace(self, value: Any, *, seen: Any = None) -> None:
        """Replace the value that has the id of *value*.

        Args:
            value: The new value.
            seen: The old value as the caller read it; not checked if None.

        Raises:
            Conflict: If the stored value is no longer *seen*, or has been removed.
        """
        table, row = table_of(type(value)), to_row(value)
        before = current_rows(self.connection, table, [value.id]).get(value.id)
        if before is None:
            raise Conflict("this was removed by another coder", hint="reload and try again")
        if seen is not None and not is_row_of(seen, before):
            raise Conflict("this was changed by another coder", hint="reload and try again")
        if before != row:
            self.rows.append(RowChange(table.name, before, row))
            self._connection.execute(update(table).where(table.c.id == value.id).values(row))

    def remove(self, *values: Any) -> None:
        """Remove values by their ids, without their dependents.

        Raises:
            Conflict: If one of them has already been removed.
        """
        for value in values:
            table = table_of(type(value))
            before = current_rows(self.connection, table, [value.id]).get(value.id)
            if before is None:
                raise Conflict("this was already removed")
            self.rows.append(RowChange(table.name, before, None))
            self._connection.execute(delete(table).where(table.c.id == value.id))

    def keep_text(self, text_hash: str, text: str) -> None:
        """Store a text under its hash, unless it is already stored."""
        _keep(self.connection, schema.texts, {"hash": text_hash, "text": text})

    def keep_original(self, data_hash: str, data: bytes) -> None:
        """Store a file's bytes under their hash, unless they are already stored."""
        _keep(self.connection, schema.originals, {"hash": data_hash, "data": data})

    def apply(self, changes: Sequence[RowChange]) -> list[RowChange]:
        """Write recorded row changes.

        Returns:
            The changes whose ``before`` does not match the stored row. If there are any, nothing more is written.
        """
        for table_name, run in _runs(changes):
            table = schema.metadata.tables[table_name]
            standing = current_rows(self.connection, table, [change.row_id for change in run])
            changed = [change for change in run if standing.get(change.row_id) != change.before]
            if changed:
                return changed
            self._write(table, run)
            self.rows.extend(run)
        return []

    def dependents(self) -> Mapping[str, int]:
        """Count, by table, the rows that still refer to what this change removed."""
        removed = self.removed()
        if not removed:
            return {}
        found: dict[str, set[str]] = defaultdict(set)
        for table in schema.metadata.tables.values():
            for key in table.foreign_keys:
                for chunk in _chunks(removed.get(key.column.table.name, [])):
                    pointing = select(table.c.id).where(key.parent.in_(chunk))
                    found[table.name].update(self._connection.execute(pointing).scalars())
        return {name: len(ids) for name, ids in found.items() if ids}

    def removed(self) -> Mapping[str, list[str]]:
        """Return the ids of the rows that this change removed, by table."""
        removed: dict[str, list[str]] = defaultdict(list)
        if all(change.after is not None for change in self.rows):
            return removed
        for (table_name, row_id), row in self._outcome().items():
            if row is None:
                removed[table_name].append(row_id)
        return removed

    def has_dangling_reference(self) -> bool:
        """Return whether a row that this change wrote refers to a missing row."""
        outcome = self._outcome()
        wanted: dict[Table, set[str]] = defaultdict(set)
        for (table_name, _), row in outcome.items():
            if row is None:
                continue
            for key in schema.metadata.tables[table_name].foreign_keys:
                target, row_id = key.column.table, row[key.parent.name]
                if row_id is not None and outcome.get((target.name, row_id)) is None:
                    wanted[target].add(row_id)
        return any(_count(self._connection, table, list(ids)) < len(ids) for table, ids in wanted.items())

    def doubles_a_key(self) -> bool:
        """Return whether this change wrote a code with a sibling's key.

        Notes:
            Below a parent the database enforces this; themes have no parent, and SQL treats two NULLs as different.
        """
        codes = schema.codes
        keys = [row["key"] for (name, _), row in self._outcome().items() if name == "codes" and row]
        for chunk in _chunks(keys):
            themes = select(codes.c.key).where(codes.c.parent_id.is_(None), codes.c.key.in_(chunk))
            if self._connection.execute(themes.group_by(codes.c.key).having(func.count() > 1)).first():
                return True
        return False

    def is_noop(self) -> bool:
        """Return whether every row is as it was before this change."""
        if self.rows and all(change.before is None for change in self.rows):
            return False
        before: dict[tuple[str, str], Row | None] = {}
        for change in self.rows:
            before.setdefault((change.table, change.row_id), change.before)
        return before == self._outcome()

    def _outcome(self) -> Mapping[tuple[str, str], Row | None]:
        """Return each row that this change touched as it is now, by table and id.

        The value is None for a row that was removed.
        """
        return {(change.table, change.row_id): change.after for change in self.rows}

    def flush(self) -> None:
        """Write what has been added so far."""
        pending, self._pending = self._pending, []
        for table, rows in pending:
            insert_rows(self._connection, table, rows)
            if table.name in STATE:
                self.rows.extend(RowChange(table.name, None, row) for row in rows)

    def _write(self, table: Table, run: Sequence[RowChange]) -> None:
        if run[0].before is None:
            insert_rows(self._connection, table, [change.after or {} for change in run])
        elif run[0].after is None:
            for chunk in _chunks([change.before["id"] for change in run if change.before]):
                self._connection.execute(delete(table).where(table.c.id.in_(chunk)))
        else:
            for change in run:
                assert change.after is not None
                self._connection.execute(update(table).where(table.c.id == change.after["id"]).values(change.after))


def current_rows(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the current rows of a table with these ids, as the log records them."""
    found: dict[str, dict[str, Any]] = {}
    for chunk in _chunks(ids):
        for row in connection.execute(select(table).where(table.c.id.in_(chunk))).mappings():
            found[row["id"]] = dict(row)
    return found


def _count(connection: Connection, table: Table, ids: Sequence[str]) -> int:
    """Count the rows of a table that have one of these ids."""
    found = 0
    for chunk in _chunks(ids):
        found += connection.execute(select(func.count()).where(table.c.id.in_(chunk))).scalar_one()
    return found


def _runs(changes: Sequence[RowChange]) -> Iterable[tuple[str, list[RowChange]]]:
    """Group consecutive changes that can be written together.

    They concern one table, are of one kind (added, removed, replaced), and all concern different rows.
    """
    run: list[RowChange] = []
    sort: tuple[str, bool, bool] | None = None
    ids: set[str] = set()
    for change in changes:
        its_sort = (change.table, change.before is None, change.after is None)
        if run and (its_sort != sort or change.row_id in ids):
            yield run[0].table, run
            run, ids = [], set()
        sort = its_sort
        run.append(change)
        ids.add(change.row_id)
    if run:
        yield run[0].table, run


def _chunks(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _keep(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row of texts or originals unless its hash is already stored."""
    connection.execute(_keeping(table), row)


@cache
def _keeping(table: Table) -> Insert:
    """Return the statement that inserts a row unless its hash is already stored."""
    there = exists().where(table.c.hash == bindparam("hash"))
    values = [bindparam(column.name, type_=column.type) for column in table.columns]
    return insert(table).from_select(list(table.columns), select(*values).where(~there))
