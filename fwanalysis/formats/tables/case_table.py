"""Read case tables: CSV, TSV and Excel files with a row per case, a column per attribute.

Knows no project: whether a case or an attribute already exists is not checked here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Level
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.tables.sheets import Sheet, read_sheet, without_entities

if TYPE_CHECKING:
    from collections.abc import Sequence

_CASE = "case"
_LEVEL = "level"
_ALIASES = frozenset({"alias", "aliases", "also_known_as"})
_BETWEEN_ALIASES = re.compile("[;,\n]")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of a table.

    Its name, its level if the table gives one, its values in the order of the table's header (as written, without
    surrounding white space), the line of the file where its row begins, and its other names.
    """

    line: int
    case: str
    level: Level | None
    values: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A whole table: attribute names in ``header``, a value for each in ``rows``."""

    header: tuple[str, ...]
    rows: tuple[CaseRow, ...]


def attribute_name(column: str) -> str:
    """Return the attribute name of a column.

    Lower case, with ``_`` for white space: ``Years in post`` becomes ``years_in_post``.
    """
    return "_".join(column.lower().split())


def read_cases(filename: str, data: bytes, *, encoding: str | None = None) -> CaseTable:
    """Read a case table from the bytes of a file.

    The file is text separated by commas, semicolons or tabs, or a workbook, of which the first sheet with content is
    read. The header needs a column ``case`` and may have ``level``, and ``aliases`` (or ``alias``, ``also known as``)
    with names separated by commas or semicolons.

    Raises:
        InvalidInput: If something is missing, ragged or duplicate; names the line (or row) and column.
        UnreadableFile: If the bytes are not a table.
    """
    sheet = without_entities(read_sheet(filename, data, ReadOptions(encoding=encoding)))
    if not sheet.rows:
        raise InvalidInput(f"{filename} holds no table; its first line must name the columns, one of them “case”.")
    columns = _columns(sheet)
    sheet.refuse_ragged()
    sheet = sheet.filled_down(columns)
    at = {column: place for place, column in columns.items()}
    attributes = [column for column in at if column not in (_CASE, _LEVEL, *_ALIASES)]
    rows = []
    for line, row in sheet.rows[1:]:
        name = _name(sheet, line, row[at[_CASE]])
        values = tuple(row[at[column]].strip() for column in attributes)
        others = (alias for column in at if column in _ALIASES for alias in _aliases(name, row[at[column]]))
        rows.append(CaseRow(line, name, _level(sheet, line, row, at.get(_LEVEL)), values, tuple(dict.fromkeys(others))))
    table = CaseTable(tuple(attributes), tuple(rows))
    _refuse_doubles(sheet, table)
    return table


def _columns(sheet: Sheet) -> dict[int, str]:
    """Return the attribute name of each column by its index.

    A column without name and content is omitted.
    """
    (first, header), *rows = sheet.rows
    columns = {at: attribute_name(column) for at, column in enumerate(header)}
    for at, column in list(columns.items()):
        if column:
            continue
        filled = next((line for line, row in rows if at < len(row) and row[at].strip()), None)
        if filled is not None:
            raise InvalidInput(f"{sheet.at(filled)}: column {at + 1} has a value here but no name in the header.")
        del columns[at]
    double = next((column for column, count in Counter(columns.values()).items() if count > 1), None)
    if double is not None:
        raise InvalidInput(f"{sheet.at(first)}: two columns are called “{double}”; rename or remove one.")
    if _CASE not in columns.values():
        named = ", ".join(one_line(column)[:40] for column in header if column.strip())
        raise InvalidInput(f"{sheet.at(first)}: there is no column “case”; the columns are {named}.")
    return columns


def _name(sheet: Sheet, line: int, cell: str) -> str:
    name = " ".join(cell.split())
    if not name:
        raise InvalidInput(f"{sheet.at(line)}: this row has values but no case.")
    return name


def _aliases(case: str, cell: str) -> list[str]:
    """Return the names in a cell, without the name of the case itself."""
    names = (" ".join(alias.split()) for alias in _BETWEEN_ALIASES.split(cell))
    return [name for name in names if name and name.casefold() != case.casefold()]


def _level(sheet: Sheet, line: int, row: Sequence[str], at: int | None) -> Level | None:
    written = one_line(row[at]).lower() if at is not None else ""
    if not written:
        return None
    try:
        return Level(written)
    except ValueError:
        levels = ", ".join(level.value for level in Level)
        raise InvalidInput(f"{sheet.at(line)}: “{written}” is no level; levels are {levels}.") from None


def _refuse_doubles(sheet: Sheet, table: CaseTable) -> None:
    first: dict[str, int] = {}
    for row in table.rows:
        line = first.setdefault(row.case.casefold(), row.line)
        if line != row.line:
            raise InvalidInput(
                f"{sheet.at(row.line)}: the case “{row.case}” occurs in {sheet.unit} {line:,}, too; keep one of them."
            )
