"""A view of the matrix as a document: what every writer of charts takes.

All formats (CSV, TSV, XLSX, DOCX, Markdown, JSON, HTML, NVivo's spreadsheet) are written from one `ChartDocument`, so
that they hold the same cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.table import Table


class DocumentQuote(NamedTuple):
    """A coded passage of a cell, with its context.

    A tuple, as cells are, because a document is made of tens of thousands of them.

    Attributes:
        coding_id: Id of the coding.
        reference: Its reference, such as ``(P07:12)``.
        quote: The words of the passage.
        before: The text of the same turn before the passage (the end of it, if it is long).
        after: The text of the same turn after the passage (the beginning of it, if it is long).
        source: Name of the source.
        speaker: Label of the speaker; empty if the text has none.
        code: Path of the code.
        stance: ``for``, ``against`` or ``mixed``.
        note: The coder's note; may be empty.
        coder: Name of the coder.
    """

    coding_id: str
    reference: str
    quote: str
    before: str
    after: str
    source: str
    speaker: str
    code: str
    stance: str
    note: str
    coder: str


class DocumentCell(NamedTuple):
    """A cell as it is exported.

    Attributes:
        state: ``draft``, ``checked``, ``nothing said``, ``not applicable``, ``not charted`` or ``no evidence``.
        stale: Reasons why the summary is out of date, as phrases; empty if it is up to date.
        text: The summary with its references as they are numbered now; for *not applicable*, the reason.
        author: Name of the coder who wrote it last; empty if nothing is written.
        written_at: When, ISO 8601 in UTC; empty if nothing is written.
        segments: Number of different coded segments.
        persons: Number of different persons among them.
        words: Number of words in the coded segments; overlapping words are counted once.
        stances: Number of codings that speak for, against, and both ways, in this order.
        quotes: The coded passages in text order.
        affirmation: The reason of the last re-affirmation; may be empty.
        disagreement: How what was said and the figures about the case disagree; empty if nobody marked it.
    """

    state: str
    stale: tuple[str, ...] = ()
    text: str = ""
    author: str = ""
    written_at: str = ""
    segments: int = 0
    persons: int = 0
    words: int = 0
    stances: tuple[int, int, int] = (0, 0, 0)
    quotes: tuple[DocumentQuote, ...] = ()
    affirmation: str = ""
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class DocumentColumn:
    """A column: a code with its sub-codes.

    Attributes:
        key: Unique key of the column in its document.
        code_id: Id of the code.
        own: Whether it holds only what is coded with the code itself, not with a sub-code.
        theme: Name of the theme: the first line of the heading.
        heading: Name of the code: the second line; empty where the column is the theme.
        label: Heading in one line, unique in the document.
        path: Path of the code.
        kind: ``sensitizing`` or ``emergent``.
        definition: Definition of the code.
        include: What is included; may be empty.
        exclude: What is excluded; may be empty.
        counts_against: What would speak against it; may be empty.
    """

    key: str
    code_id: str
    own: bool
    theme: str
    heading: str
    label: str
    path: str
    kind: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    counts_against: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row.

    Attributes:
        key: Unique key of the row in its document.
        case_id: Id of the case; empty for a row of cases with the same value, or of text without a case.
        label: The heading.
        level: ``person``, ``group``, ``site``; empty for a row that is not a case.
        attributes: Values in the order of ``ChartDocument.attributes``; None if unknown.
        bands: Headings of the groups or bands that the row is in, outermost first.
    """

    key: str
    case_id: str
    label: str
    level: str
    attributes: tuple[str | None, ...]
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFigure:
    """A figure with its numbers and a picture.

    Attributes:
        title: What it shows.
        note: How to read it, with its caution.
        table: The numbers.
        svg: The picture as an ``<svg>`` element that needs nothing else; empty if there is none.
    """

    title: str
    note: str
    table: Table
    svg: str = ""


@dataclass(frozen=True, slots=True)
class DocumentAbstraction:
    """The abstraction of one column: a list at one of three levels.

    Attributes:
        column: Path of the code.
        level: ``element``, ``dimension`` or ``category``.
        name: Name of the item.
        parent: Name of the item of the next level that it belongs to; empty if it is not sorted yet.
        cases: Names of the cases whose cells are sorted into it; for elements only.
    """

    column: str
    level: str
    name: str
    parent: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartDocument:
    """A view of the matrix with everything that an export of it may show.

    Attributes:
        title: What the chart is of.
        about: Date, project, codebook version, filters and other facts, in the order to show them.
        attributes: Names of the attributes shown.
        numeric: Names of those attributes that are numbers.
        rows: The rows in order.
        columns: The columns in order; those of one theme are consecutive.
        cells: The cells by row, then by column.
        figures: Figures to show with it.
        abstractions: The abstraction of its columns.
    """

    title: str
    about: Mapping[str, object]
    attributes: tuple[str, ...]
    rows: tuple[DocumentRow, ...]
    columns: tuple[DocumentColumn, ...]
    cells: tuple[tuple[DocumentCell, ...], ...]
    numeric: frozenset[str] = frozenset()
    figures: tuple[DocumentFigure, ...] = ()
    abstractions: tuple[DocumentAbstraction, ...] = field(default=())
