"""Two cases that are one, and cases that were made by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.cases import Level
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import Conflict, InvalidInput, NotFound
from tests.project.project_study import code, rows

if TYPE_CHECKING:
    from fwanalysis.project import Project


def test_a_case_without_anything_goes_with_its_attributes_aliases_and_memberships(project: Project) -> None:
    project.cases.set("P9", attributes={"years": "3"}, aliases=["Nurse X"])
    project.cases.members("Alder", add=["P9"])
    before = rows(project)
    assert project.cases.remove("Nurse X").name == "P9"
    with pytest.raises(NotFound):
        project.cases.get("P9")
    assert project.cases.show("Alder").members == ("P01",)
    project.history.undo()
    assert rows(project) == before


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("P01", "the source P01, the speaker P01 in P01"),
        ("P03", "the speaker P03 in FG1"),
        ("Birch", "its member P02, its member P03"),
        ("P8", "a summary under effort/cost"),
    ],
)
def test_a_case_on_which_something_rests_stays_and_what_rests_is_named(project: Project, case: str, said: str) -> None:
    project.cases.set("P8")
    project.matrix.set("P8", "cost", "Nothing was paid.")
    before = rows(project)
    with pytest.raises(Conflict, match=said):
        project.cases.remove(case)
    assert rows(project) == before


def test_of_many_things_that_rest_on_a_case_some_are_named_and_the_others_counted(project: Project) -> None:
    project.cases.members("Alder", add=["P02", "P03", "FG1"])
    with pytest.raises(Conflict, match="and 1 more"):
        project.cases.remove("Alder")


def test_all_that_is_one_case_s_becomes_the_other_s(project: Project) -> None:
    code(project, "P01", "trust", "Trust grows slowly.")
    code(project, "P02", "trust", "We trust each other.")
    project.matrix.set("P01", "cost", "Who pays is not asked.")
    project.cases.set("P01", aliases=["A1"])
    before = rows(project)
    merged = project.cases.merge("P01", "P02")
    assert (merged.case, merged.into, merged.sources, merged.speakers, merged.cells) == ("P01", "P02", ("P01",), 1, 1)
    assert merged.kept == (
        "site of P02 stays “Birch”; P01 had “Alder”.",
        "years of P02 stays “4”; P01 had “12”.",
        "role of P02 stays “doctor”; P01 had “nurse”.",
    )
    view = project.cases.show("p01")
    assert (view.name, view.sources, view.aliases) == ("P02", ("FG1", "P01", "P02"), ("A1", "P01"))
    assert view.member_of == ("Alder", "Birch", "FG1")
    cell = project.matrix.cell("P02", "trust")
    assert {quoted.passage.quote for quoted in cell.quotes} == {"Trust grows slowly.", "We trust each other."}
    assert project.matrix.cell("P02", "cost").cell is not None
    project.history.undo()
    assert rows(project) == before


def test_a_case_that_knows_less_is_given_what_the_merged_one_knew(project: Project) -> None:
    project.cases.set("P1", level=Level.PERSON)
    merged = project.cases.merge("P01", "P1")
    assert merged.kept == ()
    assert project.cases.show("P1").attributes == {"site": "Alder", "years": "12", "role": "nurse"}


def test_two_sites_that_are_merged_have_each_member_once_and_never_themselves(project: Project) -> None:
    project.cases.members("Alder", add=["P02"])
    project.cases.members("Birch", add=["Alder"])
    project.cases.merge("Alder", "Birch")
    assert project.cases.show("Birch").members == ("P01", "P02", "P03")
    assert project.cases.show("Birch").member_of == ()


def test_cases_that_both_have_a_summary_under_one_code_are_not_merged(project: Project) -> None:
    project.matrix.set("P01", "cost", "One thing.")
    project.matrix.set("P02", "cost", "Another.")
    before = rows(project)
    with pytest.raises(Conflict, match="P01 and P02 both have a summary under effort/cost"):
        project.cases.merge("P01", "P02")
    assert rows(project) == before


@pytest.mark.parametrize(
    ("into", "said"), [("P01", "cannot be merged into itself"), ("Alder", "only cases of one level can be merged")]
)
def test_only_two_cases_of_one_level_can_be_merged(project: Project, into: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        project.cases.merge("P01", into)


def test_a_merged_case_leaves_no_row_behind(project: Project) -> None:
    project.cases.merge("P01", "P02")
    assert [row.label for row in project.matrix.view(MatrixQuery(rows="person")).rows if row.case] == ["P02", "P03"]
