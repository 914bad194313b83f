"""Write to stdout: one JSON value, or lines and tables of plain text. No other module does."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from typing import Any

import rich_click as click

from fwanalysis.cli.diagnostics import is_terminal

_PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+")
_SPECIAL = re.compile(r"[\"$`!\\]")
"""What a shell changes inside double quotes, which are used otherwise because every shell takes them."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Control characters, which a terminal would obey."""


def write_utf_8() -> None:
    """Have stdout take UTF-8 whatever the locale is, except on a terminal, which shows what it can."""
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
    """Return a value as JSON has it: records and mappings as objects, other collections as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    return value


def emit_table(header: Sequence[str], rows: Iterable[Sequence[object]], *, full: bool = False) -> None:
    """Write aligned columns, numbers to the right.

    On a terminal the widest columns become narrower until all fit: their headings are wrapped, and their cells are cut,
    or wrapped if *full*. Elsewhere every row is one whole line.
    """
    from rich.cells import cell_len, set_cell_size

    table = [[_cell(value) for value in row] for row in rows]
    columns = [[row[index] for row in table] for index in range(len(header))]
    numeric = [
        name != "id" and bool(column) and all(map(_is_number, column))  # an id may be of digits only
        for name, column in zip(header, columns, strict=True)
    ]
    longest = [max(map(cell_len, column), default=0) for column in columns]
    widths = [max(cell_len(name), cells) for name, cells in zip(header, longest, strict=True)]
    edge = terminal_width()
    if edge:
        floors = [max(cells, _NARROW) if right else _NARROW for cells, right in zip(longest, numeric, strict=True)]
        widths = _narrowed(widths, floors, edge)
    lines = [*_heading(header, widths), *(line for row in table for line in _row_lines(row, widths, full=full))]
    for line in lines:
        parts = [
            " " * (width - cell_len(text)) + text if right else set_cell_size(_cut(text, width), width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ]
        whole = _GAP.join(parts).rstrip()
        click.echo(_cut(whole, edge) if edge else whole)


def _row_lines(row: Sequence[str], widths: Sequence[int], *, full: bool) -> list[list[str]]:
    """Return a row as the lines of text that it takes: one, or with *full* as many as its longest cell needs."""
    if not full:
        return [list(row)]
    wrapped = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    return [list(line) for line in zip_longest(*wrapped, fillvalue="")]


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most *width* terminal cells, broken at spaces, else inside words."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        pieces = [word] if cell_len(word) <= width else chop_cells(word, width)
        for piece in pieces:
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


_GAP = "  "
_SPACES = re.compile(r"[^\S\u00a0]+")
"""What becomes one space in a cell; a no-break space is kept, because it indents."""
_NARROW = 8
"""The width to which a column may shrink on a narrow terminal; numbers are never cut."""


def _narrowed(widths: Sequence[int], floors: Sequence[int], edge: int) -> list[int]:
    """Return the widths, the widest above its floor made one less until all fit in *edge* or none can be."""
    narrowed = list(widths)
    surplus = sum(narrowed) + len(_GAP) * (len(narrowed) - 1) - edge
    while surplus > 0:
        shrinkable = [index for index, width in enumerate(narrowed) if width > floors[index]]
        if not shrinkable:
            break
        narrowed[max(shrinkable, key=narrowed.__getitem__)] -= 1
        surplus -= 1
    return narrowed


def _heading(header: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """Return the header as as many lines as its longest wrapped name needs, names at the bottom."""
    wrapped = [textwrap.wrap(name, width) or [""] for name, width in zip(header, widths, strict=True)]
    height = max(map(len, wrapped))
    return [list(line) for line in zip(*([""] * (height - len(name)) + name for name in wrapped), strict=True)]


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def terminal_width() -> int | None:
    """Return the width in cells of the terminal that stdout is (or COLUMNS); None if it is none."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return _CONTROLS.sub("\ufffd", _SPACES.sub(" ", str(value).strip(" \t\r\n")))


def _is_number(text: str) -> bool:
    return text.rstrip("%").replace(".", "", 1).isdigit()


def short(identifier: str) -> str:
    """Return the beginning of an id, which is enough to name it in a command."""
    return identifier[:8]


def place_of(source: str, turn: int | None) -> str:
    """Return a place as references have it: ``P07:12`` for turn 12 of P07."""
    return source if turn is None else f"{source}:{turn}"


def pluralise(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, in the plural (*noun* with an *s* if not given) unless the number is 1."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    if _PLAIN_WORD.fullmatch(name):
        return name
    return shlex.quote(name) if _SPECIAL.search(name) else f'"{name}"'


def picked(records: Iterable[Any], keys: Sequence[str], **attributes: str) -> list[dict[str, Any]]:
    """Return records with these fields only: the shape that scripts rely on.

    Args:
        records: Values with the attributes that *keys* name.
        keys: Names of the fields, in order.
        attributes: The attribute of a field whose name is another one.
    """
    return [{key: plain(getattr(record, attributes.get(key, key))) for key in keys} for record in records]


def percent(share: float) -> str:
    """Return a share (0 to 1) in per cent."""
    return f"{share * 100:.0f}%"
