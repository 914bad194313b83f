"""The files of one import as the screen holds them: what was read of each, and what a person chose instead. Knows no
widget and no project."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from threading import Event
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import NO_CHOICES, FileChoices, ImportReport, ImportStatus, SpeakerChoice
from fwanalysis.domain.sources import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import SourceReport


@dataclass(eq=False)
class Run:
    """A task over files that a thread works on: the first reading, a later one, or the import.

    Attributes:
        name: Which task it is.
        done: Files finished so far; the screen counts them.
        total: Files in all, as far as known; the screen counts them.
        stopping: Set to end the task at the next file. All that the thread looks at.
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
        """What a person chose for a file."""
        return self.choices.get(path, NO_CHOICES)

    def take(self, report: ImportReport, choices: FileChoices) -> bool:
        """Take what was read of a file with these choices; False if others were made meanwhile."""
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
        """In two words what becomes, or became, of a file."""
        report = self.reports[path]
        if report.status is ImportStatus.SKIPPED and report.error:
            return "passed"
        if report.status is not ImportStatus.SKIPPED:
            return "left out" if self.chosen(path).skip and report.status is ImportStatus.READY else str(report.status)
        return "is there" if report.source_id or report.sources else "twin"

    def awaited(self) -> Sequence[str]:
        """The files that an import would write, and those that are there already or are like another here: whether
        they still are is seen when it comes to them."""
        return [
            path
            for path, report in self.reports.items()
            if report.status in (ImportStatus.READY, ImportStatus.SKIPPED)
            and not report.error
            and not self.chosen(path).skip
        ]

    def count(self, *states: str) -> int:
        """How many files are in one of these states."""
        return sum(self.state(path) in states for path in self.reports)

    def labelled(self, label: str) -> Sequence[str]:
        """The files that could be imported in which somebody has this label."""
        return [
            path
            for path, report in self.reports.items()
            if report.status is ImportStatus.READY
            and any(voice.label == label for source in report.sources for voice in source.speakers)
        ]

    def look_at(self, path: str) -> int:
        """How much there is to look at in a file."""
        report = self.reports[path]
        return len(report.warnings) + sum(len(item.merges) + bool(roleless(item)) for item in report.sources)


def as_read(choices: FileChoices) -> FileChoices:
    """Choices but for whether the file is left out, which does not change how it is read."""
    return replace(choices, skip=False)


# Choices for a speaker


def with_speaker(choices: FileChoices, label: str, choice: SpeakerChoice) -> FileChoices:
    """The choices with this one for a label."""
    return replace(choices, speakers={**choices.speakers, label: choice})


def of_speaker(choices: FileChoices, label: str) -> SpeakerChoice:
    """What was chosen for a label."""
    return choices.speakers.get(label, SpeakerChoice())


def merged(choices: FileChoices, label: str, into: str | None) -> FileChoices:
    """The choices with a label taken for a spelling of another, or (None) for one of its own. What was merged into the
    label goes along, so that every merge is one step."""
    changed = dict(choices.speakers)
    if into is not None:
        for other, choice in choices.speakers.items():
            if choice.into == label:
                changed[other] = replace(choice, into=None if other == into else into)
    changed[label] = replace(of_speaker(choices, label), into=into, excluded=False)
    return replace(choices, speakers=changed)


def set_aside(choices: FileChoices, label: str, excluded: bool) -> FileChoices:
    """The choices with a label, and what was merged into it, taken for no speaker's, or for a speaker's again."""
    return with_speaker(choices, label, replace(of_speaker(choices, label), excluded=excluded, into=None))


def roleless(source: SourceReport) -> Sequence[str]:
    """The labels of a source whose role is not known."""
    return [voice.label for voice in source.speakers if voice.role is Role.UNKNOWN]


def free_labels(source: SourceReport, label: str) -> Sequence[str]:
    """The labels of a source that another can be merged into, those proposed for it first."""
    proposed = [
        other
        for merge in source.merges
        if label in (merge.label, merge.into)
        for other in (merge.label, merge.into)
        if other != label
    ]
    return list(dict.fromkeys([*proposed, *(voice.label for voice in source.speakers if voice.label != label)]))


# What came of a whole import


def summary(batch: Batch) -> str:
    """What came of an import, with the reasons of the first files that were refused."""
    counts = (
        (batch.count("is there", "twin"), "there already"),
        (batch.count("left out"), "left out"),
        (batch.count("passed"), "no source"),
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
