from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import Static
from textual.widgets._footer import FooterKey

from fwanalysis.tui.views import VIEWS
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project

DIGITS = {view.name: str(number) for number, view in enumerate(VIEWS, 1)}


def prefer(settings_home: Path, **preferences: object) -> None:
    """State preferences as a user's file does."""
    settings_home.parent.mkdir(parents=True)
    settings_home.write_text(json.dumps(preferences), encoding="utf-8")


def helped(person: Person) -> str:
    return str(person.screen.query_one("#help", VerticalScroll).query_one(Static).render())


def ends(person: Person) -> int:
    """The column where the words of the footer end; a blank comes after them."""
    return max(key.region.right for key in person.screen.query(FooterKey)) - 1


# Footer


@pytest.mark.parametrize("view", DIGITS)
async def test_the_footer_has_at_most_six_keys_and_all_of_them_are_in_sight(study: Project, view: str) -> None:
    async with at_work(study, DIGITS[view]) as person:
        if view == "code":
            await person.press("n")
            assert "a" in person.footer
        assert 2 <= len(person.footer) <= 6
        assert ends(person) <= 80
        assert person.footer["?"] == "Help"


async def test_the_footer_of_a_cell_has_at_most_six_keys_and_all_of_them_are_in_sight(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "5", "right", "enter") as person:
        for _ in range(2):
            assert 4 <= len(person.footer) <= 6
            assert ends(person) <= 80
            await person.press("tab")


# Help


@pytest.mark.parametrize("view", DIGITS)
async def test_help_lists_every_key_of_a_view_of_what_has_the_focus_and_of_the_workbench(
    study: Project, view: str
) -> None:
    async with at_work(study, DIGITS[view]) as person:
        over, focused = person.screen, person.screen.focused
        assert focused is not None
        await person.press("question_mark")
        assert person.at == "HelpScreen"
        told = helped(person)
        for node in (over, focused, person.app):
            for binding in node._bindings.key_to_bindings.values():
                missing = [item.description for item in binding if item.id and item.description not in told]
                assert not missing
        await person.press("escape")
        assert person.screen is over


async def test_help_over_a_cell_lists_the_keys_of_the_cell(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "5", "right", "enter", "tab", "question_mark") as person:
        told = helped(person)
        for does in ("Save", "Nothing said", "Not applicable", "Other side", "Back"):
            assert does in told


async def test_help_over_words_that_are_written_lists_no_key_that_types_a_letter_there(study: Project) -> None:
    async with at_work(study, "down", "down", "enter", "E", "f1") as person:
        everywhere = helped(person).partition("Everywhere\n")[2].partition("\n\n")[0]
        assert [line.split() for line in everywhere.split("\n")] == [["f1", "Help"], ["ctrl+q", "Quit"]]


async def test_help_over_a_screen_without_an_area_to_write_in_lists_itself(study: Project) -> None:
    async with at_work(study, "down", "down", "enter", "S", "question_mark") as person:
        everywhere = helped(person).partition("Everywhere\n")[2].partition("\n\n")[0]
        assert [line.split() for line in everywhere.split("\n")] == [["?", "f1", "Help"], ["ctrl+q", "Quit"]]


async def test_help_scrolls_where_it_is_longer_than_the_screen(study: Project) -> None:
    async with at_work(study, "enter", "question_mark") as person:
        listed = person.screen.query_one("#help", VerticalScroll)
        await person.press("end")
        await person.wait_for(lambda: listed.scroll_offset.y == listed.max_scroll_y > 0)


# The palette


@pytest.mark.parametrize("view", DIGITS)
async def test_the_palette_has_each_action_once_and_every_view_and_undo_and_redo(study: Project, view: str) -> None:
    async with at_work(study, DIGITS[view]) as person:
        offered = [(command.title, command.help) for command in person.app.get_system_commands(person.screen)]
    titles = [title for title, _ in offered]
    assert titles[:7] == ["Sources", "Code", "Suggestions", "Codebook", "Matrix", "Undo", "Redo"]
    assert "Theme" in titles
    assert len(offered) == len(set(offered))


async def test_what_a_view_can_do_is_done_through_the_palette_too(study: Project) -> None:
    async with at_work(study, "5") as person:
        commands = {command.title: command.callback for command in person.app.get_system_commands(person.screen)}
        person.app.call_later(commands["Rows"])
        await person.settle()
        assert person.words(".question") == "Which rows?"


async def test_a_view_is_gone_to_by_name_through_the_palette(study: Project) -> None:
    async with at_work(study, "ctrl+p") as person:
        assert isinstance(person.screen, CommandPalette)
        await person.write("matrix")
        await person.wait_for(lambda: [option.split("\n")[0] for option in person.options()] == ["Matrix"])
        await person.press("enter")
        await person.wait_for(lambda: person.at == "MatrixScreen")


async def test_undo_and_redo_of_the_palette_do_what_their_keys_do(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study) as person:
        commands = {command.title: command.callback for command in person.app.get_system_commands(person.screen)}
        commands["Undo"]()
        assert study.codings.list() == []
        commands["Redo"]()
        assert len(study.codings.list()) == 1


@pytest.mark.parametrize(
    ("typed", "title", "view"),
    [("newsletter", "Open newsletter", "CodeScreen"), ("quiet", "Code: Going quiet", "CodebookScreen")],
)
async def test_the_palette_finds_sources_to_open_and_codes_to_look_up(
    study: Project, typed: str, title: str, view: str
) -> None:
    async with at_work(study, "ctrl+p") as person:
        await person.write(typed)
        await person.wait_for(lambda: title in [option.split("\n")[0] for option in person.options()])
        await person.choose(title)
        await person.wait_for(lambda: person.at == view)
        await person.settle()
        if view == "CodeScreen":
            assert person.reading == "newsletter"
        else:
            assert person.words("#code").startswith("Going quiet")


# Preferences


async def test_a_theme_that_is_chosen_is_kept_for_the_next_time(study: Project, settings_home: Path) -> None:
    async with at_work(study) as person:
        assert person.app.theme == "textual-dark"
        person.app.theme = "nord"
        await person.settle()
    assert json.loads(settings_home.read_text(encoding="utf-8"))["theme"] == "nord"
    async with at_work(study) as person:
        assert person.app.theme == "nord"


async def test_nothing_is_written_while_no_preference_is_stated(study: Project, settings_home: Path) -> None:
    async with at_work(study, "enter", "5"):
        pass
    assert not settings_home.exists()


async def test_choosing_a_theme_keeps_the_keys_that_were_stated(study: Project, settings_home: Path) -> None:
    prefer(settings_home, keymap={"code.code": "y"})
    async with at_work(study) as person:
        person.app.theme = "nord"
        await person.settle()
    kept = json.loads(settings_home.read_text(encoding="utf-8"))
    assert kept == {"theme": "nord", "keymap": {"code.code": "y"}}


async def test_a_key_of_the_settings_replaces_the_usual_one(study: Project, settings_home: Path) -> None:
    prefer(settings_home, keymap={"code.code": "y", "transcript.select-sentence": "z"})
    async with at_work(study, "enter") as person:
        assert (person.footer["y"], person.footer["z"]) == ("Code", "Sentence")
        await person.press("c")
        assert person.at == "CodeScreen"
        await person.press("z")
        assert person.selected
        await person.press("y")
        assert person.at == "FinderScreen"


async def test_help_gives_the_keys_of_the_settings(study: Project, settings_home: Path) -> None:
    prefer(settings_home, keymap={"code.code": "y"})
    async with at_work(study, "enter", "question_mark") as person:
        lines = {line.strip() for line in helped(person).split("\n")}
    assert f"{'y':<24} Code" in lines
    assert f"{'c':<24} Code" not in lines


async def test_an_unknown_theme_is_ignored(study: Project, settings_home: Path) -> None:
    prefer(settings_home, theme="no-such-theme")
    async with at_work(study) as person:
        assert person.app.theme == "textual-dark"


@pytest.mark.parametrize("content", ["{not json", '{"keymap": 3}', "[]", '"text"'])
async def test_unusable_settings_are_named_in_one_sentence_and_work_continues(
    study: Project, settings_home: Path, content: str
) -> None:
    settings_home.parent.mkdir(parents=True)
    settings_home.write_text(content, encoding="utf-8")
    async with at_work(study) as person:
        assert len(person.notices) == 1
        assert str(settings_home) in person.notices[0]
        person.app.theme = "nord"
        await person.press("enter")
        assert person.at == "CodeScreen"
    assert settings_home.read_text(encoding="utf-8") == content
