"""Renaming a source and changing its kind or case: what becomes of cases, members and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.cases import Level
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.domain.sources import SourceKind
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project

CIRCLE = """Host: Who keeps the seed bank going?
K1: Mostly the four of us who have a shed.
Host: And when one of you moves away?
K2: Then we lose a shed and half of the beans.
"""


def speakers(project: Project, source: str) -> dict[str, str | None]:
    return {item.label: item.case for item in project.speakers.list(source)}


def levels(project: Project) -> dict[str, Level]:
    return {case.name: case.level for case in project.cases.list()}


@pytest.fixture
def circle(project: Project, tmp_path: Path) -> Project:
    """The study with a talk of several, taken for an interview."""
    folder = write_files(tmp_path / "more", {"seed talk.txt": CIRCLE})
    list(project.sources.import_files([folder / "seed talk.txt"], kind=SourceKind.INTERVIEW))
    return project


def test_a_renamed_source_keeps_all_but_its_name(project: Project) -> None:
    coding = code(project, "P01", "trust", "Trust grows slowly.")
    before = rows(project)
    assert project.sources.rename("P01", "  First   visit ").name == "First visit"
    with pytest.raises(NotFound):
        project.sources.get("P01")
    (view,) = project.codings.list()
    assert (view.id, view.source, view.case) == (coding, "First visit", "P01")
    project.history.undo()
    assert rows(project) == before


@pytest.mark.parametrize("name", ["P02", "p02", " FG1 ", "", "  "])
def test_a_name_that_another_source_has_or_that_is_empty_is_refused(project: Project, name: str) -> None:
    before = rows(project)
    with pytest.raises(InvalidInput):
        project.sources.rename("P01", name)
    assert rows(project) == before


def test_a_source_may_change_the_capitals_of_its_own_name(project: Project) -> None:
    assert project.sources.rename("newsletter", "Newsletter").name == "Newsletter"


def test_an_interview_that_becomes_a_focus_group_gets_a_group_whose_members_are_its_speakers(circle: Project) -> None:
    coding = code(circle, "seed talk", "cost", "lose a shed and half of the beans")
    before = rows(circle)
    report = circle.sources.set("seed talk", kind=SourceKind.FOCUS_GROUP)
    assert (report.kind, report.case, report.cases_made) == (SourceKind.FOCUS_GROUP, "seed talk", ("seed talk",))
    assert levels(circle)["seed talk"] is Level.GROUP
    assert circle.cases.show("seed talk").members == ("K1", "K2")
    groups = [row for row in circle.matrix.view(MatrixQuery()).rows if row.label == "seed talk"]
    assert len(groups) == 1
    assert circle.codings.list(case="seed talk")[0].id == coding
    circle.history.undo()
    assert rows(circle) == before


def test_a_focus_group_that_becomes_an_interview_has_no_group_and_no_members_of_it(circle: Project) -> None:
    before = rows(circle)
    circle.sources.set("seed talk", kind=SourceKind.FOCUS_GROUP)
    report = circle.sources.set("seed talk", kind=SourceKind.INTERVIEW)
    assert (report.case, report.case_removed) == (None, "seed talk")
    assert speakers(circle, "seed talk") == {"Host": None, "K1": "K1", "K2": "K2"}
    assert rows(circle) == before


def test_the_own_case_of_an_interview_becomes_a_group_if_nothing_else_needs_the_person(
    project: Project, tmp_path: Path
) -> None:
    text = CIRCLE.replace("K1:", "Participant:").replace("K2:", "Participant:")
    folder = write_files(tmp_path / "more", {"Shed 9.txt": text})
    list(project.sources.import_files([folder / "Shed 9.txt"], kind=SourceKind.INTERVIEW))
    assert levels(project)["Shed 9"] is Level.PERSON
    project.sources.set("Shed 9", kind=SourceKind.FOCUS_GROUP)
    assert levels(project)["Shed 9"] is Level.GROUP
    assert speakers(project, "Shed 9")["Participant"] is None


def test_a_person_who_speaks_does_not_become_a_group_so_another_case_must_be_chosen(project: Project) -> None:
    before = rows(project)
    with pytest.raises(InvalidInput, match=r"P01, which is a person, not a group.*--case"):
        project.sources.set("P01", kind=SourceKind.FOCUS_GROUP)
    assert rows(project) == before
    report = project.sources.set("P01", kind=SourceKind.FOCUS_GROUP, case="Night shift")
    assert report.case == "Night shift"
    assert speakers(project, "P01")["P01"] == "P01"
    assert project.cases.show("Night shift").members == ("P01",)


def test_a_document_has_no_speakers_cases_and_says_whose_words_are_unattributed_now(project: Project) -> None:
    code(project, "FG1", "trust", "We trust the people who come to every meeting.")
    report = project.sources.set("FG1", kind=SourceKind.DOCUMENT)
    assert set(speakers(project, "FG1").values()) == {None}
    assert len(report.reattributions) == 1
    assert project.cases.show("FG1").members == ()


@pytest.mark.parametrize("kind", list(SourceKind))
def test_the_kind_that_a_source_has_changes_nothing(project: Project, kind: SourceKind) -> None:
    name = {"interview": "P01", "focus-group": "FG1", "document": "newsletter"}[kind.value]
    before, events = rows(project), len(project.history.list())
    project.sources.set(name, kind=kind)
    assert rows(project) == before
    assert len(project.history.list()) == events


@pytest.mark.parametrize("first", list(SourceKind))
@pytest.mark.parametrize("second", list(SourceKind))
def test_every_change_of_kind_is_one_step_that_undo_takes_back(
    circle: Project, first: SourceKind, second: SourceKind
) -> None:
    circle.sources.set("seed talk", kind=first)
    before = rows(circle)
    circle.sources.set("seed talk", kind=second)
    assert [fault for finding in circle.examine() for fault in finding.faults] == []
    if second is not first:
        circle.history.undo()
    assert rows(circle) == before


def test_a_source_is_given_another_case_and_none(project: Project) -> None:
    assert project.sources.set("newsletter", case="Alder").case == "Alder"
    assert project.sources.set("newsletter", case="").case is None


CALL = """Interviewer: Who answers the night bell?
Participant: I do, on most nights of the week.
Interviewer: And who answers it when you are away?
Participant: Nobody does, so it rings until the morning.
"""


def test_a_renamed_source_keeps_its_own_case_and_its_summary_through_every_kind(
    project: Project, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "more", {"Q01.txt": CALL})
    list(project.sources.import_files([folder / "Q01.txt"], kind=SourceKind.INTERVIEW))
    project.matrix.set("Q01", "trust", "Answers the bell alone.")
    project.sources.rename("Q01", "Ada Quay")
    names = {case.name for case in project.cases.list()}
    for kind in (SourceKind.DOCUMENT, SourceKind.INTERVIEW, SourceKind.FOCUS_GROUP, SourceKind.INTERVIEW):
        report = project.sources.set("Ada Quay", kind=kind)
        assert (report.case, report.cases_made, report.case_removed) == ("Q01", (), None)
        assert {case.name for case in project.cases.list()} == names
    assert speakers(project, "Ada Quay")["Participant"] == "Q01"
    cell = project.matrix.cell("Q01", "trust").cell
    assert cell is not None
    assert cell.summary == "Answers the bell alone."


def test_a_person_whose_label_is_another_name_does_not_become_a_group_either(project: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "more", {"Q02.txt": CALL.replace("Participant", "Ada Quay")})
    list(project.sources.import_files([folder / "Q02.txt"], kind=SourceKind.INTERVIEW))
    project.sources.set("Q02", case="Q02")
    assert speakers(project, "Q02")["Ada Quay"] == "Q02"
    before = rows(project)
    with pytest.raises(InvalidInput, match=r"Q02, which is a person, not a group"):
        project.sources.set("Q02", kind=SourceKind.FOCUS_GROUP)
    assert rows(project) == before
