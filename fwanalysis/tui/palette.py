"""What the command palette finds besides commands: sources to open and codes to show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from fwanalysis.tui.app_base import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits

    from fwanalysis.tui.app_base import WorkbenchBase


class PlacesProvider(Provider):
    """Every source and every code of the project."""

    @property
    def _workbench(self) -> WorkbenchBase:
        return self.app  # type: ignore[return-value]  # the only application these commands are in

    def _places(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app = self._workbench
        for source in app.project.sources.list():
            yield f"Open {source.name}", f"{source.kind}, {source.words} words", partial(app.go_to, Place(source.id))
        for entry in app.project.codebook.tree().entries:
            yield f"Code: {entry.name}", entry.path, partial(app.look_up, entry.id)

    async def discover(self) -> Hits:
        """Yield the sources, before anything is typed."""
        for title, purpose, go in self._places():
            if title.startswith("Open "):
                yield DiscoveryHit(title, go, help=purpose)

    async def search(self, query: str) -> Hits:
        """Yield the sources and codes that match what was typed."""
        matcher = self.matcher(query)
        for title, purpose, go in self._places():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), go, help=purpose)
