"""Screens that may hold unsaved work, which ask before it is lost. Knows nothing of what the work is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.tui.screen import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import Callable


class UnsavedScreen(WorkbenchScreen):
    """A screen that may hold work that is lost when it closes."""

    @property
    def unsaved(self) -> bool:
        """Whether something on this screen would be lost."""
        raise NotImplementedError

    def once_typed(self, act: Callable[[], object]) -> None:
        """Call *act* once all typed keys have been handled."""
        act()

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Call *go*; if something would be lost, ask first whether to keep editing, save or discard."""
        raise NotImplementedError
