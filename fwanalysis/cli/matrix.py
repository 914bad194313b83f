"""``fwa matrix``: cases by themes."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, listed, opened, pairs
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_bytes, emit_json, emit_table, pluralise, terminal_width
from fwanalysis.domain.matrix import CellContent, CellState, Layout, Matrix, MatrixCell, MatrixQuery
from fwanalysis.errors import InvalidInput

Function = TypeVar("Function", bound=Callable[..., Any])
_READABLE = 96
"""The longest line that is comfortable to read."""
_COLUMN = 12
"""What a column of the matrix needs on a terminal, with the gap."""
_WRITTEN = (CellContent.SUMMARY, CellContent.BOTH)
"""The contents that show what was written, which may be stale."""
_CONTENT = click.Choice([content.value for content in CellContent])


@click.group(cls=AreaGroup)
@common_options
def matrix() -> None:
    """The framework matrix: what each case said on each theme."""


def _view_options(function: Function) -> Function:
    for option in (
        click.option("--attributes", metavar="NAME,...", help="Attributes to show; all if not given."),
        click.option("--sort", metavar="NAME,...", help="Order of the rows by attributes."),
        click.option(
            "--where", multiple=True, metavar="NAME=VALUE", help="Only rows with this attribute; may be repeated."
        ),
        click.option("--theme", metavar="CODE", help="The sub-themes of this theme as columns."),
        click.option(
            "--rows",
            default="default",
            metavar="person|group|site|attribute:NAME",
            help="What the rows are; persons with a source of their own and groups if not given.",
        ),
    ):
        function = option(function)
    return function


def _query(
    rows: str, theme: str | None, where: tuple[str, ...], sort: str | None, attributes: str | None
) -> MatrixQuery:
    return MatrixQuery(
        rows=rows,
        theme=theme,
        where=pairs(where, "--where"),
        sort=listed(sort),
        attributes=None if attributes is None else listed(attributes),
    )


@matrix.command()
@_view_options
@click.option("--cells", type=_CONTENT, default="counts", show_default=True, help="What the cells show.")
@common_options
def show(
    rows: str, theme: str | None, where: tuple[str, ...], sort: str | None, attributes: str | None, cells: str
) -> None:
    """The matrix on the screen: figures, or summaries and quotations case by case."""
    from fwanalysis.analysis.export import cell_value, written_and_stale

    content = CellContent(cells)
    with opened() as project:
        view = project.matrix.view(_query(rows, theme, where, sort, attributes))
    if as_json():
        emit_json([_record(view, row_key, code_id, cell, content) for (row_key, code_id), cell in view.cells.items()])
        return
    if content is CellContent.COUNTS:
        shown = view.attributes if attributes is not None else _fitting(view)
        emit_table(
            ("case", *shown, *(column.heading for column in view.columns)),
            [
                (
                    row.label,
                    *(row.attributes.get(name, "") for name in shown),
                    *(_figure(view.cells[row.key, column.code_id]) for column in view.columns),
                )
                for row in view.rows
            ],
        )
        if left_out := view.attributes[len(shown) :]:
            say(f"left out for want of room: {', '.join(left_out)}; --attributes chooses")
        say("figures are passages coded; ✎ has a written summary, ! a summary whose evidence has changed since")
    else:
        width = min(terminal_width() or _READABLE, _READABLE)
        for row in view.rows:
            emit("  ".join((f"## {row.label}", *(row.attributes.get(name, "") for name in view.attributes))).rstrip())
            for column in view.columns:
                cell = view.cells[row.key, column.code_id]
                value = str(cell_value(cell, content) or "")
                mark = " ! stale" if content in _WRITTEN and cell.stale else ""
                emit(f"\n{column.heading}:{mark}")
                lines = value.split("\n") if value else [f"({cell.empty_because})"]
                for line in lines:
                    emit(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  "))
            emit("")
        if content in _WRITTEN:
            _tell_stale(*written_and_stale(view), "“! stale” marks them")
    if view.outside and not where:
        say(f"{pluralise(view.outside, 'coding')} of cases that are not among these rows")
    _tell_unplaced(view.unanchored)
    if where and not view.rows:
        say(f"No row has {', '.join(where)}; “fwa case list” shows the values there are.")


def _tell_stale(written: int, stale: int, shown: str) -> None:
    if stale:
        are = "is" if stale == 1 else "are"
        say(f"{stale} of {pluralise(written, 'written cell')} {are} stale, the evidence having changed since; {shown}.")


def _tell_unplaced(count: int) -> None:
    if count:
        have = "have" if count > 1 else "has"
        say(f"{pluralise(count, 'coding')} {have} no place in the corrected texts: fwa source unplaced")


def _fitting(view: Matrix) -> tuple[str, ...]:
    """The first attributes, as many as leave each theme a readable column on this terminal."""
    width = terminal_width()
    if width is None:
        return view.attributes
    return view.attributes[: max(0, width // _COLUMN - 1 - len(view.columns))]


def _figure(cell: MatrixCell) -> str:
    return f"{cell.segments}{' ✎' if cell.cell else ''}{'!' if cell.stale else ''}"


def _record(view: Matrix, row_key: str, code_id: str, cell: MatrixCell, content: CellContent) -> dict[str, object]:
    from fwanalysis.analysis.export import cell_value

    row = next(row for row in view.rows if row.key == row_key)
    column = next(column for column in view.columns if column.code_id == code_id)
    return {
        "case": row.label,
        "attributes": row.attributes,
        "code_id": code_id,
        "code": column.heading,
        "code_path": column.path,
        "content": cell_value(cell, content),
        "summary": cell.cell.summary if cell.cell else None,
        "state": cell.cell.state if cell.cell else None,
        "empty_because": cell.empty_because or None,
        "segments": cell.segments,
        "persons": cell.persons,
        "stale": cell.stale,
    }


@matrix.command()
@click.argument("file", required=False, default="-", type=click.Path())
@_view_options
@click.option("--cells", type=_CONTENT, default="both", show_default=True, help="What the cells hold.")
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default="wide",
    show_default=True,
    help="A line for each case (wide) or for each cell (long).",
)
@click.option("--format", "writer", metavar="NAME", help="csv or tsv, if the file's name does not say.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, which Excel needs to see UTF-8.")
@common_options
def export(
    file: str,
    rows: str,
    theme: str | None,
    where: tuple[str, ...],
    sort: str | None,
    attributes: str | None,
    cells: str,
    layout: str,
    writer: str | None,
    bom: bool,
) -> None:
    """Write the matrix to a file (CSV or TSV) with FILE.meta.json beside it, or to stdout."""
    from fwanalysis.project.output_files import table_bytes, write_table

    query = _query(rows, theme, where, sort, attributes)
    with opened() as project:
        table = project.matrix.export(query, content=CellContent(cells), layout=Layout(layout))
    if cells in _WRITTEN:
        why = "the column “stale” says why" if layout == Layout.LONG else "“fwa matrix show” marks them with !"
        _tell_stale(int(str(table.about["written"])), int(str(table.about["stale"])), why)
    if file == "-":
        if as_json():
            emit_json([dict(zip(table.columns, row, strict=True)) for row in table.rows])
        else:
            emit_bytes(table_bytes("-.csv", table, writer=writer, bom=bom))
        return
    write_table(file, table, writer=writer, bom=bom)
    outside = table.about["codings_outside_the_rows"]
    say(f"{pluralise(len(table.rows), 'row')}, {pluralise(len(table.columns), 'column')} written to {file}")
    if outside and not where:
        say(f"{pluralise(int(str(outside)), 'coding')} of cases that are not among these rows")
    _tell_unplaced(int(str(table.about["codings_without_a_place"])))
    if as_json():
        emit_json({"path": file, "rows": len(table.rows), "columns": list(table.columns)})


@matrix.command("set")
@click.argument("case")
@click.argument("code")
@click.argument("summary", required=False)
@click.option("--file", metavar="FILE", help="Take the summary from a file, or from stdin (-).")
@click.option("--nothing-said", is_flag=True, help="Charted: the case said nothing on this.")
@click.option("--not-applicable", metavar="REASON", help="The theme cannot apply to this case, and why.")
@click.option("--clear", is_flag=True, help="Take what is written away.")
@common_options
def set_(
    case: str,
    code: str,
    summary: str | None,
    file: str | None,
    nothing_said: bool,
    not_applicable: str | None,
    clear: bool,
) -> None:
    """Write what a case said on a theme."""
    given = [summary is not None, file is not None, nothing_said, not_applicable is not None, clear]
    if sum(given) != 1:
        raise click.UsageError("Give one of: SUMMARY, --file, --nothing-said, --not-applicable REASON, --clear.")
    with changing() as project:
        if clear:
            project.matrix.clear(case, code)
            emit_json({"cleared": True}) if as_json() else emit("cleared")
            return
        state = CellState.CHARTED
        text = summary or ""
        if file is not None:
            text = _read(file)
        elif nothing_said:
            state = CellState.NOTHING_SAID
        elif not_applicable is not None:
            state, text = CellState.NOT_APPLICABLE, not_applicable
        cell = project.matrix.set(case, code, text, state=state)
    if as_json():
        emit_json(cell)
    else:
        emit(f"{state}, resting on {pluralise(len(cell.basis.codings), 'coding')}")


def _read(file: str) -> str:
    name = "stdin" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8.") from None
