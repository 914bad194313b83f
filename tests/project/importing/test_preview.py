"""Previews of files, and a person's choices: what is shown is what is imported, and nothing is written before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis import create_project
from fwanalysis.domain.importing import FileChoices, ImportStatus, SpeakerChoice
from fwanalysis.domain.sources import Role, SourceKind, TurnKind
from tests.project.project_study import FG1, P01, P02, rows, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project

DRIFTED = """Interviewer: What made you join the collaborative?
Participant: We share what we learn, and nobody asks who pays.
Interviewer: And what of trust?
Paticipant: Trust grows slowly, as everything does here.
Break: Ten minutes.
Interviewer: Shall we go on?
Participant: Yes, let us go on with the second part of it.
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.fwa", coder="ana") as project:
        yield project


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", {"P01.txt": P01, "FG1.txt": FG1, "P05.txt": DRIFTED})


def test_a_preview_says_what_the_import_then_does_and_writes_nothing(empty: Project, files: Path) -> None:
    before = rows(empty)
    shown = list(empty.sources.preview_files([files]))
    assert rows(empty) == before
    assert {report.status for report in shown} == {ImportStatus.READY}
    done = list(empty.sources.import_files([files]))
    for preview, report in zip(shown, done, strict=True):
        (one,), (other,) = preview.sources, report.sources
        assert (one.name, one.kind, one.case, one.turns, one.words) == (
            other.name, other.kind, other.case, other.turns, other.words,
        )  # fmt: skip
        assert one.speakers == other.speakers
        assert one.warnings == other.warnings


def test_a_preview_knows_what_earlier_files_of_it_would_have_made(empty: Project, files: Path, tmp_path: Path) -> None:
    again = write_files(tmp_path / "again", {"P01.txt": P01 + "P01: One more thing.\n"})
    copy = write_files(tmp_path / "copy", {"other name.txt": P01})
    _, first, _, second, same = empty.sources.preview_files([files, again, copy])
    assert first.sources[0].name == "P01"
    assert second.sources[0].name == "P01 (2)"
    assert same.status is ImportStatus.SKIPPED


def test_labels_that_look_like_one_voice_are_proposed_and_merged_only_when_chosen(empty: Project, files: Path) -> None:
    path = files / "P05.txt"
    (shown,) = empty.sources.preview_files([path])
    assert [(merge.label, merge.into) for merge in shown.sources[0].merges] == [("Paticipant", "Participant")]
    assert {"Paticipant", "Participant"} <= {voice.label for voice in shown.sources[0].speakers}
    chosen = {str(path): FileChoices(speakers={"Paticipant": SpeakerChoice(into="Participant")})}
    list(empty.sources.import_files([path], chosen=chosen))
    assert [turn.speaker for turn in empty.sources.turns("P05") if turn.role is Role.PARTICIPANT] == ["Participant"] * 3
    assert empty.sources.text("P05") == DRIFTED


def test_a_label_that_is_no_speaker_is_set_aside_with_its_words(empty: Project, files: Path) -> None:
    path = files / "P01.txt"
    chosen = {str(path): FileChoices(speakers={"Interviewer": SpeakerChoice(excluded=True)})}
    (report,) = empty.sources.import_files([path], chosen=chosen)
    assert [voice.label for voice in report.sources[0].speakers] == ["P01"]
    asides = [turn for turn in empty.sources.turns("P01", all_kinds=True) if turn.kind is TurnKind.EXCLUDED]
    assert [turn.text[:12] for turn in asides] == ["Interviewer:"] * 2


def test_roles_cases_and_kind_are_as_chosen_and_carry_no_guess(empty: Project, files: Path) -> None:
    path = files / "FG1.txt"
    choices = FileChoices(
        kind=SourceKind.FOCUS_GROUP,
        case="Faculty",
        speakers={"Speaker 4": SpeakerChoice(role=Role.OTHER), "P03": SpeakerChoice(case="P99")},
    )
    list(empty.sources.import_files([path], chosen={str(path): choices}))
    speakers = {item.label: item for item in empty.speakers.list("FG1")}
    assert (speakers["Speaker 4"].role, speakers["Speaker 4"].role_reason) == (Role.OTHER, "")
    assert speakers["P03"].case == "P99"
    assert set(empty.cases.show("Faculty").members) == {"P02", "P99"}


def test_a_file_that_is_left_out_is_not_imported(empty: Project, files: Path) -> None:
    chosen = {str(files / "P01.txt"): FileChoices(skip=True)}
    list(empty.sources.import_files([files], chosen=chosen))
    assert [source.name for source in empty.sources.list()] == ["FG1", "P05"]


@pytest.mark.parametrize(
    ("name", "case"),
    [("P07 final 2026-03-01", "P07"), ("P07", "P07"), ("Interview with the director", "Interview with the director"),
     ("P07 and P08", "P07 and P08"), ("INT03_Birch", "INT03")],
)  # fmt: skip
def test_a_file_s_name_names_the_case_where_no_label_does(empty: Project, tmp_path: Path, name: str, case: str) -> None:
    folder = write_files(tmp_path / "named", {f"{name}.txt": P02.replace("P02:", "Participant:")})
    (report,) = empty.sources.import_files([folder])
    assert report.sources[0].case == case


def test_a_file_that_only_says_withdrawn_makes_a_case_without_data(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "w", {"P13.txt": "[P13 has withdrawn from the study; no transcript.]\n"})
    (report,) = empty.sources.import_files([folder])
    assert report.status is ImportStatus.IMPORTED
    assert empty.sources.list() == []
    assert [case.sources for case in empty.cases.list() if case.name == "P13"] == [()]
    (again,) = empty.sources.import_files([folder])
    assert again.status is ImportStatus.SKIPPED


def test_a_case_that_is_written_almost_like_one_there_is_a_doubt(empty: Project, tmp_path: Path, files: Path) -> None:
    list(empty.sources.import_files([files / "P01.txt"]))
    folder = write_files(tmp_path / "more", {"second.txt": P01.replace("P01", "P1").replace("slowly", "fast")})
    (report,) = empty.sources.import_files([folder])
    assert any("similar to “P01”" in doubt for doubt in report.warnings)


def test_a_table_of_cases_in_a_folder_is_passed_over_but_refused_by_name(empty: Project, files: Path) -> None:
    write_files(files, {"cases.csv": "case,site\nP01,Alder\nP02,Birch\n"})
    by_path = {report.path: report for report in empty.sources.import_files([files])}
    assert by_path[str(files / "cases.csv")].status is ImportStatus.SKIPPED
    (named,) = empty.sources.import_files([files / "cases.csv"])
    assert named.status is ImportStatus.REFUSED
    assert named.error
    assert "fwa case import" in named.error


def test_a_doubt_names_the_line_of_the_file_also_below_front_matter(empty: Project, tmp_path: Path) -> None:
    written = "---\nsite: Alder\n---\n" + DRIFTED
    folder = write_files(tmp_path / "front", {"P05.md": written})
    (report,) = empty.sources.preview_files([folder])
    line = written.split("\n").index("Break: Ten minutes.") + 1
    assert any(doubt.startswith(f'Line {line}: "Break" is not a speaker') for doubt in report.warnings)


def test_merges_that_chain_end_in_the_last_label_and_a_circle_merges_nothing(empty: Project, tmp_path: Path) -> None:
    text = "".join(f"{label}: We share what we learn.\nInterviewer: And?\n" for label in ("Anna", "Ana", "Anne") * 3)
    path = write_files(tmp_path / "chain", {"P05.txt": text}) / "P05.txt"
    chain = {"Anne": SpeakerChoice(into="Ana"), "Ana": SpeakerChoice(into="Anna")}
    (report,) = empty.sources.preview_files([path], chosen={str(path): FileChoices(speakers=chain)})
    assert [(voice.label, voice.turns) for voice in report.sources[0].speakers] == [("Anna", 9), ("Interviewer", 9)]
    circle = {"Anne": SpeakerChoice(into="Ana"), "Ana": SpeakerChoice(into="Anne")}
    (report,) = empty.sources.preview_files([path], chosen={str(path): FileChoices(speakers=circle)})
    assert len(report.sources[0].speakers) == 4


def test_a_preview_tells_what_the_import_tells_of_attributes_twins_and_placeholders(
    empty: Project, tmp_path: Path
) -> None:
    empty.cases.set("P01", attributes={"age": "45"})
    write_files(tmp_path / "a", {"P01.md": "---\nage: 46\nrole: nurse\n---\n" + P01, "P02.txt": P02, "empty.txt": ""})
    write_files(tmp_path / "b", {"P02.txt": P02, "P03.txt": "Withdrawn.\n", "P04.txt": "Withdrawn.\n", "none.txt": ""})
    folders = [tmp_path / "a", tmp_path / "b"]
    shown, done = list(empty.sources.preview_files(folders)), list(empty.sources.import_files(folders))
    for preview, report in zip(shown, done, strict=True):
        assert preview.warnings == report.warnings
        assert [source.attributes for source in preview.sources] == [source.attributes for source in report.sources]
        assert (preview.status.value.replace("ready", "imported"), preview.name) == (report.status.value, report.name)
    assert {"role": "nurse"} in [source.attributes for report in shown for source in report.sources]
    assert any("“45”" in doubt for doubt in empty.sources.revision("P01").warnings)
    assert {case.name for case in empty.cases.list()} >= {"P03", "P04"}


def test_local_numbers_that_another_group_has_too_are_a_doubt(empty: Project, tmp_path: Path) -> None:
    text = FG1.replace("P02", "P1").replace("P03", "P2").replace("Speaker 4", "P3")
    folder = write_files(tmp_path / "groups", {"FG1.txt": text, "FG2.txt": text.replace("day", "morning")})
    first, second = empty.sources.import_files([folder])
    assert not any("has its own numbering" in doubt for doubt in first.warnings)
    assert any(doubt.startswith("P1, P2, P3 also occur in another source") for doubt in second.warnings)


def test_what_a_label_adds_in_brackets_is_no_part_of_the_case(empty: Project, tmp_path: Path) -> None:
    group = FG1.replace("P02:", "P02 (nurse):").replace("P03:", "P03 (porter):")
    folder = write_files(tmp_path / "roles", {"P02.txt": P02.replace("P02:", "P02 (nurse):"), "FG1.txt": group})
    list(empty.sources.import_files([folder]))
    assert {case.name for case in empty.cases.list()} == {"P02", "P03", "FG1"}
    assert set(empty.cases.show("FG1").members) == {"P02", "P03"}
    assert not any("taken for" in doubt for doubt in empty.sources.revision("P02").warnings)
