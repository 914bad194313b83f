"""A chart as tables for pages: the attributes below the name of a case, the author below a summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fwanalysis.domain.chart_tables import cell_content
from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.chart_parts import heading_lines, theme_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fwanalysis.domain.chart_document import ChartDocument, DocumentCell, DocumentRow
    from fwanalysis.formats.charts.chart_parts import ThemePart

_WRITTEN = frozenset({CellContent.SUMMARY, CellContent.BOTH})


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a page's table.

    Attributes:
        text: Its text, with ``\\n`` between lines.
        below: What follows in small letters: author and date, or attributes.
    """

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page.

    Attributes:
        header: Headings, the first of them that of the cases.
        rows: The rows.
        bands: Headings above rows, by the index of the row.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    bands: Mapping[int, str] = field(default_factory=dict)


def page_tables(
    document: ChartDocument, content: CellContent, most_columns: int | None = None
) -> Iterator[tuple[str, tuple[PageTable, ...]]]:
    """Yield the title of each theme and its tables.

    Args:
        document: The chart.
        content: What the cells hold.
        most_columns: Number of codes above which the chart of a theme is divided into several tables, with the cases
            in each; None if it is never.
    """
    bands = _bands(document)
    for part in theme_parts(document):
        yield part.title, tuple(_table(document, content, places, bands) for places in _divided(part, most_columns))


def byline(cell: DocumentCell) -> tuple[str, ...]:
    """Return author and date of a summary, and the reason of an affirmation, as lines; none for an unwritten cell."""
    date = cell.written_at.partition("T")[0]
    author = ", ".join(text for text in (cell.author, date) if text)
    return tuple(line for line in (author, cell.affirmation and f"affirmed: {cell.affirmation}") if line)


def attribute_lines(document: ChartDocument, row: DocumentRow) -> tuple[str, ...]:
    """Return a line per known attribute: ``site: Birch``."""
    pairs = zip(document.attributes, row.attributes, strict=True)
    return tuple(f"{name}: {value}" for name, value in pairs if value is not None and value != "")


def _divided(part: ThemePart, most: int | None) -> Iterator[tuple[int, ...]]:
    """Yield the columns of each table, about equally many in each."""
    places = part.places
    if most is None or len(places) <= most:
        yield places
        return
    tables = -(-len(places) // most)
    for number in range(tables):
        yield places[len(places) * number // tables : len(places) * (number + 1) // tables]


def _table(
    document: ChartDocument, content: CellContent, places: tuple[int, ...], bands: Mapping[int, str]
) -> PageTable:
    header = ("case", *(heading_lines(document.columns[at])[1] for at in places))
    rows = tuple(
        (
            PageCell(row.label, attribute_lines(document, row)),
            *(_cell(cells[at], content) for at in places),
        )
        for row, cells in zip(document.rows, document.cells, strict=True)
    )
    return PageTable(header, rows, bands)


def _cell(cell: DocumentCell, content: CellContent) -> PageCell:
    value = cell_content(cell, content)
    return PageCell("" if value is None else str(value), byline(cell) if content in _WRITTEN else ())


def _bands(document: ChartDocument) -> dict[int, str]:
    found: dict[int, str] = {}
    before: tuple[str, ...] = ()
    for at, row in enumerate(document.rows):
        if row.bands != before and row.bands:
            found[at] = " · ".join(row.bands)
        before = row.bands
    return found
