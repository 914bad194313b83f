"""How many cells of the terminal a text takes, cluster by cluster, and what is drawn for it.

A cluster is what the caret steps over: a code point with the marks that combine with it. It takes at least one cell, so
that every cluster of a line has a column of its own. Knows strings only: no turns, no styles.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

TAB = 4
"""Cells that a tab takes, in every column."""

_SIMPLE = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u0482\u2010-\u2027\u20ac]*")
"""Text in which each code point is a cluster of one cell: most of what is written in European languages."""

_DRAWN = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **{code: "\ufffd" for code in (*range(0x80, 0xA0), *range(0xD800, 0xE000))},
    **{code: "\u200b" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    0x0A: " ",
    0x09: " ",
    0x7F: "\u2421",
    0x85: "\u2424",
    0x2028: "\u2424",
    0x2029: "\u2424",
}
"""What is drawn for code points that would move the terminal's cursor, reorder its line or break its encoding."""

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
"""A joiner elsewhere than between emoji: rich would take what follows it for a part of the same picture."""


class Cluster(NamedTuple):
    """Code points ``[start, end)`` that share a place of ``cells`` cells, and the string that is drawn there."""

    start: int
    end: int
    cells: int
    drawn: str


def is_simple(text: str, start: int, end: int) -> bool:
    """Return whether each code point of ``[start, end)`` is a cluster of one cell that is drawn as itself."""
    return _SIMPLE.fullmatch(text, start, end) is not None


def harmless(text: str) -> str:
    """Return *text* with as many code points, but none that must not reach a terminal; a tab becomes a space."""
    return _STRAY_JOINER.sub("\u200b", text.translate(_DRAWN))


def clusters(text: str, start: int, end: int) -> list[Cluster]:
    """Return the clusters of ``[start, end)``, in order and without gaps; positions are those of *text*."""
    given = text[start:end]
    drawn = harmless(given)
    cells = list(map(get_character_cell_size, drawn))
    if 0 not in cells and "\t" not in given:
        return list(map(Cluster, range(start, end), range(start + 1, end + 1), cells, drawn))
    found = []
    for first, last, wide in split_graphemes(drawn)[0]:
        shown = drawn[first:last]
        if not wide:
            shown, wide = f" {shown}", 1
        elif given[first] == "\t":
            shown, wide = " " * (TAB - 1) + shown, TAB
        found.append(Cluster(start + first, start + last, wide, shown))
    return found
