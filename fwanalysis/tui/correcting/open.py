"""The screens in which a source is corrected, by name, each imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from fwanalysis.project import Project


def screen_for(task: str, project: Project, source_id: str, position: int) -> Screen[None]:
    """Return the screen for a task on a source.

    Args:
        task: ``edit`` for the turn at *position*, ``unanchored`` for its unanchored segments, or ``speakers``.
        project: The open project.
        source_id: The source.
        position: Where the coder is in its text, in code points.
    """
    if task == "edit":
        from fwanalysis.tui.correcting.edit import EditScreen

        return EditScreen(project, source_id, position)
    if task == "unanchored":
        from fwanalysis.tui.correcting.unanchored import UnanchoredScreen

        return UnanchoredScreen(project, source_id)
    from fwanalysis.tui.correcting.speakers import SpeakersScreen

    return SpeakersScreen(project, source_id)
