"""Paths from a line that was typed, pasted or dropped, and completions for it. Reads folders, not files."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fwanalysis.domain.cases import natural_key
from fwanalysis.tui.widgets.pathpicker import Completion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PATH_BEHIND_PATH = re.compile(r"(?<=.)/(?=/|~(?:/|$))")
_MOST = 400
"""Completions that are listed; in larger folders, type a letter to narrow them."""


def entered(line: str) -> tuple[Path, ...]:
    """Return the paths that a line names; none for an empty line.

    The line is one path as written, or one or several as terminals paste files that are dropped on them: in quotes,
    with escaped spaces, or as ``file:`` addresses. ``~`` is the home folder. An absolute path typed behind another path
    replaces it.
    """
    text = line.strip()
    if not text:
        return ()
    whole = _path(text)
    if os.path.lexists(whole):
        return (whole,)
    text = _last_path(text)
    whole = _path(text)
    try:
        parts = tuple(_path(part) for part in shlex.split(text))
    except ValueError:  # a quotation mark that is part of a name
        return (whole,)
    return parts if parts and (len(parts) == 1 or all(map(os.path.lexists, parts))) else (whole,)


def _last_path(line: str) -> str:
    """Return the last absolute path in a line: ``/tmp`` for ``/work//tmp``, ``~/study`` for ``/work/~/study``."""
    return line if "file:" in line else _PATH_BEHIND_PATH.split(line)[-1]


def _path(text: str) -> Path:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    return Path(os.path.expanduser(text))


def completions(line: str, is_readable: Callable[[str], bool]) -> Sequence[Completion]:
    """Return what could complete the last part of a line: folders, then readable files, in natural order.

    None where the folder does not exist or cannot be read.
    """
    head, slash, stem = _last_path(line).rpartition("/")
    folder = os.path.expanduser(head + slash) or "."
    folders: list[str] = []
    files: list[str] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if not _fits(entry.name, stem):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif is_readable(entry.name):
                    files.append(entry.name)
    except (OSError, ValueError):
        return ()
    names = [f"{name}/" for name in sorted(folders, key=natural_key)] + sorted(files, key=natural_key)
    return [Completion(name, f"{head}{slash}{name}") for name in names[:_MOST]]


def _fits(name: str, stem: str) -> bool:
    """Return whether a name begins so; hidden names only if *stem* begins with a dot."""
    return name.casefold().startswith(stem.casefold()) and name.startswith(".") == stem.startswith(".")


def start() -> str:
    """Return the current folder as a line to continue typing."""
    here, home = os.getcwd(), os.path.expanduser("~")
    shown = f"~{here[len(home) :]}" if here == home or here.startswith(f"{home}/") else here
    return shown if shown.endswith("/") else f"{shown}/"
