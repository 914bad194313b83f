"""A page of wrapped text with headings and places to go to. Knows neither a project nor a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fwanalysis.tui.charting.cell_lines import Run
from fwanalysis.tui.charting.look import PARTS, Look, look_of
from fwanalysis.tui.charting.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

    from fwanalysis.tui.app_base import Place

_WIDEST = 96
"""Most terminal cells of a line, since longer lines are hard to read."""
_MARGIN = 2
_MORE = "▼"
"""At the end of the last line in sight, if there are more and no scrollbar shows it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a place on a page leads to: a cell of the matrix, or words of a source.

    Attributes:
        cell: Row key and column key.
        place: The words.
    """

    cell: tuple[str, str] | None = None
    place: Place | None = None


class Block(NamedTuple):
    """A paragraph of a page.

    Attributes:
        runs: Its text.
        target: Where it leads to, if anywhere.
        indent: Terminal cells to the left of it.
    """

    runs: tuple[Run, ...]
    target: Target | None = None
    indent: int = 0


class _Line(NamedTuple):
    runs: tuple[Run, ...]
    block: int
    indent: int


class Page(ScrollView, inherit_bindings=False, can_focus=True):
    """Paragraphs to read; up and down go from one place to the next, enter goes to where it leads."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go to", id="page.choose"),
        Binding("up,k", "step(-1)", "Previous place", show=False, id="page.up"),
        Binding("down,j", "step(1)", "Next place", show=False, id="page.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="page.page-up"),
        Binding("pagedown,ctrl+f,space", "page(1)", "Page down", show=False, id="page.page-down"),
        Binding("home,g", "edge(-1)", "Top of the page", show=False, id="page.home"),
        Binding("end,G", "edge(1)", "End of the page", show=False, id="page.end"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{part}" for part in PARTS}
    DEFAULT_CSS = """
    Page {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;

        &.-plain { overflow-y: hidden; }
        & > .chart--heading { text-style: bold underline; }
        & > .chart--label { text-style: bold; }
        & > .chart--dim { color: $foreground 60%; }
        & > .chart--stale { text-style: bold reverse; }
        & > .chart--mark { text-style: bold; }
        & > .chart--warning { text-style: bold; color: $text-warning; }
        & > .chart--evidence { color: $foreground 85%; }
        & > .chart--link { color: $primary; text-style: bold; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A place is asked for."""

        target: Target

    def __init__(self, *, id: str | None = None, has_scrollbar: bool = True) -> None:
        super().__init__(id=id)
        self._has_scrollbar = has_scrollbar
        self.set_class(not has_scrollbar, "-plain")
        self._blocks: Sequence[Block] = ()
        self._lines: list[_Line] = []
        self._current: int | None = None
        self._look: Look | None = None
        self._width = 0

    # What is shown

    def show(self, blocks: Iterable[Block], *, keep: bool = False) -> None:
        """Show other paragraphs, from the top, or where the page is if *keep* is set."""
        before = len(self._lines)
        self._blocks = tuple(blocks)
        places = self._places()
        if not keep or self._current not in places:
            self._current = next(iter(places), None)
        self._lay_out()
        if self.scroll_offset.y and not keep:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh(Region(0, 0, self.size.width, min(self.size.height, max(before, len(self._lines)))))

    @property
    def text(self) -> str:
        """All paragraphs as they are shown."""
        return "\n".join("".join(run.text for run in block.runs) for block in self._blocks)

    @property
    def current(self) -> Block | None:
        """The paragraph of the place under the cursor."""
        return None if self._current is None else self._blocks[self._current]

    def _places(self) -> list[int]:
        return [number for number, block in enumerate(self._blocks) if block.target is not None]

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        width = min(_WIDEST, self._width - _MARGIN - 1)
        self._lines = [line for number, block in enumerate(self._blocks) for line in _wrapped(block, number, width)]
        size = Size(self._width, len(self._lines))
        if self._has_scrollbar:
            self.virtual_size = size
        else:  # a changed size would lay out the whole screen again, which takes longer than a move of the cursor may
            self.set_reactive(Page.virtual_size, size)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text at the new width."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
            self.refresh()

    def notify_style_update(self) -> None:
        """Take up the colours of a changed theme."""
        super().notify_style_update()
        self._look = None

    # Moving

    def action_step(self, step: int) -> None:
        """Go to the next or the previous place in sight; scroll by a line if there is none."""
        top, height = self.scroll_offset.y, self.size.height
        others = [number for number in self._places() if self._current is None or (number - self._current) * step > 0]
        following = (others[0] if step > 0 else others[-1]) if others else None
        if following is not None:
            line = self._line_of(following)
            if top - 1 <= line <= top + height:
                self._go(following)
                return
        self.scroll_to(y=top + step, animate=False, force=True)

    def action_page(self, step: int) -> None:
        """Scroll by a page; the place is the first in sight."""
        self.scroll_to(y=self.scroll_offset.y + step * max(1, self.size.height - 2), animate=False, force=True)
        self._take_first()

    def action_edge(self, edge: int) -> None:
        """Scroll to the top or to the end."""
        self.scroll_to(y=0 if edge < 0 else self.max_scroll_y, animate=False, force=True)
        places = self._places()
        if places:
            self._current = places[0 if edge < 0 else -1]
            self.refresh()

    def _take_first(self) -> None:
        top = self.scroll_offset.y
        self._current = next((number for number in self._places() if self._line_of(number) >= top), self._current)
        self.refresh()

    def _line_of(self, block: int) -> int:
        return next((at for at, line in enumerate(self._lines) if line.block == block), 0)

    def _go(self, block: int) -> None:
        self._current = block
        lines = [at for at, line in enumerate(self._lines) if line.block == block]
        top, height = self.scroll_offset.y, self.size.height
        target = min(max(top, lines[-1] + 1 - height), lines[0])
        if target != top:
            self.scroll_to(y=target, animate=False, force=True)
        self.refresh()

    def action_choose(self) -> None:
        """Go to where the place leads."""
        block = self.current
        if block is not None and block.target is not None:
            self.post_message(self.Chosen(block.target))

    def on_click(self, event: events.Click) -> None:
        """Take the place that is clicked; go there at two clicks."""
        at = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if 0 <= at < len(self._lines) and self._blocks[self._lines[at].block].target is not None:
            self._current = self._lines[at].block
            self.refresh()
            if event.chain == 2:
                self.action_choose()

    # Painting

    def render_line(self, y: int) -> Strip:
        """Return the strip at *y* cells below the top of the widget."""
        if self._look is None:
            self._look = look_of(self)
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(self.size.width, self._look.base)
        line = self._lines[at]
        is_current = line.block == self._current and self.has_focus
        marker = "▌" if is_current else " "
        segments = [Segment(marker, self._look.of("link")), Segment(" " * (_MARGIN - 1 + line.indent))]
        segments += [Segment(run.text, self._look.of(run.look)) for run in line.runs]
        strip = Strip(segments)
        if not self._has_scrollbar and y == self.size.height - 1 and at + 1 < len(self._lines):
            strip = Strip([*strip.adjust_cell_length(self.size.width - 1), Segment(_MORE, self._look.of("link"))])
        return strip.adjust_cell_length(self.size.width).apply_style(self._look.base)


def _wrapped(block: Block, number: int, width: int) -> list[_Line]:
    """Return the lines of a paragraph, with its runs divided among them."""
    text = "".join(run.text for run in block.runs)
    lines = []
    for start, end in wrap(text, max(10, width - block.indent)):
        runs, position = [], 0
        for run in block.runs:
            first, last = max(start, position), min(end, position + len(run.text))
            if first < last:
                runs.append(Run(text[first:last], run.look))
            position += len(run.text)
        lines.append(_Line(tuple(runs), number, block.indent))
    return lines
