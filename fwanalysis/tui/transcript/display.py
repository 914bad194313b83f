"""The transcript on the screen: a source's text with its codings and suggestions, wrapped and painted line by line.

Shows where the caret is and keeps it in sight. How the caret is moved and what is selected is the widget's concern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fwanalysis.domain.text import Span
from fwanalysis.tui.transcript.colours import PARTS, Look, look_of
from fwanalysis.tui.transcript.columns import columns_for
from fwanalysis.tui.transcript.lanes import Lanes, Stripe
from fwanalysis.tui.transcript.layout import EMPTY, Layout, blocks_of
from fwanalysis.tui.transcript.paint import Painter, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from fwanalysis.domain.sources import Transcript
    from fwanalysis.tui.transcript.marks import CodingMark, Mark, SuggestionMark

_SCROLL_OFF = 2
"""Lines kept in sight above and below the caret."""

_WIDTH_UNTIL_SIZED = 80
"""Width of the layout before the widget has a size; positions do not depend on it."""


class TranscriptDisplay(ScrollView, inherit_bindings=False, can_focus=True):
    """A source's text with its codings and suggestions.

    Attributes:
        caret: Position in code points, always on shown text; watch it.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript--{part}" for part in PARTS}
    DEFAULT_CSS = """
    TranscriptDisplay {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;

        & > .transcript--question { color: $foreground 65%; }
        & > .transcript--excluded { color: $foreground 50%; text-style: italic; }
        & > .transcript--number { color: $foreground 40%; }
        & > .transcript--label { color: $foreground 85%; text-style: bold; }
        & > .transcript--question-label { color: $foreground 60%; text-style: italic; }
        & > .transcript--caret { text-style: reverse; }
        & > .transcript--caret-away { background: $foreground 30%; text-style: underline; }
        & > .transcript--selection { background: $primary 40%; color: $foreground; }
    }
    """

    caret: reactive[int] = reactive(0, repaint=False, init=False)

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
            self._forget_selection()
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
        """Lay out again with the caret at *caret*; its line, or the top one if it was out of sight, keeps its row."""
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
        selected = self._selected_in(line.start, line.end)
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

    def validate_caret(self, position: int) -> int:
        """The shown place at or after *position*."""
        return self._layout.visible(min(max(0, position), len(self._layout.text)))

    def _into_sight(self) -> None:
        height = self.scrollable_content_region.height
        margin = 0 if self._pointing else max(0, min(_SCROLL_OFF, (height - 1) // 2))
        line, top = self._layout.line_at(self.caret), self.scroll_offset.y
        target = min(max(top, line + margin + 1 - height), line - margin)
        if height and target != top:
            self.scroll_to(y=target, animate=False, force=True)

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

    def _selected_in(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what is selected of a line of the text; nothing, unless a widget selects."""
        return None

    def _forget_selection(self) -> None:
        """Another text is shown: drop what was selected in the one before."""
