"""The notes of figures: what they count, and the cautions of reading them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Level
from fwanalysis.domain.figures import Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.figures import FigureRow

_PLURALS = {Level.PERSON: "persons", Level.GROUP: "groups", Level.SITE: "sites"}
_MEASURES = {
    Measure.PRESENCE: "1 = the case has a passage with the code; 0 = it has none.",
    Measure.PASSAGES: "Number of different passages. A passage counts once in a code, whatever sub-codes it has.",
    Measure.WORDS: "Number of words that the case says in the passages. A word in several passages counts once.",
    Measure.PER_1000: (
        "Words that the case says in the passages, per 1,000 words that it says in all its sources. A word in several "
        "passages counts once."
    ),
}
_UNITS = {
    Unit.PASSAGE: (
        "Unit: a place in the text that has at least one of the two codes; passages that overlap are one place. "
        "The number of places of a code therefore depends on the other code of the pair."
    ),
    Unit.TURN: "Unit: a turn, or a line of a source without turns, in which a passage with the code is.",
    Unit.CASE: "Unit: a case that has a passage with the code.",
}


def named(rows: Iterable[FigureRow]) -> str:
    """Return the numbers of rows by level: *11 persons and 2 groups*; *no cases* if there are none."""
    count = Counter(row.level for row in rows)
    parts = [f"{count[level]} {level if count[level] == 1 else _PLURALS[level]}" for level in Level if count.get(level)]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "no cases"


def codes_note(rows: Sequence[FigureRow]) -> str:
    """Return the note of the figures of codes."""
    could = [row for row in rows if row.speaks]
    silent = len([row for row in rows if row.level]) - len(could)
    left_out = ""
    if silent:
        speaks, are = ("speaks", "is") if silent == 1 else ("speak", "are")
        left_out = f"; {silent} that {speaks} in no source in scope {are} left out"
    return (
        f"n of N: N is the number of cases that could have said something ({named(could)}{left_out}), without those "
        "whose cell is marked as not applicable. A group is one case. Persons are different persons, in interviews and "
        "in groups. A code includes its sub-codes; a passage counts once in a code. A passage or a case whose codings "
        "differ in stance is mixed."
    )


def grid_note(measure: Measure, rows: Sequence[FigureRow]) -> str:
    """Return the note of a figure of cases by codes."""
    return f"{_MEASURES[measure]} A code includes its sub-codes. Rows: {named(row for row in rows if row.level)}."


def cells_note(rows: Iterable[FigureRow]) -> str:
    """Return the note of all figures of cases by codes."""
    return (
        "Presence: 1 = the case has a passage with the code. Passages: different passages, also divided into for, "
        "against and mixed. Words: those that the case says in the passages; a word in several passages counts once. "
        "Words per 1,000: of all words that the case says. A number that is not defined is empty. A code includes its "
        f"sub-codes. Rows: {named(row for row in rows if row.level)}."
    )


def crosstab_note(counted: int, left_out: int) -> str:
    """Return the note of a crosstab."""
    cases = f"{counted} case{'s' * (counted != 1)} counted, each once"
    missing = f"; {left_out} left out because they could have said nothing or are marked as not applicable" * bool(
        left_out
    )
    return (
        f"{cases}{missing}. Shares include unknown values. * = a small cell: fewer than 5 cases, or fewer than 5 "
        "expected (row total × column total ÷ total). No test of significance is made: the cases of a qualitative "
        "study are seldom a random sample."
    )


def cooccurrence_note(unit: Unit) -> str:
    """Return the note of a figure of co-occurrence."""
    return (
        f"{_UNITS[unit]} Jaccard = units with both codes ÷ units with at least one. Two codes of unequal frequency "
        "cannot reach 1: the highest possible coefficient is the smaller frequency ÷ the larger, and is given beside "
        "it. Codes that include each other are not compared."
    )
