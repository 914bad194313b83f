"""A plain table of text and numbers: what the writers of files take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Scalar = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of as many values; ``about`` (date, project, filters) is for the file beside the table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    about: Mapping[str, object] = field(default_factory=dict)
