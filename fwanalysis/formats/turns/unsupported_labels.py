"""Detect speaker labels in formats that are not supported.

A label before a full stop, in round brackets, before spaces, in list items or other characters, or only a dash. Pure: a
text in, a warning out. Used only for a text in which no turns were found.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.formats.speakers.asking import asks

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(
    r"(?:\([^\W\d_]\w{0,11}\)(?=[^\S\n])"
    r"|[^\W\d_][\w.’']{0,14}(?: [^\W\d_][\w’']{0,14}){0,2}\.-?(?=[^\S\n]+[^\W\d_¿¡“\"(])"
    r"|[-–—•·*_#@{<|][^\S\n]?[^\W\d_]\w{0,14}(?: \w{1,14})?[^\S\n]?[:}>|]"
    r"|[^\W\d_]\w{0,14}(?: \w{1,14})?[^\S\n]?[=>/|](?=[^\S\n])"
    r"|[^\W\d_]\w{0,11}(?=[^\S\n]{3,}\S)|[—–―]{1,2}(?=[^\S\n]?\S)|[^\W\d_]\w{0,14} \[[\d.:s –-]+\]:)"
)
_DASHES = "—–―"
_FEWEST = 4
_SHARE = 0.5
_MAX_SPEAKERS = 12
_SHOWN = 3
_TOP = 40_000


def unsupported_labels(text: str) -> Iterator[Notice]:
    """Warn that many lines begin with the same few words or characters.

    They may be speaker labels.
    """
    total, asked = 0, 0
    openings: Counter[str] = Counter()
    first: dict[str, int] = {}
    at = 0
    for line in text[:_TOP].split("\n"):
        words, end = line.strip(), at + len(line)
        total += bool(words)
        if found := _OPENING.match(words):
            opening = found.group()[0] if found.group()[0] in _DASHES else found.group().partition(" [")[0]
            openings[opening] += 1
            first.setdefault(opening, end - len(line.lstrip()))
            asked += asks(words.rstrip(" |"))
        at = end + 1
    again = {opening: count for opening, count in openings.items() if count > 1}
    only_dashes = all(opening in _DASHES for opening in again)
    enough = sum(again.values()) >= max(_FEWEST, total * _SHARE) and len(again) <= _MAX_SPEAKERS
    if not enough or asked < 2 or (len(again) < 2 and not only_dashes):
        return
    shown = ", ".join(f'"{opening}"' for opening in list(again)[:_SHOWN])
    yield Notice(
        f"{sum(again.values()):,} of {total:,} lines begin with one of the same few words or characters ({shown}). If"
        ' these are speakers, write them as "Anna: Well."; this format is not supported.',
        first[next(iter(again))],
    )
