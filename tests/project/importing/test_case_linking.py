"""Whose case a source and its speakers are, by label and file name, and what of that is said to be doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis import create_project
from fwanalysis.domain.cases import Level
from fwanalysis.domain.sources import Role
from fwanalysis.project.importing.case_linking import case_name_in
from tests.project.project_study import write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.domain.importing import SourceReport
    from fwanalysis.project import Project

TALK = """Interviewer: What made you join the collaborative?
{0}: We share what we learn, and nobody asks who pays.
Interviewer: And what of trust?
{0}: Trust grows slowly, as everything does here.
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.fwa", coder="ana") as project:
        yield project


def imported(project: Project, tmp_path: Path, name: str, text: str) -> SourceReport:
    """What is reported of the one source of a file."""
    (report,) = project.sources.import_files([write_files(tmp_path / "in", {name: text}) / name])
    (source,) = report.sources
    return source


# Labels and file names


@pytest.mark.parametrize(
    ("file", "label", "case", "doubt"),
    [
        ("P29", "P92", "P92", "The file's name says P29, the label P92; the case is P92."),
        ("P25", "Dr Moss", "P25", "“Dr Moss” was linked to P25, the case that the file is named after."),
        ("P7 final", "P07", "P07", None),
        ("INT03", "P07", "P07", None),
        ("visit May 2024", "Alma Reed", "Alma Reed", None),
        ("visit", "P07", "P07", None),
        ("talk of fall2", "Alma Reed", "Alma Reed", None),
        ("NURS02", "Alma Reed", "NURS02", "“Alma Reed” was linked to NURS02, the case that the file is named after."),
    ],
)
def test_the_label_names_the_case_but_a_pseudonym_in_the_file_s_name_beats_a_name(
    empty: Project, tmp_path: Path, file: str, label: str, case: str, doubt: str | None
) -> None:
    source = imported(empty, tmp_path, f"{file}.txt", TALK.format(label))
    assert source.case == case
    assert {voice.label: voice.case for voice in source.speakers} == {"Interviewer": None, label: case}
    assert source.warnings == ((doubt,) if doubt else ())


def test_a_name_that_is_a_case_already_stays_that_case_and_one_that_is_an_alias_is_no_doubt(
    empty: Project, tmp_path: Path
) -> None:
    empty.cases.set("Alma Reed")
    source = imported(empty, tmp_path, "P25.txt", TALK.format("Alma Reed"))
    assert (source.case, len(source.warnings)) == ("Alma Reed", 1)
    empty.cases.set("P26", aliases=["Dr Moss"])
    source = imported(empty, tmp_path, "P26.txt", TALK.format("Dr Moss"))
    assert (source.case, source.warnings) == ("P26", ())


@pytest.mark.parametrize(("stem", "named"), [("Moss May 2024", "Moss May 2024"), ("P07 v2", "P07"), ("talk_P3", "P3")])
def test_a_month_or_a_version_in_a_file_s_name_is_no_pseudonym(stem: str, named: str) -> None:
    assert case_name_in(stem) == named


# Who takes part


def test_several_participants_of_an_interview_are_a_doubt_with_their_turns(empty: Project, tmp_path: Path) -> None:
    source = imported(empty, tmp_path, "P31.txt", TALK.format("P31") * 3 + "P13: I would not say that at all.\n")
    assert source.case is None
    assert source.warnings == (
        "2 participants in an interview: P31 (6 turns), P13 (1 turn); each is a case of their own.",
    )


def test_a_misspelt_label_makes_no_case_and_takes_the_role_of_the_other(empty: Project, tmp_path: Path) -> None:
    text = TALK.format("P41") * 3 + "Inteviewer: So it was?\nP41: It was.\n"
    source = imported(empty, tmp_path, "P41.txt", text)
    slip = next(voice for voice in source.speakers if voice.label == "Inteviewer")
    assert (slip.role, slip.role_reason, slip.case) == (
        Role.INTERVIEWER,
        "looks like “Interviewer” with a typo",
        None,
    )
    assert source.case == "P41"
    assert [(merge.label, merge.into) for merge in source.merges] == [("Inteviewer", "Interviewer")]
    assert [case.name for case in empty.cases.list()] == ["P41"]


def test_a_voice_that_is_hardly_heard_and_has_no_clear_role_is_a_doubt(empty: Project, tmp_path: Path) -> None:
    text = TALK.format("P40") + "Problem: the boiler stood still.\n" + TALK.format("P40") + "Problem Two: none.\n"
    source = imported(empty, tmp_path, "P40.csv", _table(text))
    assert source.warnings[-1].startswith("These have no clear role: “Problem” (1 turn), “Problem Two” (1 turn); ")


def test_one_such_voice_is_told_with_its_line(empty: Project, tmp_path: Path) -> None:
    text = TALK.format("P40") + "Problem: the boiler stood still.\n" + TALK.format("P40")
    source = imported(empty, tmp_path, "P40.csv", _table(text))
    assert source.warnings[-1].endswith("“Problem” has 1 turn and no clear role; if it is not a speaker, exclude it.")


def _table(text: str) -> str:
    """Lines of label and words as a table of turns, whose labels are all believed."""
    rows = [line.split(": ", 1) for line in text.strip().split("\n")]
    return "speaker,text\n" + "".join(f'{label},"{words}"\n' for label, words in rows)


# Labels that name nobody, and names that several files have


def both(project: Project, tmp_path: Path, text: str) -> tuple[SourceReport, SourceReport]:
    """What is reported of two files of one shape, anna.txt and ben.txt."""
    first = imported(project, tmp_path, "anna.txt", text)
    return first, imported(project, tmp_path, "ben.txt", text.replace("slowly", "quickly"))


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [
        *(("SPEAKER_00", "SPEAKER_01"), ("spk_0", "spk_1"), ("S00", "S01"), ("Speaker A", "Speaker B"), ("Me", "Them")),
        *(("I", "B"), ("Interviewer:in", "Befragte:r"), ("Ｑ", "Ａ"), ("INT", "RES"), ("Sprecher 1", "Sprecher 2")),
        *(("Guest-1", "Guest-2"), ("聞き手", "話し手"), ("Badacz", "Badana")),
    ],
)
def test_labels_of_machines_and_words_for_a_part_make_no_case_of_different_people(
    empty: Project, tmp_path: Path, asker: str, answerer: str
) -> None:
    text = f"speaker,text\n{asker},What was it?\n{answerer},It grew slowly here.\n{asker},And?\n{answerer},So it did.\n"
    first = imported(empty, tmp_path, "anna.csv", text)
    second = imported(empty, tmp_path, "ben.csv", text.replace("slowly", "quickly"))
    assert (first.case, second.case) == ("anna", "ben")
    assert (first.warnings, second.warnings) == ((), ())


def test_s01_is_a_pseudonym_unless_a_program_labels_so(empty: Project, tmp_path: Path) -> None:
    assert imported(empty, tmp_path, "anna.txt", TALK.format("S01")).case == "S01"
    text = f"Transcribed with noScribe vers. 0.6\n\n{TALK.format('S02')}"
    assert imported(empty, tmp_path, "ben.txt", text).case == "ben"


@pytest.mark.parametrize("label", ["Nurse", "Alma Reed"])
def test_a_job_or_a_name_that_two_interviews_share_is_asked_about(empty: Project, tmp_path: Path, label: str) -> None:
    first, second = both(empty, tmp_path, TALK.format(label))
    assert (first.case, second.case, first.warnings) == (label, label, ())
    assert second.warnings == (
        f"{label} also occurs in another source and was linked to the "
        "same case; if it is not the same person, choose "
        "another"
        " case.",
    )


def test_a_name_that_the_file_bears_too_or_a_pseudonym_is_not_asked_about(empty: Project, tmp_path: Path) -> None:
    for first, second, label in (("Alma Reed", "Alma Reed 2", "Alma Reed"), ("x", "y", "P71")):
        imported(empty, tmp_path, f"{first}.txt", TALK.format(label))
        again = imported(empty, tmp_path, f"{second}.txt", TALK.format(label).replace("slowly", "quickly"))
        assert (again.case, again.warnings) == (label, ())


def test_labels_of_a_group_that_name_nobody_have_no_case_and_are_told(empty: Project, tmp_path: Path) -> None:
    text = "Focus group 2\n\n" + TALK.format("M") + TALK.format("F")
    source = imported(empty, tmp_path, "ward.txt", text)
    assert (source.kind.value, source.case) == ("focus-group", "ward")
    assert {voice.case for voice in source.speakers} == {None}
    assert source.warnings == (
        "“M”, “F” do not identify a person, so no case was created for them: the text is attributed to the group.",
    )


def test_joined_labels_are_no_further_person(empty: Project, tmp_path: Path) -> None:
    text = TALK.format("R1") + TALK.format("R2") + "R1+R2: Nobody came.\n"
    source = imported(empty, tmp_path, "pair.txt", text)
    assert {voice.label: voice.case for voice in source.speakers if voice.case} == {"R1": "R1", "R2": "R2"}


def test_the_case_gets_no_words_of_a_p_that_asks(empty: Project, tmp_path: Path) -> None:
    text = "".join(f"P: ¿Y cómo {n}?\n\nR: Pues en autobús, como todos los demás.\n\n" for n in range(4))
    source = imported(empty, tmp_path, "ana.txt", text)
    assert {voice.label: voice.case for voice in source.speakers} == {"P": None, "R": "ana"}


def test_the_number_of_a_talk_as_a_label_is_the_one_who_is_asked(empty: Project, tmp_path: Path) -> None:
    text = "MM\tCould you start?\nint012\tI work at the mart.\n" * 3
    source = imported(empty, tmp_path, "int012.txt", text)
    assert {voice.label: voice.case for voice in source.speakers} == {"MM": None, "int012": "int012"}
    assert (source.case, source.warnings) == ("int012", ())


def test_a_full_name_that_is_the_initials_further_down_makes_no_case_of_its_own(empty: Project, tmp_path: Path) -> None:
    talk = TALK.replace("Interviewer", "PL").format("JP")
    source = imported(empty, tmp_path, "tape.txt", f"Paul Lee: This begins.\nJohn Poe: I am glad to.\n{talk}")
    assert [case.name for case in empty.cases.list()] == ["JP"]
    assert {merge.label: merge.into for merge in source.merges} == {"Paul Lee": "PL", "John Poe": "JP"}
    assert {voice.label: voice.role for voice in source.speakers}["Paul Lee"] is Role.INTERVIEWER


# What a file states of its case


def test_what_front_matter_states_of_a_focus_group_is_the_group_s(empty: Project, tmp_path: Path) -> None:
    talk = TALK.format("P60").replace("Interviewer", "Moderator")
    source = imported(empty, tmp_path, "FG2.md", f"---\nsetting: school\n---\n{talk}")
    assert source.attributes == {"setting": "school"}
    assert empty.cases.show("FG2").attributes == {"setting": "school"}


def test_what_is_stated_of_nobody_in_particular_is_a_doubt_that_names_it(empty: Project, tmp_path: Path) -> None:
    text = f"---\nrole: nurse\nyears: 3\n---\n{TALK.format('P61')}P62: I would not say that at all.\n"
    source = imported(empty, tmp_path, "pair.md", text)
    assert source.attributes == {}
    assert any(doubt.startswith("The file states role, years, but no one case is its own") for doubt in source.warnings)


def test_a_site_that_a_file_states_has_its_case_as_a_member(empty: Project, tmp_path: Path) -> None:
    for name in ("P60", "P61"):
        imported(empty, tmp_path, f"{name}.md", f"---\nsite: Alder\n---\n{TALK.format(name)}")
    site = empty.cases.show("Alder")
    assert (site.level, site.members) == (Level.SITE, ("P60", "P61"))
    assert empty.cases.show("P60").attributes == {"site": "Alder"}


def test_all_files_of_one_import_share_a_site_and_a_group_keeps_each_member_once(
    empty: Project, tmp_path: Path
) -> None:
    group = TALK.format("P60").replace("Interviewer", "Moderator") + "P61: I agree with all of that.\n"
    files = {
        "A1 P60.md": f"---\nsite: Alder\ngroup: FG2\n---\n{TALK.format('P60')}",
        "B FG2.md": f"---\ncase: FG2\nsite: Alder\n---\n{group}",
        "C.md": f"---\ncase: P62\nsite: alder\n---\n{TALK.format('P62')}",
    }
    reports = list(empty.sources.import_files([write_files(tmp_path / "in", files)]))
    assert [report.error for report in reports] == [None] * 3
    assert empty.cases.show("FG2").members == ("P60", "P61")
    assert set(empty.cases.show("Alder").members) == {"FG2", "P60", "P62"}
    assert not [fault for finding in empty.examine() for fault in finding.faults]
    empty.history.undo()
    assert empty.cases.list() == []


def test_a_site_that_contradicts_the_project_is_a_doubt(empty: Project, tmp_path: Path) -> None:
    imported(empty, tmp_path, "P60.md", f"---\nsite: Alder\n---\n{TALK.format('P60')}")
    source = imported(empty, tmp_path, "P60 b.md", f"---\ncase: P60\nsite: Birch\n---\n{TALK.format('P60')}")
    assert any("belongs to the site Alder in this project" in doubt for doubt in source.warnings)
    assert empty.cases.show("P60").member_of == ("Alder",)


def test_a_person_is_no_site(empty: Project, tmp_path: Path) -> None:
    imported(empty, tmp_path, "P59.txt", TALK.format("P59"))
    source = imported(empty, tmp_path, "P60.md", f"---\nsite: P59\n---\n{TALK.format('P60')}")
    assert any("cannot be the site of P60. It was kept as an attribute only." in doubt for doubt in source.warnings)
