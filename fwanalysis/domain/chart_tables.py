"""A chart as one flat table: a row per row of the chart (wide), or per cell (long)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.cell_text import (
    NOT_APPLICABLE,
    cell_text,
    fingerprint,
    quotations,
    stance_text,
    written_text,
)
from fwanalysis.domain.matrix import CellContent
from fwanalysis.domain.table import Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from fwanalysis.domain.chart_document import ChartDocument, DocumentCell, DocumentColumn, DocumentRow

CASE = "case"
ATTRIBUTE = " (attribute)"
"""What follows the name of an attribute in a header, where something else has the same header."""
CODE = " (code)"
"""What follows the label of a column in a header, where it would be the header of the case."""
_FIRST = ("theme", "code", "content", "state", "segments", "persons", "stale")
_LAST = (
    *("level", "summary", "reason", "author", "written_at", "words", "for", "against", "mixed"),
    *("affirmation", "disagreement", "case_id", "code_id", "itself", "fingerprint"),
)
LONG_COLUMNS = (CASE, *_FIRST, *_LAST)
"""Headers of a long table, without those of the attributes, which follow ``case``."""

_CONTENTS: Mapping[CellContent, Callable[[DocumentCell], Scalar]] = {
    CellContent.SUMMARY: written_text,
    CellContent.QUOTES: lambda cell: quotations(cell.quotes),
    CellContent.BOTH: cell_text,
    CellContent.COUNTS: lambda cell: cell.segments,
    CellContent.STANCES: lambda cell: stance_text(cell.stances),
    CellContent.PRESENCE: lambda cell: int(cell.segments > 0),
}
_LARGEST = 10**15  # larger whole numbers lose digits in a spreadsheet


def cell_content(cell: DocumentCell, content: CellContent) -> Scalar:
    """Return what a cell holds in a file.

    Returns:
        For *summary*, the state and the summary; for *quotes*, the coded passages; for *both*, one above the other;
        for *counts*, the number of different segments; for *stances*, the number of codings by stance
        (``6 for, 2 against``); for *presence*, 1 if there is a coded segment and else 0.
    """
    return _CONTENTS[content](cell)


def wide_table(document: ChartDocument, content: CellContent) -> Table:
    """Return a chart as a table with a column for the case, for each attribute and for each code.

    Headers are unique: an attribute that is called like a code is ``NAME (attribute)``.
    """
    labels = column_headers(document)
    columns = (CASE, *attribute_headers(document, (CASE, *labels)), *labels)
    in_file = _CONTENTS[content]
    rows = tuple(
        (row.label, *attribute_values(document, row), *map(in_file, cells))
        for row, cells in zip(document.rows, document.cells, strict=True)
    )
    return Table(columns, rows, document.about)


def long_table(document: ChartDocument, content: CellContent) -> Table:
    """Return a chart as a table with a row for each cell.

    Its columns are ``case``, the attributes, and the others of ``LONG_COLUMNS`` in their order. ``theme`` is the
    heading of the column and ``code`` the path of its code.
    """
    columns = (CASE, *attribute_headers(document, LONG_COLUMNS), *_FIRST, *_LAST)
    return Table(columns, tuple(_long_rows(document, content)), document.about)


def column_headers(document: ChartDocument) -> tuple[str, ...]:
    """Return the header of each column of a chart in a wide table, all different."""
    labels = [f"{column.label}{CODE}" if column.label == CASE else column.label for column in document.columns]
    return tuple(_unique(labels, frozenset()))


def attribute_headers(document: ChartDocument, others: Iterable[str]) -> tuple[str, ...]:
    """Return the header of each attribute, all different and different from *others*."""
    taken = frozenset(others)
    names = [f"{name}{ATTRIBUTE}" if name in taken else name for name in document.attributes]
    return tuple(_unique(names, taken))


def attribute_values(document: ChartDocument, row: DocumentRow) -> tuple[Scalar, ...]:
    """Return the values of a row's attributes: numbers as numbers, None where nothing is known."""
    return tuple(
        number(value) if value is not None and name in document.numeric else value
        for name, value in zip(document.attributes, row.attributes, strict=True)
    )


def number(text: str) -> Scalar:
    """Return a text as a number, or as it is if it is not a finite number or has too many digits for one."""
    try:
        value = float(text.replace("_", "?"))  # float takes 1_000 for a thousand
    except ValueError:
        return text
    if not abs(value) < _LARGEST:  # not finite, or too large
        return text
    return int(value) if value.is_integer() else value


def _long_rows(document: ChartDocument, content: CellContent) -> Iterator[tuple[Scalar, ...]]:
    for row, cells in zip(document.rows, document.cells, strict=True):
        head = (row.label, *attribute_values(document, row))
        for column, cell in zip(document.columns, cells, strict=True):
            yield (*head, *_first(column, cell, content), *_last(row, column, cell))


def _first(column: DocumentColumn, cell: DocumentCell, content: CellContent) -> tuple[Scalar, ...]:
    return (
        *(column.label, column.path, cell_content(cell, content), cell.state),
        *(cell.segments, cell.persons, "; ".join(cell.stale)),
    )


def _last(row: DocumentRow, column: DocumentColumn, cell: DocumentCell) -> tuple[Scalar, ...]:
    has_reason = cell.state == NOT_APPLICABLE
    summary, reason = ("", cell.text) if has_reason else (cell.text, "")
    return (
        *(row.level, summary, reason, cell.author, cell.written_at, cell.words, *cell.stances),
        *(cell.affirmation, cell.disagreement, row.case_id, column.code_id, int(column.own)),
        fingerprint(cell.state, cell.text),
    )


def _unique(names: Iterable[str], taken: frozenset[str]) -> Iterator[str]:
    seen = set(taken)
    for name in names:
        unique, count = name, 1
        while unique in seen:
            count += 1
            unique = f"{name} ({count})"
        seen.add(unique)
        yield unique
