"""A coding made in the Code view, painted: this build beside an earlier one, on the same project.

The project has 300 sources, and 20 passages of the source shown have no place in its corrected text. What is measured
is the processor time of the user interface's thread from the call that codes the selected words until the last frame
has been written to the terminal; waiting (the frame clock, the disk) is the same for both and is not counted.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from random import Random
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, Any

from textual.drivers.headless_driver import HeadlessDriver

from bench.builds import HERE, call
from bench.measure import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.study import Study

SOURCES = 300
UNANCHORED = 20
CODED = 80
CODES = 30
ROUNDS = 3
CODINGS = 12
SIZE = (120, 40)
_SHOWN = "Q0000"
_SEED = 20_261
_SETTLE = 0.4
"""Seconds without a frame after which a coding counts as painted."""


def measure(study: Study, base: Path | None) -> Iterator[Result]:
    """The coding."""
    name = f"a coding in the Code view, {SOURCES} sources, {UNANCHORED} unanchored: painted"
    if base is None:
        yield Result(name, missing="needs --base")
        return
    files = study.folder / "code-view"
    _copy(study.files, files)
    project = study.folder / "code-view.fwa"
    call(base, "bench.code_view", "build", str(project), str(files))
    costs: dict[Path, list[float]] = {HERE: [], base: []}
    for number in range(ROUNDS):
        for build in (HERE, base) if number % 2 else (base, HERE):
            copy = study.folder / f"code-view-{number}-{len(costs[build])}-{build.name}.fwa"
            shutil.copyfile(project, copy)
            costs[build] += call(build, "bench.code_view", "code", str(copy))
            copy.unlink()
    yield Result(name, median(costs[HERE]), median(costs[base]), target=0.1, versus="the base build")


def build(path: str, files: str) -> int:
    """Make the project; returns how many passages are unanchored."""
    from fwanalysis.project import create_project

    random = Random(_SEED)
    with create_project(path, coder="bench") as project:
        for report in project.sources.import_files([files]):
            assert report.error is None, report.error
        transcript = project.sources.transcript(_SHOWN)
        text = transcript.text
        turns = random.sample([turn for turn in transcript.speech if turn.end - turn.start > 140], CODED)
        codes: list[str] = []
        for turn in turns:
            place = (transcript.source.id, turn.start + 5, turn.start + 125)
            if len(codes) < CODES:
                made = project.codings.add_new(place[0], f"Code {len(codes)}", *place[1:])
                codes.append(made.coding.code_id)
            else:
                project.codings.add(place[0], random.choice(codes), *place[1:])
        for turn in turns[:UNANCHORED]:
            words = text[turn.start : turn.start + 130].split(" ")
            changed = " ".join(word if number % 2 else word[::-1] for number, word in enumerate(words))
            text = text[: turn.start] + changed + text[turn.start + 130 :]
        revised = Path(path).with_suffix(".txt")
        revised.write_text(text, encoding="utf-8", newline="\n")
        project.sources.revise(_SHOWN, revised)
        placed = len(project.codings.of_source(transcript.source.id))
    assert placed == CODED - UNANCHORED, placed
    return CODED - placed


def code(path: str) -> list[float]:
    """Code words of the source one after another; the seconds of each."""
    return asyncio.run(_code(path))


class _Terminal(HeadlessDriver):
    """A terminal that takes what is written to it."""

    @property
    def is_headless(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing is kept back."""


async def _code(path: str) -> list[float]:
    from fwanalysis.domain.text import Span
    from fwanalysis.project import open_project
    from fwanalysis.tui.app import Workbench

    costs: list[float] = []
    with open_project(path, coder="bench") as project:
        shown = project.sources.get(_SHOWN).id
        codes = [entry.id for entry in project.codebook.tree().entries]
        app = Workbench(project, source=shown)
        app.driver_class = _Terminal
        painted: list[float] = []
        app.post_display_hook = lambda: painted.append(thread_time())  # type: ignore[method-assign]

        async def drive(_: object) -> None:
            await _settled(painted)
            view: Any = app.screen.query_one("#transcript")
            random = Random(_SEED)
            turns = [turn for turn in view.transcript.speech if turn.end - turn.start > 160]
            for number in range(CODINGS):
                turn = random.choice(turns)
                start = random.randrange(turn.start, turn.end - 100)
                view.go_to(start, center=True)
                view.select(Span(start, start + 80))
                await _settled(painted)
                painted.clear()
                code_id = codes[number % len(codes)]
                before = thread_time()
                project.codings.add(shown, code_id, start, start + 80)
                await _settled(painted)
                costs.append(painted[-1] - before)
            app.exit()

        await app.run_async(size=SIZE, mouse=False, auto_pilot=drive)
    return costs


async def _settled(painted: list[float]) -> None:
    """Wait until a frame has come, and then none for a while."""
    frames = -1
    while frames != len(painted) or not painted:
        frames = len(painted)
        await asyncio.sleep(_SETTLE)


def _copy(files: list[Path], folder: Path) -> None:
    """Write as many transcripts as the project has sources, each with a label of its own."""
    folder.mkdir()
    for number in range(SOURCES):
        original = files[number % len(files)]
        path = folder / f"Q{number:04}.txt"
        words = original.read_text(encoding="utf-8").replace(original.stem, path.stem)
        path.write_text(words, encoding="utf-8", newline="\n")
