"""Find the lines of times in caption files, including invalid ones, and the cues that they begin."""

from __future__ import annotations

import re
from datetime import time as clock_time
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.timestamps import caption_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_CUES = 50_000
MOST_LINES = 250_000

_CLOCK = r"\d{1,4}(?:[ ]?[:.,：，．。][ ]?\d{1,3}){1,3}"
_TIMING = re.compile(rf"\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})")
_VALID_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d[.,]\d{3}"
_VALID = re.compile(rf"\n({_VALID_CLOCK}) --> {_VALID_CLOCK}(?: [^\n]*)?(?=\n|\Z)")
"""A line of times as both standards define it, within the first day; nearly all lines match this pattern."""
_CLOCK_ALONE = re.compile(rf"\s*{_CLOCK}\s*")
_ARROW = "-->"
_LONGEST_TIMING = 400
_MOST_WARNINGS = 10
_THOUSAND = 1000


class Cue(NamedTuple):
    """The payload of a cue as the file has it, lines and tags included, and its start in seconds."""

    time: float
    raw: str


class Timing(NamedTuple):
    """A line of times of a file.

    ``start`` and ``end`` are code points, half-open. ``begins`` is when its cue begins, in seconds: that of the cue
    before where it cannot be read, which ``unreadable`` then says in a sentence.
    """

    start: int
    end: int
    begins: float
    unreadable: str = ""


def refuse_floods(filename: str, text: str) -> None:
    """Raise UnreadableFile for a file of more cues or lines than any recording has."""
    if text.count(_ARROW) > MOST_CUES or text.count("\n") > MOST_LINES:
        raise UnreadableFile(f"{filename} holds over {MOST_CUES:,} cues or {MOST_LINES:,} lines of captions; split it.")


def timings(text: str) -> list[Timing]:
    """Return the lines of times, in order. A line that only has an arrow among its words is not one."""
    found = [Timing(line.start() + 1, line.end(), _valid_seconds(line[1])) for line in _VALID.finditer(text)]
    return found if len(found) == text.count(_ARROW) else list(_invalid_timings(text))


def _valid_seconds(written: str) -> float:
    clock = clock_time.fromisoformat(written)
    whole = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return (whole * _THOUSAND + clock.microsecond // _THOUSAND) / _THOUSAND


def _invalid_timings(text: str) -> Iterator[Timing]:
    """Yield the lines of times of a file in which some do not follow the standards."""
    at, begins = text.find(_ARROW), 0.0
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _LONGEST_TIMING)]
        left, _, right = line.partition(_ARROW)
        if read := _TIMING.match(line):
            begins = caption_seconds(read["start"])
            yield Timing(start, end, begins)
        elif _CLOCK_ALONE.fullmatch(left):
            begins = caption_seconds(left)
            yield Timing(start, end, begins, _unreadable(line, "."))
        elif _CLOCK_ALONE.match(right):
            yield Timing(start, end, begins, _unreadable(line, " with the time of the cue before."))
        at = text.find(_ARROW, end)


def _unreadable(line: str, end: str) -> str:
    shown = " ".join(line[:60].split())
    return f"The time of this cue cannot be read (“{shown}”); its words were kept{end}"


def unreadable_times(lines: Iterable[Timing]) -> list[Notice]:
    """Return a warning for each line of times that cannot be read."""
    return [Notice(line.unreadable, line.start) for line in lines if line.unreadable]


def by_line(warnings: Iterable[Notice], text: str) -> Iterator[Notice]:
    """Yield warnings that name a line of the file instead of a position, since its *text* is not what is kept."""
    remaining = iter(warnings)
    for warning in islice(remaining, _MOST_WARNINGS):
        line = "" if warning.start is None else f"Line {text.count(chr(10), 0, warning.start) + 1:,} of the file: "
        yield Notice(line + warning.message)
    more = sum(1 for _ in remaining)
    if more:
        yield Notice(f"There are {more:,} more warnings about lines of this file.")
