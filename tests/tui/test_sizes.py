from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import DataTable

from fwanalysis.tui.charting.grid import ChartGrid
from fwanalysis.tui.transcript.widget import TranscriptView
from fwanalysis.tui.widgets.codetree import CodeTree
from fwanalysis.tui.widgets.topbar import TopBar
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from textual.widget import Widget

    from fwanalysis import Project

SIZES = [(60, 15), (80, 24), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_view_shows_its_matter_at_every_size(study: Project, size: tuple[int, int]) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "Interest ebbed. " * 20)
    matter: dict[str, type[Widget]] = {
        "1": DataTable,
        "2": TranscriptView,
        "3": DataTable,
        "4": CodeTree,
        "5": ChartGrid,
    }
    async with at_work(study, size=size) as person:
        for digit, kind in matter.items():
            await person.press(digit)
            shown = person.screen.query_one(kind)
            assert shown.region.width >= 25
            assert shown.region.height >= 5
            assert person.screen.query_one(TopBar).region.width == size[0]
            assert person.screen.focused is shown


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_over_a_view_opens_and_closes_at_every_size(study: Project, size: tuple[int, int]) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "2", "c", size=size) as person:
        for opened, keys in {
            "HelpScreen": ("question_mark",),
            "CellScreen": ("5", "right", "enter"),
            "ChooseScreen": ("5", "t"),
            "AskScreen": ("5", "e"),
        }.items():
            await person.press("escape", *keys)
            assert person.at == opened
            for part in person.screen.query(".dialog"):
                assert person.screen.region.contains_region(part.region)


async def test_the_tree_of_codes_comes_and_goes_with_the_room_for_it(study: Project) -> None:
    async with at_work(study, "2") as person:
        tree = person.screen.query_one(CodeTree)
        for width, is_shown in ((80, False), (140, True), (100, False)):
            await person.pilot.resize_terminal(width, 24)
            await person.settle()
            assert tree.display is is_shown


async def test_the_matrix_uses_the_width_it_is_given(study: Project) -> None:
    async with at_work(study, "5") as person:
        grid = person.screen.query_one(ChartGrid)
        narrow = grid.render_line(0).text.index("Emergent")
        await person.pilot.resize_terminal(160, 40)
        await person.settle()
        assert grid.render_line(0).text.index("Emergent") > narrow
