"""The reading half of the Code view: one source as the project holds it now, and where the coder is in it.

Knows how to show codings, suggestions and the status line; changes nothing but the reading position.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from fwanalysis.errors import NotFound
from fwanalysis.tui.coding.marks import coding_marks, suggestion_marks
from fwanalysis.tui.coding.pending import PendingSuggestions
from fwanalysis.tui.coding.reads import READS, out_of_date
from fwanalysis.tui.coding.status_line import status_text
from fwanalysis.tui.transcript.reposition import carried, carried_words
from fwanalysis.tui.transcript.widget import TranscriptView
from fwanalysis.tui.views import MainView
from fwanalysis.tui.widgets.codetree import CodeTree
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence, Stance, Tally
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.domain.suggestions import Suggestion
    from fwanalysis.project import Project
    from fwanalysis.tui.transcript.messages import CaretMoved, MarkActivated, SelectionChanged

WIDE = 110
"""From this many columns on, the tree of codes is shown beside the transcript."""

_NO_SOURCE = (
    "No sources yet. Press 1, then i to import a folder of transcripts, or run:\n\n    fwa source import FOLDER"
)


class ReadingView(MainView):
    """A source with its codings and pending suggestions, followed as they change."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._transcript: Transcript | None = None
        self._codebook: Codebook | None = None
        self._evidence: Sequence[Evidence] = ()
        self._pending = PendingSuggestions()
        self._chosen_stances: dict[str, Stance] = {}  # of pending suggestions, by id
        self._last_done = ("", 0)  # what was done last, shown while the caret is where it was put then
        self._status: Text | None = None
        self._counts: Mapping[str, Tally] = {}
        self._unanchored = 0
        self._stale_parts = set(READS)
        self._other_coders: Mapping[str, str] = {}
        self._position = self._furthest = 0
        self._saved_position = (0, 0)

    def compose_view(self) -> ComposeResult:
        """Lay out the transcript with the status line below it, and the tree of codes beside them."""
        with Horizontal():
            with Vertical(id="reading"):
                yield TranscriptView(id="transcript")
                yield Static(id="here", markup=False)
            yield CodeTree(id="codes")
        yield KeyFooter()

    @property
    def view(self) -> TranscriptView:
        """The transcript's widget."""
        return self.query_one(TranscriptView)

    def on_resize(self, event: events.Resize) -> None:
        """Show the tree where there is room."""
        is_wide = event.size.width >= WIDE
        self.set_class(not is_wide, "-narrow")
        self.query_one(CodeTree).display = is_wide
        self.query_one("#reading").display = True

    # Which source

    def redraw(self) -> None:
        """Show the source as the project holds it now; without one, the first, or the one asked for at the start."""
        source_id = self._source_to_show()
        if source_id is None:
            self._transcript = None
            self.view.display = False
            self.query_one("#here", Static).update(_NO_SOURCE)
            return
        self.view.display = True
        if self._transcript is None or self._transcript.source.id != source_id:
            self._load(source_id)
        else:
            self._take_new_text()
            self._reload()

    def _source_to_show(self) -> str | None:
        """Return the source shown now or asked for, if it exists, else the first that is not read to its end."""
        asked = self.workbench.asked_for
        source_id = self._transcript.source.id if self._transcript else asked.source_id if asked else None
        if source_id is not None and "text" not in self._stale_parts:
            return source_id
        ids = self.project.sources.ids()
        if source_id in ids:
            return source_id
        unread = [item.id for item in self.project.sources.list() if item.read < 1]
        return next(iter(unread or ids), None)

    def arrive(self) -> None:
        """Show the place that another view asked for."""
        asked, self.workbench.asked_for = self.workbench.asked_for, None
        if asked is not None:
            try:
                self.open_source(asked.source_id, asked.position, suggestion_id=asked.suggestion_id)
            except NotFound as error:
                self.notify(error.explained, severity="warning", markup=False)

    def open_source(self, source_id: str, position: int | None = None, *, suggestion_id: str | None = None) -> None:
        """Show a source: where the coder was last, at a position (code points), or at a suggestion."""
        if self._transcript is None or self._transcript.source.id != source_id:
            self._save_position()
            self._load(source_id)
        if suggestion_id:
            self._go_to_suggestion(suggestion_id)
        elif position is not None:
            self.view.go_to(position, center=True)

    def _load(self, source_id: str) -> None:
        self._transcript = self.project.sources.transcript(source_id)
        self._stale_parts |= {"codings", "suggestions"}
        self._stale_parts.discard("text")
        self._pending = PendingSuggestions()
        self._position = self.project.sources.position(source_id)
        self._furthest = 0
        self._saved_position = (self._position, 0)
        self.view.show(self._transcript)
        self._reload()
        speech = self._transcript.speech
        self.view.go_to(self._position or (speech[0].start if speech else 0), center=bool(self._position))
        self.view.focus()

    # Following changes

    def _changed(self, change: Change) -> None:
        if change.name != "coding.add":
            self._last_done = ("", 0)
        self._stale_parts |= out_of_date(change)
        super()._changed(change)

    def _take_new_text(self) -> None:
        """Show the source as it is now; when its text was corrected, caret and selection stay at their words."""
        before, caret, selected = self._transcript, self.view.caret, self.view.selection
        if before is None or "text" not in self._stale_parts:
            return
        self._stale_parts.discard("text")
        self._transcript = present = self.project.sources.transcript(before.source.id)
        self.view.show(present)
        if before.revision.id == present.revision.id:
            return
        self._pending = replace(self._pending, items=())  # suggestions for another text are not compared
        self.view.go_to(carried(before, present, caret))
        self.view.select(carried_words(before, present, selected) if selected else None)
        if selected and self.view.selection is None:
            self.notify("The selected words were corrected. Select the passage again.", severity="warning")

    def _reload(self) -> None:
        """Read again what is out of date, and show it."""
        assert self._transcript is not None
        source_id, stale = self._transcript.source.id, self._stale_parts
        self._stale_parts = set()
        if "codebook" in stale:
            self._codebook = self.project.codebook.tree()
        if "coders" in stale:
            own = self.project.coder.id
            self._other_coders = {key: name for key, name in self.project.codings.coders().items() if key != own}
        if "codings" in stale:
            self._evidence = self.project.codings.of_source(source_id)
            self._counts = self.project.codings.counts(source_id)
            self._unanchored = self.project.sources.count_unanchored(source_id)
        if "suggestions" in stale:
            self._reload_suggestions(source_id)
        assert self._codebook is not None
        if stale & {"codebook", "codings"}:
            self.query_one(CodeTree).show(self._codebook, self._counts)
            self.view.set_codings(coding_marks(self._codebook, self._evidence))
        if stale & {"codebook", "suggestions"}:
            self._show_suggestions()
        self._show_status()

    def _reload_suggestions(self, source_id: str) -> None:
        """Read the pending suggestions, and go to the one that is to be decided now."""
        before = self._pending
        self._pending = before.read_again(
            [self._as_chosen(item) for item in self.project.suggestions.of_source(source_id)]
        )
        following = self._pending.current
        if following is not None and following.id != before.current_id:
            self._go_to_suggestion(following.id)

    def _as_chosen(self, item: Suggestion) -> Suggestion:
        """Return a suggestion with the stance that the coder chose for it, if any."""
        return replace(item, stance=self._chosen_stances.get(item.id, item.stance))

    def _go_to_suggestion(self, suggestion_id: str) -> None:
        """Make a pending suggestion the current one; do nothing if it is not pending."""
        pending = self._pending.with_current(suggestion_id)
        if pending.current is not None:
            self._pending = pending
            self.view.go_to(pending.current.start, center=True)
            self._show_suggestions()

    # What is shown

    def _show_suggestions(self) -> None:
        """Draw the pending suggestions, the current one in its own way; the keys to decide need a current one."""
        assert self._codebook is not None
        marks = suggestion_marks(self._codebook, self._pending.items, current=self._pending.current_id)
        self.view.set_suggestions(marks)
        self._show_status()
        self.refresh_bindings()

    def _show_status(self) -> None:
        if self._transcript is None or self._codebook is None:
            return
        done, at = self._last_done
        status = status_text(
            self._transcript,
            self._codebook,
            caret=self.view.caret,
            selection=self.view.selection,
            evidence=self._evidence,
            current=self._pending.current,
            pending=len(self._pending.items),
            unanchored=self._unanchored,
            other_coders=self._other_coders,
            done=done if at == self.view.caret else "",
        )
        if status != self._status:
            self._status = status
            self.query_one("#here", Static).update(status, layout=False)  # its height is fixed

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show what is at the caret."""
        self._position = message.position
        self._furthest = max(self._furthest, self.view.last_shown)
        pending = self._pending.at_caret(message.position)
        if pending != self._pending:
            self._pending = pending
            self._show_suggestions()
        self._show_status()

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Show what is selected."""
        self._show_status()

    def on_mark_activated(self, message: MarkActivated) -> None:
        """Go to a coding or suggestion that was clicked on."""
        for item in self._pending.items:
            if item.id in message.ids:
                self._go_to_suggestion(item.id)
                return
        for evidence in self._evidence:
            if evidence.coding.id in message.ids:
                self.view.select(evidence.anchor.span)
                return

    # Where the coder is

    def on_screen_suspend(self) -> None:
        """Keep the reading position when another view comes to the front."""
        self._save_position()

    def on_unmount(self) -> None:
        """Keep the reading position when the program ends."""
        self._save_position()

    def _save_position(self) -> None:
        position = (self._position, self._furthest)
        if self._transcript is not None and position != self._saved_position:
            self._saved_position = position
            self.project.sources.set_position(self._transcript.source.id, self._position, furthest=self._furthest)
