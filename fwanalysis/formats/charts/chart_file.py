"""A chart that has been written: its bytes, and what could not be written as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A written chart.

    Attributes:
        data: The bytes of the file.
        warnings: What the file holds in another form than the chart, one sentence each: texts continued in further
            rows, characters removed.
    """

    data: bytes
    warnings: tuple[str, ...] = ()
