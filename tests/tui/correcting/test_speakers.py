from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import DataTable
from textual.widgets._footer import FooterKey

from fwanalysis.domain.corrections import correction_of, relabel
from fwanalysis.domain.sources import Role
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, open_study

if TYPE_CHECKING:
    from fwanalysis import Project

SPEAKERS = ("enter", "S")
"""From the sources view to the speakers of the focus group."""


def roles(project: Project, label: str) -> dict[str, str]:
    return {item.source: item.role.value for item in project.speakers.list() if item.label == label}


def drift(project: Project) -> None:
    """Give a turn of the focus group to a label that looks like another."""
    transcript = project.sources.transcript("FG1")
    correction = correction_of(transcript)
    for index, label in ((2, "Participant 2"), (3, "Participant 2"), (5, "Paticipant 2")):
        correction = relabel(correction, index, label)
    project.sources.correct("FG1", correction, seen=transcript.revision.id)


async def on(person: Person, label: str) -> None:
    """Put the cursor on a speaker."""
    row = next(row for row, cells in enumerate(person.rows()) if cells[0] == label)
    person.screen.query_one(DataTable).move_cursor(row=row)
    await person.settle()


async def test_s_at_the_view_lists_the_speakers_of_the_source_with_role_case_and_why(study: Project) -> None:
    async with at_work(study, *SPEAKERS) as person:
        assert person.at == "SpeakersScreen"
        assert person.words("#heading") == " FG1  4 speakers"
        assert [row[:4] for row in person.rows()] == [
            ["MOD", "interviewer", "–", "2"],
            ["P01", "participant", "P01", "1"],
            ["P02", "participant", "P02", "2"],
            ["P03", "participant", "P03", "1"],
        ]
        assert all(row[5] for row in person.rows())
        await person.press("escape")
        assert person.at == "CodeScreen"


async def test_s_at_the_sources_view_lists_those_of_the_source_under_the_cursor(study: Project) -> None:
    async with at_work(study, "down", "down", "S") as person:
        assert person.words("#heading") == " P01  2 speakers"
        await person.press("escape")
        assert person.at == "SourcesScreen"


async def test_a_role_is_set_in_this_source_or_in_all_with_the_label(study: Project) -> None:
    async with at_work(study, *SPEAKERS) as person:
        await on(person, "P01")
        await person.press("enter")
        assert person.words(".question") == "What is the role of P01 here?"
        await person.choose("Other")
        assert person.words(".question") == "Where does the role other apply?"
        await person.choose("Only in FG1")
        assert roles(study, "P01") == {"FG1": "other", "P01": "participant"}
        assert [row[5] for row in person.rows() if row[0] == "P01"] == ["set by a coder"]
        await person.press("o")
        await person.choose("Unknown")
        await person.choose("In all 2 sources")
        assert roles(study, "P01") == {"FG1": "unknown", "P01": "unknown"}
        await person.press("u")
        assert roles(study, "P01") == {"FG1": "other", "P01": "participant"}


async def test_a_label_of_one_source_is_not_asked_about_and_the_text_shows_the_role(study: Project) -> None:
    async with at_work(study, *SPEAKERS, "enter") as person:
        await person.choose("Participant")
        assert roles(study, "MOD") == {"FG1": "participant"}
        await person.press("escape")
        assert "MOD (participant)" in person.words("#here")


async def test_a_case_is_chosen_by_typing_and_taken_away(study: Project) -> None:
    async with at_work(study, *SPEAKERS) as person:
        await on(person, "P03")
        await person.press("c")
        await person.write("P02")
        await person.press("enter")
        assert [row[2] for row in person.rows()] == ["–", "P01", "P02", "P02"]
        await person.press("c")
        await person.choose("No case")
        assert [row[2] for row in person.rows()] == ["–", "P01", "P02", "–"]
        await person.press("u", "u")
        assert [row[2] for row in person.rows()] == ["–", "P01", "P02", "P03"]


async def test_escape_in_a_question_changes_nothing(study: Project) -> None:
    before = study.speakers.list()
    async with at_work(study, *SPEAKERS) as person:
        for key in ("o", "c", "m"):
            await person.press(key, "escape")
            assert person.at == "SpeakersScreen"
    assert study.speakers.list() == before


async def test_similar_labels_are_suggested_and_merged_as_one_step(study: Project) -> None:
    drift(study)
    text = study.sources.text("FG1")
    async with at_work(study, *SPEAKERS) as person:
        assert person.words("#merges").startswith("“Paticipant 2” may be “Participant 2”: they differ by one letter")
        await on(person, "Paticipant 2")
        await person.press("m")
        assert (
            person.words(".question")
            == "Merge Paticipant 2 into which speaker? The other gets its 1 turn; the text stays the same."
        )
        assert person.options()[0].startswith("Participant 2")
        assert "one letter" in person.options()[0]
        await person.press("enter")
        assert person.notices[-1] == "Merged Paticipant 2 into Participant 2  (u to undo)"
        assert "Paticipant 2" not in [row[0] for row in person.rows()]
        assert person.words("#merges") == ""
        await person.press("u")
        assert "Paticipant 2" in [row[0] for row in person.rows()]
    assert study.sources.text("FG1") == text


async def test_a_change_reports_which_coded_segments_were_reattributed(study: Project) -> None:
    code(study, "FG1", "We brought our mistakes along.", "mistakes")
    code(study, "FG1", "It did at first.", "quiet")
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *SPEAKERS) as person:
        await on(person, "P01")
        await person.press("o")
        await person.choose("Interviewer")
        await person.choose("In all 2 sources")
        assert person.notices[-1] == (
            "P01 is interviewer in 2 sources  (u to undo)\nReattributed:\n2 segments from P01 to no case"
        )
        await person.press("u", "c")
        await person.choose("P03")
        assert person.notices[-1].endswith("Reattributed:\n1 segment from P01 to P03")
        await person.press("u")
        await on(person, "P02")
        await person.press("m")
        await person.choose("P03")
        assert person.notices[-1].endswith("Reattributed:\n1 segment from P02 to P03")
        await on(person, "MOD")
        await person.press("o")
        await person.choose("Other")
        assert person.notices[-1] == "MOD is other in FG1  (u to undo)"


async def test_what_another_coder_sets_is_shown(study: Project) -> None:
    async with at_work(study, *SPEAKERS) as person:
        with open_study(study.path, coder="ben") as bens:
            bens.speakers.set("P03", source="FG1", role=Role.OTHER)
        await person.come_back()
        assert [row[1] for row in person.rows() if row[0] == "P03"] == ["other"]


async def test_a_source_without_speakers_says_what_to_do(study: Project) -> None:
    async with at_work(study, "down", "enter", "S") as person:
        assert person.words("#empty").startswith("No speakers in this source")
        assert not {"o", "c", "m"} & person.footer.keys()
        await person.press("o", "c", "m", "enter")
        assert person.at == "SpeakersScreen"


async def test_a_source_that_is_gone_closes_its_speakers(study: Project) -> None:
    async with at_work(study, *SPEAKERS) as person:
        with open_study(study.path, coder="builder") as builder:
            while builder.sources.list():
                builder.history.undo()
        await person.come_back()
        assert person.at == "CodeScreen"


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_the_table_and_the_keys_are_in_sight_at_every_size(study: Project, size: tuple[int, int]) -> None:
    drift(study)
    async with at_work(study, *SPEAKERS, size=size) as person:
        assert person.screen.query_one(DataTable).region.height >= 5
        assert list(person.footer)[:5] == ["o", "c", "m", "u", "esc"]
        if size[0] >= 80:
            assert max(key.region.right for key in person.screen.query(FooterKey)) <= size[0]
        for key in ("o", "c", "m"):
            await person.press(key)
            for part in person.screen.query(".dialog"):
                assert person.screen.region.contains_region(part.region)
            await person.press("escape")
