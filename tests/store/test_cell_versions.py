"""Earlier versions of written cells, from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.store.queries.cell_versions import cell_versions

if TYPE_CHECKING:
    from fwanalysis.project import Project


def summaries(project: Project) -> list[list[str | None]]:
    with project._store.read() as connection:
        found = cell_versions(connection)
    return [[item.cell.summary if item.cell else None for item in versions] for versions in found.values()]


def test_versions_are_listed_oldest_first_with_clearing_and_undo(project: Project) -> None:
    project.matrix.set("P01", "cost", "One.")
    project.matrix.set("P01", "cost", "Two.")
    project.matrix.clear("P01", "cost")
    project.history.undo()
    project.history.undo()
    assert summaries(project) == [["One.", "Two.", None, "Two.", "One."]]


def test_versions_have_what_their_references_cited(project: Project) -> None:
    project.matrix.set("P01", "cost", "One (P01:2), two (P01:4).")
    project.matrix.set("P01", "cost", "One only (P01:2).")
    with project._store.read() as connection:
        (versions,) = cell_versions(connection).values()
    assert [[item.reference for item in version.citations] for version in versions] == [["P01:2", "P01:4"], ["P01:2"]]


def test_cells_of_different_cases_codes_and_extents_are_kept_apart(project: Project) -> None:
    project.matrix.set("P01", "effort", "All.")
    project.matrix.set("P01", "effort", "Itself.", own=True)
    project.matrix.set("P02", "effort", "Of another.")
    assert summaries(project) == [["All."], ["Itself."], ["Of another."]]
