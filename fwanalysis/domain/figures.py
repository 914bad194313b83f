"""Figures about codes and cases: what they are counted from, and what they are.

A figure counts rows of the matrix (cases), distinct passages and distinct persons. A figure that is not defined, such
as a share of no cases, is None and has a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.matrix import Stances

Segment = tuple[str, int, int]
"""A passage: id of the revision, where it begins, and where it ends (exclusive), in code points."""
Key = tuple[str, str]
"""A place in a figure: key of the row, key of the column."""
Number = int | float | None


class Measure(StrEnum):
    """What the numbers of a figure of cases by codes are."""

    PRESENCE = "presence"
    PASSAGES = "passages"
    WORDS = "words"
    PER_1000 = "words-per-1000"


class Unit(StrEnum):
    """Where two codes must meet to co-occur."""

    PASSAGE = "passage"
    TURN = "turn"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Said:
    """A range of words of a passage and the rows to which they are attributed.

    Attributes:
        first: Number of the first word. No two words of a revision have the same number.
        end: The number after that of the last word.
        rows: Keys of the rows; empty for words of an interviewer.
    """

    first: int
    end: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding as figures are counted from it.

    Attributes:
        coding_id: Id of the coding.
        code_id: Id of its code.
        segment: The passage.
        rows: Keys of the rows that it is attributed to.
        persons: Ids of the persons that it is attributed to.
        stance: ``for``, ``against`` or ``mixed``.
        coder_id: Id of the coder.
        said: Its words, turn by turn; empty if words are not counted.
        turns: Numbers of the turns of these rows that it overlaps; of lines in a source without turns.
    """

    coding_id: str
    code_id: str
    segment: Segment
    rows: tuple[str, ...]
    persons: tuple[str, ...] = ()
    stance: str = "for"
    coder_id: str = ""
    said: tuple[Said, ...] = ()
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row that figures are about.

    Attributes:
        key: Unique key of the row.
        label: The heading.
        level: ``person``, ``group`` or ``site``; empty for a row that is not a case.
        attributes: Known values by the name of the attribute.
        speaks: Whether it is a case that could have said something: it speaks in a source in scope.
        words: Number of words that it speaks in the sources in scope; None if they are not counted.
    """

    key: str
    label: str
    level: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    speaks: bool = True
    words: int | None = None


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A code with its sub-codes.

    Attributes:
        key: Unique key of the column.
        label: The heading.
        path: Path of the code.
        code_ids: Ids of all codes that it includes.
    """

    key: str
    label: str
    path: str
    code_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class FigureData:
    """What figures are counted from.

    Attributes:
        rows: The rows in order.
        columns: The columns in order; they may include one another.
        coded: The codings in scope, in any order.
        not_applicable: Cells that are marked as not applicable.
    """

    rows: tuple[FigureRow, ...]
    columns: tuple[FigureColumn, ...]
    coded: tuple[Coded, ...]
    not_applicable: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeFigure:
    """The figures of one code with its sub-codes.

    Attributes:
        cases: Number of cases with a passage, among the *possible*.
        possible: Number of cases that could have said something and are not marked as not applicable.
        not_applicable: Number of cases that are marked as not applicable.
        contradicted: Number of those that have a passage all the same; they are not among the *cases*.
        persons: Number of distinct persons, in interviews and in groups.
        passages: Number of distinct passages.
        stances: The passages by stance.
        case_stances: The *cases* by stance.
        words: Number of words of the passages, each counted once; None if words are not counted.
        codings: Ids of the codings, sorted.
    """

    key: str
    label: str
    path: str
    cases: int
    possible: int
    not_applicable: int
    contradicted: int
    persons: int
    passages: int
    stances: Stances
    case_stances: Stances
    words: int | None
    codings: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Return the share of the possible cases, 0 to 1; None if there are none."""
        return self.cases / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class CodesFigure:
    """Figures of codes, with a note that says what they count."""

    codes: tuple[CodeFigure, ...]
    note: str


@dataclass(frozen=True, slots=True)
class GridFigure:
    """A figure of cases by codes.

    Attributes:
        measure: What the numbers are.
        rows: The rows.
        columns: The columns.
        values: The numbers by row, then by column; None where they are not defined.
        undefined: The reason for each None.
        note: What the numbers count.
    """

    measure: Measure
    rows: tuple[FigureRow, ...]
    columns: tuple[FigureColumn, ...]
    values: tuple[tuple[Number, ...], ...]
    undefined: Mapping[Key, str]
    note: str


SMALL = 5
"""A cell of a crosstab with fewer cases, or fewer expected, is small."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A property that divides cases into categories.

    Attributes:
        name: What it is: the name of an attribute, or a code.
        categories: All categories in order, also those without a case.
        of: The category of each case by the key of its row. A case without one is left out of a crosstab.
    """

    name: str
    categories: tuple[str, ...]
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A crosstab of two variables.

    Attributes:
        row_name: Name of the variable in the rows.
        column_name: Name of the variable in the columns.
        rows: Its categories.
        columns: The other's categories.
        members: Labels of the cases by row, then by column.
        left_out: Number of cases that are not counted.
        note: What it counts, and how to read it.
    """

    row_name: str
    column_name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    members: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: int
    note: str

    def count(self, row: int, column: int) -> int:
        """Return the number of cases of a cell."""
        return len(self.members[row][column])

    def row_total(self, row: int) -> int:
        """Return the number of cases of a row."""
        return sum(map(len, self.members[row]))

    def column_total(self, column: int) -> int:
        """Return the number of cases of a column."""
        return sum(len(line[column]) for line in self.members)

    @property
    def total(self) -> int:
        """The number of cases."""
        return sum(map(self.row_total, range(len(self.rows))))

    def row_share(self, row: int, column: int) -> float | None:
        """Return the share of a cell in its row, 0 to 1; None if the row is empty."""
        return _share(self.count(row, column), self.row_total(row))

    def column_share(self, row: int, column: int) -> float | None:
        """Return the share of a cell in its column, 0 to 1; None if the column is empty."""
        return _share(self.count(row, column), self.column_total(column))

    def total_share(self, row: int, column: int) -> float | None:
        """Return the share of a cell in all cases, 0 to 1; None if there are none."""
        return _share(self.count(row, column), self.total)

    def expected(self, row: int, column: int) -> float | None:
        """Return row total × column total ÷ total, the count expected of independent variables; None if undefined."""
        return _share(self.row_total(row) * self.column_total(column), self.total)

    def is_small(self, row: int, column: int) -> bool:
        """Return whether a cell has, or is expected to have, fewer than 5 cases."""
        expected = self.expected(row, column)
        return self.count(row, column) < SMALL or expected is None or expected < SMALL


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class CodePair:
    """How often two codes co-occur.

    Attributes:
        first: Key of one column.
        second: Key of the other.
        both: Number of units with both codes.
        only_first: Number of units with the first code only.
        only_second: Number of units with the second code only.
        undefined: Why there is no coefficient; empty if there is one.
    """

    first: str
    second: str
    both: int
    only_first: int
    only_second: int
    undefined: str = ""

    @property
    def either(self) -> int:
        """The number of units with at least one of the codes."""
        return self.both + self.only_first + self.only_second

    @property
    def jaccard(self) -> float | None:
        """Return |A ∩ B| ÷ |A ∪ B| (Jaccard 1912); None if undefined."""
        return None if self.undefined else _share(self.both, self.either)

    @property
    def highest(self) -> float | None:
        """Return the highest coefficient that these frequencies allow: the smaller one ÷ the larger one."""
        frequencies = (self.both + self.only_first, self.both + self.only_second)
        return None if self.undefined else _share(min(frequencies), max(frequencies))


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """The co-occurrence of codes.

    Attributes:
        unit: Where codes must meet.
        columns: The codes.
        frequencies: Number of units with each code by the key of its column.
        pairs: Each pair of codes once, in the order of the columns.
        note: What it counts, with the caution.
    """

    unit: Unit
    columns: tuple[FigureColumn, ...]
    frequencies: Mapping[str, int]
    pairs: tuple[CodePair, ...]
    note: str
