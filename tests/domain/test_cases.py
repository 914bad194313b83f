"""Values of attributes: how they are typed, stored and asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.cases import AttributeType, canonical, has_value, infer_type, possible_dates
from fwanalysis.errors import InvalidInput


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "20", "-3.5", ".5", "0", "0.7"], AttributeType.NUMBER),
        (["007", "008"], AttributeType.TEXT),
        (["007", "12", "12"], AttributeType.CHOICE),
        (["-07", "1"], AttributeType.TEXT),
        (["+441632960123", "12"], AttributeType.TEXT),
        (["2026033112", "12"], AttributeType.TEXT),
        (["+3", "-1"], AttributeType.NUMBER),
        (["1", "n/a", "?", "", "—", "not known"], AttributeType.NUMBER),
        (["yes", "No", "y"], AttributeType.BOOLEAN),
        (["2025-12-31", "2026-01-02"], AttributeType.DATE),
        (["31/12/2025", "01/02/2026"], AttributeType.TEXT),
        (["nurse", "nurse"], AttributeType.CHOICE),
        (["", "-"], AttributeType.TEXT),
        (["3.10", "3.9"], AttributeType.TEXT),
        (["3.10", "3.9", "3.10"], AttributeType.CHOICE),
        (["1.50", "2.75"], AttributeType.TEXT),
        (["34.0", "29.0", "NaN"], AttributeType.NUMBER),
        (["34.0", "29.5"], AttributeType.TEXT),
    ],
)
def test_the_narrowest_type_that_loses_nothing_is_inferred(values: list[str], kind: AttributeType) -> None:
    assert infer_type(values) is kind


@given(st.lists(st.from_regex(r"[+-]?\d{1,14}", fullmatch=True), min_size=1))
def test_no_digit_is_lost_where_a_number_is_inferred(values: list[str]) -> None:
    if infer_type(values) is AttributeType.NUMBER:
        stored = [canonical(value, AttributeType.NUMBER, "n") for value in values]
        assert [int(value) for value in stored] == [int(value) for value in values]
        assert [len(value.lstrip("-")) for value in stored] == [len(value.lstrip("+-")) for value in values]


def test_a_long_number_keeps_every_digit() -> None:
    assert canonical("12345678901234567890", AttributeType.NUMBER, "n") == "12345678901234567890"


@pytest.mark.parametrize("value", ["007", "+007", "00"])
def test_a_number_is_not_padded(value: str) -> None:
    with pytest.raises(InvalidInput, match="would lose its zero; make badge a text"):
        canonical(value, AttributeType.NUMBER, "badge")


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("31/12/2025", ("2025-12-31",)),
        ("12/31/2025", ("2025-12-31",)),
        ("31.12.2025", ("2025-12-31",)),
        ("03-04-2025", ("2025-04-03", "2025-03-04")),
        ("4/4/2025", ("2025-04-04",)),
        ("2025/12/31", ("2025-12-31",)),
        ("2025-12-31", ()),
        ("31/13/2025", ()),
        ("31/12.2025", ()),
        ("31/12/25", ()),
        ("nurse", ()),
    ],
)
def test_dates_in_another_form_are_recognised_with_all_they_may_mean(value: str, dates: tuple[str, ...]) -> None:
    assert possible_dates(value) == dates


@pytest.mark.parametrize(
    ("known", "wanted", "kind", "found"),
    [
        ("yes", "true", AttributeType.BOOLEAN, True),
        ("yes", "1", AttributeType.BOOLEAN, True),
        ("no", "1", AttributeType.BOOLEAN, False),
        ("no", "maybe", AttributeType.BOOLEAN, False),
        ("12", " 12.0", AttributeType.NUMBER, True),
        ("12", "many", AttributeType.NUMBER, False),
        ("ward manager", "Ward  Manager", AttributeType.TEXT, True),
        (None, "unknown", AttributeType.TEXT, True),
        (None, "", AttributeType.TEXT, True),
        (None, "nurse", AttributeType.TEXT, False),
        ("nurse", "unknown", AttributeType.TEXT, False),
    ],
)
def test_a_value_is_found_in_whatever_form_it_is_asked_for(
    known: str | None, wanted: str, kind: AttributeType, found: bool
) -> None:
    assert has_value(known, wanted, kind) is found
