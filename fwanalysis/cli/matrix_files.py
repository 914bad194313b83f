"""``fwa matrix export`` and ``import``: charts as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, confirm_replacing, opened, output_format
from fwanalysis.cli.diagnostics import say, warn
from fwanalysis.cli.groups import command
from fwanalysis.cli.matrix import CONTENT, WITH_SUMMARIES, note_codings, warn_stale
from fwanalysis.cli.matrix_options import Query, view_options
from fwanalysis.cli.output import emit_bytes, emit_json, pluralise
from fwanalysis.domain.matrix import CellContent, Layout

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.table import Table

_FORMATS = {
    "csv": (".csv",),
    "tsv": (".tsv",),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
    "md": (".md",),
    "json": (".json",),
    "html": (".html",),
    "nvivo": (),
}


@command("export")
@click.argument("file", required=False, default="-", type=click.Path())
@view_options
@click.option("--cells", type=CONTENT, default="both", help="Content of the cells [default: both].")
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default="wide",
    help="For CSV and TSV: one row for each case (wide) or for each cell (long) [default: wide].",
)
@click.option(
    "--format", "writer", type=click.Choice(list(_FORMATS)), help="Format [default: by the extension of FILE]."
)
@click.option("--bom", is_flag=True, help="For CSV and TSV: begin with a byte order mark, which Excel needs.")
@click.option("--no-guard", is_flag=True, help="For CSV and TSV: write text that looks like a formula as it is.")
@click.option("--yes", is_flag=True, help="Replace the files without asking.")
@common_options
def export(
    file: str, query: Query, cells: str, layout: str, writer: str | None, bom: bool, no_guard: bool, yes: bool
) -> None:
    """Write the matrix to a file, or to stdout (-).

    Formats: CSV, TSV, Excel (.xlsx), Word (.docx), Markdown, JSON, a report for a browser (.html), and NVivo's
    framework matrix (--format nvivo). With CSV and TSV, date, project, codebook version and filters are written to
    FILE.meta.json beside the file.

    Examples:
      fwa matrix export matrix.csv
      fwa matrix export appendix.docx --theme effort --cells summary
      fwa matrix export counts.csv --all-codes --cells counts
    """
    from fwanalysis.project.chart_export import document_for
    from fwanalysis.project.matrix.files import chart_bytes, files_of, write_document

    formats = dict(_FORMATS)
    if writer == "nvivo":
        formats = {"nvivo": (".xlsx",)}
    writer = output_format(file, writer, formats)
    if file != "-":
        confirm_replacing(*files_of(file, writer), yes=yes)
    content = CellContent(cells)
    with opened() as project:
        asked = query(project)
        document = document_for(project, asked, writer=writer, layout=Layout(layout))
    if content in WITH_SUMMARIES:
        is_marked = layout == Layout.WIDE or writer not in ("csv", "tsv")
        warn_stale(document, 'marked "out of date"' if is_marked else 'see the column "stale"')
    if file == "-":
        if as_json() and writer in ("csv", "tsv"):
            table = _table(document, content, layout)
            emit_json([dict(zip(table.columns, row, strict=True)) for row in table.rows])
            return
        data, warnings = chart_bytes(
            f"-.{writer}", document, writer=writer, content=content, layout=Layout(layout), guard=not no_guard, bom=bom
        )
        for warning in warnings:
            warn(warning)
        emit_bytes(data)
        return
    written = write_document(
        file, document, writer=writer, content=content, layout=Layout(layout), guard=not no_guard, bom=bom
    )
    for warning in written.warnings:
        warn(warning)
    rows, columns = len(document.rows), len(document.columns)
    say(f"{pluralise(rows, 'row')}, {pluralise(columns, 'code')} written to {file}")
    note_codings(document, is_filtered=asked.is_filtered)
    if as_json():
        emit_json(
            {"path": file, "files": written.files, "rows": rows, "columns": _table(document, content, layout).columns}
        )


def _table(document: ChartDocument, content: CellContent, layout: str) -> Table:
    from fwanalysis.domain.chart_tables import long_table, wide_table

    return (long_table if layout == Layout.LONG else wide_table)(document, content)
