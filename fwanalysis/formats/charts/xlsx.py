"""Charts as Excel workbooks: a sheet per theme, and sheets of definitions, evidence, cells and facts.

A theme's sheet has a hidden first row and a hidden first column with ids, so that the file can be read back after its
rows were sorted and its sheets reordered. Text is written as text: nothing is run as a formula.
"""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.chart_tables import attribute_values, cell_content
from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.chart_file import ChartFile
from fwanalysis.formats.charts.chart_parts import band_headers, heading_lines, padded, theme_parts
from fwanalysis.formats.charts.printable import Printable
from fwanalysis.formats.charts.xlsx_appendix import add_appendix, appendix_names
from fwanalysis.formats.charts.xlsx_grid import Grid, GridColumn, sheet_names
from fwanalysis.formats.charts.xlsx_ids import column_id, first_id
from fwanalysis.formats.charts.xlsx_styles import FONT, Styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.table import Scalar
    from fwanalysis.formats.charts.chart_parts import ThemePart

_CASE_WIDTH, _ATTRIBUTE_WIDTH, _SHORT_WIDTH = 18.0, 13.0, 20.0
_WIDTHS = ((2, 70.0), (4, 50.0))
_WIDTH = 38.0
_MOST_FROZEN = 90.0
_PAGE = 230.0
"""Width of the columns that fit on a page of A4, landscape, at 60 % of their size."""


def write_xlsx(document: ChartDocument, content: CellContent = CellContent.SUMMARY) -> ChartFile:
    """Return a chart as a workbook.

    Args:
        document: The chart.
        content: What the cells of the themes' sheets hold. Only *summary* and *both* can be read back.

    Returns:
        The file; its warnings name the cells that are continued in further rows, because a row of a spreadsheet is at
        most 409 points high and a cell holds at most 32,767 characters.
    """
    import xlsxwriter

    data, printable = io.BytesIO(), Printable()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": FONT,
    }
    warnings: list[str] = []
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": printable(document.title), "comments": "Written by fwanalysis"})
        styles = Styles(book)
        parts = theme_parts(document)
        names = sheet_names([part.title for part in parts], appendix_names(document))
        for name, part in zip(names, parts, strict=True):
            sheet = book.add_worksheet(name)
            continued = _ThemeSheet(sheet, document, part, content, styles, printable).write()
            warnings += [f"Sheet “{name}”: {_continued(heading)}" for heading in continued]
        for name, heading in add_appendix(book, document, content, styles, printable):
            warnings.append(f"Sheet “{name}”: {_continued(heading)}")
    return ChartFile(data.getvalue(), (*printable.warnings, *warnings))


def _continued(heading: str) -> str:
    return f"the texts of {heading} need more than one row and are continued below it."


class _ThemeSheet:
    """The sheet of one theme: rows 1 (ids, hidden), 2 and 3 (headings), then the cases."""

    def __init__(
        self,
        sheet: Any,
        document: ChartDocument,
        part: ThemePart,
        content: CellContent,
        styles: Styles,
        printable: Printable,
    ) -> None:
        self._sheet, self._document, self._part = sheet, document, part
        self._content, self._styles, self._printable = content, styles, printable
        self._bands = band_headers(document)
        self._before = 2 + len(self._bands) + len(document.attributes)
        self._grid = Grid(sheet, self._columns(), printable)

    def write(self) -> list[str]:
        """Write the sheet; return the headings of continued rows."""
        rows = [self._values(at) for at in range(len(self._document.rows))]
        self._grid.fit(rows)
        self._grid.set_columns()
        self._add_headings()
        for at, values in enumerate(rows):
            self._grid.add(values, self._row_styles(at))
        self._set_view()
        return self._grid.continued

    def _columns(self) -> list[GridColumn]:
        count = len(self._part.places)
        width = next((width for most, width in _WIDTHS if count <= most), _WIDTH)
        return [
            GridColumn(12, role="id", is_hidden=True),
            GridColumn(_CASE_WIDTH, role="label"),
            *(GridColumn(_ATTRIBUTE_WIDTH, role="repeated") for _ in range(self._before - 2)),
            *(GridColumn(width if self._has_texts(at) else _SHORT_WIDTH, grows=True) for at in self._part.places),
        ]

    def _has_texts(self, place: int) -> bool:
        """Return whether a column holds more than counts and states."""
        if self._content in (CellContent.COUNTS, CellContent.PRESENCE, CellContent.STANCES):
            return False
        return any(row[place].text or row[place].quotes for row in self._document.cells)

    def _add_headings(self) -> None:
        document, style = self._document, self._styles.heading
        columns = [document.columns[at] for at in self._part.places]
        before = [*self._bands, *document.attributes]
        ids = [first_id(self._content), "case", *(f"attribute {name}" for name in before), *map(column_id, columns)]
        self._grid.add_ids(ids, self._styles.hidden)
        lines = [heading_lines(column) for column in columns]
        self._grid.add_bold([*[""] * self._before, *(theme for theme, _ in lines)], style)
        self._merge_themes([theme for theme, _ in lines])
        self._grid.add_bold(["", "case", *before, *(heading for _, heading in lines)], style)

    def _merge_themes(self, themes: Sequence[str]) -> None:
        start = 0
        for end in range(1, len(themes) + 1):
            if end == len(themes) or themes[end] != themes[start]:
                if end - start > 1 and themes[start]:
                    text = self._printable(themes[start])
                    columns = self._before + start, self._before + end - 1
                    self._sheet.merge_range(1, columns[0], 1, columns[1], text, self._styles.heading)
                start = end

    def _values(self, at: int) -> list[Scalar]:
        document = self._document
        row, cells = document.rows[at], document.cells[at]
        bands = padded(row.bands, len(self._bands))
        contents = (cell_content(cells[place], self._content) for place in self._part.places)
        return [row.case_id, row.label, *bands, *attribute_values(document, row), *contents]

    def _row_styles(self, at: int) -> list[Any]:
        styles, cells = self._styles, self._document.cells[at]
        before = [styles.hidden, styles.label, *[styles.value] * (self._before - 2)]
        return [*before, *(styles.of(cells[place]) for place in self._part.places)]

    def _set_view(self) -> None:
        sheet, grid = self._sheet, self._grid
        frozen = _CASE_WIDTH + _ATTRIBUTE_WIDTH * (self._before - 2)
        sheet.freeze_panes(3, self._before if frozen <= _MOST_FROZEN else 2)
        if grid.row > 3:
            # From the hidden column on, because a program that sorts by a filter moves only the filter's columns.
            sheet.autofilter(2, 0, grid.row - 1, self._before + len(self._part.places) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(1, 2)
        pages = max(1, ceil(grid.width / _PAGE))
        if pages > 1:
            sheet.repeat_columns(1, 1)
        sheet.fit_to_pages(pages, 0)
        title = self._printable(f"{self._document.title}: {self._part.title}").replace("&", "&&")
        sheet.set_footer(f"&L&8{title[:150]}&R&8&P / &N")
