"""The forms in which transcripts write a time, and what they are in seconds.

Pure patterns and numbers: where in a line a time may be is in ``turns.patterns``.
"""

from __future__ import annotations

import re

WS = r"[^\S\n]"
GAP = r"[^\S\n]{0,12}"
_A_DATE = rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?{WS}{{1,12}}"
DATE = rf"(?:{_A_DATE})?"
_HALF = r"(?:\s?[AaPp]\.?[Mm]\b\.?)"
_FRACTION = r"(?:[.,]\d{1,3})?"
CLOCK = (
    rf"(?:\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[:;]\d{{2}}(?!\d))?)?|\d{{1,2}};\d{{2}};\d{{2}};\d{{2}}){_FRACTION}{_HALF}?"
)
"""Minutes and seconds, with hours or not, with frames behind them as programs for films write them, or not."""
_SHORT_CLOCK = rf"\d{{1,2}}:\d{{1,2}}:\d{{1,2}}{_FRACTION}"
"""A clock without zeros in front, as older transcripts of Teams have it before an arrow."""
_SPOKEN = (
    r"(?:\d{1,2} hours? )?\d{1,2} minutes? \d{1,2} seconds?|\d{1,2} hours? \d{1,2} minutes?(?! \d)"
    r"|(?:\d{1,2}h)?\d{1,3}m\d{1,2}s"
)
"""As Teams writes times for those who hear the screen read: 1 minute 4 seconds."""
_RANGE = rf"(?:{_SHORT_CLOCK}{GAP}-->{GAP}{_SHORT_CLOCK}|{CLOCK}(?:{GAP}(?:-->|[-–—]){GAP}{CLOCK})?|{_SPOKEN})"
_TENTHS = r"\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d{1,3})?"
HASHED = rf"#{_TENTHS}#"
"""As f4 and MAXQDA have it, with tenths of seconds behind a hyphen: #00:01:12-4#."""
BOXED = rf"(?:\\?\[{DATE}{_RANGE}\\?\]|\({DATE}{_RANGE}\)|<{_RANGE}>|{HASHED})"
"""A time, or from when to when, in brackets or other characters around it."""
WHEN = rf"(?:{BOXED}|{_RANGE})"
NO_HALF = rf"(?![AaPp]\.?[Mm]\b\.?{GAP}(?:[^\s:：]|$))"
"""That no AM or PM follows, unless as a label with a colon."""
TIME_ALONE = re.compile(rf"{BOXED}|{_RANGE}(?={GAP}$)")
"""A time that a line begins with in brackets, or that it is."""
TIME_BEFORE_WORDS = re.compile(rf"{_RANGE}(?=[^\S\n\t]{{1,12}}\S)")
"""A time without brackets that a line begins with, before words."""
_CLOCK_IN = re.compile(rf"(?<=#){_TENTHS}(?=#)|{_SHORT_CLOCK}(?={GAP}-->)|(?P<clock>{CLOCK})|(?P<spoken>{_SPOKEN})")
_DATED = re.compile(rf"\\?[\[(]?{_A_DATE}")
_FIELD = re.compile(r"[:.,：，．。]|\d+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTS = 3
LONGEST_TIME = 48
_MINUTE, _HOUR, _HALF_DAY = 60, 3600, 12 * 3600


def time_alone(text: str, start: int, end: int) -> float | None:
    """The time, in seconds, that the span of a line is; None if it is anything else."""
    if end - start > LONGEST_TIME:
        return None
    written = text[start:end].strip()
    found = TIME_ALONE.fullmatch(written.rstrip(":"))
    return seconds_of(written) if found else None


def seconds_of(written: str) -> float | None:
    """The first time in *written*, in seconds: ``1:02:03`` or ``02:03`` of a recording, with a fraction or not, frames
    left out; a time of the day with AM or PM, or behind a date, in seconds of that day."""
    found = _CLOCK_IN.search(written)
    if not found:
        return None
    clock = found.group()
    numbers = [float(number) for number in _NUMBER.findall(clock.replace("-", ".").replace(",", "."))][:_PARTS]
    if found["spoken"]:
        units = [_HOUR, _MINUTE, 1] if "h" in clock else [_MINUTE, 1]
        return sum(number * unit for number, unit in zip(numbers, units, strict=False))
    half = clock[-1].isalpha() or clock[-1] == "."
    if len(numbers) < _PARTS and (half or _DATED.match(written)):
        numbers.append(0.0)
    seconds = 0.0
    for number in numbers:
        seconds = seconds * 60 + number
    if half:
        seconds = seconds % _HALF_DAY + (_HALF_DAY if "p" in clock.casefold() else 0)
    return seconds


def caption_seconds(written: str) -> float:
    """Return the seconds of the clock of a caption: ``1:02:03,5``, ``02:03.500`` or, broken, ``1:02:03:500``.

    The last field is a fraction of a second unless a colon before it makes it the second or third field of the clock.
    """
    *fields, separator, last = _FIELD.findall(written)
    numbers = [int(field) for field in fields if field.isdecimal()]
    if separator in ":：" and len(numbers) < _PARTS:
        numbers, fraction = [*numbers, int(last)], 0
    else:
        fraction = int(last.ljust(_PARTS, "0"))
    whole = 0
    for number in numbers:
        whole = whole * 60 + number
    return (whole * 1000 + fraction) / 1000


def line_end(text: str, at: int) -> int:
    """Where the line ends in which *at* is, or begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# Times in cells of tables

_CELL_CLOCK = re.compile(r"(?<![\d:.])(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:[.,:](\d{1,3}))?(?![\d:])")
_CELL_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[T ,]*")
_CELL_SECONDS = re.compile(r"(\d{1,7})(?:[.,](\d{1,3})\d{0,12})?\s*(?:s|sec|seconds)?", re.IGNORECASE)
_CELL_HALF = re.compile(r"\s?([AaPp])\.?[Mm]\b")
_NOON = 12


def seconds_in_cell(written: str) -> float | None:
    """Return the seconds of the time that a cell of a table holds, or None if it holds none.

    Other than in a line of text (``seconds_of``), a plain number is seconds, minutes may exceed 99, and only
    milliseconds follow the seconds.

    Args:
        written: ``1:02:03.5``, ``02:03``, ``[00:12:31]`` or ``754.2``; of a range, the beginning counts; of a date and
            time, the seconds since midnight.
    """
    stripped = written.strip()
    bare = _CELL_SECONDS.fullmatch(stripped)
    if bare:
        return (int(bare[1]) * 1000 + int((bare[2] or "0").ljust(3, "0"))) / 1000
    date = _CELL_DATE.match(stripped)
    found = _CELL_CLOCK.search(stripped, date.end() if date else 0)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    half = _CELL_HALF.match(stripped, found.end())
    if hours is None and (date or half):
        hours, minutes, seconds = minutes, seconds, "0"
    if half and hours is not None:
        hours = str(int(hours) % _NOON + _NOON * (half[1] in "Pp"))
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


def clock(seconds: float) -> str:
    """Return seconds as ``00:12:31``, with milliseconds if there are any; ``-`` in front of what is below zero."""
    whole, fraction = divmod(round(abs(seconds) * 1000), 1000)
    written = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return ("-" if seconds < 0 else "") + (f"{written}.{fraction:03}" if fraction else written)
