"""Stored charts: what they keep when codes and cases get other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import build_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with build_study(tmp_path) as made:
        yield made


def test_a_chart_follows_the_name_of_a_case(project: Project) -> None:
    query = MatrixQuery(themes=("effort",), cases=("P01",), pinned=("P01",), hidden=("effort/cost",))
    project.matrix.save_chart("One", query)
    assert project.matrix.chart("one").query == query
    project.cases.set("P01", rename="Ana")
    changed = project.matrix.chart("One").query
    assert (changed.cases, changed.pinned) == (("Ana",), ("Ana",))
    assert [row.label for row in project.matrix.view(changed).rows] == ["Ana"]


def test_saving_under_a_name_in_use_replaces_the_chart_and_undo_brings_it_back(project: Project) -> None:
    project.matrix.save_chart("One", MatrixQuery(rows="site"))
    project.matrix.save_chart("ONE", MatrixQuery(rows="person"))
    assert [(item.name, item.query.rows) for item in project.matrix.charts()] == [("One", "person")]
    project.history.undo()
    assert [item.query.rows for item in project.matrix.charts()] == ["site"]
    project.matrix.remove_chart("one")
    assert list(project.matrix.charts()) == []


def test_a_chart_needs_a_name_and_codes_that_exist(project: Project) -> None:
    with pytest.raises(InvalidInput, match="name of the chart is empty"):
        project.matrix.save_chart("  ", MatrixQuery())
    with pytest.raises(NotFound, match="hope"):
        project.matrix.save_chart("Hope", MatrixQuery(themes=("hope",)))
    with pytest.raises(NotFound, match="nowhere"):
        project.matrix.remove_chart("nowhere")
