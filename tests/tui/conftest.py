"""A small invented study, built once and copied for each test, and nobody's own settings."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest

from fwanalysis import create_project
from tests.tui.workbench_study import build_study, open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis import Project


@pytest.fixture(autouse=True, scope="session")
def _seldom_collected() -> Iterator[None]:
    """Screens are made of many objects, and looking through them all for garbage again and again takes a third of the
    time of these tests."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)
    yield
    gc.set_threshold(*usual)


@pytest.fixture(autouse=True)
def settings_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for settings of this test's own; returns where ``settings.json`` would be."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("FWA_THEME", "FWA_KEYMAP", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config" / "fwanalysis" / "settings.json"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study's file, with its rules run. Copy it, never change it."""
    return build_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the study, opened by ana, who has done nothing in it yet."""
    copy = tmp_path / "study.fwa"
    shutil.copyfile(built, copy)
    with open_study(copy) as project:
        yield project


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    """A project with nothing in it."""
    with create_project(tmp_path / "empty.fwa", title="Empty", coder="ana") as project:
        yield project
