"""What the commands of ``fwa figure`` share: options, and writing a figure as text, JSON or a file."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.common import as_json, confirm_replacing, output_format, pairs
from fwanalysis.cli.completion import complete_case, complete_code, complete_coder
from fwanalysis.cli.diagnostics import Misuse, hint, say
from fwanalysis.cli.output import emit_bytes, emit_json, terminal_width
from fwanalysis.domain.matrix import MatrixQuery

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table

Function = TypeVar("Function", bound=Callable[..., Any])
_READABLE = 96
"""Width of text in terminal cells that is comfortable to read."""
_FORMATS = {"csv": (".csv",), "tsv": (".tsv",), "md": (".md",), "svg": (".svg",)}


@dataclass(frozen=True, slots=True)
class Output:
    """Where a figure goes: a file, stdout in a format, or stdout as text."""

    file: str
    format: str | None
    yes: bool

    @property
    def is_text(self) -> bool:
        """Whether the figure is shown as text."""
        return self.file == "-" and self.format is None


def row_options(default: str) -> Callable[[Function], Function]:
    """Add the options that choose cases and coders; *default* is the default of ``--rows``."""
    options = (
        click.option(
            "--rows",
            default=default,
            metavar="default|person|group|site",
            help="Cases to count: default = persons with a source of their own, then groups; person = each person, "
            f"with what was said in groups [default: {default}].",
        ),
        click.option(
            "--where", multiple=True, metavar="NAME=VALUE", help="Only cases with this attribute value; repeatable."
        ),
        click.option(
            "--filter", "expression", metavar="EXPR", help='Only cases that meet EXPR: "wave = 2 or not site = Elm".'
        ),
        click.option(
            "--case",
            "cases",
            multiple=True,
            metavar="CASE",
            shell_complete=complete_case,
            help="Only this case; repeatable.",
        ),
        click.option(
            "--by",
            "coders",
            multiple=True,
            metavar="CODER",
            shell_complete=complete_coder,
            help="Only codings by this coder; repeatable.",
        ),
    )
    return _adding(options)


def output_options(function: Function) -> Function:
    """Add the options that choose a file and its format."""
    return _adding(
        (
            click.option(
                "-o", "--output", "file", default="-", metavar="FILE", type=click.Path(), help="Write to FILE."
            ),
            click.option(
                "--format",
                "form",
                type=click.Choice(list(_FORMATS)),
                help="Format [default: by the extension of FILE].",
            ),
            click.option("--yes", is_flag=True, help="Replace FILE and FILE.meta.json without asking."),
        )
    )(function)


THEME = click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_code,
    help="Count the sub-themes of this theme; repeatable.",
)
ALL_CODES = click.option("--all-codes", is_flag=True, help="Count every code.")


def _adding(options: Sequence[Callable[[Any], Any]]) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def figure_query(options: Mapping[str, Any]) -> MatrixQuery:
    """Return the query that the options describe. Misuse if the rows are not cases."""
    rows = options["rows"]
    if rows.startswith("attribute:"):
        raise Misuse(
            "figures count cases, not values of attributes", hint="for counts by value use: fwa figure crosstab"
        )
    return MatrixQuery(
        rows=rows,
        themes=tuple(options.get("themes") or ()),
        all_codes=bool(options.get("all_codes")),
        where=pairs(options["where"], "--where"),
        expression=options["expression"] or "",
        cases=tuple(options["cases"]),
        coders=tuple(options["coders"]),
        with_no_case=False,
    )


def figure_output(options: Mapping[str, Any]) -> Output:
    """Return where the options say that a figure goes. Misuse if the format and the file do not fit."""
    file, form = options["file"], options["form"]
    if file != "-" or form is not None:
        form = output_format(file, form, _FORMATS)
    return Output(file, form, options["yes"])


def _write(output: Output, table: Table, svg: Callable[[], str] | None) -> None:
    """Write a figure to a file or to stdout in the chosen format."""
    from fwanalysis.project.output_files import side_file, table_bytes, write_file, write_meta_beside, write_table

    if output.format == "svg" and svg is None:
        raise Misuse("there is no picture of this table", hint="use --format csv, tsv or md")
    if output.file == "-":
        emit_bytes(svg().encode() if output.format == "svg" and svg else table_bytes("-", table, writer=output.format))
        return
    confirm_replacing(output.file, side_file(output.file), yes=output.yes)
    if output.format == "svg" and svg:
        write_file(output.file, svg().encode())
        write_meta_beside(output.file, table)
    else:
        write_table(output.file, table, writer=output.format)
    say(f"written to {output.file}")
    if as_json():
        emit_json({"path": output.file, "rows": len(table.rows), "columns": list(table.columns)})


def records_of(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON has them; ids of codings as a list."""
    records: list[dict[str, Any]] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    for record in records:
        if "codings" in record:
            record["codings"] = str(record["codings"]).split()
    return records


_TRACE = "list the codings behind a number with: fwa coding list --code CODE --case CASE"


def _wrapped(note: str) -> str:
    width = terminal_width()
    return textwrap.fill(note, min(width, _READABLE)) if width else note


def emit_figure(
    output: Output, table: Table, svg: Callable[[], str] | None, show: Callable[[], None], trace: str = _TRACE
) -> None:
    """Write a figure as the options say: JSON, a format, or text with its note and how to trace its numbers."""
    if as_json() and output.file == "-":
        emit_json(records_of(table))
    elif not output.is_text:
        _write(output, table, svg)
    else:
        show()
        say(_wrapped(str(table.about["note"])))
        hint(trace)
