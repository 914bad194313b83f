"""The line at the top: the views with their keys, and the project's title where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence


class TopBar(Static):
    """The views by number, the present one in reverse; a click goes to a view.

    ``progress`` replaces the title while something runs.
    """

    progress: reactive[str] = reactive("")

    def __init__(self, views: Sequence[tuple[str, str]], present: str, title: str) -> None:
        super().__init__()
        self._views = views
        self._present = present
        self._title = title

    def render(self) -> Content:
        """Return the line at the present width."""
        parts: list[Content] = []
        for number, (name, label) in enumerate(self._views, 1):
            style = "bold reverse" if name == self._present else ""
            action = f"@click=app.view('{name}')"
            parts.append(Content.from_markup(f"[{action}][{style or 'not bold'}] {number} {label} [/][/]"))
        tabs = Content("").join(parts)
        room = self.size.width - tabs.cell_length - 2
        title = self.progress or self._title
        if cell_len(title) > room:
            title = title[: max(0, room - 1)].rstrip() + "…" if room > 12 else ""
        gap = " " * max(1, self.size.width - tabs.cell_length - cell_len(title) - 1)
        return Content.assemble(tabs, gap, (title, "dim"))
