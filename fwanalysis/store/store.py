"""The store: a database, its single write path, and the listeners notified of commits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from fwanalysis.domain.codings import Coder
from fwanalysis.domain.history import Change
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.project import ProjectInfo
from fwanalysis.errors import Conflict, NotAProject, ProjectError, ReadOnly
from fwanalysis.store import engine as engines
from fwanalysis.store import log, schema
from fwanalysis.store.changes import Changes
from fwanalysis.store.mapping import fetch_one

if TYPE_CHECKING:
    from sqlalchemy import Connection

_VERSION_TABLE = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""
"""As Alembic makes it, which is too slow to import for this."""

Listener = Callable[[Change], None]

PROJECT_CREATED = "project.create"
CODER_JOINED = "coder.join"
NOT_STEPS = frozenset({PROJECT_CREATED, CODER_JOINED})
"""Events that are no steps of undo."""


class Store:
    """The database of an open project."""

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.target = os.fspath(target)
        self.read_only = engines.why_read_only(target)
        """Why the project cannot be changed, in a few words; empty if it can."""
        self._engine = engines.open_engine(target, read_only=bool(self.read_only))
        self._writer = engines.for_writing(self._engine, durability="full")
        self._deriver = engines.for_writing(self._engine, durability="derived")
        self._listeners: list[Listener] = []

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a consistent view of the database for ``store.queries``."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def change(
        self, name: str, *, coder: Coder, label: str = "", group: str | None = None, reverts: int | None = None
    ) -> Iterator[Changes]:
        """Commit all that the block does as one event; if it raises, nothing.

        A block that changes no row leaves no event. A new coder is added to the project with the first block that
        changes a row.

        Args:
            name: The kind of event.
            coder: Who makes the change.
            label: A few words for the history that describe the change.
            group: Events with the same group are one undo step.
            reverts: The number of the event that this one undoes or redoes.

        Raises:
            Conflict: If a remaining row refers to one that the block removed, or if what the block wrote refers to a
                row that does not exist: the database checks its foreign keys when it commits.
        """
        with self.writing() as connection:
            changes = Changes(connection)
            yield changes
            changes.flush()
            if changes.is_noop():
                return
            if dependents := changes.dependents():
                raise Conflict(f"this cannot be removed: {describe_dependents(dependents)}")
            joined = _join(connection, coder)
            if changes.doubles_a_key():
                raise Conflict("another coder added a theme with the same key", hint="reload and try again")
            event = log.append(
                connection,
                name=name,
                label=label,
                coder_id=coder.id,
                rows=changes.rows,
                group=group,
                reverts=reverts,
            )
        if joined:
            self.tell(joined)
        self.tell(Change(event.seq, name, coder.id, frozenset(row.table for row in changes.rows)))

    @contextmanager
    def derive(self, name: str, *tables: str) -> Iterator[Connection]:
        """Write derived rows or observations in a transaction; they are not logged.

        Args:
            name: What is done, for listeners (``suggest.run``).
            tables: The names of the tables that are written, for listeners; none means any table.
        """
        self._check_writable()
        with engines.friendly_message(), self._deriver.begin() as connection:
            yield connection
        self.tell(Change(None, name, None, frozenset(tables)))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* after every commit, in the thread that committed.

        Returns:
            A function that removes the listener.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Change) -> None:
        """Notify every listener of a committed change."""
        for listener in tuple(self._listeners):
            listener(change)

    def coder(self, name: str) -> Coder:
        """Return the coder with a name; add the coder to the project if new."""
        with self.read() as connection:
            known = fetch_one(connection, Coder, schema.coders.c.name == name)
        if known:
            return known
        coder = Coder(new_id(), name, now())
        self.join(coder)
        return coder

    def join(self, coder: Coder) -> None:
        """Add a coder to the project's coders, unless already one of them."""
        with self.writing() as connection:
            joined = _join(connection, coder)
        if joined:
            self.tell(joined)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a transaction that holds the write lock.

        Only ``change`` and undo use it, and each leaves an event.
        """
        self._check_writable()
        with engines.friendly_message(), self._writer.begin() as connection:
            yield connection

    def _check_writable(self) -> None:
        if self.read_only:
            raise ReadOnly(
                f"{self.target} is read-only ({self.read_only})",
                hint="copy it to a folder of your own, and open the copy with: -p FILE",
            )


def _join(connection: Connection, coder: Coder) -> Change | None:
    """Add a new coder to the project, with a separate event."""
    if fetch_one(connection, Coder, schema.coders.c.id == coder.id):
        return None
    changes = Changes(connection)
    changes.add(coder)
    changes.flush()
    event = log.append(
        connection, name=CODER_JOINED, label=f"{coder.name} joined", coder_id=coder.id, rows=changes.rows
    )
    return Change(event.seq, CODER_JOINED, coder.id, frozenset({"coders"}))


def describe_dependents(dependents: Mapping[str, int]) -> str:
    """Return a phrase that counts dependents: *3 codings and 1 cell depend on it*."""
    parts = []
    for table, count in sorted(dependents.items()):
        noun = table.replace("_", " ")
        parts.append(f"{count} {noun.removesuffix('s') if count == 1 else noun}")
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed} {'depends' if sum(dependents.values()) == 1 else 'depend'} on it"


def create_store(target: str | os.PathLike[str], *, title: str, question: str, coder: str) -> Store:
    """Create a new project and its first coder.

    The project is a file (mode 0600) or the tables of an empty database.
    """
    path = None if engines.is_url(target) else Path(target)
    if path is not None:
        engines.create_file(path)
    store = Store(target)
    try:
        if path is not None:
            with engines.friendly_message():
                engines.mark_new(path)
        with engines.friendly_message(), store._writer.begin() as connection:
            schema.metadata.create_all(connection)
            connection.execute(text(_VERSION_TABLE))
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": schema.REVISION})
        first = Coder(new_id(), coder, now())
        with store.change(PROJECT_CREATED, coder=first, label=f"made the project “{title}”") as changes:
            changes.add(ProjectInfo(new_id(), title, question, now()))
            changes.add(first)
    except BaseException:  # includes an interrupt: no incomplete project may remain
        store.close()
        if path is not None:
            path.unlink(missing_ok=True)
        raise
    return store


def open_store(target: str | os.PathLike[str]) -> Store:
    """Open an existing project and migrate it to the current schema if needed.

    A verified copy of an older project is kept beside it.
    """
    if not engines.is_url(target):
        engines.check_file(Path(target))
    store = Store(target)
    try:
        revision = _revision(store)
        if revision != schema.REVISION:
            store._check_writable()
            from fwanalysis.store.migrations import migrate

            store.close()
            migrate(target, revision)
            store = Store(target)
    except BaseException:  # includes an interrupt: the caller has no store to close
        store.close()
        raise
    return store


def _revision(store: Store) -> str:
    try:
        with engines.friendly_message(), store.read() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as error:
        raise NotAProject(f"{store.target} is not a complete project: {error.orig}") from error
    if revision is None:
        raise ProjectError(f"{store.target} is incomplete", hint="delete it and create the project again")
    return str(revision)


def project_info(connection: Connection) -> ProjectInfo:
    """Return the project's own record."""
    return ProjectInfo(*connection.execute(select(schema.project)).one())


def set_reading(store: Store, *, source_id: str, coder: Coder, position: int, furthest: int) -> None:
    """Save a coder's position in a source and how far it has been read.

    Positions are in code points; *furthest* never decreases.
    """
    if store.read_only:
        return
    table = schema.readings
    mine = (table.c.source_id == source_id) & (table.c.coder_id == coder.id)
    with store.derive("source.read", "readings") as connection:
        row = connection.execute(select(table.c.furthest).where(mine)).first()
        seen = max(position, furthest, row.furthest if row else 0)
        values = {"position": position, "furthest": seen, "read_at": now()}
        if row:
            connection.execute(table.update().where(mine).values(values))
        else:
            connection.execute(insert(table), {"source_id": source_id, "coder_id": coder.id, **values})
