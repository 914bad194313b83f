"""The store: a database, the single write path into it, and the listeners that are told of every commit."""

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
    """One open project database."""

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.target = os.fspath(target)
        self.read_only = engines.why_read_only(target)
        """Why the project cannot be changed, in a few words; empty if it can."""
        self._engine = engines.open_engine(target, read_only=bool(self.read_only))
        self._writer = engines.for_writing(self._engine, durability="full")
        self._deriver = engines.for_writing(self._engine, durability="derived")
        self._listeners: list[Listener] = []

    def close(self) -> None:
        """Give all connections back to the system."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the database, for the functions of ``store.queries``."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def change(
        self, name: str, *, coder: Coder, label: str = "", group: str | None = None, reverts: int | None = None
    ) -> Iterator[Changes]:
        """One change: all that the block does is committed as one event, or, if it raises, nothing is.

        *label* says in a few words what was done; events with one *group* are one step of undo. A block that changes no
        row leaves no event; a coder who is new joins the project with the first block that changes one.

        Raises:
            Conflict: If a remaining row refers to one that the block removed, or if what the block wrote refers to a
                row that does not exist (any more): the database checks its foreign keys when it commits.
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
        """Have *listener* called after every commit, in the thread that committed; returns what stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Change) -> None:
        """Tell every listener of a change that is committed."""
        for listener in tuple(self._listeners):
            listener(change)

    def coder(self, name: str) -> Coder:
        """The coder of a name, who joins the project if new."""
        with self.read() as connection:
            known = fetch_one(connection, Coder, schema.coders.c.name == name)
        if known:
            return known
        coder = Coder(new_id(), name, now())
        self.join(coder)
        return coder

    def join(self, coder: Coder) -> None:
        """Make a coder one of the project's coders, if that is not so already."""
        with self.writing() as connection:
            joined = _join(connection, coder)
        if joined:
            self.tell(joined)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock; only ``change`` and undo use it, and each leaves an event."""
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
    """Add a coder who is new to the project, with an event of its own."""
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
    """How many rows of which tables point at something, for a sentence: *3 codings and 1 cell depend on it*."""
    parts = []
    for table, count in sorted(dependents.items()):
        noun = table.replace("_", " ")
        parts.append(f"{count} {noun.removesuffix('s') if count == 1 else noun}")
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed} {'depends' if sum(dependents.values()) == 1 else 'depend'} on it"


def create_store(target: str | os.PathLike[str], *, title: str, question: str, coder: str) -> Store:
    """Make a new project: the file (mode 0600) or the tables of an empty database, and its first coder."""
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
    except BaseException:  # an interrupt too: half a project must not stay
        store.close()
        if path is not None:
            path.unlink(missing_ok=True)
        raise
    return store


def open_store(target: str | os.PathLike[str]) -> Store:
    """Open an existing project, first bringing it to the present schema if it is older (a verified copy is kept beside
    it)."""
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
    except BaseException:  # an interrupt too: nobody else could close it
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
    """The project's own record."""
    return ProjectInfo(*connection.execute(select(schema.project)).one())


def set_reading(store: Store, *, source_id: str, coder: Coder, position: int, furthest: int) -> None:
    """Note where a coder stands in a source, and that it was seen as far as *furthest* (code points), which never
    shrinks."""
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
