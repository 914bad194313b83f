"""Write rows of text into a sheet of a workbook so that every row shows its whole text.

Knows XlsxWriter and no chart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fwanalysis.formats.charts.text_fitting import (
    HIGHEST_ROW,
    LINE,
    MOST_LINES,
    capacity,
    is_too_long,
    pieces,
    text_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.table import Scalar
    from fwanalysis.formats.charts.printable import Printable

CONTINUED = " (continued)"
"""What follows the heading of a row that continues the row above."""
PART = "#"
"""What separates the id of a row from the number of its part."""
WIDER = (48.0, 64.0, 84.0, 110.0)
"""Widths of columns, in digits, to try for texts that need more lines than a row can show."""
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(slots=True)
class GridColumn:
    """A column of a sheet.

    Attributes:
        width: Its width in digits of the default font.
        grows: Whether it may become wider for long texts.
        role: ``text`` is continued in further rows; ``repeated`` is written in these again; ``label`` is, too, and
            says that it continues; ``id`` is, too, with the number of the part.
        is_hidden: Whether the column is hidden.
    """

    width: float
    grows: bool = False
    role: str = "text"
    is_hidden: bool = False


@dataclass(slots=True)
class Styled:
    """A value of a cell and its format."""

    value: Scalar
    style: Any = None


class Grid:
    """Rows of a sheet, from the top.

    Args:
        sheet: The worksheet of XlsxWriter.
        columns: Its columns.
        printable: Removes what a file cannot hold.

    Attributes:
        row: Index of the next row.
        continued: Headings of the rows that were continued in further rows.
    """

    def __init__(self, sheet: Any, columns: Sequence[GridColumn], printable: Printable) -> None:
        self.row = 0
        self.continued: list[str] = []
        self._sheet, self._columns, self._printable = sheet, columns, printable
        self._rooms = [capacity(column.width) for column in columns]

    def fit(self, rows: Sequence[Sequence[Styled]]) -> None:
        """Make columns that may grow wide enough for these rows, as far as there is a width for it."""
        for at, column in enumerate(self._columns):
            if not column.grows:
                continue
            tall = [str(row[at].value) for row in rows if isinstance(row[at].value, str)]
            for width in (column.width, *(width for width in WIDER if width > column.width)):
                column.width = width
                room = self._rooms[at] = capacity(width)
                tall = [text for text in tall if text_lines(text, room) > MOST_LINES]
                if not tall:
                    break

    def set_columns(self) -> None:
        """Write the widths of the columns."""
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width, None, {"hidden": column.is_hidden})

    def add(self, cells: Sequence[Styled], *, is_hidden: bool = False, scale: float = 1.0) -> None:
        """Write a row, and further rows for texts that one row cannot show.

        Args:
            cells: A cell for each column.
            is_hidden: Whether to hide the row.
            scale: By how much the text is wider than ordinary text (bold text is).
        """
        texts, most = self._measured(cells, scale)
        if most <= MOST_LINES and not any(map(is_too_long, texts)):
            self._write(cells, texts, most, is_hidden)
            return
        parts = [
            pieces(text, int(self._rooms[at] / scale)) if self._columns[at].role == "text" else [text]
            for at, text in enumerate(texts)
        ]
        self.continued.append(self._heading(texts))
        for number in range(max(map(len, parts))):
            part = [self._part(at, listed, number) for at, listed in enumerate(parts)]
            row = [self._below(at, cell) for at, cell in enumerate(cells)] if number else cells
            _, most = self._measured([Styled(text) for text in part], scale)
            self._write(row, part, most, is_hidden)

    def add_note(self, text: str, style: Any) -> None:
        """Write a text over all columns, in a row of its own."""
        room = capacity(self.width)
        text = self._printable(text)
        last = len(self._columns) - 1
        self._sheet.set_row(self.row, min(HIGHEST_ROW, text_lines(text, room) * LINE + 2))
        if last:
            self._sheet.merge_range(self.row, 0, self.row, last, text, style)
        else:
            self._sheet.write_string(self.row, 0, text, style)
        self.row += 1

    @property
    def width(self) -> float:
        """The width of all columns together, in digits."""
        return sum(column.width for column in self._columns if not column.is_hidden)

    def _below(self, at: int, cell: Styled) -> Styled:
        """Return a cell of a row that continues: a number is only repeated where its column is."""
        if isinstance(cell.value, str) or self._columns[at].role != "text":
            return cell
        return Styled(None, cell.style)

    def _measured(self, cells: Sequence[Styled], scale: float) -> tuple[list[str], int]:
        """Return the texts of the cells (empty for numbers) and the number of lines of the highest."""
        texts: list[str] = []
        most = 1
        for at, cell in enumerate(cells):
            value = cell.value
            if not isinstance(value, str):
                texts.append("")
                continue
            text = self._printable(value)
            texts.append(text)
            if text:
                most = max(most, text_lines(text, self._rooms[at] if scale == 1 else int(self._rooms[at] / scale)))
        return texts, most

    def _part(self, at: int, listed: Sequence[str], number: int) -> str:
        role = self._columns[at].role
        if role == "text":
            return listed[number] if number < len(listed) else ""
        if not number or role == "repeated":
            return listed[0]
        return f"{listed[0]}{CONTINUED}" if role == "label" else f"{listed[0]}{PART}{number + 1}"

    def _heading(self, texts: Sequence[str]) -> str:
        named = [text for text, column in zip(texts, self._columns, strict=True) if column.role == "label"]
        return " · ".join(named) or f"row {self.row + 1}"

    def _write(self, cells: Sequence[Styled], texts: Sequence[str], lines: int, is_hidden: bool) -> None:
        sheet, row = self._sheet, self.row
        height = min(HIGHEST_ROW, lines * LINE + 2)
        sheet.set_row(row, height, None, {"hidden": True} if is_hidden else {})
        for at, cell in enumerate(cells):
            if isinstance(cell.value, str):
                if texts[at]:
                    sheet.write_string(row, at, texts[at], cell.style)
                else:
                    sheet.write_blank(row, at, None, cell.style)
            elif cell.value is None:
                sheet.write_blank(row, at, None, cell.style)
            else:
                sheet.write_number(row, at, cell.value, cell.style)
        self.row += 1


def sheet_names(wanted: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Return names for sheets: at most 31 characters, without those that are forbidden, unique whatever their case."""
    used = {"history", *(name.casefold() for name in taken)}  # Excel keeps “History” for itself
    names = []
    for name in wanted:
        plain = _shortened(" ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip("'") or "Sheet", _LONGEST_NAME)
        unique, count = plain, 1
        while unique.casefold() in used:
            count += 1
            end = f" ({count})"
            unique = _shortened(plain, _LONGEST_NAME - len(end)) + end
        used.add(unique.casefold())
        names.append(unique)
    return names


def _shortened(name: str, most: int) -> str:
    while len(name.encode("utf-16-le", "replace")) // 2 > most:
        name = name[:-1]
    return name.strip(" '")
