"""A person at the workbench: presses keys, and sees what a screen shows."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import DataTable, OptionList, Static
from textual.widgets._footer import FooterKey

from fwanalysis.tui.app import Workbench
from fwanalysis.tui.transcript.widget import TranscriptView

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot
    from textual.screen import Screen

    from fwanalysis import Project

PATIENCE = 20
"""Seconds after which a test gives up on what it waits for."""

QUIET_ROUNDS = 3
"""How often in a row all queues of messages must be found empty before what a key set off has had its effect."""


@dataclass
class Person:
    """Somebody at a workbench."""

    app: Workbench
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await self.settle()

    async def write(self, words: str) -> None:
        """Type words."""
        for sign in words:
            self.app.post_message(events.Key("space" if sign == " " else sign, sign))
        await self.settle()

    async def settle(self) -> None:
        """Look on until what was set off has had its effect. Looks at the queues of messages where ``Pilot.press``
        watches the clock: that takes long, and on a busy machine not long enough."""
        quiet = 0
        async with asyncio.timeout(PATIENCE):
            while quiet < QUIET_ROUNDS:
                await self.pilot.pause(0)
                parts = (self.app, *self.screen.walk_children(with_self=True))
                quiet = 0 if any(part.message_queue_size for part in parts) else quiet + 1

    async def wait_for(self, condition: Callable[[], bool]) -> None:
        """Look on until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.settle()

    async def come_back(self) -> None:
        """Return from another window."""
        self.app.post_message(events.AppFocus())
        await self.settle()

    async def wait_for_work(self) -> None:
        """Look on until nothing runs in the background."""
        await self.app.workers.wait_for_complete()
        await self.settle()

    @property
    def screen(self) -> Screen[object]:
        """What is in front."""
        return self.app.screen

    @property
    def at(self) -> str:
        """The class of the screen in front."""
        return type(self.app.screen).__name__

    @property
    def text(self) -> TranscriptView:
        """The transcript of the coding view."""
        return self.screen.query_one(TranscriptView)

    @property
    def selected(self) -> str:
        """The words selected in the transcript."""
        return self.text.selected_text

    @property
    def reading(self) -> str:
        """The name of the source of the transcript, if one is shown."""
        return self.text.transcript.source.name if self.text.transcript else ""

    def caret_before(self, words: str) -> bool:
        """Whether the caret stands before some words."""
        shown = self.text.transcript
        return shown is not None and shown.text.startswith(words, self.text.caret)

    @property
    def notices(self) -> list[str]:
        """The messages of all notifications so far."""
        return [notice.message for notice in self.app._notifications]

    @property
    def footer(self) -> dict[str, str]:
        """The keys that the footer shows, with what they do."""
        return {key.key_display: key.description for key in self.screen.query(FooterKey) if key.region.width}

    def words(self, selector: str) -> str:
        """The words of a part of the screen; empty if it is not shown."""
        part = self.screen.query_one(selector, Static)
        return str(part.render()) if part.display else ""

    def rows(self) -> list[list[str]]:
        """The cells of the table in front."""
        table = self.screen.query_one(DataTable)
        return [[str(cell) for cell in table.get_row_at(row)] for row in range(table.row_count)]

    def options(self) -> list[str]:
        """The answers of the list in front."""
        listed = self.screen.query_one(OptionList)
        return [str(listed.get_option_at_index(index).prompt) for index in range(listed.option_count)]

    async def choose(self, answer: str) -> None:
        """Choose the first answer that has these words in it."""
        listed = self.screen.query_one(OptionList)
        listed.highlighted = next(index for index, option in enumerate(self.options()) if answer in option)
        await self.press("enter")


@asynccontextmanager
async def at_work(
    project: Project, *keys: str, size: tuple[int, int] = (80, 24), source: str | None = None
) -> AsyncIterator[Person]:
    """Someone who opens a project in the workbench and presses some keys."""
    app = Workbench(project, source=source)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person.settle()
        await person.press(*keys)
        yield person
