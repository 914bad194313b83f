"""Write files atomically. Knows bytes and paths, and no format."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from fwanalysis.errors import InvalidInput

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write *data* to *path* completely, or leave what is there unchanged.

    Raises:
        InvalidInput: If the path is a folder, its folder is missing or not writable, or the disk is full.

    Notes:
        The data is written to a new file in the same folder, which is synced and renamed. An existing file keeps its
        permissions; a symbolic link keeps its target, which is replaced.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise InvalidInput(f"{path} is a folder", hint="give the name of a file")
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        _write(beside, data)
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _refusal(path, target, error) from error
    finally:
        if target.parent.is_dir():
            beside.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Write a new file that only the user can read, since it may hold words of participants."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Sync the folder so that the new name is durable, except on Windows, where folders cannot be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(path: str | os.PathLike[str], target: Path, error: OSError) -> InvalidInput:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InvalidInput(f"cannot write {path}: there is no folder {target.parent}", hint="create the folder first")
    if isinstance(error, PermissionError):
        return InvalidInput(f"cannot write {path}: {target.parent} is not writable", hint="choose another folder")
    if error.errno in _FULL:
        return InvalidInput(f"cannot write {path}: the disk is full; an earlier file is unchanged", hint="make room")
    return InvalidInput(f"cannot write {path}: {error.strerror or error}")
