"""Paints the lines of a chart. What is drawn depends on the arguments alone. Knows no scrolling and no keys."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from fwanalysis.tui.charting.wrapping import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.tui.charting.axes import Axes, Band, Head
    from fwanalysis.tui.charting.cell_lines import CellLine
    from fwanalysis.tui.charting.geometry import Widths
    from fwanalysis.tui.charting.look import Look

CURSOR = "▌"
"""Beside every line of the current cell."""
_AWAY = "┊"
"""The same while another widget has the focus."""
_REVERSE = Style(reverse=True)
_BOLD = Style(bold=True)


class Painter:
    """Paints the lines of one chart at one width in one look."""

    def __init__(self, axes: Axes, widths: Widths, look: Look) -> None:
        self._axes = axes
        self._widths = widths
        self._look = look
        self._rule = Segment("│", look.of("line"))

    def heading(self, line: int, first: int, shift: int, cursor: int) -> Strip:
        """Return a line of the column headings.

        Args:
            line: 0 for the headings themselves, -1 for what is above them.
            first: Index of the first column in sight.
            shift: How many terminal cells of it are out of sight.
            cursor: Index of the column of the cursor.
        """
        style = self._look.of("heading" if line == 0 else "theme")
        corner = "" if line else ("Code" if self._axes.transposed else "Case")
        frozen = [Segment(fitted(f" {corner}", self._widths.label), style)]
        for name, width in self._widths.beside:
            frozen.append(Segment(fitted(name if line == 0 else "", width) + " ", style))
        cells = list(self._labels(first, cursor, style) if line == 0 else self._above(first, style))
        return self._strip([*frozen, self._rule], cells, shift, style)

    def _labels(self, first: int, cursor: int, style: Style) -> Iterator[Segment]:
        for column in self._columns(first):
            label = fitted(self._axes.columns[column].label, self._widths.text)
            is_current = column == cursor
            yield Segment((CURSOR if is_current else " ") + label, style + _BOLD if is_current else style)
            yield Segment("│", style + self._look.of("line"))

    def _above(self, first: int, style: Style) -> Iterator[Segment]:
        """Yield what is above the headings, over all columns that have the same."""
        for above, columns in groupby(self._columns(first), lambda column: self._axes.columns[column].above):
            width = len(list(columns)) * self._widths.pitch
            yield Segment(fitted(f" {above}", width - 1), style)
            yield Segment("│", style + self._look.of("line"))

    def band(self, band: Band, counts: Sequence[str], first: int, shift: int) -> Strip:
        """Return the heading of a group, with the counts of each column."""
        style = self._look.of("band")
        label = f" {'  ' * band.depth}{band.label} ({len(band.keys)})"
        frozen = [Segment(fitted(label, self._widths.frozen), style)]
        cells = [Segment(f" {fitted(counts[column], self._widths.text)} ", style) for column in self._columns(first)]
        return self._strip(frozen, cells, shift, style)

    def line(
        self,
        head: Head,
        number: int,
        cells: Sequence[tuple[CellLine, float]],
        *,
        first: int,
        shift: int,
        cursor: int | None,
        is_focused: bool,
        is_odd: bool,
    ) -> Strip:
        """Return a line of cells.

        Args:
            head: The head of the cells.
            number: Number of the line in the height of the cells.
            cells: What the columns in sight show in this line, each with the share of its ground.
            first: Index of the first column in sight.
            shift: How many terminal cells of it are out of sight.
            cursor: Index of the column of the cursor, if it is here.
            is_focused: Whether the widget has the focus.
            is_odd: Whether this is every other line of cells.
        """
        look = self._look
        base = look.odd if is_odd else look.base
        frozen = list(self._frozen(head, number, is_here=cursor is not None))
        painted: list[Segment] = []
        for column, (runs, share) in zip(self._columns(first), cells, strict=False):
            ground = look.heat_of(share)
            if column == cursor:
                marker = CURSOR if is_focused else _AWAY
                painted.append(Segment(marker, look.of("link")))
                style = ground + _REVERSE if number == 0 and is_focused else ground
            else:
                painted.append(Segment(" ", ground))
                style = ground
            painted += [Segment(run.text, look.of(run.look) + style) for run in runs]
            if not runs:
                painted.append(Segment(" " * self._widths.text, style))
            painted.append(self._rule)
        return self._strip([*frozen, self._rule], painted, shift, base)

    def _frozen(self, head: Head, number: int, *, is_here: bool) -> Iterator[Segment]:
        width, look = self._widths.label, self._look
        if number == 0:
            name = f"{CURSOR if is_here else ' '}{head.label}"
            if head.note:
                room = width - len(head.label) - 3
                label = fitted(name, min(width, len(head.label) + 2))
                yield Segment(label, look.of("label"))
                yield Segment(fitted(head.note, width - len(label)) if room > 0 else "", look.of("dim"))
            else:
                yield Segment(fitted(name, width), look.of("label"))
        else:
            yield Segment(fitted(f" {self._below(head, number)}", width - 1) + " ", look.of("dim"))
        for name, column in self._widths.beside:
            value = head.values.get(name, "–") if number == 0 else ""
            is_number = value[:1].isdigit() or value[:1] == "-"
            yield Segment(
                (value.rjust(column) if is_number else fitted(value, column))[:column] + " ", look.of("label")
            )

    def _below(self, head: Head, number: int) -> str:
        """Return what is below the name of a head."""
        if self._axes.transposed:
            return head.above if number == 1 else ""
        values = [head.values[name] for name in self._widths.below if name in head.values]
        return values[number - 1] if number <= len(values) else ""

    def _columns(self, first: int) -> range:
        room = self._widths.total - self._widths.frozen
        return range(first, min(len(self._axes.columns), first + room // self._widths.pitch + 2))

    def _strip(self, frozen: list[Segment], cells: list[Segment], shift: int, base: Style) -> Strip:
        left = Strip(frozen).adjust_cell_length(self._widths.frozen)
        room = max(0, self._widths.total - self._widths.frozen)
        right = Strip(cells)
        if shift:
            right = right.crop(shift)
        return Strip.join([left, right.adjust_cell_length(room)]).apply_style(base)
