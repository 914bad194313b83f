"""The abstraction of a column on the screen: sorting with the keyboard, and what is not sorted always in view."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from fwanalysis.domain.abstraction import ConceptLevel
from fwanalysis.tui.charting.abstraction import AbstractionScreen
from fwanalysis.tui.charting.abstraction_items import LISTS
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fwanalysis import Project

ELEMENT, DIMENSION, CATEGORY = ConceptLevel


@pytest.fixture
def charted(study: Project) -> Project:
    """Two summaries of *emergent*, an element and a dimension."""
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "It went quiet.")
    study.matrix.set("FG1", "emergent", "They brought mistakes.")
    study.abstraction.add("emergent", ELEMENT, "Quiet")
    study.abstraction.add("emergent", DIMENSION, "Loss")
    return study


@asynccontextmanager
async def abstracting(project: Project, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Person]:
    async with at_work(project, "5", size=size) as person:
        await person.press("end", "a")
        assert person.at == "AbstractionScreen"
        yield person


def lines(person: Person, name: str) -> list[str]:
    """The lines of a list."""
    listed = person.screen.query_one(f"#{name}", OptionList)
    return [str(option.prompt) for option in listed.options]


def titles(person: Person) -> list[str]:
    return [str(person.screen.query_one(f"#{name}", OptionList).border_title) for name in LISTS]


def reading(person: Person) -> str:
    return str(person.screen.query_one("#words", Static).render())


async def test_what_is_not_sorted_is_listed_with_its_number(charted: Project) -> None:
    async with abstracting(charted) as person:
        assert titles(person) == ["Not sorted (4)", "Elements (1)", "Dimensions (1)", "Categories (0)"]
        assert "○ not sorted: 2 cells, 1 element, 1 dimension" in person.words("#heading")
        assert lines(person, "unsorted") == [
            "FG1 They brought mistakes.",
            "P01 It went quiet.",
            "○ Quiet (0)",
            "○ Loss (0)",
        ]
        assert "They brought mistakes." in reading(person)


async def test_s_sorts_a_cell_into_an_element_from_a_list(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("down", "s")
        assert person.at == "PickScreen"
        await person.press("enter")
        assert lines(person, "element") == ["○ Quiet (1)", "  P01 It went quiet."]
        assert titles(person)[0] == "Not sorted (3)"
        await person.press("u")
        assert lines(person, "element") == ["○ Quiet (0)"]


async def test_s_with_a_new_name_adds_the_element_and_sorts_in_one_step(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("s")
        await person.write("Mistakes")
        await person.press("enter")
        assert lines(person, "element")[1:] == ["○ Mistakes (1)", "  FG1 They brought mistakes."]
        await person.press("u")
        assert lines(person, "element") == ["○ Quiet (0)"]


async def test_elements_and_dimensions_are_sorted_the_same_way(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("right", "s", "enter", "right", "s")
        await person.write("Giving")
        await person.press("enter")
        assert lines(person, "element") == ["Quiet (0)"]
        assert lines(person, "dimension") == ["Loss (1)", "  Quiet (0)"]
        assert lines(person, "category") == ["Giving (1)", "  Loss (1)"]
        assert "not sorted: 2 cells, 0 elements, 0 dimensions" in person.words("#heading")


async def test_x_takes_an_item_out_and_it_is_not_lost(charted: Project) -> None:
    charted.abstraction.sort("emergent", ["P01"], into="Quiet")
    async with abstracting(charted) as person:
        await person.press("right", "x")
        assert lines(person, "element") == ["○ Quiet (1)", "  P01 It went quiet."]
        await person.press("down", "x")
        assert lines(person, "element") == ["○ Quiet (0)"]
        assert "P01 It went quiet." in lines(person, "unsorted")


async def test_a_adds_to_the_list_with_the_focus_and_goes_there(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("left", "a")
        await person.write("Giving")
        await person.press("enter")
        assert lines(person, "category") == ["Giving (0)"]
        await person.press("right", "a")
        await person.write("Noise")
        await person.press("enter")
        screen = person.screen
        assert isinstance(screen, AbstractionScreen)
        assert (screen.item.name if screen.item else "") == "“Noise”"
        assert lines(person, "element") == ["○ Quiet (0)", "○ Noise (0)"]


async def test_a_name_that_is_taken_is_an_error_and_changes_nothing(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("a")
        await person.write("quiet")
        await person.press("enter")
        assert any("already has the element “Quiet”" in notice for notice in person.notices)
        assert lines(person, "element") == ["○ Quiet (0)"]


async def test_r_renames_and_d_asks_before_it_removes(charted: Project) -> None:
    charted.abstraction.sort("emergent", ["P01"], into="Quiet")
    async with abstracting(charted) as person:
        await person.press("right", "r", "end")
        await person.write("er")
        await person.press("enter")
        assert lines(person, "element")[0] == "○ Quieter (1)"
        await person.press("d")
        assert "1 item in it becomes unsorted" in str(person.screen.query_one(".question", Static).render())
        await person.press("enter")
        assert lines(person, "element")[0] == "○ Quieter (1)"
        await person.press("d", "down", "enter")
        assert lines(person, "element") == []
        assert "P01 It went quiet." in lines(person, "unsorted")


async def test_a_concept_moves_up_and_down_and_keeps_the_cursor(charted: Project) -> None:
    charted.abstraction.add("emergent", ELEMENT, "Noise")
    async with abstracting(charted) as person:
        await person.press("right", "J")
        assert lines(person, "element") == ["○ Noise (0)", "○ Quiet (0)"]
        await person.press("J")
        assert lines(person, "element") == ["○ Noise (0)", "○ Quiet (0)"]
        await person.press("K")
        assert lines(person, "element") == ["○ Quiet (0)", "○ Noise (0)"]


async def test_a_cell_that_is_out_of_date_has_a_mark_and_its_reason(charted: Project) -> None:
    charted.abstraction.sort("emergent", ["P01"], into="Quiet")
    code(charted, "P01", "It was a long year.", "quiet")
    async with abstracting(charted) as person:
        await person.press("right", "down")
        assert lines(person, "element")[1] == "  P01 ! It went quiet."
        assert "! out of date: " in reading(person)
        assert "in “Quiet”" in reading(person)


async def test_enter_opens_the_cell_and_goes_from_a_concept_to_its_list(charted: Project) -> None:
    async with abstracting(charted) as person:
        await person.press("enter")
        assert person.at == "CellScreen"
        assert "FG1" in person.words("#heading")
        await person.press("escape")
        assert person.at == "AbstractionScreen"
        await person.press("end", "enter")
        assert person.screen.focused is person.screen.query_one("#dimension")


async def test_the_cell_of_the_theme_itself_is_opened_too(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "emergent")
    code(study, "P01", "It was a long year.", "quiet")
    study.matrix.set("P01", "emergent", "Only the theme.", own=True)
    async with abstracting(study) as person:
        assert lines(person, "unsorted") == ["P01 (itself) Only the theme."]
        await person.press("enter")
        assert person.at == "CellScreen"


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 60)])
async def test_all_lists_and_the_summary_are_in_sight_at_every_size(charted: Project, size: tuple[int, int]) -> None:
    async with abstracting(charted, size) as person:
        for name in LISTS:
            listed = person.screen.query_one(f"#{name}", OptionList)
            assert person.screen.region.contains_region(listed.region)
            assert listed.region.height >= 3
        assert person.screen.query_one("#reading", VerticalScroll).region.height >= 3
        assert len(person.footer) <= 6


async def test_a_column_without_summaries_says_so(study: Project) -> None:
    async with abstracting(study) as person:
        assert titles(person)[0] == "Not sorted (0)"
        assert "Nothing is selected" in reading(person)
        await person.press("s", "x", "r", "d", "J", "enter")
        assert person.at == "AbstractionScreen"
