"""Opening databases. All that is particular to SQLite is in this module."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from fwanalysis.errors import Conflict, DiskFull, Locked, NotAProject, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x46574131
"""``FWA1``: what marks an SQLite file as a project of this program."""

BUSY_SECONDS = 10.0
"""How long a writer waits for another program to finish."""

_HEADER = b"SQLite format 3\x00"
_ID_OFFSET = 68
_DURABILITY = {"full": "FULL", "derived": "NORMAL"}


def is_url(target: str | os.PathLike[str]) -> bool:
    """Whether a project is named by a database URL and not by a file."""
    return "://" in os.fspath(target)


def create_file(path: Path) -> None:
    """Make the empty file of a new project, readable by its owner only; ProjectError if it exists or cannot be made."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise ProjectError(f"{path} exists already; choose another name, or open it with “fwa open {path}”.") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be made: {error.strerror}.") from None


def check_file(path: Path) -> None:
    """Raise NotAProject or ProjectError unless the file is there, readable, and marked as a project."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except IsADirectoryError:
        raise NotAProject(f"{path} is a folder; name the project file (.fwa) itself.") from None
    except FileNotFoundError:
        raise ProjectError(f"There is no project at {path}; “fwa new {path}” makes one.") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.") from None
    if len(header) < 100 or header[:16] != _HEADER or struct.unpack_from(">I", header, _ID_OFFSET)[0] != APPLICATION_ID:
        raise NotAProject(f"{path} is not a project file; name one that “fwa new” has made.")
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        raise ProjectError(f"{path} or its folder may not be written to; copy it to a folder of your own.")


def open_engine(target: str | os.PathLike[str]) -> Engine:
    """An engine for a project file (the file must exist) or a database URL."""
    if is_url(target):
        return create_engine(os.fspath(target))
    engine = create_engine(f"sqlite:///{Path(target).absolute()}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def mark_new(path: Path) -> None:
    """Mark a new file as a project. Before the first write-ahead log, which would keep the mark from other programs."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def for_writing(engine: Engine, *, durability: str) -> Engine:
    """The engine whose transactions take the write lock at once; ``durability`` is ``full`` for what a person did,
    ``derived`` for what can be made again."""
    return engine.execution_options(writes=durability)


def for_migrating(engine: Engine) -> Engine:
    """The engine whose transactions take the write lock at once and can rebuild tables that others point to."""
    return engine.execution_options(writes="full", rebuilds=True)


@contextmanager
def friendly_message() -> Iterator[None]:
    """Translate errors of the database into errors with a message for the user; others pass.

    Raises:
        Locked: If another program held the write lock too long.
        DiskFull: If the disk has no room.
        Conflict: If something that must be unique (a name) exists already, or a row that is referred to does not.
    """
    try:
        yield
    except OperationalError as error:
        if "is full" in str(error.orig):
            raise DiskFull(
                "The disk of the project is full: nothing of this step was kept, and what was finished before is. "
                "Make room and repeat it."
            ) from error
        if "locked" not in str(error.orig):
            raise
        raise Locked(
            f"Another program has been writing to this project for {BUSY_SECONDS:g} seconds; try again."
        ) from error
    except IntegrityError as error:
        if "foreign key" in str(error.orig).lower():
            raise Conflict("What this depends on does not exist any more; look again and repeat.") from error
        if "unique" not in str(error.orig).lower():
            raise
        raise Conflict(
            "Something with the same name or place has been made meanwhile; look again and repeat."
        ) from error


def integrity_faults(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the file and with its foreign keys, a sentence each."""
    if connection.dialect.name != "sqlite":
        return []
    faults = [
        f"The file is damaged: {row[0]}." for row in connection.exec_driver_sql("PRAGMA quick_check") if row[0] != "ok"
    ]
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        faults.append(f"Row {rowid} of {table} names a row of {parent} that does not exist.")
    return faults


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    durability = connection.get_execution_options().get("writes")
    if durability is None:
        connection.exec_driver_sql("BEGIN")
        return
    if connection.get_execution_options().get("rebuilds"):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql(f"PRAGMA synchronous = {_DURABILITY[durability]}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
