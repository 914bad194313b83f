"""What all screens of the workbench have in common: the application that they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from fwanalysis.tui.app_base import WorkbenchBase


class WorkbenchScreen(Screen[None]):
    """A screen that needs no answer and is in the workbench only."""

    @property
    def workbench(self) -> WorkbenchBase:
        """The application."""
        return cast("WorkbenchBase", self.app)
