"""Screens on which there may be work that is not saved, and the one way out of the program, past all of them. Knows
nothing of what the work is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.tui.screen import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import Callable


class UnsavedScreen(WorkbenchScreen):
    """A screen that may hold work which is lost with it."""

    @property
    def unsaved(self) -> bool:
        """Whether something on this screen would be lost."""
        raise NotImplementedError

    def once_typed(self, act: Callable[[], object]) -> None:
        """Do something once all that was typed has arrived."""
        act()

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Go on; if something would be lost, only when the person says what becomes of it."""
        raise NotImplementedError
