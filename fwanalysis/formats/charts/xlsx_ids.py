"""The ids that a workbook of a chart carries in hidden cells, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import DocumentColumn
    from fwanalysis.domain.matrix import CellContent

FIRST = "case_id"
_CODE, _ITSELF = "code ", "itself "


def first_id(content: CellContent) -> str:
    """Return the text of the first hidden cell, which says what the cells hold."""
    return f"{FIRST} {content}"


def column_id(column: DocumentColumn) -> str:
    """Return the text above a column: its code, and whether sub-codes are left out."""
    return f"{_ITSELF if column.own else _CODE}{column.code_id}"


def read_column_id(text: str) -> tuple[str, bool] | None:
    """Return the id of the code above a column and whether sub-codes are left out; None if there is no such id."""
    for begin, own in ((_CODE, False), (_ITSELF, True)):
        if text.startswith(begin):
            return text.removeprefix(begin).strip(), own
    return None
