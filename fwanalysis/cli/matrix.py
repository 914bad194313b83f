"""``fwa matrix``: the framework matrix, cases by themes."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import (
    as_json,
    changing,
    common_options,
    confirm_replacing,
    listed,
    opened,
    output_format,
    pairs,
)
from fwanalysis.cli.completion import complete_case, complete_code
from fwanalysis.cli.diagnostics import Misuse, hint, say, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.output import emit, emit_bytes, emit_json, emit_table, pluralise, terminal_width
from fwanalysis.domain.matrix import Cell, CellContent, CellState, Layout, Matrix, MatrixCell, MatrixQuery
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])
_READABLE = 96
"""Width of text in terminal cells that is comfortable to read."""
_COLUMN = 12
"""Width in terminal cells that a column of the matrix needs, with the gap."""
_WRITTEN = (CellContent.SUMMARY, CellContent.BOTH)
"""The contents that show summaries, which may be out of date."""
_FORMATS = {"csv": (".csv",), "tsv": (".tsv",)}
_SAVED = {
    CellState.DRAFT: "summary saved",
    CellState.NOTHING_SAID: "saved: nothing said",
    CellState.NOT_APPLICABLE: "saved: not applicable",
}
_CONTENT = click.Choice([content.value for content in CellContent if content is not CellContent.STANCES])


@click.group(cls=AreaGroup)
@common_options
def matrix() -> None:
    """Show and export the framework matrix, and write its summaries.

    Examples:
      fwa matrix show
      fwa matrix export matrix.csv
      fwa matrix set P04 effort "Bears most of the cost (P04:22)."
    """


def _view_options(function: Function) -> Function:
    for option in (
        click.option("--attributes", metavar="NAME,...", help="Attributes to show [default: all]."),
        click.option("--sort", metavar="NAME,...", help="Sort the rows by attributes."),
        click.option(
            "--where", multiple=True, metavar="NAME=VALUE", help="Only rows with this attribute value; repeatable."
        ),
        click.option(
            "--theme", metavar="CODE", shell_complete=complete_code, help="Use the sub-themes of this theme as columns."
        ),
        click.option(
            "--rows",
            default="default",
            metavar="person|group|site|attribute:NAME",
            help="Rows of the matrix [default: persons with a source of their own, then groups].",
        ),
    ):
        function = option(function)
    return function


def _query(
    rows: str, theme: str | None, where: tuple[str, ...], sort: str | None, attributes: str | None
) -> MatrixQuery:
    return MatrixQuery(
        rows=rows,
        themes=(theme,) if theme else (),
        where=pairs(where, "--where"),
        sort=listed(sort),
        attributes=None if attributes is None else listed(attributes),
    )


@matrix.command()
@_view_options
@click.option("--cells", type=_CONTENT, default="counts", help="Content of the cells [default: counts].")
@common_options
def show(
    rows: str, theme: str | None, where: tuple[str, ...], sort: str | None, attributes: str | None, cells: str
) -> None:
    """Show the matrix: counts, or summaries and quotations case by case.

    Examples:
      fwa matrix show
      fwa matrix show --theme effort --cells summary
      fwa matrix show --rows attribute:site --where wave=2
    """
    content = CellContent(cells)
    with opened() as project:
        view = project.matrix.view(_query(rows, theme, where, sort, attributes))
    if as_json():
        emit_json([_record(view, row_key, code_id, cell, content) for (row_key, code_id), cell in view.cells.items()])
        return
    if content is CellContent.COUNTS:
        _show_counts(view, all_attributes=attributes is not None)
    else:
        _show_cells(view, content)
    if view.outside and not where:
        say(f"{pluralise(view.outside, 'coding')} of cases that are not among these rows")
    _warn_unanchored(view.unanchored)
    if where and not view.rows:
        say(f"No row has {', '.join(where)}. List the values in use with: fwa case list")


def _show_counts(view: Matrix, *, all_attributes: bool) -> None:
    """Show the numbers of coded segments as a table, with the attributes that fit the terminal, or all."""
    shown = view.attributes if all_attributes else _fitting(view)
    emit_table(
        ("case", *shown, *(column.heading for column in view.columns)),
        [
            (
                row.label,
                *(row.attributes.get(name, "") for name in shown),
                *(_count(view.cells[row.key, column.key]) for column in view.columns),
            )
            for row in view.rows
        ],
    )
    if left_out := view.attributes[len(shown) :]:
        say(f"hidden to fit the terminal: {', '.join(left_out)}")
        hint("choose attributes with: fwa matrix show --attributes NAME,...")
    say("numbers = coded segments; ✎ = summary; ! = summary out of date")


def _show_cells(view: Matrix, content: CellContent) -> None:
    """Show summaries or quotations case by case."""
    from fwanalysis.analysis.export import cell_value, written_and_stale

    width = min(terminal_width() or _READABLE, _READABLE)
    for row in view.rows:
        emit("  ".join((f"## {row.label}", *(row.attributes.get(name, "") for name in view.attributes))).rstrip())
        for column in view.columns:
            cell = view.cells[row.key, column.key]
            value = str(cell_value(cell, content) or "")
            mark = " ! out of date" if content in _WRITTEN and cell.stale else ""
            emit(f"\n{column.heading}:{mark}")
            lines = value.split("\n") if value else [f"({cell.empty_because})"]
            for line in lines:
                emit(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  "))
        emit("")
    if content in _WRITTEN:
        _warn_stale(*written_and_stale(view), 'marked "! out of date"')


def _warn_stale(written: int, stale: int, where: str) -> None:
    if stale:
        are = "is" if stale == 1 else "are"
        warn(
            f"{stale} of {pluralise(written, 'summary', 'summaries')} {are} out of date: the evidence changed ({where})"
        )


def _warn_unanchored(count: int) -> None:
    if count:
        warn(f"{pluralise(count, 'unanchored coding')} not included")
        hint("list unanchored segments: fwa source unanchored")


def _fitting(view: Matrix) -> tuple[str, ...]:
    """Return the first attributes, as many as leave each theme a readable column on this terminal."""
    width = terminal_width()
    if width is None:
        return view.attributes
    return view.attributes[: max(0, width // _COLUMN - 1 - len(view.columns))]


def _count(cell: MatrixCell) -> str:
    return f"{cell.segments}{' ✎' if cell.cell else ''}{'!' if cell.stale else ''}"


def _record(view: Matrix, row_key: str, code_id: str, cell: MatrixCell, content: CellContent) -> dict[str, object]:
    from fwanalysis.analysis.export import cell_value

    row = next(row for row in view.rows if row.key == row_key)
    column = next(column for column in view.columns if column.key == code_id)
    return {
        "case": row.label,
        "attributes": row.attributes,
        "code_id": column.code_id,
        "code": column.heading,
        "code_path": column.path,
        "content": cell_value(cell, content),
        "summary": cell.summary if cell.cell else None,
        "state": cell.cell.state if cell.cell else None,
        "empty_because": cell.empty_because or None,
        "segments": cell.segments,
        "persons": cell.persons,
        "stale": [str(reason) for reason in cell.stale],
    }


@matrix.command()
@click.argument("file", required=False, default="-", type=click.Path())
@_view_options
@click.option("--cells", type=_CONTENT, default="both", help="Content of the cells [default: both].")
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default="wide",
    help="One row for each case (wide) or for each cell (long) [default: wide].",
)
@click.option(
    "--format", "writer", type=click.Choice(list(_FORMATS)), help="Format [default: by the extension of FILE]."
)
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, which Excel needs to recognise UTF-8.")
@click.option("--yes", is_flag=True, help="Replace FILE and FILE.meta.json without asking.")
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
    yes: bool,
) -> None:
    """Write the matrix to a file (CSV or TSV), or to stdout (-).

    Date, project, codebook version and filters are written to FILE.meta.json beside it.

    Examples:
      fwa matrix export matrix.csv
      fwa matrix export matrix.tsv --cells summary --where site=Alder
      fwa matrix export - --layout long --format tsv
    """
    from fwanalysis.project.output_files import side_file, table_bytes, write_table

    writer = output_format(file, writer, _FORMATS)
    if file != "-":
        confirm_replacing(file, side_file(file), yes=yes)

    query = _query(rows, theme, where, sort, attributes)
    with opened() as project:
        table = project.matrix.export(query, content=CellContent(cells), layout=Layout(layout))
    if cells in _WRITTEN:
        why = 'see the column "stale"' if layout == Layout.LONG else 'marked "!" by: fwa matrix show'
        _warn_stale(int(str(table.about["written"])), int(str(table.about["stale"])), why)
    if file == "-":
        if as_json():
            emit_json([dict(zip(table.columns, row, strict=True)) for row in table.rows])
        else:
            emit_bytes(table_bytes(f"-.{writer}", table, writer=writer, bom=bom))
        return
    write_table(file, table, writer=writer, bom=bom)
    outside = table.about["codings_outside_the_rows"]
    say(f"{pluralise(len(table.rows), 'row')}, {pluralise(len(table.columns), 'column')} written to {file}")
    if outside and not where:
        say(f"{pluralise(int(str(outside)), 'coding')} of cases that are not among these rows")
    _warn_unanchored(int(str(table.about["codings_unanchored"])))
    if as_json():
        emit_json({"path": file, "rows": len(table.rows), "columns": list(table.columns)})


@matrix.command("set")
@click.argument("case", shell_complete=complete_case)
@click.argument("code", shell_complete=complete_code)
@click.argument("summary", required=False)
@click.option("--file", metavar="FILE", type=click.Path(), help="Read the summary from a file, or from stdin (-).")
@click.option("--nothing-said", is_flag=True, help="Record that the case said nothing on the theme.")
@click.option("--not-applicable", metavar="REASON", help="Record that the theme does not apply to the case, and why.")
@click.option("--clear", is_flag=True, help="Clear the cell.")
@click.option("--replace", "--yes", is_flag=True, help="Replace a summary without asking.")
@common_options
def set_(
    case: str,
    code: str,
    summary: str | None,
    file: str | None,
    nothing_said: bool,
    not_applicable: str | None,
    clear: bool,
    replace: bool,
) -> None:
    """Set the summary of one cell (SUMMARY, --file FILE or - for stdin).

    If the cell has a summary already, the command asks on a terminal; elsewhere it is refused without --replace.

    Examples:
      fwa matrix set P04 effort "Bears most of the cost (P04:22)."
      fwa matrix set P04 effort --file summary.txt
      fwa matrix set P05 effort --nothing-said
    """
    given = [summary is not None, file is not None, nothing_said, not_applicable is not None, clear]
    if sum(given) != 1:
        raise Misuse(
            "give exactly one content",
            hint="SUMMARY, --file FILE, --nothing-said, --not-applicable REASON or --clear",
        )
    with changing() as project:
        if clear:
            project.matrix.clear(case, code)
            emit_json({"cleared": True}) if as_json() else emit("cleared")
            return
        state = CellState.DRAFT
        text = summary or ""
        if file is not None:
            text = _read(file)
        elif nothing_said:
            state = CellState.NOTHING_SAID
        elif not_applicable is not None:
            state, text = CellState.NOT_APPLICABLE, not_applicable
        present = project.matrix.cell(case, code).cell
        replaced = _replaced(project, present, state, text)
        if replaced:
            confirm(
                f"{case} × {code} has {replaced}\nReplace it?",
                otherwise=f"{case} × {code} has {one_line(replaced)}",
                yes=replace,
                option="--replace",
                purpose="replace it",
                declined="the summary is unchanged",
            )
        cell = project.matrix.set(case, code, text, state=state, seen=present, expect=True)
    if replaced and replace:
        say(f"replaced {replaced}")
    if as_json():
        emit_json(cell)
    else:
        emit(f"{_SAVED[state]} (based on {pluralise(len(cell.basis.codings), 'coding')})")


def _replaced(project: Project, present: Cell | None, state: CellState, text: str) -> str:
    """Return what is in a cell and who wrote it; empty if the cell is empty or has this content already."""
    if present is None or (present.state, present.summary) == (state, text.strip()):
        return ""
    is_empty = state is not CellState.NOTHING_SAID and not text.strip()  # which is an error, whatever the cell holds
    author = project.codings.coders().get(present.coder_id, "another coder")
    if is_empty:
        return ""
    if present.state is CellState.NOTHING_SAID:
        return f"“nothing said” by {author}"
    what = "a summary" if present.state is CellState.DRAFT else "“not applicable”"
    return f"{what} by {author}: “{present.summary}”"


def _read(file: str) -> str:
    name = "stdin" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 text (byte {error.start + 1})", hint="save it as UTF-8") from None
