from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import ParsedCode, RuleSpec
from fwanalysis.domain.suggestions import RunReport
from fwanalysis.tui.widgets.topbar import TopBar
from tests.tui.workbench_person import at_work

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from fwanalysis import Project

PASSING = ParsedCode("passing", "Passing", rules=(RuleSpec(any=("long year",)),))


async def test_running_the_rules_shows_its_progress_and_lists_what_is_new(study: Project) -> None:
    study.codebook.import_parsed(replace(study.codebook.parsed(), codes=(PASSING,)))
    seen: list[str] = []
    async with at_work(study) as person:
        person.app.watch(person.screen.query_one(TopBar), "progress", lambda told: seen.append(told), init=False)
        await person.press("r")
        await person.wait_for_work()
        assert seen == [*(f"Running rules: {done} of 3 sources" for done in (1, 2, 3)), ""]
        assert person.notices == ["1 new suggestion, 0 decided earlier"]
        assert person.rows()[2][4] == "4"
        await person.press("3")
        assert "Passing" in [row[1] for row in person.rows()]


async def test_a_run_reports_what_was_decided_earlier(study: Project) -> None:
    async with at_work(study, "3", "a", "x", "r") as person:
        await person.wait_for_work()
        assert person.notices[-1] == "0 new suggestions, 2 decided earlier"
        assert len(person.rows()) == 5


async def test_a_second_run_is_not_started_while_one_runs(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    go_on = threading.Event()

    def slow_run() -> Iterator[RunReport]:
        runs.append(1)
        go_on.wait()
        yield RunReport("P01", 1, 1, 0, 0, 0)

    monkeypatch.setattr(study.suggestions, "run", slow_run)
    async with at_work(study, "r") as person:
        await person.wait_for(lambda: bool(runs))
        await person.press("r")
        assert person.notices == ["The rules are running already."]
        go_on.set()
        await person.wait_for_work()
    assert len(runs) == 1


async def test_the_views_can_be_used_while_the_rules_run(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow_run() -> Iterator[RunReport]:
        yield RunReport("FG1", 1, 2, 0, 0, 0)
        go_on.wait()
        yield RunReport("P01", 2, 2, 0, 0, 0)

    monkeypatch.setattr(study.suggestions, "run", slow_run)
    async with at_work(study, "r") as person:
        await person.wait_for(lambda: person.screen.query_one(TopBar).progress == "Running rules: 1 of 2 sources")
        await person.press("3", "a")
        assert len(study.codings.list()) == 1
        go_on.set()
        await person.wait_for_work()
        await person.press("1")
        assert person.screen.query_one(TopBar).progress == ""


async def test_leaving_the_program_stops_a_run(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, closed = threading.Event(), threading.Event()
    reached: list[int] = []

    def slow_run() -> Iterator[RunReport]:
        try:
            for done in (1, 2, 3):
                yield RunReport("P01", done, 3, 0, 0, 0)
                reached.append(done)
                go_on.wait()
        finally:
            closed.set()

    monkeypatch.setattr(study.suggestions, "run", slow_run)
    async with at_work(study, "r") as person:
        await person.wait_for(lambda: bool(reached))
    go_on.set()
    assert await asyncio.to_thread(closed.wait, 20)
    assert reached == [1]
