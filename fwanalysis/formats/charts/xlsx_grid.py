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
_BOLD = 1.12
"""By how much bold letters are wider."""
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


class Grid:
    """Rows of a sheet, from the top.

    Args:
        sheet: The worksheet of XlsxWriter.
        columns: Its columns.
        printable: Removes what a file cannot hold.
        has_borders: Whether empty cells are written, too, because they have a border or a fill.

    Attributes:
        row: Index of the next row.
        continued: Headings of the rows that were continued in further rows.
    """

    def __init__(
        self, sheet: Any, columns: Sequence[GridColumn], printable: Printable, *, has_borders: bool = True
    ) -> None:
        self.row = 0
        self.continued: list[str] = []
        self._sheet, self._columns, self._printable = sheet, columns, printable
        self._has_borders = has_borders
        self._rooms = [capacity(column.width) for column in columns]
        self._known: list[dict[str, tuple[str, int]]] = [{} for _ in columns]

    @property
    def width(self) -> float:
        """The width of all columns together, in digits."""
        return sum(column.width for column in self._columns if not column.is_hidden)

    def fit(self, rows: Sequence[Sequence[Scalar]]) -> None:
        """Make columns that may grow wide enough for these rows, as far as there is a width for it."""
        for at, column in enumerate(self._columns):
            if column.grows:
                self._fit_column(at, column, [value for row in rows if isinstance(value := row[at], str)])

    def set_columns(self) -> None:
        """Write the widths of the columns."""
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width, None, {"hidden": column.is_hidden})

    def add(self, values: Sequence[Scalar], styles: Sequence[Any]) -> None:
        """Write a row, and further rows for texts that one row cannot show.

        Args:
            values: A value for each column.
            styles: A format for each.
        """
        known, most = self._known, 1
        cells: list[Scalar] = []
        for at, value in enumerate(values):
            if value.__class__ is str:
                value, lines = known[at].get(value) or self._measured(at, value)
                if lines > most:
                    most = lines
            cells.append(value)
        if most <= MOST_LINES:
            self._write(cells, styles, most)
        else:
            self._add_parts(cells, styles)

    def add_ids(self, texts: Sequence[str], style: Any) -> None:
        """Write a hidden row."""
        self._sheet.set_row(self.row, None, None, {"hidden": True})
        for at, text in enumerate(texts):
            self._sheet.write_string(self.row, at, self._printable(text), style)
        self.row += 1

    def add_bold(self, texts: Sequence[str], style: Any) -> None:
        """Write a row in bold letters."""
        cells = [self._printable(text) for text in texts]
        lines = (text_lines(text, int(room / _BOLD)) for text, room in zip(cells, self._rooms, strict=True))
        self._write(cells, [style] * len(cells), max(lines, default=1))

    def add_note(self, text: str, style: Any) -> None:
        """Write a text over all columns, in a row of its own."""
        text = self._printable(text)
        last = len(self._columns) - 1
        self._sheet.set_row(self.row, _height(text_lines(text, capacity(self.width))))
        if last > 0:
            self._sheet.merge_range(self.row, 0, self.row, last, text, style)
        else:
            self._sheet.write_string(self.row, 0, text, style)
        self.row += 1

    def _fit_column(self, at: int, column: GridColumn, texts: Sequence[str]) -> None:
        tall = list(dict.fromkeys(texts))
        for width in (column.width, *(width for width in WIDER if width > column.width)):
            if width != column.width:
                column.width, self._rooms[at] = width, capacity(width)
                self._known[at].clear()
            tall = [text for text in tall if self._measured(at, text)[1] > MOST_LINES]
            if not tall:
                break

    def _measured(self, at: int, value: str) -> tuple[str, int]:
        """Return a text as it can be written, and the number of lines that it takes in a column."""
        text = self._printable(value)
        if self._columns[at].is_hidden:
            lines = 1
        else:
            lines = MOST_LINES + 1 if is_too_long(text) else text_lines(text, self._rooms[at])
        known = self._known[at][value] = (text, lines)
        return known

    def _add_parts(self, cells: Sequence[Scalar], styles: Sequence[Any]) -> None:
        """Write several rows, with a part of the texts in each."""
        roles = [column.role for column in self._columns]
        parts = [
            pieces(cell, room) if isinstance(cell, str) and role == "text" else [cell]
            for cell, role, room in zip(cells, roles, self._rooms, strict=True)
        ]
        labels = [str(cell) for cell, role in zip(cells, roles, strict=True) if role == "label"]
        self.continued.append(" · ".join(labels) or f"row {self.row + 1}")
        for number in range(max(map(len, parts))):
            row = [_part(role, listed, number) for role, listed in zip(roles, parts, strict=True)]
            most = max(
                text_lines(cell, room) for cell, room in zip(row, self._rooms, strict=True) if isinstance(cell, str)
            )
            self._write(row, styles, most)

    def _write(self, cells: Sequence[Scalar], styles: Sequence[Any], lines: int) -> None:
        sheet, row = self._sheet, self.row
        if lines > 1:  # a row of one line has the height of an empty row
            sheet.set_row(row, _height(lines))
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                sheet.write_string(row, at, cell, styles[at])
            elif cell is not None and cell != "":
                sheet.write_number(row, at, cell, styles[at])
            elif self._has_borders:
                sheet.write_blank(row, at, None, styles[at])
        self.row += 1


def _height(lines: int) -> float:
    return min(HIGHEST_ROW, lines * LINE + 2)


def _part(role: str, parts: Sequence[Scalar], number: int) -> Scalar:
    """Return what a column has in the given part of a row."""
    if role == "text":
        return parts[number] if number < len(parts) else None
    if not number or role == "repeated":
        return parts[0]
    return f"{parts[0]}{CONTINUED}" if role == "label" else f"{parts[0]}{PART}{number + 1}"


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
