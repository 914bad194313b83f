"""The start screen, for when there is no project yet: what to do first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from textual.app import ComposeResult

_DEMO = "demo"


class StartApp(App["str | None"]):
    """Shows how to create a project and can build the sample study; returns the path of the project to open."""

    CSS_PATH = "../styles/workbench.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Lay out what to do first."""
        with Vertical(id="start", classes="dialog"):
            yield Static("fwanalysis\n", classes="question", markup=False)
            yield Static(
                "There is no project in this folder. To create one for your own study, quit with q and run\n\n"
                "    fwa new study.fwa --codebook FILE.yaml\n"
                "    fwa open\n\n"
                "Then press i to import a folder of transcripts.\n",
                markup=False,
            )
            yield OptionList(Option("Build the fictional sample study in the folder “demo” and open it", id=_DEMO))
        yield Footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Build the sample study in a thread, then open it."""
        self.query_one(OptionList).disabled = True
        self.notify("Building the sample study ...", timeout=30)
        self.run_worker(self._build, thread=True)

    def _build(self) -> None:
        from fwanalysis.project.demo import build_demo

        try:
            report = build_demo(Path(_DEMO), say=lambda _: None)
        except FrameworkError as error:
            self.call_from_thread(self._show_error, error.explained)
            return
        self.call_from_thread(self.exit, report.project)

    def _show_error(self, reason: str) -> None:
        self.notify(reason, severity="error", markup=False)
        self.query_one(OptionList).disabled = False
        self.query_one(OptionList).focus()


def choose_project() -> str | None:
    """Return the project that the user chose to open, or None."""
    return StartApp().run()
