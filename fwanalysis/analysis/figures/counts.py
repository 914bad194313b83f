"""Count passages, words and cases by code, and by case and code.

A passage that is coded with two codes of a column counts once in it. A passage that is attributed to two cases counts
once for each of them, and once in the figures of the code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from fwanalysis.analysis.figures.notes import codes_note, grid_note
from fwanalysis.domain.figures import CodeFigure, CodesFigure, GridFigure, Measure, Segment
from fwanalysis.domain.matrix import Stances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fwanalysis.domain.figures import Coded, FigureColumn, FigureData, FigureRow, Key, Number

NO_SPEECH = "the case says nothing in the sources in scope"
NOT_APPLICABLE = "the cell is marked as not applicable"


def columns_of(columns: Iterable[FigureColumn]) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the columns that each code belongs to, by code id."""
    found: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        for code_id in column.code_ids:
            found[code_id].append(column.key)
    return {code_id: tuple(keys) for code_id, keys in found.items()}


def segments_by_cell(coded: Iterable[Coded], columns: Iterable[FigureColumn]) -> Mapping[Key, set[Segment]]:
    """Return the distinct passages of each row and column, by (row key, column key); empty cells are missing.

    Notes:
        Takes time in proportion to the number of codings times the columns that a code is in.
    """
    belongs = columns_of(columns)
    cells: defaultdict[Key, set[Segment]] = defaultdict(set)
    for item in coded:
        segment = item.segment
        for column in belongs.get(item.code_id, ()):
            for row in item.rows:
                cells[row, column].add(segment)
    return cells


def passages_by_cell(coded: Iterable[Coded], columns: Iterable[FigureColumn]) -> Counter[Key]:
    """Count the distinct passages of each row and column.

    Args:
        coded: The codings.
        columns: The codes, each with its sub-codes.

    Returns:
        The numbers by (row key, column key); a cell without a passage is missing, and reads as 0.
    """
    return Counter({key: len(segments) for key, segments in segments_by_cell(coded, columns).items()})


def codings_of(data: FigureData, column: FigureColumn, row: FigureRow | None = None) -> tuple[str, ...]:
    """Return the ids of the codings that a figure of a column (and a row) is counted from, sorted."""
    rows = {row.key} if row else {known.key for known in data.rows}
    return tuple(
        sorted(
            item.coding_id for item in data.coded if item.code_id in column.code_ids and not rows.isdisjoint(item.rows)
        )
    )


def codings_by_cell(data: FigureData) -> Mapping[Key, tuple[str, ...]]:
    """Return the ids of the codings that each cell is counted from, sorted, by (row key, column key)."""
    belongs = columns_of(data.columns)
    cells: defaultdict[Key, list[str]] = defaultdict(list)
    for item in data.coded:
        for column in belongs.get(item.code_id, ()):
            for row in item.rows:
                cells[row, column].append(item.coding_id)
    return {key: tuple(sorted(ids)) for key, ids in cells.items()}


# Figures of codes


def codes_figure(data: FigureData) -> CodesFigure:
    """Count cases, persons, passages and words of each code.

    Returns:
        One figure for each column, in their order. Only codings of the rows are counted.
    """
    rows = {row.key for row in data.rows}
    counted = [item for item in data.coded if not rows.isdisjoint(item.rows)]
    belongs = columns_of(data.columns)
    by_column: dict[str, list[Coded]] = {column.key: [] for column in data.columns}
    for item in counted:
        for key in belongs.get(item.code_id, ()):
            by_column[key].append(item)
    excluded = not_applicable(data)
    figures = tuple(_code_figure(data, column, by_column[column.key], excluded) for column in data.columns)
    return CodesFigure(figures, codes_note(data.rows))


def _code_figure(
    data: FigureData, column: FigureColumn, coded: Sequence[Coded], excluded: frozenset[Key]
) -> CodeFigure:
    could = [row for row in data.rows if row.speaks]
    possible = {row.key for row in could if (row.key, column.key) not in excluded}
    present = set(chain.from_iterable(item.rows for item in coded))
    cases = present & possible
    by_row = _stances_by_row(coded)
    counts = data.rows and all(row.words is not None for row in data.rows)
    return CodeFigure(
        key=column.key,
        label=column.label,
        path=column.path,
        cases=len(cases),
        possible=len(possible),
        not_applicable=len(could) - len(possible),
        contradicted=sum(row.key in present and row.key not in possible for row in could),
        persons=len(set(chain.from_iterable(item.persons for item in coded))),
        passages=len({item.segment for item in coded}),
        stances=_counted(_combined((item.segment, item.stance) for item in coded).values()),
        case_stances=_counted(by_row[key] for key in cases),
        words=sum(words_by_row(coded, {row.key for row in data.rows}, together=True).values()) if counts else None,
        codings=tuple(sorted(item.coding_id for item in coded)),
    )


def not_applicable(data: FigureData) -> frozenset[Key]:
    """Return the cells that do not apply: those marked so, and those of sub-codes of a code that is marked so."""
    marked: dict[str, list[FigureColumn]] = defaultdict(list)
    columns = {column.key: column for column in data.columns}
    for row, key in data.not_applicable:
        if key in columns:
            marked[row].append(columns[key])
    return frozenset(
        (row, column.key)
        for row, above in marked.items()
        for column in data.columns
        if any(column.code_ids <= marked_column.code_ids for marked_column in above)
    )


def possible_rows(data: FigureData, column: FigureColumn) -> tuple[FigureRow, ...]:
    """Return the rows that could have said something on a code and are not marked as not applicable."""
    excluded = not_applicable(data)
    return tuple(row for row in data.rows if row.speaks and (row.key, column.key) not in excluded)


# Stance


def _combined(items: Iterable[tuple[object, str]]) -> Mapping[object, str]:
    """Return one stance for each key: the one that all its items have, else ``mixed``."""
    found: dict[object, str] = {}
    for key, stance in items:
        found[key] = stance if found.get(key, stance) == stance else "mixed"
    return found


def _stances_by_row(coded: Iterable[Coded]) -> Mapping[object, str]:
    return _combined((row, item.stance) for item in coded for row in item.rows)


def _counted(stances: Iterable[str]) -> Stances:
    count = Counter(stances)
    return Stances(count["for"], count["against"], count["mixed"])


def stances_by_cell(data: FigureData) -> Mapping[Key, Stances]:
    """Count the passages of each cell by stance.

    Returns:
        The numbers by (row key, column key); they add up to the number of passages. A passage whose codings disagree
        is mixed.
    """
    belongs = columns_of(data.columns)
    stances: defaultdict[Key, list[tuple[object, str]]] = defaultdict(list)
    for item in data.coded:
        for column in belongs.get(item.code_id, ()):
            for row in item.rows:
                stances[row, column].append((item.segment, item.stance))
    return {key: _counted(_combined(items).values()) for key, items in stances.items()}


# Words


def words_by_row(coded: Iterable[Coded], rows: Iterable[str], *, together: bool = False) -> Mapping[str, int]:
    """Count the words that each row says in passages; a word in several passages is counted once.

    Args:
        coded: The codings.
        rows: Keys of the rows to count.
        together: Count a word of several rows once, under an empty key.

    Returns:
        Numbers of words by row key; a row without words is missing.
    """
    wanted = frozenset(rows)
    ranges: defaultdict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for item in coded:
        for said in item.said:
            known = wanted.intersection(said.rows)
            for key in ("",) if known and together else known:
                ranges[key].add((item.segment[0], said.first, said.end))
    return {key: _union(found) for key, found in ranges.items()}


def _union(ranges: Iterable[tuple[str, int, int]]) -> int:
    """Return the number of words in the union of ranges of (revision, first, end)."""
    total, revision, reached = 0, "", 0
    for text, first, end in sorted(ranges):
        if text != revision:
            revision, reached = text, 0
        total += max(0, end - max(first, reached))
        reached = max(reached, end)
    return total


# Figures of cases by codes


def grid_figure(data: FigureData, measure: Measure = Measure.PASSAGES) -> GridFigure:
    """Count a measure for each case and code.

    A cell has no number if its case could not have said anything, or if it has no passage and is marked as not
    applicable.

    Raises:
        ValueError: If words are asked for and the rows have no number of words.
    """
    count = passages_by_cell(data.coded, data.columns)
    excluded = not_applicable(data)
    words = _words_by_cell(data) if measure in (Measure.WORDS, Measure.PER_1000) else {}
    undefined: dict[Key, str] = {}
    for row in data.rows:
        for column in data.columns:
            key = (row.key, column.key)
            if key not in count and row.level and (why := _undefined(row, is_excluded=key in excluded)):
                undefined[key] = why
            elif measure is Measure.PER_1000 and not row.words:
                undefined[key] = NO_SPEECH
    number: Mapping[Measure, Callable[[FigureRow, Key], Number]] = {
        Measure.PRESENCE: lambda row, key: int(key in count),
        Measure.PASSAGES: lambda row, key: count[key],
        Measure.WORDS: lambda row, key: words.get(key, 0),
        Measure.PER_1000: lambda row, key: 1000 * words.get(key, 0) / (row.words or 1),
    }
    value = number[measure]
    values = tuple(
        tuple(
            None if (row.key, column.key) in undefined else value(row, (row.key, column.key)) for column in data.columns
        )
        for row in data.rows
    )
    return GridFigure(measure, data.rows, data.columns, values, undefined, grid_note(measure, data.rows))


def _undefined(row: FigureRow, *, is_excluded: bool) -> str:
    """Return why a cell without a passage has no number; empty if it has."""
    if not row.speaks:
        return NO_SPEECH
    return NOT_APPLICABLE if is_excluded else ""


def _words_by_cell(data: FigureData) -> Mapping[Key, int]:
    if any(row.words is None for row in data.rows):
        raise ValueError("the rows have no number of words")
    rows = [row.key for row in data.rows]
    return {
        (row, column.key): words
        for column in data.columns
        for row, words in words_by_row((item for item in data.coded if item.code_id in column.code_ids), rows).items()
    }
