from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.tui.charting.moves import CellMove, next_cell
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from fwanalysis import Project
    from fwanalysis.domain.matrix import Matrix


def step(matrix: Matrix, row: str, column: str, move: str) -> tuple[str, str] | None:
    """The heads of the next cell."""
    found = next_cell(
        matrix,
        next(item for item in matrix.rows if item.label == row),
        next(item for item in matrix.columns if item.heading == column),
        move,
    )
    return None if found is None else (found[0].label, found[1].heading)


@pytest.fixture
def coded(study: Project) -> Project:
    """Evidence in three of four cells; P01 × Emergent is charted."""
    code(study, "P01", "Nobody wanted to stay outside.", "effort")
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "FG1", "We brought our mistakes along.", "mistakes")
    study.matrix.set("P01", "emergent", "Interest ebbed.")
    return study


EFFORT, EMERGENT = "Effort of taking part", "Emergent"


def test_next_uncharted_goes_along_the_rows_and_around(coded: Project) -> None:
    matrix = coded.matrix.view()
    assert step(matrix, "P01", EFFORT, "next-uncharted") == ("FG1", EMERGENT)
    assert step(matrix, "FG1", EMERGENT, "next-uncharted") == ("P01", EFFORT)
    assert step(matrix, "FG1", EFFORT, "previous-uncharted") == ("P01", EFFORT)


def test_the_present_cell_is_not_its_own_next_one(coded: Project) -> None:
    coded.matrix.set("FG1", "emergent", "Mistakes came along.")
    assert step(coded.matrix.view(), "P01", EFFORT, "next-uncharted") is None


def test_next_out_of_date_finds_a_written_cell_whose_evidence_changed(coded: Project) -> None:
    assert step(coded.matrix.view(), "FG1", EFFORT, "next-stale") is None
    code(coded, "P01", "It was a long year.", "quiet")
    assert step(coded.matrix.view(), "FG1", EFFORT, "next-stale") == ("P01", EMERGENT)
    assert step(coded.matrix.view(), "FG1", EFFORT, "previous-stale") == ("P01", EMERGENT)


def test_a_row_and_a_column_end_at_the_edge_of_the_view(coded: Project) -> None:
    matrix = coded.matrix.view()
    assert step(matrix, "P01", EFFORT, "next-in-row") == ("P01", EMERGENT)
    assert step(matrix, "P01", EMERGENT, "next-in-row") is None
    assert step(matrix, "P01", EFFORT, "next-in-column") == ("FG1", EFFORT)
    assert step(matrix, "P01", EFFORT, "previous-in-column") is None


def test_in_a_transposed_view_the_next_in_a_row_is_the_next_case(coded: Project) -> None:
    matrix = coded.matrix.view(MatrixQuery(transposed=True))
    assert step(matrix, "P01", EFFORT, "next-in-row") == ("FG1", EFFORT)
    assert step(matrix, "P01", EFFORT, "next-in-column") == ("P01", EMERGENT)
    assert step(matrix, "P01", EMERGENT, "next-uncharted") == ("FG1", EMERGENT)


def test_text_of_no_case_is_never_uncharted(coded: Project) -> None:
    code(coded, "newsletter", "All sites have now joined.", "paperwork")
    coded.matrix.set("P01", "effort", "Wanted in.")
    coded.matrix.set("FG1", "emergent", "Mistakes came along.")
    matrix = coded.matrix.view()
    assert matrix.rows[-1].case is None
    assert step(matrix, "P01", EFFORT, "next-uncharted") is None


def test_a_move_makes_no_cell_that_is_not_written(coded: Project) -> None:
    matrix = coded.matrix.view()
    assert step(matrix, "P01", EFFORT, CellMove.NEXT_UNCHARTED) == ("FG1", EMERGENT)
    assert matrix.cells._made == {}  # type: ignore[attr-defined]
