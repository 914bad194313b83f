"""The margin: which lane of stripes a coding or suggestion runs in, so that no two of a visual line share one.

Codings take lanes first, so that suggestions that come and go do not move them. Knows lines by their index, and
nothing of words or colours.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.tui.transcript.layout import Layout
    from fwanalysis.tui.transcript.marks import Mark


class Stripe(NamedTuple):
    """A mark in its lane, on the visual lines ``first`` to ``last``, both included."""

    first: int
    last: int
    lane: int
    mark: Mark


class Lanes:
    """All stripes of a laid-out text. Lanes count from 0; there are as many as the most crowded line needs."""

    __slots__ = ("_firsts", "_stripes")

    def __init__(self, layout: Layout, codings: Sequence[Mark], suggestions: Sequence[Mark]) -> None:
        self._firsts: list[list[int]] = []
        self._stripes: list[list[Stripe]] = []
        for marks in (codings, suggestions):
            runs = ((layout.line_at(mark.start), _last_line(layout, mark), mark) for mark in marks)
            for first, last, mark in sorted(runs, key=lambda run: (run[0], -run[1], run[2].start, run[2].id)):
                self._place(first, last, mark)

    def _place(self, first: int, last: int, mark: Mark) -> None:
        for lane, (firsts, stripes) in enumerate(zip(self._firsts, self._stripes, strict=True)):
            at = bisect_right(firsts, first)
            if (at == 0 or stripes[at - 1].last < first) and (at == len(stripes) or last < firsts[at]):
                firsts.insert(at, first)
                stripes.insert(at, Stripe(first, last, lane, mark))
                return
        self._firsts.append([first])
        self._stripes.append([Stripe(first, last, len(self._stripes), mark)])

    def at(self, line: int) -> tuple[Stripe, ...]:
        """The stripes on a visual line, by lane."""
        found = []
        for firsts, stripes in zip(self._firsts, self._stripes, strict=True):
            at = bisect_right(firsts, line) - 1
            if at >= 0 and stripes[at].last >= line:
                found.append(stripes[at])
        return tuple(found)

    def all(self) -> Iterable[Stripe]:
        """Every stripe, lane by lane."""
        return (stripe for stripes in self._stripes for stripe in stripes)


def _last_line(layout: Layout, mark: Mark) -> int:
    return layout.line_at(max(mark.start, mark.end - 1))
