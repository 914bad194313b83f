"""What tasks on one source have in common: they follow changes, leave when the source is removed, and take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import NotFound
from fwanalysis.tui.screen import WorkbenchScreen

if TYPE_CHECKING:
    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project


class SourceTask(WorkbenchScreen):
    """A screen on a source: ``_look`` reads it and may raise NotFound, ``_draw`` shows what was read."""

    def __init__(self, project: Project, source_id: str) -> None:
        super().__init__()
        self.project = project
        self._source_id = source_id

    def on_mount(self) -> None:
        """Listen for changes."""
        self.workbench.changed.subscribe(self, self._changed)

    def on_screen_resume(self) -> None:
        """Show the source; catch up with what changed while another screen was in front."""
        self._read()

    def _changed(self, change: Change) -> None:
        if self.app.screen is self:
            self._read()

    def _read(self) -> None:
        """Read and show the source anew; go if it is there no more."""
        try:
            self._look()
        except NotFound:
            if self.is_current:
                self.notify("This source is there no more.", severity="warning")
                self.dismiss()
            return
        self._draw()

    def _look(self) -> None:
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take back the newest step."""
        self.workbench.action_undo()

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.workbench.action_redo()
