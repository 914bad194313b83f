"""Charts in the form in which NVivo exports a framework matrix: one sheet, rows ``1 : P01``, columns ``A : Theme``."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from fwanalysis.domain.chart_tables import cell_content, column_headers
from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.chart_file import ChartFile
from fwanalysis.formats.charts.chart_parts import facts
from fwanalysis.formats.charts.printable import Printable
from fwanalysis.formats.charts.xlsx_grid import Grid, GridColumn
from fwanalysis.formats.charts.xlsx_styles import FONT, Styles

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument

MATRIX, ABOUT = "Framework matrix", "About"
_ROW = re.compile(r"\s*\d+ ?: (?P<label>.+)", re.DOTALL)
_COLUMN = re.compile(r"\s*[A-Z]{1,3} ?: (?P<label>.+)", re.DOTALL)


def write_nvivo(document: ChartDocument, content: CellContent = CellContent.SUMMARY) -> ChartFile:
    """Return a chart as a workbook in NVivo's form, with the facts about the export on a second sheet."""
    import xlsxwriter

    data, printable = io.BytesIO(), Printable()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": FONT,
    }
    with xlsxwriter.Workbook(data, options) as book:
        styles = Styles(book)
        sheet = book.add_worksheet(MATRIX)
        grid = Grid(
            sheet, [GridColumn(22, role="label"), *(GridColumn(38, grows=True) for _ in document.columns)], printable
        )
        rows = [
            [f"{number} : {row.label}", *(cell_content(cell, content) for cell in cells)]
            for number, (row, cells) in enumerate(zip(document.rows, document.cells, strict=True), 1)
        ]
        grid.fit(rows)
        grid.set_columns()
        headers = (f"{letters(at)} : {header}" for at, header in enumerate(column_headers(document)))
        grid.add_bold(["", *headers], styles.heading)
        for row in rows:
            grid.add(row, [styles.label, *[styles.cell] * len(document.columns)])
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        about = book.add_worksheet(ABOUT)
        about_grid = Grid(about, [GridColumn(24, role="label"), GridColumn(90)], printable)
        about_grid.set_columns()
        for name, value in (("title", document.title), *facts(document.about)):
            about_grid.add([name, value], [styles.label, styles.cell])
    continued = (
        f"Sheet “{MATRIX}”: the texts of {heading} need more than one row and are continued below it."
        for heading in grid.continued
    )
    return ChartFile(data.getvalue(), (*printable.warnings, *continued))


def letters(at: int) -> str:
    """Return the letters of a column from its index: A to Z, then AA, AB."""
    named, number = "", at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        named = chr(65 + rest) + named
    return named


def row_label(text: str) -> str | None:
    """Return the name in a heading of a row (``1 : P01``), without further lines of attributes; None if it is none."""
    found = _ROW.fullmatch(text)
    return found["label"].strip().partition("\n")[0].strip() if found else None


def column_label(text: str) -> str | None:
    """Return the name in a heading of a column (``A : Theme``); None if it is none."""
    found = _COLUMN.fullmatch(text)
    return found["label"].strip() if found else None
