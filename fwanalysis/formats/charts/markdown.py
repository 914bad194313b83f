"""Charts as Markdown: a table per theme (GitHub's tables), definitions, abstraction, figures and facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.formats.charts.document_tables import PageCell, PageTable

_MARKUP = re.compile(r"[\\`*_<>|~&#]|\](?=[(\[:])")


def write_markdown(document: ChartDocument, content: CellContent = CellContent.SUMMARY) -> ChartFile:
    """Return a chart as Markdown in UTF-8."""
    text = "\n\n".join(_blocks(document, content)) + "\n"
    return ChartFile(text.encode("utf-8", "surrogatepass"))


def escaped(text: str) -> str:
    """Return a text as it is written in a cell of a table: markup escaped, ``<br>`` for a line break."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "<br>".join(_MARKUP.sub(lambda found: f"\\{found.group()}", line).strip() for line in text.split("\n"))


def _blocks(document: ChartDocument, content: CellContent) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    for title, tables in page_tables(document, content):
        yield f"## {escaped(title)}"
        yield from (_table(table) for table in tables)
    yield "## Definitions"
    yield _plain_table(DEFINITION_COLUMNS, definitions(document))
    if document.abstractions:
        yield "## Abstraction"
        yield _plain_table(ABSTRACTION_COLUMNS, abstraction_rows(document))
    for figure in document.figures:
        yield f"## {escaped(figure.title)}"
        if figure.note:
            yield escaped(figure.note)
        rows = [["" if value is None else str(value) for value in row] for row in figure.table.rows]
        yield _plain_table(figure.table.columns, rows)
    yield "## About"
    yield "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in facts(document.about))
    yield "\n".join(f"- \\[{escaped(state)}\\]: {escaped(meaning)}" for state, meaning in LEGEND.items())


def _table(table: PageTable) -> str:
    lines = [_line(map(escaped, table.header)), _line("---" for _ in table.header)]
    for at, row in enumerate(table.rows):
        if at in table.bands:
            lines.append(_line((f"**{escaped(table.bands[at])}**", *[""] * (len(table.header) - 1))))
        lines.append(_line(map(_cell, row)))
    return "\n".join(lines)


def _plain_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(map(escaped, header)), _line("---" for _ in header), *(_line(map(escaped, row)) for row in rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: PageCell) -> str:
    below = [f"*{escaped(line)}*" for line in cell.below]
    return "<br>".join(part for part in (escaped(cell.text), *below) if part)
