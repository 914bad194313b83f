"""Parts of a chart as documents show them: a table per theme, facts as text, abstractions and legends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from fwanalysis.domain import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.chart_document import ChartDocument, DocumentColumn

ITSELF = "(the theme itself)"
"""Second line of the heading of a column that holds what is coded with the theme and not with a sub-theme."""
LEGEND = {
    cell_text.DRAFT: "a summary that is not checked yet (no line in brackets)",
    cell_text.CHECKED: "a summary that was checked",
    cell_text.NOTHING_SAID: "the case said nothing about it",
    cell_text.NOT_APPLICABLE: "the question does not apply to the case, for the reason given",
    cell_text.NOT_CHARTED: "there are coded segments, but no summary yet",
    cell_text.NO_EVIDENCE: "there is neither a coded segment nor a summary",
    cell_text.OUT_OF_DATE: "the evidence or the code has changed since the summary was written",
    cell_text.DISAGREEMENT: "what was said and the numbers about the case disagree",
}
"""Meaning of what the lines in brackets say."""


@dataclass(frozen=True, slots=True)
class ThemePart:
    """The columns of one theme, or of several themes that are columns themselves.

    Attributes:
        title: Name of the theme, or of the chart.
        places: Indices of the columns in the document.
    """

    title: str
    places: tuple[int, ...]


def theme_parts(document: ChartDocument) -> tuple[ThemePart, ...]:
    """Divide a chart by theme; consecutive columns that are themes themselves stay together.

    A chart without columns has one part without columns, so that its cases are written.
    """
    columns = document.columns
    parts: list[ThemePart] = []
    lone_before = False
    for theme, places in groupby(range(len(columns)), lambda at: columns[at].theme):
        group = tuple(places)
        is_lone = len(group) == 1 and not columns[group[0]].heading and not columns[group[0]].own
        if is_lone and lone_before:
            parts[-1] = ThemePart(document.title, (*parts[-1].places, *group))
        else:
            parts.append(ThemePart(theme, group))
        lone_before = is_lone
    return tuple(parts) or (ThemePart(document.title, ()),)


def heading_lines(column: DocumentColumn) -> tuple[str, str]:
    """Return both lines of a column's heading: the theme, and the sub-theme (the theme again if it is the column)."""
    if column.own:
        return column.theme, column.heading or ITSELF
    return (column.theme, column.heading) if column.heading else ("", column.theme)


def definitions(document: ChartDocument) -> list[tuple[str, ...]]:
    """Return a row per code: theme, code, path, kind, definition, include, exclude, counts against."""
    found: dict[str, tuple[str, ...]] = {}
    for column in document.columns:
        found.setdefault(
            column.code_id,
            (
                *(column.theme, "" if column.own else column.heading, column.path, column.kind),
                *(column.definition, column.include, column.exclude, column.counts_against),
            ),
        )
    return [*found.values()]


DEFINITION_COLUMNS = ("theme", "code", "path", "kind", "definition", "include", "exclude", "counts against")
ABSTRACTION_COLUMNS = ("code", "level", "name", "sorted into", "cases")


def abstraction_rows(document: ChartDocument) -> list[tuple[str, ...]]:
    """Return a row per item of the abstraction, as ``ABSTRACTION_COLUMNS`` names them."""
    return [(item.column, item.level, item.name, item.parent, "; ".join(item.cases)) for item in document.abstractions]


def facts(about: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each fact about an export as a name and a text; facts that say nothing are left out."""
    for name, value in about.items():
        if text := fact_text(value):
            yield name.replace("_", " "), text


def fact_text(value: object) -> str:
    """Return a fact as text: lists and mappings with their parts separated by semicolons, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {fact_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(map(fact_text, value))
    return str(value)


def band_headers(document: ChartDocument) -> tuple[str, ...]:
    """Return a header for each level of bands that rows are in."""
    depth = max((len(row.bands) for row in document.rows), default=0)
    return ("group",) if depth == 1 else tuple(f"group {level}" for level in range(1, depth + 1))


def padded(bands: Sequence[str], depth: int) -> tuple[str, ...]:
    """Return the bands of a row, with empty ones for levels that it has not."""
    return (*bands, *[""] * (depth - len(bands)))
