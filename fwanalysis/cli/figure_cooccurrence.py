"""``fwa figure cooccurrence``: how often codes occur together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.completion import complete_code
from fwanalysis.cli.diagnostics import Misuse, say
from fwanalysis.cli.figure_output import (
    ALL_CODES,
    THEME,
    emit_figure,
    figure_output,
    figure_query,
    output_options,
    records_of,
    row_options,
)
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json, emit_table, pluralise
from fwanalysis.domain.figures import Unit

if TYPE_CHECKING:
    from fwanalysis.domain.figures import CoOccurrence


@command()
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=complete_code)
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.PASSAGE.value,
    help="Where codes must meet: in overlapping passages, in a turn, or in a case [default: passage].",
)
@THEME
@ALL_CODES
@row_options("default")
@output_options
@common_options
def cooccurrence(codes: tuple[str, ...], unit: str, **options: Any) -> None:
    """Count how often codes occur together (the themes, or CODE), with Jaccard's coefficient.

    Examples:
      fwa figure cooccurrence
      fwa figure cooccurrence --theme effort --unit turn
      fwa figure cooccurrence effort/free-riding effort/transaction-costs --unit case
    """
    from fwanalysis.analysis.figures.cooccurrence import codings_of_pairs
    from fwanalysis.analysis.figures.cooccurrence import cooccurrence as count
    from fwanalysis.analysis.figures.tables import cooccurrence_table
    from fwanalysis.formats.charts.svg import cooccurrence_svg

    if len(set(codes)) == 1:
        raise Misuse("co-occurrence needs two codes or more", hint="name another code, or none for the themes")
    query, output, chosen = figure_query(options), figure_output(options), Unit(unit)
    with opened() as project:
        data = project.figures.data(query, codes, with_turns=chosen is Unit.TURN)
        about = project.figures.about(query)
    found = count(data, chosen)
    table = cooccurrence_table(found, about)
    if as_json() and output.file == "-":
        codings = codings_of_pairs(data, chosen)
        records = zip(records_of(table), found.pairs, strict=True)
        emit_json([{**record, "codings": codings.get((pair.first, pair.second), ())} for record, pair in records])
        return
    emit_figure(
        output,
        table,
        lambda: cooccurrence_svg(found, is_file=True),
        lambda: _show_pairs(found),
        "list the codings of each pair with --json",
    )


def _show_pairs(found: CoOccurrence) -> None:
    from fwanalysis.analysis.figures.tables import cooccurrence_report

    table = cooccurrence_report(found)
    if not table.rows:
        emit(f"No two codes occur in the same {found.unit}.")
        return
    emit_table(table.columns, table.rows, full=True)
    if rest := len(found.pairs) - len(table.rows):
        say(f"{pluralise(rest, 'pair')} that never occur together, or cannot be compared, not shown")
