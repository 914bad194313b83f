"""How long programs take from being started to having said something: whole processes, as a person starts them.

For commands, until the process has ended. For screens, until a marker text stands in what was painted on a
pseudo-terminal of 80 x 24: the workbench has to open a project of three transcripts and list them, so the marker is
the name of one; the minimal app has to paint one line. Nothing but that frame is waited for, and then the process is
ended.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.measure import Result, compare, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.study import Study

COMMAND_ROUNDS = 21
SCREEN_ROUNDS = 11
MARKER = "Quillmarsh"
PATIENCE = 20.0
"""Seconds after which a screen that shows no marker is given up."""

_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])")
_Compared = tuple[float, float]


class NothingShown(Exception):
    """A screen ended, or did not show what was waited for; the message holds the end of what it did show."""


def measure(study: Study, marker: str = MARKER) -> Iterator[Result]:
    """The commands and the workbench; *marker* names a source, and is what must be painted."""
    project = str(study.small(marker))
    fwa = str(Path(sys.executable).with_name("fwa"))
    click = _python("import click")
    yield Result(
        "start: fwa --help, in a pipe", *_commands([fwa, "--help"], click), target=3, versus="python: import click"
    )
    drawn = compare(_painted([fwa, "--help"], "doctor"), timed(_run(click)), rounds=COMMAND_ROUNDS)
    yield Result("start: fwa --help, drawn on a terminal", *drawn, target=3, versus="python: import click")
    listing = [fwa, "source", "list", "-p", project]
    yield Result(
        "start: fwa source list",
        *_commands(listing, _python("import sqlalchemy")),
        target=2,
        versus="python: import sqlalchemy",
    )
    versus = "a minimal Textual app that imports sqlalchemy"
    minimal = [sys.executable, str(Path(__file__).with_name("minimal_app.py"))]
    try:
        compared = compare(_painted([fwa, "open", project], marker), _painted(minimal, MARKER), rounds=SCREEN_ROUNDS)
    except NothingShown as reason:
        yield Result("start: first screen of fwa open", target=2, versus=versus, missing=f"not shown: {reason}")
    else:
        yield Result("start: first screen of fwa open", *compared, target=2, versus=versus)


def _python(statement: str) -> list[str]:
    return [sys.executable, "-c", statement]


def _commands(ours: Sequence[str], reference: Sequence[str]) -> _Compared:
    return compare(timed(_run(ours)), timed(_run(reference)), rounds=COMMAND_ROUNDS)


def _run(command: Sequence[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _painted(command: Sequence[str], marker: str) -> Callable[[], float]:
    return lambda: first_paint(command, marker)


def first_paint(command: Sequence[str], marker: str) -> float:
    """Seconds from starting a program in a terminal of 80 x 24 until it has painted *marker*; else NothingShown."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    before = perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        return _until(ours, marker.encode(), before)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _until(terminal: int, marker: bytes, before: float) -> float:
    seen = b""
    while perf_counter() - before < PATIENCE:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            seen += os.read(terminal, 65_536)
        except OSError:  # how Linux says that the other end is closed
            break
        if marker in _SEQUENCE.sub(b"", seen):
            return perf_counter() - before
    said = " ".join(_SEQUENCE.sub(b"", seen).decode(errors="replace").split())
    raise NothingShown(said[-100:] or "nothing at all")
