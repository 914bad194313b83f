"""Read Excel workbooks (.xlsx) as rows of text: what each cell shows, or what was typed.

The file is read without a spreadsheet library, because these return stored values: 0.45 for 45%, 7 for P07, nothing for
an error or for an answer that was stored as a formula. Only existing cells take memory, however far apart they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import open_archive
from fwanalysis.formats.tables.xlsx_cells import read_cells
from fwanalysis.formats.tables.xlsx_package import comments_of, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.options import Limits
    from fwanalysis.formats.tables.xlsx_cells import Cells
    from fwanalysis.formats.tables.xlsx_package import SheetPart, Workbook

_MOST_CELLS = 2_000_000
_MOST_LISTED = 10
_MOST_SHEETS = 5


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of a sheet that have content, from its first filled column on.

    Each with its number; also warnings about the file, and the row numbers and column indices of cells that continue
    the merged cell above them.
    """

    rows: tuple[tuple[int, list[str]], ...]
    warnings: tuple[Notice, ...] = ()
    continued: frozenset[tuple[int, int]] = frozenset()


def read_workbook(filename: str, data: bytes, limits: Limits) -> Book:
    """Return the first sheet with content, visible sheets before hidden ones.

    Raises:
        UnreadableFile: If the bytes are not a valid workbook or exceed the limits.
    """
    archive = open_archive(filename, data, what="an Excel workbook", member="xl/", limits=limits)
    workbook = read_parts(archive)
    read: tuple[SheetPart, Cells] | None = None
    others: list[str] = []
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.is_hidden):
        if read is not None and len(others) > _MOST_SHEETS:
            break
        cells = read_cells(archive, workbook, sheet)
        if any(not text.isspace() for row in cells.rows.values() for text in row.values()):
            if read is None:
                read = (sheet, cells)
            else:
                others.append(sheet.name)
    if read is None:
        return Book(())
    sheet, cells = read
    rows, first = _laid_out(filename, cells)
    continued = frozenset((row, column - first) for row, column in cells.continued)
    return Book(rows, tuple(_warnings(archive, workbook, sheet, cells, others)), continued)


def _laid_out(filename: str, cells: Cells) -> tuple[tuple[tuple[int, list[str]], ...], int]:
    """Return the rows with content, all of the same width, and the first column.

    The column is given by its number.
    """
    filled = {number: row for number, row in cells.rows.items() if any(map(str.strip, row.values()))}
    first = min(min(row) for row in filled.values())
    last = max(max(row) for row in filled.values())
    if len(filled) * (last - first + 1) > _MOST_CELLS:
        raise UnreadableFile(
            f"{filename} reaches over more than {_MOST_CELLS:,} cells; delete the empty rows and columns beyond its "
            "table, or save the table as CSV."
        )
    columns = range(first, last + 1)
    return tuple((number, [row.get(column, "") for column in columns]) for number, row in filled.items()), first


def _warnings(
    archive: Archive, workbook: Workbook, sheet: SheetPart, cells: Cells, others: list[str]
) -> Iterator[Notice]:
    if others:
        named = ", ".join(f"“{name}”" for name in others[:_MOST_SHEETS])
        more = " and others" if len(others) > _MOST_SHEETS else ""
        yield Notice(f"Only the sheet “{sheet.name}” was read; there is something in {named}{more} as well.")
    if cells.typed:
        yield Notice(
            f"{_cells(cells.typed, 'was', 'were')} stored as a formula and read as typed: {_listed(cells.typed)}."
        )
    if cells.errors:
        yield Notice(f"{_cells(cells.errors, 'shows', 'show')} an error instead of a value: {_listed(cells.errors)}.")
    comments = comments_of(archive, sheet)
    if comments:
        yield Notice(f"{_cells(comments, 'has a comment', 'have comments')}, not imported: {_listed(comments)}.")


def _cells(cells: Mapping[str, str], one: str, several: str) -> str:
    return f"1 cell {one}" if len(cells) == 1 else f"{len(cells):,} cells {several}"


def _listed(cells: Mapping[str, str]) -> str:
    named = [f"{cell} (“{one_line(text)[:60]}”)" for cell, text in list(cells.items())[:_MOST_LISTED]]
    return ", ".join(named) + (" and others" if len(cells) > _MOST_LISTED else "")
