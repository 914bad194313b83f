"""``fwa figure crosstab``: cases by two attributes, or by an attribute and a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, listed, opened, pairs
from fwanalysis.cli.completion import complete_code
from fwanalysis.cli.diagnostics import Misuse
from fwanalysis.cli.figure_output import emit_figure, figure_output, figure_query, output_options, row_options
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit_json, emit_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.analysis.figures.crosstab import Grouping
    from fwanalysis.domain.figures import Crosstab
    from fwanalysis.domain.table import Table


@command()
@click.argument("attribute", metavar="ATTRIBUTE")
@click.argument("other", metavar="[ATTRIBUTE]", required=False)
@click.option(
    "--code", metavar="CODE", shell_complete=complete_code, help="Use this code in the columns: coded or not."
)
@click.option(
    "--band",
    "bands",
    multiple=True,
    metavar="NAME=N,...",
    help="Divide a numeric attribute at these numbers; repeatable.",
)
@click.option(
    "--group", multiple=True, metavar="NAME:LABEL=VALUE,...", help="Count these values under one label; repeatable."
)
@click.option(
    "--percent",
    type=click.Choice(["row", "column", "all", "none"]),
    default="row",
    help="Per cent to show beside the numbers [default: row].",
)
@row_options("person")
@output_options
@common_options
def crosstab(
    attribute: str,
    other: str | None,
    code: str | None,
    bands: tuple[str, ...],
    group: tuple[str, ...],
    percent: str,
    **options: Any,
) -> None:
    """Cross-tabulate cases by two attributes, or by an attribute and a code.

    Each case is counted once. Small cells are marked *; no test of significance is made.

    Examples:
      fwa figure crosstab role site
      fwa figure crosstab years_in_post --band years_in_post=5,10 --code effort/free-riding
      fwa figure crosstab role wave --group role:Managers="ward manager,operations director"
    """
    from fwanalysis.analysis.figures.tables import crosstab_table
    from fwanalysis.formats.charts.svg import crosstab_svg

    if (other is None) == (code is None):
        raise Misuse("give a second attribute or a code", hint="for example: fwa figure crosstab role --code effort")
    query, output, groupings = figure_query(options), figure_output(options), _groupings(bands, group)
    with opened() as project:
        found = project.figures.crosstab(attribute, other, code=code, query=query, groupings=groupings)
        about = project.figures.about(query)
    table = crosstab_table(found, about)
    if as_json() and output.file == "-":
        emit_json(_crosstab_records(found, table))
        return
    emit_figure(
        output,
        table,
        lambda: crosstab_svg(found, is_file=True),
        lambda: _show_crosstab(found, percent),
        "list the cases of each cell with --json",
    )


def _groupings(bands: Sequence[str], groups: Sequence[str]) -> dict[str, Grouping]:
    from fwanalysis.analysis.figures.crosstab import Grouping

    found: dict[str, Grouping] = {}
    for name, limits in pairs(tuple(bands), "--band"):
        try:
            found[name] = Grouping(cuts=tuple(float(limit) for limit in listed(limits)))
        except ValueError:
            raise Misuse(f'--band needs numbers, not "{limits}"', hint="for example: --band age=30,50") from None
    named: dict[str, dict[str, tuple[str, ...]]] = {}
    for place, values in pairs(tuple(groups), "--group"):
        name, colon, label = place.partition(":")
        if not colon or not label.strip() or not listed(values):
            raise Misuse(
                f'--group needs NAME:LABEL=VALUE,VALUE, not "{place}={values}"',
                hint='for example: --group "role:Clinical=nurse,doctor"',
            )
        labels = named.setdefault(name.strip(), {})
        labels[label.strip()] = (*labels.get(label.strip(), ()), *listed(values))
    if both := sorted(found.keys() & named.keys()):
        raise Misuse(f"{both[0]} has bands and groups", hint="give either --band or --group for an attribute")
    return found | {name: Grouping(groups=labels) for name, labels in named.items()}


def _crosstab_records(found: Crosstab, table: Table) -> list[dict[str, Any]]:
    members = {
        (row, column): found.members[i][j] for i, row in enumerate(found.rows) for j, column in enumerate(found.columns)
    }
    keys = ("row", "column", *table.columns[2:])
    names = {"row_attribute": found.row_name, "column_attribute": found.column_name}
    records = []
    for line in table.rows:
        record: dict[str, Any] = {**names, **dict(zip(keys, line, strict=True))}
        record["small"] = None if record["small"] is None else record["small"] == "yes"
        record["members"] = members.get((str(line[0]), str(line[1])), ())
        records.append(record)
    return records


def _show_crosstab(found: Crosstab, percent: str) -> None:
    shares = {"row": found.row_share, "column": found.column_share, "all": found.total_share}
    share = shares.get(percent)

    def cell(row: int, column: int) -> str:
        number = f"{found.count(row, column)}{'*' if found.is_small(row, column) else ''}"
        part = share(row, column) if share else None
        return number if part is None else f"{number} ({part:.0%})"

    columns = range(len(found.columns))
    rows = [
        (name, *(cell(row, column) for column in columns), found.row_total(row)) for row, name in enumerate(found.rows)
    ]
    emit_table(
        (f"{found.row_name} / {found.column_name}", *found.columns, "total"),
        [*rows, ("total", *(found.column_total(column) for column in columns), found.total)],
    )
