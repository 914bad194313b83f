"""Sheets of a chart's workbook beside the charts: definitions, abstraction, figures, evidence, cells and facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.cell_text import NO_EVIDENCE, fingerprint, state_line
from fwanalysis.formats.charts.chart_parts import (
    ABSTRACTION_COLUMNS,
    DEFINITION_COLUMNS,
    LEGEND,
    abstraction_rows,
    definitions,
    facts,
)
from fwanalysis.formats.charts.xlsx_grid import Grid, GridColumn, Styled, sheet_names

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
    *("case", "theme", "code", "state", "stale", "author", "written_at", "segments", "persons", "words", "for"),
    *("against", "mixed", "affirmation", "disagreement", "case_id", "code_id", "itself", "fingerprint"),
)
_LONG = frozenset({"quotation", "definition", "include", "exclude", "counts against", "name", "cases", "value"})
_MIDDLE = frozenset({"stale", "affirmation", "disagreement", "note", "path", "code"})
_IDS = frozenset({"coding_id", "case_id", "code_id", "itself", "fingerprint"})
_NUMBERS = frozenset({"segments", "persons", "words", "for", "against", "mixed"})
_BOLD = 1.12


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
    grid = Grid(sheet, columns, printable)
    rows = [[Styled(value, styles.cell) for value in row] for row in table.rows]
    grid.fit(rows)
    grid.set_columns()
    for text in table.above:
        grid.add_note(text, styles.text)
    grid.add([Styled(name, styles.heading) for name in table.columns], scale=_BOLD)
    header = grid.row - 1
    for row in rows:
        grid.add(row)
    sheet.freeze_panes(header + 1, 1)
    if rows:
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
    return 9.0 if name in _NUMBERS else 17.0


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
            if cell.state == NO_EVIDENCE and not (cell.segments or state_line(cell) != f"[{NO_EVIDENCE}]"):
                continue
            yield (
                *(row.label, column.label, column.path, cell.state, "; ".join(cell.stale), cell.author),
                *(cell.written_at, cell.segments, cell.persons, cell.words, *cell.stances),
                *(cell.affirmation, cell.disagreement, row.case_id, column.code_id, int(column.own)),
                fingerprint(cell.state, cell.text),
            )


def _add_about(sheet: Any, document: ChartDocument, content: CellContent, styles: Styles, printable: Printable) -> None:
    columns = [GridColumn(24, role="label"), GridColumn(90)]
    grid = Grid(sheet, columns, printable)
    grid.set_columns()
    said = [("title", document.title), *facts(document.about), ("cells", content.value)]
    for name, value in said:
        grid.add([Styled(name, styles.label), Styled(value, styles.cell)], scale=_BOLD)
    grid.add([Styled(""), Styled("")])
    grid.add([Styled("state", styles.heading), Styled("meaning", styles.heading)], scale=_BOLD)
    for state, meaning in LEGEND.items():
        grid.add([Styled(state, styles.label), Styled(meaning, styles.cell)], scale=_BOLD)
    grid.add([Styled(""), Styled("")])
    editing = (
        "Edit the summaries on the sheets of the themes. Rows, columns and sheets may be moved. The line in brackets "
        "at the beginning of a cell is its state. Import the file with: fwa matrix import FILE"
    )
    grid.add([Styled("editing", styles.label), Styled(editing, styles.cell)], scale=_BOLD)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
