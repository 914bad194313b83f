"""The transcript widget: moves the caret over a source's text and selects, by key and by mouse.

Attributes down (``show``, ``set_codings``, ``set_suggestions``, ``go_to``, ``select``), messages up. It knows values
only, never the project: it cannot code anything, and it never writes text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.reactive import reactive

from fwanalysis.tui.transcript.bindings import BINDINGS
from fwanalysis.tui.transcript.caret import (
    MOTIONS,
    between,
    paragraph_at,
    sentence_at,
    turn_at,
    vertical,
    with_next_sentence,
    word_at,
)
from fwanalysis.tui.transcript.display import TranscriptDisplay
from fwanalysis.tui.transcript.messages import CaretMoved, MarkActivated, SelectionChanged

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from fwanalysis.domain.text import Span

_OVERLAP = 2
"""Lines that two pages share."""


class TranscriptView(TranscriptDisplay):
    """A source's text, to read and to code.

    Attributes:
        selecting: Whether movements extend the selection (select mode).
    """

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    selecting: reactive[bool] = reactive(False, repaint=False, init=False, toggle_class="-selecting")

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._selection: Span | None = None
        self._anchor: int | None = None
        self._goal: int | None = None
        self._dragging = False

    # Caret and selection

    @property
    def selection(self) -> Span | None:
        """What is selected, to the code point."""
        return self._selection

    @property
    def selected_text(self) -> str:
        """The selected words; empty if nothing is selected."""
        return self._selection.of(self._layout.text) if self._selection else ""

    def select(self, span: Span | None) -> None:
        """Select exactly *span*, with the caret at its end; None selects nothing and leaves select mode."""
        if span:
            self._anchor = span.start
            self.caret = span.end
        else:
            self._anchor = None
            self.selecting = False
        self._set_selection(span or None)

    def go_to(self, position: int, *, center: bool = False) -> None:
        """Put the caret at *position*, or the shown text after it, and into sight; *center* puts it mid-screen."""
        self.select(None)
        self.caret = position
        if center:
            line, height = self._layout.line_at(self.caret), self.scrollable_content_region.height
            self.scroll_to(y=line - height // 2, animate=False, force=True)
        else:
            self._into_sight()

    def watch_caret(self, before: int, position: int) -> None:
        """Show where the caret is, and tell the screen."""
        self._goal = None
        for place in (before, position):
            self._refresh_text(place, place)
        self._into_sight()
        self.post_message(CaretMoved(position, self))

    def _selected_in(self, start: int, end: int) -> tuple[int, int] | None:
        selection = self._selection
        if selection is None or selection.start >= end or selection.end <= start:
            return None
        return max(start, selection.start), min(end, selection.end)

    def _forget_selection(self) -> None:
        self.select(None)

    def _set_selection(self, span: Span | None) -> None:
        before, self._selection = self._selection, span
        if span == before:
            return
        for part in (before, span):
            if part:
                self._refresh_text(part.start, part.end)
        self.post_message(SelectionChanged(span, self))

    def _move(self, position: int, *, extend: bool) -> None:
        if not extend:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self.caret
        self.caret = position
        self._set_selection(None if self._anchor is None else between(self._layout, self._anchor, self.caret))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the screen's unless there is something to leave here."""
        return action != "clear_selection" or self.selecting or self._selection is not None

    def action_move(self, motion: str, extend: bool = False) -> None:
        """Move the caret by the named motion; *extend* the selection with it."""
        extend = extend or self.selecting
        if motion in MOTIONS:
            self._move(MOTIONS[motion](self._layout, self.caret), extend=extend)
            return
        page = max(1, self.scrollable_content_region.height - _OVERLAP)
        steps = {"up": -1, "down": 1, "page_up": -page, "page_down": page}[motion]
        goal = self._layout.column_at(self.caret) if self._goal is None else self._goal
        if abs(steps) > 1:
            self.scroll_to(y=self.scroll_offset.y + steps, animate=False, force=True)
        self._move(vertical(self._layout, self.caret, steps, goal), extend=extend)
        self._goal = goal

    def action_select_sentence(self) -> None:
        """Select the sentence at the caret, or draw the selection out by one sentence."""
        span = self._selection
        self.select(with_next_sentence(self._layout, span) if span else sentence_at(self._layout, self.caret))

    def action_select_turn(self) -> None:
        """Select the words of the turn at the caret."""
        self.select(turn_at(self._layout, self.caret))

    def action_toggle_select(self) -> None:
        """Enter or leave select mode; what is selected stays so."""
        self.selecting = not self.selecting
        if self.selecting and self._anchor is None:
            self._anchor = self.caret

    def action_clear_selection(self) -> None:
        """Select nothing and leave select mode."""
        self.select(None)

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Set the caret, or begin to drag a selection; in the margin and on names, tell which marks were meant."""
        if event.button != 1 or self._transcript is None:
            return
        offset = event.get_content_offset_capture(self)
        ids = self._marks_under(offset)
        if ids:
            self.post_message(MarkActivated(ids, self))
            return
        self._dragging = self._pointing = True
        self._move(self._place(offset), extend=event.shift)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw the selection out to the pointer."""
        if self._dragging:
            self._move(self._place(event.get_content_offset_capture(self)), extend=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._dragging:
            self._dragging = self._pointing = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word at two clicks, the sentence at three, the paragraph at four."""
        at = {2: word_at, 3: sentence_at, 4: paragraph_at}.get(event.chain)
        offset = event.get_content_offset_capture(self)
        if at and self._transcript and not self._marks_under(offset):
            self._pointing = True
            self.select(at(self._layout, self._place(offset)))
            self._pointing = False
