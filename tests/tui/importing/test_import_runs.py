from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from fwanalysis.tui.importing.screen import ImportScreen
from fwanalysis.tui.widgets.filepane import NoteList, PreviewText, SpeakerTable
from fwanalysis.tui.widgets.filetable import FileTable
from tests.tui.test_keys import ends, helped
from tests.tui.workbench_import import ANNA, done, files, look, write_files
from tests.tui.workbench_person import at_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fwanalysis import Project
    from fwanalysis.domain.importing import ImportReport


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two transcripts and a file that nothing can be read from."""
    return write_files(tmp_path / "interviews")


async def test_after_the_import_the_view_shows_the_sources_and_it_is_one_step_of_undo(
    empty: Project, folder: Path
) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        await done(person, "ctrl+s")
        assert person.at == "SourcesScreen"
        assert [row[0] for row in person.rows()] == ["anna", "bert"]
        await done(person, "u")
        assert empty.sources.list() == []


Running = tuple[threading.Event, threading.Event]


@pytest.fixture
def slow() -> Running:
    """What tells that a slow run has reported once, and what lets it go on."""
    return threading.Event(), threading.Event()


def slowly(run: Callable[..., Iterator[ImportReport]], slow: Running) -> Callable[..., Iterator[ImportReport]]:
    """A run that waits after its first file."""
    reached, go_on = slow

    def slowed(*paths: object, **options: object) -> Iterator[ImportReport]:
        for report in run(*paths, **options):
            yield report
            reached.set()
            go_on.wait(20)

    return slowed


async def test_an_import_that_is_stopped_keeps_what_is_finished_and_resumes_later(
    empty: Project, folder: Path, slow: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = slow
    (folder / "carl.txt").write_text(ANNA.replace("Anna", "Carl"), encoding="utf-8")
    monkeypatch.setattr(empty.sources, "import_files", slowly(empty.sources.import_files, slow))
    async with at_work(empty) as person:
        await look(person, folder)
        await person.press("ctrl+s")
        await person.wait_for(reached.is_set)
        await person.wait_for(lambda: "Importing 1 of 3 files" in person.words("#heading"))
        await person.press("x")
        assert person.notices == ["The import is running. esc stops it; imported files are kept."]
        await person.press("escape")
        assert "stopping" in person.words("#heading")
        go_on.set()
        await person.wait_for_work()
        assert person.notices[-1:] == ["Stopped after 2 imported files. ctrl+s imports the others."]
        assert [row.split()[0] for row in files(person)] == ["imported", "imported", "refused", "ready"]
        assert [source.name for source in empty.sources.list()] == ["anna", "bert"]
        await done(person, "ctrl+s")
        assert person.at == "SourcesScreen"
        assert person.notices[-1].startswith("3 imported, 1 refused")
    assert [source.name for source in empty.sources.list()] == ["anna", "bert", "carl"]


async def test_reading_is_stopped_and_what_was_read_can_be_imported(
    empty: Project, folder: Path, slow: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = slow
    monkeypatch.setattr(empty.sources, "preview_files", slowly(empty.sources.preview_files, slow))
    async with at_work(empty, "i") as person:
        person.screen.query_one(Input).value = str(folder)
        await person.press("enter")
        await person.wait_for(reached.is_set)
        await person.wait_for(lambda: "Reading 1 of 3 files" in person.words("#heading"))
        await person.press("ctrl+s")
        assert person.notices[0].startswith("The files are still being read.")
        await person.press("escape")
        go_on.set()
        await person.wait_for_work()
        assert [row.split()[0] for row in files(person)] == ["ready", "ready"]
        await done(person, "ctrl+s")
    assert [source.name for source in empty.sources.list()] == ["anna", "bert"]


async def test_reading_stops_when_the_screen_closes(
    empty: Project, folder: Path, slow: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = slow
    read: list[str] = []
    ended = threading.Event()

    def noted(*paths: object, **options: object) -> Iterator[ImportReport]:
        try:
            for report in preview(*paths, **options):  # type: ignore[arg-type]  # passed on as they came
                read.append(report.path)
                yield report
        finally:
            ended.set()

    preview = empty.sources.preview_files
    monkeypatch.setattr(empty.sources, "preview_files", slowly(noted, slow))
    async with at_work(empty, "i") as person:
        person.screen.query_one(Input).value = str(folder)
        await person.press("enter")
        await person.wait_for(reached.is_set)
        person.screen.dismiss()
        await person.settle()
        assert person.at == "SourcesScreen"
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 20)
    assert len(read) == 2


# Keys and sizes


@pytest.mark.parametrize("size", [(80, 24), (110, 30), (200, 60)])
async def test_files_and_the_one_under_the_cursor_fit(empty: Project, folder: Path, size: tuple[int, int]) -> None:
    async with at_work(empty, size=size) as person:
        await look(person, folder)
        table = person.screen.query_one(FileTable)
        assert table.has_focus
        assert table.region.height >= 10
        assert 4 <= len(person.footer) <= 7
        assert ends(person) <= size[0]
        seen = set()
        await done(person, "down", "enter")
        for _ in range(3):
            assert person.screen.focused is not None
            seen.add(type(person.screen.focused))
            assert person.screen.region.contains_region(person.screen.focused.region)
            assert len(person.footer) <= 6
            await done(person, "tab")
        assert seen == {SpeakerTable, NoteList, PreviewText}
        assert person.screen.query_one(FileTable).has_focus
        assert person.screen.query_one(PreviewText).display


async def test_every_act_of_the_import_screen_has_an_id_and_is_in_help_and_palette(
    empty: Project, folder: Path
) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        titles = {command.title for command in person.app.get_system_commands(person.screen)}
        bindings = ImportScreen.BINDINGS
        for binding in bindings:
            assert not isinstance(binding, tuple)
            assert binding.id
            assert binding.description in titles
        await person.press("question_mark")
        told = helped(person)
        assert all(not isinstance(binding, tuple) and binding.description in told for binding in bindings)
