"""Cases from tables and by hand: names and aliases, levels, attributes and their types, members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.cases import AttributeType, Level
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import CASES, FG1, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.case_reports import CasesReport
    from fwanalysis.project import Project


def take(project: Project, folder: Path, table: str, *, replace: bool = False) -> CasesReport:
    file = write_files(folder / "tables", {"cases.csv": table}) / "cases.csv"
    return project.cases.import_file(file, replace=replace)


def test_a_column_site_makes_sites_of_their_members(project: Project) -> None:
    sites = {case.name: case.members for case in project.cases.list(level=Level.SITE)}
    assert sites == {"Alder": ("P01",), "Birch": ("P02", "P03")}
    assert project.cases.show("P01").attributes == {"site": "Alder", "years": "12", "role": "nurse"}


def test_importing_the_same_table_again_changes_nothing(project: Project, tmp_path: Path) -> None:
    before, events = rows(project), project.history.verify().events
    report = take(project, tmp_path, CASES)
    assert (report.made, report.changed, report.attributes) == ((), (), ())
    assert rows(project) == before
    assert project.history.verify().events == events


def test_a_table_that_is_to_replace_changes_what_it_states_and_leaves_the_rest(
    project: Project, tmp_path: Path
) -> None:
    table = "case;site;years;band\nP01;Birch;13;7\nP03;;unknown;6\nP04;Birch;2;\n"
    report = take(project, tmp_path, table, replace=True)
    assert (report.made, report.changed, report.attributes) == (("P04",), ("P01", "P03"), ("band",))
    assert project.cases.show("P01").attributes == {"site": "Birch", "years": "13", "role": "nurse", "band": "7"}
    assert project.cases.show("P01").member_of == ("Birch",)
    assert project.cases.show("P03").attributes["years"] == "7"
    assert project.cases.show("P03").member_of == ("Birch", "FG1")
    project.history.undo()
    assert project.cases.show("P01").member_of == ("Alder",)


def test_a_value_that_does_not_fit_leaves_all_as_it_was_and_names_its_line(project: Project, tmp_path: Path) -> None:
    before = rows(project)
    with pytest.raises(InvalidInput, match=r"cases\.csv, line 3: years is a number, and “many”"):
        take(project, tmp_path, "case,years\nP01,1\nP02,many\n")
    assert rows(project) == before


def test_a_person_cannot_be_the_site_of_another(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="line 2: P02 is a person in this project"):
        take(project, tmp_path, "case,site\nP09,P02\n")


def test_a_table_may_name_a_site_before_or_after_its_members(project: Project, tmp_path: Path) -> None:
    take(project, tmp_path, "case,level,site\nCedar,,\nP08,person,Cedar\nP09,person,Dove\nDove,,\n")
    assert {case.name for case in project.cases.list(level=Level.SITE)} == {"Alder", "Birch", "Cedar", "Dove"}


def test_cases_are_found_by_attribute_values_without_regard_to_case(project: Project) -> None:
    assert [case.name for case in project.cases.list(where=[("ROLE", "Nurse")])] == ["P01", "P03"]
    with pytest.raises(InvalidInput, match='"rank"'):
        project.cases.list(where=[("rank", "x")])


def test_a_case_is_renamed_and_levelled_in_one_step_that_can_be_undone(project: Project) -> None:
    before = rows(project)
    project.cases.set("Alder", level=Level.GROUP, rename="Alder Hall", attributes={"years": "3"})
    assert project.cases.show("Alder Hall").level is Level.GROUP
    project.history.undo()
    assert rows(project) == before


@pytest.mark.parametrize("name", ["P02", "p02", "", "  "])
def test_a_name_that_is_taken_or_empty_is_refused(project: Project, name: str) -> None:
    with pytest.raises(InvalidInput, match="taken or empty"):
        project.cases.set("P01", rename=name)


def test_an_empty_value_makes_an_attribute_unknown(project: Project) -> None:
    project.cases.set("P01", attributes={"years": "", "role": "n/a"})
    assert project.cases.show("P01").attributes == {"site": "Alder"}


def test_members_join_and_leave_groups_and_sites_only(project: Project) -> None:
    assert [case.name for case in project.cases.members("Alder", add=["P02"], remove=["P01"])] == ["P02"]
    for whole, add, remove in (("P01", ["P02"], []), ("Alder", [], ["P03"]), ("Alder", ["Alder"], [])):
        with pytest.raises(InvalidInput):
            project.cases.members(whole, add=add, remove=remove)


def test_a_case_is_found_by_its_aliases_wherever_a_case_is_named(project: Project) -> None:
    project.cases.set("P01", aliases=["Alma Reed", "Int 01"])
    assert project.cases.show("alma  reed").aliases == ("Alma Reed", "Int 01")
    assert project.cases.get("int 01").name == "P01"
    assert project.cases.set("Int 01", attributes={"years": "13"}).name == "P01"
    assert [case.name for case in project.cases.members("Alder", remove=["Alma Reed"])] == []
    code(project, "P01", "Trust", "Trust grows slowly.")
    assert [coding.case for coding in project.codings.list(case="Alma Reed")] == ["P01"]
    project.matrix.set("Alma Reed", "Trust", "Slow.")
    assert [speaker.label for speaker in project.speakers.set("Speaker 4", case="Int 01")] == ["Speaker 4"]
    assert project.suggestions.list(SuggestionFilter(case="Alma Reed")) == []


def test_a_source_is_joined_to_the_case_that_has_its_label_as_an_alias(project: Project, tmp_path: Path) -> None:
    project.cases.set("P01", aliases=["Alma"])
    text = "Interviewer: And how has it been since then?\nAlma: We pay less, and we trust each other more.\n" * 2
    (report,) = project.sources.import_files([write_files(tmp_path / "more", {"Alma.txt": text}) / "Alma.txt"])
    assert report.sources[0].case == "P01"


def test_aliases_are_given_and_taken_in_one_step_of_undo(project: Project) -> None:
    before = rows(project)
    project.cases.set("P01", aliases=["Alma", "P01", "p01", "ALMA"])
    assert project.cases.show("P01").aliases == ("Alma",)
    project.cases.set("P01", aliases=["A. R."], no_aliases=["alma"])
    assert project.cases.show("P01").aliases == ("A. R.",)
    project.history.undo()
    project.history.undo()
    assert rows(project) == before


def test_an_alias_that_somebody_else_has_is_refused(project: Project) -> None:
    project.cases.set("P01", aliases=["Alma"])
    for name, said in (("p02", "it is a case of its own"), ("ALMA", "it is an alias of P01"), (" ", "cannot be empty")):
        with pytest.raises(InvalidInput, match=said):
            project.cases.set("P03", aliases=[name])
    with pytest.raises(InvalidInput, match="taken or empty"):
        project.cases.set("P03", rename="Alma")
    with pytest.raises(InvalidInput, match="P03 has no alias “Alma”; it has: none"):
        project.cases.set("P03", no_aliases=["Alma"])


def test_a_renamed_case_keeps_its_old_name_only_if_asked(project: Project) -> None:
    project.cases.set("P01", rename="Alma")
    assert project.cases.show("Alma").aliases == ()
    with pytest.raises(NotFound):
        project.cases.show("P01")
    project.cases.set("P02", rename="Ben", aliases=["P02"])
    assert project.cases.show("P02").name == "Ben"
    project.cases.set("Ben", rename="P02")
    assert (project.cases.show("P02").name, project.cases.show("P02").aliases) == ("P02", ())


def test_an_attribute_gets_another_type_with_its_values_in_one_step_of_undo(project: Project, tmp_path: Path) -> None:
    take(project, tmp_path, "case,told\nP01,1\nP02,0\n")
    before = rows(project)
    project.cases.set_attribute_type("told", AttributeType.BOOLEAN)
    assert project.cases.show("P01").attributes["told"] == "yes"
    project.history.undo()
    assert rows(project) == before


def test_a_type_that_values_do_not_fit_is_refused_with_the_values(project: Project) -> None:
    before = rows(project)
    with pytest.raises(
        InvalidInput, match=r"cannot be of type number; .*“doctor” \(P02\), “nurse” \(P01\), “nurse” \(P03\)"
    ):
        project.cases.set_attribute_type("role", AttributeType.NUMBER)
    with pytest.raises(NotFound, match="no attribute"):
        project.cases.set_attribute_type("rank", AttributeType.NUMBER)
    assert rows(project) == before


def test_attributes_are_listed_with_type_and_values(project: Project) -> None:
    found = [(view.name, view.type, view.known, view.values) for view in project.cases.attribute_views()]
    assert found == [("site", "choice", 3, 2), ("years", "number", 3, 3), ("role", "choice", 3, 2)]


@pytest.mark.parametrize("wanted", ["yes", "YES", "true", "1"])
def test_a_boolean_is_asked_for_in_any_of_its_forms(project: Project, wanted: str) -> None:
    project.cases.set("P01", attributes={"union": "yes"})
    project.cases.set("P02", attributes={"union": "no"})
    assert [case.name for case in project.cases.list(where=[("union", wanted)])] == ["P01"]
    matrix = project.matrix.view(MatrixQuery(where=(("union", wanted),)))
    assert [row.label for row in matrix.rows] == ["P01"]


def test_cases_of_which_something_is_not_known_can_be_asked_for(project: Project) -> None:
    assert [case.name for case in project.cases.list(where=[("role", "unknown")])] == ["FG1", "Alder", "Birch"]


def test_a_case_that_was_listed_before_its_focus_group_becomes_a_group(project: Project, tmp_path: Path) -> None:
    take(project, tmp_path, "case,band\nFG2,6\nP40,7\n")
    assert project.cases.get("FG2").level is Level.PERSON
    before = rows(project)
    file = write_files(tmp_path / "later", {"FG2.txt": FG1.replace("P03", "P40")}) / "FG2.txt"
    (preview,) = project.sources.preview_files([file])
    assert preview.sources[0].case == "FG2"
    assert rows(project) == before
    list(project.sources.import_files([file]))
    view = project.cases.show("FG2")
    assert (view.level, view.members, view.attributes) == (Level.GROUP, ("P02", "P40"), {"band": "6"})
    project.history.undo()
    assert rows(project) == before


def test_a_person_who_speaks_does_not_become_a_group(project: Project, tmp_path: Path) -> None:
    file = write_files(tmp_path / "later", {"P01.txt": FG1.replace("P03", "P40")}) / "P01.txt"
    list(project.sources.import_files([file]))
    assert project.cases.get("P01").level is Level.PERSON
