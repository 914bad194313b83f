"""Asking a person about a file of an import, and reading anew what was changed. Knows the choices, not the layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import ImportStatus
from fwanalysis.errors import InvalidInput
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.importing.batch import Batch, Run, merged, of_speaker, set_aside
from fwanalysis.tui.importing.questions import Matter, NameScreen, Naming, Picking, everywhere, question
from fwanalysis.tui.importing.worker import AGAIN, start_reading
from fwanalysis.tui.unsaved_changes import UnsavedScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import FileChoices, LabelMerge
    from fwanalysis.project import Project

_FOR_A_LABEL = frozenset({"role", "person"})
"""What may be meant for a label wherever it is."""


class ChoosingScreen(UnsavedScreen):
    """A screen with files to import, one of them in front of the person."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._batch = Batch()
        self._importing: Run | None = None

    def in_front(self) -> tuple[str, int, str | None] | None:
        """The file in front by its path, which of its sources is shown, and the speaker under the cursor."""
        raise NotImplementedError

    def show_changes(self, paths: Sequence[str]) -> None:
        """Show what was chosen for these files."""
        raise NotImplementedError

    # Acts

    def action_choose(self, what: str) -> None:
        """Ask about one thing of the file in front, or of the speaker under the cursor."""

        def ask() -> None:
            matter = self._matter()
            self._ask(question(what, matter), what, matter)

        self.workbench.attempt(ask)

    def action_leave_out(self) -> None:
        """Leave the file in front out of the import, or take it in again."""

        def turn() -> None:
            path = self._matter().report.path
            choices = self._batch.chosen(path)
            if self._batch.reports[path].status is not ImportStatus.READY:
                raise InvalidInput(f"This file would not be imported anyway: {self._batch.state(path)}.")
            self._batch.choices[path] = replace(choices, skip=not choices.skip)
            self.show_changes([path])

        self.workbench.attempt(turn)

    def action_aside(self) -> None:
        """Take the label under the cursor for no speaker's, or for a speaker's again."""

        def turn() -> None:
            matter = self._matter()
            if matter.label is None:
                raise InvalidInput("There is no speaker under the cursor.")
            excluded = not of_speaker(matter.choices, matter.label).excluded
            self._decide(matter, "aside", set_aside(matter.choices, matter.label, excluded))

        self.workbench.attempt(turn)

    def merge_as_proposed(self, proposal: LabelMerge) -> None:
        """Merge two labels that look like one voice spelled in two ways."""

        def merge() -> None:
            matter = self._matter()
            self.change({matter.report.path: merged(matter.choices, proposal.label, proposal.into)})

        self.workbench.attempt(merge)

    def take_as_speaker(self, label: str) -> None:
        """Read a label as a speaker that was read as text."""

        def take() -> None:
            matter = self._matter()
            labels = matter.choices.speaker_labels | {label}
            self.change({matter.report.path: replace(matter.choices, speaker_labels=labels)})

        self.workbench.attempt(take)

    # Questions

    def _matter(self) -> Matter:
        """What is in front. InvalidInput if nothing is, or if it is too late."""
        here = self.in_front()
        if here is None:
            raise InvalidInput("There is no file yet; choose a folder or a file first (f).")
        path, source, label = here
        report = self._batch.reports[path]
        if self._importing is not None:
            raise InvalidInput("The import is running; esc stops it, what is finished stays.")
        if report.status is ImportStatus.IMPORTED:
            raise InvalidInput("This file is imported already; change it at the desks.")
        from fwanalysis.project.importing.available import input_formats, speaker_format_descriptions

        return Matter(report, source, self._batch.chosen(path), label, input_formats(), speaker_format_descriptions())

    def _ask(self, asked: Picking | Naming, what: str, matter: Matter) -> None:
        if isinstance(asked, Naming):
            known = [case.name for case in self.project.cases.list()] if what in ("case", "person") else []
            settle = asked.settle

            def named(name: str | None) -> None:
                if name is not None:
                    self.workbench.attempt(lambda: self._decide(matter, what, settle(name)))

            self.app.push_screen(NameScreen(asked, known), named)
            return
        answers = asked.answers

        def picked(index: int | None) -> None:
            if index is None:
                return
            answer = answers[index][1]
            if isinstance(answer, Naming):
                self._ask(answer, what, matter)
            else:
                self._decide(matter, what, answer)

        self.app.push_screen(ChooseScreen(asked.question, [told for told, _ in answers], present=asked.present), picked)

    def _decide(self, matter: Matter, what: str, choices: FileChoices) -> None:
        """Take the choices; where others have the same label, ask whether they are meant too."""
        path, label = matter.report.path, matter.label
        others = [other for other in self._batch.labelled(label) if other != path] if label else []
        if label is None or not others or what not in _FOR_A_LABEL | {"aside"}:
            self.change({path: choices})
            return

        def answered(index: int | None) -> None:
            if index is not None:
                meant = others if index == 1 else []
                also = {other: everywhere(label, choices, self._batch.chosen(other)) for other in meant}
                self.change({path: choices, **also})

        answers = [f"only in {matter.name}", f"in all {len(others) + 1:,} files where somebody is “{label}”"]
        self.app.push_screen(ChooseScreen(f"“{label}” is in other files, too. Where is this so?", answers), answered)

    def change(self, chosen: dict[str, FileChoices]) -> None:
        """Take the choices for some files, and read anew those that they change."""
        changed = [path for path, choices in chosen.items() if choices != self._batch.chosen(path)]
        self._batch.choices |= {path: chosen[path] for path in changed}
        if changed:
            start_reading(self, self.project, changed, self._batch.choices, name=AGAIN)
            self.show_changes(changed)
