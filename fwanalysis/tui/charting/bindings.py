"""The keys of the Matrix view. Each has an id for keymaps."""

from __future__ import annotations

from textual.binding import Binding

CHART_BINDINGS = (
    Binding("t", "theme", "Theme", id="matrix.theme"),
    Binding("n", "next('next-uncharted')", "Next uncharted", id="matrix.next-uncharted"),
    Binding("N", "next('previous-uncharted')", "Previous uncharted", show=False, id="matrix.previous-uncharted"),
    Binding("o", "next('next-stale')", "Next out of date", show=False, id="matrix.next-stale"),
    Binding("O", "next('previous-stale')", "Previous out of date", show=False, id="matrix.previous-stale"),
    Binding("f", "filter", "Filter", id="matrix.filter"),
    Binding("e", "export", "Export", id="matrix.export"),
    Binding("i", "import", "Take summaries from a file", show=False, id="matrix.import"),
    Binding("D", "draft", "Draft cells that are not charted", show=False, id="matrix.draft"),
    Binding("r", "rows", "Rows", show=False, id="matrix.rows"),
    Binding("s", "arrange", "Sort, group, attributes and figures", show=False, id="matrix.arrange"),
    Binding("R", "read('row')", "Read along the row", show=False, id="matrix.read-row"),
    Binding("C", "read('column')", "Read down the column", show=False, id="matrix.read-column"),
    Binding("P", "progress", "Progress of charting", show=False, id="matrix.progress"),
    Binding("v", "charts", "Stored charts", show=False, id="matrix.charts"),
    Binding("delete", "usual", "Clear filter, order and hidden columns", show=False, id="matrix.usual"),
    Binding("c", "columns", "Columns to show", show=False, id="matrix.columns"),
    Binding("H", "hide", "Hide this column", show=False, id="matrix.hide"),
    Binding("p", "pin", "Pin or unpin this case", show=False, id="matrix.pin"),
    Binding("x", "transpose", "Transpose", show=False, id="matrix.transpose"),
    Binding("w", "height", "Rows as high as the text / compact", show=False, id="matrix.height"),
    Binding("z", "pane", "Reading panel", show=False, id="matrix.pane"),
    Binding("h", "heat", "Shade by number of segments", show=False, id="matrix.heat"),
    Binding("a", "abstraction", "Abstraction of this column", show=False, id="matrix.abstraction"),
    Binding("l", "legend", "Legend of the marks", show=False, id="matrix.legend"),
    Binding("tab", "other_side", "Chart / reading panel", show=False, id="matrix.other-side"),
)
"""For the screen's ``BINDINGS``."""
