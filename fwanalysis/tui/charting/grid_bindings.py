"""The keys of the grid. Each has an id for keymaps."""

from __future__ import annotations

from textual.binding import Binding

GRID_BINDINGS = (
    Binding("enter", "open", "Open", id="grid.open"),
    Binding("left", "move(0, -1)", "Column to the left", show=False, id="grid.left"),
    Binding("right", "move(0, 1)", "Column to the right", show=False, id="grid.right"),
    Binding("up,k", "move(-1, 0)", "Row up", show=False, id="grid.up"),
    Binding("down,j", "move(1, 0)", "Row down", show=False, id="grid.down"),
    Binding("home", "edge('row_start')", "First column", show=False, id="grid.row-start"),
    Binding("end", "edge('row_end')", "Last column", show=False, id="grid.row-end"),
    Binding("ctrl+home,g", "edge('start')", "First row", show=False, id="grid.start"),
    Binding("ctrl+end,G", "edge('end')", "Last row", show=False, id="grid.end"),
    Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="grid.page-up"),
    Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="grid.page-down"),
)
"""For a grid's ``BINDINGS``."""
