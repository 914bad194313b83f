from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import OptionList

from fwanalysis.errors import InvalidInput
from fwanalysis.project import demo
from fwanalysis.tui import app as workbench_app
from fwanalysis.tui.screens import start
from fwanalysis.tui.screens.start import StartApp

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_the_start_screen_chooses_no_project(key: str) -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.return_value is None


async def test_the_start_screen_shows_how_to_create_a_project_and_can_build_the_sample_study() -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        shown = app.export_screenshot(simplify=True)
        offered = str(app.query_one(OptionList).get_option("demo").prompt)
        await pilot.press("q")
    assert "fwa&#160;new&#160;study.fwa" in shown
    assert "sample study" in offered


async def test_choosing_the_sample_study_builds_it_and_opens_what_was_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "build_demo", lambda folder, say: SimpleNamespace(project=str(folder / "study.fwa")))
    app = StartApp()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await app.workers.wait_for_complete()
    assert app.return_value == "demo/study.fwa"


async def test_a_sample_study_that_cannot_be_built_says_why_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(folder: Path, say: object) -> Any:
        raise InvalidInput("The folder demo cannot be written.")

    monkeypatch.setattr(demo, "build_demo", refused)
    app = StartApp()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [notice.message for notice in app._notifications][-1] == "The folder demo cannot be written."
        assert not app.query_one(OptionList).disabled
        assert app.query_one(OptionList).has_focus
        await pilot.press("q")
    assert app.return_value is None


async def test_no_workbench_opens_when_no_project_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "choose_project", lambda: None)
    monkeypatch.setattr(workbench_app.Workbench, "run", lambda _: pytest.fail("a workbench opened"))
    await asyncio.to_thread(workbench_app.open_workbench, None, coder="ana")
