"""The views of the workbench: a table of them, and what all have in common."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from fwanalysis.tui.screen import WorkbenchScreen
from fwanalysis.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A view: its name, label and purpose, and the place of its class, which is imported when first used."""

    name: str
    label: str
    purpose: str
    home: str

    def screen(self) -> type[MainView]:
        """Import the class of the view."""
        module, _, name = self.home.partition(":")
        return cast("type[MainView]", getattr(import_module(module), name))

    def make(self, project: Project) -> Callable[[], MainView]:
        """Return a function that makes the view when it is first shown."""
        return lambda: self.screen()(project)


VIEWS = (
    ViewEntry(
        "sources", "Sources", "The imported texts and your progress", "fwanalysis.tui.screens.sources:SourcesScreen"
    ),
    ViewEntry("code", "Code", "Read a source and code its passages", "fwanalysis.tui.coding.screen:CodeScreen"),
    ViewEntry(
        "suggestions",
        "Suggestions",
        "Accept or reject suggested codings, as a list",
        "fwanalysis.tui.screens.suggestions:SuggestionsScreen",
    ),
    ViewEntry(
        "codebook", "Codebook", "The tree of codes and what they mean", "fwanalysis.tui.screens.codebook:CodebookScreen"
    ),
    ViewEntry("matrix", "Matrix", "Chart cases by themes", "fwanalysis.tui.charting.screen:MatrixScreen"),
)


class MainView(WorkbenchScreen):
    """A mode of the workbench.

    It draws what the project holds when it is first shown, and again after every change: at once if it is in front,
    else when it comes to the front.
    """

    NAME = ""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._stale = True

    def compose(self) -> ComposeResult:
        """Lay out the bar of views above the view's own content."""
        yield TopBar([(view.name, view.label) for view in VIEWS], self.NAME, self.project.info.title)
        yield from self.compose_view()

    def compose_view(self) -> ComposeResult:
        """Lay out the view's own widgets."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Read the project again and show it."""
        raise NotImplementedError

    def arrive(self) -> None:
        """Do what another view asked for, when this one has come to the front."""

    def on_mount(self) -> None:
        """Listen for changes, and for the progress of a long task."""
        self.workbench.changed.subscribe(self, self._changed)
        self.watch(self.workbench, "progress", self._show_progress)

    def on_screen_resume(self) -> None:
        """Show what changed while another view was in front."""
        if self._stale:
            self._stale = False
            self.redraw()
        self.arrive()

    def _show_progress(self, progress: str) -> None:
        self.query_one(TopBar).progress = progress

    def _changed(self, change: Change) -> None:
        front = self.app.screen
        if front is self or (self.is_current and front.is_modal):  # the view is visible behind a dialog
            self.redraw()
        else:
            self._stale = True
