"""The import screen: what would become of each file of a folder, who speaks in it, and what is wrong with that;
nothing is written before the person imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, Footer, Static

from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.importing.batch import Batch, Run, as_read, roleless, summary
from fwanalysis.tui.importing.import_options import ChoosingScreen
from fwanalysis.tui.importing.paths import entered, offers, start
from fwanalysis.tui.importing.report import AS_IT_IS, BLANK, facts_of, heading, in_short, row_of
from fwanalysis.tui.importing.worker import (
    READ,
    FilesReported,
    RunEnded,
    WordsFetched,
    start_fetching,
    start_importing,
    start_reading,
)
from fwanalysis.tui.widgets.filepane import FilePane
from fwanalysis.tui.widgets.filetable import FileTable
from fwanalysis.tui.widgets.pathpicker import PathPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.notifications import SeverityLevel
    from textual.widgets import OptionList

    from fwanalysis.domain.importing import LabelMerge
    from fwanalysis.project import Project

WIDE = 110
"""From this many columns on, the file under the cursor stands beside the table of files."""


class ImportScreen(ChoosingScreen):
    """Choose a folder or a file, look at what becomes of it, mend that, import."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "import_files", "Import", key_display="^s", priority=True, id="importing.import"),
        Binding("escape", "back", "Back", id="importing.back"),
        Binding("tab", "pane(1)", "Files, speakers, notes, text", show=False, id="importing.next-part"),
        Binding("shift+tab", "pane(-1)", "The same, backwards", show=False, id="importing.previous-part"),
        Binding("f", "folder", "Another folder or file", show=False, id="importing.folder"),
        Binding("n", "next_note(1)", "Next file to look at", show=False, id="importing.next"),
        Binding("N", "next_note(-1)", "Previous file to look at", show=False, id="importing.previous"),
        Binding("x", "leave_out", "Leave the file out / take it in", show=False, id="importing.leave-out"),
        Binding("s", "choose('style')", "Style: how speakers are marked", show=False, id="importing.style"),
        Binding("r", "choose('reader')", "Reader: as what the file is read", show=False, id="importing.reader"),
        Binding("e", "choose('encoding')", "Encoding", show=False, id="importing.encoding"),
        Binding("k", "choose('kind')", "Kind: interview, focus group, document", show=False, id="importing.kind"),
        Binding("c", "choose('case')", "Case of the file", show=False, id="importing.case"),
        Binding("o", "choose('role')", "Role of the speaker", show=False, id="importing.role"),
        Binding("p", "choose('person')", "Case of the speaker", show=False, id="importing.person"),
        Binding("m", "choose('merge')", "Merge the speaker into another", show=False, id="importing.merge"),
        Binding("z", "aside", "No speaker: set aside / put back", show=False, id="importing.aside"),
        Binding("greater_than_sign", "source(1)", "Next source of the file", show=False, id="importing.next-source"),
        Binding("less_than_sign", "source(-1)", "Previous source", show=False, id="importing.previous-source"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._given: tuple[Path, ...] = ()
        self._read_by: Run | None = None
        self._reading: Run | None = None
        self._source = 0
        self._words: WordsFetched | None = None
        self._fetching = self._had_files = False

    def compose(self) -> ComposeResult:
        """How far it is, the files, the one under the cursor; or the line to choose a folder in."""
        yield Static(id="heading", markup=False)
        with Horizontal(id="looking"):
            with Vertical(id="files-side"):
                yield FileTable(id="files")
                yield Static(id="in-short", markup=False)
            yield FilePane(id="file")
        yield PathPicker(id="picker")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the choice of a folder."""
        self.action_folder()

    # Which files

    @property
    def _picking(self) -> bool:
        return self.query_one(PathPicker).display

    def action_folder(self) -> None:
        """Choose what to read."""
        if self._importing is None:
            self._pick(start())

    def _pick(self, line: str | None) -> None:
        """Show the line to choose a folder in, with this in it; or (None) the files again."""
        self.query_one(PathPicker).display = line is not None
        self.query_one("#looking").display = line is None
        if line is None:
            self.query_one(FileTable).focus()
        else:
            self.query_one(PathPicker).begin(line)
        self._tell()

    def on_path_picker_typed(self, message: PathPicker.Typed) -> None:
        """Offer what could complete the line."""
        from fwanalysis.project.importing.available import is_readable

        self.query_one(PathPicker).offer(message.line, offers(message.line, is_readable))

    def on_paste(self, event: events.Paste) -> None:
        """Take a folder that is dropped beside the line."""
        if self._importing is None:
            self._pick(event.text.strip())

    def on_path_picker_chosen(self, message: PathPicker.Chosen) -> None:
        """Read what was chosen."""
        paths = entered(message.line)
        if not paths or not self.workbench.attempt(lambda: self._look_for(paths)):
            return
        if self._reading is not None:
            self._reading.stop()
        self._given, self._batch, self._words, self._source = paths, Batch(), None, 0
        self.query_one(FileTable).empty()
        self._reading = self._read_by = start_reading(self, self.project, paths, {}, name=READ)
        self._show_file()
        self._pick(None)

    def _look_for(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if not path.is_dir():
                self.project.sources.files([path])  # says what is wrong with a path that leads nowhere

    # What the threads tell

    def on_files_reported(self, message: FilesReported) -> None:
        """Show what was read or imported, all at once."""
        run = message.run
        if run.name == READ and run is not self._read_by:
            return  # of what was chosen before
        taken = [report.path for report, choices in message.told if self._batch.take(report, choices)]
        last = message.told[-1][0]
        run.done, run.total = last.number, last.total
        self.show_changes(taken)

    def on_run_ended(self, message: RunEnded) -> None:
        """Say how it ended; after an import that was not stopped, go back."""
        if message.run is self._reading:
            self._reading = None
        elif message.run is self._importing:
            self._importing = None
            if message.error is None:
                self._imported(stopped=message.run.stopping.is_set())
        error = message.error
        if error is not None:
            self.workbench.show_error(error)
            self._batch.restore()
            self.show_changes(list(self._batch.reports))
        self._tell()

    def _imported(self, *, stopped: bool) -> None:
        imported = self._batch.count("imported")
        if stopped and self._batch.awaited():
            self.app.notify(f"Stopped. {imported:,} imported stay; ctrl+s goes on with the others.", timeout=8)
            return
        refused, told = self._batch.count("refused"), summary(self._batch)
        severity: SeverityLevel = "warning" if refused else "information"
        self.dismiss()
        self.app.call_later(self.app.notify, told, severity=severity, timeout=12, markup=False)

    # What is shown

    def on_resize(self, event: events.Resize) -> None:
        """Show the file beside the table where there is room."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.call_after_refresh(self._show_file)

    def _tell(self) -> None:
        told = heading(self._given, self._batch, self._reading, self._importing)
        self.query_one("#heading", Static).update(told, layout=False)
        if self._had_files is not bool(self._batch.reports):
            self._had_files = bool(self._batch.reports)
            self.refresh_bindings()

    def in_front(self) -> tuple[str, int, str | None] | None:
        """The file under the cursor."""
        path = self.query_one(FileTable).path
        if path is None or path not in self._batch.reports:
            return None
        return path, self._source, self.query_one(FilePane).label if self._is_file_shown else None

    @property
    def _is_file_shown(self) -> bool:
        return not self.has_class("-narrow") or self.has_class("-one-file")

    def show_changes(self, paths: Sequence[str]) -> None:
        """Show these files as they are now."""
        self.query_one(FileTable).put([row_of(self._batch, path) for path in paths if path in self._batch.reports])
        here = self.in_front()
        if here is not None and here[0] in paths:
            self._show_file()
        self._tell()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the file under the cursor."""
        if isinstance(event.data_table, FileTable):
            self._source = 0
            self._show_file()

    def _show_file(self) -> None:
        here = self.in_front()
        short = self.query_one("#in-short", Static)
        if here is None:
            short.update("")
            return
        path = here[0]
        self._source = min(self._source, max(0, len(self._batch.reports[path].sources) - 1))
        short.update(in_short(self._batch, path))
        if self._is_file_shown:
            self.query_one(FilePane).show(facts_of(self._batch, path, self._source))
            self._show_words(path)

    def _show_words(self, path: str) -> None:
        """Show the words of a file, once they are fetched; one file is fetched at a time, and the newest wish goes
        first."""
        pane, choices = self.query_one(FilePane), as_read(self._batch.chosen(path))
        if not self._batch.reports[path].sources or self._batch.state(path) in AS_IT_IS:
            pane.show_text(None)
            return
        words = self._words
        if words is not None and (words.path, words.choices) == (path, choices):
            pane.show_text(words.transcripts[self._source] if self._source < len(words.transcripts) else None)
            return
        if words is None or words.path != path:
            pane.show_text(BLANK)
        if not self._fetching:
            self._fetching = True
            start_fetching(self, self.project, path, choices)

    def on_words_fetched(self, message: WordsFetched) -> None:
        """Show the words if they are still wanted."""
        self._fetching, self._words = False, message
        here = self.in_front()
        if here is not None:
            self._show_words(here[0])

    # Going about

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Look at the file under the cursor."""
        self.action_pane(1)

    def action_pane(self, step: int) -> None:
        """Go to the next part that there is something in."""
        here = self.in_front()
        if self._picking or here is None:
            return
        if self.has_class("-narrow") and not self.has_class("-one-file"):
            if self._batch.state(here[0]) not in AS_IT_IS:
                self.add_class("-one-file")
                self.call_after_refresh(self._enter_file, step)
            return
        parts = [self.query_one(FileTable), *self.query_one(FilePane).parts]
        at = parts.index(self.focused) if self.focused in parts else 0
        part = parts[(at + step) % len(parts)]
        if isinstance(part, FileTable):
            self._to_files()
        else:
            part.focus()

    def _enter_file(self, step: int) -> None:
        self._show_file()
        self.query_one(FilePane).parts[0 if step > 0 else -1].focus()

    def _to_files(self) -> None:
        self.remove_class("-one-file")
        self.query_one(FileTable).focus()

    def action_next_note(self, step: int) -> None:
        """Go to the next file that was refused or has something to look at."""
        here = self.in_front()
        paths = list(self._batch.reports)
        at = paths.index(here[0]) if here else 0
        after = [paths[(at + step * further) % len(paths)] for further in range(1, len(paths))]
        to_look_at = (path for path in after if self._batch.look_at(path) or self._batch.state(path) == "refused")
        found = next(to_look_at, None)
        if found is None:
            self.notify("No other file has anything to look at.", timeout=3)
        else:
            self.query_one(FileTable).go_to(found)

    def action_source(self, step: int) -> None:
        """Show the next source of a file that holds several."""
        here = self.in_front()
        if here is not None:
            last = len(self._batch.reports[here[0]].sources) - 1
            self._source = max(0, min(last, self._source + step))
            self._show_file()

    def on_file_pane_speaker_chosen(self, message: FilePane.SpeakerChosen) -> None:
        """Change the role of a speaker."""
        self.action_choose("role")

    def on_file_pane_note_chosen(self, message: FilePane.NoteChosen) -> None:
        """Merge as proposed, make a label a speaker, or show the place of a warning or the speaker without a role."""
        here = self.in_front()
        if here is None:
            return
        source = self._batch.reports[here[0]].sources[self._source]
        possible = message.index - len(source.merges)
        doubt = possible - len(source.possible_speakers)
        if possible < 0:
            self.merge_as_proposed(source.merges[message.index])
            return
        if doubt < 0:
            self.take_as_speaker(source.possible_speakers[possible])
            return
        if doubt >= len(source.warnings):
            self.query_one(FilePane).go_to_voice(roleless(source)[0])
            return
        words = self._words
        places = dict(words.places[self._source]) if words is not None and words.path == here[0] else {}
        place = places.get(source.warnings[doubt])
        if place is None:
            self.notify("This is about the whole file, not about one place in it.", timeout=3)
        else:
            self.query_one(FilePane).go_to(place)

    @property
    def _proposal(self) -> LabelMerge | None:
        """The merge that what is under the cursor proposes."""
        here, at = self.in_front(), self.query_one(FilePane).note
        sources = self._batch.reports[here[0]].sources[self._source :] if here else ()
        return sources[0].merges[at] if sources and at is not None and at < len(sources[0].merges) else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Offer a merge where one is proposed."""
        self.refresh_bindings()

    def action_merge_noted(self) -> None:
        """Merge as what is under the cursor proposes."""
        if self._proposal is not None:
            self.merge_as_proposed(self._proposal)

    def action_no_merge_noted(self) -> None:
        """Say why there is nothing to merge."""
        self.notify("This proposes no merge; m at a speaker merges that one.", timeout=3)

    # Importing, leaving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to import once files were read, and to merge where that is proposed."""
        if action == "merge_noted":
            return self._proposal is not None
        return action != "import_files" or self._had_files

    def action_import_files(self) -> None:
        """Import what was read and not left out."""
        if self._importing is not None:
            return
        awaited = self._batch.awaited()
        if self._reading is not None:
            told = "The files are still being read. esc stops that; then ctrl+s imports those that were read."
            self.notify(told, severity="warning")
        elif not awaited:
            self.notify("There is nothing to import here.", severity="warning")
        else:
            self._pick(None)
            self._importing = start_importing(self, self.project, awaited, self._batch.choices)
            self._tell()

    def action_back(self) -> None:
        """Stop what runs; else go back by one step, and ask before choices are lost."""
        if self._importing is not None:
            self._importing.stop()
        elif self._picking:
            if self._batch.reports or self._reading:
                self._pick(None)
            else:
                self.dismiss()
        elif self._reading is not None:
            self._reading.stop()
            self._reading = None
        elif self.focused is not None and not isinstance(self.focused, FileTable):
            self._to_files()
        else:
            self.ask_unless_saved(self.dismiss)
            return
        if self.is_current:
            self._tell()

    @property
    def unsaved(self) -> bool:
        """Whether choices were made for files that are not imported yet."""
        return self._importing is None and bool(self._batch.count("ready") and self._batch.choices)

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Go on; ask before choices are lost."""
        if not self.unsaved:
            go()
            return

        def answered(index: int | None) -> None:
            if index == 1:
                self.action_import_files()
            elif index == 2:
                self._batch.choices.clear()
                go()

        awaited = self._batch.count("ready")
        many = f"{awaited:,} file{'s' * (awaited != 1)}"
        answers = ["Go on looking", f"Import {many}", "Leave, and lose what I changed here"]
        self.app.push_screen(ChooseScreen("Nothing is imported yet.", answers), answered)
