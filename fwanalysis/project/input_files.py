"""Files that come into a project: which files a path names, and the bytes of a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import natural_key
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.settings import stated_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fwanalysis.formats.options import ReadOptions


def read_options() -> ReadOptions:
    """Return the options for reading files that follow from the user's settings: the largest sizes that are read."""
    from fwanalysis.formats.options import DEFAULTS, Limits, ReadOptions

    settings = stated_settings()
    if settings is None:
        return DEFAULTS
    return ReadOptions(limits=Limits(settings.max_file_mb * 2**20, settings.max_unpacked_mb * 2**20))


def read_whole(path: Path, options: ReadOptions | None = None) -> bytes:
    """Read the bytes of a file.

    Args:
        path: The file.
        options: The options of ``read_options``, for callers that read many files; by default they are read here.

    Raises:
        UnreadableFile: If it does not exist, cannot be read, is not a regular file, is larger than the limit, or
            changes while it is read.
    """
    largest = (options or read_options()).limits.file
    try:
        if not os.path.lexists(path):
            raise UnreadableFile(f"no file {path}")
        if not path.is_file():
            raise UnreadableFile(f"{path} is not a regular file; save its content to a file and import that.")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > largest:
                raise UnreadableFile(
                    f"{path.name} has {before.st_size / 2**20:,.0f} MB; the limit is {largest // 2**20} MB. "
                    "Split the file, or raise max_file_mb in the settings."
                )
            data = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror or error}") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise UnreadableFile(
            f"{path.name} changed while it was read. If another program is still writing it, try again later."
        )
    return data


def files_of(paths: Iterable[Path], supported: Callable[[str], bool]) -> Iterator[Path]:
    """Yield the files that paths name, each file once.

    Args:
        paths: Files and folders.
        supported: Whether a file of this name is read when it is found in a folder.

    Yields:
        A file as it is; of a folder, the supported files in it and in its sub-folders in natural order. Hidden files
        are left out, and links to folders are not followed.

    Raises:
        InvalidInput: If a path does not exist or a folder cannot be listed.
    """
    given: set[str] = set()
    for path in paths:
        if path.is_dir():
            found = _inside(path, supported)
        elif os.path.lexists(path):
            found = [path]
        else:
            raise InvalidInput(f"no file or folder {path}")
        for file in found:
            real = os.path.abspath(file)
            if real not in given:
                given.add(real)
                yield file


def _inside(folder: Path, supported: Callable[[str], bool]) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise InvalidInput(f"{error.filename} cannot be listed: {error.strerror}.")

    found = []
    for inside, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not _hidden(name)]
        found += [Path(inside, name) for name in names if supported(name) and not _hidden(name)]
    return sorted(found, key=lambda file: natural_key(str(file.relative_to(folder))))


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
