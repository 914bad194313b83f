"""A chart as one HTML file for a browser: no network, no other file, readable without JavaScript.

The templates in ``templates/`` hold the page, its style and its script. Everything that comes from the document is
escaped by jinja2, except the pictures of figures, which the program draws itself.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from fwanalysis.domain import cell_text
from fwanalysis.domain.cell_text import stance_text
from fwanalysis.formats.charts.chart_parts import facts, theme_parts
from fwanalysis.formats.charts.html_evidence import CellPassage, gather_evidence
from fwanalysis.formats.charts.html_summary import ReferenceIndex, summary_paragraphs
from fwanalysis.formats.charts.svg import CHART_CSS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import jinja2

    from fwanalysis.domain.chart_document import (
        ChartDocument,
        DocumentAbstraction,
        DocumentCell,
        DocumentColumn,
        DocumentRow,
    )
    from fwanalysis.formats.charts.html_evidence import ChartEvidence
    from fwanalysis.formats.charts.html_summary import SummaryPart

STALE, DISAGREES = cell_text.OUT_OF_DATE, cell_text.DISAGREEMENT


@dataclass(frozen=True, slots=True)
class CellMark:
    """A state in the legend: its name, its shape, what it means, and a key for the style sheet."""

    name: str
    shape: str
    meaning: str

    @property
    def key(self) -> str:
        """Return the name as it is used in addresses and in the style sheet."""
        return self.name.replace(" ", "-")


MARKS = {
    mark.name: mark
    for mark in (
        CellMark(cell_text.CHECKED, "✓", "The summary is written and was checked."),
        CellMark(cell_text.DRAFT, "✎", "The summary is written and not checked yet."),
        CellMark(cell_text.NOTHING_SAID, "∅", "The evidence was read: the case says nothing about this."),
        CellMark(cell_text.NOT_APPLICABLE, "⊘", "The code does not apply to the case; the reason is given."),
        CellMark(cell_text.NOT_CHARTED, "○", "There is evidence, but no summary yet."),
        CellMark(cell_text.NO_EVIDENCE, "·", "Nothing is coded, and nothing is written."),
        CellMark(STALE, "▲", "The evidence or the code has changed since the summary was written."),
        CellMark(DISAGREES, "≠", "What was said and the data about the case disagree."),
    )
}
"""The states and marks of a cell, in the order of the legend."""

LEVELS = (
    ("category", "category (aggregate dimension)"),
    ("dimension", "dimension (second-order theme)"),
    ("element", "element (first-order concept)"),
)
"""The levels of abstraction, the highest first, with what other methods call them."""
SCRIPTS = ("model", "search", "chart", "filters", "panel", "reading", "report")
"""The parts of the script, in the order in which they depend on each other."""
MOST_COLUMNS_IN_PRINT = 6
"""A chart with more columns is printed case by case instead of as a table that is too narrow to read."""
CASE_WIDTH, ATTRIBUTE_WIDTH, CODE_WIDTH = 11.0, 7.5, 19.0
"""Widths of columns in rem; those of codes are larger if the window has room."""


@dataclass(frozen=True, slots=True)
class _Chart:
    """The table of one theme.

    Attributes:
        number: Its number in the report, from 0.
        title: Name of the theme.
        two_lines: Whether its headings have a second line, for sub-themes.
        columns: Its columns with their numbers.
    """

    number: int
    title: str
    two_lines: bool
    columns: tuple[tuple[int, DocumentColumn], ...]

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MOST_COLUMNS_IN_PRINT

    @property
    def themes(self) -> list[tuple[str, int]]:
        """Return the first lines of the headings with the number of columns below each."""
        return [(theme, len(list(group))) for theme, group in groupby(column.theme for _, column in self.columns)]


@dataclass(frozen=True, slots=True)
class _Node:
    """An item of an abstraction with the items that are sorted into it."""

    item: DocumentAbstraction
    children: tuple[_Node, ...]


def write_html(document: ChartDocument) -> bytes:
    """Write a chart as a self-contained HTML report.

    Args:
        document: The chart with its evidence, figures and abstractions.

    Returns:
        The file in UTF-8.
    """
    evidence = gather_evidence(document)
    charts = _charts(document)
    style = _asset("report.css") + CHART_CSS.lstrip() + _frozen_columns(len(document.attributes))
    style += _chart_widths(charts)
    script = "(() => {\n'use strict';\n" + "".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();\n"
    about = {name: text for name, text in facts(document.about) if text}
    page = _environment().get_template("report.html")
    return page.render(
        document=document,
        question=about.pop("question", ""),
        about=about,
        policy=_policy(style, script),
        style=style,
        script=script,
        marks=MARKS,
        counts=_state_counts(document),
        charts=charts,
        sections=_sections(document.rows),
        values=_values(document),
        evidence=evidence,
        has_bands=any(row.bands for row in document.rows),
        abstractions=_abstractions(document),
        levels=dict(LEVELS),
        cell_view=_CellView(document, evidence),
        heading=_heading,
        definitions=_definitions(document.columns),
    ).encode()


class _CellView:
    """What the template asks about a cell."""

    def __init__(self, document: ChartDocument, evidence: ChartEvidence) -> None:
        self._document = document
        self._evidence = evidence
        self._index = ReferenceIndex(evidence.passages)

    def cell(self, row: int, column: int) -> DocumentCell:
        return self._document.cells[row][column]

    def known_attributes(self, row: int) -> list[tuple[str, str]]:
        """Return names and values of the attributes of a row that are known."""
        pairs = zip(self._document.attributes, self._document.rows[row].attributes, strict=True)
        return [(name, value) for name, value in pairs if value is not None]

    def passages(self, row: int, column: int) -> tuple[CellPassage, ...]:
        return self._evidence.cells[row][column]

    def paragraphs(self, row: int, column: int) -> list[list[SummaryPart]]:
        preferred = frozenset(entry.passage.number for entry in self._evidence.cells[row][column])
        return summary_paragraphs(self._document.cells[row][column].text, self._index, preferred)

    def evidence_key(self, row: int, column: int) -> str:
        """Return the passages of a cell with the codings that belong to it, as the script reads them: ``3:7,9 4:8``."""
        entries = self._evidence.cells[row][column]
        return " ".join(
            f"{entry.passage.number}:{','.join(str(coding.number) for coding in entry.codings)}" for entry in entries
        )

    def name(self, row: int, column: int) -> str:
        """Return how links name a cell: its case and its column."""
        return f"{self._document.rows[row].label} · {self._document.columns[column].label}"

    def counts(self, row: int, column: int) -> str:
        """Return the counts of a cell in words, such as ``6 for, 2 against; 8 segments of 3 persons, 214 words``."""
        cell = self.cell(row, column)
        stances = stance_text(cell.stances)
        segments = _plural(cell.segments, "segment")
        persons = f" of {_plural(cell.persons, 'person')}" if cell.persons else ""
        return f"{stances}; " * bool(stances) + f"{segments}{persons}, {_plural(cell.words, 'word')}"


@cache
def _environment() -> jinja2.Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("fwanalysis.formats.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plural"] = _plural
    environment.filters["moment"] = _moment
    return environment


def _asset(name: str) -> str:
    return files("fwanalysis.formats.charts").joinpath("templates", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return the content security policy: only the style and the script of this page, and nothing from elsewhere."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _frozen_columns(attributes: int) -> str:
    """Return the rules that keep attribute columns at the left of a window that is wide enough."""
    frozen = f"{CASE_WIDTH}rem" + "".join(f" + var(--w{number})" for number in range(attributes))
    rules = [f":root {{ --frozen: calc({frozen}); }}\n"]
    for number in range(attributes):
        before = "".join(f" + var(--w{earlier})" for earlier in range(number))
        window = 2.2 * (CASE_WIDTH + ATTRIBUTE_WIDTH * (number + 1))
        rules.append(
            f":root {{ --w{number}: {ATTRIBUTE_WIDTH}rem; }}\n@media screen and (min-width: {window:g}rem) {{ "
            f".chart .a{number} {{ position: sticky; z-index: 1; left: calc({CASE_WIDTH}rem{before}); }} }}\n"
        )
    return "".join(rules)


def _chart_widths(charts: list[_Chart]) -> str:
    """Return the rules for the width of each chart: a table of fixed columns is laid out without reading its cells."""
    rules = []
    for chart in charts:
        name = f"--columns-{chart.number}"
        rules.append(
            f":root {{ {name}: {len(chart.columns)}; }}\n@media screen {{ "
            f"#chart-{chart.number} {{ width: max(100%, calc(var(--frozen) + var({name}) * {CODE_WIDTH}rem)); }} }}\n"
        )
    return "".join(rules)


def _charts(document: ChartDocument) -> list[_Chart]:
    """Return the charts: one per theme, and one for consecutive themes that are columns themselves."""
    charts: list[_Chart] = []
    for part in theme_parts(document):
        columns = tuple((place, document.columns[place]) for place in part.places)
        two_lines = any(column.heading or column.own for _, column in columns) or len(columns) == 1
        charts.append(_Chart(len(charts), part.title, two_lines, columns))
    return charts if document.rows and document.columns else []


def _heading(column: DocumentColumn) -> str:
    return column.heading or ("the theme itself" if column.own else "the whole theme")


def _definitions(columns: tuple[DocumentColumn, ...]) -> list[int]:
    """Return for each column the number of the first column of the same code: where its definition is."""
    first: dict[str, int] = {}
    return [first.setdefault(column.code_id, number) for number, column in enumerate(columns)]


def _sections(rows: tuple[DocumentRow, ...]) -> list[tuple[list[tuple[int, str]], list[tuple[int, DocumentRow]]]]:
    """Return consecutive rows of the same bands, with the levels and headings of the bands that begin there."""
    sections = []
    previous: tuple[str, ...] = ()
    for bands, group in groupby(enumerate(rows), key=lambda entry: entry[1].bands):
        same = next((at for at, (old, new) in enumerate(zip(previous, bands, strict=False)) if old != new), None)
        begin = min(len(previous), len(bands)) if same is None else same
        sections.append(([(level, bands[level]) for level in range(begin, len(bands))], list(group)))
        previous = bands
    return sections


def _values(document: ChartDocument) -> list[tuple[str, bool, list[str | None]]]:
    """Return for each attribute its name, whether it is a number, and its different values, None last."""
    found = []
    for number, name in enumerate(document.attributes):
        values = {row.attributes[number] for row in document.rows}
        known = sorted((value for value in values if value is not None), key=str.casefold)
        found.append((name, name in document.numeric, [*known, *([None] if None in values else [])]))
    return found


def _state_counts(document: ChartDocument) -> Mapping[str, int]:
    cells = [cell for row in document.cells for cell in row]
    counts = Counter(cell.state for cell in cells)
    counts[STALE] = sum(1 for cell in cells if cell.stale)
    counts[DISAGREES] = sum(1 for cell in cells if cell.disagreement)
    return counts


def _abstractions(document: ChartDocument) -> list[tuple[str, list[_Node]]]:
    """Return for each column the items of its abstraction as trees; what is not sorted yet is at the top."""
    by_column: dict[str, list[DocumentAbstraction]] = {}
    for item in document.abstractions:
        by_column.setdefault(item.column, []).append(item)
    return [(column, _trees(items)) for column, items in by_column.items()]


def _trees(items: list[DocumentAbstraction]) -> list[_Node]:
    order = [level for level, _ in LEVELS]

    def children(parent: DocumentAbstraction) -> Iterator[_Node]:
        for item in items:
            if item.parent == parent.name and _rank(item, order) == _rank(parent, order) + 1:
                yield _Node(item, tuple(children(item)))

    names = {(item.name, _rank(item, order)) for item in items}
    tops = [item for item in items if (item.parent, _rank(item, order) - 1) not in names]
    return [_Node(item, tuple(children(item))) for item in sorted(tops, key=lambda item: _rank(item, order))]


def _rank(item: DocumentAbstraction, order: list[str]) -> int:
    return order.index(item.level) if item.level in order else len(order)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _moment(written_at: str) -> str:
    """Return an ISO 8601 time to the minute, as it is shown: ``2026-11-30 14:02 UTC``."""
    found = re.match(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)", written_at)
    return f"{found[1]} {found[2]} UTC" if found else written_at
