"""The columns of a transcript as a table, and cells with a time or a label and a time."""

from __future__ import annotations

import re

from fwanalysis.formats.timestamps import seconds_in_cell

COLUMNS = ("turn", "kind", "speaker", "role", "case", "time", "text")

_ONE_MOMENT = r"\d{1,4}(?::\d{1,2}){1,3}(?:[.,;]\d{1,9})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_MOMENT = re.compile(
    rf"[\[(<#]?(?:\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}[T ,]{{1,3}})?{_ONE_MOMENT}"
    rf"(?:\s?(?:-->|[-–—])\s?{_ONE_MOMENT})?[\])>#]?|\d{{1,7}}[.,]\d{{1,15}}"
)
_TIME_WITHIN = re.compile(r"[\[(<]?(?<![\d:.])(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?(?![\d:])[\])>]?")
_BETWEEN = " \t\n\xa0,;|–—-"


def is_moment(cell: str) -> bool:
    """Return whether a cell holds only a time.

    A clock with or without a date, a range of two, or a decimal number of seconds.
    """
    return _MOMENT.fullmatch(cell.strip()) is not None


def parted(label: str) -> tuple[str, float | None]:
    """Split a label from the time in its cell (``Anna 0:12``), in seconds."""
    found = _TIME_WITHIN.search(label) if ":" in label else None
    if found is None:
        return label, None
    before, after = label[: found.start()].strip(_BETWEEN), label[found.end() :].strip(_BETWEEN)
    if bool(before) == bool(after):
        return label, None
    return before or after, seconds_in_cell(found.group())
