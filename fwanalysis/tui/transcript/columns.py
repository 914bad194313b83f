"""How a line of the screen is divided: turn number, speaker, margin stripes, words, names of codings.

All widths are cells. Knows sizes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from fwanalysis.tui.transcript.clusters import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.tui.transcript.layout import Block


WIDEST_TEXT = 100
WIDEST_LABEL = 12
WIDEST_NAMES = 36
NARROWEST_NAMES = 22
ROOMY = 100
"""From this width on the names of codings stand beside the words; below it, initials in the margin."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The width of each column; ``pitch`` is how many cells a lane takes.

    A column of 0 cells is not drawn, nor is the gap beside it; the words have one spare cell for a caret after a full
    line.
    """

    total: int
    number: int
    label: int
    lanes: int
    pitch: int
    text: int
    names: int

    @property
    def gutter(self) -> int:
        """Cells before the margin: number and label, each with a gap before it."""
        return sum(column + 1 for column in (self.number, self.label) if column)

    @property
    def margin(self) -> int:
        """Cells of the margin: a gap that also shows a “+”, and the lanes."""
        return 1 + self.lanes * self.pitch

    @property
    def text_left(self) -> int:
        """The cell where the words begin."""
        return self.gutter + self.margin + 1

    @property
    def names_left(self) -> int:
        """The cell where the names of codings begin."""
        return self.text_left + self.text + 2

    def lane_at(self, cell: int) -> int | None:
        """The lane drawn at a cell of the line; ``lanes`` itself for the cell of the “+”, None outside the margin."""
        if not self.gutter <= cell < self.gutter + self.margin:
            return None
        if cell == self.gutter:
            return self.lanes
        return self.lanes - 1 - (cell - self.gutter - 1) // self.pitch


def columns_for(width: int, blocks: Sequence[Block]) -> Columns:
    """The columns of a screen *width* cells wide for these blocks; the words keep room, the rest gives way."""
    highest = max((block.number for block in blocks), default=0)
    number = len(str(highest)) if highest and width >= 24 else 0
    longest = max((cell_len(harmless(block.label)) for block in blocks), default=0)
    label = min(longest, WIDEST_LABEL if width >= 60 else 6 if width >= 36 else 0)
    roomy = width >= ROOMY
    pitch = 1 if roomy else 2
    lanes = 5 if roomy else 3 if width >= 60 else 2 if width >= 36 else 1 if width >= 12 else 0
    bare = Columns(width, number, label, lanes, pitch, 0, 0)
    room = width - bare.text_left - 1
    names = min(WIDEST_NAMES, max(NARROWEST_NAMES, room - WIDEST_TEXT - 1)) if roomy else 0
    text = min(WIDEST_TEXT, room - names - 1 if names else room)
    return Columns(width, number, label, lanes, pitch, max(1, text), names)


def shortened(label: str, cells: int) -> str:
    """*label* in exactly *cells* cells.

    A long one keeps a short last word, which tells “Participant 1” from “Participant 2”.
    """
    label = harmless(label)
    if cell_len(label) <= cells:
        return set_cell_size(label, cells)
    head, _, tail = label.rpartition(" ")
    if head and cell_len(tail) <= 3 and cells > cell_len(tail) + 3:
        return set_cell_size(head, cells - cell_len(tail) - 2).rstrip() + f"… {tail}"
    return set_cell_size(set_cell_size(label, max(0, cells - 1)).rstrip() + "…", cells)
