"""The coding desk: one source, its codings and suggestions, and what can be done at the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.suggestions import Suggestion, SuggestionFilter
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import NotFound
from fwanalysis.project.codings import NO_PARTICIPANTS
from fwanalysis.tui.coding.bindings import BINDINGS
from fwanalysis.tui.coding.marks import coding_marks, suggestion_marks
from fwanalysis.tui.coding.reads import READS, next_with_pending, out_of_date, suggestion_to_show
from fwanalysis.tui.coding.status_line import here
from fwanalysis.tui.correcting.open import screen_for
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
    from textual.binding import BindingType

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence, Tally
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.project import Project
    from fwanalysis.tui.dialogs.find_code import Choice
    from fwanalysis.tui.transcript.messages import CaretMoved, MarkActivated, SelectionChanged

WIDE = 110
"""From this many columns on, the tree of codes stands beside the transcript."""


class CodeScreen(MainView):
    """Read, select, code, and decide on suggestions in the text."""

    NAME = "code"
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._transcript: Transcript | None = None
        self._codebook: Codebook | None = None
        self._evidence: Sequence[Evidence] = ()
        self._pending: Sequence[Suggestion] = ()
        self._done = ("", 0)  # what was done last, shown while the caret is where it was put then
        self._told: Text | None = None
        self._counts: Mapping[str, Tally] = {}
        self._unplaced = 0
        self._stale_parts = set(READS)
        self._others: Mapping[str, str] = {}
        self._current: str | None = None
        self._place = self._furthest = 0
        self._kept = (0, 0)

    def compose_desk(self) -> ComposeResult:
        """The transcript, the tree of codes beside it, and what is here below it."""
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

    # What is shown

    def redraw(self) -> None:
        """Show the source as the project holds it now; without one, the first, or the one asked for at the start."""
        source_id = self._source_to_show()
        if source_id is None:
            self._transcript = None
            self.view.display = False
            self.query_one("#here", Static).update(
                "There is no source to read yet: import some with  fwa source import FOLDER."
            )
            return
        self.view.display = True
        if self._transcript is None or self._transcript.source.id != source_id:
            self._load(source_id)
        else:
            self._take_up()
            self._reload()

    def _source_to_show(self) -> str | None:
        """The source shown now or asked for, if it exists, else the first that is not read to its end."""
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
        """Show the place that another desk asked for."""
        asked, self.workbench.asked_for = self.workbench.asked_for, None
        if asked is not None:
            try:
                self.open_source(asked.source_id, asked.position, suggestion_id=asked.suggestion_id)
            except NotFound as error:
                self.notify(str(error), severity="warning", markup=False)

    def open_source(self, source_id: str, position: int | None = None, *, suggestion_id: str | None = None) -> None:
        """Show a source: where the coder was last, at a place, or at a suggestion."""
        if self._transcript is None or self._transcript.source.id != source_id:
            self._remember_place()
            self._load(source_id)
        if suggestion_id:
            self._go_to_suggestion(suggestion_id)
        elif position is not None:
            self.view.go_to(position, center=True)

    def _load(self, source_id: str) -> None:
        self._transcript = self.project.sources.transcript(source_id)
        self._stale_parts |= {"codings", "suggestions"}
        self._stale_parts.discard("text")
        self._current = None
        self._place = self.project.sources.position(source_id)
        self._furthest = 0
        self._kept = (self._place, 0)
        self.view.show(self._transcript)
        self._reload()
        speech = self._transcript.speech
        self.view.go_to(self._place or (speech[0].start if speech else 0), center=bool(self._place))
        self.view.focus()

    def _changed(self, change: Change) -> None:
        if change.name != "coding.add":
            self._done = ("", 0)
        self._stale_parts |= out_of_date(change)
        super()._changed(change)

    def _take_up(self) -> None:
        """Show the source as it is now; when its text was corrected, caret and selection stay at their words."""
        before, caret, selected = self._transcript, self.view.caret, self.view.selection
        if before is None or "text" not in self._stale_parts:
            return
        self._stale_parts.discard("text")
        self._transcript = present = self.project.sources.transcript(before.source.id)
        self.view.show(present)
        if before.revision.id == present.revision.id:
            return
        self._pending = ()  # what is proposed for another text is no news
        self.view.go_to(carried(before, present, caret))
        self.view.select(carried_words(before, present, selected) if selected else None)
        if selected and self.view.selection is None:
            self.notify("The words that were selected have been corrected; select anew.", severity="warning")

    def _reload(self) -> None:
        """Read again what is out of date, and show it."""
        assert self._transcript is not None
        source_id, stale = self._transcript.source.id, self._stale_parts
        self._stale_parts = set()
        if "codebook" in stale:
            self._codebook = self.project.codebook.tree()
        if "coders" in stale:
            own = self.project.coder.id
            self._others = {key: name for key, name in self.project.codings.coders().items() if key != own}
        if "codings" in stale:
            self._evidence = self.project.codings.of_source(source_id)
            self._counts = self.project.codings.counts(source_id)
            self._unplaced = self.project.sources.count_unanchored(source_id)
        if "suggestions" in stale:
            self._reload_suggestions(source_id)
        assert self._codebook is not None
        if stale & {"codebook", "codings"}:
            self.query_one(CodeTree).show(self._codebook, self._counts)
            self.view.set_codings(coding_marks(self._codebook, self._evidence))
        if stale & {"codebook", "suggestions"}:
            self._show_suggestions()
        self._show_here()

    def _reload_suggestions(self, source_id: str) -> None:
        """Read the pending suggestions, and go to the one that is to be decided on now."""
        before, self._pending = self._pending, self.project.suggestions.of_source(source_id)
        following = suggestion_to_show(before, self._pending, self._current)
        if following is not None:
            self._go_to_suggestion(following)
        if all(item.id != self._current for item in self._pending):
            self._current = None  # it ended with the words that it was on

    def _show_suggestions(self) -> None:
        """Draw the pending suggestions, the current one in its own way; only with one there is something to decide."""
        assert self._codebook is not None
        self.view.set_suggestions(suggestion_marks(self._codebook, self._pending, current=self._current))
        self._show_here()
        self.refresh_bindings()

    def _show_here(self) -> None:
        if self._transcript is None or self._codebook is None:
            return
        done, at = self._done
        told = here(
            self._transcript,
            self._codebook,
            caret=self.view.caret,
            selection=self.view.selection,
            evidence=self._evidence,
            current=next((item for item in self._pending if item.id == self._current), None),
            pending=len(self._pending),
            unanchored=self._unplaced,
            others=self._others,
            done=done if at == self.view.caret else "",
        )
        if told != self._told:
            self._told = told
            self.query_one("#here", Static).update(told, layout=False)  # its height is fixed

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Say what is at the caret."""
        self._place = message.position
        self._furthest = max(self._furthest, self.view.last_shown)
        current = next((item for item in self._pending if item.id == self._current), None)
        if current and not current.start <= message.position <= current.end:
            self._current = None
            self._show_suggestions()
        elif current is None:
            under = [item for item in self._pending if item.start <= message.position < item.end]
            if under:
                self._current = under[0].id
                self._show_suggestions()
        self._show_here()

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Say what is selected."""
        self._show_here()

    def on_mark_activated(self, message: MarkActivated) -> None:
        """Go to a coding or suggestion that was clicked on."""
        for item in self._pending:
            if item.id in message.ids:
                self._go_to_suggestion(item.id)
                return
        for evidence in self._evidence:
            if evidence.coding.id in message.ids:
                self.view.select(evidence.anchor.span)
                return

    # Where the coder is

    def on_screen_suspend(self) -> None:
        """Keep the place when going to another desk."""
        self._remember_place()

    def on_unmount(self) -> None:
        """Keep the place when leaving."""
        self._remember_place()

    def _remember_place(self) -> None:
        place = (self._place, self._furthest)
        if self._transcript is not None and place != self._kept:
            self._kept = place
            self.project.sources.set_position(self._transcript.source.id, self._place, furthest=self._furthest)

    def action_back(self) -> None:
        """Go to the list of sources."""
        self.workbench.switch_mode("sources")

    def action_source(self, step: int) -> None:
        """Go to the next or the previous source."""
        if self._transcript is None:
            return
        ids = self.project.sources.ids()
        self.open_source(ids[(ids.index(self._transcript.source.id) + step) % len(ids)])
        self.notify(self._transcript.source.name, timeout=2, markup=False)

    def action_tree(self) -> None:
        """Go between the text and the tree of codes, which takes the text's place where there is no room for both."""
        tree, reading = self.query_one(CodeTree), self.query_one("#reading")
        to_tree = not tree.has_focus
        if self.size.width < WIDE:
            tree.display, reading.display = to_tree, not to_tree
        (tree if to_tree else self.view).focus()

    # Coding

    def action_code(self) -> None:
        """Choose a code for what is selected, or for the sentence at the caret."""
        if self._transcript is None:
            return
        if self.view.selection is None:
            self.view.action_select_sentence()
        span = self.view.selection
        if span is None or not span.of(self._transcript.text).strip():
            self.notify("There are no words here to code; move to some first.", severity="warning")
            return
        from fwanalysis.tui.dialogs.find_code import FinderScreen

        quote, seen = one_line(span.of(self._transcript.text)), self._transcript.revision.id

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._code(span, choice, seen)

        self.app.push_screen(FinderScreen(self.project.codebook, quote, recent=self._recent()), chosen)

    def _recent(self) -> Sequence[str]:
        """The codes this source was coded with last, newest first."""
        newest = sorted(self._evidence, key=lambda item: item.coding.created_at, reverse=True)
        return list(dict.fromkeys(item.coding.code_id for item in newest))

    def _code(self, span: Span, choice: Choice, seen: str) -> None:
        """Code *span* of the revision *seen*."""
        assert self._transcript is not None
        source_id = self._transcript.source.id

        def act() -> None:
            if choice.code_id is None:
                self.project.codings.add_new(source_id, choice.name, span.start, span.end, seen=seen)
            else:
                self.project.codings.add(source_id, choice.code_id, span.start, span.end, seen=seen)

        if self.workbench.attempt(act):
            self.view.go_to(span.end - 1)
            self._done = (f"Coded: {choice.name}  (u undoes it)", self.view.caret)
            if self._transcript.speech and attribution_of(self._transcript.speaker_index, span).is_unattributed:
                self.notify(NO_PARTICIPANTS, severity="warning", markup=False)
        else:
            self._stale_parts = set(READS)  # the text may have been corrected meanwhile, elsewhere
            self.redraw()

    def on_code_tree_chosen(self, message: CodeTree.Chosen) -> None:
        """Put the code chosen in the tree on what is selected."""
        span = self.view.selection
        if span is None or self._codebook is None or self._transcript is None:
            self.notify("Select a passage first, with s or shift and the arrow keys.", severity="warning")
            return
        from fwanalysis.tui.dialogs.find_code import Choice

        choice = Choice(message.code_id, self._codebook.by_id[message.code_id].name)
        self._code(span, choice, self._transcript.revision.id)
        self.action_tree()

    def action_remove(self) -> None:
        """Take off the coding at the caret, else on its line; if there are several, ask which."""
        line = self.view.line_at_caret
        at = [item for item in self._evidence if item.anchor.start <= self.view.caret <= item.anchor.end]
        at = at or [item for item in self._evidence if item.anchor.span.overlaps(line)]
        if not at or self._codebook is None:
            self.notify("No coding is on this line.", severity="warning")
            return
        if len(at) == 1:
            self._remove(at[0])
            return
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        names = [
            f"{self._codebook.by_id[item.coding.code_id].name}: “{one_line(item.anchor.quote)[:50]}”" for item in at
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._remove(at[index])

        self.app.push_screen(ChooseScreen("Take off which coding?", names), chosen)

    def _remove(self, item: Evidence) -> None:
        assert self._codebook is not None
        name = self._codebook.by_id[item.coding.code_id].name
        self.workbench.attempt(
            lambda: self.project.codings.remove([item.coding.id]), done=f"Taken off: {name}  (u puts it back)"
        )

    # Correcting

    def action_correct(self, task: str) -> None:
        """Edit the turn at the caret, decide on passages without a place, or see the speakers."""
        if task == "unplaced" and not self._unplaced:
            self.notify("Nothing waits for a place in this source.", timeout=3)
        elif self._transcript is not None:
            source_id, caret = self._transcript.source.id, self.view.caret
            self.workbench.attempt(lambda: self.app.push_screen(screen_for(task, self.project, source_id, caret)))

    # Suggestions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Deciding needs a current suggestion."""
        return action != "decide" or self._current is not None

    def action_suggestion(self, step: int) -> None:
        """Go to the next or previous pending suggestion; at the end of a source, to the next source that has any."""
        ids, caret = [item.id for item in self._pending], self.view.caret
        if self._current in ids:
            target = ids.index(self._current) + step
        else:
            before = sum(item.start < caret for item in self._pending)
            target = before if step > 0 else before - 1
        if 0 <= target < len(ids):
            self._go_to_suggestion(ids[target])
            return
        elsewhere = self._next_with_suggestions(step)
        if elsewhere is None:
            self.notify("No suggestion is left to decide. Run the rules at the Sources desk with r.")
            return
        assert self._transcript is not None
        name, left = self._transcript.source.name, len(self._pending)
        self.open_source(elsewhere)
        self._go_to_suggestion(self._pending[0 if step > 0 else -1].id)
        behind = f"; {left} left to decide in {name}" if left and self._transcript.source.name != name else ""
        self.notify(f"On to {self._transcript.source.name}{behind}", timeout=4, markup=False)

    def _next_with_suggestions(self, step: int) -> str | None:
        if self._transcript is None:
            return None
        ids, pending = self.project.sources.ids(), self.project.suggestions.pending_by_source()
        return next_with_pending(ids, pending, self._transcript.source.id, step)

    def _go_to_suggestion(self, suggestion_id: str) -> None:
        found = next((item for item in self._pending if item.id == suggestion_id), None)
        if found is not None:
            self._current = found.id
            self.view.go_to(found.start, center=True)
            self._show_suggestions()

    def action_decide(self, verdict: str) -> None:
        """Accept or reject the current suggestion."""
        if self._current is None or self._codebook is None:
            return
        found = next(item for item in self._pending if item.id == self._current)
        name = self._codebook.by_id[found.code_id].name
        act = self.project.suggestions.accept if verdict == "accept" else self.project.suggestions.reject
        one = SuggestionFilter(ids=(found.id,))
        self.workbench.attempt(lambda: act(one), done=f"{verdict.capitalize()}ed: {name}  (u takes it back)")
