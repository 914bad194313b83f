"""The two axes of a chart on the screen: what is in its lines and columns, transposed or not. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import segment_counts, written_by_key
from fwanalysis.domain.cases import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.domain.matrix import Cell, Matrix, MatrixColumn, MatrixRow


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a line or of a column of cells.

    Attributes:
        key: Key of the row or column of the matrix.
        label: Name of the case or the code.
        above: The theme of a code, or the group of a case, where it is not the label itself; else empty.
        note: The level of a case that is not a person; else empty.
        values: Values of the attributes of a case, by name; with ``°`` if it is that of the case's site.
        is_pinned: Whether it stays in sight.
    """

    key: str
    label: str
    above: str = ""
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The heading of a group of lines.

    Attributes:
        depth: Number of groups that it is in, from 0.
        label: Its heading.
        keys: Keys of the rows in it.
    """

    depth: int
    label: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Axes:
    """What a chart has in its lines and columns.

    Attributes:
        lines: Heads of lines of cells, and the headings of groups among them.
        heads: The heads of the lines.
        line_of: Index in *lines* of each head.
        columns: The heads of the columns.
        attributes: Names of the attributes that have a column beside the cases, figures first.
        stacked: Names of the attributes whose values are below the name of the case.
    """

    lines: tuple[Head | Band, ...]
    heads: tuple[Head, ...]
    line_of: tuple[int, ...]
    columns: tuple[Head, ...]
    attributes: tuple[str, ...]
    stacked: tuple[str, ...]
    transposed: bool

    def key(self, line: int, column: int) -> tuple[str, str]:
        """Return the key, in the matrix, of the cell in a line of cells and a column."""
        first, second = self.heads[line].key, self.columns[column].key
        return (second, first) if self.transposed else (first, second)

    def place(self, row_key: str, column_key: str) -> tuple[int, int] | None:
        """Return the line and the column of a cell of the matrix; None if the chart does not show it."""
        line, column = (column_key, row_key) if self.transposed else (row_key, column_key)
        at = next((index for index, head in enumerate(self.heads) if head.key == line), None)
        across = next((index for index, head in enumerate(self.columns) if head.key == column), None)
        return None if at is None or across is None else (at, across)


def axes_of(matrix: Matrix) -> Axes:
    """Return the axes of a view."""
    cases = [_of_case(matrix, row) for row in matrix.rows]
    codes = [_of_code(column) for column in matrix.columns]
    if matrix.query.transposed:
        return Axes(tuple(codes), tuple(codes), tuple(range(len(codes))), tuple(cases), (), (), True)
    lines: list[Head | Band] = []
    line_of = []
    for at, _row in enumerate(matrix.rows):
        lines += _bands_before(matrix.rows, at, set(matrix.query.pinned))
        line_of.append(len(lines))
        lines.append(cases[at])
    beside, stacked = _attributes(matrix)
    return Axes(tuple(lines), tuple(cases), tuple(line_of), tuple(codes), beside, stacked, False)


def _attributes(matrix: Matrix) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the attributes with a column of their own, and those below the name of a case."""
    figures = {name.casefold() for name in matrix.query.figures}
    first = tuple(name for name in matrix.attributes if name.casefold() in figures)
    others = tuple(name for name in matrix.attributes if name not in first)
    return (first, others) if matrix.query.attributes is None else ((*first, *others), ())


def _of_case(matrix: Matrix, row: MatrixRow) -> Head:
    note = row.level.value if row.level is not None and row.level is not Level.PERSON else ""
    values = {
        name: f"{value}°" if name in row.inherited else value
        for name in matrix.attributes
        if (value := row.attributes.get(name)) and value != row.label
    }
    above = row.bands[-1] if row.bands else ""
    return Head(row.key, row.label, above, note, values, row.label in matrix.query.pinned)


def _of_code(column: MatrixColumn) -> Head:
    if column.own and "/" not in column.path:  # a theme: its name, which is above, would leave no room for the rest
        return Head(column.key, "(itself)", column.theme)
    return Head(column.key, column.heading, "" if column.theme == column.heading else column.theme)


def _bands_before(rows: Sequence[MatrixRow], at: int, pinned: set[str]) -> Iterator[Band]:
    """Yield the headings of the groups that begin with a row; pinned rows are in none."""
    row = rows[at]
    if row.label in pinned:
        return
    before = rows[at - 1].bands if at and rows[at - 1].label not in pinned else ()
    shared = 0
    while shared < min(len(before), len(row.bands)) and before[shared] == row.bands[shared]:
        shared += 1
    for depth in range(shared, len(row.bands)):
        group = row.bands[: depth + 1]
        keys = tuple(item.key for item in rows if item.bands[: depth + 1] == group and item.label not in pinned)
        yield Band(depth, row.bands[depth], keys)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of cells.

    Attributes:
        cells: Cells with evidence or with something written.
        written: Those with something written.
        segments: Sum of the segments of all cells.
    """

    cells: int
    written: int
    segments: int

    def __str__(self) -> str:
        """Return the numbers as text: *12 segments, 3/5 charted*."""
        counted = "1 segment" if self.segments == 1 else f"{self.segments} segments"
        return f"{counted}, {self.written}/{self.cells} charted" if self.cells else "–"


class Tallies:
    """Counts cells of a view without making them."""

    def __init__(self, matrix: Matrix) -> None:
        self.counts: Mapping[tuple[str, str], int] = segment_counts(matrix)
        self.written: Mapping[tuple[str, str], Cell] = written_by_key(matrix)

    def of(self, rows: Sequence[str], columns: Sequence[str]) -> Tally:
        """Count the cells of rows and columns, given by their keys."""
        keys = [(row, column) for row in rows for column in columns]
        cells = sum(bool(self.counts.get(key)) or key in self.written for key in keys)
        written = sum(key in self.written for key in keys)
        return Tally(cells, written, sum(self.counts.get(key, 0) for key in keys))
