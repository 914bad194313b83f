"""Counting passages by case and code, against a crosstab of the same pairs by pandas: both from values in memory.

The count is measured with the matrix. Ours counts distinct passages, and counts a code in its theme too; the reference
counts pairs of case and code only.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bench.measure import Result, compare, timed
from fwanalysis.analysis.figures.cooccurrence import cooccurrence
from fwanalysis.analysis.figures.counts import codes_figure, passages_by_cell
from fwanalysis.domain.figures import Coded, FigureColumn, FigureData, FigureRow
from fwanalysis.domain.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.study import Study

CASES, THEMES, SUB_THEMES, CODINGS = 1_000, 10, 5, 50_000
LENGTH = 40_000
ROUNDS = 7


def measure(_: Study) -> Iterator[Result]:
    """Time of the figures that have no reference."""
    data = study_of_figures()
    for name, act in (
        ("figures: all of each code", lambda: codes_figure(data)),
        ("figures: co-occurrence of all codes", lambda: cooccurrence(data)),
    ):
        yield Result(name, timed(act)())


def counting() -> Result:
    """Time of counting passages by case and code."""
    import pandas

    data = study_of_figures()
    pairs = [(item.rows[0], item.code_id) for item in data.coded]
    cases = pandas.Series([case for case, _ in pairs])
    codes = pandas.Series([code for _, code in pairs])
    ours, reference = compare(
        timed(lambda: passages_by_cell(data.coded, data.columns)),
        timed(lambda: pandas.crosstab(cases, codes)),
        rounds=ROUNDS,
    )
    size = f"{CODINGS:,} codings, {CASES:,} cases, {len(data.columns)} codes"
    return Result(f"passages of {size}: counted", ours, reference, target=3, versus="pandas.crosstab")


def study_of_figures() -> FigureData:
    """Codings at random places of a transcript for each case, of themes with sub-themes."""
    chance = random.Random(8)
    cases = [new_id() for _ in range(CASES)]
    themes = [new_id() for _ in range(THEMES)]
    below = {theme: [new_id() for _ in range(SUB_THEMES)] for theme in themes}
    columns = [FigureColumn(theme, theme, theme, frozenset((theme, *below[theme]))) for theme in themes]
    columns += [FigureColumn(code, code, code, frozenset((code,))) for codes in below.values() for code in codes]
    codes = [column.key for column in columns]
    coded = []
    for number in range(CODINGS):
        case, start = chance.choice(cases), chance.randrange(LENGTH)
        segment = (f"text of {case}", start, start + chance.randrange(20, 400))
        stance = chance.choice(("for", "for", "for", "against", "mixed"))
        coded.append(Coded(str(number), chance.choice(codes), segment, (case,), (case,), stance))
    return FigureData(tuple(FigureRow(case, case, "person") for case in cases), tuple(columns), tuple(coded))
