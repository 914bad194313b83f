"""Moving the caret and paging through 8,000 words: the transcript widget against Textual's read-only ``TextArea``.

What is measured is the processor time of the user interface's thread from calling the action until its last frame has
been written to the terminal: the widget's own work, the messages it causes, laying out, painting, and encoding the
changed lines. Waiting is not counted, neither for Textual's frame clock (120 a second) nor for other programs: it is
the same for both, and is not work. Key decoding, the same for both, is left out. The terminal takes frames and throws
them away.

Both show the same text with soft wrap on 80 x 24 cells and have the focus; neither blinks. The transcript widget
shows turn numbers, speakers and 120 marks (codings and suggestions) as well, for which a ``TextArea`` has no like.
Each is driven in short runs, in turns, from the middle of the text.
"""

from __future__ import annotations

import asyncio
import gc
from random import Random
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import TextArea

from bench.corpus import SEED
from bench.measure import Result
from fwanalysis.domain.codebook import PALETTE
from fwanalysis.project import open_project
from fwanalysis.tui.transcript.marks import CodingMark, SuggestionMark
from fwanalysis.tui.transcript.widget import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.pilot import Pilot

    from bench.study import Study
    from fwanalysis.domain.sources import Transcript

ROUNDS = 5
SETTLE = 0.02
"""Seconds to wait for the frames of an action: two ticks of Textual's frame clock."""

MOVES: Sequence[tuple[str, str, str, int]] = (
    # measure, our motion, TextArea's action, how often in a run
    ("caret to the next character", "right", "cursor_right", 60),
    ("caret to the next line", "down", "cursor_down", 60),
    ("page down", "page_down", "cursor_page_down", 12),
)
Costs = dict[str, list[float]]


def measure(study: Study) -> Iterator[Result]:
    """Caret and pages."""
    with open_project(study.project, coder="bench") as project:
        transcript = project.sources.transcript(project.sources.list()[0].id)
    ours: Costs = {}
    reference: Costs = {}
    for _ in range(ROUNDS):
        _run(_Ours(transcript), ours)
        _run(_Reference(transcript.text), reference)
    for name, *_ in MOVES:
        yield Result(
            f"{name} ({len(ours[name])} times)",
            median(ours[name]),
            median(reference[name]),
            target=1,
            versus="read-only TextArea, soft wrap",
        )


class _Terminal(HeadlessDriver):
    """A terminal that takes what is written to it."""

    @property
    def is_headless(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing is kept back."""


class _Moved(App[None]):
    """An app around one widget, which counts its frames."""

    def __init__(self) -> None:
        super().__init__(driver_class=_Terminal)
        self.frames = 0

    def post_display_hook(self) -> None:
        self.frames += 1

    def to_the_middle(self) -> None:
        """Put the caret into the middle of the text."""
        raise NotImplementedError

    def action_for(self, motion: str, action: str) -> Callable[[], object]:
        """What moves the caret once."""
        raise NotImplementedError


class _Ours(_Moved):
    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self._transcript = transcript
        self._view = TranscriptView()

    def compose(self) -> ComposeResult:
        yield self._view

    def on_mount(self) -> None:
        codings, suggestions = _marks(self._transcript)
        self._view.show(self._transcript)
        self._view.set_codings(codings)
        self._view.set_suggestions(suggestions)
        self._view.focus()

    def to_the_middle(self) -> None:
        self._view.go_to(len(self._transcript.text) // 2)

    def action_for(self, motion: str, action: str) -> Callable[[], object]:
        return lambda: self._view.action_move(motion)


class _Reference(_Moved):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._area = TextArea(text, read_only=True, soft_wrap=True, show_line_numbers=False)
        self._area.cursor_blink = False

    def compose(self) -> ComposeResult:
        yield self._area

    def on_mount(self) -> None:
        self._area.focus()

    def to_the_middle(self) -> None:
        line = self._text.count("\n", 0, len(self._text) // 2)
        self._area.move_cursor((line, 0))

    def action_for(self, motion: str, action: str) -> Callable[[], object]:
        act: Callable[[], object] = getattr(self._area, f"action_{action}")
        return act


def _run(app: _Moved, costs: Costs) -> None:
    """Drive an app through all moves and note what each cost."""

    async def drive(_: Pilot[Any]) -> None:
        await _settled(app)
        for name, motion, action, times in MOVES:
            app.to_the_middle()
            await _settled(app)
            act = app.action_for(motion, action)
            gc.collect()
            for _number in range(times):
                costs.setdefault(name, []).append(await _cost(app, act))
        app.exit()

    asyncio.run(app.run_async(size=(80, 24), mouse=False, auto_pilot=drive))


async def _cost(app: _Moved, act: Callable[[], object]) -> float:
    frames = app.frames
    before = thread_time()
    act()
    await _settled(app)
    taken = thread_time() - before
    if app.frames == frames:
        raise RuntimeError(f"a move of {app.__class__.__name__} drew nothing")
    return taken


async def _settled(app: _Moved) -> None:
    """Wait until no new frame has come for a while."""
    frames = -1
    while frames != app.frames:
        frames = app.frames
        await asyncio.sleep(SETTLE)


def _marks(transcript: Transcript) -> tuple[list[CodingMark], list[SuggestionMark]]:
    random = Random(SEED)
    codings, suggestions = [], []
    for number in range(60):
        colour = random.choice(PALETTE)
        start = random.randrange(len(transcript.text) - 400)
        end = start + random.randint(30, 400)
        codings.append(CodingMark(f"c{number}", f"{number}", start, end, colour, "Co", f"Code {number}"))
        start = random.randrange(len(transcript.text) - 200)
        hits = ((start + 10, start + 20),)
        suggestions.append(
            SuggestionMark(f"s{number}", f"{number}", start, start + 150, hits, colour, "Su", f"Code {number}")
        )
    return codings, suggestions
