"""Unsaved words of a summary survive a closed terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fwanalysis.tui.charting.cell_recovery import RecoveryFile, recovery_folder
from fwanalysis.tui.charting.cell_screen import CellScreen
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project

CELL = ("5", "right", "enter")

KILLED = """
import asyncio, os, signal, sys
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import open_study
from fwanalysis.tui.charting.cell_recovery import recovery_folder

async def main():
    with open_study(sys.argv[1]) as project:
        async with at_work(project, "5", "right", "enter") as person:
            await person.write("Interest ebbed")
            await person.wait_for(lambda: any(recovery_folder().glob("*.json")))
            os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


@pytest.fixture
def quiet(study: Project) -> Project:
    """The study with one coding in the cell P01 × Emergent."""
    code(study, "P01", "Then it went quiet.", "quiet")
    return study


def kept() -> list[Path]:
    return sorted(recovery_folder().glob("*")) if recovery_folder().exists() else []


def text(person: Person) -> str:
    assert isinstance(person.screen, CellScreen)
    return person.screen.text


async def killed(project: Project) -> None:
    """Type into the cell in another process that is then killed."""
    process = subprocess.run([sys.executable, "-c", KILLED, project.path], check=False, timeout=120)
    assert process.returncode == -signal.SIGKILL


async def test_words_of_a_killed_workbench_are_offered_with_their_time(quiet: Project) -> None:
    await killed(quiet)
    [file] = kept()
    assert file.stat().st_mode & 0o777 == 0o600
    async with at_work(quiet, *CELL) as person:
        question = person.words(".question")
        assert question.startswith("Unsaved words of this cell were kept at 20")
        assert question.endswith("“Interest ebbed”")
        await person.choose("Continue")
        assert text(person) == "Interest ebbed"
        await person.press("ctrl+s")
        assert text(person) == "Interest ebbed"
    assert kept() == []
    assert "Interest" in str(quiet.matrix.cell("P01", "emergent").summary)


async def test_words_that_are_offered_can_be_discarded(quiet: Project) -> None:
    await killed(quiet)
    async with at_work(quiet, *CELL) as person:
        await person.choose("Discard")
        assert text(person) == ""
        assert kept() == []


async def test_closing_the_question_keeps_the_words(quiet: Project) -> None:
    RecoveryFile(quiet, quiet.cases.get("P01").id, quiet.codebook.show("emergent").id, own=False).keep("Ebbed")
    async with at_work(quiet, *CELL, "escape") as person:
        assert text(person) == "Ebbed"
    assert len(kept()) == 1


async def test_nothing_is_kept_of_what_is_discarded_on_leaving(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.wait_for(lambda: len(kept()) == 1)
        await person.press("escape")
        await person.choose("Discard")
        assert person.at == "MatrixScreen"
    assert kept() == []


async def test_unsaved_words_are_not_in_the_project(quiet: Project) -> None:
    events = len(quiet.history.list())
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.wait_for(lambda: len(kept()) == 1)
        [file] = kept()
        assert json.loads(file.read_text(encoding="utf-8"))["text"] == "Ebbed"
    assert len(quiet.history.list()) == events


def test_each_cell_of_each_project_has_a_file_of_its_own(quiet: Project) -> None:
    paths = {RecoveryFile(quiet, case, "code", own=own).path for case in ("a", "b") for own in (False, True)}
    assert len(paths) == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_error(quiet: Project) -> None:
    recovery_folder().parent.mkdir(parents=True)
    recovery_folder().parent.chmod(0o500)
    file = RecoveryFile(quiet, "case", "code", own=False)
    file.keep("words")
    assert file.read() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"text": 1}'])
def test_an_unusable_file_is_ignored(quiet: Project, content: str) -> None:
    file = RecoveryFile(quiet, "case", "code", own=False)
    file.path.parent.mkdir(parents=True)
    file.path.write_text(content, encoding="utf-8")
    assert file.read() is None
