"""The service API: one small object with an area for each concept.

    with create_project("study.fwa", title="Falls") as project:
        for report in project.sources.import_files(["interviews/"]):
            print(report.path, report.status)

Every command and every screen is a call on it.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from fwanalysis.project.context import Context
from fwanalysis.store.store import create_store, open_store, project_info

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from fwanalysis.domain.codings import Coder
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.project import ProjectInfo
    from fwanalysis.project.abstraction.area import AbstractionArea
    from fwanalysis.project.cases.area import Cases
    from fwanalysis.project.codebook import CodebookArea
    from fwanalysis.project.codings import Codings
    from fwanalysis.project.doctor import Finding
    from fwanalysis.project.figures import Figures
    from fwanalysis.project.history import History
    from fwanalysis.project.matrix.area import MatrixArea
    from fwanalysis.project.sources import Sources
    from fwanalysis.project.speakers import Speakers
    from fwanalysis.project.suggestions import Suggestions
    from fwanalysis.store.store import Store

__all__ = ["Project", "create_project", "open_project"]


class Project:
    """An open project, worked on by one coder. Close it, or use it in a ``with`` statement. Each area is imported
    when it is first used."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._context = Context(store, coder)

    @cached_property
    def sources(self) -> Sources:
        """The imported interviews, focus groups and documents."""
        from fwanalysis.project.sources import Sources

        return Sources(self._context)

    @cached_property
    def speakers(self) -> Speakers:
        """The voices in the sources."""
        from fwanalysis.project.speakers import Speakers

        return Speakers(self._context)

    @cached_property
    def cases(self) -> Cases:
        """The units of comparison, with attributes and members."""
        from fwanalysis.project.cases.area import Cases

        return Cases(self._context)

    @cached_property
    def codebook(self) -> CodebookArea:
        """The tree of codes."""
        from fwanalysis.project.codebook import CodebookArea

        return CodebookArea(self._context)

    @cached_property
    def codings(self) -> Codings:
        """The codes put on passages."""
        from fwanalysis.project.codings import Codings

        return Codings(self._context)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What the rules propose, and the decisions on it."""
        from fwanalysis.project.suggestions import Suggestions

        return Suggestions(self._context)

    @cached_property
    def matrix(self) -> MatrixArea:
        """The framework matrix and its cells."""
        from fwanalysis.project.matrix.area import MatrixArea

        return MatrixArea(self._context)

    @cached_property
    def figures(self) -> Figures:
        """Counts of codes and cases."""
        from fwanalysis.project.figures import Figures

        return Figures(self._context)

    @cached_property
    def abstraction(self) -> AbstractionArea:
        """The elements, dimensions and categories that written cells are sorted into."""
        from fwanalysis.project.abstraction.area import AbstractionArea

        return AbstractionArea(self._context)

    @cached_property
    def history(self) -> History:
        """The events; undo and redo."""
        from fwanalysis.project.history import History

        return History(self._context)

    @property
    def info(self) -> ProjectInfo:
        """Title and research question."""
        with self._store.read() as connection:
            return project_info(connection)

    @property
    def path(self) -> str:
        """The file (or the database URL) of the project."""
        return self._store.target

    @property
    def coder(self) -> Coder:
        """Who is at work; a new coder joins the project with the first change."""
        return self._context.coder

    def when_coder_is_new(self, ask: Callable[[str, Sequence[str]], None]) -> None:
        """Have *ask* called before a coder who is new to the project changes something.

        Args:
            ask: Gets the name of the coder and the names of the project's coders. What it raises keeps the coder from
                joining, and nothing is changed.
        """
        self._context.on_new_coder = ask

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Have *listener* called after every change, in the thread that made it; returns what stops that."""
        return self._store.listen(listener)

    def examine(self) -> list[Finding]:
        """Run all checks of ``fwa doctor``."""
        from fwanalysis.project.doctor import examine

        return examine(self._context)

    def close(self) -> None:
        """Close the project's database."""
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_project(
    target: str | os.PathLike[str], *, title: str = "", question: str = "", coder: str = "me"
) -> Project:
    """Make a new project file (readable by its owner only) or fill an empty database. ProjectError if it exists."""
    named = title or os.path.splitext(os.path.basename(os.fspath(target)))[0]
    return Project(create_store(target, title=named, question=question, coder=coder), coder)


def open_project(target: str | os.PathLike[str], *, coder: str = "me") -> Project:
    """Open an existing project. ProjectError, NotAProject or TooNew if that cannot be."""
    return Project(open_store(target), coder)
