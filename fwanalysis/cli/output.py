"""The only writer to stdout: one JSON value, or lines and tables of plain text."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import rich_click as click


def emit(text: str, *, newline: bool = True) -> None:
    """Write text."""
    click.echo(text, nl=newline)


def emit_bytes(data: bytes) -> None:
    """Write bytes as they are."""
    sys.stdout.buffer.write(data)


def emit_json(value: Any) -> None:
    """Write one JSON value; records become objects with the names of their fields."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def plain(value: Any) -> Any:
    """A value as JSON has it: records and mappings as objects, other collections as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    return value


def emit_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write aligned columns; numbers to the right; on a terminal the last column is cut at its edge."""
    from rich.cells import cell_len, set_cell_size

    table = [[_cell(value) for value in row] for row in rows]
    numeric = [bool(table) and all(_is_figure(row[index]) for row in table) for index in range(len(header))]
    widths = [max([cell_len(name), *(cell_len(row[index]) for row in table)]) for index, name in enumerate(header)]
    edge = _edge()
    for line in [list(header), *table]:
        parts = [
            " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ]
        whole = "  ".join(parts).rstrip()
        if edge and cell_len(whole) > edge:
            whole = set_cell_size(whole, edge - 1).rstrip() + "…"
        click.echo(whole)


def _edge() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return " ".join(str(value).split())


def _is_figure(text: str) -> bool:
    return text.rstrip("%").replace(".", "", 1).isdigit()


def percent(share: float) -> str:
    """A share of 0..1 in per cent."""
    return f"{share * 100:.0f}%"
