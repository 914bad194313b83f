"""Bringing an older project to the present schema with Alembic, on a verified copy first. Imported only when a file
needs it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from fwanalysis.errors import ProjectError, TooNew
from fwanalysis.store import engine as engines


def migrate(target: str | os.PathLike[str], revision: str | None) -> Path | None:
    """Upgrade a project from *revision* (None for an empty database) to the present schema; returns the copy kept of a
    file.

    TooNew if this program does not know the revision; ProjectError if the copy cannot be made or opened.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    _check_known(config, target, revision)
    copy = None if engines.is_url(target) or revision is None else _copy(Path(target), revision)
    engine = engines.open_engine(target)
    try:
        with engines.friendly_message(), engines.for_migrating(engine).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if faults := engines.integrity_faults(connection):
                raise ProjectError(f"cannot upgrade {os.fspath(target)}, which is unchanged: {faults[0]}")
    finally:
        engine.dispose()
    return copy


def _check_known(config: Config, target: str | os.PathLike[str], revision: str | None) -> None:
    if revision is None:
        return
    try:
        ScriptDirectory.from_config(config).get_revision(revision)
    except CommandError:
        raise TooNew(
            f"{os.fspath(target)} was created by a later version of this program (schema {revision})",
            hint="upgrade the program: pip install --upgrade fwanalysis",
        ) from None


def _copy(path: Path, revision: str) -> Path:
    """A copy beside the file, with the write-ahead log folded in, opened once to be sure of it."""
    copy = path.with_name(f"{path.name}.{revision}.bak")
    try:
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as destination:
            source.backup(destination)
        shutil.copymode(path, copy)
        with closing(sqlite3.connect(copy)) as opened:
            (verdict,) = opened.execute("PRAGMA quick_check").fetchone()
    except (OSError, sqlite3.Error) as error:
        raise ProjectError(f"{path} needs an upgrade, and no copy could be made first: {error}") from error
    if verdict != "ok":
        raise ProjectError(f"{path} needs an upgrade, but its copy is damaged ({verdict})", hint="restore a backup")
    return copy
