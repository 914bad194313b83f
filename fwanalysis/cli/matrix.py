"""``fwa matrix``: the framework matrix, cases by themes."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import hint, say, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.matrix_options import Query, view_options
from fwanalysis.cli.output import emit, emit_json, emit_table, pluralise, terminal_width
from fwanalysis.domain.cell_text import UNWRITTEN
from fwanalysis.domain.matrix import CellContent

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument, DocumentCell, DocumentColumn, DocumentRow

_READABLE = 96
"""Width of text in terminal cells that is comfortable to read."""
_COLUMN = 12
"""Width in terminal cells that a column of the matrix needs, with the gap."""
WITH_SUMMARIES = (CellContent.SUMMARY, CellContent.BOTH)
"""The contents that show summaries, which may be out of date."""
UNKNOWN = "(unknown)"
CONTENT = click.Choice([content.value for content in CellContent])
_NUMBERS = (CellContent.COUNTS, CellContent.STANCES, CellContent.PRESENCE)
_HOME = "fwanalysis.cli.matrix_"
_TABLE = {
    "export": ("files:export", "Write the matrix to a file, or to stdout (-)."),
    "import": (
        "import:import_",
        "Compare a chart that a co-author edited with the project, and take what was written there.",
    ),
    "set": ("cells:set_", "Set the summary of one cell (SUMMARY, --file FILE or - for stdin)."),
    "affirm": ("cells:affirm", "Affirm a summary that is out of date: it stays as it is, and REASON is kept with it."),
    "draft": (
        "cells:draft",
        "Fill the unwritten cells of a view with their quotations and references, as drafts to start from.",
    ),
    "check": (
        "check:check",
        "Check the quotations and references of all summaries, and list those that are out of date.",
    ),
    "chart": ("charts:chart", "List, save and remove stored charts: views of the matrix under a name."),
}


@click.group(cls=AreaGroup, table={name: (_HOME + home, line) for name, (home, line) in _TABLE.items()})
@common_options
def matrix() -> None:
    """Show and export the framework matrix, and write its summaries.

    Examples:
      fwa matrix show
      fwa matrix export matrix.xlsx
      fwa matrix set P04 effort "Bears most of the cost (P04:22)."
    """


@matrix.command()
@view_options
@click.option("--cells", type=CONTENT, default="counts", help="Content of the cells [default: counts].")
@common_options
def show(query: Query, cells: str) -> None:
    """Show the matrix: numbers, or summaries and quotations case by case.

    Examples:
      fwa matrix show
      fwa matrix show --theme effort --cells summary
      fwa matrix show --rows site --figures attendance --sort -attendance
    """
    content = CellContent(cells)
    with opened() as project:
        asked = query(project)
        document = project.matrix.document(asked, with_context=False)
    if as_json():
        emit_json(
            [
                _record(document, row, column, cell, content)
                for row, in_row in zip(document.rows, document.cells, strict=True)
                for column, cell in zip(document.columns, in_row, strict=True)
            ]
        )
        return
    if content in _NUMBERS:
        _show_numbers(document, content, all_attributes=asked.attributes is not None)
    else:
        _show_cells(document, content)
    note_codings(document, is_filtered=asked.is_filtered)
    if asked.is_filtered and not document.rows:
        conditions = [*(f"{name}={value}" for name, value in asked.where), asked.expression, *asked.cases]
        say(f"No row has {', '.join(filter(None, conditions))}. List the values in use with: fwa case list")


def _show_numbers(document: ChartDocument, content: CellContent, *, all_attributes: bool) -> None:
    """Show numbers as a table, with the attributes that fit the terminal, or all."""
    from fwanalysis.domain.chart_tables import CASE, attribute_headers, cell_content, column_headers

    count = len(document.attributes) if all_attributes else _fitting(document)
    shown = document.attributes[:count]
    bands: tuple[str, ...] = ()
    lines: list[tuple[object, ...]] = []
    for row, cells in zip(document.rows, document.cells, strict=True):
        if row.bands != bands:
            bands = row.bands
            lines.append((f"[{', '.join(bands) or 'no group'}]", *("" for _ in shown), *("" for _ in document.columns)))
        values = (value if value is not None else UNKNOWN for value in row.attributes[:count])
        lines.append((row.label, *values, *(f"{cell_content(cell, content)}{_marks(cell)}".strip() for cell in cells)))
    labels = column_headers(document)
    emit_table((CASE, *attribute_headers(document, (CASE, *labels))[:count], *labels), lines)
    if left_out := document.attributes[count:]:
        say(f"hidden to fit the terminal: {', '.join(left_out)}")
        hint("choose attributes with: fwa matrix show --attributes NAME,...")
    what = {
        CellContent.COUNTS: "numbers = coded segments",
        CellContent.STANCES: "numbers = codings by what they say about the code",
        CellContent.PRESENCE: "1 = coded, 0 = not",
    }[content]
    say(f"{what}; ✎ = written; ! = out of date")


def _marks(cell: DocumentCell) -> str:
    return f"{'' if cell.state in UNWRITTEN else ' ✎'}{'!' if cell.stale else ''}"


def _show_cells(document: ChartDocument, content: CellContent) -> None:
    """Show summaries or quotations case by case."""
    from fwanalysis.domain.chart_tables import cell_content

    width = min(terminal_width() or _READABLE, _READABLE)
    for row, cells in zip(document.rows, document.cells, strict=True):
        values = (value or UNKNOWN for value in row.attributes)
        emit("  ".join((f"## {row.label}", *values, *row.bands)).rstrip())
        for column, cell in zip(document.columns, cells, strict=True):
            emit(f"\n{column.label}:")
            text = str(cell_content(cell, content) or "") or f"({cell.state})"
            for line in text.split("\n"):
                emit(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  "))
        emit("")
    if content in WITH_SUMMARIES:
        warn_stale(document, 'marked "out of date"')


def warn_stale(document: ChartDocument, where: str) -> None:
    """Warn of the summaries of a chart that are out of date."""
    written, stale = int(str(document.about["written"])), int(str(document.about["stale"]))
    if stale:
        are = "is" if stale == 1 else "are"
        summaries = pluralise(written, "summary", "summaries")
        warn(f"{stale} of {summaries} {are} out of date: the evidence changed ({where})")


def note_codings(document: ChartDocument, *, is_filtered: bool) -> None:
    """Say how many codings are not in the chart, and why."""
    outside = int(str(document.about["codings_outside_the_rows"]))
    if outside and not is_filtered:
        say(f"{pluralise(outside, 'coding')} in none of these rows")
    if count := int(str(document.about["written_elsewhere"])):
        are = "is" if count == 1 else "are"
        say(f"{pluralise(count, 'written cell')} of these cases {are} not in this chart: add --theme or --all-codes")
    if count := int(str(document.about["codings_unanchored"])):
        warn(f"{pluralise(count, 'unanchored coding')} not included")
        hint("list unanchored segments: fwa source unanchored")


def _fitting(document: ChartDocument) -> int:
    """Return how many attributes leave each theme a readable column on this terminal."""
    width = terminal_width()
    if width is None:
        return len(document.attributes)
    return min(len(document.attributes), max(0, width // _COLUMN - 1 - len(document.columns)))


def _record(
    document: ChartDocument, row: DocumentRow, column: DocumentColumn, cell: DocumentCell, content: CellContent
) -> dict[str, object]:
    from fwanalysis.domain.chart_tables import cell_content

    is_written = cell.state not in UNWRITTEN
    known = zip(document.attributes, row.attributes, strict=True)
    return {
        "case": row.label,
        "attributes": {name: value for name, value in known if value is not None},
        "bands": row.bands,
        "code_id": column.code_id,
        "code": column.label,
        "code_path": column.path,
        "own": column.own,
        "content": cell_content(cell, content),
        "summary": cell.text if is_written else None,
        "state": cell.state.replace(" ", "-") if is_written else None,
        "empty_because": _empty_because(cell),
        "segments": cell.segments,
        "persons": cell.persons,
        "words": cell.words,
        "stances": dict(zip(("for", "against", "mixed"), cell.stances, strict=True)),
        "stale": cell.stale,
        "author": cell.author or None,
        "written_at": cell.written_at or None,
        "affirmation": cell.affirmation or None,
        "disagreement": cell.disagreement or None,
    }


def _empty_because(cell: DocumentCell) -> str | None:
    if cell.state == "nothing said":
        return "charted, nothing said"
    return None if cell.state in ("draft", "checked") else cell.state
