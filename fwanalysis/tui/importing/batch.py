"""The files of one import as the screen holds them: what was read of each, and what the user chose instead.

Knows no widget and no project.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from threading import Event
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import NO_CHOICES, FileChoices, ImportReport, ImportStatus, SpeakerChoice
from fwanalysis.tui.importing.notes import notes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import SourceReport


@dataclass(eq=False)
class Run:
    """A task over files in a thread: the first reading, a later one, or the import.

    Attributes:
        name: Which task it is.
        done: Files finished so far; the screen counts them.
        total: Files in all, as far as known; the screen counts them.
        stopping: Set to end the task at the next file; the thread reads nothing else of this.
    """

    name: str
    done: int = 0
    total: int = 0
    stopping: Event = field(default_factory=Event)

    def stop(self) -> None:
        """End the task at the next file."""
        self.stopping.set()


@dataclass
class Batch:
    """Reports and choices by path, in the order in which the files were read."""

    reports: dict[str, ImportReport] = field(default_factory=dict)
    choices: dict[str, FileChoices] = field(default_factory=dict)
    read_with: dict[str, FileChoices] = field(default_factory=dict)

    def chosen(self, path: str) -> FileChoices:
        """Return what the user chose for a file."""
        return self.choices.get(path, NO_CHOICES)

    def add(self, report: ImportReport, choices: FileChoices) -> bool:
        """Add what was read of a file with these choices, and return whether they are still the present ones."""
        if as_read(self.chosen(report.path)) != as_read(choices):
            return False
        self.reports[report.path] = report
        self.read_with[report.path] = choices
        return True

    def restore(self) -> None:
        """Go back to the choices that files were last read with, where they could not be read with later ones."""
        for path, choices in self.choices.items():
            before = self.read_with.get(path, NO_CHOICES)
            if as_read(choices) != as_read(before):
                self.choices[path] = replace(before, skip=choices.skip)

    def state(self, path: str) -> str:
        """Return the state of a file in one or two words, as the table shows it."""
        report = self.reports[path]
        if report.status is ImportStatus.SKIPPED and report.error:
            return "no source"
        if report.status is not ImportStatus.SKIPPED:
            return "left out" if self.chosen(path).skip and report.status is ImportStatus.READY else str(report.status)
        return "existing" if report.source_id or report.sources else "duplicate"

    def importable(self) -> Sequence[str]:
        """Return the files to import: those that are ready, and existing and duplicate ones.

        Whether the latter still are is found out when the import comes to them.
        """
        return [
            path
            for path, report in self.reports.items()
            if report.status in (ImportStatus.READY, ImportStatus.SKIPPED)
            and not report.error
            and not self.chosen(path).skip
        ]

    def count(self, *states: str) -> int:
        """Return how many files are in one of these states."""
        return sum(self.state(path) in states for path in self.reports)

    def labelled(self, label: str) -> Sequence[str]:
        """Return the files that are ready and have a speaker with this label."""
        return [
            path
            for path, report in self.reports.items()
            if report.status is ImportStatus.READY
            and any(speaker.label == label for source in report.sources for speaker in source.speakers)
        ]

    def to_review(self, path: str) -> int:
        """Return how many notes a file has that need review."""
        report = self.reports[path]
        return sum(len(notes_of(source)) for source in report.sources)


def as_read(choices: FileChoices) -> FileChoices:
    """Return the choices without the one to leave the file out, which does not change how it is read."""
    return replace(choices, skip=False)


# Choices for a speaker


def with_speaker(choices: FileChoices, label: str, choice: SpeakerChoice) -> FileChoices:
    """Return the choices with this one for a label."""
    return replace(choices, speakers={**choices.speakers, label: choice})


def of_speaker(choices: FileChoices, label: str) -> SpeakerChoice:
    """Return what was chosen for a label."""
    return choices.speakers.get(label, SpeakerChoice())


def merged(choices: FileChoices, label: str, into: str | None) -> FileChoices:
    """Return the choices with a label merged into another, or (None) into no other.

    What was merged into the label goes along, so that every merge is one step.
    """
    changed = dict(choices.speakers)
    if into is not None:
        for other, choice in choices.speakers.items():
            if choice.into == label:
                changed[other] = replace(choice, into=None if other == into else into)
    changed[label] = replace(of_speaker(choices, label), into=into, excluded=False)
    return replace(choices, speakers=changed)


def with_excluded(choices: FileChoices, label: str, excluded: bool) -> FileChoices:
    """Return the choices with the turns of a label excluded, or included again."""
    return with_speaker(choices, label, replace(of_speaker(choices, label), excluded=excluded, into=None))


def free_labels(source: SourceReport, label: str) -> Sequence[str]:
    """Return the labels of a source that another can be merged into, the suggested ones first."""
    suggested = [
        other
        for merge in source.merges
        if label in (merge.label, merge.into)
        for other in (merge.label, merge.into)
        if other != label
    ]
    return list(dict.fromkeys([*suggested, *(speaker.label for speaker in source.speakers if speaker.label != label)]))


# What a whole import did


def summary(batch: Batch) -> str:
    """Return what an import did, with the reasons for the first files that were refused."""
    counts = (
        (batch.count("existing", "duplicate"), "already imported"),
        (batch.count("left out"), "left out"),
        (batch.count("no source"), "without a source"),
    )
    parts = [f"{batch.count(str(ImportStatus.IMPORTED)):,} imported"]
    parts += [f"{count:,} {what}" for count, what in counts if count]
    refused = [report for report in batch.reports.values() if report.status is ImportStatus.REFUSED]
    if not refused:
        return ", ".join(parts)
    reasons = [report.error or PurePath(report.path).name for report in refused[:_REASONS]]
    more = [f"and {len(refused) - _REASONS:,} more."] if len(refused) > _REASONS else []
    return "\n".join([", ".join([*parts, f"{len(refused):,} refused:"]), *reasons, *more])


_REASONS = 3
