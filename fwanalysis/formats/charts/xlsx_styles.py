"""Formats of cells in the workbook of a chart: quiet fills beside the state in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fwanalysis.domain import cell_text

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import DocumentCell

FONT = {"font_name": "Arial", "font_size": 10}
OUT_OF_DATE = cell_text.OUT_OF_DATE
_BASE = {**FONT, "text_wrap": True, "valign": "top"}
_BORDER = {"border": 1, "border_color": "#BFBFBF"}
STATE_FILLS = {
    cell_text.DRAFT: {},
    cell_text.CHECKED: {"bg_color": "#EAF4EA"},
    cell_text.NOTHING_SAID: {"bg_color": "#F0F0F0"},
    cell_text.NOT_APPLICABLE: {"bg_color": "#E4E4E4"},
    cell_text.NOT_CHARTED: {"bg_color": "#FFF9E0"},
    cell_text.NO_EVIDENCE: {"font_color": "#6B6B6B"},
    OUT_OF_DATE: {"bg_color": "#FCE9DA"},
}
"""Format of a cell by its state; being out of date comes first."""


class Styles:
    """The formats of a workbook.

    Args:
        book: The workbook of XlsxWriter.
    """

    def __init__(self, book: Any) -> None:
        self.text = book.add_format(_BASE)
        self.left = book.add_format({**_BASE, "align": "left"})
        self.cell = book.add_format({**_BASE, **_BORDER})
        self.value = book.add_format({**_BASE, **_BORDER, "align": "left"})
        self.label = book.add_format({**_BASE, **_BORDER, "bold": True})
        self.heading = book.add_format({**_BASE, **_BORDER, "bold": True, "bg_color": "#DCE6F1"})
        self.hidden = book.add_format({**FONT, "font_color": "#808080"})
        self._states = {state: book.add_format({**_BASE, **_BORDER, **fill}) for state, fill in STATE_FILLS.items()}

    def of(self, cell: DocumentCell) -> Any:
        """Return the format of a cell of the chart."""
        return self._states[OUT_OF_DATE if cell.stale else cell.state]
