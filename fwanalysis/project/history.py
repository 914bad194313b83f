"""The history of a project: what was done by whom, undo and redo, and whether the log is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import NothingToUndo
from fwanalysis.project.suggestion_updates import CORRECTIONS, carry_back
from fwanalysis.store import log, undo
from fwanalysis.store.queries import codings as coding_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.codings import Coder
    from fwanalysis.domain.history import Event
    from fwanalysis.project.context import Context


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a list shows it; ``reverts`` is the number of the event it took back."""

    seq: int
    at: str
    coder: str
    name: str
    label: str
    group: str | None
    reverts: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the chain of events holds: how many there are, the hash of the last, and what does not fit."""

    events: int
    head: str
    faults: tuple[str, ...]


class History:
    """The event log."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, *, limit: int | None = None) -> Sequence[EventView]:
        """The newest events first, all or at most *limit*."""
        with self._context.store.read() as connection:
            names = {coder.id: coder.name for coder in coding_queries.coders(connection)}
            events = log.events(connection, limit=limit)
        return [
            EventView(
                event.seq,
                event.at,
                names.get(event.coder_id, "?"),
                event.name,
                event.label,
                event.group,
                event.reverts,
                event.hash,
            )
            for event in events
        ]

    def undo(self) -> Sequence[Event]:
        """Take back this coder's newest step; the events taken back, newest first. NothingToUndo, UndoConflict."""
        return self._followed(undo.undo(self._context.store, self._author()))

    def redo(self) -> Sequence[Event]:
        """Do again this coder's last undone step; the acts done again. NothingToUndo, UndoConflict."""
        return self._followed(undo.redo(self._context.store, self._author()))

    def _followed(self, acts: Sequence[Event]) -> Sequence[Event]:
        """The acts that were taken back or done again; where they were corrections, suggestions follow the text."""
        if any(act.name in CORRECTIONS for act in acts):
            carry_back(self._context)
        return acts

    def _author(self) -> Coder:
        coder = self._context.known_coder
        if coder is None:
            raise NothingToUndo(
                f'coder "{self._context.coder_name}" has no steps to undo; coders undo their own steps only',
                hint="list who did what: fwa history list",
            )
        return coder

    def verify(self) -> Verification:
        """Walk the whole chain of events."""
        with self._context.store.read() as connection:
            count, head = log.head(connection)
            return Verification(count, head, tuple(log.verify(connection)))
