from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from fwanalysis.tui.keymap import RENAMED, present_names
from tests.tui.workbench_person import at_work

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project


def state(settings_home: Path, keymap: dict[str, str]) -> None:
    """State keys as a user's file does."""
    settings_home.parent.mkdir(parents=True)
    settings_home.write_text(json.dumps({"keymap": keymap}), encoding="utf-8")


def names_of_keys() -> set[str]:
    """The names of all keys of the workbench."""
    from fwanalysis.tui.app import Workbench
    from fwanalysis.tui.coding.screen import CodeScreen
    from fwanalysis.tui.correcting.edit import EditScreen
    from fwanalysis.tui.correcting.unanchored import UnanchoredScreen
    from fwanalysis.tui.importing.screen import ImportScreen
    from fwanalysis.tui.widgets.filepane import SpeakerTable

    classes = (Workbench, CodeScreen, EditScreen, UnanchoredScreen, ImportScreen, SpeakerTable)
    return {binding.id or "" for cls in classes for binding in Binding.make_bindings(cls.BINDINGS)}


def test_every_renamed_key_has_a_present_name_that_a_screen_uses_and_no_screen_uses_an_old_one() -> None:
    names = names_of_keys()
    assert set(RENAMED.values()) <= names
    assert not set(RENAMED) & names


def test_the_present_name_of_a_key_goes_before_its_old_one() -> None:
    stated = {"code.unplaced": "y", "code.unanchored": "w", "code.code": "k"}
    assert present_names(stated) == ({"code.unanchored": "w", "code.code": "k"}, ["code.unplaced"])


@pytest.mark.parametrize(("old", "key"), [("app.desk-matrix", "m"), ("app.view-matrix", "m")])
async def test_a_key_of_the_settings_works_under_its_old_name_too(
    study: Project, settings_home: Path, old: str, key: str
) -> None:
    state(settings_home, {old: key})
    async with at_work(study, key) as person:
        assert person.at == "MatrixScreen"


async def test_an_old_name_is_reported_with_the_present_one_and_the_settings_stay_as_they_are(
    study: Project, settings_home: Path
) -> None:
    state(settings_home, {"importing.aside": "q", "code.code": "y"})
    before = settings_home.read_text(encoding="utf-8")
    async with at_work(study) as person:
        assert len(person.notices) == 1
        assert "“importing.aside” is now “importing.exclude”" in person.notices[0]
        assert "code.code" not in person.notices[0]
    assert settings_home.read_text(encoding="utf-8") == before
