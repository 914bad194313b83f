"""Co-occurrence of codes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.figures.cooccurrence import INCLUDES, NEITHER, cooccurrence
from fwanalysis.domain.figures import Coded, CodePair, FigureData, Unit
from tests.analysis.figures_data import DATA, studies


def pairs(data: FigureData, unit: Unit) -> dict[tuple[str, str], CodePair]:
    return {(pair.first, pair.second): pair for pair in cooccurrence(data, unit).pairs}


def numbers(pair: CodePair) -> tuple[int, int, int]:
    return pair.both, pair.only_first, pair.only_second


@pytest.mark.parametrize(
    ("unit", "a_b", "a_c", "b_c"),
    [
        (Unit.PASSAGE, (1, 2, 0), (1, 2, 0), (0, 1, 1)),
        (Unit.TURN, (1, 3, 0), (1, 3, 1), (0, 1, 2)),
        (Unit.CASE, (1, 2, 0), (1, 2, 0), (0, 1, 1)),
    ],
)
def test_the_numbers_of_each_unit_are_those_counted_by_hand(unit: Unit, a_b: object, a_c: object, b_c: object) -> None:
    found = pairs(DATA, unit)
    assert [numbers(found[key]) for key in (("a", "b"), ("a", "c"), ("b", "c"))] == [a_b, a_c, b_c]


def test_the_coefficient_is_the_published_one_with_the_highest_possible_beside_it() -> None:
    pair = CodePair("a", "b", both=3, only_first=1, only_second=8)
    assert pair.jaccard == 3 / 12  # a / (a + b + c) of a two-by-two table of presence
    assert pair.highest == 4 / 11
    assert pairs(DATA, Unit.TURN)["a", "c"].jaccard == 1 / 5


def test_a_code_and_its_theme_have_no_coefficient() -> None:
    pair = pairs(DATA, Unit.CASE)["t", "a"]
    assert (pair.jaccard, pair.highest, pair.undefined) == (None, None, INCLUDES)


def test_two_codes_without_a_passage_have_no_coefficient() -> None:
    pair = pairs(replace(DATA, coded=()), Unit.PASSAGE)["a", "c"]
    assert (pair.jaccard, pair.highest, pair.undefined) == (None, None, NEITHER)


def test_passages_that_only_touch_do_not_co_occur() -> None:
    touching = (Coded("1", "a", ("r", 0, 5), ("P1",)), Coded("2", "c", ("r", 5, 9), ("P1",)))
    assert numbers(pairs(replace(DATA, coded=touching), Unit.PASSAGE)["a", "c"]) == (0, 1, 1)


def test_passages_at_the_same_positions_of_two_texts_do_not_co_occur() -> None:
    apart = (Coded("1", "a", ("r", 0, 5), ("P1",)), Coded("2", "c", ("s", 0, 5), ("P1",)))
    assert numbers(pairs(replace(DATA, coded=apart), Unit.PASSAGE)["a", "c"]) == (0, 1, 1)


def test_text_without_a_case_is_no_unit_of_cases() -> None:
    nowhere = replace(DATA.rows[0], key="none", level="")
    data = FigureData((nowhere,), DATA.columns, (Coded("1", "a", ("r", 0, 5), ("none",)),))
    assert cooccurrence(data, Unit.CASE).frequencies["a"] == 0
    assert cooccurrence(data, Unit.PASSAGE).frequencies["a"] == 1


def test_the_note_gives_the_caution() -> None:
    assert "unequal frequency cannot reach 1" in cooccurrence(DATA).note


def overlapping_groups(passages: list[tuple[str, int, int, str]]) -> list[set[str]]:
    """Join passages that share a code point until none do; the codes of each group."""
    groups = [({(text, point) for point in range(start, end)}, {code}) for text, start, end, code in passages]
    while True:
        for one, other in combinations(groups, 2):
            if one[0] & other[0]:
                groups = [group for group in groups if group is not one and group is not other]
                groups.append((one[0] | other[0], one[1] | other[1]))
                break
        else:
            return [codes for _, codes in groups]


@given(studies)
def test_places_are_what_joining_overlapping_passages_gives(data: FigureData) -> None:
    known = {row.key for row in data.rows}
    found = pairs(data, Unit.PASSAGE)
    for one, other in (("a", "b"), ("a", "c")):
        passages = [
            (*item.segment, item.code_id)
            for item in data.coded
            if item.code_id in (one, other)
            if known & set(item.rows)
        ]
        places = overlapping_groups(passages)
        expected = (places.count({one, other}), places.count({one}), places.count({other}))
        assert numbers(found[one, other]) == expected


@given(studies, st.sampled_from(Unit))
def test_a_coefficient_lies_between_zero_and_the_highest_possible_and_the_sums_agree(
    data: FigureData, unit: Unit
) -> None:
    figure = cooccurrence(data, unit)
    for pair in figure.pairs:
        if pair.jaccard is None:
            assert pair.undefined
        else:
            assert pair.highest is not None
            assert 0 <= pair.jaccard <= pair.highest <= 1
        if unit is not Unit.PASSAGE:
            assert pair.both + pair.only_first == figure.frequencies[pair.first]
            assert pair.both + pair.only_second == figure.frequencies[pair.second]


@given(studies, st.sampled_from(Unit))
def test_the_order_of_codings_and_of_the_codes_of_a_pair_changes_nothing(data: FigureData, unit: Unit) -> None:
    backwards = FigureData(data.rows[::-1], data.columns[::-1], data.coded[::-1])
    turned = pairs(backwards, unit)
    for (one, other), pair in pairs(data, unit).items():
        same = turned[other, one]
        assert numbers(pair) == (same.both, same.only_second, same.only_first)
