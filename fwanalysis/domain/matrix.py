"""The framework matrix: written cells, the evidence behind them, queries, and views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.cases import Case, Level
    from fwanalysis.domain.staleness import Basis, StaleReason


class CellState(StrEnum):
    """The state of a written cell."""

    DRAFT = "draft"
    CHECKED = "checked"
    NOTHING_SAID = "nothing-said"
    NOT_APPLICABLE = "not-applicable"

    @property
    def has_summary(self) -> bool:
        """Whether a cell in this state has a summary."""
        return self in (CellState.DRAFT, CellState.CHECKED)

    @property
    def label(self) -> str:
        """The state in words, as screens and files show it."""
        return self.value.replace("-", " ")


class CellContent(StrEnum):
    """The content of an exported cell."""

    SUMMARY = "summary"
    QUOTES = "quotes"
    COUNTS = "counts"
    BOTH = "both"
    STANCES = "stances"
    PRESENCE = "presence"


class Layout(StrEnum):
    """The layout of an exported matrix: one line for each row (wide) or cell (long)."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Cell:
    """A written cell of the matrix, for one case and one code.

    Attributes:
        summary: The summary as it was typed; for a cell that is not applicable, the reason. The segments that its
            references cite are in ``Citation``; the numbers that it shows follow them.
        written_at: Time of writing, ISO 8601 in UTC.
        basis: The evidence that it was based on.
        own: Whether it covers only what is coded with the code itself, and not what is coded with its sub-codes.
        affirmation: Why it was affirmed without a change when it was out of date; empty if it was not.
        disagreement: How the words and the figures about the case disagree; empty if this is not marked.
    """

    id: str
    case_id: str
    code_id: str
    state: CellState
    summary: str
    coder_id: str
    written_at: str
    basis: Basis
    own: bool = False
    affirmation: str = ""
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The segment that a reference of a summary cites.

    Attributes:
        position: Number of the reference in the summary, from 0.
        reference: The reference as it is in the stored summary, such as ``P04:12``.
    """

    id: str
    cell_id: str
    segment_id: str
    position: int
    reference: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of a numeric attribute: below the first cut, from each cut to the next, from the last cut on."""

    attribute: str
    cuts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MatrixQuery:
    """A query for a view of the matrix.

    Attributes:
        rows: ``default``, a level, or ``attribute:NAME``.
        themes: Codes whose direct sub-codes become the columns, theme by theme; empty for the themes themselves.
        all_codes: Whether every code has a column.
        where: Pairs of attribute name and value. A row must have, of each attribute named, one of its values.
        expression: A filter expression that rows must meet, such as ``site = Birch and not role = nurse``.
        cases: Names of the cases to show; empty for all.
        sort: Names of the attributes to sort rows by; a name with ``-`` in front sorts downwards.
        group: Names of attributes to group rows by, outermost first, at most four.
        bands: How numeric attributes are divided that rows are grouped by, too.
        attributes: Names of the attributes to show; None for all.
        figures: Names of the attributes shown as figures beside the cells. A case without a value of its own has that
            of its site.
        coders: Names of the coders whose codings count; empty for all.
        with_no_case: Whether text without a case has a row.
        hidden: Paths of codes whose columns are hidden.
        pinned: Names of cases whose rows come first.
        transposed: Whether screens and grids show codes in rows and cases in columns.
    """

    rows: str = "default"
    themes: tuple[str, ...] = ()
    all_codes: bool = False
    where: tuple[tuple[str, str], ...] = ()
    expression: str = ""
    cases: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    bands: tuple[Bands, ...] = ()
    attributes: tuple[str, ...] | None = None
    figures: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    with_no_case: bool = True
    hidden: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    transposed: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether the query leaves out rows on purpose."""
        return bool(self.where or self.expression or self.cases)


@dataclass(frozen=True, slots=True)
class Chart:
    """A stored view of the matrix."""

    id: str
    name: str
    query: MatrixQuery


class Passage(NamedTuple):
    """A coding with its anchor, as the matrix reads it.

    A tuple of plain values, because a matrix is made from tens of thousands of them.

    Attributes:
        stance: What the passage says about the code.
        start: Where the passage begins in the text of the revision, in code points.
        end: Where it ends, exclusive.
    """

    coding_id: str
    segment_id: str
    code_id: str
    coder_id: str
    stance: str
    note: str
    created_at: str
    source_id: str
    revision_id: str
    start: int
    end: int
    quote: str

    @property
    def segment(self) -> tuple[str, int, int]:
        """The place of the passage, which is the same for all its codings."""
        return (self.revision_id, self.start, self.end)


class Quoted(NamedTuple):
    """A coded passage of a cell.

    Attributes:
        passage: The coding with its anchor.
        reference: Its reference, such as ``(P07:12)``.
        speakers: Ids of the cases to whom it is attributed.
    """

    passage: Passage
    reference: str
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stances:
    """Numbers of codings, passages or cases by what they say about a code."""

    for_: int = 0
    against: int = 0
    mixed: int = 0

    def __str__(self) -> str:
        """Return the numbers as text: *6 for, 2 against*; empty if there are none."""
        named = ((self.for_, "for"), (self.against, "against"), (self.mixed, "mixed"))
        return ", ".join(f"{count} {name}" for count, name in named if count)

    @property
    def total(self) -> int:
        """The number of all."""
        return self.for_ + self.against + self.mixed

    @property
    def speaks_against(self) -> bool:
        """Whether a passage speaks against the code or both ways."""
        return bool(self.against or self.mixed)


class MatrixCell(NamedTuple):
    """A cell of a view, with its evidence.

    A tuple, as passages are, because a view is made of tens of thousands of them.

    Attributes:
        cell: The written cell; None if it is unwritten.
        summary: Its summary with the references numbered as they are now; empty if it is unwritten.
        quotes: The coded passages in text order.
        segments: Number of different segments.
        persons: Number of different persons among them.
        stances: Numbers of codings by stance.
        stale: Reasons why the written cell is out of date.
        unanchored: Number of codings that are unanchored and were last attributed to this cell's case.
        answerable: Whether anyone in the row could have said something in the texts of the project.
    """

    cell: Cell | None
    summary: str
    quotes: tuple[Quoted, ...]
    segments: int
    persons: int
    stances: Stances
    stale: tuple[StaleReason, ...] = ()
    unanchored: int = 0
    answerable: bool = True

    @property
    def empty_because(self) -> str:
        """Why there is no summary; empty if there is one.

        One of *not charted*, *charted, nothing said*, *not applicable*, *no evidence*, *no evidence in the present
        text*.
        """
        if self.cell is None and self.quotes:
            return "not charted"
        if self.cell is None:
            return "no evidence in the present text" if self.unanchored else "no evidence"
        if self.cell.state is CellState.NOTHING_SAID:
            return "charted, nothing said"
        if self.cell.state is CellState.NOT_APPLICABLE:
            return "not applicable"
        return ""

    @property
    def state_label(self) -> str:
        """The state in words: *draft*, *checked*, *nothing said*, *not applicable*, *not charted*, *no evidence*."""
        if self.cell is not None:
            return self.cell.state.label
        return "not charted" if self.quotes else "no evidence"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a view.

    Attributes:
        key: Unique key of the row in its view.
        label: The heading.
        case: The case; None for a row of cases with the same value, or of unattributed text.
        level: Level of the case, if there is one.
        attributes: Values by the name of the attribute.
        bands: Headings of the groups that the row is in, outermost first.
        inherited: Names of the attributes in *attributes* whose value is that of the case's site.
    """

    key: str
    label: str
    case: Case | None
    level: Level | None
    attributes: Mapping[str, str]
    bands: tuple[str, ...] = ()
    inherited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of a view.

    Attributes:
        code_id: Id of the code.
        heading: Name of the code, or its path where the name is not unique in the view.
        path: Path of the code.
        own: Whether the column has only what is coded with the code itself, and not with its sub-codes.
        theme: Name of the theme that the code belongs to; its own name for a theme.
    """

    code_id: str
    heading: str
    path: str
    own: bool = False
    theme: str = ""

    @property
    def key(self) -> str:
        """Unique key of the column in its view."""
        return f"{self.code_id}:own" if self.own else self.code_id


@dataclass(frozen=True, slots=True)
class Matrix:
    """A view of the matrix.

    Attributes:
        attributes: Names of the attributes shown.
        cells: Cells by row key and column key, one for each row and column. A cell is made when it is asked for.
        outside: Number of codings of cases that have no row in this view.
        unanchored: Number of unanchored codings of the columns' codes, which are in no cell.
    """

    query: MatrixQuery
    attributes: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    cells: Mapping[tuple[str, str], MatrixCell]
    outside: int
    unanchored: int = 0

    def cell(self, row: MatrixRow, column: MatrixColumn) -> MatrixCell:
        """Return the cell of a row and a column."""
        return self.cells[row.key, column.key]
