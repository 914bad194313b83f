"""Excel workbooks (.xlsx) as rows of text, read by calamine after their parts were found to be of sane size.

Calamine lays a sheet out in memory from its first cell to its last, and copies a shared text into every cell that
names it. So a small file can ask for all memory there is; how much it asks for is counted first.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import cut_short, open_archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from python_calamine import CalamineSheet, SheetMetadata

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.options import Limits

    Value = int | float | str | bool | time | date | datetime | timedelta

_MOST_CELLS = 2_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_USUAL_CELL = b'<c r="'
_ANY_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_FILLED = re.compile(rb'<c r="([A-Za-z]{0,9})(\d{1,18})"[^<>]*(?<!/)>(?!</)')
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?(c|row)(?=[\s>/])(?:[^<>]*?\sr\s*=\s*[\"']([A-Za-z]{0,9})(\d{1,18})[\"'])?[^<>]*>(</)?"
)
_SHARED = re.compile(
    rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*(?:<(?:\w{1,20}:)?f[^<>]*>[^<>]*</[^<>]*>\s*)?<[^<>]*>(\d{1,9})<"
)
_TEXT_BEGINS = re.compile(rb"<(?:\w{1,20}:)?si\b")


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of a sheet that hold anything, with their numbers, and what a person should know of the others."""

    rows: tuple[tuple[int, list[str]], ...]
    warnings: tuple[Notice, ...]


def read_workbook(filename: str, data: bytes, limits: Limits) -> Book:
    """The first sheet that holds anything, those that are shown before those that are hidden. UnreadableFile where the
    bytes are no sound workbook or ask for too much memory."""
    archive = open_archive(filename, data, what="an Excel workbook", member="xl/", limits=limits)
    _refuse_large(archive)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            filled: list[tuple[str, tuple[tuple[int, list[str]], ...]]] = []
            for name in _in_order(workbook.sheets_metadata):
                sheet = workbook.get_sheet_by_name(name)
                if sheet.start is not None:
                    filled.append((name, () if filled else tuple(_rows(filename, sheet))))
    except (CalamineError, OSError, ValueError):
        raise cut_short(filename) from None
    if not filled:
        return Book((), ())
    (first, rows), *others = filled
    if not others:
        return Book(rows, ())
    named = ", ".join(f"“{name}”" for name, _ in others[:5]) + (" and others" if len(others) > 5 else "")
    return Book(rows, (Notice(f"Only the sheet “{first}” was read; there is something in {named} as well."),))


def _in_order(sheets: Iterable[SheetMetadata]) -> Sequence[str]:
    """The names of the sheets of cells, hidden ones last."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    cells = [sheet for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in sorted(cells, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)]


def _rows(filename: str, sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, as wide as the sheet."""
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [value if type(value) is str else _shown(value) for value in values]
        joined = "".join(cells)
        if "\0" in joined:
            raise UnreadableFile(f"{filename}, row {number}: a cell holds a NUL character; take it out.")
        if joined and not joined.isspace():
            yield number, [_newlines(cell) for cell in cells] if "\r" in joined else cells


def _newlines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _shown(value: Value) -> str:
    """A value as a person writes it: 12 rather than 12.0, 2026-03-31, 00:12:31; numbers with the 15 digits that
    spreadsheets show."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
        case datetime():
            clock = value.time()
            return value.date().isoformat() if clock == time() else f"{value.date().isoformat()} {_clock(clock)}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            whole = round(value.total_seconds())
            sign = "-" if whole < 0 else ""
            return f"{sign}{abs(whole) // 3600:02}:{abs(whole) // 60 % 60:02}:{abs(whole) % 60:02}"
    return str(value)


def _clock(value: time) -> str:
    return value.isoformat("milliseconds" if value.microsecond else "seconds")


def _refuse_large(archive: Archive) -> None:
    """Raise UnreadableFile for a sheet that reaches over more cells than a study has, or that says more text than the
    limit on unpacked files."""
    texts = b""
    sheets: list[tuple[str, bytes]] = []
    for name in archive.names:
        content = archive.member(name) or b""
        if b"sheetData" in content:
            sheets.append((name, content))
        elif b"<sst" in content[:4096] or b":sst" in content[:4096]:
            texts = content
    if sum(_area(archive.filename, name, content) for name, content in sheets) > _MOST_CELLS:
        raise UnreadableFile(
            f"{archive.filename} reaches over more than {_MOST_CELLS:,} cells; delete the empty rows and columns "
            "beyond its table, or save the table as CSV."
        )
    if sum(_said(content, texts) for _, content in sheets) > archive.limits.unpacked:
        raise UnreadableFile(
            f"{archive.filename} says the same long texts so often that it is over "
            f"{archive.limits.unpacked // 2**20} MB; split it."
        )


def _area(filename: str, name: str, content: bytes) -> int:
    """How many cells a sheet reaches over, from its first with a value to its last."""
    if len(_ANY_CELL.findall(content)) == content.count(_USUAL_CELL):
        places = {(int(digits), letters) for letters, digits in _FILLED.findall(content)}
        rows = {row for row, _ in places}
        columns = {_column(letters) for _, letters in places}
    else:
        rows, columns = _reached(content)
    if not rows:
        return 0
    if max(rows) > _MOST_ROWS or max(columns) > _MOST_COLUMNS:
        raise UnreadableFile(f"{filename} has a cell outside of any sheet ({name}), so it is damaged; save it again.")
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _reached(content: bytes) -> tuple[set[int], set[int]]:
    """The rows and columns with a value; rows and cells that do not say where they are follow the one before."""
    rows, columns = set(), set()
    row = column = 0
    for found in _CELL.finditer(content):
        tag, letters, digits, empty = found.groups()
        if tag == b"row":
            row, column = int(digits) if digits else row + 1, 0
            continue
        column = _column(letters) if letters else column + 1
        row = int(digits) if digits else row
        if not empty and content[found.end() - 2] != _SLASH:
            rows.add(row)
            columns.add(column)
    return rows, columns


_SLASH = ord("/")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _said(content: bytes, texts: bytes) -> int:
    """How many bytes the cells of a sheet say that name a shared text."""
    named = Counter(_SHARED.findall(content))
    if not named or len(texts) * named.total() < 2**24:
        return 0
    starts = [found.start() for found in _TEXT_BEGINS.finditer(texts)] + [len(texts)]
    return sum(
        count * (starts[int(place) + 1] - starts[int(place)])
        for place, count in named.items()
        if int(place) + 1 < len(starts)
    )
