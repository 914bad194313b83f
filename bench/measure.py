"""What a measurement is: two ways of doing the same thing, timed in turns, and the table of results.

A noisy machine slows both ways alike only if they take turns, so every comparison alternates them, and the ratio is
that of the medians.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Timed = Callable[[], float]
"""Does a thing once and says how many seconds it took, whatever it prepares and clears away beside that."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: medians in seconds, or in megabytes if ``unit`` is MB. ``target`` is the highest ratio
    that is good enough; ``missing`` says why there is nothing to show."""

    measure: str
    ours: float | None = None
    reference: float | None = None
    target: float | None = None
    versus: str = ""
    missing: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """Ours to the reference."""
        return self.ours / self.reference if self.ours is not None and self.reference else None

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.missing:
            return self.missing
        if self.target is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.target else "MISSED"


def seconds(act: Callable[[], object]) -> float:
    """How long *act* takes."""
    gc.collect()
    before = perf_counter()
    act()
    return perf_counter() - before


def timed(act: Callable[[], object]) -> Timed:
    """*act*, timed whole."""
    return lambda: seconds(act)


def compare(ours: Timed, reference: Timed, *, rounds: int, warm_up: bool = True) -> tuple[float, float]:
    """The medians of both over so many rounds; who begins alternates. A warm-up round is not counted."""
    first, second = medians((ours, reference), rounds=rounds, warm_up=warm_up)
    return first, second


def medians(acts: Sequence[Timed], *, rounds: int, warm_up: bool = True) -> list[float]:
    """Return the median time of each act, in seconds, over *rounds* rounds in which all take turns.

    Every other round runs in the opposite order. A warm-up round is not counted.
    """
    if warm_up:
        for act in acts:
            act()
    times: list[list[float]] = [[] for _ in acts]
    for number in range(rounds):
        numbered = list(enumerate(acts))
        for which, act in numbered if number % 2 == 0 else reversed(numbered):
            times[which].append(act())
    return [median(taken) for taken in times]


def table(results: Iterable[Result]) -> str:
    """The results as text in columns."""
    head = ("measure", "ours", "reference", "ratio", "target", "", "reference is")
    rows = [
        (
            result.measure,
            _written(result.ours, result.unit),
            _written(result.reference, result.unit),
            "" if result.ratio is None else f"{result.ratio:.2f}",
            "" if result.target is None else f"<= {result.target:g}",
            result.verdict,
            result.versus,
        )
        for result in results
    ]
    return "\n".join(_aligned((head, *rows)))


def _written(value: float | None, unit: str) -> str:
    return duration(value) if unit == "s" else "" if value is None else f"{value:.0f} {unit}"


def duration(value: float | None) -> str:
    """Seconds as people write them."""
    if value is None:
        return ""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1_000:.3g} ms" if value >= 0.001 else f"{value * 1e6:.0f} µs"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            text.rjust(width) if 0 < column < 5 else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
