"""The footer with the keys of a screen, which is built again only when it would show something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Footer

if TYPE_CHECKING:
    from textual.screen import Screen

_Shown = tuple[tuple[str, str, str, bool], ...]


class KeyFooter(Footer):
    """A Textual footer without the entry for the command palette.

    Textual publishes that bindings may have changed each time the focus moves or a screen asks for it, and its footer
    then removes and mounts a widget for each key: about 20 ms of work on the UI thread, as a rule for the same keys.
    This footer compares what it would show first.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: _Shown | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Build the footer again if other keys are shown now, or if some can be used now that could not before."""
        shown = tuple(
            (active.binding.key, active.binding.description, active.binding.action, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        )
        if shown != self._shown and screen is self.screen and self.app.app_focus:
            self._shown = shown
            super().bindings_changed(screen)
