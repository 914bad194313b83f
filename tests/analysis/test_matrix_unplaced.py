"""Codings that have no place in the corrected texts: which cells say that they wait, and that no figure has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import build_cell, build_matrix
from fwanalysis.analysis.matrix.rows import NO_CASE
from fwanalysis.domain.cases import Case, Level
from fwanalysis.domain.matrix import Matrix, MatrixQuery
from fwanalysis.domain.sources import SpeakerIndex
from fwanalysis.domain.text import Span
from tests.analysis.matrix_study import SOURCES, Made, passages, study_of, voices

if TYPE_CHECKING:
    from fwanalysis.analysis.matrix.study import Study

P1_IN_GROUP, P3_IN_GROUP, UNMAPPED, P2_SPEAKS = Span(12, 20), Span(27, 33), Span(45, 50), Span(5, 9)


def waiting(*made: Made) -> Study:
    """The study in which these have no place, and stood last where the sources' turns were those of the study."""
    then = {f"revision of {name}": voices(name) for name in SOURCES}
    return replace(study_of(()), unanchored=passages(made), then=then)


def waits(matrix: Matrix) -> dict[tuple[str, str], int]:
    return {place: cell.unanchored for place, cell in matrix.cells.items() if cell.unanchored}


def test_a_coding_without_a_place_waits_in_the_cell_of_whose_words_it_was_on() -> None:
    study = waiting(Made("FG", "a/b", P1_IN_GROUP), Made("FG", "a", UNMAPPED), Made("both", "c", P2_SPEAKS))
    matrix = build_matrix(study, MatrixQuery())
    assert waits(matrix) == {("G", "a"): 2, ("P2", "c"): 1}
    assert waits(build_matrix(study, MatrixQuery(rows="person"))) == {("P1", "a"): 1, ("P2", "c"): 1}
    assert waits(build_matrix(study, MatrixQuery(themes=("a",)))) == {("G", "a:own"): 1, ("G", "a/b"): 1}
    assert matrix.cells["G", "a"].empty_because == "no evidence in the present text"
    assert matrix.cells["P1", "a"].empty_because == "no evidence"


def test_no_figure_counts_a_coding_without_a_place_but_the_one_that_says_how_many_there_are() -> None:
    matrix = build_matrix(waiting(Made("FG", "a/b", P1_IN_GROUP), Made("FG", "c", P3_IN_GROUP)), MatrixQuery())
    assert {(cell.segments, cell.persons, cell.quotes) for cell in matrix.cells.values()} == {(0, 0, ())}
    assert (matrix.outside, matrix.unanchored) == (0, 2)


def test_a_coding_of_two_persons_words_waits_in_both_rows_and_is_told_once() -> None:
    matrix = build_matrix(waiting(Made("both", "a", Span(18, 25))), MatrixQuery())
    assert waits(matrix) == {("P2", "a"): 1, ("P10", "a"): 1}
    assert matrix.unanchored == 1


def test_words_that_were_nobodys_wait_in_the_last_row() -> None:
    assert waits(build_matrix(waiting(Made("news", "a", Span(0, 5))), MatrixQuery())) == {(NO_CASE, "a"): 1}


def test_whose_words_they_were_is_asked_of_the_turns_of_then() -> None:
    study = waiting(Made("FG", "a", P1_IN_GROUP))
    present = replace(study, voices={**study.voices, "FG": SpeakerIndex(study.voices["FG"].source, (), {})})
    assert waits(build_matrix(present, MatrixQuery(rows="person"))) == {("P1", "a"): 1}


def test_a_cell_alone_says_the_same_as_the_cell_of_the_view() -> None:
    study, person = waiting(Made("FG", "a/b", P1_IN_GROUP)), Case("P1", "P1", Level.PERSON)
    assert build_cell(study, person, "a", with_groups=True)[0].unanchored == 1
    assert build_cell(study, person, "a", with_groups=False)[0].unanchored == 0
    assert build_cell(study, Case("G", "G", Level.GROUP), "a", with_groups=False)[0].unanchored == 1
