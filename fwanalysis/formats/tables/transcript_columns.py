"""What the table of a transcript's turns looks like, for those who write it and those who read it: its columns, its
times, and cells that a spreadsheet must not run.
"""

from __future__ import annotations

import re

COLUMNS = ("turn", "kind", "speaker", "role", "case", "time", "text")

_RUN = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_CLOCK = re.compile(r"(?<![\d:.])(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:[.,:](\d{1,3}))?(?![\d:])")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[T ,]*")
_SECONDS = re.compile(r"(\d{1,7})(?:[.,](\d{1,3})\d{0,12})?\s*(?:s|sec|seconds)?", re.IGNORECASE)
_HALF_OF_DAY = re.compile(r"\s?([AaPp])\.?[Mm]\b")
_NOON = 12
_ONE_MOMENT = r"\d{1,4}(?::\d{1,2}){1,3}(?:[.,;]\d{1,9})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_MOMENT = re.compile(
    rf"[\[(<#]?(?:\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}[T ,]{{1,3}})?{_ONE_MOMENT}"
    rf"(?:\s?(?:-->|[-–—])\s?{_ONE_MOMENT})?[\])>#]?|\d{{1,7}}[.,]\d{{1,15}}"
)
_TIME_WITHIN = re.compile(r"[\[(<]?(?<![\d:.])(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?(?![\d:])[\])>]?")
_BETWEEN = " \t\n\xa0,;|–—-"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula, so that ``unguarded`` gives the cell back: an apostrophe in front
    of what begins with ``= + - @`` TAB or CR, or would begin so without apostrophes (OWASP, CSV injection)."""
    return "'" + cell if _RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that ``guarded`` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def clock(seconds: float) -> str:
    """Seconds as ``00:12:31``, with milliseconds if there are any."""
    whole, fraction = divmod(round(seconds * 1000), 1000)
    shown = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{shown}.{fraction:03}" if fraction else shown


def seconds_in(written: str) -> float | None:
    """The seconds that ``1:02:03.5``, ``02:03``, ``[00:12:31]`` or ``754.2`` say, of a range those of its beginning,
    of a date and time those since midnight; None if it says none."""
    stripped = written.strip()
    bare = _SECONDS.fullmatch(stripped)
    if bare:
        return (int(bare[1]) * 1000 + int((bare[2] or "0").ljust(3, "0"))) / 1000
    date = _DATE.match(stripped)
    found = _CLOCK.search(stripped, date.end() if date else 0)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    half = _HALF_OF_DAY.match(stripped, found.end())
    if hours is None and (date or half):
        hours, minutes, seconds = minutes, seconds, "0"
    if half and hours is not None:
        hours = str(int(hours) % _NOON + _NOON * (half[1] in "Pp"))
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


def is_moment(cell: str) -> bool:
    """Whether a cell holds a time and nothing else: a clock with a date or without, a range of two, a decimal number of
    seconds."""
    return _MOMENT.fullmatch(cell.strip()) is not None


def parted(label: str) -> tuple[str, float | None]:
    """A label without the time that stands beside it in its cell (``Anna 0:12``), and that time in seconds."""
    found = _TIME_WITHIN.search(label) if ":" in label else None
    if found is None:
        return label, None
    before, after = label[: found.start()].strip(_BETWEEN), label[found.end() :].strip(_BETWEEN)
    if bool(before) == bool(after):
        return label, None
    return before or after, seconds_in(found.group())
