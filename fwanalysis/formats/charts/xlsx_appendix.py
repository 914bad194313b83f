"""Sheets of a chart's workbook beside the charts: definitions, abstraction, figures, evidence, cells and facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.cell_text import NO_EVIDENCE, fingerprint, stance_text
from fwanalysis.formats.charts.chart_parts import (
    ABSTRACTION_COLUMNS,
    DEFINITION_COLUMNS,
    LEGEND,
    abstraction_rows,
    definitions,
    facts,
)
from fwanalysis.formats.charts.xlsx_grid import Grid, GridColumn, sheet_names
from fwanalysis.formats.charts.xlsx_ids import column_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.matrix import CellContent
    from fwanalysis.domain.table import Scalar
    from fwanalysis.formats.charts.printable import Printable
    from fwanalysis.formats.charts.xlsx_styles import Styles

DEFINITIONS, ABSTRACTION, EVIDENCE, CELLS, ABOUT = "Definitions", "Abstraction", "Evidence", "Cells", "About"
EVIDENCE_COLUMNS = (
    *("case", "theme", "code", "reference", "quotation", "stance", "note", "source", "speaker", "coder"),
    "coding_id",
)
CELL_COLUMNS = (
    *("case", "code", "state", "stale", "author", "written_at", "segments", "stances", "affirmation", "disagreement"),
    *("case_id", "code_id", "fingerprint"),
)
_LONG = frozenset({"quotation", "definition", "include", "exclude", "counts against", "name", "cases", "value"})
_MIDDLE = frozenset({"stale", "affirmation", "disagreement", "note", "path", "code"})
_OTHERS = {"segments": 10.0, "written_at": 27.0}
_IDS = frozenset({"coding_id", "case_id", "code_id", "fingerprint"})


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet that is one table below a header row."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Scalar]]
    above: tuple[str, ...] = ()


def appendix_names(document: ChartDocument) -> list[str]:
    """Return the names of the sheets that ``add_appendix`` will add, except those of figures."""
    names = [DEFINITIONS, EVIDENCE, CELLS, ABOUT]
    return [*names, ABSTRACTION] if document.abstractions else names


def add_appendix(
    book: Any, document: ChartDocument, content: CellContent, styles: Styles, printable: Printable
) -> Iterator[tuple[str, str]]:
    """Add the sheets; yield the name of a sheet and the heading of a row for each row that is continued."""
    tables = [_Table(DEFINITIONS, DEFINITION_COLUMNS, definitions(document))]
    if document.abstractions:
        tables.append(_Table(ABSTRACTION, ABSTRACTION_COLUMNS, abstraction_rows(document)))
    taken = [sheet.get_name() for sheet in book.worksheets()]
    names = sheet_names([figure.title for figure in document.figures], [*taken, *appendix_names(document)])
    for name, figure in zip(names, document.figures, strict=True):
        above = tuple(text for text in (figure.title, figure.note) if text)
        tables.append(_Table(name, figure.table.columns, figure.table.rows, above))
    tables.append(_Table(EVIDENCE, EVIDENCE_COLUMNS, [*_evidence(document)]))
    tables.append(_Table(CELLS, CELL_COLUMNS, [*_cells(document)]))
    for table in tables:
        grid = _add_table(book.add_worksheet(table.name), table, styles, printable)
        yield from ((table.name, heading) for heading in grid.continued)
    _add_about(book.add_worksheet(ABOUT), document, content, styles, printable)


def _add_table(sheet: Any, table: _Table, styles: Styles, printable: Printable) -> Grid:
    columns = [GridColumn(_width(name), name in _LONG | _MIDDLE, _role(name), name in _IDS) for name in table.columns]
    grid = Grid(sheet, columns, printable, has_borders=False)
    grid.fit(table.rows)
    grid.set_columns()
    for text in table.above:
        grid.add_note(text, styles.text)
    grid.add_bold(table.columns, styles.heading)
    header = grid.row - 1
    texts = [styles.left if name == "segments" else None if name in _IDS else styles.text for name in table.columns]
    for row in table.rows:
        grid.add(row, texts)
    sheet.freeze_panes(header + 1, 1)
    if table.rows:
        sheet.autofilter(header, 0, grid.row - 1, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header)
    sheet.fit_to_pages(1, 0)
    return grid


def _width(name: str) -> float:
    if name in _LONG:
        return 60.0 if name == "quotation" else 36.0
    if name in _MIDDLE:
        return 26.0
    return _OTHERS.get(name, 17.0)


def _role(name: str) -> str:
    if name in ("case", "theme"):
        return "label"
    return "id" if name in _IDS and name != "fingerprint" else "text"


def _evidence(document: ChartDocument) -> Iterator[tuple[Scalar, ...]]:
    for row, cells in zip(document.rows, document.cells, strict=True):
        for column, cell in zip(document.columns, cells, strict=True):
            for quote in cell.quotes:
                yield (
                    *(row.label, column.label, quote.code, quote.reference, quote.quote, quote.stance, quote.note),
                    *(quote.source, quote.speaker, quote.coder, quote.coding_id),
                )


def _cells(document: ChartDocument) -> Iterator[tuple[Scalar, ...]]:
    for row, cells in zip(document.rows, document.cells, strict=True):
        for column, cell in zip(document.columns, cells, strict=True):
            if cell.state == NO_EVIDENCE and not (cell.segments or cell.stale or cell.disagreement):
                continue
            yield (
                *(row.label, column.path, cell.state, "; ".join(cell.stale), cell.author, cell.written_at),
                *(cell.segments, stance_text(cell.stances), cell.affirmation, cell.disagreement),
                *(row.case_id, column_id(column), fingerprint(cell.state, cell.text)),
            )


def _add_about(sheet: Any, document: ChartDocument, content: CellContent, styles: Styles, printable: Printable) -> None:
    columns = [GridColumn(26, role="label"), GridColumn(90)]
    grid = Grid(sheet, columns, printable)
    grid.set_columns()
    said = [("title", document.title), *facts(document.about), ("cells", content.value)]
    pair = [styles.label, styles.cell]
    for name, value in said:
        grid.add([name, value], pair)
    grid.add(["", ""], [styles.text] * 2)
    grid.add_bold(["state", "meaning"], styles.heading)
    for state, meaning in LEGEND.items():
        grid.add([state, meaning], pair)
    grid.add(["", ""], [styles.text] * 2)
    editing = (
        "Edit the summaries on the sheets of the themes. Rows, columns and sheets may be moved. The line in brackets "
        "at the beginning of a cell is its state. Import the file with: fwa matrix import FILE"
    )
    grid.add(["editing", editing], pair)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
