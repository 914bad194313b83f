"""The workbench application: its views, the keys that work everywhere, and the one place where changes and errors
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
from fwanalysis.tui.keymap import RENAMED, present_names
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.views import VIEWS, MainView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.command import Provider
    from textual.screen import Screen

    from fwanalysis.project import Project


def _places() -> type[Provider]:
    """Return the palette's provider of sources and codes; its module is imported when the palette is first opened."""
    from fwanalysis.tui.palette import PlacesProvider

    return PlacesProvider


_OF_VIEWS = frozenset({"view", "undo", "redo"})
"""Actions of the application that its views have, and the screens over them have not."""


class Workbench(WorkbenchBase):
    """One project, five views. ``changed`` is published for each committed change, on the UI thread."""

    TITLE = "fwanalysis"
    COMMANDS = WorkbenchBase.COMMANDS | {_places}
    CSS_PATH = "styles/workbench.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"view('{view.name}')", view.label, show=False, id=f"app.view-{view.name}")
            for number, view in enumerate(VIEWS, 1)
        ),
        Binding("u", "undo", "Undo", show=False, id="app.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="app.redo"),
        Binding("question_mark", "help", "Help", key_display="?", id="app.help"),
        Binding("f1", "help", "Help", show=False, id="app.help-f1"),
        Binding("ctrl+q", "quit", "Quit", show=False, id="app.quit"),
    ]

    @dataclass
    class ProjectChanged(Message):
        """A change was committed, in any thread of this program."""

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
        """Add the views and go to the first that makes sense."""
        self._stop_listening = self.project.listen(self._post_change)
        for theme in [theme.name for theme in self.available_themes.values() if theme.ansi]:
            self.unregister_theme(theme)  # they draw no shades, so the extent of codings could not be seen
        self._apply_settings()
        for view in VIEWS:
            self.add_mode(view.name, view.make(self.project))
        self.switch_mode("code" if self.asked_for else "sources")
        self.call_after_refresh(collect_again)

    def _post_change(self, change: Change) -> None:
        self.post_message(self.ProjectChanged(change))

    def _apply_settings(self) -> None:
        """Apply the user's theme and keys; keep a theme that is chosen later."""

        def apply() -> None:
            settings = stated_settings()
            if settings is not None:
                if settings.theme in self.available_themes:
                    self.theme = settings.theme
                self._apply_keys(settings.keymap)

        self.attempt(apply)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))

    def _apply_keys(self, keymap: Mapping[str, str]) -> None:
        present, old = present_names(keymap)
        self.set_keymap(present)
        if old:
            renamed = ", ".join(f"“{name}” is now “{RENAMED[name]}”" for name in old)
            self.notify(
                f"Some keys in your settings have new names; the old ones stop working in the next version: {renamed}.",
                severity="warning",
                timeout=12,
                markup=False,
            )

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
        """Publish a change to every view."""
        self.changed.publish(message.change)

    def on_app_focus(self) -> None:
        """Read again what other programs may have changed."""
        self.changed.publish(Change(None, "elsewhere", None, frozenset()))

    def action_view(self, name: str) -> None:
        """Go to a view."""
        self.switch_mode(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a screen over a view, letters and digits may be text to type."""
        return isinstance(self.screen, MainView) if action in _OF_VIEWS else True

    async def action_quit(self) -> None:
        """Quit, once every screen with unsaved work has asked what to do with it."""
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
        """Show all keys."""
        from fwanalysis.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands of the palette: the views, undo and redo, what the screen can do, and Textual's own."""
        for view in VIEWS:
            yield SystemCommand(view.label, view.purpose, partial(self.action_view, view.name))
        yield SystemCommand("Undo", "Undo your last step", self.action_undo)
        yield SystemCommand("Redo", "Redo the last undone step", self.action_redo)
        yield SystemCommand("Keys and help", "All keys of this view", self.action_help)
        actions = {binding.action: binding for binding in Binding.make_bindings(screen.BINDINGS)}
        for binding in actions.values():
            if binding.description and not binding.action.startswith("app."):
                yield SystemCommand(binding.description, "In this view", partial(screen.run_action, binding.action))
        for command in super().get_system_commands(screen):
            if command.title != "Keys":
                yield command


def open_workbench(target: str | None, *, coder: str, source: str | None = None) -> None:
    """Run the workbench on a project, or its start screen if *target* is None, until the user quits."""
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
