"""What tasks on one source have in common: they follow changes, close when the source is removed, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import NotFound
from fwanalysis.tui.screen import WorkbenchScreen

if TYPE_CHECKING:
    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project


class SourceTask(WorkbenchScreen):
    """A screen on a source: ``_load`` reads it and may raise NotFound, ``_draw`` shows what was read."""

    def __init__(self, project: Project, source_id: str) -> None:
        super().__init__()
        self.project = project
        self._source_id = source_id

    def on_mount(self) -> None:
        """Listen for changes."""
        self.workbench.changed.subscribe(self, self._changed)

    def on_screen_resume(self) -> None:
        """Show the source and what changed while another screen was in front."""
        self._read()

    def _changed(self, change: Change) -> None:
        if self.app.screen is self:
            self._read()

    def _read(self) -> None:
        """Read and show the source again; close if it no longer exists."""
        try:
            self._load()
        except NotFound:
            if self.is_current:
                self.notify("This source no longer exists.", severity="warning")
                self.dismiss()
            return
        self._draw()

    def _load(self) -> None:
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def action_undo(self) -> None:
        """Undo the coder's last step."""
        self.workbench.action_undo()

    def action_redo(self) -> None:
        """Redo the last undone step."""
        self.workbench.action_redo()
