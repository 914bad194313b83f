"""Abstraction: written cells are sorted into elements, elements into dimensions, dimensions into categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.abstraction import ConceptLevel
from fwanalysis.domain.matrix import CellState, MatrixQuery
from fwanalysis.errors import Ambiguous, Conflict, InvalidInput, NotFound, Unchanged
from fwanalysis.project import open_project
from tests.project.project_study import code, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from fwanalysis.project import Project

ELEMENT, DIMENSION, CATEGORY = ConceptLevel


@pytest.fixture
def charted(project: Project) -> Project:
    """Written cells of *cost* and *effort*, one of them *nothing said*."""
    code(project, "P01", "cost", "Nobody asks who pays for it.")
    code(project, "P02", "cost", "The hospitals pay")
    code(project, "FG1", "cost", "The meetings cost us a whole day")
    project.matrix.set("P01", "cost", 'No one asks "who pays for it" (P01:2).')
    project.matrix.set("P02", "cost", "They pay (P02:4), and some more (P02:2).")
    project.matrix.set("FG1", "cost", "A day (FG1:2).")
    project.matrix.set("P03", "cost", state=CellState.NOTHING_SAID)
    return project


@pytest.fixture
def abstracted(charted: Project) -> Project:
    """An abstraction of *cost* with something unsorted on each level."""
    area = charted.abstraction
    area.add("cost", CATEGORY, "Giving")
    area.add("cost", DIMENSION, "Paid", into="Giving")
    area.add("cost", DIMENSION, "Unpaid")
    area.add("cost", ELEMENT, "A whole day", into="Paid")
    area.add("cost", ELEMENT, "Nobody asks")
    area.sort("cost", ["P02", "FG1"], into="A whole day")
    return charted


def labels(project: Project, element: str) -> list[str]:
    """The cells in an element."""
    shown = project.abstraction.show("cost")
    found = next(item for item in shown.elements if item.name == element)
    return [cell.label for cell in shown.cells_of(found)]


def names(project: Project, level: ConceptLevel) -> list[str]:
    return [item.name for item in project.abstraction.show("cost").of_level(level)]


def test_before_anything_is_sorted_every_written_cell_with_a_summary_is_unsorted(charted: Project) -> None:
    shown = charted.abstraction.show("cost")
    assert [cell.label for cell in shown.unsorted_cells] == ["FG1", "P01", "P02"]
    assert [cell.label for cell in shown.without_summary] == ["P03"]
    assert (shown.path, shown.concepts) == ("effort/cost", ())


def test_each_level_shows_what_is_sorted_and_what_is_not(abstracted: Project) -> None:
    shown = abstracted.abstraction.show("effort/cost")
    assert [cell.label for cell in shown.unsorted_cells] == ["P01"]
    assert [item.name for item in shown.unsorted_elements] == ["Nobody asks"]
    assert [item.name for item in shown.unsorted_dimensions] == ["Unpaid"]
    paid = shown.dimensions[0]
    assert [item.name for item in shown.members(paid)] == ["A whole day"]
    assert shown.parent(paid) == shown.categories[0]


def test_a_sorted_cell_has_its_summary_and_its_references(abstracted: Project) -> None:
    shown = abstracted.abstraction.show("cost")
    cell = next(cell for cell in shown.cells_of(shown.elements[0]) if cell.case == "P02")
    assert (cell.text, cell.references) == ("They pay (P02:4), and some more (P02:2).", ("P02:4", "P02:2"))


def test_a_cell_may_be_in_several_elements(abstracted: Project) -> None:
    abstracted.abstraction.sort("cost", ["P02"], into="Nobody asks")
    assert (labels(abstracted, "A whole day"), labels(abstracted, "Nobody asks")) == (["FG1", "P02"], ["P02"])


def test_sorting_a_cell_a_second_time_changes_nothing(abstracted: Project) -> None:
    before = rows(abstracted)
    assert abstracted.abstraction.sort("cost", ["P02"], into="A whole day") == []
    assert rows(abstracted) == before


def test_a_cell_goes_from_one_element_to_another_in_one_step(abstracted: Project) -> None:
    before = rows(abstracted)
    abstracted.abstraction.sort("cost", ["P02"], into="Nobody asks", out_of="A whole day")
    assert (labels(abstracted, "A whole day"), labels(abstracted, "Nobody asks")) == (["FG1"], ["P02"])
    abstracted.history.undo()
    assert rows(abstracted) == before


def test_the_cell_of_the_theme_itself_belongs_to_the_column_of_the_theme(charted: Project) -> None:
    charted.matrix.set("P01", "effort", "All of it.")
    charted.matrix.set("P01", "effort", "Only the theme.", own=True)
    charted.abstraction.add("effort", ELEMENT, "All")
    charted.abstraction.sort("effort", ["P01 (itself)"], into="All")
    shown = charted.abstraction.show("effort")
    assert [cell.text for cell in shown.cells_of(shown.elements[0])] == ["Only the theme."]
    assert [cell.text for cell in shown.unsorted_cells] == ["All of it."]


def test_a_cell_that_goes_out_of_date_after_it_was_sorted_is_marked(abstracted: Project) -> None:
    abstracted.abstraction.sort("cost", ["P01"], into="A whole day")
    assert not any(cell.stale for cell in abstracted.abstraction.show("cost").cells.values())
    code(abstracted, "P01", "cost", "We share what we learn. Nobody")
    shown = abstracted.abstraction.show("cost")
    assert [cell.label for cell in shown.cells_of(shown.elements[0]) if cell.stale] == ["P01"]
    assert [row[6] for row in abstracted.abstraction.data_structure().rows] == ["P01", "", ""]


def test_clearing_a_cell_takes_it_out_and_undo_puts_it_back(abstracted: Project) -> None:
    abstracted.matrix.clear("P02", "cost")
    assert labels(abstracted, "A whole day") == ["FG1"]
    abstracted.history.undo()
    assert labels(abstracted, "A whole day") == ["FG1", "P02"]


def test_writing_a_cell_again_keeps_it_where_it_is_sorted(abstracted: Project) -> None:
    abstracted.matrix.set("P02", "cost", "They all pay.")
    assert labels(abstracted, "A whole day") == ["FG1", "P02"]


def test_merging_a_case_keeps_its_cells_sorted(abstracted: Project) -> None:
    abstracted.cases.set("P2")
    abstracted.cases.merge("P02", "P2")
    assert labels(abstracted, "A whole day") == ["FG1", "P2"]


def test_removing_a_concept_leaves_its_members_unsorted(abstracted: Project) -> None:
    abstracted.abstraction.remove("cost", "Paid")
    shown = abstracted.abstraction.show("cost")
    assert [item.name for item in shown.unsorted_elements] == ["A whole day", "Nobody asks"]
    assert labels(abstracted, "A whole day") == ["FG1", "P02"]
    abstracted.abstraction.remove("cost", "A whole day")
    assert [cell.label for cell in abstracted.abstraction.show("cost").unsorted_cells] == ["FG1", "P01", "P02"]


def test_the_order_of_a_level_can_be_changed(abstracted: Project) -> None:
    abstracted.abstraction.add("cost", ELEMENT, "Third")
    abstracted.abstraction.move("cost", "Third", to=1)
    assert names(abstracted, ELEMENT) == ["Third", "A whole day", "Nobody asks"]
    abstracted.abstraction.move("cost", "Third", to=99)
    assert names(abstracted, ELEMENT) == ["A whole day", "Nobody asks", "Third"]
    abstracted.abstraction.remove("cost", "Nobody asks")
    abstracted.abstraction.add("cost", ELEMENT, "Last")
    assert names(abstracted, ELEMENT) == ["A whole day", "Third", "Last"]


ACTS: dict[str, Callable[[Project], object]] = {
    "add": lambda project: project.abstraction.add("cost", ELEMENT, "New", into="Unpaid"),
    "rename": lambda project: project.abstraction.rename("cost", "Paid", "Bought"),
    "change the order": lambda project: project.abstraction.move("cost", "Nobody asks", to=1),
    "sort a concept": lambda project: project.abstraction.move("cost", "Nobody asks", into="Unpaid"),
    "take a concept out": lambda project: project.abstraction.move("cost", "Paid", unsort=True),
    "sort cells": lambda project: project.abstraction.sort("cost", ["P01", "P02"], into="Nobody asks"),
    "take cells out": lambda project: project.abstraction.unsort("cost", ["FG1"], out_of="A whole day"),
    "remove an element": lambda project: project.abstraction.remove("cost", "A whole day"),
    "remove a dimension": lambda project: project.abstraction.remove("cost", "Paid"),
    "remove a category": lambda project: project.abstraction.remove("cost", "Giving"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_every_operation_is_one_event_that_undo_takes_back_and_redo_repeats(
    abstracted: Project, act: Callable[[Project], object]
) -> None:
    before, events = rows(abstracted), len(abstracted.history.list())
    act(abstracted)
    after = rows(abstracted)
    assert (after != before, len(abstracted.history.list())) == (True, events + 1)
    abstracted.history.undo()
    assert rows(abstracted) == before
    abstracted.history.redo()
    assert rows(abstracted) == after


REFUSED: dict[str, tuple[type[Exception], str, Callable[[Project], object]]] = {
    "a taken name": (
        *(InvalidInput, "effort/cost already has the dimension “Paid”"),
        lambda project: project.abstraction.add("cost", DIMENSION, " pAID "),
    ),
    "an empty name": (
        *(InvalidInput, "the name of the element is empty"),
        lambda project: project.abstraction.add("cost", ELEMENT, " \t"),
    ),
    "a taken name when renaming": (
        *(InvalidInput, "effort/cost already has the element “Nobody asks”"),
        lambda project: project.abstraction.rename("cost", "A whole day", "Nobody asks"),
    ),
    "a category in something": (
        *(InvalidInput, "a category cannot be sorted into another concept"),
        lambda project: project.abstraction.move("cost", "Giving", into="Paid"),
    ),
    "an element in a category": (
        *(NotFound, 'no dimension "Giving"'),
        lambda project: project.abstraction.move("cost", "A whole day", into="Giving"),
    ),
    "place zero": (
        *(InvalidInput, "invalid place 0"),
        lambda project: project.abstraction.move("cost", "A whole day", to=0),
    ),
    "an unknown case": (
        *(NotFound, 'no case "P77"'),
        lambda project: project.abstraction.sort("cost", ["P02", "P77"], into="Nobody asks"),
    ),
    "an unwritten cell": (
        *(InvalidInput, "P01 (itself) has no summary in effort/cost"),
        lambda project: project.abstraction.sort("cost", ["P01 (itself)"], into="Nobody asks"),
    ),
    "cells into a dimension": (
        *(NotFound, 'no element "Paid"'),
        lambda project: project.abstraction.sort("cost", ["P02"], into="Paid"),
    ),
    "a cell that is not there": (
        *(Unchanged, "P01 is not sorted into “A whole day”"),
        lambda project: project.abstraction.unsort("cost", ["P01", "P02"], out_of="A whole day"),
    ),
    "an unknown code": (
        *(NotFound, 'no code "cosst"'),
        lambda project: project.abstraction.add("cosst", ELEMENT, "New"),
    ),
}


@pytest.mark.parametrize(("error", "message", "act"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    abstracted: Project, error: type[Exception], message: str, act: Callable[[Project], object]
) -> None:
    before = rows(abstracted)
    with pytest.raises(error) as raised:
        act(abstracted)
    assert (str(raised.value), rows(abstracted) == before) == (message, True)


def test_a_name_may_occur_on_two_levels_and_in_two_columns(abstracted: Project) -> None:
    abstracted.abstraction.add("cost", CATEGORY, "Paid")
    abstracted.abstraction.add("trust", DIMENSION, "Paid")
    with pytest.raises(Ambiguous):
        abstracted.abstraction.remove("cost", "Paid")
    abstracted.abstraction.remove("cost", "Paid", level=CATEGORY)
    assert (names(abstracted, DIMENSION), names(abstracted, CATEGORY)) == (["Paid", "Unpaid"], ["Giving"])


def test_letter_case_of_a_name_can_be_changed(abstracted: Project) -> None:
    assert abstracted.abstraction.rename("cost", "Paid", "paid").name == "paid"


def test_undo_is_refused_if_another_coder_has_sorted_something_into_a_new_element(abstracted: Project) -> None:
    abstracted.abstraction.add("cost", ELEMENT, "New")
    with open_project(abstracted.path, coder="ben") as other:
        other.abstraction.sort("cost", ["P01"], into="New")
    before = rows(abstracted)
    with pytest.raises(Conflict):
        abstracted.history.undo()
    assert rows(abstracted) == before


def test_a_document_holds_the_abstraction_of_its_columns_only(abstracted: Project) -> None:
    abstracted.abstraction.add("trust", CATEGORY, "Reliance")
    document = abstracted.matrix.document(MatrixQuery(themes=("effort",)))
    assert [(item.level, item.name, item.parent, item.cases) for item in document.abstractions] == [
        ("element", "A whole day", "Paid", ("FG1", "P02")),
        ("element", "Nobody asks", "", ()),
        ("dimension", "Paid", "Giving", ()),
        ("dimension", "Unpaid", "", ()),
        ("category", "Giving", "", ()),
    ]
    assert {item.column for item in document.abstractions} == {"effort/cost"}


def test_a_data_structure_has_a_row_for_each_branch_and_each_unsorted_cell(abstracted: Project) -> None:
    table = abstracted.abstraction.data_structure()
    assert [row[1:6] for row in table.rows] == [
        ("A whole day", "Paid", "Giving", "FG1; P02", "FG1:2; P02:4; P02:2"),
        ("", "Unpaid", "", "", ""),
        ("Nobody asks", "", "", "", ""),
        ("", "", "", "P01", "P01:2"),
    ]
    assert (table.about["project"], table.about["unsorted_cells"]) == ("Study", 1)
