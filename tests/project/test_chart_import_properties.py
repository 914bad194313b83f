"""Any chart that is exported and imported again changes nothing, in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fwanalysis.domain.chart_import import Accept, accepted
from fwanalysis.domain.matrix import CellState
from tests.project.chart_files import FORMS, exported
from tests.project.project_study import code, rows

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.matrix import Cell
    from fwanalysis.project import Project

PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n\t")
TEXTS = st.one_of(
    st.text(PRINTABLE, min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(
        [
            "=1+1",
            "-a\n\nb",
            "'quoted",
            "Evidence:",
            "[checked]",
            "[disagreement: x]\ny",
            "Pays (P01:2; also P02:4–4).",
            "[R: ask] “It” *(P01:2)",
            "12",
            '"a;b"',
        ]
    ),
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        (case, name): st.tuples(st.sampled_from(list(CellState)), TEXTS, st.sampled_from(["", "never attends"]))
        for case in ("P01", "P02", "FG1")
        for name in ("cost", "trust")
    },
)


@pytest.mark.parametrize("form", FORMS)
@given(cells=CELLS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_exported_and_imported_again_changes_nothing(
    project: Project, tmp_path: Path, form: str, cells: dict[tuple[str, str], tuple[CellState, str, str]]
) -> None:
    if not project.codings.list():
        code(project, "P01", "cost", "Nobody asks who pays for it.")
        code(project, "FG1", "trust", "Trust is what keeps us coming back every month.")
    for case, name in [(cell.case_id, cell.code_id) for cell in _written(project)]:
        project.matrix.clear(case, name)
    project.matrix.set("P01", "effort", "A column with words.")  # a column of numbers only is not read
    project.matrix.set("P01", "cost", "First words.")
    project.matrix.set("P01", "trust", "First words.")
    for (case, name), (state, text, disagreement) in cells.items():
        words = "" if state is CellState.NOTHING_SAID else text
        project.matrix.set(case, name, words, state=state, disagreement=disagreement)
    comparison = project.matrix.compare(exported(project, tmp_path, form))
    assert comparison.differences == ()
    before = rows(project)
    project.matrix.take(comparison, accepted(comparison, Accept.THEIRS))
    assert rows(project) == before


def _written(project: Project) -> list[Cell]:
    from fwanalysis.store.queries import matrix as queries

    with project._store.read() as connection:
        return [*queries.cells(connection)]
