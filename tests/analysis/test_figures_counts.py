"""Counts by code, and by case and code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from fwanalysis.analysis.figures.counts import (
    NO_SPEECH,
    NOT_APPLICABLE,
    codes_figure,
    codings_of,
    grid_figure,
    passages_by_cell,
    stances_by_cell,
    words_by_row,
)
from fwanalysis.domain.figures import Coded, CodeFigure, FigureData, Measure
from fwanalysis.domain.matrix import Stances
from tests.analysis.figures_data import CODED, COLUMNS, DATA, ROWS, studies


def figures(data: FigureData) -> dict[str, CodeFigure]:
    return {code.key: code for code in codes_figure(data).codes}


def values(data: FigureData, measure: Measure) -> dict[str, tuple[object, ...]]:
    return {row.key: line for row, line in zip(ROWS, grid_figure(data, measure).values, strict=True)}


def test_cases_persons_and_passages_of_a_code_are_those_counted_by_hand() -> None:
    found = figures(DATA)
    assert {key: (code.cases, code.possible, code.persons, code.passages) for key, code in found.items()} == {
        "t": (3, 4, 3, 4),
        "a": (3, 4, 3, 4),
        "b": (1, 4, 1, 1),
        "c": (1, 4, 2, 1),
    }


def test_a_passage_with_two_sub_codes_that_disagree_is_one_mixed_passage_of_the_theme() -> None:
    found = figures(DATA)
    assert found["t"].stances == Stances(1, 1, 2)
    assert found["a"].stances == Stances(2, 1, 1)
    assert found["b"].stances == Stances(0, 1, 0)


def test_a_case_that_speaks_for_and_against_is_mixed() -> None:
    found = figures(DATA)
    assert found["t"].case_stances == Stances(0, 1, 2)
    assert found["a"].case_stances == Stances(1, 1, 1)


def test_words_in_overlapping_passages_are_counted_once_and_those_of_an_interviewer_not_at_all() -> None:
    assert {key: code.words for key, code in figures(DATA).items()} == {"t": 23, "a": 23, "b": 5, "c": 18}


def test_a_group_of_two_is_one_case_and_two_persons() -> None:
    code = figures(replace(DATA, coded=(CODED[4],)))["c"]
    assert (code.cases, code.persons) == (1, 2)


def test_a_person_in_an_interview_and_in_a_group_is_one_person() -> None:
    again = replace(CODED[4], code_id="a")
    assert figures(replace(DATA, coded=(CODED[0], again)))["a"].persons == 2  # P1 twice, and P4


def test_a_case_that_a_theme_does_not_apply_to_is_not_among_the_possible_cases_of_it_and_its_sub_codes() -> None:
    found = figures(replace(DATA, not_applicable=frozenset({("P3", "t")})))
    assert {key: (code.possible, code.not_applicable) for key, code in found.items()} == {
        "t": (3, 1),
        "a": (3, 1),
        "b": (3, 1),
        "c": (4, 0),
    }


def test_a_case_with_a_passage_that_is_marked_as_not_applicable_is_counted_as_contradicted() -> None:
    code = figures(replace(DATA, not_applicable=frozenset({("P2", "a")})))["a"]
    assert (code.cases, code.possible, code.contradicted, code.case_stances.total) == (2, 3, 1, 2)


def test_the_share_of_no_possible_cases_is_none() -> None:
    code = codes_figure(FigureData((), COLUMNS, ())).codes[0]
    assert (code.cases, code.possible, code.share) == (0, 0, None)


def test_words_are_none_if_they_are_not_counted() -> None:
    rows = tuple(replace(row, words=None) for row in ROWS)
    assert figures(replace(DATA, rows=rows))["a"].words is None
    with pytest.raises(ValueError, match="no number of words"):
        grid_figure(replace(DATA, rows=rows), Measure.WORDS)


def test_the_note_says_which_cases_could_have_said_something() -> None:
    assert "(3 persons and 1 group; 1 that speaks in no source in scope is left out)" in codes_figure(DATA).note


def test_passages_by_case_are_those_counted_by_hand() -> None:
    assert values(DATA, Measure.PASSAGES) == {
        "P1": (2, 2, 1, 0),
        "P2": (1, 1, 0, 0),
        "P3": (0, 0, 0, 0),
        "G": (1, 1, 0, 1),
        "S": (None, None, None, None),
    }


def test_presence_is_one_or_zero() -> None:
    assert values(DATA, Measure.PRESENCE)["P1"] == (1, 1, 1, 0)


def test_words_and_words_per_thousand_are_those_counted_by_hand() -> None:
    assert values(DATA, Measure.WORDS)["P1"] == (9, 9, 5, 0)
    assert values(DATA, Measure.PER_1000)["P1"] == (90.0, 90.0, 50.0, 0.0)
    assert values(DATA, Measure.PER_1000)["P2"] == (20.0, 20.0, 0.0, 0.0)
    assert values(DATA, Measure.PER_1000)["G"] == (25.0, 25.0, 0.0, 45.0)


def test_a_cell_without_a_number_has_a_reason() -> None:
    figure = grid_figure(replace(DATA, not_applicable=frozenset({("P3", "t"), ("P2", "a")})), Measure.PASSAGES)
    reasons = {key: why for key, why in figure.undefined.items() if key[0] != "S"}
    assert reasons == dict.fromkeys([("P3", "t"), ("P3", "a"), ("P3", "b")], NOT_APPLICABLE)
    assert figure.undefined["S", "c"] == NO_SPEECH


def test_the_codings_behind_a_figure_are_named() -> None:
    assert figures(DATA)["t"].codings == tuple(f"coding {number}" for number in (1, 2, 3, 4, 6))
    assert codings_of(DATA, COLUMNS[0], ROWS[0]) == ("coding 1", "coding 2", "coding 3")
    assert codings_of(DATA, COLUMNS[0]) == figures(DATA)["t"].codings


def test_codings_of_other_rows_are_not_counted() -> None:
    only = replace(DATA, rows=ROWS[1:2])
    code = figures(only)["a"]
    assert (code.passages, code.words, code.codings) == (1, 4, ("coding 4",))


def seen(data: FigureData) -> tuple[object, ...]:
    grids = [grid_figure(data, measure) for measure in Measure]
    cells = [
        (grid.measure, row.key, column.key, value)
        for grid in grids
        for row, line in zip(grid.rows, grid.values, strict=True)
        for column, value in zip(grid.columns, line, strict=True)
    ]
    return set(cells), {code.key: code for code in codes_figure(data).codes}, dict(stances_by_cell(data))


@given(studies)
def test_the_order_of_rows_and_codings_changes_nothing(data: FigureData) -> None:
    backwards = FigureData(data.rows[::-1], data.columns[::-1], data.coded[::-1], data.not_applicable)
    assert seen(data) == seen(backwards)


@given(studies)
def test_counting_one_by_one_gives_the_same_passages(data: FigureData) -> None:
    counted = passages_by_cell(data.coded, data.columns)
    for row in data.rows:
        for column in data.columns:
            fitting = [item for item in data.coded if row.key in item.rows and item.code_id in column.code_ids]
            assert counted[row.key, column.key] == len({item.segment for item in fitting})


@given(studies)
def test_stances_of_a_cell_add_up_to_its_passages(data: FigureData) -> None:
    counted = passages_by_cell(data.coded, data.columns)
    assert {key: stances.total for key, stances in stances_by_cell(data).items()} == dict(counted)


@given(studies)
def test_no_case_and_no_person_is_counted_twice(data: FigureData) -> None:
    known = {row.key for row in data.rows}
    for column, code in zip(data.columns, codes_figure(data).codes, strict=True):
        coded = [item for item in data.coded if item.code_id in column.code_ids and known & set(item.rows)]
        assert code.persons == len({person for item in coded for person in item.persons})
        assert code.cases <= code.possible <= sum(row.speaks for row in data.rows)
        assert code.stances.total == code.passages
        assert code.case_stances.total == code.cases
        assert code.cases + code.contradicted == len(
            {key for item in coded for key in item.rows} & {row.key for row in data.rows if row.speaks}
        )


@given(studies)
def test_words_are_those_of_a_set_of_words(data: FigureData) -> None:
    for row in data.rows:
        words = {
            (item.segment[0], word)
            for item in data.coded
            for said in item.said
            if row.key in said.rows
            for word in range(said.first, said.end)
        }
        assert words_by_row(data.coded, [row.key]).get(row.key, 0) == len(words)


@given(studies)
def test_a_number_is_none_exactly_where_there_is_a_reason(data: FigureData) -> None:
    for measure in Measure:
        grid = grid_figure(data, measure)
        missing = {
            (row.key, column.key)
            for row, line in zip(grid.rows, grid.values, strict=True)
            for column, value in zip(grid.columns, line, strict=True)
            if value is None
        }
        assert missing == set(grid.undefined)
        assert all(value == value for line in grid.values for value in line)  # NaN is not equal to itself


def test_a_coding_of_two_cases_counts_once_in_each_and_once_in_the_code() -> None:
    both = Coded("both", "c", ("r9", 0, 5), ("P1", "P2"), ("P1", "P2"))
    data = replace(DATA, coded=(both,))
    assert passages_by_cell(data.coded, data.columns) == {("P1", "c"): 1, ("P2", "c"): 1}
    assert figures(data)["c"].passages == 1
