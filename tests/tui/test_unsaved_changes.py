from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from tests.tui.correcting.test_edit import area, edit, said, turns
from tests.tui.workbench_import import look, write_files
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, open_study

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project

AT_P01 = ("down", "down", "enter")


def is_running(person: Person) -> bool:
    return person.app._exit is False


def remove_elsewhere(project: Project, source: str = "P01") -> None:
    with open_study(project.path, coder="ana") as there:
        there.codings.remove([item.id for item in there.codings.list(source=source, unanchored=True)])
        there.sources.remove(source)


# Leaving the program


@pytest.mark.parametrize("view", ["sources", "matrix", "code"])
async def test_ctrl_q_comes_back_to_words_that_are_not_saved_and_asks(study: Project, view: str) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Later ")
        person.app.action_view(view)
        await person.settle()
        await person.press("ctrl+q")
        assert person.at == "ChooseScreen"
        await person.choose("Keep editing")
        assert person.at == "EditScreen"
        assert area(person).words.startswith("Then it went quiet. Later ")
        await person.press("ctrl+q")
        await person.choose("Save the text")
        assert not is_running(person)
    assert "Later We told" in turns(study)[3][1]


async def test_ctrl_q_asks_on_the_cell_too_and_for_each_screen_in_turn(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Later ")
        person.app.action_view("matrix")
        await person.settle()
        await person.press("enter")
        assert person.at == "CellScreen"
        await person.write("Quiet")
        await person.press("ctrl+q")
        await person.choose("Discard")
        assert (person.at, is_running(person)) == ("ChooseScreen", True)
        await person.choose("Discard")
        assert not is_running(person)


async def test_ctrl_q_on_the_import_screen_asks_before_choices_are_lost(empty: Project, tmp_path: Path) -> None:
    async with at_work(empty, size=(160, 45)) as person:
        await look(person, write_files(tmp_path / "interviews"))
        await person.press("x", "ctrl+q")
        assert (person.at, is_running(person)) == ("ChooseScreen", True)
        await person.choose("Keep reviewing")
        assert person.at == "ImportScreen"
        await person.press("ctrl+q")
        await person.choose("Leave, and discard")
        assert not is_running(person)


async def test_ctrl_q_leaves_at_once_where_nothing_would_be_lost(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.press("ctrl+q")
        assert not is_running(person)


# A source that another coder removed


async def test_words_typed_into_a_source_that_was_removed_stay_until_they_are_thrown_away(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Later ")
        remove_elsewhere(study)
        await person.press("ctrl+s")
        assert person.at == "EditScreen"
        assert said(person) == "This source no longer exists; copy your text, then press esc."
        assert "Later " in area(person).words
        await person.press("escape")
        await person.choose("Discard")
        assert person.at == "CodeScreen"


@pytest.mark.parametrize("key", ["ctrl+up", "ctrl+down", "ctrl+s", "f4", "escape"])
async def test_the_edit_screen_of_a_source_that_was_removed_never_fails(study: Project, key: str) -> None:
    async with at_work(study) as person:
        await edit(person, "Nobody wanted")
        remove_elsewhere(study)
        await person.press(key, "escape", "escape")
        assert is_running(person)
        assert person.at in {"CodeScreen", "SourcesScreen"}


@pytest.mark.parametrize("key", ["S", "E", "F"])
async def test_what_was_removed_is_not_opened(study: Project, key: str) -> None:
    async with at_work(study, *AT_P01) as person:
        remove_elsewhere(study)
        await person.press(key)
        assert is_running(person)
        assert person.at == "CodeScreen"


async def test_a_role_for_a_speaker_of_a_source_that_was_removed_asks_nothing_more(study: Project) -> None:
    async with at_work(study, *AT_P01, "S", "o") as person:
        with open_study(study.path, coder="ben") as bens:
            for source in ("P01", "FG1"):
                bens.sources.remove(source)
        await person.press("enter")
        assert person.at == "CodeScreen"
        assert is_running(person)


async def test_unanchored_segments_of_a_source_that_was_removed_go_with_it(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study) as person:
        await edit(person, "Then it went")
        await person.press("delete", "ctrl+s", "f8")
        assert person.at == "UnanchoredScreen"
        remove_elsewhere(study)
        await person.press("a")
        assert is_running(person)
        assert person.at == "CodeScreen"


# Two at once


@pytest.mark.parametrize("key", ["f4", "f5", "f6"])
async def test_a_key_pressed_twice_at_once_asks_once(study: Project, key: str) -> None:
    async with at_work(study) as person:
        await edit(person, "wanted to stay")
        for _ in range(2):
            person.app.post_message(events.Key(key, None))
        await person.settle()
        assert [type(screen).__name__ for screen in person.app.screen_stack][-2] == "EditScreen"
        await person.press("escape")
        assert person.at == "EditScreen"
