"""The options that say which view of the matrix is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.common import listed, pairs
from fwanalysis.cli.completion import complete_case, complete_code
from fwanalysis.cli.diagnostics import Misuse
from fwanalysis.domain.matrix import Bands, MatrixQuery

if TYPE_CHECKING:
    from fwanalysis.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--chart", metavar="NAME", help="Begin with a stored chart; other options change it."),
    click.option(
        "--rows",
        metavar="person|group|site|attribute:NAME",
        help="Rows of the matrix [default: persons with a source of their own, then groups].",
    ),
    click.option(
        "--theme",
        "themes",
        multiple=True,
        metavar="CODE",
        shell_complete=complete_code,
        help="Use the sub-themes of this theme as columns; repeatable.",
    ),
    click.option("--all-codes", is_flag=True, help="Use all codes as columns."),
    click.option("--hide", "hidden", multiple=True, metavar="CODE", help="Hide the column of a code; repeatable."),
    click.option(
        "--where",
        multiple=True,
        metavar="NAME=VALUE",
        help="Only rows with this attribute value; repeatable. Values of one attribute are alternatives.",
    ),
    click.option(
        "--filter", "expression", metavar="EXPR", help='Only rows that meet EXPR: "wave = 2 or not site = Elm".'
    ),
    click.option(
        "--case",
        "cases",
        multiple=True,
        metavar="NAME",
        shell_complete=complete_case,
        help="Only the row of this case; repeatable.",
    ),
    click.option("--sort", metavar="NAME,...", help="Sort the rows by attributes; -NAME sorts downwards."),
    click.option("--group", metavar="NAME,...", help="Group the rows by attributes, at most four."),
    click.option(
        "--band",
        "bands",
        multiple=True,
        metavar="NAME=N,...",
        help="Group the rows by bands of a numeric attribute, divided at these numbers; repeatable.",
    ),
    click.option("--attributes", metavar="NAME,...", help="Attributes to show [default: all]."),
    click.option(
        "--figures", metavar="NAME,...", help="Attributes to show as figures; cases without a value take their site's."
    ),
    click.option("--by", "coders", multiple=True, metavar="CODER", help="Only codings by this coder; repeatable."),
    click.option(
        "--unattributed/--no-unattributed",
        "with_no_case",
        default=None,
        help="Whether to show the row (no case), of text that is attributed to no case [default: show it].",
    ),
)


def view_options(function: Function) -> Function:
    """Give a command the options of a view; it gets the function from a project to the query as *query*."""

    @wraps(function)
    def wrapped(*args: Any, **given: Any) -> Any:
        values = {name: given.pop(name) for name in _NAMES}
        return function(*args, query=lambda project: _query(project, **values), **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]  # the same command with more options


_NAMES = (
    *("chart", "rows", "themes", "all_codes", "hidden", "where", "expression", "cases", "sort", "group", "bands"),
    *("attributes", "figures", "coders", "with_no_case"),
)

Query = Callable[["Project"], MatrixQuery]


def _query(project: Project, *, chart: str | None, **given: Any) -> MatrixQuery:
    """Return the query of the options; those that were not given are as in the stored chart, or as by default."""
    from dataclasses import replace

    base = project.matrix.chart(chart).query if chart else MatrixQuery()
    lists: dict[str, Any] = {
        name: listed(given[name]) for name in ("sort", "group", "attributes", "figures") if given[name] is not None
    }
    plain: dict[str, Any] = {
        name: given[name]
        for name in ("rows", "themes", "all_codes", "hidden", "expression", "cases", "coders")
        if given[name]
    }
    if given["with_no_case"] is not None:
        plain["with_no_case"] = given["with_no_case"]
    if given["where"]:
        plain["where"] = pairs(given["where"], "--where")
    if given["bands"]:
        plain["bands"] = tuple(map(_bands, given["bands"]))
    return replace(base, **plain, **lists)


def _bands(text: str) -> Bands:
    name, equals, numbers = text.partition("=")
    parts = [part.strip() for part in numbers.split(",")]
    if not equals or not name.strip() or not all(re.fullmatch(r"-?\d+(\.\d+)?", part) for part in parts):
        raise Misuse(f'--band needs NAME=NUMBER,NUMBER, not "{text}"', hint="for example: --band attendance=50,80")
    return Bands(name.strip(), tuple(sorted(map(float, parts))))
