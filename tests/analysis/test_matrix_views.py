"""What a view of the matrix shows: its rows, columns, order, references, and the figures in its cells."""

from __future__ import annotations

import pytest

from fwanalysis.analysis.matrix.building import build_cell, build_matrix
from fwanalysis.analysis.matrix.rows import NO_CASE
from fwanalysis.domain.cases import Case, Level
from fwanalysis.domain.matrix import Matrix, MatrixQuery
from fwanalysis.domain.text import Span
from fwanalysis.errors import InvalidInput, NotFound
from tests.analysis.matrix_study import Made, study_of

P1_SPEAKS, P1_IN_GROUP, P3_IN_GROUP, UNMAPPED = Span(25, 30), Span(12, 20), Span(27, 33), Span(45, 50)


def labels(matrix: Matrix) -> list[str]:
    return [row.label for row in matrix.rows]


def references(matrix: Matrix, row: str, column: str) -> list[str]:
    return [quoted.reference for quoted in matrix.cells[row, column].quotes]


def view(
    *made: Made, rows: str = "default", known: dict[tuple[str, str], str] | None = None, **query: object
) -> Matrix:
    return build_matrix(study_of(made, (), known), MatrixQuery(rows=rows, **query))  # type: ignore[arg-type]  # by name


def test_by_default_rows_are_persons_with_a_source_then_groups_then_sites() -> None:
    assert labels(view()) == ["P1", "P2", "P10", "G", "S1"]


def test_words_without_a_case_stand_in_a_last_row_only_if_there_are_any() -> None:
    assert labels(view(Made("news", "a", Span(0, 5))))[-1] == NO_CASE
    assert labels(view(Made("P1", "a", Span(6, 9))))[-1] == NO_CASE
    assert NO_CASE not in labels(view(Made("P1", "a", P1_SPEAKS)))


def test_columns_are_the_themes_or_what_is_below_a_theme_or_a_code_itself() -> None:
    assert [column.heading for column in view().columns] == ["A", "C"]
    assert [column.path for column in view(themes=("a",)).columns] == ["a/b", "a/e"]
    assert [column.path for column in view(themes=("c",)).columns] == ["c"]
    with pytest.raises(NotFound, match="hope"):
        view(themes=("hope",))


def test_codings_with_the_theme_itself_have_a_column_of_their_own_before_its_sub_themes() -> None:
    made = (Made("P1", "a", P1_SPEAKS), Made("P1", "a/b", P1_SPEAKS), Made("P1", "c", P1_SPEAKS))
    matrix = view(*made, themes=("a",))
    assert [(column.heading, column.own) for column in matrix.columns] == [
        ("A (itself)", True),
        ("B", False),
        ("E", False),
    ]
    assert [matrix.cell(matrix.rows[0], column).segments for column in matrix.columns] == [1, 1, 0]
    assert [column.heading for column in view(*made[1:], themes=("a",)).columns] == ["B", "E"]
    assert [column.heading for column in view(*made, themes=("c",)).columns] == ["C"]


def test_codings_with_the_theme_itself_in_other_rows_are_counted_as_outside() -> None:
    matrix = view(Made("FG", "a", UNMAPPED), themes=("a",), rows="person")
    assert matrix.outside == 1


def test_a_group_is_given_its_words_once_and_its_members_only_when_asked() -> None:
    made = (Made("FG", "a", P1_IN_GROUP), Made("FG", "a", P3_IN_GROUP), Made("FG", "a", UNMAPPED))
    matrix = view(*made)
    assert (matrix.cells["G", "a"].segments, matrix.cells["G", "a"].persons, matrix.outside) == (3, 2, 0)
    assert matrix.cells["P1", "a"].segments == 0
    matrix = view(*made, rows="person")
    assert [matrix.cells[case, "a"].segments for case in ("P1", "P2", "P3", "P10")] == [1, 0, 1, 0]
    assert matrix.outside == 1


def test_a_site_takes_what_its_members_say_and_its_groups_unmapped_voices_too() -> None:
    made = [Made("P1", "a", P1_SPEAKS), Made("FG", "a", P3_IN_GROUP), Made("FG", "a", UNMAPPED)]
    matrix = build_matrix(study_of(made, [("P1", "S1"), ("G", "S2")]), MatrixQuery(rows="site"))
    assert (matrix.cells["S1", "a"].segments, matrix.cells["S2", "a"].segments, matrix.outside) == (1, 2, 0)


def test_one_passage_with_two_codes_is_one_segment() -> None:
    cell = view(Made("P1", "a/b", P1_SPEAKS), Made("P1", "a/e", P1_SPEAKS)).cells["P1", "a"]
    assert (len(cell.quotes), cell.segments, cell.persons) == (2, 1, 1)


def test_a_passage_that_two_persons_speak_is_in_both_rows_and_counts_two_persons_in_a_shared_one() -> None:
    made = Made("both", "a", Span(15, 30))
    matrix = view(made)
    assert matrix.cells["P2", "a"].segments == matrix.cells["P10", "a"].segments == 1
    shared = view(made, rows="attribute:size", known={("P2", "size"): "x", ("P10", "size"): "x"})
    assert (shared.cells["x", "a"].segments, shared.cells["x", "a"].persons) == (1, 2)


@pytest.mark.parametrize(
    ("made", "rows", "row", "expected"),
    [
        (Made("P1", "a", P1_SPEAKS), "default", "P1", "(P1:2)"),
        (Made("FG", "a", P1_IN_GROUP), "person", "P1", "(P1/FG:2)"),
        (Made("FG", "a", P3_IN_GROUP), "person", "P3", "(P3/FG:3)"),
        (Made("FG", "a", P1_IN_GROUP), "default", "G", "(G:2)"),
        (Made("FG", "a", Span(12, 33)), "default", "G", "(G:2–3)"),
        (Made("FG", "a", UNMAPPED), "default", "G", "(G:4)"),
        (Made("both", "a", Span(23, 30)), "default", "P10", "(P10:2)"),
        (Made("P1", "a", Span(6, 9)), "default", NO_CASE, "(P1:1)"),
        (Made("news", "a", Span(25, 30)), "default", NO_CASE, "(news: line 3)"),
        (Made("minutes", "a", Span(5, 30)), "default", "S1", "(S1: lines 1–3)"),
    ],
)
def test_a_reference_names_who_speaks_where(made: Made, rows: str, row: str, expected: str) -> None:
    assert references(view(made, rows=rows), row, "a") == [expected]


def test_rows_are_sorted_by_attributes_one_within_the_other_the_unknown_last() -> None:
    known = {("P1", "size"): "y", ("P2", "size"): "x", ("P3", "size"): "y", ("P3", "place"): "a", ("P1", "place"): "b"}
    assert labels(view(rows="person", known=known, sort=("size", "place"))) == ["P2", "P3", "P1", "P10"]
    assert labels(view(rows="person", known=known, sort=("case",))) == ["P1", "P2", "P3", "P10"]


def test_only_rows_that_meet_all_conditions_are_shown_and_what_they_leave_out_is_counted() -> None:
    known = {("P1", "size"): "x", ("P2", "size"): "x", ("P2", "place"): "y"}
    made = (Made("P1", "a", P1_SPEAKS), Made("both", "a", Span(1, 9)), Made("news", "a", Span(0, 5)))
    matrix = view(*made, rows="person", known=known, where=(("Size", "X"), ("place", "y")))
    assert labels(matrix) == ["P2"]
    assert matrix.outside == 2


def test_rows_of_an_attribute_are_its_values_and_the_unknown() -> None:
    known = {("P1", "size"): "y", ("P2", "size"): "x"}
    made = (Made("P1", "a", P1_SPEAKS), Made("both", "a", Span(1, 9)), Made("both", "a", Span(23, 30)))
    assert labels(view(*made, rows="attribute:Size", known=known)) == ["x", "y", "(unknown)"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"rows": "team"}, 'invalid rows "team"'),
        ({"rows": "attribute:rank"}, '"rank"'),
        ({"where": (("rank", "x"),)}, '"rank"'),
        ({"sort": ("rank",)}, '"rank"'),
        ({"attributes": ("rank",)}, '"rank"'),
    ],
)
def test_what_a_view_asks_for_must_exist(query: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        view(**query)  # type: ignore[arg-type]  # by name


def test_a_cell_alone_is_the_cell_of_the_view() -> None:
    study = study_of([Made("P1", "a/b", P1_SPEAKS), Made("FG", "a", P1_IN_GROUP)])
    case = Case("P1", "P1", Level.PERSON)
    matrix = build_matrix(study, MatrixQuery())
    alone, basis = build_cell(study, case, "a", with_groups=False)
    assert alone == matrix.cells["P1", "a"]
    assert [item.coding_id for item in basis.codings] == ["coding 0"]
    both, wider = build_cell(study, case, "a", with_groups=True)
    assert both == build_matrix(study, MatrixQuery(rows="person")).cells["P1", "a"]
    assert [item.coding_id for item in wider.codings] == ["coding 0", "coding 1"]
