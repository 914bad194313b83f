"""A summary is divided into its kinds of writing without losing a character, and references find their passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.formats.charts.html_evidence import Passage
from fwanalysis.formats.charts.html_summary import ReferenceIndex, summary_paragraphs


def passage(number: int, reference: str) -> Passage:
    return Passage(number, reference, "words", "", "", "Interview", "")


INDEX = ReferenceIndex(
    passage(number, reference)
    for number, reference in enumerate(("(P04:12)", "(P04:12)", "(P04/FG1:3)", "(P08: line 7)", "(P04:15–17)"))
)


def links(text: str, *preferred: int) -> list[tuple[str, int | None]]:
    parts = [part for paragraph in summary_paragraphs(text, INDEX, frozenset(preferred)) for part in paragraph]
    return [(item.text, item.passage) for part in parts for item in part.items if item.text.strip("( ,;also)")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(P04:12)", [("P04:12", 0)]),
        ("(p04:12)", [("p04:12", 0)]),
        ("(P04/FG1:3)", [("P04/FG1:3", 2)]),
        ("(P08: line 7)", [("P08: line 7", 3)]),
        ("(P04:10–13)", [("P04:10–13", 0)]),
        ("(P04:16)", [("P04:16", 4)]),
        ("(P04:11, 12; also P04/FG1:3)", [("P04:11", None), ("12", 0), ("P04/FG1:3", 2)]),
        ("(FG1:3)", [("FG1:3", 2)]),
        ("(P77/FG1:3)", [("P77/FG1:3", 2)]),
        ("(P99:12)", [("P99:12", None)]),
        ("(P04:1–999999999)", [("P04:1–999999999", 0)]),
    ],
)
def test_references_find_their_passages(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert links(text) == expected


def test_a_passage_of_the_cell_is_preferred_to_another_of_the_same_turn() -> None:
    assert links("(P04:12)", 1) == [("P04:12", 1)]


def test_marks_belong_to_the_reference() -> None:
    [[quotable, space, against]] = summary_paragraphs("*(P04:12) !(P04:13)", INDEX)
    assert (quotable.marks, space.kind, against.marks) == ("*", "prose", "!")
    assert [item.contradicts for part in (quotable, against) for item in part.items if ":" in item.text] == [
        False,
        True,
    ]


def test_a_mark_within_a_list_belongs_to_one_reference() -> None:
    [[part]] = summary_paragraphs("(P04:12, !P04:16)", INDEX)
    assert [(item.text, item.contradicts) for item in part.items] == [
        *(("(", False), ("P04:12", False), (", !", False), ("P04:16", True), (")", False)),
    ]


def test_a_line_is_a_paragraph_and_a_comment_may_have_several() -> None:
    paragraphs = summary_paragraphs("One.\n\nTwo. [R: three\nfour]\n", INDEX)
    assert [[(part.kind, part.text) for part in paragraph] for paragraph in paragraphs] == [
        [("prose", "One.")],
        [("prose", "Two. "), ("comment", "[R: three\nfour]")],
    ]


def test_a_comment_divides_a_quotation() -> None:
    [parts] = summary_paragraphs("“I did [R: really?] all of it” (P04:12)", INDEX)
    assert [(part.kind, part.text) for part in parts][:3] == [
        ("verbatim", "“I did "),
        ("comment", "[R: really?]"),
        ("verbatim", " all of it”"),
    ]


def test_turns_and_lines_of_the_same_number_are_different_places() -> None:
    assert links("(P08:7)") == [("P08:7", None)]


def test_ordinary_parentheses_are_prose() -> None:
    [parts] = summary_paragraphs("It took long (two years, she says).", INDEX)
    assert [part.kind for part in parts] == ["prose"]


@given(st.lists(st.sampled_from([*'ab1“”"()[]:,;*!\n ', "(P04:12)", "[R: x]", "“q”"]), max_size=60))
def test_no_character_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = "".join(part.text for paragraph in summary_paragraphs(text, INDEX) for part in paragraph)
    assert "".join(shown.split()) == "".join(text.split())
    for paragraph in summary_paragraphs(text, INDEX):
        for part in paragraph:
            if part.items:
                assert part.text == part.marks + "".join(item.text for item in part.items)
