"""Turn figures into tables for files and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.analysis.figures.counts import codings_by_cell, grid_figure, stances_by_cell
from fwanalysis.analysis.figures.notes import cells_note
from fwanalysis.domain.figures import Measure
from fwanalysis.domain.matrix import Stances
from fwanalysis.domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fwanalysis.domain.figures import CodesFigure, CoOccurrence, Crosstab, FigureData, GridFigure
    from fwanalysis.domain.table import Scalar

_NOTHING: Mapping[str, object] = {}


def codes_table(figure: CodesFigure, about: Mapping[str, object] = _NOTHING, *, with_ids: bool = False) -> Table:
    """Return the figures of codes, one row for each code.

    Args:
        figure: The figures. There is a column *words* if words are counted.
        about: Facts about the export that the table carries.
        with_ids: Whether to add the ids of the codings, separated by spaces.
    """
    has_words = any(code.words is not None for code in figure.codes)
    columns = (
        *("code", "code_path", "cases", "of_cases", "share", "persons", "passages", "for", "against", "mixed"),
        *("cases_for", "cases_against", "cases_mixed", "not_applicable"),
        *(("words",) if has_words else ()),
        *(("codings",) if with_ids else ()),
    )
    rows = tuple(
        (
            *(code.label, code.path, code.cases, code.possible, rounded(code.share), code.persons, code.passages),
            *(code.stances.for_, code.stances.against, code.stances.mixed),
            *(code.case_stances.for_, code.case_stances.against, code.case_stances.mixed),
            code.not_applicable,
            *((code.words,) if has_words else ()),
            *((" ".join(code.codings),) if with_ids else ()),
        )
        for code in figure.codes
    )
    return Table(columns, rows, {**about, "note": figure.note})


def codes_report(figure: CodesFigure) -> Table:
    """Return the figures of codes as a table to read."""
    columns = ("code", "cases", "stance of the cases", "persons", "passages", "stance of the passages")
    rows = tuple(
        (
            *(code.label, f"{code.cases} of {code.possible}", str(code.case_stances)),
            *(code.persons, code.passages, str(code.stances)),
        )
        for code in figure.codes
    )
    return Table(columns, rows)


def cells_table(data: FigureData, about: Mapping[str, object] = _NOTHING, *, with_ids: bool = False) -> Table:
    """Return all figures of cases by codes, one row for each case and code; see ``codes_table`` for the arguments.

    The columns *words* and *words_per_1000* are empty if words are not counted.
    """
    measures = [Measure.PRESENCE, Measure.PASSAGES]
    if all(row.words is not None for row in data.rows):
        measures += [Measure.WORDS, Measure.PER_1000]
    grids = [grid_figure(data, measure) for measure in measures]
    stances, codings = stances_by_cell(data), codings_by_cell(data) if with_ids else {}
    rows = []
    for at, row in enumerate(data.rows):
        for number, column in enumerate(data.columns):
            key = (row.key, column.key)
            values = [rounded(grid.values[at][number]) for grid in grids]
            stance = stances.get(key, Stances())
            rows.append(
                (
                    *(row.label, column.label, column.path, *values, *[None] * (4 - len(values))),
                    *(stance.for_, stance.against, stance.mixed),
                    *((" ".join(codings.get(key, ())),) if with_ids else ()),
                )
            )
    columns = (
        *("case", "code", "code_path", "presence", "passages", "words", "words_per_1000"),
        *("for", "against", "mixed"),
        *(("codings",) if with_ids else ()),
    )
    return Table(columns, tuple(rows), {**about, "note": cells_note(data.rows)})


def grid_table(figure: GridFigure, about: Mapping[str, object] = _NOTHING) -> Table:
    """Return a figure of cases by codes, one row for each case."""
    rows = tuple((row.label, *map(rounded, values)) for row, values in zip(figure.rows, figure.values, strict=True))
    facts = {**about, "measure": figure.measure.value, "note": figure.note}
    return Table(("case", *(column.label for column in figure.columns)), rows, facts)


def crosstab_table(figure: Crosstab, about: Mapping[str, object] = _NOTHING) -> Table:
    """Return a crosstab, one row for each cell, then the totals of rows and columns and of all."""
    columns = (
        *(figure.row_name, f"{figure.column_name} " if figure.row_name == figure.column_name else figure.column_name),
        *("cases", "share_of_row", "share_of_column", "share_of_all", "expected", "small"),
    )
    return Table(columns, tuple(_crosstab_rows(figure)), {**about, "note": figure.note})


def cooccurrence_report(figure: CoOccurrence) -> Table:
    """Return the pairs of codes that occur together as a table to read, the highest coefficient first."""
    labels = {column.key: column.label for column in figure.columns}
    columns = ("code", "other code", "both", "only code", "only other", "Jaccard", "highest possible")
    together = sorted((pair for pair in figure.pairs if pair.jaccard), key=lambda pair: -(pair.jaccard or 0))
    rows = tuple(
        (
            *(labels[pair.first], labels[pair.second], pair.both, pair.only_first, pair.only_second),
            *(f"{pair.jaccard:.2f}", f"{pair.highest:.2f}"),
        )
        for pair in together
    )
    return Table(columns, rows)


TOTAL = "(total)"


def _crosstab_rows(figure: Crosstab) -> Iterator[tuple[Scalar, ...]]:
    total = figure.total
    for i, row in enumerate(figure.rows):
        for j, column in enumerate(figure.columns):
            shares = (figure.row_share(i, j), figure.column_share(i, j), figure.total_share(i, j))
            small = "yes" if figure.is_small(i, j) else "no"
            yield (row, column, figure.count(i, j), *map(rounded, shares), rounded(figure.expected(i, j)), small)
        count = figure.row_total(i)
        yield (row, TOTAL, count, 1 if count else None, None, rounded(count / total if total else None), None, None)
    for j, column in enumerate(figure.columns):
        count = figure.column_total(j)
        yield (TOTAL, column, count, None, 1 if count else None, rounded(count / total if total else None), None, None)
    yield (TOTAL, TOTAL, total, None, None, 1 if total else None, None, None)


def cooccurrence_table(figure: CoOccurrence, about: Mapping[str, object] = _NOTHING) -> Table:
    """Return the co-occurrence of codes, one row for each pair."""
    labels = {column.key: column.label for column in figure.columns}
    columns = ("code", "other_code", "both", "only_code", "only_other", "either", "jaccard", "highest", "undefined")
    rows = tuple(
        (
            *(labels[pair.first], labels[pair.second], pair.both, pair.only_first, pair.only_second, pair.either),
            *(rounded(pair.jaccard), rounded(pair.highest), pair.undefined),
        )
        for pair in figure.pairs
    )
    return Table(columns, rows, {**about, "unit": figure.unit.value, "note": figure.note})


def rounded(value: Scalar) -> Scalar:
    """Return a number with at most four decimals."""
    return round(value, 4) if isinstance(value, float) else value
