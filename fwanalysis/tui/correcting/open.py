"""The screens in which a source is corrected, by name, each imported when it is first gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from fwanalysis.project import Project


def screen_for(task: str, project: Project, source_id: str, position: int) -> Screen[None]:
    """The screen for a task on a source: ``edit`` its turn at a position, decide on what is ``unplaced``, or see its
    ``speakers``."""
    if task == "edit":
        from fwanalysis.tui.correcting.edit import EditScreen

        return EditScreen(project, source_id, position)
    if task == "unplaced":
        from fwanalysis.tui.correcting.unanchored import UnanchoredScreen

        return UnanchoredScreen(project, source_id)
    from fwanalysis.tui.correcting.speakers import SpeakersScreen

    return SpeakersScreen(project, source_id)
