from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.workbench_person import at_work

if TYPE_CHECKING:
    from fwanalysis import Project


async def test_each_view_of_an_empty_project_says_what_to_do_next(empty: Project) -> None:
    expected = {
        "1": ("#empty", "fwa source import FOLDER"),
        "2": ("#here", "fwa source import FOLDER"),
        "3": ("#empty", "Press r to run the rules"),
        "4": ("#code", "fwa codebook import FILE.yaml"),
        "5": ("#empty", "It needs sources"),
    }
    async with at_work(empty) as person:
        for key, (part, words) in expected.items():
            await person.press(key)
            assert words in person.words(part)


async def test_no_key_of_an_empty_project_breaks_anything(empty: Project) -> None:
    keys = {
        "1": ("enter", "r", "u", "ctrl+r"),
        "2": ("s", "c", "n", "N", "a", "x", "d", "greater_than_sign", "tab", "enter"),
        "3": ("a", "x", "n", "N", "enter", "f", "escape"),
        "4": ("enter", "down", "home"),
        "5": ("enter", "t", "escape", "r", "escape", "e", "escape"),
    }
    async with at_work(empty) as person:
        for view, pressed in keys.items():
            await person.press(view, *pressed)
            await person.wait_for_work()
            await person.press("1")
            assert person.at == "SourcesScreen"


async def test_running_rules_that_there_are_not_says_where_to_get_some(empty: Project) -> None:
    async with at_work(empty, "r") as person:
        await person.wait_for_work()
        assert len(person.notices) == 1
        assert person.notices[0].startswith("The codebook has no rules. ")
        assert "fwa codebook import" in person.notices[0]


async def test_the_first_code_of_an_empty_codebook_is_made_with_plus(empty: Project) -> None:
    async with at_work(empty, "4", "plus") as person:
        assert "as a new theme" in person.words(".question")
        await person.write("Weather")
        await person.press("enter")
        assert "Weather" in person.words("#code")
    assert [entry.path for entry in empty.codebook.tree().entries] == ["weather"]


async def test_sources_without_a_codebook_make_no_chart_and_it_says_so(study: Project, empty: Project) -> None:
    async with at_work(empty, "5") as person:
        assert person.words("#empty").startswith("The matrix is empty")
    async with at_work(study, "5") as person:
        assert person.words("#empty") == ""
