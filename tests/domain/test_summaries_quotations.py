"""Quotations of summaries: their marks, and the references that they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.summaries import parse_summary


def quoted(text: str) -> list[tuple[str, list[str]]]:
    summary = parse_summary(text)
    return [(item.words, [summary.references[index].text for index in item.references]) for item in summary.quotations]


def unpaired(text: str) -> list[int]:
    return [span.start for span in parse_summary(text).unpaired]


@pytest.mark.parametrize(
    "written",
    ["“I paid”", '"I paid"', "„I paid“", "„I paid”", "«I paid»", "»I paid«", "”I paid”", "‘I paid’", "'I paid'"],
)
def test_each_kind_of_quotation_mark_makes_a_quotation(written: str) -> None:
    assert quoted(f"She says {written} (P04:1).") == [("I paid", ["P04:1"])]
    assert unpaired(f"She says {written} (P04:1).") == []


def test_french_marks_may_have_spaces_inside() -> None:
    assert [words.strip() for words, _ in quoted("Elle dit «\u00a0oui\u00a0» (P04:1)")] == ["oui"]


def test_the_span_of_a_quotation_includes_its_marks_and_its_words_follow_the_first() -> None:
    text = "She says “I paid” (P04:1)."
    (quotation,) = parse_summary(text).quotations
    assert quotation.span.of(text) == "“I paid”"
    assert text[quotation.span.start + 1 :].startswith(quotation.words)


def test_single_marks_are_a_quotation_only_directly_before_a_reference() -> None:
    assert quoted("She says ‘I don’t’ (P04:1), the nurses’ word ‘care’ is hers.") == [("I don’t", ["P04:1"])]
    assert quoted("The nurses' day, it's 'fine', *(P04:1)") == [("fine", ["P04:1"])]
    assert quoted("It’s the nurses’ (P04:1) day.") == []
    assert quoted("It's the nurses' (P04:1) day.") == []
    assert quoted("“She said ‘no’” (P04:1)") == [("She said ‘no’", ["P04:1"])]


def test_a_quotation_belongs_to_the_next_parentheses_in_its_paragraph() -> None:
    assert quoted("“a” and “b” (P04:1, 2; P05:3). “c” *(P04:9)") == [
        ("a", ["P04:1", "P04:2", "P05:3"]),
        ("b", ["P04:1", "P04:2", "P05:3"]),
        ("c", ["P04:9"]),
    ]
    assert quoted("(P04:1) “a” (see below) (P04:2)") == [("a", ["P04:2"])]
    assert quoted("“a” [R: (P05:1)] (P04:2)") == [("a", ["P04:2"])]


def test_a_quotation_at_the_end_of_a_paragraph_has_no_reference() -> None:
    assert quoted("(P04:1) “a”\n“b” (P04:2)") == [("a", []), ("b", ["P04:2"])]


def test_a_missing_mark_is_reported_and_takes_nothing_with_it() -> None:
    text = "“I paid (P04:1). She “left” (P04:2).\n“Again\nand “done” (P04:3)"
    assert quoted(text) == [("left", ["P04:2"]), ("done", ["P04:3"])]
    assert unpaired(text) == [0, text.index("“Again")]
    straight = '"I paid (P04:1), "I left" (P04:2)'
    assert quoted(straight) == [("I left", ["P04:2"])]
    assert unpaired(straight) == [0]
    repeated = "“I paid “I left” (P04:2)"
    assert quoted(repeated) == [("I left", ["P04:2"])]
    assert unpaired(repeated) == [0]


def test_a_missing_opening_mark_makes_no_quotation() -> None:
    assert quoted("I paid” (P04:1), “I left” (P04:2)") == [("I left", ["P04:2"])]
    assert unpaired("I paid” (P04:1), “I left” (P04:2)") == [6]
    assert unpaired('I paid" (P04:1)') == [6]
    assert unpaired("ich zahlte“ (P04:1)") == [10]


def test_the_mark_of_inches_does_not_open_a_quotation() -> None:
    assert quoted('A 6" drain, she says "I paid" (P04:1)') == [("I paid", ["P04:1"])]
    assert unpaired('A 6" drain (P04:1)') == []


def test_nested_quotations_belong_to_the_outer_one() -> None:
    assert quoted('“she said "why" twice” (P04:1)') == [('she said "why" twice', ["P04:1"])]
    assert quoted("„er sagte ‚nein‘ dazu“ (P04:1)") == [("er sagte ‚nein‘ dazu", ["P04:1"])]


words = st.lists(st.sampled_from(["we", "don't", "share.", "nurses’", "Why?", "[sic]", "…"]), min_size=1).map(" ".join)
marks = st.sampled_from([("“", "”"), ('"', '"'), ("«", "»"), ("„", "“")])


@given(st.lists(st.tuples(words, marks, st.integers(1, 99)), max_size=4))
def test_quotations_with_references_are_read_as_they_were_written(
    items: list[tuple[str, tuple[str, str], int]],
) -> None:
    text = ", then ".join(f"{opening}{said}{closing} (P04:{turn})" for said, (opening, closing), turn in items)
    assert quoted(text) == [(said, [f"P04:{turn}"]) for said, _, turn in items]
    assert unpaired(text) == []
