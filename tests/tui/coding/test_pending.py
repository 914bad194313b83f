from __future__ import annotations

import pytest

from fwanalysis.domain.suggestions import Suggestion
from fwanalysis.tui.coding.pending import PendingSuggestions, next_source_with_pending


def suggestion(start: int, end: int) -> Suggestion:
    """A suggestion whose id is its start."""
    return Suggestion(
        id=str(start), code_id="k", rule_version_id="v", source_id="s", revision_id="r",
        start=start, end=end, score=0.5, reason="", hits=(),
    )  # fmt: skip


TEXT = (suggestion(10, 20), suggestion(40, 60), suggestion(45, 50), suggestion(90, 99))


@pytest.mark.parametrize(
    ("current", "caret", "step", "target"),
    [
        ("10", 12, 1, "40"),
        ("40", 40, -1, "10"),
        ("90", 90, 1, None),
        ("10", 10, -1, None),
        (None, 0, 1, "10"),
        (None, 42, 1, "45"),
        (None, 42, -1, "40"),
        (None, 5, -1, None),
        (None, 99, 1, None),
    ],
)
def test_stepping_goes_from_the_current_suggestion_or_else_from_the_caret(
    current: str | None, caret: int, step: int, target: str | None
) -> None:
    assert PendingSuggestions(TEXT, current).step(caret, step) == target


def test_the_caret_makes_the_suggestion_under_it_the_current_one() -> None:
    pending = PendingSuggestions(TEXT, "10")
    assert pending.at_caret(20) is pending
    assert pending.at_caret(21).current is None
    assert pending.at_caret(41).current_id == "40"
    assert PendingSuggestions(TEXT).at_caret(10).current_id == "10"
    assert PendingSuggestions(TEXT).at_caret(20).current_id is None


def test_within_two_overlapping_suggestions_the_current_one_stays() -> None:
    assert PendingSuggestions(TEXT, "45").at_caret(47).current_id == "45"


def test_when_the_current_suggestion_was_decided_the_next_in_the_text_is_current() -> None:
    after = PendingSuggestions(TEXT, "40").read_again([item for item in TEXT if item.id != "40"])
    assert after.current_id == "45"


def test_when_the_last_suggestion_was_decided_none_is_current() -> None:
    assert PendingSuggestions(TEXT, "90").read_again(TEXT[:-1]).current is None


def test_a_suggestion_that_an_undo_made_pending_again_is_current() -> None:
    assert PendingSuggestions(TEXT[1:], "90").read_again(TEXT).current_id == "10"


def test_suggestions_of_a_source_that_was_just_opened_make_none_current() -> None:
    assert PendingSuggestions().read_again(TEXT[:1]).current is None


def test_a_suggestion_that_is_not_pending_does_not_become_current() -> None:
    assert PendingSuggestions(TEXT).with_current("7").current_id is None


def test_the_next_source_with_suggestions_goes_round_and_ends_at_the_present_one() -> None:
    ids = ["a", "b", "c"]
    assert next_source_with_pending(ids, {"a": 2, "c": 1}, "b", 1) == "c"
    assert next_source_with_pending(ids, {"a": 2, "c": 1}, "c", 1) == "a"
    assert next_source_with_pending(ids, {"a": 2, "c": 1}, "b", -1) == "a"
    assert next_source_with_pending(ids, {"b": 1}, "b", 1) == "b"
    assert next_source_with_pending(ids, {"b": 0}, "b", 1) is None
