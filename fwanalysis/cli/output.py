"""The only writer to stdout: one JSON value, or lines and tables of plain text."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import rich_click as click

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What a text may hold and a terminal would obey."""


def write_utf_8() -> None:
    """Have stdout take UTF-8 whatever the locale says, except on a terminal, which shows what it can."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


def emit(text: str, *, newline: bool = True) -> None:
    """Write text."""
    click.echo(text, nl=newline)


def emit_bytes(data: bytes) -> None:
    """Write bytes as they are."""
    click.echo(data, nl=False)


def emit_json(value: Any) -> None:
    """Write one JSON value; records become objects with the names of their fields.

    A field that was renamed is written under its old name too, for one version.
    """
    click.echo(json.dumps(_with_old_names(plain(value)), ensure_ascii=False, indent=1))


_OLD_NAMES = {
    "format": "reader",
    "speaker_format": "style",
    "speaker_format_reason": "style_reason",
    "speaker_formats": "styles",
    "warnings": "doubts",
    "unanchored": "unplaced",
    "reattributions": "hands",
    "is_reattributed": "changed_hands",
    "uncertain": "fuzzy",
    "not_found": "lost",
}
"""Fields of JSON objects and the names that they had in version 0.1."""


def _with_old_names(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_old_names(item) for item in value]
    if not isinstance(value, dict):
        return value
    named = {key: _with_old_names(item) for key, item in value.items()}
    for new, old in _OLD_NAMES.items():
        if new in named:
            named.setdefault(old, named[new])
    if {"unchanged", "uncertain", "not_found"} <= named.keys():
        named.setdefault("kept", named["unchanged"])
    return named


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
    """Write aligned columns, numbers to the right. On a terminal the widest columns give way until all fit: their cells
    are cut and their headings wrapped; elsewhere every line is whole."""
    from rich.cells import cell_len, set_cell_size

    table = [[_cell(value) for value in row] for row in rows]
    columns = [[row[index] for row in table] for index in range(len(header))]
    numeric = [
        name != "id" and bool(column) and all(map(_is_figure, column))  # an id may be of digits only
        for name, column in zip(header, columns, strict=True)
    ]
    longest = [max(map(cell_len, column), default=0) for column in columns]
    widths = [max(cell_len(name), cells) for name, cells in zip(header, longest, strict=True)]
    edge = terminal_width()
    if edge:
        floors = [max(cells, _NARROW) if right else _NARROW for cells, right in zip(longest, numeric, strict=True)]
        widths = _narrowed(widths, floors, edge)
    for line in [*_heading(header, widths), *table]:
        parts = [
            " " * (width - cell_len(text)) + text if right else set_cell_size(_cut(text, width), width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ]
        whole = _GAP.join(parts).rstrip()
        click.echo(_cut(whole, edge) if edge else whole)


_GAP = "  "
_BLANKS = re.compile(r"[^\S\u00a0]+")
"""What becomes one blank in a cell; a no-break space stands, for it indents."""
_NARROW = 8
"""The width to which a column may shrink on a narrow terminal; figures are never cut."""


def _narrowed(widths: Sequence[int], floors: Sequence[int], edge: int) -> list[int]:
    """The widths, each time the widest that is above its floor one less, until all fit in *edge* or none can give."""
    narrowed = list(widths)
    surplus = sum(narrowed) + len(_GAP) * (len(narrowed) - 1) - edge
    while surplus > 0:
        giving = [index for index, width in enumerate(narrowed) if width > floors[index]]
        if not giving:
            break
        narrowed[max(giving, key=narrowed.__getitem__)] -= 1
        surplus -= 1
    return narrowed


def _heading(header: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The header as as many lines as its longest wrapped name needs, names standing at the bottom."""
    wrapped = [textwrap.wrap(name, width) or [""] for name, width in zip(header, widths, strict=True)]
    height = max(map(len, wrapped))
    return [list(line) for line in zip(*([""] * (height - len(name)) + name for name in wrapped), strict=True)]


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def terminal_width() -> int | None:
    """The columns of the terminal that stdout is, or None if it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return _CONTROLS.sub("\ufffd", _BLANKS.sub(" ", str(value).strip(" \t\r\n")))


def _is_figure(text: str) -> bool:
    return text.rstrip("%").replace(".", "", 1).isdigit()


def short(identifier: str) -> str:
    """The beginning of an id, enough to name it by in a command."""
    return identifier[:8]


def place_of(source: str, turn: int | None) -> str:
    """Where a passage stands, as references have it: ``P07:12``."""
    return source if turn is None else f"{source}:{turn}"


def pluralise(number: int, noun: str) -> str:
    """A number with its noun, which takes an *s* unless it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def quoted(name: str) -> str:
    """A name as a shell takes it."""
    return name if name.isalnum() else json.dumps(name, ensure_ascii=False)


def picked(records: Iterable[Any], keys: Sequence[str], **attributes: str) -> list[dict[str, Any]]:
    """Return records with these fields only: the shape that scripts rely on.

    Args:
        records: Values with the attributes that *keys* name.
        keys: Names of the fields, in order.
        attributes: The attribute of a field whose name is another one.
    """
    return [{key: plain(getattr(record, attributes.get(key, key))) for key in keys} for record in records]


def percent(share: float) -> str:
    """A share of 0..1 in per cent."""
    return f"{share * 100:.0f}%"
