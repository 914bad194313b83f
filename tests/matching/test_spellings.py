"""Names and values that look like one spelled in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.matching.fuzzy import Names, spelled_twice

KNOWN = ("P07", "P12", "Birch", "Alma", "Elm Park")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("P7", "P07"),
        ("P-07", "P07"),
        ("p 7", "P07"),
        ("Brich", "Birch"),
        ("ELM PARK", "Elm Park"),
        ("Elmpark", "Elm Park"),
        ("P13", None),
        ("P712", None),
        ("Oak", None),
        ("Alma", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_another_spelling_never_another_number(name: str, nearest: str | None) -> None:
    assert Names(KNOWN).nearest(name) == nearest


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"nurse": 3, "Nurse": 1}, [("Nurse", "nurse")]),
        ({"ward manager": 1, "ward-manager": 1}, [("ward-manager", "ward manager")]),
        ({"ward manager": 3, "ward manger": 1}, [("ward manger", "ward manager")]),
        ({"ward manager": 2, "ward manger": 1}, [("ward manger", "ward manager")]),
        ({"ward manager": 1, "ward manger": 1}, []),
        ({"ward manager": 3, "ward manger": 2}, []),
        ({"east": 9, "west": 1}, []),
        ({"male": 9, "female": 1}, []),
        ({"trained": 9, "strained": 1}, []),
        ({"inpatient": 9, "outpatient": 1}, []),
        ({"band 6": 9, "band 7": 1}, []),
        ({"<5 years": 9, ">5 years": 1}, []),
        ({"15": 9, "1.5": 1, "2025-12-31": 9, "2025-12-30": 1}, []),
        ({}, []),
    ],
)
def test_values_are_called_alike_only_where_it_is_likely(counts: dict[str, int], found: list[tuple[str, str]]) -> None:
    assert [(value, other) for value, other, _ in spelled_twice(counts)] == found


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 20), max_size=12))
def test_a_value_is_alike_another_that_is_there_and_not_rarer(counts: dict[str, int]) -> None:
    for value, other, reason in spelled_twice(counts):
        assert value != other
        assert counts[value] <= counts[other]
        assert reason
