"""Read a chart back from a file that a co-author may have edited.

Knows no project: which case and which code a heading means is found out elsewhere.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.cell_text import CellText
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.charts.parsed_chart import Collected, Heading, ParsedCell, ParsedChart
from fwanalysis.formats.charts.read_table import is_long, is_wide, read_long, read_wide
from fwanalysis.formats.decoding.sniffing import ZIP
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.tables.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["ParsedCell", "ParsedChart", "read_chart"]


def read_chart(
    filename: str, data: bytes, *, attributes: Collection[str] = (), encoding: str | None = None
) -> ParsedChart:
    """Return the cells of a chart's file.

    The file is a workbook (of this program, however its rows, columns and sheets were moved, or of NVivo's form), CSV
    or TSV (wide or long, with any separator), or JSON of this program.

    Args:
        filename: Name of the file, for messages; its extension tells JSON from CSV.
        data: Its bytes.
        attributes: Names of attributes, so that their columns in a wide table are not taken for codes.
        encoding: Label of the encoding of CSV and TSV; detected if None.

    Raises:
        InvalidInput: The file holds no chart, or one without summaries.
        UnreadableFile: The bytes are not a table or a workbook, or exceed the limits.
    """
    options = ReadOptions(encoding=encoding)
    if data.startswith(ZIP) or PurePath(filename).suffix.lower() in (".xlsx", ".xlsm"):
        from fwanalysis.formats.charts.read_workbook import read_workbook

        return read_workbook(filename, data, options.limits, attributes)
    if PurePath(filename).suffix.lower() == ".json":
        return _read_json(filename, data)
    sheet = read_sheet(filename, data, options)
    collected = Collected(warnings=[f"{notice.message}" for notice in sheet.warnings])
    if not sheet.rows:
        raise InvalidInput(
            f"{filename} holds no table", hint="its first line must name the columns, one of them “case”"
        )
    (_, header), rows = sheet.rows[0], sheet.rows[1:]

    def place(number: int, index: int) -> str:
        return f"Line {number}, column “{header[index]}”" if index < len(header) else f"Line {number}"

    if is_long(header):
        read_long(header, rows, place, collected)
    elif is_wide(header):
        read_wide(header, rows, place, collected, attributes)
    else:
        raise InvalidInput(
            f"{filename} has no column “case” in its first line", hint="name the column of the cases “case”"
        )
    form = "long" if is_long(header) else "wide"
    return ParsedChart(form, tuple(collected.cells), tuple(collected.warnings))


def _read_json(filename: str, data: bytes) -> ParsedChart:
    from fwanalysis.formats.charts.json import read_json

    document, collected = read_json(filename, data), Collected()
    for row, cells in zip(document.rows, document.cells, strict=True):
        for column, cell in zip(document.columns, cells, strict=True):
            heading = Heading(column.theme, column.path, column.code_id, column.own)
            parsed = CellText(cell.state, cell.text, cell.disagreement)
            collected.add_parsed(row.label, row.case_id, heading, parsed, f"{row.label}, {column.label}")
    return ParsedChart("json", tuple(collected.cells), tuple(collected.warnings), document.about)
