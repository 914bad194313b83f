"""``fwa figure``: counts of codes and cases, as tables and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.completion import complete_code
from fwanalysis.cli.diagnostics import say
from fwanalysis.cli.figure_output import (
    ALL_CODES,
    THEME,
    emit_figure,
    figure_output,
    figure_query,
    output_options,
    row_options,
)
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.output import emit_json, emit_table, pluralise
from fwanalysis.domain.figures import Measure

if TYPE_CHECKING:
    from fwanalysis.domain.figures import CodesFigure, FigureData, GridFigure
    from fwanalysis.domain.table import Table

_OTHERS = {
    "crosstab": (
        "fwanalysis.cli.figure_crosstab:crosstab",
        "Cross-tabulate cases by two attributes, or by an attribute and a code.",
    ),
    "cooccurrence": (
        "fwanalysis.cli.figure_cooccurrence:cooccurrence",
        "Count how often codes occur together (the themes, or CODE), with Jaccard's coefficient.",
    ),
}
"""The commands of other modules, with the line that the help shows for each."""


@click.group(cls=AreaGroup, table=_OTHERS)
@common_options
def figure() -> None:
    """Count codes and cases, and draw the counts.

    Examples:
      fwa figure codes
      fwa figure crosstab role site
      fwa figure heat-map --theme effort --output effort.svg
    """


# Codes


@figure.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=complete_code)
@click.option("--by-case", is_flag=True, help="One row for each case and code, with words.")
@click.option("--words", is_flag=True, help="Count words too.")
@click.option("--ids", is_flag=True, help="Add the ids of the codings behind each row.")
@THEME
@row_options("default")
@output_options
@common_options
def codes(codes: tuple[str, ...], by_case: bool, words: bool, ids: bool, **options: Any) -> None:
    """Count the cases, persons, passages and stances of each code (all codes, or CODE).

    Examples:
      fwa figure codes
      fwa figure codes --theme effort --words
      fwa figure codes effort --by-case --output effort.csv
    """
    from fwanalysis.analysis.figures.counts import codes_figure
    from fwanalysis.analysis.figures.tables import cells_table, codes_table
    from fwanalysis.formats.charts.svg import bars_svg

    query, output = figure_query({**options, "all_codes": not options["themes"]}), figure_output(options)
    ids = ids or (as_json() and output.file == "-")
    with opened() as project:
        data = project.figures.data(query, codes, with_words=words or by_case)
        about = project.figures.about(query)
    if by_case:
        table = cells_table(data, about, with_ids=ids)
        emit_figure(output, table, None, lambda: _show_table(table))
        return
    found = codes_figure(data)
    table = codes_table(found, about, with_ids=ids)
    emit_figure(output, table, lambda: bars_svg(found, is_file=True), lambda: _show_codes(found, with_ids=ids))


def _show_codes(found: CodesFigure, *, with_ids: bool) -> None:
    from fwanalysis.cli.figure_pictures import emit_bars

    emit_bars(found)
    has_words = any(code.words is not None for code in found.codes)
    least = min((code.path.count("/") for code in found.codes), default=0)
    emit_table(
        ("code", "cases", "persons", "passages", "stance", *(("words",) * has_words), *(("codings",) * with_ids)),
        [
            (
                "\u00a0" * 2 * (code.path.count("/") - least) + code.label,
                f"{code.cases} of {code.possible}",
                code.persons,
                code.passages,
                str(code.stances),
                *((code.words,) * has_words),
                *((" ".join(code.codings),) * with_ids),
            )
            for code in found.codes
        ],
        full=True,
    )
    for code in found.codes:
        if code.contradicted:
            cells = pluralise(code.contradicted, "case")
            say(f"{code.label}: {cells} marked as not applicable, but with passages")


def _show_table(table: Table) -> None:
    emit_table(table.columns, table.rows)


# Cases by codes


@figure.command("heat-map")
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=complete_code)
@click.option(
    "--measure",
    type=click.Choice([measure.value for measure in Measure]),
    default=Measure.PASSAGES.value,
    help="What to count [default: passages].",
)
@THEME
@ALL_CODES
@row_options("default")
@output_options
@common_options
def heat_map(codes: tuple[str, ...], measure: str, **options: Any) -> None:
    """Show cases by codes (the themes, or CODE), darker where there is more.

    Examples:
      fwa figure heat-map
      fwa figure heat-map --theme effort --measure words-per-1000
      fwa figure heat-map --output themes.svg
    """
    from fwanalysis.analysis.figures.counts import grid_figure
    from fwanalysis.analysis.figures.tables import grid_table
    from fwanalysis.formats.charts.svg import heat_map_svg

    query, output, chosen = figure_query(options), figure_output(options), Measure(measure)
    with opened() as project:
        data = project.figures.data(query, codes, with_words=chosen in (Measure.WORDS, Measure.PER_1000))
        about = project.figures.about(query)
    found = grid_figure(data, chosen)
    if as_json() and output.file == "-":
        emit_json(_grid_records(data, found))
        return
    emit_figure(output, grid_table(found, about), lambda: heat_map_svg(found, is_file=True), lambda: _show_grid(found))


def _grid_records(data: FigureData, found: GridFigure) -> list[dict[str, Any]]:
    from fwanalysis.analysis.figures.counts import codings_by_cell

    codings = codings_by_cell(data)
    return [
        {
            "case": row.label,
            "code": column.label,
            "code_path": column.path,
            "measure": found.measure.value,
            "value": value,
            "undefined": found.undefined.get((row.key, column.key)),
            "codings": codings.get((row.key, column.key), ()),
        }
        for row, line in zip(found.rows, found.values, strict=True)
        for column, value in zip(found.columns, line, strict=True)
    ]


def _show_grid(found: GridFigure) -> None:
    from fwanalysis.cli.figure_pictures import shaded

    emit_table(("case", *(column.label for column in found.columns)), shaded(found))
