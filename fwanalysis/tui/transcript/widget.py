"""The transcript widget: shows a source's words with its codings and suggestions, moves the caret, selects.

Attributes down (``show``, ``set_codings``, ``set_suggestions``, ``go_to``, ``select``), messages up. It knows values
only, never the project: it cannot code anything, and it never writes text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fwanalysis.domain.text import Span
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
from fwanalysis.tui.transcript.colours import PARTS, Look, look_of
from fwanalysis.tui.transcript.columns import columns_for
from fwanalysis.tui.transcript.lanes import Lanes, Stripe
from fwanalysis.tui.transcript.layout import EMPTY, Layout, blocks_of
from fwanalysis.tui.transcript.messages import CaretMoved, MarkActivated, SelectionChanged
from fwanalysis.tui.transcript.paint import Painter, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType

    from fwanalysis.domain.sources import Transcript
    from fwanalysis.tui.transcript.marks import CodingMark, Mark, SuggestionMark

_SCROLL_OFF = 2
"""Lines kept in sight above and below the caret."""

_WIDTH_UNTIL_SIZED = 80
"""What a layout is made for before the widget has a size; positions do not depend on it."""

_OVERLAP = 2
"""Lines that two pages share."""


class TranscriptView(ScrollView, inherit_bindings=False, can_focus=True):
    """A source's words, to read and to code.

    ``caret`` is a position in code points, always on shown text; watch it, and move it with ``go_to``. ``selecting``
    says whether movements extend the selection (select mode).
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript--{part}" for part in PARTS}
    DEFAULT_CSS = """
    TranscriptView {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;

        & > .transcript--question { color: $foreground 65%; }
        & > .transcript--aside { color: $foreground 50%; text-style: italic; }
        & > .transcript--number { color: $foreground 40%; }
        & > .transcript--label { color: $foreground 85%; text-style: bold; }
        & > .transcript--question-label { color: $foreground 60%; text-style: italic; }
        & > .transcript--caret { text-style: reverse; }
        & > .transcript--caret-away { background: $foreground 30%; text-style: underline; }
        & > .transcript--selection { background: $primary 40%; color: $foreground; }
    }
    """

    caret: reactive[int] = reactive(0, repaint=False, init=False)
    selecting: reactive[bool] = reactive(False, repaint=False, init=False, toggle_class="-selecting")

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._transcript: Transcript | None = None
        self._blocks = EMPTY
        self._columns = columns_for(_WIDTH_UNTIL_SIZED, EMPTY)
        self._layout = Layout("", EMPTY, self._columns.text)
        self._lanes = Lanes(self._layout, (), ())
        self._painter: Painter | None = None
        self._codings: tuple[CodingMark, ...] = ()
        self._suggestions: tuple[SuggestionMark, ...] = ()
        self._selection: Span | None = None
        self._anchor: int | None = None
        self._goal: int | None = None
        self._dragging = False
        self._pointing = False  # while the pointer moves the caret, text must not scroll away under it
        self._look: Look | None = None
        self._strips: LRUCache[tuple[int, tuple[Stripe, ...], View], Strip] = LRUCache(1000)
        self._height = 0

    # What is shown

    @property
    def transcript(self) -> Transcript | None:
        """What is shown, if anything is."""
        return self._transcript

    def show(self, transcript: Transcript) -> None:
        """Show *transcript*: another source from its start. Marks and selection of another revision are dropped."""
        if transcript == self._transcript:
            return
        before, self._transcript = self._transcript, transcript
        self._blocks = blocks_of(transcript)
        if before is None or before.revision.id != transcript.revision.id:
            self._codings, self._suggestions = (), ()
            self.select(None)
        same = before is not None and before.source.id == transcript.source.id
        self._relayout(self.caret if same else self._blocks[0].start)
        if not same and self._height:
            self.scroll_to(y=0, animate=False, force=True)

    def set_codings(self, codings: Iterable[CodingMark]) -> None:
        """Show these codings, whatever was shown before."""
        codings = tuple(codings)
        if codings != self._codings:
            self._codings = codings
            self._mark()

    def set_suggestions(self, suggestions: Iterable[SuggestionMark]) -> None:
        """Show these suggestions, whatever was shown before."""
        suggestions = tuple(suggestions)
        if suggestions != self._suggestions:
            self._suggestions = suggestions
            self._mark()

    def marks_at(self, position: int) -> tuple[Mark, ...]:
        """The codings and suggestions over *position*."""
        marks = (stripe.mark for stripe in self._lanes.at(self._layout.line_at(position)))
        return tuple(mark for mark in marks if mark.start <= position < mark.end)

    def _mark(self) -> None:
        before = set(self._lanes.all())
        self._lanes = Lanes(self._layout, self._codings, self._suggestions)
        for stripe in before.symmetric_difference(self._lanes.all()):
            self._refresh_lines(stripe.first, stripe.last)

    # Layout

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the words at the new width."""
        self._relayout(self.caret)

    def _relayout(self, caret: int) -> None:
        """Lay out anew with the caret at *caret*; its line, or the top one if it was out of sight, keeps its row."""
        width, height = self.scrollable_content_region.size
        if not width:
            width, height = _WIDTH_UNTIL_SIZED, 0
        before, top, at = self._layout, self.scroll_offset.y, self._layout.line_at(self.caret)
        row = at - top if top <= at < top + self._height else None
        self._wrap(width)
        self.virtual_size = Size(width, len(self._layout.lines))
        held = before.lines[min(top, len(before.lines) - 1)].start
        self.caret = caret
        line = self._layout.line_at(self.caret)
        if not self._height:
            self.scroll_to(y=line - height // 2, animate=False, force=True)
        elif row is None:
            self.scroll_to(y=self._layout.line_at(held), animate=False, force=True)
        else:
            self.scroll_to(y=line - min(row, height - 1), animate=False, force=True)
        self._height = height
        self.refresh()

    def _wrap(self, width: int) -> None:
        columns = columns_for(width, self._blocks)
        if columns != self._columns or self._blocks is not self._layout.blocks:
            self._columns = columns
            self._layout = Layout(self._transcript.text if self._transcript else "", self._blocks, columns.text)
            self._lanes = Lanes(self._layout, self._codings, self._suggestions)
            self._painter = None
            self._strips.clear()

    def notify_style_update(self) -> None:
        """Take up the colours of a changed theme."""
        super().notify_style_update()
        self._painter = None

    def _paint(self) -> Painter:
        if self._painter is None:
            look = look_of(self)
            if look != self._look:
                self._look = look
                self._strips.clear()
            self._painter = Painter(self._layout, self._columns, look)
        return self._painter

    def render_line(self, y: int) -> Strip:
        """The strip at *y* cells below the top of the widget."""
        index = y + self.scroll_offset.y
        if index >= len(self._layout.lines):
            return Strip.blank(self._columns.total, self.rich_style)
        painter = self._paint()
        key = (index, self._lanes.at(index), self._view(index))
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = painter.line(*key)
        return strip

    def _view(self, index: int) -> View:
        line = self._layout.lines[index]
        if self._transcript is None or line.block < 0:
            return View()
        selected = None
        if self._selection and self._selection.start < line.end and line.start < self._selection.end:
            selected = (max(line.start, self._selection.start), min(line.end, self._selection.end))
        if self._layout.line_at(self.caret) != index:
            return View(selected)
        return View(selected, self.caret, self.has_focus)

    def _refresh_lines(self, first: int, last: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first, last = max(first, top), min(last, top + height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    def _refresh_text(self, start: int, end: int) -> None:
        self._refresh_lines(self._layout.line_at(start), self._layout.line_at(end))

    # Caret and selection

    @property
    def selection(self) -> Span | None:
        """What is selected, to the code point."""
        return self._selection

    @property
    def last_shown(self) -> int:
        """The end of the last line in sight: how far the text has been seen."""
        bottom = self.scroll_offset.y + self.scrollable_content_region.height - 1
        return self._layout.lines[max(0, min(bottom, len(self._layout.lines) - 1))].end

    @property
    def line_at_caret(self) -> Span:
        """The text of the line that the caret is on."""
        line = self._layout.lines[self._layout.line_at(self.caret)]
        return Span(line.start, line.end)

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

    def validate_caret(self, position: int) -> int:
        """The shown place at or after *position*."""
        return self._layout.visible(min(max(0, position), len(self._layout.text)))

    def watch_caret(self, before: int, position: int) -> None:
        """Show where the caret is, and tell the screen."""
        self._goal = None
        for place in (before, position):
            self._refresh_text(place, place)
        self._into_sight()
        self.post_message(CaretMoved(position, self))

    def _into_sight(self) -> None:
        height = self.scrollable_content_region.height
        margin = 0 if self._pointing else max(0, min(_SCROLL_OFF, (height - 1) // 2))
        line, top = self._layout.line_at(self.caret), self.scroll_offset.y
        target = min(max(top, line + margin + 1 - height), line - margin)
        if height and target != top:
            self.scroll_to(y=target, animate=False, force=True)

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

    def _place(self, offset: Offset) -> int:
        index = min(max(0, offset.y + self.scroll_offset.y), len(self._layout.lines) - 1)
        return self._layout.position_at(index, offset.x - self._columns.text_left)

    def _marks_under(self, offset: Offset) -> tuple[str, ...]:
        index, columns = offset.y + self.scroll_offset.y, self._columns
        if not 0 <= index < len(self._layout.lines):
            return ()
        stripes = self._lanes.at(index)
        if columns.names and offset.x >= columns.names_left:
            return tuple(stripe.mark.id for stripe in stripes if stripe.first == index)
        lane = columns.lane_at(offset.x)
        if lane is None:
            return ()
        return tuple(
            stripe.mark.id for stripe in stripes if stripe.lane == lane or lane == columns.lanes <= stripe.lane
        )
