"""The chart of a large matrix: opening it, beside an earlier build, and moving its cursor, beside a ``DataTable``.

The project has 1,000 cases, a theme with 60 sub-themes and 50,000 codings; the view shows the sub-themes. What is
measured is the processor time of the user interface's thread: for opening, from switching to the Matrix view until its
last frame has been written to the terminal; for a move, from the action until its last frame. Waiting is not counted.
The cursor of the chart moves as a whole (the heading, the line that says where it is, and the reading pane with it);
the table has 1,000 rows and 60 columns, of which 30 rows are in sight, and nothing around it.
"""

from __future__ import annotations

import asyncio
import gc
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import DataTable

from bench.builds import HERE, call
from bench.measure import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.study import Study

CASES, CODES, CODINGS = 1_000, 60, 50_000
SIZE = (140, 40)
ROUNDS = 2
MOVES = ("down", "right", "up", "left") * 6
_TABLE_SIZE = (140, 31)
_SETTLE = 0.15
_SEED = 8
_THEME = "Theme"


def measure(study: Study, base: Path | None) -> Iterator[Result]:
    """Opening, and a move of the cursor."""
    project = study.folder / "charting.fwa"
    call(base or HERE, "bench.charting", "build", str(project))
    size = f"{CASES:,} x {CODES} matrix, {CODINGS:,} codings"
    opened: dict[Path, list[float]] = {HERE: [], **({base: []} if base else {})}
    moved: list[float] = []
    table: list[float] = []
    for number in range(ROUNDS):
        for build in sorted(opened, key=lambda path: (path == HERE) == bool(number % 2)):
            copy = _copied(project, study.folder / f"charting-{number}-{build == HERE}.fwa")
            opened[build].append(call(build, "bench.charting", "open_view", str(copy)))
            if build == HERE:
                moved += call(HERE, "bench.charting", "move", str(copy))
            for left in study.folder.glob(f"{copy.name}*"):
                left.unlink()
        table += call(HERE, "bench.charting", "move_table")
    name = f"chart view of a {size}: opened"
    if base is None:
        yield Result(name, median(opened[HERE]), missing="needs --base")
    else:
        yield Result(name, median(opened[HERE]), median(opened[base]), target=0.2, versus="the base build")
    versus = "DataTable of 30 visible rows"
    yield Result(f"chart view of a {size}: cursor moved", median(moved), median(table), target=1, versus=versus)


def _copied(original: Path, target: Path) -> Path:
    target.write_bytes(original.read_bytes())
    return target


def build(path: str) -> int:
    """Make the project with the build that is asked for; returns its number of codings."""
    from fwanalysis.domain.codings import Coding, Origin, Segment, anchored
    from fwanalysis.domain.ids import new_id, now
    from fwanalysis.domain.text import Span
    from fwanalysis.project import create_project
    from fwanalysis.store.store import open_store

    chance = Random(_SEED)
    folder = Path(path).with_suffix("")
    folder.mkdir()
    words = [f"word{number}" for number in range(400)]
    for number in range(CASES):
        turns = (f"C{number:04}: {' '.join(chance.choices(words, k=40))}." for _ in range(12))
        text = "\n\n".join(f"INT: And then?\n\n{turn}" for turn in turns)
        (folder / f"C{number:04}.txt").write_text(text, encoding="utf-8")
    codes = "\n".join(
        f"      - {{key: c{number}, name: Sub-theme {number}, kind: emergent}}" for number in range(CODES)
    )
    book = Path(path).with_suffix(".yaml")
    book.write_text(
        f"fwanalysis: codebook/1\nname: Bench\ncodes:\n  - key: theme\n    name: {_THEME}\n    kind: emergent\n"
        f"    codes:\n{codes}\n",
        encoding="utf-8",
    )
    with create_project(path, coder="bench") as project:
        project.codebook.import_file(book)
        for report in project.sources.import_files([str(folder)]):
            assert report.error is None, report.error
        coder = project.coder
        below = [entry for entry in project.codebook.tree().entries if entry.depth]
        transcripts = [project.sources.transcript(item.id) for item in project.sources.list()]
    segments, anchors, codings = [], [], []
    for transcript in transcripts:
        long = [turn for turn in transcript.speech if turn.end - turn.start > 120]
        for _ in range(CODINGS // CASES):
            turn = chance.choice(long)
            start = chance.randrange(turn.start, turn.end - 60)
            code = chance.choice(below)
            segment = Segment(new_id(), transcript.source.id)
            span = Span(start, start + 50)
            segments.append(segment)
            anchors.append(anchored(new_id(), segment.id, transcript.revision.id, transcript.text, span))
            coding = (new_id(), segment.id, code.id, code.version.id, coder.id, Origin.MANUAL, None, 1, now())
            codings.append(Coding(*coding))
    store = open_store(path)
    with store.change("coding.add", coder=coder) as changes:
        changes.add(*segments, *anchors, *codings)
    store.close()
    return CODINGS


class _Terminal(HeadlessDriver):
    """A terminal that takes what is written to it."""

    @property
    def is_headless(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing is kept back."""


def open_view(path: str) -> float:
    """Seconds of opening the Matrix view on the sub-themes; the view is of the build that is asked for."""
    costs: list[float] = []

    async def drive(app: Any, painted: list[float]) -> None:
        app.switch_mode("matrix")
        await _settled(painted)
        screen = app.screen
        gc.collect()
        painted.clear()
        before = thread_time()
        _show_sub_themes(screen)
        await _settled(painted)
        costs.append(painted[-1] - before)

    _in_workbench(path, drive)
    return costs[0]


def _show_sub_themes(screen: Any) -> None:
    """Make the sub-themes the columns, as the answer to the question about the theme does."""
    from dataclasses import replace

    from fwanalysis.domain.matrix import MatrixQuery

    if hasattr(screen, "ask"):
        screen.ask(MatrixQuery(themes=("theme",)))
    else:
        usual: Any = MatrixQuery()
        is_plural = hasattr(usual, "themes")
        screen._query = replace(usual, themes=("theme",)) if is_plural else replace(usual, theme="theme")
        screen.redraw()


def move(path: str) -> list[float]:
    """Seconds of each move of the cursor in the chart."""
    costs: list[float] = []

    async def drive(app: Any, painted: list[float]) -> None:
        app.switch_mode("matrix")
        await _settled(painted)
        _show_sub_themes(app.screen)
        await _settled(painted)
        grid = app.screen.grid
        grid.move_to(CASES // 2, CODES // 2)
        await _settled(painted)
        steps = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
        gc.collect()
        for name in MOVES:
            costs.append(await _cost(painted, partial(grid.action_move, *steps[name])))

    _in_workbench(path, drive)
    return costs


def _in_workbench(path: str, drive: Callable[[Any, list[float]], Any]) -> None:
    from fwanalysis.project import open_project
    from fwanalysis.tui.app import Workbench

    with open_project(path, coder="bench") as project:
        app = Workbench(project)
        app.driver_class = _Terminal
        painted: list[float] = []
        app.post_display_hook = lambda: painted.append(thread_time())  # type: ignore[method-assign]

        async def driven(_: object) -> None:
            await _settled(painted)
            await drive(app, painted)
            app.exit()

        asyncio.run(app.run_async(size=SIZE, mouse=False, auto_pilot=driven))


class _Table(App[None]):
    """A table of as many cells, with 30 rows in sight."""

    def __init__(self) -> None:
        super().__init__(driver_class=_Terminal)
        self.painted: list[float] = []

    def compose(self) -> ComposeResult:
        yield DataTable(fixed_columns=1, zebra_stripes=True)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Case", *(f"Sub-theme {number}" for number in range(CODES)))
        for number in range(CASES):
            table.add_row(f"C{number:04}", *(f"{(number * column) % 7} segments" for column in range(CODES)))
        table.focus()

    def post_display_hook(self) -> None:
        self.painted.append(thread_time())


def move_table() -> list[float]:
    """Seconds of each move of the cursor in a ``DataTable``."""
    costs: list[float] = []
    app = _Table()

    async def drive(_: object) -> None:
        await _settled(app.painted)
        table = app.query_one(DataTable)
        table.move_cursor(row=CASES // 2, column=CODES // 2)
        await _settled(app.painted)
        gc.collect()
        for name in MOVES:
            costs.append(await _cost(app.painted, getattr(table, f"action_cursor_{name}")))
        app.exit()

    asyncio.run(app.run_async(size=_TABLE_SIZE, mouse=False, auto_pilot=drive))
    return costs


async def _cost(painted: list[float], act: Callable[[], object]) -> float:
    painted.clear()
    before = thread_time()
    act()
    await _settled(painted)
    return painted[-1] - before


async def _settled(painted: list[float]) -> None:
    """Wait until a frame has come, and then none for a while."""
    frames = -1
    while frames != len(painted) or not painted:
        frames = len(painted)
        await asyncio.sleep(_SETTLE)
