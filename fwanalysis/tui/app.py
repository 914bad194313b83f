"""The workbench application: its desks, the keys that hold everywhere, and the one place where changes and errors
arrive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message

from fwanalysis.domain.history import Change
from fwanalysis.settings import load_settings, save_settings, stated_settings
from fwanalysis.startup import collect_again
from fwanalysis.tui.app_base import WorkbenchBase
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.views import VIEWS, MainView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.command import Provider
    from textual.screen import Screen

    from fwanalysis.project import Project


def _places() -> type[Provider]:
    """The palette's sources and codes; what it needs is imported when it is first opened."""
    from fwanalysis.tui.palette import PlacesProvider

    return PlacesProvider


_OF_DESKS = frozenset({"desk", "undo", "redo"})


class Workbench(WorkbenchBase):
    """One project, five desks. ``changed`` tells every desk of each committed change, on the UI thread."""

    TITLE = "fwanalysis"
    COMMANDS = WorkbenchBase.COMMANDS | {_places}
    CSS_PATH = "styles/workbench.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"desk('{desk.name}')", desk.label, show=False, id=f"app.desk-{desk.name}")
            for number, desk in enumerate(VIEWS, 1)
        ),
        Binding("u", "undo", "Undo", show=False, id="app.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="app.redo"),
        Binding("question_mark", "help", "Help", key_display="?", id="app.help"),
        Binding("ctrl+q", "quit", "Quit", show=False, id="app.quit"),
    ]

    @dataclass
    class ProjectChanged(Message):
        """A change was committed, by this program or in any of its threads."""

        change: Change

        def can_replace(self, message: Message) -> bool:
            """Whether a later change covers this one: it wrote the same tables, or may have changed any table."""
            if not isinstance(message, Workbench.ProjectChanged):
                return False
            later = message.change.tables
            return not later or (bool(self.change.tables) and self.change.tables <= later)

    def __init__(self, project: Project, *, source: str | None = None) -> None:
        super().__init__(project, source=source)
        self._stop_listening: Callable[[], None] | None = None

    def on_mount(self) -> None:
        """Lay out the desks and go to the first that makes sense."""
        self._stop_listening = self.project.listen(self._tell)
        for theme in [theme.name for theme in self.available_themes.values() if theme.ansi]:
            self.unregister_theme(theme)  # they draw no shades, so the extent of codings could not be seen
        self._take_settings()
        for desk in VIEWS:
            self.add_mode(desk.name, desk.make(self.project))
        self.switch_mode("code" if self.asked_for else "sources")
        self.call_after_refresh(collect_again)

    def _tell(self, change: Change) -> None:
        self.post_message(self.ProjectChanged(change))

    def _take_settings(self) -> None:
        """Take the user's theme and keys; keep a theme that is chosen later."""

        def take() -> None:
            settings = stated_settings()
            if settings is not None:
                if settings.theme in self.available_themes:
                    self.theme = settings.theme
                self.set_keymap(settings.keymap)

        self.attempt(take)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))

    def _keep_theme(self, name: str) -> None:
        def keep() -> None:
            settings = load_settings()
            if settings.theme != name:
                save_settings(settings.model_copy(update={"theme": name}))

        self.attempt(keep)

    def on_unmount(self) -> None:
        """Stop listening."""
        if self._stop_listening:
            self._stop_listening()

    def on_workbench_project_changed(self, message: ProjectChanged) -> None:
        """Pass a change on to every desk."""
        self.changed.publish(message.change)

    def on_app_focus(self) -> None:
        """See what other programs did meanwhile."""
        self.changed.publish(Change(None, "elsewhere", None, frozenset()))

    def action_desk(self, name: str) -> None:
        """Go to a desk."""
        self.switch_mode(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters and figures belong to what is written on a screen over a desk."""
        return isinstance(self.screen, MainView) if action in _OF_DESKS else True

    async def action_quit(self) -> None:
        """Leave the program, when every screen with work that is not saved has asked what becomes of it."""
        self._leave()

    def _leave(self) -> None:
        front = self.screen
        if isinstance(front, UnsavedScreen):
            front.once_typed(self._leave_once_typed)
        else:
            self._leave_once_typed()

    def _leave_once_typed(self) -> None:
        for mode, stack in sorted(self._screen_stacks.items(), key=lambda item: item[0] != self.current_mode):
            for screen in stack:
                if isinstance(screen, UnsavedScreen) and screen.is_mounted and screen.unsaved:
                    self.switch_mode(mode)
                    for _ in stack[stack.index(screen) + 1 :]:
                        self.pop_screen()
                    screen.ask_unless_saved(self._leave)
                    return
        self.exit()

    def action_help(self) -> None:
        """Show every key."""
        from fwanalysis.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the desks, undo and redo, and what Textual has (theme, quit, ...)."""
        for desk in VIEWS:
            yield SystemCommand(desk.label, desk.purpose, partial(self.action_desk, desk.name))
        yield SystemCommand("Undo", "Take back your newest step", self.action_undo)
        yield SystemCommand("Redo", "Do again what you undid last", self.action_redo)
        yield SystemCommand("Keys and help", "Every key of this desk", self.action_help)
        acts = {binding.action: binding for binding in Binding.make_bindings(screen.BINDINGS)}
        for binding in acts.values():
            if binding.description and not binding.action.startswith("app."):
                yield SystemCommand(binding.description, "At this desk", partial(screen.run_action, binding.action))
        for command in super().get_system_commands(screen):
            if command.title != "Keys":
                yield command


def open_workbench(target: str | None, *, coder: str, source: str | None = None) -> None:
    """Run the workbench on a project, or its start screen if *target* is None, until the person leaves."""
    from fwanalysis.project import open_project

    if target is None:
        from fwanalysis.tui.screens.start import choose_project

        target = choose_project()
        if target is None:
            return
    with open_project(target, coder=coder) as project:
        if source is not None:
            source = project.sources.get(source).id
        Workbench(project, source=source).run()
