"""A revision joins new speakers to cases by the rule that an import has, but makes no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis import create_project
from fwanalysis.domain.cases import Level
from fwanalysis.domain.corrections import correction_of, relabel
from fwanalysis.domain.sources import Role, SourceKind

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project

GROUP = """Chair: What does the workshop need most?
K02: A second lathe, and somebody who can look after it.
Chair: And what keeps it from having one?
K02: The rent goes up every year, and the grant does not.
"""
MORE = """Chair: Does anyone see it another way?
{label}: The tools are there, it is the hours that we are short of.
Chair: How many hours would that be?
{label}: Two evenings in the week would do for all of us here.
"""


def study(folder: Path, text: str, *, kind: SourceKind) -> Project:
    """A project that knows some cases, with one source of this text."""
    folder.mkdir()
    (folder / "Evening 4.txt").write_text(text, encoding="utf-8")
    project = create_project(folder / "study.fwa", coder="ana")
    for name in ("K02", "K11", "Ola Brandt"):
        project.cases.set(name, level=Level.PERSON)
    project.cases.set("K11", aliases=["the turner"])
    list(project.sources.import_files([folder / "Evening 4.txt"], kind=kind))
    return project


def joined(project: Project) -> dict[str, tuple[Role, str | None]]:
    return {item.label: (item.role, item.case) for item in project.speakers.list("Evening 4")}


LABELS = ["K11", "k11", "K11 (porter)", "Ｋ１１", "The Turner", "Ola Brandt", "Speaker 3", "Participant", "P05"]


@pytest.mark.parametrize("kind", [SourceKind.FOCUS_GROUP, SourceKind.INTERVIEW])
@pytest.mark.parametrize("label", LABELS)
def test_a_new_label_gets_the_role_and_the_case_that_an_import_gives_it(
    tmp_path: Path, label: str, kind: SourceKind
) -> None:
    text = GROUP + MORE.format(label=label)
    with study(tmp_path / "imported", text, kind=kind) as project:
        expected = joined(project)
        known = {"K02", "K11", "Ola Brandt"}
    with study(tmp_path / "revised", GROUP, kind=kind) as project:
        before = {case.name for case in project.cases.list()}
        (tmp_path / "mended.txt").write_text(text, encoding="utf-8")
        report = project.sources.revise("Evening 4", tmp_path / "mended.txt")
        assert report.speakers_new == (label,)
        role, case = joined(project)[label]
        assert role is expected[label][0]
        assert case == (expected[label][1] if expected[label][1] in known else None)
        assert {item.name for item in project.cases.list()} == before
        if case is None and role is Role.PARTICIPANT:
            assert any(label in doubt for doubt in report.warnings)


def test_a_case_that_a_new_label_is_joined_to_becomes_a_member_of_the_group(tmp_path: Path) -> None:
    with study(tmp_path / "study", GROUP, kind=SourceKind.FOCUS_GROUP) as project:
        (tmp_path / "mended.txt").write_text(GROUP + MORE.format(label="K11 (porter)"), encoding="utf-8")
        project.sources.revise("Evening 4", tmp_path / "mended.txt")
        assert project.cases.show("Evening 4").members == ("K02", "K11")


def test_the_only_participant_of_an_interview_is_its_case_whatever_the_label(tmp_path: Path) -> None:
    with study(tmp_path / "study", GROUP, kind=SourceKind.INTERVIEW) as project:
        (tmp_path / "mended.txt").write_text(GROUP.replace("K02:", "Respondent:"), encoding="utf-8")
        project.speakers.set("K02", source="Evening 4", role=Role.OTHER)
        text = GROUP.replace("K02: The", "Respondent: The")
        (tmp_path / "mended.txt").write_text(text, encoding="utf-8")
        project.sources.revise("Evening 4", tmp_path / "mended.txt")
        assert joined(project)["Respondent"] == (Role.PARTICIPANT, "K02")


def test_a_label_that_a_person_gives_to_a_turn_is_joined_by_the_same_rule(tmp_path: Path) -> None:
    with study(tmp_path / "study", GROUP, kind=SourceKind.FOCUS_GROUP) as project:
        transcript = project.sources.transcript("Evening 4")
        correction = relabel(correction_of(transcript), 3, "K11 (porter)")
        project.sources.correct("Evening 4", correction, seen=transcript.revision.id)
        assert joined(project)["K11 (porter)"][1] == "K11"
