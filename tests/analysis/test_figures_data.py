"""What figures are counted from agrees with the matrix, and words are those of the turns that they are in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.figures.counts import codes_figure, grid_figure, passages_by_cell, stances_by_cell
from fwanalysis.analysis.figures.data import figure_data
from fwanalysis.analysis.matrix.building import build_matrix
from fwanalysis.domain.cases import Level
from fwanalysis.domain.figures import FigureData, Measure
from fwanalysis.domain.matrix import Cell, CellState, MatrixQuery
from fwanalysis.domain.sources import Role
from fwanalysis.domain.staleness import Basis
from fwanalysis.domain.text import Span
from tests.analysis.matrix_study import CASES, CODES, SOURCES, Made, study_of

TEXT = "ab " * 20
"""Twenty words, at 0, 3, 6 and so on."""
BELONGS = (("P1", "S1"), ("P3", "S1"), ("P2", "S2"), ("P1", "G"), ("P3", "G"))
ROWS = ("default", "person", "group", "site")
made = st.lists(
    st.builds(
        lambda source, code, start, length: Made(source, code, Span(start, start + length)),
        st.sampled_from(sorted(SOURCES)),
        st.sampled_from(CODES),
        st.integers(0, 50),
        st.integers(1, 10),
    ),
    max_size=20,
)
values = st.dictionaries(
    st.tuples(st.sampled_from(sorted(CASES)), st.just("place")), st.sampled_from("xy"), max_size=len(CASES)
)
queries = st.builds(
    MatrixQuery,
    rows=st.sampled_from(ROWS),
    all_codes=st.booleans(),
    where=st.sampled_from([(), (("place", "x"),)]),
    with_no_case=st.booleans(),
)


def data_of(codings: list[Made], query: MatrixQuery, *cells: Cell, **options: object) -> FigureData:
    return figure_data(study_of(codings, BELONGS, cells=cells), query, text=lambda _: TEXT, **options)  # type: ignore[arg-type]


@given(made, values, queries)
def test_passages_stances_and_persons_are_those_of_the_matrix(
    codings: list[Made], known: dict[tuple[str, str], str], query: MatrixQuery
) -> None:
    study = study_of(codings, BELONGS, known)
    matrix = build_matrix(study, query)
    data = figure_data(study, query)
    assert [row.key for row in data.rows] == [row.key for row in matrix.rows]
    assert [column.key for column in data.columns] == [column.key for column in matrix.columns]
    counted, stances = passages_by_cell(data.coded, data.columns), stances_by_cell(data)
    for key, cell in matrix.cells.items():
        assert counted[key] == cell.segments
        assert stances[key].total == cell.segments if cell.segments else key not in stances
    for code in codes_figure(data).codes:
        case_keys = [row.key for row in matrix.rows if row.case]
        assert code.cases == sum(bool(matrix.cells[key, code.key].segments) for key in case_keys)


@given(made, values, queries)
def test_no_person_is_counted_who_does_not_meet_the_filter_or_has_no_row(
    codings: list[Made], known: dict[tuple[str, str], str], query: MatrixQuery
) -> None:
    data = figure_data(study_of(codings, BELONGS, known), query)
    persons = {person for item in data.coded for person in item.persons}
    assert {CASES[person] for person in persons} <= {Level.PERSON}
    if query.rows == "person":
        assert persons <= {row.key for row in data.rows}
    if query.where and query.rows == "site":
        assert {known.get((person, "place")) for person in persons} <= {"x"}


def says(row: str, rows: str) -> set[tuple[str, int]]:
    """The letters (source, position) that a row says in the default rows, or those of persons."""
    found = set()
    for name, talk in SOURCES.items():
        for at in range(len(TEXT)):
            speaking = [(role, case) for start, end, role, case in talk.turns if start <= at < end]
            cases = {case for role, case in speaking if role is Role.PARTICIPANT}
            if not talk.turns:
                cases = {talk.case}
            elif talk.kind == "focus-group" and rows == "default":
                cases = {talk.case} if any(role is Role.PARTICIPANT for role, _ in speaking) else set()
            if row in cases and TEXT[at] != " ":
                found.add((name, at))
    return found


def words_of(letters: set[tuple[str, int]]) -> int:
    return len({(source, at // 3) for source, at in letters})


@pytest.mark.parametrize("rows", ["default", "person"])
def test_the_words_that_a_case_says_are_those_of_its_turns(rows: str) -> None:
    data = data_of([], MatrixQuery(rows=rows))
    assert [row.key for row in data.rows if row.words]
    for row in data.rows:
        assert row.words == words_of(says(row.key, rows))
        assert row.speaks == bool(says(row.key, rows))


@given(made, st.sampled_from(["default", "person"]))
def test_words_of_a_case_in_passages_are_those_that_it_says_itself(codings: list[Made], rows: str) -> None:
    query = MatrixQuery(rows=rows, with_no_case=False)
    figure = grid_figure(data_of(codings, query), Measure.WORDS)
    for row, line in zip(figure.rows, figure.values, strict=True):
        for column, value in zip(figure.columns, line, strict=True):
            spans = [(item.source, item.span) for item in codings if item.code in column.code_ids]
            letters = {
                (source, at)
                for source, at in says(row.key, rows)
                if any(source == name and span.start <= at < span.end for name, span in spans)
            }
            assert (value or 0) == words_of(letters)


def test_an_interviewers_words_in_a_passage_are_not_counted() -> None:
    data = data_of([Made("P1", "c", Span(0, 60))], MatrixQuery(with_no_case=False))
    row = next(row for row in data.rows if row.key == "P1")
    assert [said.rows for said in data.coded[0].said] == [("P1",)]
    assert grid_figure(data, Measure.PER_1000).values[data.rows.index(row)][1] == 1000


def test_turns_are_numbered_without_those_of_an_interviewer_and_lines_where_there_are_none() -> None:
    codings = [Made("P1", "c", Span(0, 60)), Made("FG", "c", Span(12, 45)), Made("minutes", "c", Span(15, 35))]
    data = data_of(codings, MatrixQuery(), with_turns=True)
    assert [item.turns for item in data.coded] == [(2,), (2, 3, 4), (2, 3, 4)]


def test_named_codes_are_the_columns_in_the_order_given_each_once() -> None:
    data = figure_data(study_of([]), MatrixQuery(), ("c", "a/b", "c"))
    assert [(column.key, column.code_ids) for column in data.columns] == [
        ("c", frozenset({"c"})),
        ("a/b", frozenset({"a/b", "a/b/d"})),
    ]


def test_codings_of_other_coders_are_left_out() -> None:
    study = study_of([Made("P1", "c", Span(25, 30))])
    assert len(figure_data(study, MatrixQuery(coders=("ana",))).coded) == 1
    assert figure_data(study, MatrixQuery(coders=("ben",))).coded == ()


def test_a_theme_that_is_not_applicable_makes_its_sub_themes_not_applicable_where_only_they_are_shown() -> None:
    cell = Cell("x", "P1", "a", CellState.NOT_APPLICABLE, "Why.", "ana", "", Basis())
    data = data_of([], MatrixQuery(themes=("a",)), cell)
    assert data.not_applicable == {("P1", "a/b"), ("P1", "a/e")}
    assert data_of([], MatrixQuery(), replace(cell, state=CellState.NOTHING_SAID)).not_applicable == frozenset()


def test_a_group_is_one_case_and_its_speakers_are_persons() -> None:
    data = data_of([Made("FG", "c", Span(12, 40)), Made("P1", "c", Span(25, 30))], MatrixQuery(with_no_case=False))
    code = next(code for code in codes_figure(data).codes if code.key == "c")
    assert (code.cases, code.persons) == (2, 2)  # P1 and the group; P1 speaks in both, P3 in the group
