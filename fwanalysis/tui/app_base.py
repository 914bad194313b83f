"""What every screen may ask of the application: the open project, its changes, errors, and ways to other views.

Knows no screen, so that screens can import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import var
from textual.signal import Signal

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fwanalysis.domain.history import Change, Event
    from fwanalysis.project import Project

_NAMED = 3
"""How many changes of one step a notification names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source that a view asks the Code view to show."""

    source_id: str
    position: int | None = None
    suggestion_id: str | None = None


class WorkbenchBase(App[None]):
    """The application as screens know it.

    Attributes:
        project: The open project.
        changed: Published on the UI thread after every committed change.
        progress: The progress of a long task, shown in the top line of every view; empty if there is none.
        asked_for: The place that the Code view shows when it next comes to the front.
        asked_code: The id of the code that the Codebook view shows when it next comes to the front.
        asked_cell: Row key and column key of the cell that the Matrix view goes to when it next comes to the front.
    """

    progress: var[str] = var("")

    def __init__(self, project: Project, *, source: str | None = None) -> None:
        super().__init__()
        self.project = project
        self.changed: Signal[Change] = Signal(self, "changed")
        self.asked_for: Place | None = Place(source) if source else None
        self.asked_code: str | None = None
        self.asked_cell: tuple[str, str] | None = None

    def attempt(self, change: Callable[[], object], *, done: str = "") -> bool:
        """Change the project, show *done* or the error, and return whether it succeeded."""
        self.clear_notifications()
        try:
            change()
        except FrameworkError as error:
            self.show_error(error)
            return False
        if done:
            self.notify(done, timeout=3, markup=False)
        return True

    def show_error(self, error: FrameworkError) -> None:
        """Show an error. All screens show errors through this."""
        self.notify(error.explained, severity="error", timeout=8, markup=False)

    def show_progress(self, message: str) -> None:
        """Show the progress of a long task; an empty message clears it."""
        self.progress = message

    def go_to(self, place: Place) -> None:
        """Show a place in the Code view."""
        self.asked_for = place
        self.switch_mode("code")

    def look_up(self, code_id: str) -> None:
        """Show a code in the Codebook view."""
        self.asked_code = code_id
        self.switch_mode("codebook")

    def action_undo(self) -> None:
        """Undo the coder's last step."""
        self._step(self.project.history.undo, "Undone")

    def action_redo(self) -> None:
        """Redo the last undone step."""
        self._step(self.project.history.redo, "Redone")

    def _step(self, step: Callable[[], Iterable[Event]], verb: str) -> None:
        def change() -> None:
            labels = [event.label for event in step()]
            more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
            self.notify(f"{verb}: {'; '.join(labels[:_NAMED])}{more}", timeout=3, markup=False)

        self.attempt(change)
