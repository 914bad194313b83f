"""Data structures as Excel workbooks: first-order concepts, second-order themes and aggregate dimensions in columns.

Every row repeats its theme and dimension, so that the sheet can be sorted and filtered.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fwanalysis.formats.charts.chart_file import ChartFile
from fwanalysis.formats.charts.chart_parts import facts
from fwanalysis.formats.charts.printable import Printable
from fwanalysis.formats.charts.xlsx_grid import Grid, GridColumn
from fwanalysis.formats.charts.xlsx_styles import FONT, Styles

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table

_WIDTHS = (22.0, 42.0, 30.0, 30.0, 22.0, 34.0, 18.0)
_SHEET, _ABOUT = "Data structure", "About"


def write_structure(table: Table) -> ChartFile:
    """Return a data structure as a workbook with a sheet of facts; the warnings name texts that are continued."""
    import xlsxwriter

    data, printable = io.BytesIO(), Printable()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": FONT,
    }
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": _SHEET, "comments": "Written by fwanalysis"})
        styles = Styles(book)
        grid = _structure(book.add_worksheet(_SHEET), table, styles, printable)
        _about(book.add_worksheet(_ABOUT), table, styles, printable)
    continued = [
        f"Sheet “{_SHEET}”: the texts of {heading} need more than one row and are continued below it."
        for heading in grid.continued
    ]
    return ChartFile(data.getvalue(), (*printable.warnings, *continued))


def _structure(sheet: Any, table: Table, styles: Styles, printable: Printable) -> Grid:
    columns = [
        GridColumn(width, grows=True, role="label" if name == "code" else "text")
        for name, width in zip(table.columns, _WIDTHS, strict=True)
    ]
    grid = Grid(sheet, columns, printable)
    grid.fit(table.rows)
    grid.set_columns()
    grid.add_bold(table.columns, styles.heading)
    for row in table.rows:
        grid.add(row, [styles.text] * len(columns))
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, grid.row - 1, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    return grid


def _about(sheet: Any, table: Table, styles: Styles, printable: Printable) -> None:
    grid = Grid(sheet, [GridColumn(26, role="label"), GridColumn(90)], printable, has_borders=False)
    grid.set_columns()
    for fact in facts(table.about):
        grid.add(fact, [styles.text, styles.text])
