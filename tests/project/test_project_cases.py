"""Cases from tables, by hand and through speakers, with the members of groups and sites kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.cases import Level
from fwanalysis.domain.sources import Role
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import CASES, FG1, rows, write_files

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
    with pytest.raises(InvalidInput, match="“rank”; there are: role, site, years"):
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


def test_a_speaker_who_gets_a_case_joins_the_group_and_leaves_it_with_the_case(project: Project) -> None:
    project.cases.set("P04")
    project.speakers.set("Speaker 4", case="P04")
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", case="")
    assert project.cases.show("FG1").members == ("P02", "P03")
    project.history.undo()
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")


def test_a_speaker_of_a_group_in_two_meetings_joins_once_and_stays_till_silent_in_both(
    project: Project, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "again", {"FG1b.txt": FG1 + "P03: Until the next time, then.\n"})
    list(project.sources.import_files([folder], case="FG1"))
    project.cases.set("P04")
    assert len(project.speakers.set("Speaker 4", case="P04")) == 2
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", source="FG1b", case="")
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", source="FG1", case="")
    assert project.cases.show("FG1").members == ("P02", "P03")


def test_a_role_set_by_a_person_has_no_guessed_reason(project: Project) -> None:
    (speaker,) = project.speakers.set("Speaker 4", role=Role.OTHER)
    assert (speaker.role, speaker.role_reason) == (Role.OTHER, "")


def test_a_label_that_nobody_has_is_not_found(project: Project) -> None:
    with pytest.raises(NotFound, match="No speaker in P01 has the label “P09”"):
        project.speakers.set("P09", source="P01", role=Role.OTHER)
