"""Write views of the matrix to files, in every format."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.project.output_files import side_file, write_file

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument


@dataclass(frozen=True, slots=True)
class WrittenChart:
    """A chart as it was written.

    Attributes:
        files: The files that were written.
        warnings: What the file holds in another form, as sentences.
    """

    files: tuple[str, ...]
    warnings: tuple[str, ...]


def chart_bytes(
    filename: str,
    document: ChartDocument,
    *,
    writer: str | None = None,
    content: CellContent = CellContent.BOTH,
    layout: Layout = Layout.WIDE,
    guard: bool = True,
    bom: bool = False,
) -> tuple[bytes, tuple[str, ...]]:
    """Return a chart as the bytes of a file, and warnings.

    Args:
        filename: Name of the file; its extension chooses the format unless *writer* does.
        document: The chart.
        writer: Name of the format.
        content: What the cells hold.
        layout: For CSV and TSV: a line for each row of the chart (wide) or for each cell (long).
        guard: For CSV and TSV: whether to put an apostrophe before text that would be run as a formula.
        bom: For CSV and TSV: whether to begin with a byte order mark.

    Raises:
        InvalidInput: If no format has this extension or name.
    """
    from fwanalysis.formats.charts.registry import chart_writer, write_chart

    written = write_chart(filename, document, writer, content, layout=layout, guard=guard)
    mark = codecs.BOM_UTF8 if bom and chart_writer(filename, writer).is_delimited else b""
    return mark + written.data, written.warnings


def files_of(path: str | Path, writer: str | None = None) -> tuple[Path, ...]:
    """Return the files that writing a chart makes: the file, and for CSV and TSV ``FILE.meta.json`` beside it."""
    from fwanalysis.formats.charts.registry import chart_writer

    file = Path(path)
    return (file, side_file(file)) if chart_writer(file.name, writer).is_delimited else (file,)


def write_document(
    path: str | Path,
    document: ChartDocument,
    *,
    writer: str | None = None,
    content: CellContent = CellContent.BOTH,
    layout: Layout = Layout.WIDE,
    guard: bool = True,
    bom: bool = False,
) -> WrittenChart:
    """Write a chart to a file; the arguments are those of ``chart_bytes``."""
    from fwanalysis.formats.writers.meta import write_meta_of

    file = Path(path)
    data, warnings = chart_bytes(
        file.name, document, writer=writer, content=content, layout=layout, guard=guard, bom=bom
    )
    files = files_of(file, writer)
    write_file(file, data)
    for side in files[1:]:
        old = {"codings_without_a_place": document.about["codings_unanchored"]}  # the old name, for one version
        about = {**document.about, **old, "cells": content.value, "layout": layout.value}
        write_file(side, write_meta_of(about))
    return WrittenChart(tuple(map(str, files)), warnings)
