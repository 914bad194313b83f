"""Painting: one visual line with its marks becomes a strip of styled segments.

What is drawn depends on the arguments alone, so a strip can be kept under them. Knows nothing of scrolling or of keys.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.codings import Stance
from fwanalysis.tui.transcript.clusters import Cluster
from fwanalysis.tui.transcript.columns import Columns, shortened
from fwanalysis.tui.transcript.layout import Layout, Tone, VisualLine
from fwanalysis.tui.transcript.marks import CodingMark, Mark, SuggestionMark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.tui.transcript.colours import Look
    from fwanalysis.tui.transcript.lanes import Stripe

_STRIPES = {CodeKind.SENSITIZING: "▌", CodeKind.EMERGENT: "┃"}
_DOTTED = "┆"
_CURRENT = "┇"
_STANCES = {Stance.AGAINST: "−", Stance.MIXED: "±"}
_MORE = "+"
_NARROWEST_NAME = 10
"""Cells that a name must have to be worth showing."""
_PLAIN = Style()
_HIT = Style(underline=True)
_CURRENT_HIT = Style(underline=True, bold=True)


class View(NamedTuple):
    """What the user does on a line: the selected part of it, the caret if it is here, and whether it has the keys."""

    selected: tuple[int, int] | None = None
    caret: int | None = None
    focused: bool = True


class Painter:
    """Paints the lines of one layout in one look."""

    __slots__ = ("_columns", "_layout", "_look")

    def __init__(self, layout: Layout, columns: Columns, look: Look) -> None:
        self._layout = layout
        self._columns = columns
        self._look = look

    def line(self, index: int, stripes: tuple[Stripe, ...], view: View) -> Strip:
        """The visual line *index* with the stripes that run beside it, as wide as all columns together."""
        line = self._layout.lines[index]
        segments = [*self._gutter(line), *self._margin(index, stripes), Segment(" ", _PLAIN)]
        segments += self._words(line, stripes, view)
        segments += self._names(index, stripes)
        return Strip(segments).adjust_cell_length(self._columns.total).apply_style(self._look.base)

    def _gutter(self, line: VisualLine) -> Iterator[Segment]:
        columns, look = self._columns, self._look
        block = self._layout.blocks[line.block] if line.first else None
        if columns.number:
            number = str(block.number) if block and block.number else ""
            yield Segment(f" {number:>{columns.number}}", look.number)
        if columns.label:
            style = look.label if block and block.tone is Tone.SPEECH else look.question_label
            yield Segment(" ", _PLAIN)
            yield Segment(shortened(block.label, columns.label) if block else " " * columns.label, style)

    def _margin(self, index: int, stripes: Sequence[Stripe]) -> Iterator[Segment]:
        columns = self._columns
        shown = {stripe.lane: stripe for stripe in stripes if stripe.lane < columns.lanes}
        yield Segment(_MORE if len(stripes) > len(shown) else " ", self._look.number)
        for lane in reversed(range(columns.lanes)):
            stripe = shown.get(lane)
            if stripe is None:
                yield Segment(" " * columns.pitch, _PLAIN)
            elif stripe.first == index and columns.pitch > 1:
                yield self._initials(stripe.mark)
            else:
                glyph = _first_glyph(stripe.mark) if stripe.first == index else _glyph(stripe.mark)
                yield Segment(glyph.ljust(columns.pitch), self._look.ink(stripe.mark.colour))

    def _initials(self, mark: Mark) -> Segment:
        stance = _STANCES.get(mark.stance, "")
        text = shortened(mark.initials[: len(mark.initials) - len(stance)] + stance, self._columns.pitch)
        if isinstance(mark, CodingMark):
            return Segment(text, self._look.chip(mark.colour))
        return Segment(text.lower(), self._look.ink(mark.colour) + Style(italic=True, underline=mark.current))

    def _names(self, index: int, stripes: Sequence[Stripe]) -> Iterator[Segment]:
        """The names of what begins on the line; several share the column, the longest giving way."""
        room = self._columns.names
        beginning = [stripe.mark for stripe in stripes if stripe.first == index]
        marks = sorted(beginning, key=lambda mark: mark.start)[: room // _NARROWEST_NAME]
        texts = [f"{_first_glyph(mark)} {mark.name}" for mark in marks]
        room -= len(texts) - 1
        widths = [cell_len(text) for text in texts]
        fair = next((most for most in range(room, 0, -1) if sum(min(width, most) for width in widths) <= room), 1)
        for mark, text in zip(marks, texts, strict=True):
            style = self._look.ink(mark.colour)
            if isinstance(mark, SuggestionMark):
                style += Style(italic=True, bold=mark.current)
            yield Segment(" ", _PLAIN)
            yield Segment(shortened(text, min(cell_len(text), fair)), style)

    def _words(self, line: VisualLine, stripes: Sequence[Stripe], view: View) -> Iterator[Segment]:
        """The text column and its spare cell, filled exactly."""
        left = self._columns.text + 1
        if line.block >= 0:
            base = self._base(line)
            marks = [stripe.mark for stripe in stripes]
            words_end = line.start + len(self._layout.text[line.start : line.end].rstrip())
            cuts = _cuts(line, marks, view, words_end)
            for start, end, cells, drawn in self._pieces(line, cuts, view.caret):
                room = max(0, left if start == view.caret else left - 1)
                if cells > room:
                    drawn, cells = set_cell_size(drawn, room), room
                style = base if start >= words_end else base + self._marked(start, end, marks)
                yield Segment(drawn, style + self._touched(start, view))
                left -= cells
            if view.caret is not None and view.caret >= line.end and left:
                yield Segment(" ", base + self._touched(view.caret, view))
                left -= 1
        yield Segment(" " * left, _PLAIN)

    def _base(self, line: VisualLine) -> Style:
        look = self._look
        return {Tone.SPEECH: _PLAIN, Tone.QUESTION: look.question, Tone.EXCLUDED: look.excluded}[
            self._layout.blocks[line.block].tone
        ]

    def _pieces(self, line: VisualLine, cuts: set[int], caret: int | None) -> Iterator[Cluster]:
        """The line in pieces of one style each: cut at *cuts* and around the caret, never within a cluster."""
        if line.simple:
            if caret is not None:
                cuts |= {caret, min(caret + 1, line.end)}
            edges = sorted(cuts)
            for start, end in pairwise(edges):
                yield Cluster(start, end, end - start, self._layout.text[start:end].replace("\n", " "))
            return
        start, cells, drawn = line.start, 0, ""
        for cluster in self._layout.clusters(line):
            if drawn and (caret in (start, cluster.start) or any(cluster.start <= cut < cluster.end for cut in cuts)):
                yield Cluster(start, cluster.start, cells, drawn)
                start, cells, drawn = cluster.start, 0, ""
            cells += cluster.cells
            drawn += cluster.drawn
        if drawn:
            yield Cluster(start, line.end, cells, drawn)

    def _marked(self, start: int, end: int, marks: Sequence[Mark]) -> Style:
        """How codings and suggestions show on a piece that no mark begins or ends within."""
        style = _PLAIN
        over = [mark for mark in marks if mark.start < end and start < mark.end]
        coded = tuple(mark.colour for mark in over if isinstance(mark, CodingMark))
        if coded:
            style += self._look.shade(coded, strong=False)
        for mark in over:
            if isinstance(mark, SuggestionMark):
                if mark.current:
                    style += self._look.shade((mark.colour,), strong=True)
                if any(first < end and start < last for first, last in mark.hits):
                    style += _CURRENT_HIT if mark.current else _HIT
        return style

    def _touched(self, start: int, view: View) -> Style:
        if start == view.caret:
            return self._look.caret if view.focused else self._look.caret_away
        if view.selected and view.selected[0] <= start < view.selected[1]:
            return self._look.selection
        return _PLAIN


def _first_glyph(mark: Mark) -> str:
    """Return what a stripe begins with: its stance, unless that is *for*."""
    return _STANCES.get(mark.stance) or _glyph(mark)


def _glyph(mark: Mark) -> str:
    if isinstance(mark, CodingMark):
        return _STRIPES[mark.kind]
    return _CURRENT if mark.current else _DOTTED


def _cuts(line: VisualLine, marks: Sequence[Mark], view: View, words_end: int) -> set[int]:
    """Where the style may change on a line: its ends and all that begins or ends within."""
    cuts = {line.start, words_end, line.end, *(view.selected or ())}
    for mark in marks:
        cuts |= {mark.start, mark.end}
        if isinstance(mark, SuggestionMark):
            cuts.update(edge for hit in mark.hits for edge in hit)
    return {cut for cut in cuts if line.start <= cut <= line.end}
