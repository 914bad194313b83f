"""Figures as tables for files."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from fwanalysis.analysis.figures.cooccurrence import INCLUDES, cooccurrence
from fwanalysis.analysis.figures.counts import codes_figure, grid_figure
from fwanalysis.analysis.figures.crosstab import attribute_variable, crosstab
from fwanalysis.analysis.figures.tables import (
    TOTAL,
    codes_report,
    codes_table,
    cooccurrence_report,
    cooccurrence_table,
    crosstab_table,
    grid_table,
)
from fwanalysis.domain.cases import Attribute, AttributeType
from fwanalysis.domain.figures import FigureData, Measure, Unit
from tests.analysis.figures_data import DATA, ROWS, studies

ROLE = Attribute("role", "role", AttributeType.CHOICE, 0)


def test_the_table_of_codes_has_cases_of_possible_cases_and_both_kinds_of_stances() -> None:
    table = codes_table(codes_figure(DATA), {"project": "Falls"})
    record = dict(zip(table.columns, table.rows[1], strict=True))
    assert record == {
        **{"code": "A", "code_path": "t/a", "cases": 3, "of_cases": 4, "share": 0.75, "persons": 3, "passages": 4},
        **{"for": 2, "against": 1, "mixed": 1, "cases_for": 1, "cases_against": 1, "cases_mixed": 1},
        **{"not_applicable": 0, "words": 23},
    }
    assert table.about["project"] == "Falls"
    assert str(table.about["note"]).startswith("n of N")


def test_the_table_of_codes_has_no_words_if_they_are_not_counted() -> None:
    table = codes_table(codes_figure(replace(DATA, rows=tuple(replace(row, words=None) for row in ROWS))))
    assert "words" not in table.columns


def test_the_table_of_cases_by_codes_leaves_undefined_numbers_empty() -> None:
    table = grid_table(grid_figure(DATA, Measure.PER_1000))
    assert table.columns == ("case", "Theme", "A", "B", "C")
    assert table.rows[0] == ("P1", 90.0, 90.0, 50.0, 0.0)
    assert table.rows[-1] == ("Site", None, None, None, None)


def test_the_table_of_a_crosstab_ends_with_its_totals() -> None:
    table = crosstab_table(crosstab(ROWS[:3], attribute_variable(ROWS[:3], ROLE), attribute_variable(ROWS[:3], ROLE)))
    assert table.columns[:2] == ("role", "role ")
    assert table.rows[0] == ("doctor", "doctor", 1, 1.0, 1.0, 0.3333, 0.3333, "yes")
    assert table.rows[3] == ("doctor", TOTAL, 1, 1, None, 0.3333, None, None)
    assert table.rows[-1] == (TOTAL, TOTAL, 3, None, None, 1, None, None)


def test_the_table_of_co_occurrence_says_why_a_coefficient_is_missing() -> None:
    rows = {row[:2]: row[2:] for row in cooccurrence_table(cooccurrence(DATA)).rows}
    assert rows["A", "C"] == (1, 2, 0, 3, 0.3333, 0.3333, "")
    assert rows["Theme", "A"][-3:] == (None, None, INCLUDES)


def test_a_report_shows_stances_in_words() -> None:
    rows = {row[0]: row[1:] for row in codes_report(codes_figure(DATA)).rows}
    assert rows["A"] == ("3 of 4", "1 for, 1 against, 1 mixed", 3, 4, "2 for, 1 against, 1 mixed")


def test_a_report_lists_only_pairs_that_occur_together_the_highest_first() -> None:
    rows = cooccurrence_report(cooccurrence(DATA, Unit.TURN)).rows
    assert [row[:3] for row in rows] == [("A", "B", 1), ("Theme", "C", 1), ("A", "C", 1)]
    assert [row[5:] for row in rows] == [("0.25", "0.25"), ("0.20", "0.50"), ("0.20", "0.50")]


@given(studies)
def test_a_table_has_a_value_for_every_column(data: FigureData) -> None:
    tables = [codes_table(codes_figure(data)), codes_report(codes_figure(data)), cooccurrence_table(cooccurrence(data))]
    tables += [grid_table(grid_figure(data, measure)) for measure in Measure]
    for table in tables:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
