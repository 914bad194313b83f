"""Count how often codes co-occur, with Jaccard's coefficient.

The units of a pair are sets, so that the coefficient is Jaccard's: cases, turns, or places in the text. A place has at
least one of the two codes, and passages of them that overlap are one place.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from fwanalysis.analysis.figures.counts import columns_of
from fwanalysis.analysis.figures.notes import cooccurrence_note
from fwanalysis.domain.figures import CodePair, CoOccurrence, Segment, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Sized

    from fwanalysis.domain.figures import Coded, FigureData, Key

INCLUDES = "one code includes the other"
NEITHER = "neither code has a passage"


def cooccurrence(data: FigureData, unit: Unit = Unit.PASSAGE) -> CoOccurrence:
    """Count the co-occurrence of each pair of columns.

    Args:
        data: The codings; only those of its rows are counted.
        unit: ``passage``: passages that have at least one code point in common; ``turn``: passages in the same turn;
            ``case``: passages of the same case.

    Returns:
        The pairs in the order of the columns. A pair of which one code includes the other has no coefficient.

    Notes:
        J(A, B) = |A ∩ B| ÷ |A ∪ B|, and J(A, B) <= min(|A|, |B|) ÷ max(|A|, |B|). Jaccard, P. (1912): The distribution
        of the flora in the alpine zone. New Phytologist 11(2), 37–50.
    """
    coded = _by_column(data, unit)
    if unit is Unit.PASSAGE:
        return _figure(data, unit, _places(coded), _in_places)
    return _figure(
        data, unit, {key: _units(items, unit, _row_keys(data, unit)) for key, items in coded.items()}, _in_sets
    )


def _row_keys(data: FigureData, unit: Unit) -> frozenset[str]:
    """Return the keys of the rows that count; text without a case is no unit of cases."""
    return frozenset(row.key for row in data.rows if unit is not Unit.CASE or row.level)


def _by_column(data: FigureData, unit: Unit) -> Mapping[str, list[Coded]]:
    rows = _row_keys(data, unit)
    belongs = columns_of(data.columns)
    coded: dict[str, list[Coded]] = {column.key: [] for column in data.columns}
    for item in data.coded:
        if not rows.isdisjoint(item.rows):
            for key in belongs.get(item.code_id, ()):
                coded[key].append(item)
    return coded


def codings_of_pairs(data: FigureData, unit: Unit = Unit.PASSAGE) -> Mapping[Key, tuple[str, ...]]:
    """Return the ids of the codings behind each pair that co-occurs: those of both codes in the units that have both.

    Args:
        data: The codings.
        unit: The unit, as in ``cooccurrence``.

    Returns:
        Sorted ids by the keys of the first and the second column. Pairs that do not co-occur, or of which one code
        includes the other, are missing.
    """
    coded = _by_column(data, unit)
    rows = _row_keys(data, unit)
    found: dict[Key, tuple[str, ...]] = {}
    for one, other in combinations(data.columns, 2):
        if one.code_ids & other.code_ids:
            continue
        items = [*coded[one.key], *coded[other.key]]
        if unit is Unit.PASSAGE:
            place = _place_of(items)
            units = [{place[item.segment]} for item in items]
        else:
            units = [set(_units((item,), unit, rows)) for item in items]
        first: set[object] = set().union(*units[: len(coded[one.key])])
        both = first & set().union(*units[len(coded[one.key]) :])
        if both:
            found[one.key, other.key] = tuple(
                sorted({item.coding_id for item, where in zip(items, units, strict=True) if where & both})
            )
    return found


def _place_of(items: Iterable[Coded]) -> Mapping[Segment, object]:
    """Return the first passage of the place that each passage belongs to."""
    found: dict[Segment, object] = {}
    text, reached, place = "", 0, None
    for segment in sorted({item.segment for item in items}):
        revision, start, end = segment
        if revision != text or start >= reached:
            text, reached, place = revision, end, segment
        found[segment] = place
        reached = max(reached, end)
    return found


_Found = TypeVar("_Found", bound="Sized")
_Place = tuple[int, int]


def _figure(
    data: FigureData,
    unit: Unit,
    found: Mapping[str, _Found],
    count: Callable[[_Found, _Found], tuple[int, int, int]],
) -> CoOccurrence:
    pairs = []
    for one, other in combinations(data.columns, 2):
        both, only_one, only_other = count(found[one.key], found[other.key])
        why = INCLUDES if one.code_ids & other.code_ids else "" if both + only_one + only_other else NEITHER
        pairs.append(CodePair(one.key, other.key, both, only_one, only_other, why))
    frequencies = {key: len(units) for key, units in found.items()}
    return CoOccurrence(unit, data.columns, frequencies, tuple(pairs), cooccurrence_note(unit))


def _units(coded: Iterable[Coded], unit: Unit, rows: frozenset[str]) -> frozenset[object]:
    if unit is Unit.CASE:
        return frozenset(row for item in coded for row in item.rows if row in rows)
    return frozenset((item.segment[0], turn) for item in coded for turn in item.turns)


def _in_sets(one: frozenset[object], other: frozenset[object]) -> tuple[int, int, int]:
    both = len(one & other)
    return both, len(one) - both, len(other) - both


def _places(coded: Mapping[str, Sequence[Coded]]) -> Mapping[str, list[_Place]]:
    """Return the places of each code alone, in order.

    Each revision has a range of positions of its own, so that a place is two numbers: comparing 60 codes in pairs takes
    a third of the time that it takes with the ids of the revisions.
    """
    segments = [item.segment for items in coded.values() for item in items]
    room = max((end for _, _, end in segments), default=0)
    base = {revision: number * room for number, revision in enumerate({revision for revision, _, _ in segments})}
    return {key: _merged({_shifted(item.segment, base) for item in items}) for key, items in coded.items()}


def _shifted(segment: Segment, base: Mapping[str, int]) -> _Place:
    revision, start, end = segment
    return (base[revision] + start, base[revision] + end)


def _merged(passages: Iterable[_Place]) -> list[_Place]:
    """Return passages with those that overlap merged, in order; passages that only touch remain separate."""
    found: list[_Place] = []
    for start, end in sorted(passages):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _in_places(one: Sequence[_Place], other: Sequence[_Place]) -> tuple[int, int, int]:
    """Count the places that have both codes, only *one*, and only *other*; both are merged and in order."""
    counts = [0, 0, 0, 0]
    reached, has = 0, 0
    for start, end, code in sorted([(*place, 1) for place in one] + [(*place, 2) for place in other]):
        if start < reached:
            has |= code
            if end > reached:
                reached = end
        else:
            counts[has] += 1
            reached, has = end, code
    counts[has] += 1
    return counts[3], counts[1], counts[2]
