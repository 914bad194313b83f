"""Importing sources: what each file becomes, alone and among others, and as one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.cases import Level
from fwanalysis.domain.importing import ImportStatus
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project import create_project
from tests.project.project_study import FG1, P01, rows, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.fwa") as project:
        yield project


def test_a_text_is_kept_as_it_is_and_every_turn_points_into_it(project: Project) -> None:
    assert project.sources.text("P01") == P01
    turns = project.sources.turns("P01")
    assert [(turn.number, turn.speaker, turn.role, turn.case) for turn in turns] == [
        (1, "Interviewer", Role.INTERVIEWER, None),
        (2, "P01", Role.PARTICIPANT, "P01"),
        (3, "Interviewer", Role.INTERVIEWER, None),
        (4, "P01", Role.PARTICIPANT, "P01"),
    ]
    assert all(P01[turn.start : turn.end] == turn.text for turn in turns)


def test_participants_become_cases_and_a_focus_group_a_case_with_members(project: Project) -> None:
    group = project.cases.show("FG1")
    assert (group.level, group.members) == (Level.GROUP, ("P02", "P03"))
    assert project.sources.get("FG1").kind is SourceKind.FOCUS_GROUP
    assert project.cases.show("P02").sources == ("FG1", "P02")


def test_the_same_bytes_are_skipped_whatever_their_name(project: Project, tmp_path: Path) -> None:
    events = project.history.verify().events
    folder = write_files(tmp_path / "again", {"copy of P01.txt": P01})
    (report,) = project.sources.import_files([folder])
    assert (report.status, report.name) == (ImportStatus.SKIPPED, "P01")
    assert project.history.verify().events == events


def test_a_file_that_cannot_be_read_is_refused_alone(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"a.txt": "", "b.txt": P01})
    reports = list(empty.sources.import_files([folder]))
    assert [report.status for report in reports] == [ImportStatus.REFUSED, ImportStatus.IMPORTED]
    assert reports[0].error
    assert "a.txt" in reports[0].error
    assert [source.name for source in empty.sources.list()] == ["b"]


def test_a_folder_gives_its_supported_files_in_the_order_people_count(empty: Project, tmp_path: Path) -> None:
    texts = {f"{name}.txt": P01 + name for name in ("P10", "P2", "P1")}
    folder = write_files(tmp_path / "in", {**texts, ".hidden.txt": "x", "~$P3.txt": "x", "data.bin": "x"})
    assert [report.name for report in empty.sources.import_files([folder])] == ["P1", "P2", "P10"]


def test_a_path_that_is_not_there_is_refused_before_anything_is_imported(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"a.txt": P01})
    with pytest.raises(InvalidInput, match="nowhere"):
        list(empty.sources.import_files([folder, tmp_path / "nowhere"]))
    assert empty.sources.list() == []


def test_one_call_is_one_step_and_what_was_undone_can_be_imported_again(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"P01.txt": P01, "FG1.txt": FG1})
    list(empty.sources.import_files([folder]))
    assert len(empty.history.undo()) == 2
    assert empty.sources.list() == []
    assert empty.cases.list() == []
    assert {report.status for report in empty.sources.import_files([folder])} == {ImportStatus.IMPORTED}


def test_who_stops_taking_reports_stops_the_import(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"P01.txt": P01, "P02.txt": P01 + "x"})
    next(empty.sources.import_files([folder]))
    assert [source.name for source in empty.sources.list()] == ["P01"]


def test_another_text_with_a_known_name_gets_a_number(project: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "again", {"P01.txt": P01 + "P01: One more thing.\n"})
    (report,) = project.sources.import_files([folder])
    assert report.name == "P01 (2)"
    assert project.cases.show("P01").sources == ("P01", "P01 (2)")


def test_a_group_that_meets_twice_keeps_each_member_once(project: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "again", {"FG1b.txt": FG1 + "P03: Until the next time, then.\n"})
    (report,) = project.sources.import_files([folder], case="FG1")
    assert report.status is ImportStatus.IMPORTED
    assert project.cases.show("FG1").members == ("P02", "P03")


@pytest.mark.parametrize("label", ["Speaker 1", "A", "Participant", "S2", "p"])
def test_a_label_that_names_nobody_joins_the_sources_own_case(empty: Project, tmp_path: Path, label: str) -> None:
    text = P01.replace("P01:", f"{label}:")
    (report,) = empty.sources.import_files(
        [write_files(tmp_path / "in", {"Alma.txt": text})], kind=SourceKind.INTERVIEW
    )
    speakers = {speaker.label: speaker for speaker in empty.speakers.list()}
    assert report.turns == 4
    empty.speakers.set(label, role=Role.PARTICIPANT)
    assert speakers[label].case in ("Alma", None)
    assert [case.name for case in empty.cases.list()] == ["Alma"]


@pytest.mark.parametrize("label", ["P1", "P07", "R2", "Maria"])
def test_a_label_that_names_somebody_is_a_case_of_that_name_whatever_the_file_is_called(
    empty: Project, tmp_path: Path, label: str
) -> None:
    folder = write_files(tmp_path / "in", {"north-2026-03.txt": P01.replace("P01:", f"{label}:")})
    list(empty.sources.import_files([folder], kind=SourceKind.INTERVIEW))
    empty.speakers.set(label, role=Role.PARTICIPANT)
    assert label in [case.name for case in empty.cases.list()]


def test_a_file_with_a_known_name_and_other_words_is_a_new_source_of_the_same_case(
    empty: Project, tmp_path: Path
) -> None:
    list(empty.sources.import_files([write_files(tmp_path / "one", {"P01.txt": P01})]))
    (report,) = empty.sources.import_files([write_files(tmp_path / "two", {"P01.txt": P01 + "P01: One more thing.\n"})])
    assert report.name == "P01 (2)"
    assert "already exists" in report.warnings[0]
    assert [case.name for case in empty.cases.list()] == ["P01"]


def test_a_source_that_is_not_there_is_named_with_the_nearest(project: Project) -> None:
    with pytest.raises(NotFound, match="newsleter") as caught:
        project.sources.get("newsleter")
    assert caught.value.hint == 'did you mean "newsletter"?'


def test_how_far_a_coder_has_read_grows_and_is_no_step(project: Project) -> None:
    source, events = project.sources.get("P01"), project.history.verify().events
    project.sources.set_position(source.id, 50, furthest=len(P01) // 2)
    project.sources.set_position(source.id, 10, furthest=20)
    overview = next(item for item in project.sources.list() if item.name == "P01")
    assert overview.read == pytest.approx(0.5, abs=0.01)
    assert project.sources.position(source.id) == 10
    assert project.history.verify().events == events


def test_reading_a_project_as_somebody_new_changes_nothing(project: Project) -> None:
    from fwanalysis.project import open_project

    before = rows(project)
    with open_project(project.path, coder="guest") as other:
        assert other.sources.list()
        assert other.sources.position(other.sources.get("P01").id) == 0
    assert rows(project) == before
