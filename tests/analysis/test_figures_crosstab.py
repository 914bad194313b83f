"""Crosstabs of attributes and codes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.figures.crosstab import (
    CODED,
    NOT_CODED,
    UNKNOWN,
    Grouping,
    attribute_variable,
    code_variable,
    crosstab,
)
from fwanalysis.domain.cases import Attribute, AttributeType
from fwanalysis.domain.figures import Crosstab, FigureRow
from fwanalysis.errors import InvalidInput
from tests.analysis.figures_data import COLUMNS, DATA, ROWS

ROLE = Attribute("role", "role", AttributeType.CHOICE, 0)
YEARS = Attribute("years", "years", AttributeType.NUMBER, 1)


def counts(table: Crosstab) -> list[list[int]]:
    return [[table.count(row, column) for column in range(len(table.columns))] for row in range(len(table.rows))]


def rows_of(*values: tuple[str, str]) -> tuple[FigureRow, ...]:
    """Rows with a role and a number of years; - is unknown."""
    return tuple(
        FigureRow(
            f"P{number}",
            f"P{number}",
            "person",
            {name: value for name, value in (("role", role), ("years", years)) if value != "-"},
        )
        for number, (role, years) in enumerate(values, start=1)
    )


HAND = rows_of(("nurse", "2"), ("nurse", "10"), ("nurse", "10"), ("doctor", "11"), ("doctor", "-"), ("-", "2"))


def test_values_of_a_number_are_in_order_of_size_and_unknown_is_the_last_line() -> None:
    table = crosstab(HAND, attribute_variable(HAND, ROLE), attribute_variable(HAND, YEARS))
    assert (table.rows, table.columns) == (("doctor", "nurse", UNKNOWN), ("2", "10", "11", UNKNOWN))
    assert counts(table) == [[0, 0, 1, 1], [1, 2, 0, 0], [1, 0, 0, 0]]
    assert table.members[1][1] == ("P2", "P3")


def test_shares_and_expected_counts_are_those_computed_by_hand() -> None:
    table = crosstab(HAND, attribute_variable(HAND, ROLE), attribute_variable(HAND, YEARS))
    assert (table.row_share(1, 1), table.column_share(1, 0), table.total_share(1, 1)) == (2 / 3, 1 / 2, 2 / 6)
    assert table.expected(1, 1) == 3 * 2 / 6
    assert (table.row_total(1), table.column_total(1), table.total) == (3, 2, 6)


def test_bands_of_a_number_have_their_lower_limit_and_empty_bands_are_shown() -> None:
    variable = attribute_variable(HAND, YEARS, Grouping(cuts=(5, 10, 20)))
    assert variable.categories == ("below 5", "5 to below 10", "10 to below 20", "20 or more", UNKNOWN)
    assert [variable.of[row.key] for row in HAND] == [
        *("below 5", "10 to below 20", "10 to below 20", "10 to below 20", UNKNOWN, "below 5")
    ]


def test_values_are_counted_under_the_name_of_their_group() -> None:
    variable = attribute_variable(HAND, ROLE, Grouping(groups={"Clinical": ("Nurse", "doctor")}))
    assert variable.categories == ("Clinical", UNKNOWN)
    assert list(variable.of.values()).count("Clinical") == 5


@pytest.mark.parametrize(
    ("attribute", "cuts", "message"), [(ROLE, (5,), "role is not a number"), (YEARS, (9, 5), "ascending order: 9, 5")]
)
def test_bands_that_cannot_be_made_are_refused(attribute: Attribute, cuts: tuple[float, ...], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        attribute_variable(HAND, attribute, Grouping(cuts=cuts))


def test_a_code_divides_the_cases_that_could_have_said_something() -> None:
    data = replace(DATA, not_applicable=frozenset({("P3", "c")}))
    table = crosstab(ROWS, attribute_variable(ROWS, ROLE), code_variable(data, COLUMNS[3]))
    assert table.columns == (CODED, NOT_CODED)
    assert counts(table) == [[0, 1], [0, 0], [0, 1], [1, 0]]  # doctor, matron, nurse, unknown (the group)
    assert (table.left_out, table.total) == (2, 3)
    assert "2 left out" in table.note


def test_a_cell_with_fewer_than_five_cases_or_five_expected_is_small() -> None:
    rows = rows_of(*[("nurse", "1")] * 20, *[("doctor", "1")] * 5, *[("doctor", "2")] * 5)
    table = crosstab(rows, attribute_variable(rows, ROLE), attribute_variable(rows, YEARS))
    assert counts(table) == [[5, 5], [20, 0]]
    assert [table.expected(row, column) for row in (0, 1) for column in (0, 1)] == [
        250 / 30,
        50 / 30,
        500 / 30,
        100 / 30,
    ]
    assert [table.is_small(row, column) for row in (0, 1) for column in (0, 1)] == [False, True, False, True]


def test_a_share_of_an_empty_row_is_none() -> None:
    table = crosstab(HAND, attribute_variable(HAND, YEARS, Grouping(cuts=(50,))), attribute_variable(HAND, ROLE))
    assert (table.rows[1], table.row_total(1), table.row_share(1, 0)) == ("50 or more", 0, None)
    empty = crosstab((), attribute_variable((), ROLE), attribute_variable((), YEARS))
    assert (empty.rows, empty.total) == ((), 0)


roles, years = st.sampled_from(["nurse", "doctor", "-"]), st.sampled_from(["1", "2", "10", "-"])
people = st.lists(st.tuples(roles, years), max_size=30)


@given(people, st.randoms())
def test_every_case_is_in_one_cell_and_the_sums_agree_in_any_order(
    values: list[tuple[str, str]], random: object
) -> None:
    rows = rows_of(*values)
    table = crosstab(rows, attribute_variable(rows, ROLE), attribute_variable(rows, YEARS))
    members = [label for line in table.members for cell in line for label in cell]
    assert sorted(members) == sorted(row.label for row in rows)
    assert table.total == len(rows)
    assert sum(map(table.column_total, range(len(table.columns)))) == len(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert crosstab(shuffled, attribute_variable(shuffled, ROLE), attribute_variable(shuffled, YEARS)) == table


@given(people)
def test_shares_of_a_row_add_up_to_one(values: list[tuple[str, str]]) -> None:
    rows = rows_of(*values)
    table = crosstab(rows, attribute_variable(rows, ROLE), attribute_variable(rows, YEARS))
    for row in range(len(table.rows)):
        shares = [table.row_share(row, column) for column in range(len(table.columns))]
        assert sum(share for share in shares if share is not None) == pytest.approx(1)
