"""The desks of the workbench: a table of them, and what all have in common."""

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
    """A desk by name: what it is called, what one does there, and where its class is (imported when first used)."""

    name: str
    label: str
    purpose: str
    home: str

    def screen(self) -> type[MainView]:
        """The class of the desk."""
        module, _, name = self.home.partition(":")
        return cast("type[MainView]", getattr(import_module(module), name))

    def make(self, project: Project) -> Callable[[], MainView]:
        """What makes the desk when it is first gone to."""
        return lambda: self.screen()(project)


VIEWS = (
    ViewEntry(
        "sources", "Sources", "The imported texts and how far you are", "fwanalysis.tui.screens.sources:SourcesScreen"
    ),
    ViewEntry("code", "Code", "Read a source and code its passages", "fwanalysis.tui.coding.screen:CodeScreen"),
    ViewEntry(
        "suggestions",
        "Suggestions",
        "Decide on what the rules propose, as a list",
        "fwanalysis.tui.screens.suggestions:SuggestionsScreen",
    ),
    ViewEntry(
        "codebook", "Codebook", "The tree of codes and what they mean", "fwanalysis.tui.screens.codebook:CodebookScreen"
    ),
    ViewEntry("matrix", "Matrix", "Chart cases by themes", "fwanalysis.tui.screens.matrix:MatrixScreen"),
)


class MainView(WorkbenchScreen):
    """A mode of the workbench. It draws what the project holds when it is first shown, and again after every
    change: at once if it is in front, else when it next is."""

    NAME = ""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._stale = True

    def compose(self) -> ComposeResult:
        """The bar of desks above the desk's own content."""
        yield TopBar([(desk.name, desk.label) for desk in VIEWS], self.NAME, self.project.info.title)
        yield from self.compose_desk()

    def compose_desk(self) -> ComposeResult:
        """The desk's own widgets."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Read the project anew and show it."""
        raise NotImplementedError

    def arrive(self) -> None:
        """The desk has come to the front, and shows what the project holds."""

    def on_mount(self) -> None:
        """Listen for changes, and for how far a long work has come."""
        self.workbench.changed.subscribe(self, self._changed)
        self.watch(self.workbench, "progress", self._show_progress)

    def on_screen_resume(self) -> None:
        """Catch up with what changed while the desk was behind another."""
        if self._stale:
            self._stale = False
            self.redraw()
        self.arrive()

    def _show_progress(self, told: str) -> None:
        self.query_one(TopBar).progress = told

    def _changed(self, change: Change) -> None:
        front = self.app.screen
        if front is self or (self.is_current and front.is_modal):  # a question lets the desk below be seen
            self.redraw()
        else:
            self._stale = True
