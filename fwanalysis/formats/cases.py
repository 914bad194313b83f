"""Case tables: CSV files with a row a case and a column an attribute.

Knows no project: whether a case or an attribute exists already is not asked here.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Level
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.encodings import decode
from fwanalysis.formats.sniffing import refuse_binary, refuse_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = ",;\t"
_CASE = "case"
_LEVEL = "level"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of a table: its name, its level if the table gives one, its values in the order of the table's header
    (as written, without white space at the ends), the line of the file that its row begins in, and its other names."""

    line: int
    case: str
    level: Level | None
    values: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A whole table: ``header`` names the attributes (``years_in_post``), ``rows`` hold a value for each."""

    header: tuple[str, ...]
    rows: tuple[CaseRow, ...]


def attribute_name(column: str) -> str:
    """What a column is called as an attribute: lower case, with ``_`` for white space (``Years in post``:
    ``years_in_post``)."""
    return "_".join(column.lower().split())


def read_cases(filename: str, data: bytes, *, encoding: str | None = None) -> CaseTable:
    """The table in the bytes of a CSV file, separated by commas, semicolons or tabs.

    The header needs a column ``case`` and may have ``level``. InvalidInput names line and column of what is
    missing, ragged or double; UnreadableFile where the bytes are no text.
    """
    refuse_binary(filename, data)
    text = decode(filename, data, encoding).text
    refuse_controls(filename, text)
    records = _records(filename, text)
    if not records:
        raise InvalidInput(f"{filename} holds no table; its first line must name the columns, one of them “case”.")
    (_, header), *rows = records
    columns = _columns(filename, header, rows)
    for line, row in rows:
        if len(row) != len(header):
            raise InvalidInput(
                f"{filename}, line {line}: this row has {len(row)} cells where the header has {len(header)}; "
                "put cells that hold a separator in quotes."
            )
    at = {column: place for place, column in columns.items()}
    attributes = [column for column in at if column not in (_CASE, _LEVEL)]
    table = CaseTable(
        tuple(attributes),
        tuple(
            CaseRow(line, _name(filename, line, row[at[_CASE]]), _level(filename, line, row, at.get(_LEVEL)), values)
            for line, row in rows
            for values in [tuple(row[at[column]].strip() for column in attributes)]
        ),
    )
    _refuse_doubles(filename, table)
    return table


def _records(filename: str, text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins in (from 1)."""
    try:
        delimiter = max(_DELIMITERS, key=lambda candidate: len(next(_parsed(text, candidate), (0, []))[1]))
        return [(line, row) for line, row in _parsed(text, delimiter) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InvalidInput(
            f"{filename} is not a CSV table: {error}; look for a quotation mark that is not closed."
        ) from None


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _columns(filename: str, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> dict[int, str]:
    """The attribute name of each column by its place; a column without name and content is left out."""
    columns = {at: attribute_name(column) for at, column in enumerate(header)}
    for at, column in list(columns.items()):
        if column:
            continue
        filled = next((line for line, row in rows if at < len(row) and row[at].strip()), None)
        if filled is not None:
            raise InvalidInput(
                f"{filename}, line {filled}: column {at + 1} has a value here but no name in the header."
            )
        del columns[at]
    double = next((column for column, count in Counter(columns.values()).items() if count > 1), None)
    if double is not None:
        raise InvalidInput(f"{filename}, line 1: two columns are called “{double}”; rename or remove one.")
    if _CASE not in columns.values():
        named = ", ".join(column.strip() for column in header if column.strip())
        raise InvalidInput(f"{filename}, line 1: there is no column “case”; the columns are {named}.")
    return columns


def _name(filename: str, line: int, cell: str) -> str:
    name = " ".join(cell.split())
    if not name:
        raise InvalidInput(f"{filename}, line {line}: this row has values but no case.")
    return name


def _level(filename: str, line: int, row: Sequence[str], at: int | None) -> Level | None:
    written = row[at].strip().lower() if at is not None else ""
    if not written:
        return None
    try:
        return Level(written)
    except ValueError:
        levels = ", ".join(level.value for level in Level)
        raise InvalidInput(f"{filename}, line {line}: “{written}” is no level; levels are {levels}.") from None


def _refuse_doubles(filename: str, table: CaseTable) -> None:
    first: dict[str, int] = {}
    for row in table.rows:
        line = first.setdefault(row.case.casefold(), row.line)
        if line != row.line:
            raise InvalidInput(
                f"{filename}, line {row.line}: the case “{row.case}” stands in line {line} already; keep one of them."
            )
