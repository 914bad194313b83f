"""The options of a file of an import: asking for them, and reading the file again with them.

Knows the choices, not the layout.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import ImportStatus
from fwanalysis.errors import InvalidInput
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.importing.batch import Batch, Run, merged, of_speaker, with_excluded
from fwanalysis.tui.importing.label_dialog import LabelsScreen
from fwanalysis.tui.importing.name_dialog import NameScreen
from fwanalysis.tui.importing.questions import Choosing, Naming, Subject, everywhere, question
from fwanalysis.tui.importing.worker import AGAIN, start_reading
from fwanalysis.tui.unsaved_changes import UnsavedScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import FileChoices, LabelMerge
    from fwanalysis.project import Project

_FOR_A_LABEL = frozenset({"role", "person", "exclude"})
"""Options of a label that may apply to every file that has it."""


class FileOptionsScreen(UnsavedScreen):
    """A screen with files to import, one of which is in front."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._batch = Batch()
        self._importing: Run | None = None

    def in_front(self) -> tuple[str, int, str | None] | None:
        """Return the path of the file in front, which of its sources is shown, and the speaker under the cursor."""
        raise NotImplementedError

    def show_changes(self, paths: Sequence[str]) -> None:
        """Show what was chosen for these files."""
        raise NotImplementedError

    # Actions

    def action_choose(self, what: str) -> None:
        """Ask for one option of the file in front, or of the speaker under the cursor."""

        def ask() -> None:
            subject = self._subject()
            self._ask(question(what, subject), what, subject)

        self.workbench.attempt(ask)

    def action_leave_out(self) -> None:
        """Leave the file in front out of the import, or include it again."""

        def change() -> None:
            path = self._subject().report.path
            choices = self._batch.chosen(path)
            if self._batch.reports[path].status is not ImportStatus.READY:
                raise InvalidInput(f"This file is not imported anyway ({self._batch.state(path)}).")
            self._batch.choices[path] = replace(choices, skip=not choices.skip)
            self.show_changes([path])

        self.workbench.attempt(change)

    def action_exclude(self) -> None:
        """Exclude the turns of the label under the cursor, or include them again."""

        def change() -> None:
            subject = self._subject()
            if subject.label is None:
                raise InvalidInput("There is no speaker under the cursor.")
            excluded = not of_speaker(subject.choices, subject.label).excluded
            self._decide(subject, "exclude", with_excluded(subject.choices, subject.label, excluded))

        self.workbench.attempt(change)

    def merge_as_suggested(self, merge: LabelMerge) -> None:
        """Merge two labels that look like two spellings of one speaker."""

        def change() -> None:
            subject = self._subject()
            self.change({subject.report.path: merged(subject.choices, merge.label, merge.into)})

        self.workbench.attempt(change)

    def make_speaker(self, label: str) -> None:
        """Read a label as a speaker that was read as text."""

        def change() -> None:
            subject = self._subject()
            labels = subject.choices.speaker_labels | {label}
            self.change({subject.report.path: replace(subject.choices, speaker_labels=labels)})

        self.workbench.attempt(change)

    def action_labels(self) -> None:
        """Show which labels were recognised as speakers and why; one that was not can be made a speaker."""

        def ask() -> None:
            subject = self._subject()
            if not subject.report.sources:
                raise InvalidInput(f"No text was read from {subject.name}.")
            decisions = subject.shown.label_decisions
            if not decisions:
                raise InvalidInput(f"No reasons for speaker labels are recorded for {subject.name}.")

            def chosen(label: str | None) -> None:
                if label is not None:
                    self.make_speaker(label)

            self.app.push_screen(LabelsScreen(subject.name, decisions), chosen)

        self.workbench.attempt(ask)

    # Questions

    def _subject(self) -> Subject:
        """Return what is in front. InvalidInput if nothing is, or if it is too late to change."""
        front = self.in_front()
        if front is None:
            raise InvalidInput("No file is chosen yet. Press f to choose a folder or a file.")
        path, source, label = front
        report = self._batch.reports[path]
        if self._importing is not None:
            raise InvalidInput("The import is running. esc stops it; imported files are kept.")
        if report.status is ImportStatus.IMPORTED:
            raise InvalidInput("This file is imported already. Change its speakers in the Code view (S).")
        from fwanalysis.project.importing.available import input_formats, speaker_format_descriptions

        return Subject(report, source, self._batch.chosen(path), label, input_formats(), speaker_format_descriptions())

    def _ask(self, asked: Choosing | Naming, what: str, subject: Subject) -> None:
        if isinstance(asked, Naming):
            known = [case.name for case in self.project.cases.list()] if what in ("case", "person") else []
            choices_of = asked.choices_of

            def named(name: str | None) -> None:
                if name is not None:
                    self.workbench.attempt(lambda: self._decide(subject, what, choices_of(name)))

            self.app.push_screen(NameScreen(asked, known), named)
            return
        answers = asked.answers

        def chosen(index: int | None) -> None:
            if index is None:
                return
            answer = answers[index][1]
            if isinstance(answer, Naming):
                self._ask(answer, what, subject)
            else:
                self._decide(subject, what, answer)

        self.app.push_screen(ChooseScreen(asked.question, [text for text, _ in answers], present=asked.present), chosen)

    def _decide(self, subject: Subject, what: str, choices: FileChoices) -> None:
        """Apply the choices; where other files have the same label, ask whether they apply there too."""
        path, label = subject.report.path, subject.label
        others = [other for other in self._batch.labelled(label) if other != path] if label else []
        if label is None or not others or what not in _FOR_A_LABEL:
            self.change({path: choices})
            return

        def answered(index: int | None) -> None:
            if index is not None:
                also_in = others if index == 1 else []
                also = {other: everywhere(label, choices, self._batch.chosen(other)) for other in also_in}
                self.change({path: choices, **also})

        answers = [f"Only in {subject.name}", f"In all {len(others) + 1:,} files with a speaker “{label}”"]
        self.app.push_screen(
            ChooseScreen(f"Other files have a speaker “{label}” too. Where does this apply?", answers), answered
        )

    def change(self, chosen: dict[str, FileChoices]) -> None:
        """Apply the choices for some files, and read again those that they change."""
        changed = [path for path, choices in chosen.items() if choices != self._batch.chosen(path)]
        self._batch.choices |= {path: chosen[path] for path in changed}
        if changed:
            start_reading(self, self.project, changed, self._batch.choices, name=AGAIN)
            self.show_changes(changed)
