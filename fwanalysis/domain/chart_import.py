"""A chart that a co-author edited, compared with the project cell by cell: a three-way comparison.

The three contents of a cell are the one *here* (in the project), the one *there* (in the file), and the *base*: the one
from which the file was made. Knows no file and no project.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.cell_text import NOT_CHARTED, UNWRITTEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.matrix import Cell

ITSELF = " (itself)"
"""What follows the name of a code for the cell that leaves out its sub-codes."""
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\t", " "))
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "…": "...", "–": "-", "—": "-"}
)
_RUN = re.compile(" {2,}")
_DASHES = re.compile(r"(?<=\s)--(?=\s)")
_WORD = re.compile(r"\S+\s*|^\s+")
_LINE_END = re.compile(r" *(?:\r\n|\r|\n|\u2028|\u2029)")


class CellKey(NamedTuple):
    """What identifies a cell: the ids of its case and its code, and whether sub-codes are left out."""

    case_id: str
    code_id: str
    own: bool


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell holds.

    Attributes:
        state: One of ``cell_text.STATES``.
        text: The summary, or the reason of *not applicable*.
        disagreement: How words and figures disagree; may be empty.
    """

    state: str = NOT_CHARTED
    text: str = ""
    disagreement: str = ""

    @property
    def is_written(self) -> bool:
        """Whether anything is written in the cell."""
        return self.state not in UNWRITTEN


EMPTY = CellWords()


class Kind(StrEnum):
    """How a cell of a file differs from the cell of the project."""

    NEW = "new there"
    THERE = "changed there"
    CLEARED = "cleared there"
    BOTH = "changed in both"
    UNKNOWN = "differs"
    HERE = "changed here"

    @property
    def is_conflict(self) -> bool:
        """Whether taking the cell of the file would remove words that its author may not have meant to remove."""
        return self in (Kind.CLEARED, Kind.BOTH, Kind.UNKNOWN)


class Accept(StrEnum):
    """What to do with all differences at once."""

    THEIRS = "theirs"
    OURS = "ours"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of a file that differs from the cell of the project.

    Attributes:
        key: The cell.
        case: Name of the case.
        code: Name of the code.
        code_path: Path of the code.
        place: Where it is in the file.
        kind: How it differs.
        here: What the project holds, references numbered as they are now.
        there: What the file holds, references that were renumbered since with their present numbers.
        base: What the file was made from; None if that is not known.
        author: Name of the coder who wrote the cell here last; empty if it is unwritten.
        written_at: When, ISO 8601 in UTC; empty if it is unwritten.
        stale: Why the cell here is out of date, as phrases.
        notes: What to check about the references of the file.
        seen: The written cell here; None if it is unwritten.
        origin: The version of the cell here that the file was made from; None if it was unwritten or is not known.
    """

    key: CellKey
    case: str
    code: str
    code_path: str
    place: str
    kind: Kind
    here: CellWords
    there: CellWords
    base: CellWords | None = None
    author: str = ""
    written_at: str = ""
    stale: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seen: Cell | None = None
    origin: Cell | None = None

    @property
    def label(self) -> str:
        """The cell in words, such as *P04 × Cost*."""
        return f"{self.case} × {self.code}{ITSELF if self.key.own else ''}"


@dataclass(frozen=True, slots=True)
class ChartComparison:
    """A chart's file compared with the project.

    Attributes:
        filename: Name of the file.
        form: ``xlsx``, ``nvivo``, ``wide``, ``long`` or ``json``.
        unchanged: Number of cells with the same content in both.
        differences: The cells that differ, in the order of the file.
        unmatched: What was written in the file and belongs to no cell, with its place, one sentence each.
        warnings: What was not understood in the file, one sentence each.
        made_at: When the file was made, ISO 8601 in UTC; empty if that is not known.
    """

    filename: str
    form: str
    unchanged: int
    differences: tuple[Difference, ...]
    unmatched: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    made_at: str = ""

    @property
    def conflicts(self) -> Sequence[Difference]:
        """The differences that need a decision one by one."""
        return [item for item in self.differences if item.kind.is_conflict]


def kind_of(base: CellWords | None, here: CellWords, there: CellWords) -> Kind | None:
    """Return how a cell of a file differs from the cell of the project; None if it does not.

    Args:
        base: What the file was made from; None if that is not known.
        here: What the project holds.
        there: What the file holds.

    Notes:
        Without a base, an empty cell of the file says nothing about a written cell of the project, so the difference
        counts as one made here.
    """
    if is_same(here, there):
        return None
    if base is None:
        if not there.is_written:
            return Kind.HERE
        return Kind.UNKNOWN if here.is_written else Kind.NEW
    if is_same(there, base):
        return Kind.HERE
    if not is_same(here, base):
        return Kind.BOTH
    if not there.is_written:
        return Kind.CLEARED
    return Kind.THERE if here.is_written else Kind.NEW


def is_same(one: CellWords, other: CellWords) -> bool:
    """Return whether two cells have the same content; what office programs change by themselves does not count."""
    if not (one.is_written and other.is_written):
        return one.is_written == other.is_written
    return (
        one.state == other.state
        and plain(one.text) == plain(other.text)
        and plain(one.disagreement) == plain(other.disagreement)
    )


def plain(text: str) -> str:
    """Return a text without the differences that office programs make by themselves.

    These are the ends of lines, spaces at their ends, several spaces for one, empty lines at both ends, tabs and
    non-breaking spaces, typographic quotation marks, apostrophes, dashes and ellipses, and the composition of
    characters (NFC).
    """
    text = _LINE_END.sub("\n", _RUN.sub(" ", unicodedata.normalize("NFC", text).translate(_SPACES)))
    return _DASHES.sub("-", text.strip().translate(_MARKS))


def accepted(comparison: ChartComparison, accept: Accept) -> Mapping[CellKey, CellWords]:
    """Return what to write in which cells.

    Cells that were changed here only are never among them.

    Args:
        comparison: The comparison.
        accept: *theirs* takes every other cell of the file, and clears those that are empty there; *ours* takes only
            what was written there in cells that have not changed here; *none* takes nothing.
    """
    return {item.key: item.there for item in comparison.differences if takes(item.kind, accept)}


def takes(kind: Kind, accept: Accept) -> bool:
    """Return whether a difference of a kind is taken from the file."""
    if accept is Accept.NONE or kind is Kind.HERE:
        return False
    return accept is Accept.THEIRS or not kind.is_conflict


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words of two texts as one list of changes.

    Returns:
        Pairs of ``" "`` (in both, as *after* has it), ``"-"`` (only in *before*) or ``"+"`` (only in *after*) and a
        piece of text: words with the spaces behind them.
    """
    one, other = _WORD.findall(before), _WORD.findall(after)
    found = SequenceMatcher(None, [*map(_compared, one)], [*map(_compared, other)], autojunk=False).get_opcodes()
    pieces: list[tuple[str, str]] = []
    for tag, start, end, first, last in found:
        if tag == "equal":
            pieces.append((" ", "".join(other[first:last])))
            continue
        if start < end:
            pieces.append(("-", "".join(one[start:end])))
        if first < last:
            pieces.append(("+", "".join(other[first:last])))
    return pieces


def _compared(word: str) -> str:
    """Return what is compared of a word: without what office programs change, and with the lines that end after it."""
    return plain(word) + "\n" * word.count("\n")
