"""Tables as Excel workbooks: one sheet, a bold header that stays in sight, text as text and numbers as numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table

LONGEST_CELL = 32_767
"""UTF-16 code units that a cell of a workbook can hold (Microsoft: Excel specifications and limits)."""
_WIDEST = 60
"""Characters of the widest column."""


def write_xlsx(table: Table) -> bytes:
    """Return the table as a workbook.

    Text is never a formula, whatever it begins with. Lone surrogates, which no workbook can hold, become question
    marks.

    Raises:
        InvalidInput: If a text is longer than a cell can hold.
    """
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, heading in enumerate(table.columns):
            sheet.write_string(0, column, _text(heading), bold)
            longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
            sheet.set_column(column, column, min(_WIDEST, max(len(heading), longest) + 2))
        for number, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, _text(value), plain)
                elif value is not None:
                    sheet.write_number(number, column, value, plain)
        sheet.freeze_panes(1, 0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return data.getvalue()


def _text(value: str) -> str:
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
        raise InvalidInput(
            f"a text of {len(value):,} characters is too long for a cell of a workbook (at most {LONGEST_CELL:,}): "
            f"“{value[:40]}…”",
            hint="write a .csv file",
        )
    return value.encode("utf-8", "replace").decode("utf-8")
