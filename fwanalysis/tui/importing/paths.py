"""From what was typed, pasted or dropped into a line to paths, and what could complete it. Reads folders, not files."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fwanalysis.domain.cases import natural_key
from fwanalysis.tui.widgets.pathpicker import Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ANEW = re.compile(r"(?<=.)/(?=/|~(?:/|$))")
_MOST = 400
"""Entries of a folder that are offered; whoever has more types a letter."""


def entered(line: str) -> tuple[Path, ...]:
    """The paths that a line names: one as it stands, or, as terminals paste what is dropped on them, one or several in
    quotes or with escaped blanks, or as ``file:`` addresses. ``~`` is the home folder, and a whole path typed behind
    another takes its place. Empty for an empty line."""
    text = line.strip()
    if not text:
        return ()
    whole = _path(text)
    if os.path.lexists(whole):
        return (whole,)
    text = _begun_anew(text)
    whole = _path(text)
    try:
        parts = tuple(_path(part) for part in shlex.split(text))
    except ValueError:  # a quotation mark that is part of a name
        return (whole,)
    return parts if parts and (len(parts) == 1 or all(map(os.path.lexists, parts))) else (whole,)


def _begun_anew(line: str) -> str:
    """The line without the folder that stood in it when a whole path was typed behind it: ``/work//tmp`` is ``/tmp``,
    ``/work/~/study`` is ``~/study``."""
    return line if "file:" in line else _ANEW.split(line)[-1]


def _path(text: str) -> Path:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    return Path(os.path.expanduser(text))


def offers(line: str, is_readable: Callable[[str], bool]) -> Sequence[Offer]:
    """What the folder at the end of a line holds that begins as the line ends: folders, then files that can be read,
    in natural order. Nothing where there is no such folder."""
    head, sign, stem = _begun_anew(line).rpartition("/")
    folder = os.path.expanduser(head + sign) or "."
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
    return [Offer(name, f"{head}{sign}{name}") for name in names[:_MOST]]


def _fits(name: str, stem: str) -> bool:
    """Whether a name begins so; hidden ones only if asked for."""
    return name.casefold().startswith(stem.casefold()) and name.startswith(".") == stem.startswith(".")


def start() -> str:
    """The present folder as a line to go on from."""
    here, home = os.getcwd(), os.path.expanduser("~")
    shown = f"~{here[len(home) :]}" if here == home or here.startswith(f"{home}/") else here
    return shown if shown.endswith("/") else f"{shown}/"
