"""The Code view: what can be done at the caret of a source that is being read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.domain.text import Span, one_line
from fwanalysis.project.codings import NO_PARTICIPANTS
from fwanalysis.tui.coding.bindings import BINDINGS
from fwanalysis.tui.coding.pending import next_source_with_pending
from fwanalysis.tui.coding.reading import WIDE, ReadingView
from fwanalysis.tui.coding.reads import READS
from fwanalysis.tui.coding.status_line import stated
from fwanalysis.tui.correcting.open import screen_for
from fwanalysis.tui.widgets.codetree import CodeTree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType

    from fwanalysis.domain.codings import Evidence
    from fwanalysis.tui.dialogs.find_code import Choice

_QUOTE = 50
"""Characters of a quotation that a question shows."""


class CodeScreen(ReadingView):
    """Code passages, remove codings, and decide on suggestions in the text."""

    NAME = "code"
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    # Moving

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
        """Go between the text and the tree of codes; where there is no room for both, one hides the other."""
        tree, reading = self.query_one(CodeTree), self.query_one("#reading")
        to_tree = not tree.has_focus
        if self.size.width < WIDE:
            tree.display, reading.display = to_tree, not to_tree
        (tree if to_tree else self.view).focus()

    def action_cells(self) -> None:
        """List the cells of the matrix that are based on what is selected, or on the line at the caret."""
        if self._transcript is None:
            return
        from fwanalysis.tui.charting.cells_at import list_cells_at

        span = self.view.selection or self.view.line_at_caret
        list_cells_at(self.workbench, self._transcript.source.id, span.start, span.end)

    # Coding

    def action_code(self) -> None:
        """Choose a code for what is selected, or for the sentence at the caret."""
        if self._transcript is None:
            return
        if self.view.selection is None:
            self.view.action_select_sentence()
        span = self.view.selection
        if span is None or not span.of(self._transcript.text).strip():
            self.notify("There are no words to code here. Move the caret to some words first.", severity="warning")
            return
        from fwanalysis.tui.dialogs.find_code import FinderScreen

        quote, seen = one_line(span.of(self._transcript.text)), self._transcript.revision.id

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._code(span, choice, seen)

        self.app.push_screen(FinderScreen(self.project.codebook, quote, recent=self._recent_codes()), chosen)

    def _recent_codes(self) -> Sequence[str]:
        """Return the ids of the codes that this source was coded with, newest first."""
        newest = sorted(self._evidence, key=lambda item: item.coding.created_at, reverse=True)
        return list(dict.fromkeys(item.coding.code_id for item in newest))

    def _code(self, span: Span, choice: Choice, seen: str) -> None:
        """Code *span* of the revision *seen*."""
        assert self._transcript is not None
        source_id = self._transcript.source.id

        def change() -> None:
            if choice.code_id is None:
                self.project.codings.add_new(source_id, choice.name, span.start, span.end, seen=seen)
            else:
                self.project.codings.add(source_id, choice.code_id, span.start, span.end, seen=seen)

        if self.workbench.attempt(change):
            self.view.go_to(span.end - 1)
            self._last_done = (f"Coded: {choice.name}  (u to undo)", self.view.caret)
            if self._transcript.speech and attribution_of(self._transcript.speaker_index, span).is_unattributed:
                self.notify(NO_PARTICIPANTS, severity="warning", markup=False)
        else:
            self._stale_parts = set(READS)  # another program may have corrected the text
            self.redraw()

    def on_code_tree_chosen(self, message: CodeTree.Chosen) -> None:
        """Apply the code chosen in the tree to what is selected."""
        span = self.view.selection
        if span is None or self._codebook is None or self._transcript is None:
            self.notify("Select a passage first, with s or shift and the arrow keys.", severity="warning")
            return
        from fwanalysis.tui.dialogs.find_code import Choice

        choice = Choice(message.code_id, self._codebook.by_id[message.code_id].name)
        self._code(span, choice, self._transcript.revision.id)
        self.action_tree()

    def action_remove(self) -> None:
        """Remove the coding at the caret, else on its line; if there are several, ask which."""
        self._with_coding("Remove which coding?", self._remove)

    def action_stance(self) -> None:
        """Change the stance of the current suggestion, else of the coding at the caret: for, against, mixed."""
        current = self._pending.current
        if current is None:
            self._with_coding("Change the stance of which coding?", self._change_stance)
            return
        self._chosen_stances[current.id] = current.stance.following
        self._pending = replace(self._pending, items=tuple(map(self._as_chosen, self._pending.items)))
        self._show_suggestions()

    def action_note(self) -> None:
        """Write a note on the coding at the caret."""
        self._with_coding("Write a note on which coding?", self._ask_for_note)

    def _with_coding(self, question: str, act: Callable[[Evidence], None]) -> None:
        """Do something with the coding at the caret, else on its line; if there are several, ask which."""
        line = self.view.line_at_caret
        at = [item for item in self._evidence if item.anchor.start <= self.view.caret <= item.anchor.end]
        at = at or [item for item in self._evidence if item.anchor.span.overlaps(line)]
        if not at or self._codebook is None:
            self.notify("No coding is on this line.", severity="warning")
            return
        if len(at) == 1:
            act(at[0])
            return
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        names = [
            f"{self._name_of(item)}{stated(item.coding.stance)}: “{one_line(item.anchor.quote)[:_QUOTE]}”"
            for item in at
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                act(at[index])

        self.app.push_screen(ChooseScreen(question, names), chosen)

    def _remove(self, item: Evidence) -> None:
        done = f"Removed: {self._name_of(item)}  (u to undo)"
        self.workbench.attempt(lambda: self.project.codings.remove([item.coding.id]), done=done)

    def _change_stance(self, item: Evidence) -> None:
        stance = item.coding.stance.following
        done = f"{self._name_of(item)}: {stance}  (u to undo)"
        self.workbench.attempt(lambda: self.project.codings.edit([item.coding.id], stance=stance), done=done)

    def _ask_for_note(self, item: Evidence) -> None:
        from fwanalysis.tui.dialogs.ask import AskScreen

        def asked(note: str | None) -> None:
            if note is not None:
                self.workbench.attempt(lambda: self.project.codings.edit([item.coding.id], note=note))

        question = f"Note on {self._name_of(item)}: “{one_line(item.anchor.quote)[:_QUOTE]}”"
        self.app.push_screen(AskScreen(question, value=one_line(item.coding.note), may_be_empty=True), asked)

    def _name_of(self, item: Evidence) -> str:
        assert self._codebook is not None
        return self._codebook.by_id[item.coding.code_id].name

    # Correcting

    def action_correct(self, task: str) -> None:
        """Edit the turn at the caret, decide on unanchored codings, or show the speakers."""
        if task == "unanchored" and not self._unanchored:
            self.notify("No unanchored codings in this source.", timeout=3)
        elif self._transcript is not None:
            source_id, caret = self._transcript.source.id, self.view.caret
            self.workbench.attempt(lambda: self.app.push_screen(screen_for(task, self.project, source_id, caret)))

    # Suggestions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Deciding needs a current suggestion."""
        return action != "decide" or self._pending.current is not None

    def action_suggestion(self, step: int) -> None:
        """Go to the next or previous pending suggestion; at the end of a source, to the next source that has any."""
        target = self._pending.step(self.view.caret, step)
        if target is not None:
            self._go_to_suggestion(target)
            return
        source_id = self._next_with_suggestions(step)
        if source_id is None:
            self.notify("No pending suggestions. Press 1, then r to run the rules.")
            return
        assert self._transcript is not None
        name, left = self._transcript.source.name, len(self._pending.items)
        self.open_source(source_id)
        self._go_to_suggestion(self._pending.items[0 if step > 0 else -1].id)
        behind = f"; {left} still pending in {name}" if left and self._transcript.source.name != name else ""
        self.notify(f"Next source: {self._transcript.source.name}{behind}", timeout=4, markup=False)

    def _next_with_suggestions(self, step: int) -> str | None:
        if self._transcript is None:
            return None
        ids, pending = self.project.sources.ids(), self.project.suggestions.pending_by_source()
        return next_source_with_pending(ids, pending, self._transcript.source.id, step)

    def action_decide(self, verdict: str) -> None:
        """Accept or reject the current suggestion."""
        found = self._pending.current
        if found is None or self._codebook is None:
            return
        name = self._codebook.by_id[found.code_id].name
        one = SuggestionFilter(ids=(found.id,))
        suggestions = self.project.suggestions

        def decide() -> None:
            if verdict == "accept":
                suggestions.accept(one, stance=found.stance)
            else:
                suggestions.reject(one)

        self.workbench.attempt(decide, done=f"{verdict.capitalize()}ed: {name}  (u to undo)")
