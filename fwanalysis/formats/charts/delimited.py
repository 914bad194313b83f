"""Charts as CSV and TSV, wide or long (RFC 4180): UTF-8, CRLF, quotes where needed.

Spreadsheet programs run a cell that begins with ``= + - @`` as a formula. Such a cell gets an apostrophe in front
unless ``guard`` is off; reading the file back removes it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from fwanalysis.domain.chart_tables import long_table, wide_table
from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.formats.charts.chart_file import ChartFile
from fwanalysis.formats.tables.formula_guard import guarded_reversibly

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.table import Scalar


def write_csv(
    document: ChartDocument,
    content: CellContent = CellContent.SUMMARY,
    *,
    layout: Layout = Layout.WIDE,
    guard: bool = True,
) -> ChartFile:
    """Return a chart as comma-separated values.

    Args:
        document: The chart.
        content: What the cells hold.
        layout: A line for each row of the chart (wide) or for each cell (long).
        guard: Whether to put an apostrophe before text that a spreadsheet program would run as a formula.
    """
    return _written(document, content, layout, ",", guard=guard)


def write_tsv(
    document: ChartDocument,
    content: CellContent = CellContent.SUMMARY,
    *,
    layout: Layout = Layout.WIDE,
    guard: bool = True,
) -> ChartFile:
    """Return a chart as tab-separated values, quoted like CSV; see ``write_csv``."""
    return _written(document, content, layout, "\t", guard=guard)


def _written(
    document: ChartDocument, content: CellContent, layout: Layout, delimiter: str, *, guard: bool
) -> ChartFile:
    table = (long_table if layout is Layout.LONG else wide_table)(document, content)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    for row in (table.columns, *table.rows):
        writer.writerow(map(_guarded, row) if guard else row)
    return ChartFile(lines.getvalue().encode("utf-8", "surrogatepass"))


def _guarded(value: Scalar) -> Scalar:
    return guarded_reversibly(value) if isinstance(value, str) else value
