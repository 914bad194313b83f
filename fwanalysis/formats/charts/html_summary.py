"""The text of a summary in its four kinds of writing, with the passage that each reference leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fwanalysis.formats.charts.html_evidence import Passage

PROSE, VERBATIM, REFERENCE, COMMENT = "prose", "verbatim", "reference", "comment"

_PART = re.compile(
    r"(?P<comment>\[R:[^\]]*\])"
    r"|(?P<verbatim>“[^”\n]*”|\"[^\"\n]+\")"
    r"|(?P<mark>[*!]?)\((?P<reference>[^()\n:]*[^()\n\s:]:[ \t]*(?:line[ \t]+)?\d[^()\n]*)\)"
)
_ITEM = re.compile(
    r"(?:also\s+)?(?:(?P<name>[^:]*[^:\s]):\s*)?(?:line\s+)?(?P<first>\d+)(?:\s*[–-]\s*(?P<last>\d+))?\Z"
)
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_MAXIMUM_RANGE = 1000
"""References to more turns than this lead to none, so that a wrong number cannot take the program's time."""


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """A piece of a reference: a place with the number of its passage, or the characters between two places."""

    text: str
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A run of one kind of writing.

    Attributes:
        kind: ``prose``, ``verbatim``, ``reference`` or ``comment``.
        text: The text as it was written.
        mark: For references: ``*`` for quotable, ``!`` for contradicting the theme, or empty.
        items: For references: the text between the parentheses in pieces.
    """

    kind: str
    text: str
    mark: str = ""
    items: tuple[ReferenceItem, ...] = ()


class ReferenceIndex:
    """The passages of a chart by the turns that references name."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Index the passages.

        Args:
            passages: All passages of the chart.
        """
        self._numbers: dict[tuple[str, int], list[int]] = {}
        for passage in passages:
            for name, turns in _places(passage.reference.strip("()")):
                for turn in turns:
                    self._numbers.setdefault((name, turn), []).append(passage.number)

    def find(self, name: str, turns: Iterable[int], preferred: frozenset[int]) -> int | None:
        """Return the number of the passage that a reference leads to, or None.

        Args:
            name: Name before the colon, case-folded.
            turns: The turns that it names, in order.
            preferred: The passages of the cell, which are taken before others of the same turn.
        """
        found = [number for turn in turns for number in self._numbers.get((name, turn), ())]
        return next((number for number in found if number in preferred), found[0] if found else None)


def summary_paragraphs(
    text: str, index: ReferenceIndex, preferred: frozenset[int] = frozenset()
) -> list[list[SummaryPart]]:
    """Return the paragraphs of a summary, each as a list of parts.

    Args:
        text: The summary.
        index: The passages of the chart.
        preferred: Numbers of the passages of the cell.
    """
    return [list(_parts(paragraph, index, preferred)) for paragraph in _PARAGRAPHS.split(text.strip("\n")) if paragraph]


def _parts(text: str, index: ReferenceIndex, preferred: frozenset[int]) -> Iterator[SummaryPart]:
    end = 0
    for found in _PART.finditer(text):
        if found.start() > end:
            yield SummaryPart(PROSE, text[end : found.start()])
        end = found.end()
        if found["reference"] is not None:
            items = tuple(_items(found["reference"], index, preferred))
            yield SummaryPart(REFERENCE, found[0], found["mark"], items)
        else:
            yield SummaryPart(COMMENT if found["comment"] is not None else VERBATIM, found[0])
    if end < len(text):
        yield SummaryPart(PROSE, text[end:])


def _items(body: str, index: ReferenceIndex, preferred: frozenset[int]) -> Iterator[ReferenceItem]:
    name = ""
    for position, piece in enumerate(re.split(r"(\s*[;,]\s*)", body)):
        if position % 2:
            yield ReferenceItem(piece)
        elif found := _ITEM.match(piece.strip()):
            name = found["name"].casefold() if found["name"] else name
            yield ReferenceItem(piece, index.find(name, _turns(found), preferred))
        else:
            yield ReferenceItem(piece)


def _places(body: str) -> Iterator[tuple[str, range]]:
    name = ""
    for piece in re.split(r"[;,]", body):
        if found := _ITEM.match(piece.strip()):
            name = found["name"].casefold() if found["name"] else name
            yield name, _turns(found)


def _turns(found: re.Match[str]) -> range:
    first = int(found["first"])
    last = int(found["last"] or first)
    return range(first, last + 1) if 0 <= last - first < _MAXIMUM_RANGE else range(first, first + 1)
