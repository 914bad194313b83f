"""What the import screen does in threads: reading files, importing them, fetching the text of one.

Immutable values cross to the screen in messages. A thread stops at the next file when the screen asks or closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from fwanalysis.domain.importing import NO_CHOICES, FileChoices, ImportReport
from fwanalysis.errors import FrameworkError
from fwanalysis.project.importing.source_building import warning_text
from fwanalysis.tui.importing.batch import Run
from fwanalysis.tui.importing.report import transcript_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from textual.screen import Screen
    from textual.worker import Worker

    from fwanalysis.domain.sources import Transcript
    from fwanalysis.project import Project

READ, AGAIN, IMPORT = "read", "again", "import"
"""The runs over files: the first reading, reading again what was changed, and the import itself."""
_PATIENCE = 0.5
"""Seconds within which reports are gathered into one message: drawing them takes the time of a few files."""
_MOST = 200
"""Reports in one message."""


@dataclass
class FilesReported(Message):
    """Some files of a run were read or imported, with the choices that were made for each."""

    run: Run
    reports: tuple[tuple[ImportReport, FileChoices], ...]


@dataclass
class RunEnded(Message):
    """A run has ended, was stopped, or met an error."""

    run: Run
    error: FrameworkError | None = None


@dataclass
class TextFetched(Message):
    """The text of a file was fetched.

    Attributes:
        path: The file.
        choices: What it was read with.
        transcripts: One for each of its sources; none if they cannot be read.
        places: For each of them, the position (code points) of each warning that has one.
    """

    path: str
    choices: FileChoices
    transcripts: tuple[Transcript, ...]
    places: tuple[Mapping[str, int], ...]


def start_reading(
    screen: Screen[None], project: Project, paths: Sequence[Path | str], chosen: Mapping[str, FileChoices], *, name: str
) -> Run:
    """Read files, writing nothing; the screen gets FilesReported and RunEnded."""
    snapshot = dict(chosen)
    return _start(screen, name, snapshot, lambda: project.sources.preview_files(paths, chosen=snapshot))


def start_importing(
    screen: Screen[None], project: Project, paths: Sequence[Path | str], chosen: Mapping[str, FileChoices]
) -> Run:
    """Import files one by one; what is finished is kept when the run is stopped."""
    snapshot = dict(chosen)
    return _start(screen, IMPORT, snapshot, lambda: project.sources.import_files(paths, chosen=snapshot))


def _start(
    screen: Screen[None], name: str, chosen: Mapping[str, FileChoices], begin: Callable[[], Iterator[ImportReport]]
) -> Run:
    run = Run(name)

    def work() -> None:
        worker = get_current_worker()
        error = None
        try:
            for reports in _gathered(begin(), lambda: worker.is_cancelled or run.stopping.is_set()):
                read = tuple((report, chosen.get(report.path, NO_CHOICES)) for report in reports)
                screen.post_message(FilesReported(run, read))
        except FrameworkError as met:
            error = met
        screen.post_message(RunEnded(run, error))

    screen.run_worker(work, name=name, group="files", thread=True)
    return run


def _gathered(reports: Iterator[ImportReport], stopped: Callable[[], bool]) -> Iterator[list[ImportReport]]:
    """Yield reports in batches: the first at once, then those of half a second; also those before an error."""
    waiting: list[ImportReport] = []
    since = 0.0
    try:
        for report in reports:
            waiting.append(report)
            if monotonic() - since > _PATIENCE or len(waiting) >= _MOST:
                yield waiting
                waiting, since = [], monotonic()
            if stopped():
                break
    except FrameworkError:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting


def start_fetching(screen: Screen[None], project: Project, path: str, choices: FileChoices) -> Worker[None]:
    """Fetch the text of a file; the screen gets TextFetched."""

    def work() -> None:
        try:
            parsed = project.sources.parse(path, choices)
        except FrameworkError:  # the table shows why
            parsed = ()
        places = tuple(
            {warning_text(notice, source): notice.start for notice in source.warnings if notice.start is not None}
            for source in parsed
        )
        screen.post_message(TextFetched(path, choices, tuple(map(transcript_of, parsed)), places))

    return screen.run_worker(work, name="text", group="text", thread=True)
