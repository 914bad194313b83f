"""The forms in which transcripts write a time, and what they are in seconds.

Pure patterns and figures: where in a line a time stands is in ``formats.forms``.
"""

from __future__ import annotations

import re

WS = r"[^\S\n]"
GAP = r"[^\S\n]{0,12}"
DATE = rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?{WS}{{1,12}})?"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_SHORT_CLOCK = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
"""A clock without zeros in front, as older transcripts of Teams have it before an arrow."""
_RANGE = rf"(?:{_SHORT_CLOCK}{GAP}-->{GAP}{_SHORT_CLOCK}|{CLOCK}(?:{GAP}(?:-->|[-–—]){GAP}{CLOCK})?)"
BOXED = rf"(?:\\?\[{DATE}{_RANGE}\\?\]|\({DATE}{_RANGE}\)|<{_RANGE}>)"
"""A time, or from when to when, in brackets."""
WHEN = rf"(?:{BOXED}|{_RANGE})"

TIME_ALONE = re.compile(rf"{BOXED}|{_RANGE}(?={GAP}$)")
"""A time that a line begins with in brackets, or that it is."""
_CLOCK_IN = re.compile(rf"{_SHORT_CLOCK}(?={GAP}-->)|{CLOCK}")
LONGEST_TIME = 48


def time_alone(text: str, start: int, end: int) -> float | None:
    """The time, in seconds, that the stretch of a line is; None if it is anything else."""
    if end - start > LONGEST_TIME:
        return None
    written = text[start:end].strip()
    found = TIME_ALONE.fullmatch(written.rstrip(":"))
    return seconds_of(written) if found else None


def seconds_of(written: str) -> float | None:
    """The first clock time in *written*, ``1:02:03`` or ``02:03`` with or without a fraction, in seconds."""
    found = _CLOCK_IN.search(written)
    if not found:
        return None
    seconds = 0.0
    for part in re.findall(r"[\d.]+", found.group().replace(",", ".").rstrip("AaPpMm. \u202f\xa0")):
        if part.strip("."):
            seconds = seconds * 60 + float(part)
    return seconds
