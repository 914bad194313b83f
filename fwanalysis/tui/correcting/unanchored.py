"""Unanchored segments of a source: each as it was in an earlier revision, beside its best match in the present text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.revisions import MIN_SIMILARITY, case_or_none, safe_to_reanchor
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import Conflict, NotFound
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.correcting.diff import differing
from fwanalysis.tui.correcting.source_task import SourceTask
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.screen import WorkbenchScreen
from fwanalysis.tui.transcript.widget import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.revisions import UnanchoredSegment
    from fwanalysis.project import Project

_GLANCE = 160
"""Characters of a segment that a question shows."""
_ANCHORED = "Re-anchored  (u to undo)"
_NOTHING = " No unanchored segments. esc goes back."


class UnanchoredScreen(SourceTask):
    """Decide on one after the other; after the last, the screen stays open so that it can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept", id="unanchored.accept"),
        Binding("A", "accept_all", "Accept all certain", id="unanchored.accept-all"),
        Binding("p", "by_hand", "Select in text", id="unanchored.by-hand"),
        Binding("x", "leave", "Leave", id="unanchored.leave"),
        Binding("n", "move(1)", "Next", show=False, id="unanchored.next"),
        Binding("N", "move(-1)", "Previous", show=False, id="unanchored.previous"),
        Binding("pagedown,space", "turn_pages(1)", "Further down", show=False, priority=True, id="unanchored.down"),
        Binding("pageup", "turn_pages(-1)", "Further up", show=False, priority=True, id="unanchored.up"),
        Binding("u", "undo", "Undo", show=False, id="unanchored.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="unanchored.redo"),
        Binding("escape", "dismiss", "Back", id="unanchored.back"),
    ]

    def __init__(self, project: Project, source_id: str) -> None:
        super().__init__(project, source_id)
        self._found: Sequence[UnanchoredSegment] = ()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the list, and the two texts."""
        yield Static(id="heading", markup=False)
        yield OptionList(id="segments")
        with Horizontal(id="sides"):
            with VerticalScroll(id="before", can_focus=False):
                yield Static(id="before-words", markup=False)
            with VerticalScroll(id="now", can_focus=False):
                yield Static(id="now-words", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(OptionList).focus()

    def _load(self) -> None:
        self._found = self.project.sources.unanchored(self._source_id)

    def _draw(self) -> None:
        """Show the unanchored segments; the next comes under the cursor when one is decided."""
        self.query_one("#sides").display = bool(self._found)
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.clear_options()
        listed.add_options([Option(_line(item), id=item.segment_id) for item in self._found])
        if self._found:
            listed.highlighted = min(at, len(self._found) - 1)
            self._compare()
        else:
            self.query_one("#heading", Static).update(_NOTHING)
            self.refresh_bindings()

    @property
    def _present(self) -> UnanchoredSegment | None:
        at = self.query_one(OptionList).highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Compare what is under the cursor."""
        self._compare()

    def _compare(self) -> None:
        item = self._present
        if item is None:
            return
        count = len(self._found)
        heading = Text.assemble((f" {item.source}", "bold"), f"  {count} unanchored segment{'s' * (count != 1)}")
        heading.append("   [-removed-]  {+added+}", style="dim")
        self.query_one("#heading", Static).update(heading)
        self.query_one("#before").border_title = f"Before, in revision {item.old_revision}"
        old, new = differing(item.old_quote, item.quote or "")
        if item.quote is None:
            old = Text(one_line(item.old_quote), style="bold underline")
            new = Text(f"Not found: {item.reason}.\n\n", style="bold")
            new.append("p selects it in the text, x leaves it as it is; the coding is kept.", style="not bold")
            self.query_one("#now").border_title = "Now"
        else:
            new = _in_context(item.before, new, item.after)
            new.append(f"\n\n{item.reason}", style="dim")
            if item.reattribution:
                new.append(f"\n{item.reattribution}", style="bold")
            self.query_one("#now").border_title = f"Best match, {item.score * 100:.0f} % similar"
        old = _in_context(item.old_before, old, item.old_after)
        old.append(f"\n\n{', '.join(item.codings)}", style="bold")
        self.query_one("#before-words", Static).update(old)
        self.query_one("#now-words", Static).update(new)
        for side in ("#before", "#now"):
            self.query_one(side, VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def action_turn_pages(self, step: int) -> None:
        """Scroll both texts by a page."""
        for side in ("#before", "#now"):
            shown = self.query_one(side, VerticalScroll)
            shown.scroll_relative(y=step * max(1, shown.size.height - 2), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Accepting needs a match."""
        if action == "accept":
            return self._present is not None and self._present.start is not None
        if action == "accept_all":
            return bool(safe_to_reanchor(self._found))
        return bool(self._found) or action not in ("by_hand", "leave", "move")

    def action_accept(self) -> None:
        """Re-anchor the segment at its best match."""
        item = self._present
        if item is None or item.start is None or item.end is None:
            return
        span = Span(item.start, item.end)
        if not self.workbench.attempt(lambda: _anchor(self, item, span, item.revision_id)):
            self._read()

    def action_accept_all(self) -> None:
        """Re-anchor every segment whose best match is certain, as one step, after asking."""
        chosen, seen = safe_to_reanchor(self._found), self._found[0]
        least = min(chosen, key=lambda item: item.score)
        segments = f"{len(chosen)} segment{'s' * (len(chosen) != 1)}"
        question = (
            f"Re-anchor {segments} whose best match is at least {MIN_SIMILARITY * 100:.0f} % similar?\n\n"
            f"Lowest similarity ({least.score * 100:.0f} %):\n"
            f"was “{_cut(least.old_quote)}”\nnow “{_cut(least.quote or '')}”"
        )

        def change() -> None:
            _refuse_stale(self.project, seen, seen.revision_id)
            anchored = len(
                self.project.sources.reanchor_all(self._source_id, only={item.segment_id for item in chosen})
            )
            done = f"Re-anchored {anchored} segment{'s' * (anchored != 1)}"
            self.notify(f"{done}  (u to undo)" if anchored else done, timeout=3, markup=False)

        def answered(index: int | None) -> None:
            if index == 0 and not self.workbench.attempt(change):
                self._read()

        self.app.push_screen(
            ChooseScreen(question, ["Re-anchor them, as one undo step", "Leave them unanchored"]), answered
        )

    def action_leave(self) -> None:
        """Leave it unanchored, and go to the next."""
        if self.query_one(OptionList).highlighted == len(self._found) - 1:
            self.notify(
                "This is the last one. Unanchored segments stay listed here, and their codings are kept.", timeout=3
            )
        self.action_move(1)

    def action_move(self, step: int) -> None:
        """Go down or up."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            listed.highlighted = min(max(0, listed.highlighted + step), len(self._found) - 1)

    def action_by_hand(self) -> None:
        """Select in the text where the segment is now."""
        if self._present is not None:
            self.app.push_screen(PlacePassageScreen(self.project, self._present))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show its best match in the text, or where it was."""
        item = self._present
        if item is not None:
            place = Place(item.source_id, _likely_position(item))
            while len(self.app.screen_stack) > 2:  # the edit mode may be open between this and the view
                self.app.pop_screen()
            self.dismiss()
            self.workbench.go_to(place)


class PlacePassageScreen(WorkbenchScreen):
    """Select in the text where a segment is now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "place", "Re-anchor at the selection", id="placing.place"),
        Binding("escape", "dismiss", "Back", id="placing.back"),
    ]

    def __init__(self, project: Project, item: UnanchoredSegment) -> None:
        super().__init__()
        self.project = project
        self._item = item

    def compose(self) -> ComposeResult:
        """Lay out the text below the words as they were."""
        heading = Text.assemble((" Where is this now?  ", "bold"), f"“{one_line(self._item.old_quote)}”\n")
        heading.append(f" {', '.join(self._item.codings)}", style="bold")
        heading.append("   select it, then enter", style="dim")
        yield Static(heading, id="heading", markup=False)
        yield TranscriptView(id="transcript")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at its best match, or where it was."""
        view = self.query_one(TranscriptView)
        if self._show():
            view.focus()
            view.call_after_refresh(self._begin)

    def _show(self) -> bool:
        """Show the text, and return whether the source still exists; close if it does not."""
        try:
            transcript = self.project.sources.transcript(self._item.source_id)
        except NotFound:
            self.dismiss()
            return False
        self.query_one(TranscriptView).show(transcript)
        return True

    def _begin(self) -> None:
        view, item = self.query_one(TranscriptView), self._item
        view.go_to(_likely_position(item), center=True)
        if item.start is not None and item.end is not None:
            view.select(Span(item.start, item.end))

    def action_place(self) -> None:
        """Re-anchor the segment at what is selected."""
        view = self.query_one(TranscriptView)
        span, shown = view.selection, view.transcript
        if span is None or shown is None:
            self.notify("Select the words first, with s or shift and the arrow keys.", severity="warning")
            return
        if self.workbench.attempt(lambda: _anchor(self, self._item, span, shown.revision.id)):
            self.dismiss()
        else:
            self._show()


def _anchor(screen: UnanchoredScreen | PlacePassageScreen, item: UnanchoredSegment, span: Span, seen: str) -> None:
    """Re-anchor a segment at a span of the revision *seen*, and report it, also if it is reattributed."""
    _refuse_stale(screen.project, item, seen)
    anchored = screen.project.sources.reanchor(item.segment_id, start=span.start, end=span.end)
    if anchored.is_reattributed:
        moved = f"reattributed from {case_or_none(anchored.old_case)} to {case_or_none(anchored.new_case)}"
        screen.notify(f"{_ANCHORED}\n{moved}", timeout=6, markup=False)
    else:
        screen.notify(_ANCHORED, timeout=3, markup=False)


def _refuse_stale(project: Project, item: UnanchoredSegment, seen: str) -> None:
    if project.sources.get(item.source_id).revision_id != seen:
        raise Conflict(f"{item.source} was changed by another coder. The screen shows the new text; try again.")


def _line(item: UnanchoredSegment) -> Text:
    score = "not found" if item.quote is None else f"{item.score:.2f}"
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"{score}  ", style="bold")
    line.append(f"{', '.join(item.codings)}  ", style="bold")
    line.append(f"“{one_line(item.old_quote)}”")
    return line


def _in_context(before: str | None, words: Text, after: str | None) -> Text:
    context = Text()
    if before and before.strip():
        context.append(f"… {one_line(before)} ", style="dim")
    context.append_text(words)
    if after and after.strip():
        context.append(f" {one_line(after)} …", style="dim")
    return context


def _likely_position(item: UnanchoredSegment) -> int:
    return item.old_start if item.start is None else item.start


def _cut(quote: str) -> str:
    words = one_line(quote)
    return words if len(words) <= _GLANCE else f"{words[: _GLANCE - 1].rstrip()}…"
