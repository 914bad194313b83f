from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.matching.fuzzy import nearest, rank

CODES = [
    "Framing",
    "Collaborative advantage",
    "Free-riding",
    "Social loafing",
    "Collaborative inertia",
    "Leadership backing",
    "Transaction costs",
]


def found(query: str) -> list[str]:
    return [CODES[index] for index, _ in rank(query, CODES)]


def test_a_beginning_that_is_also_the_initials_comes_before_a_mere_beginning() -> None:
    assert found("fr") == ["Free-riding", "Framing"]


def test_beginnings_of_words_in_their_order_find_the_name() -> None:
    assert found("col in")[0] == "Collaborative inertia"


def test_initials_come_before_letters_inside_a_word() -> None:
    assert found("ci")[0] == "Collaborative inertia"
    assert "Social loafing" in found("ci")[1:]


def test_a_slip_of_the_finger_still_finds_the_name() -> None:
    assert found("free ridng")[0] == "Free-riding"
    assert found("transaciton")[0] == "Transaction costs"


def test_case_and_punctuation_do_not_count() -> None:
    assert found("FREE RIDING") == found("free-riding")
    assert rank("free riding", CODES)[0] == (2, 1.0)


def test_nothing_is_found_for_letters_that_resemble_nothing() -> None:
    assert found("xyzzy") == []


def test_an_empty_query_gives_all_choices_in_order() -> None:
    assert [index for index, _ in rank("  ", CODES, limit=2)] == list(range(len(CODES)))


def test_equal_scores_keep_the_order_of_the_choices() -> None:
    assert [index for index, _ in rank("wait", ["wait b", "wait a", "wait c"])] == [0, 1, 2]


def test_no_more_than_the_limit_is_returned() -> None:
    assert len(rank("a", ["alpha"] * 50, limit=5)) == 5


@given(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=12))
def test_scores_lie_between_0_and_1_and_fall(query: str, choices: list[str]) -> None:
    scores = [score for _, score in rank(query, choices)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_nearest_name_is_offered_only_when_it_is_near() -> None:
    assert nearest("Sensitising", ["emergent", "sensitizing"]) == "sensitizing"
    assert nearest("colour", ["emergent", "sensitizing"]) is None
    assert nearest("colour", []) is None
    assert nearest("colur", ["colour"], cutoff=0.99) is None
