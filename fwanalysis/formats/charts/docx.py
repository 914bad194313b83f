"""Charts as Word documents: landscape, a table per theme with its header on every page, definitions and facts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.chart_file import ChartFile
from fwanalysis.formats.charts.chart_parts import (
    ABSTRACTION_COLUMNS,
    DEFINITION_COLUMNS,
    LEGEND,
    abstraction_rows,
    definitions,
    facts,
)
from fwanalysis.formats.charts.document_tables import page_tables
from fwanalysis.formats.charts.docx_rows import paragraphs_xml, row_xml
from fwanalysis.formats.charts.printable import Printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.formats.charts.document_tables import PageTable

MOST_COLUMNS = 5
"""Number of codes in a table; the chart of a theme with more is divided into several tables."""
_PAGE = (16838, 11906)
"""A4, landscape, in twentieths of a point."""
_MARGIN = 850
_TEXT_WIDTH = _PAGE[0] - 2 * _MARGIN
_CASE_WIDTH = 1900
_MOST_PLAIN_COLUMNS = 12


def write_docx(document: ChartDocument, content: CellContent = CellContent.SUMMARY) -> ChartFile:
    """Return a chart as a Word document.

    Args:
        document: The chart.
        content: What the cells hold.
    """
    writer = _Writer(document)
    for title, tables in page_tables(document, content, MOST_COLUMNS):
        for number, table in enumerate(tables):
            part = f"{title} ({number + 1} of {len(tables)})" if len(tables) > 1 else title
            writer.heading(part)
            writer.page_table(table)
    writer.heading("Definitions")
    writer.plain_table(DEFINITION_COLUMNS, definitions(document), (2, 2, 2, 2, 5, 4, 4, 4))
    if document.abstractions:
        writer.heading("Abstraction")
        writer.plain_table(ABSTRACTION_COLUMNS, abstraction_rows(document), (3, 2, 5, 4, 5))
    for figure in document.figures:
        writer.heading(figure.title)
        if figure.note:
            writer.paragraph(figure.note)
        writer.wide_table(figure.table.columns, figure.table.rows)
    writer.heading("About")
    writer.plain_table(("", ""), [*facts(document.about), ("cells", content.value)], (1, 4))
    writer.heading("States")
    writer.plain_table(("in brackets", "meaning"), [*LEGEND.items()], (1, 4))
    return ChartFile(writer.data(), writer.printable.warnings)


class _Writer:
    """The document while it is written."""

    def __init__(self, document: ChartDocument) -> None:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Pt, Twips

        self.printable = Printable()
        self._file: Any = docx.Document()
        self._twips = Twips
        section = self._file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE  # width and height are exchanged as well, or the page stays upright
        section.page_width, section.page_height = map(Twips, _PAGE)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Twips(_MARGIN))
        normal = self._file.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(9)
        normal.paragraph_format.space_after = Pt(2)
        properties = self._file.core_properties
        properties.title, properties.author, properties.comments = self.printable(document.title)[:250], "", ""
        self._file.add_heading(self.printable(document.title), 0)
        if about := "; ".join(f"{name}: {value}" for name, value in facts(document.about) if value):
            self.paragraph(about)

    def heading(self, text: str) -> None:
        self._file.add_heading(self.printable(text), 1)

    def paragraph(self, text: str) -> None:
        self._file.add_paragraph(self.printable(text))

    def page_table(self, table: PageTable) -> None:
        """Add a table of a chart: a narrow column of cases, and equally wide ones."""
        count = len(table.header) - 1
        share = (_TEXT_WIDTH - _CASE_WIDTH) // count if count else 0
        widths = [_CASE_WIDTH, *[share] * count]
        rows = [self._header(table.header, widths)]
        for at, row in enumerate(table.rows):
            if at in table.bands:
                rows.append(row_xml([self._cell(table.bands[at], is_bold=True)], widths))
            cells = [self._cell(cell.text, cell.below, is_bold=not to) for to, cell in enumerate(row)]
            rows.append(row_xml(cells, widths))
        self._add(rows, widths)

    def plain_table(self, header: Sequence[str], rows: Iterable[Sequence[object]], shares: Sequence[int]) -> None:
        """Add a table of texts with columns that are so wide in proportion."""
        widths = [_TEXT_WIDTH * share // sum(shares) for share in shares]
        lines = [self._header(header, widths)] if any(header) else []
        lines += [row_xml([self._cell("" if value is None else str(value)) for value in row], widths) for row in rows]
        self._add(lines, widths)

    def wide_table(self, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add a table of any number of columns, divided where it has too many; the first column is repeated."""
        rest = range(1, len(header))
        for start in range(0, max(1, len(rest)), _MOST_PLAIN_COLUMNS):
            places = [0, *rest[start : start + _MOST_PLAIN_COLUMNS]] if header else []
            part = [[row[at] for at in places] for row in rows]
            self.plain_table([header[at] for at in places], part, (2, *[1] * (len(places) - 1)))
            self._file.add_paragraph()

    def data(self) -> bytes:
        """Return the bytes of the document."""
        self._file.add_paragraph()  # Word wants a paragraph below the last table
        written = io.BytesIO()
        self._file.save(written)
        return written.getvalue()

    def _header(self, header: Sequence[str], widths: Sequence[int]) -> str:
        return row_xml([self._cell(text, is_bold=True) for text in header], widths, is_header=True)

    def _cell(self, text: str, below: Iterable[str] = (), *, is_bold: bool = False) -> str:
        return paragraphs_xml(self.printable(text), map(self.printable, below), is_bold=is_bold)

    def _add(self, rows: Sequence[str], widths: Sequence[int]) -> None:
        """Add a table; Word follows the widths of its cells, LibreOffice those of its columns."""
        from docx.oxml import parse_xml

        if not rows:
            return
        table = self._file.add_table(0, len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self._twips(width)
        for row in rows:
            table._tbl.append(parse_xml(row))
