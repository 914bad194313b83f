"""The import screen: choose files, see a preview of each, correct what was detected, and import.

Nothing is written before the import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Footer, Static

from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.importing.batch import Batch, Run, summary
from fwanalysis.tui.importing.bindings import BINDINGS
from fwanalysis.tui.importing.paths import completions, entered, start
from fwanalysis.tui.importing.preview import PreviewScreen
from fwanalysis.tui.importing.report import heading
from fwanalysis.tui.importing.worker import READ, FilesReported, RunEnded, start_importing, start_reading
from fwanalysis.tui.widgets.filetable import FileTable
from fwanalysis.tui.widgets.pathpicker import PathPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.notifications import SeverityLevel

    from fwanalysis.project import Project


class ImportScreen(PreviewScreen):
    """Choose a folder or a file, review the preview, import."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._given: tuple[Path, ...] = ()
        self._first_reading: Run | None = None
        self._reading: Run | None = None
        self._had_files = False

    def compose(self) -> ComposeResult:
        """Lay out the progress, the preview, and the line to choose a folder in."""
        yield Static(id="heading", markup=False)
        yield from self.compose_preview()
        yield PathPicker(id="picker")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the choice of a folder."""
        self.action_folder()

    # Which files

    @property
    def _is_picking(self) -> bool:
        return self.query_one(PathPicker).display

    def action_folder(self) -> None:
        """Choose what to read."""
        if self._importing is None:
            self._pick(start())

    def _pick(self, line: str | None) -> None:
        """Show the line to choose a folder in, with this in it; or (None) the files again."""
        self.query_one(PathPicker).display = line is not None
        self.query_one("#preview").display = line is None
        if line is None:
            self.query_one(FileTable).focus()
        else:
            self.query_one(PathPicker).begin(line)
        self._show_heading()

    def on_path_picker_typed(self, message: PathPicker.Typed) -> None:
        """List what could complete the line."""
        from fwanalysis.project.importing.available import is_readable

        self.query_one(PathPicker).show_completions(message.line, completions(message.line, is_readable))

    def on_paste(self, event: events.Paste) -> None:
        """Read a folder that is dropped beside the line."""
        if self._importing is None:
            self._pick(event.text.strip())

    def on_path_picker_chosen(self, message: PathPicker.Chosen) -> None:
        """Read what was chosen."""
        paths = entered(message.line)
        if not paths or not self.workbench.attempt(lambda: self._check(paths)):
            return
        if self._reading is not None:
            self._reading.stop()
        self._given, self._batch = paths, Batch()
        self.clear_preview()
        self._reading = self._first_reading = start_reading(self, self.project, paths, {}, name=READ)
        self._pick(None)

    def _check(self, paths: Sequence[Path]) -> None:
        """Raise InvalidInput for a path that does not exist."""
        for path in paths:
            if not path.is_dir():
                self.project.sources.files([path])

    # What the threads report

    def on_files_reported(self, message: FilesReported) -> None:
        """Show what was read or imported, all at once."""
        run = message.run
        if run.name == READ and run is not self._first_reading:
            return  # of what was chosen before
        current = [report.path for report, choices in message.reports if self._batch.add(report, choices)]
        last = message.reports[-1][0]
        run.done, run.total = last.number, last.total
        self.show_changes(current)

    def on_run_ended(self, message: RunEnded) -> None:
        """Report how it ended; after an import that was not stopped, go back."""
        if message.run is self._reading:
            self._reading = None
        elif message.run is self._importing:
            self._importing = None
            if message.error is None:
                self._report_import(stopped=message.run.stopping.is_set())
        error = message.error
        if error is not None:
            self.workbench.show_error(error)
            self._batch.restore()
            self.show_changes(list(self._batch.reports))
        self._show_heading()

    def _report_import(self, *, stopped: bool) -> None:
        imported = self._batch.count("imported")
        if stopped and self._batch.importable():
            self.app.notify(f"Stopped after {imported:,} imported files. ctrl+s imports the others.", timeout=8)
            return
        refused, report = self._batch.count("refused"), summary(self._batch)
        severity: SeverityLevel = "warning" if refused else "information"
        self.dismiss()
        self.app.call_later(self.app.notify, report, severity=severity, timeout=12, markup=False)

    # What is shown

    def show_changes(self, paths: Sequence[str]) -> None:
        """Show these files, and how many there are of each state."""
        super().show_changes(paths)
        self._show_heading()

    def _show_heading(self) -> None:
        lines = heading(self._given, self._batch, self._reading, self._importing)
        self.query_one("#heading", Static).update(lines, layout=False)
        if self._had_files is not bool(self._batch.reports):
            self._had_files = bool(self._batch.reports)
            self.refresh_bindings()

    def action_part(self, step: int) -> None:
        """Go to the next part of the preview, unless a folder is being chosen."""
        if not self._is_picking:
            super().action_part(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Importing needs files that were read, and merging a note that suggests it."""
        if action == "merge_noted":
            return self.suggested_merge is not None
        return action != "import_files" or self._had_files

    # Importing, leaving

    def action_import_files(self) -> None:
        """Import what was read and not left out."""
        if self._importing is not None:
            return
        paths = self._batch.importable()
        if self._reading is not None:
            self.notify(
                "The files are still being read. Wait, or press esc to stop and import what was read so far.",
                severity="warning",
            )
        elif not paths:
            self.notify("No file here can be imported. Press f to choose others.", severity="warning")
        else:
            self._pick(None)
            self._importing = start_importing(self, self.project, paths, self._batch.choices)
            self._show_heading()

    def action_back(self) -> None:
        """Stop what runs; else go back by one step, and ask before choices are lost."""
        if self._importing is not None:
            self._importing.stop()
        elif self._is_picking:
            if self._batch.reports or self._reading:
                self._pick(None)
            else:
                self.dismiss()
        elif self._reading is not None:
            self._reading.stop()
            self._reading = None
        elif self.focused is not None and not isinstance(self.focused, FileTable):
            self.go_to_files()
        else:
            self.ask_unless_saved(self.dismiss)
            return
        if self.is_current:
            self._show_heading()

    @property
    def unsaved(self) -> bool:
        """Whether choices were made for files that are not imported yet."""
        return self._importing is None and bool(self._batch.count("ready") and self._batch.choices)

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Call *go*; ask first if choices would be lost."""
        if not self.unsaved:
            go()
            return

        def answered(index: int | None) -> None:
            if index == 1:
                self.action_import_files()
            elif index == 2:
                self._batch.choices.clear()
                go()

        ready = self._batch.count("ready")
        files = f"{ready:,} file{'s' * (ready != 1)}"
        answers = ["Keep reviewing", f"Import {files}", "Leave, and discard my changes here"]
        self.app.push_screen(ChooseScreen("Nothing is imported yet.", answers), answered)
