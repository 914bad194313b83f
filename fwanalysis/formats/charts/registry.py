"""Choose the format of a chart's file and write it.

The table ``CHART_WRITERS`` names the functions as text, so that listing the formats imports none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.charts.chart_file import ChartFile

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument


@dataclass(frozen=True, slots=True)
class ChartWriterEntry:
    """A format as it is listed.

    Attributes:
        name: Name of the format.
        extension: File extension that chooses it, in lower case; empty if only its name does.
        description: What such a file is, for lists.
        target: The function that writes it, as ``module:function``.
        is_delimited: Whether it has a layout and a guard against formulas, and needs a file with the facts beside it.
        has_content: Whether it holds what is chosen for the cells; otherwise it holds everything.
    """

    name: str
    extension: str
    description: str
    target: str
    is_delimited: bool = False
    has_content: bool = True


_CHARTS = "fwanalysis.formats.charts"
CHART_WRITERS = (
    ChartWriterEntry("csv", ".csv", "comma-separated values", f"{_CHARTS}.delimited:write_csv", is_delimited=True),
    ChartWriterEntry("tsv", ".tsv", "tab-separated values", f"{_CHARTS}.delimited:write_tsv", is_delimited=True),
    ChartWriterEntry("xlsx", ".xlsx", "Excel workbook, a sheet per theme", f"{_CHARTS}.xlsx:write_xlsx"),
    ChartWriterEntry("docx", ".docx", "Word document, a table per theme", f"{_CHARTS}.docx:write_docx"),
    ChartWriterEntry("md", ".md", "Markdown, a table per theme", f"{_CHARTS}.markdown:write_markdown"),
    ChartWriterEntry("json", ".json", "everything, for programs", f"{_CHARTS}.json:write_json", has_content=False),
    ChartWriterEntry(
        "html", ".html", "report for a browser, in one file", f"{_CHARTS}.html:write_html", has_content=False
    ),
    ChartWriterEntry("nvivo", "", "Excel workbook as NVivo exports a framework matrix", f"{_CHARTS}.nvivo:write_nvivo"),
)


def write_chart(
    filename: str,
    document: ChartDocument,
    writer: str | None = None,
    content: CellContent = CellContent.SUMMARY,
    *,
    layout: Layout = Layout.WIDE,
    guard: bool = True,
) -> ChartFile:
    """Return a chart as the bytes of a file, with warnings about what it holds in another form.

    Args:
        filename: Name of the file; its extension chooses the format unless *writer* does.
        document: The chart.
        writer: Name of one of ``CHART_WRITERS``; chosen by the extension if None.
        content: What the cells hold; JSON and HTML hold everything.
        layout: For CSV and TSV: a line for each row of the chart (wide) or for each cell (long).
        guard: For CSV and TSV: whether to put an apostrophe before text that would be run as a formula.

    Raises:
        InvalidInput: No format has this extension or name.
    """
    entry = chart_writer(filename, writer)
    module, _, function = entry.target.partition(":")
    write = getattr(import_module(module), function)
    if entry.is_delimited:
        return _as_file(write(document, content, layout=layout, guard=guard))
    return _as_file(write(document, content) if entry.has_content else write(document))


def chart_writer(filename: str, writer: str | None = None) -> ChartWriterEntry:
    """Return the format of a file by the name of the format, or else by the file's extension.

    Raises:
        InvalidInput: No format has this extension or name.
    """
    extension = PurePath(filename).suffix.lower()
    for entry in CHART_WRITERS:
        if entry.name == writer or (writer is None and extension and entry.extension == extension):
            return entry
    if writer is not None:
        names = ", ".join(entry.name for entry in CHART_WRITERS)
        raise InvalidInput(f'no format "{writer}"', hint=f"use {names}")
    extensions = ", ".join(entry.extension for entry in CHART_WRITERS if entry.extension)
    raise InvalidInput(f'a chart cannot be written as "{filename}"', hint=f"use the file extension {extensions}")


def _as_file(written: ChartFile | bytes) -> ChartFile:
    return ChartFile(written) if isinstance(written, bytes) else written
