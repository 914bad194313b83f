"""The files of an import and the one under the cursor: what the preview shows, and moving about in it.

Knows neither which files were chosen nor how they are imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, Static

from fwanalysis.tui.importing.batch import as_read
from fwanalysis.tui.importing.file_options import FileOptionsScreen
from fwanalysis.tui.importing.notes import Note, notes_of
from fwanalysis.tui.importing.report import EMPTY, NOT_IMPORTABLE, brief, facts_of, row_of
from fwanalysis.tui.importing.worker import TextFetched, start_fetching
from fwanalysis.tui.widgets.filepane import FilePane
from fwanalysis.tui.widgets.filetable import FileTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from fwanalysis.domain.importing import LabelMerge
    from fwanalysis.project import Project

WIDE = 110
"""From this many columns on, the file under the cursor is shown beside the table of files."""


class PreviewScreen(FileOptionsScreen):
    """A table of files, and the file under its cursor: beside the table, or (narrow) in its place."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._source = 0
        self._text: TextFetched | None = None
        self._is_fetching = False

    def compose_preview(self) -> ComposeResult:
        """Lay out the table of files and the pane of one file."""
        with Horizontal(id="preview"):
            with Vertical(id="files-side"):
                yield FileTable(id="files")
                yield Static(id="brief", markup=False)
            yield FilePane(id="file")

    def clear_preview(self) -> None:
        """Show no file."""
        self._text, self._source = None, 0
        self.query_one(FileTable).empty()
        self._show_file()

    # What is shown

    def on_resize(self, event: events.Resize) -> None:
        """Show the file beside the table where there is room."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.call_after_refresh(self._show_file)

    def in_front(self) -> tuple[str, int, str | None] | None:
        """Return the file under the cursor, which of its sources is shown, and the speaker under the cursor."""
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
        front = self.in_front()
        if front is not None and front[0] in paths:
            self._show_file()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the file under the cursor."""
        if isinstance(event.data_table, FileTable):
            self._source = 0
            self._show_file()

    def _show_file(self) -> None:
        front = self.in_front()
        below = self.query_one("#brief", Static)
        if front is None:
            below.update("")
            return
        path = front[0]
        self._source = min(self._source, max(0, len(self._batch.reports[path].sources) - 1))
        below.update(brief(self._batch, path))
        if self._is_file_shown:
            self.query_one(FilePane).show(facts_of(self._batch, path, self._source))
            self._show_text(path)

    def _show_text(self, path: str) -> None:
        """Show the text of a file once it is fetched; one file is fetched at a time, then the newest one asked for."""
        pane, choices = self.query_one(FilePane), as_read(self._batch.chosen(path))
        if not self._batch.reports[path].sources or self._batch.state(path) in NOT_IMPORTABLE:
            pane.show_text(None)
            return
        text = self._text
        if text is not None and (text.path, text.choices) == (path, choices):
            pane.show_text(text.transcripts[self._source] if self._source < len(text.transcripts) else None)
            return
        if text is None or text.path != path:
            pane.show_text(EMPTY)
        if not self._is_fetching:
            self._is_fetching = True
            start_fetching(self, self.project, path, choices)

    def on_text_fetched(self, message: TextFetched) -> None:
        """Show the text if its file is still in front; else fetch the one that is."""
        self._is_fetching, self._text = False, message
        front = self.in_front()
        if front is not None:
            self._show_text(front[0])

    # Moving about

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Go to the parts of the file under the cursor."""
        self.action_part(1)

    def action_part(self, step: int) -> None:
        """Go to the next part that is not empty: files, speakers, notes, text."""
        front = self.in_front()
        if front is None:
            return
        if self.has_class("-narrow") and not self.has_class("-one-file"):
            if self._batch.state(front[0]) not in NOT_IMPORTABLE:
                self.add_class("-one-file")
                self.call_after_refresh(self._enter_file, step)
            return
        parts = [self.query_one(FileTable), *self.query_one(FilePane).parts]
        at = parts.index(self.focused) if self.focused in parts else 0
        part = parts[(at + step) % len(parts)]
        if isinstance(part, FileTable):
            self.go_to_files()
        else:
            part.focus()

    def _enter_file(self, step: int) -> None:
        self._show_file()
        self.query_one(FilePane).parts[0 if step > 0 else -1].focus()

    def go_to_files(self) -> None:
        """Go back to the table of files."""
        self.remove_class("-one-file")
        self.query_one(FileTable).focus()

    def action_next_note(self, step: int) -> None:
        """Go to the next file that was refused or has something to review."""
        front = self.in_front()
        paths = list(self._batch.reports)
        at = paths.index(front[0]) if front else 0
        after = [paths[(at + step * further) % len(paths)] for further in range(1, len(paths))]
        to_review = (path for path in after if self._batch.to_review(path) or self._batch.state(path) == "refused")
        found = next(to_review, None)
        if found is None:
            self.notify("No other file has warnings.", timeout=3)
        else:
            self.query_one(FileTable).go_to(found)

    def action_source(self, step: int) -> None:
        """Show the next source of a file that holds several."""
        front = self.in_front()
        if front is not None:
            last = len(self._batch.reports[front[0]].sources) - 1
            self._source = max(0, min(last, self._source + step))
            self._show_file()

    # Notes

    def on_file_pane_speaker_chosen(self, message: FilePane.SpeakerChosen) -> None:
        """Change the role of a speaker."""
        self.action_choose("role")

    def on_file_pane_note_chosen(self, message: FilePane.NoteChosen) -> None:
        """Do what a note suggests: merge, make a label a speaker, or show the speaker or the text that it is about."""
        note = self._note_at(message.index)
        if note is None:
            return
        if note.merge is not None:
            self.merge_as_suggested(note.merge)
        elif note.label is not None:
            self.make_speaker(note.label)
        elif note.speaker is not None:
            self.query_one(FilePane).go_to_speaker(note.speaker)
        else:
            self._show_place_of(note)

    def _show_place_of(self, note: Note) -> None:
        front, text = self.in_front(), self._text
        is_fetched = front is not None and text is not None and text.path == front[0]
        place = text.places[self._source].get(note.text) if text is not None and is_fetched else None
        if place is None:
            self.notify("This warning is about the whole file, not about one place in it.", timeout=3)
        else:
            self.query_one(FilePane).go_to(place)

    def _note_at(self, index: int | None) -> Note | None:
        """Return the note at a place in the list of the source that is shown."""
        front = self.in_front()
        sources = self._batch.reports[front[0]].sources[self._source :] if front else ()
        notes = notes_of(sources[0]) if sources else ()
        return notes[index] if index is not None and 0 <= index < len(notes) else None

    @property
    def suggested_merge(self) -> LabelMerge | None:
        """The merge that the note under the cursor suggests."""
        note = self._note_at(self.query_one(FilePane).note)
        return note.merge if note is not None else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the key that merges where the note suggests it."""
        self.refresh_bindings()

    def action_merge_noted(self) -> None:
        """Merge as the note under the cursor suggests."""
        if (merge := self.suggested_merge) is not None:
            self.merge_as_suggested(merge)

    def action_no_merge_noted(self) -> None:
        """Explain why there is nothing to merge."""
        self.notify("This suggests no merge. To merge a speaker, press m on it in the table.", timeout=4)
