"""Open databases. Everything that is specific to SQLite is in this module."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from fwanalysis.errors import Conflict, DiskFull, Locked, NotAProject, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x46574131
"""``FWA1``: the id that identifies an SQLite file as a project of this program."""

BUSY_SECONDS = 10.0
"""How long a writer waits for another program to finish."""

_HEADER = b"SQLite format 3\x00"
_ID_OFFSET = 68
_DURABILITY = {"full": "FULL", "derived": "NORMAL"}


def is_url(target: str | os.PathLike[str]) -> bool:
    """Return whether a project is given as a database URL and not as a file."""
    return "://" in os.fspath(target)


def create_file(path: Path) -> None:
    """Create the empty file of a new project, readable by its owner only.

    Raises:
        ProjectError: If the file exists or cannot be created.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise ProjectError(f"{path} already exists", hint=f"choose another name, or open it: fwa open {path}") from None
    except OSError as error:
        raise ProjectError(f"cannot create {path}: {(error.strerror or str(error)).lower()}") from None


def check_file(path: Path) -> None:
    """Check that a file exists, is readable and is a project.

    Raises:
        NotAProject: If the file is not a project of this program.
        ProjectError: If it does not exist or cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except IsADirectoryError:
        raise NotAProject(f"{path} is a folder", hint="name the project file (.fwa) in it") from None
    except FileNotFoundError:
        raise ProjectError(f"no project at {path}", hint=f"create one: fwa new {path}") from None
    except OSError as error:
        raise ProjectError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    if len(header) < 100 or header[:16] != _HEADER or struct.unpack_from(">I", header, _ID_OFFSET)[0] != APPLICATION_ID:
        raise NotAProject(f"{path} is not a project file", hint="create one: fwa new study.fwa")


def why_read_only(target: str | os.PathLike[str]) -> str:
    """Return a short reason why a project file cannot be changed.

    Returns:
        The reason; empty if the file can be changed, and for a database URL.
    """
    if is_url(target):
        return ""
    path = Path(target)
    folder = path.absolute().parent
    if not os.access(path, os.W_OK):
        return "the file is not writable"
    return "" if os.access(folder, os.W_OK) else f"the folder {folder} is not writable"


def open_engine(target: str | os.PathLike[str], *, read_only: bool = False) -> Engine:
    """Return an engine for a project file, which must exist, or a database URL.

    Args:
        target: The file or the URL.
        read_only: Open the file so that SQLite itself refuses every change.

    Raises:
        ProjectError: If the file has changes in a write-ahead log that cannot be read in a folder that is not writable.
    """
    if is_url(target):
        return create_engine(os.fspath(target))
    if read_only:
        uri = _read_only_uri(Path(target))
        engine = create_engine(_url(target), creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False))
        event.listen(engine, "connect", _prepare_reading)
        event.listen(engine, "begin", _begin)
        return engine
    engine = create_engine(_url(target))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _url(target: str | os.PathLike[str]) -> URL:
    """Return the URL of a file; its name may contain any character, even ``?``."""
    return URL.create("sqlite", database=str(Path(target).absolute()))


def _read_only_uri(path: Path) -> str:
    """Return the URI that opens a file for reading only.

    Notes:
        A file in WAL mode needs its ``-shm`` file even for reading: SQLite opens it read-only if the ``-shm`` and
        ``-wal`` files exist or the folder is writable (https://sqlite.org/wal.html, "Read-Only Databases"). Otherwise
        ``immutable=1`` is the only way: SQLite then takes no locks and expects that nobody changes the file. If another
        user with more rights writes meanwhile, what is read may be inconsistent; the file cannot be damaged, as nothing
        is written. With changes in a ``-wal`` file, ``immutable=1`` would silently leave these out, so it is refused.
    """
    beside = [path.absolute().with_name(path.name + extension) for extension in ("-wal", "-shm")]
    has_log = beside[0].exists() and beside[0].stat().st_size > 0
    if os.access(path.absolute().parent, os.W_OK) or all(file.exists() for file in beside):
        return f"{path.absolute().as_uri()}?mode=ro"
    if has_log:
        raise ProjectError(
            f"{path} has changes in {beside[0].name}, which cannot be read in a folder that is not writable",
            hint=f"copy {path.name} and {beside[0].name} to a folder of your own, and open the copy",
        )
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def mark_new(path: Path) -> None:
    """Write the application id into a new file, which makes it a project.

    This must happen before the first write-ahead log, which would hide the id from other programs.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def for_writing(engine: Engine, *, durability: str) -> Engine:
    """Return the engine whose transactions take the write lock at once.

    Args:
        engine: The engine of the project.
        durability: ``full`` for the user's work, ``derived`` for rows that can be computed again.
    """
    return engine.execution_options(writes=durability)


def for_migrating(engine: Engine) -> Engine:
    """Return the engine for migrations.

    Its transactions take the write lock at once and can rebuild tables that others refer to.
    """
    return engine.execution_options(writes="full", rebuilds=True)


_FAULTS: tuple[tuple[str, type[ProjectError], str, str], ...] = (
    ("is full", DiskFull, "the disk is full: this step was not saved; earlier steps are", "make room and try again"),
    (
        "disk I/O",
        ProjectError,
        "the project file cannot be read or written: disk I/O error",
        "check the disk and its free space",
    ),
    (
        "locked",
        Locked,
        "another program has been writing to this project for {seconds:g} seconds",
        "try again",
    ),
)
"""What SQLite says in its messages, with the error, the message and the hint for the user."""


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
    except (OperationalError, sqlite3.OperationalError) as error:
        reason = str(getattr(error, "orig", error))
        for part, kind, message, hint in _FAULTS:
            if part in reason:
                raise kind(message.format(seconds=BUSY_SECONDS), hint=hint) from error
        raise
    except IntegrityError as error:
        if "foreign key" in str(error.orig).lower():
            raise Conflict("What this depends on does not exist any more; look again and repeat.") from error
        if "unique" not in str(error.orig).lower():
            raise
        raise Conflict(
            "another coder created something with the same name or position", hint="reload and try again"
        ) from error


def integrity_faults(connection: Connection) -> list[str]:
    """Return the faults that SQLite finds in the file, one sentence each.

    Includes rows whose foreign keys refer to missing rows.
    """
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


def _prepare_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {int(BUSY_SECONDS * 1000)}", "query_only = ON", "trusted_schema = OFF"):
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
