"""Caption files below their words: lines of times, mended where they are broken, and the cues that they begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import refuse_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_CUES = 50_000
MOST_LINES = 250_000

_CLOCK = r"\d{1,4}(?:[ ]?[:.,：，．。][ ]?\d{1,3}){1,3}"
_TIMING = re.compile(rf"\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})")
_SOUND = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)[.,](\d{3}) --> \d\d:[0-5]\d:[0-5]\d[.,]\d{3}(?= |$)")
_CLOCK_ALONE = re.compile(rf"\s*{_CLOCK}\s*")
_FIELD = re.compile(r"[:.,：，．。]|\d+")
_ARROW = "-->"
_LONGEST_TIMING = 400
_MOST_DOUBTS = 10


class Cue(NamedTuple):
    """The payload of a cue as the file has it, lines and tags and all, and its start in seconds."""

    time: float
    raw: str


class Timing(NamedTuple):
    """A line of times ``[start, end)`` of a file and when its cue begins, in seconds (that of the cue before where it
    cannot be read); ``told`` says that a person should look at it, ``sound`` that it is written as it should be."""

    start: int
    end: int
    begins: float
    sound: bool = False
    told: str = ""


def refuse_floods(filename: str, text: str) -> None:
    """Raise UnreadableFile for a file of more words, cues or lines than any recording has."""
    refuse_long(filename, text)
    if text.count(_ARROW) > MOST_CUES or text.count("\n") > MOST_LINES:
        raise UnreadableFile(f"{filename} holds over {MOST_CUES:,} cues or {MOST_LINES:,} lines of captions; split it.")


def timings(text: str) -> Iterator[Timing]:
    """The lines of times; a line that only has an arrow among its words is none."""
    at, begins = text.find(_ARROW), 0.0
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        sound = _SOUND.match(text, start, end)
        if sound:
            hours, minutes, seconds, fraction = map(int, sound.groups())
            begins = ((hours * 60 + minutes) * 60_000 + seconds * 1000 + fraction) / 1000
            yield Timing(start, end, begins, True)
        else:
            line = text[start : min(end, start + _LONGEST_TIMING)]
            left, _, right = line.partition(_ARROW)
            if read := _TIMING.match(line):
                begins = _seconds(read["start"])
                yield Timing(start, end, begins)
            elif _CLOCK_ALONE.fullmatch(left):
                begins = _seconds(left)
                yield Timing(start, end, begins, told=_unreadable(line, "."))
            elif _CLOCK_ALONE.match(right):
                yield Timing(start, end, begins, told=_unreadable(line, " with the time of the cue before."))
        at = text.find(_ARROW, end)


def _unreadable(line: str, ending: str) -> str:
    told = " ".join(line[:60].split())
    return f"The time of this cue cannot be read (“{told}”); its words were kept{ending}"


def _seconds(written: str) -> float:
    """``1:02:03,5``, ``02:03.500`` or ``1:02:03:500`` in seconds."""
    *fields, sign, last = _FIELD.findall(written)
    numbers = [int(field) for field in fields if field.isdecimal()]
    if sign in ":：" and len(numbers) < 3:
        numbers, fraction = [*numbers, int(last)], 0
    else:
        fraction = int(last.ljust(3, "0"))
    whole = 0
    for number in numbers:
        whole = whole * 60 + number
    return (whole * 1000 + fraction) / 1000


def unreadable_times(lines: Iterable[Timing]) -> list[Notice]:
    """Doubts about the lines of times that cannot be read."""
    return [Notice(line.told, line.start) for line in lines if line.told]


def sound_times(begins: float, point: str) -> str:
    """A line of times as it should be written; when a cue ends is of no use here."""
    whole, fraction = divmod(round(begins * 1000), 1000)
    clock = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{fraction:03}"
    return f"{clock} --> {clock}"


def told_by_line(warnings: Iterable[Notice], text: str) -> Iterator[Notice]:
    """Doubts about places of a file whose text is not what is kept: they name the line of the file instead."""
    for number, doubt in enumerate(warnings):
        if number == _MOST_DOUBTS:
            yield Notice(f"There are {1 + sum(1 for _ in warnings):,} more doubts about lines of this file.")
            return
        line = "" if doubt.start is None else f"Line {text.count(chr(10), 0, doubt.start) + 1:,} of the file: "
        yield Notice(line + doubt.message)
