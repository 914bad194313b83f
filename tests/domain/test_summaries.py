"""References, comments and sentences of summaries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.summaries import Summary, parse_summary, renumbered
from fwanalysis.domain.summary_references import SummaryReference, reference_name, reference_text

KNOWN = frozenset({"P04", "P05", "P08", "FG1", "Schwester Ö", "O'Neil-Smith Jr.", "ratio 3", "10", "王小明"})


def named(text: str, known: frozenset[str] | None = KNOWN) -> list[str]:
    return [item.text for item in parse_summary(text, known.__contains__ if known is not None else None).references]


def marked(summary: Summary) -> list[tuple[bool, bool]]:
    return [(item.quotable, item.contradicts) for item in summary.references]


def sentence_texts(text: str) -> list[tuple[str, int]]:
    return [(item.span.of(text), len(item.references)) for item in parse_summary(text).sentences]


@pytest.mark.parametrize(
    ("written", "references"),
    [
        ("(P04:12)", ["P04:12"]),
        ("( P04 : 12 )", ["P04:12"]),
        ("(P04:12–14)", ["P04:12–14"]),
        ("(P04:12-14)", ["P04:12–14"]),
        ("(P04:12 — 14)", ["P04:12–14"]),
        ("(P04/FG1:12)", ["P04/FG1:12"]),
        ("(P08: line 12)", ["P08: line 12"]),
        ("(P08: lines 12–14)", ["P08: lines 12–14"]),
        ("(P08: line 12, 15)", ["P08: line 12", "P08: line 15"]),
        ("(P04:12, 14)", ["P04:12", "P04:14"]),
        ("(P04:12, P05:3)", ["P04:12", "P05:3"]),
        ("(P04:12; FG1:3)", ["P04:12", "FG1:3"]),
        ("(P04:12; also FG1:3)", ["P04:12", "FG1:3"]),
        ("(P04:12, 14–16; see FG1:3, 5)", ["P04:12", "P04:14–16", "FG1:3", "FG1:5"]),
        ("(cf. P04:12)", ["P04:12"]),
        ("(Schwester Ö:3)", ["Schwester Ö:3"]),
        ("(O'Neil-Smith Jr.:3)", ["O'Neil-Smith Jr.:3"]),
        ("(王小明:3)", ["王小明:3"]),
        ("(10:30)", ["10:30"]),
        ("(ratio 3:1)", ["ratio 3:1"]),
    ],
)
def test_every_form_of_reference_to_a_known_name_is_recognised(written: str, references: list[str]) -> None:
    assert named(f"She said so {written}.") == references


@pytest.mark.parametrize(
    "written",
    ["(see below)", "(10:30)", "(ratio 3:1)", "(P04)", "(12)", "(P04:)", "(P04:12 she said)", "(P04:12:30)", "(P04:x)"],
)
def test_other_parentheses_are_not_references(written: str) -> None:
    assert named(f"It was so {written}.", frozenset({"P04"})) == []
    assert named(f"It was so {written}.", None) == []


@pytest.mark.parametrize(
    ("written", "references"),
    [
        ("(P44:12)", ["P44:12"]),
        ("(Schwester Ö:3)", ["Schwester Ö:3"]),
        ("(P05:1; de Vries:3)", ["P05:1", "de Vries:3"]),
        ("(de Vries:3)", []),
        ("(P05:1; 10:30)", []),
    ],
)
def test_an_unknown_name_is_a_reference_if_it_looks_like_one_or_is_beside_a_known_one(
    written: str, references: list[str]
) -> None:
    assert named(written, frozenset({"P05"})) == references


def test_a_part_and_the_whole_of_a_reference_have_their_own_spans() -> None:
    text = "So it was *(P04:12, !14; also FG1:3–5)."
    first, second, third = parse_summary(text).references
    assert [item.span.of(text) for item in (first, second, third)] == ["P04:12", "14", "FG1:3–5"]
    assert {item.parenthesis.of(text) for item in (first, second, third)} == {"(P04:12, !14; also FG1:3–5)"}
    assert second.target == ("P04", 14, 14, False)
    assert third.target == ("FG1", 3, 5, False)
    assert [item.index for item in (first, second, third)] == [0, 1, 2]


def test_marks_before_the_parenthesis_apply_to_all_of_it_and_others_to_one_reference() -> None:
    assert marked(parse_summary("*(P04:1, P05:2) !(P04:3) *!(P04:4) !*(P04:5)")) == [
        (True, False),
        (True, False),
        (False, True),
        (True, True),
        (True, True),
    ]
    assert marked(parse_summary("(P04:1, *P05:2; also !FG1:3, *!4)")) == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    ]
    assert marked(parse_summary("* (P04:1)")) == [(False, False)]


def test_comments_are_found_whole_and_nothing_inside_them_is_data() -> None:
    text = "Fine (P04:1). [R: check [the tape], “not so” (P05:2). Why?] And “so” (P04:3)."
    summary = parse_summary(text)
    assert [item.words for item in summary.comments] == ["check [the tape], “not so” (P05:2). Why?"]
    assert summary.comments[0].span.of(text) == "[R: check [the tape], “not so” (P05:2). Why?]"
    assert [item.text for item in summary.references] == ["P04:1", "P04:3"]
    assert [item.words for item in summary.quotations] == ["so"]


def test_a_comment_may_have_several_lines_and_ends_with_its_line_if_it_is_not_closed() -> None:
    assert [item.words for item in parse_summary("[R: one\ntwo] (P04:1)").comments] == ["one\ntwo"]
    summary = parse_summary("[R: one (P04:1)\nTwo (P04:2)")
    assert [item.words for item in summary.comments] == ["one (P04:1)"]
    assert [item.text for item in summary.references] == ["P04:2"]


def test_a_comment_inside_a_quotation_is_not_part_of_its_words() -> None:
    (quotation,) = parse_summary("“we went [R: really?] on” (P04:1)").quotations
    assert quotation.words.split() == ["we", "went", "on"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She paid (P04:1). It was dear.", [("She paid (P04:1).", 1), ("It was dear.", 0)]),
        ("She paid. (P04:1) It was dear.", [("She paid. (P04:1)", 1), ("It was dear.", 0)]),
        ("She paid. *(P04:1), !(P05:2). It was.", [("She paid. *(P04:1), !(P05:2).", 2), ("It was.", 0)]),
        ("“I paid. I left. Why?” (P04:1) was her word.", [("“I paid. I left. Why?” (P04:1) was her word.", 1)]),
        ("“Badly. Late.”, with half of them (P04:1).", [("“Badly. Late.”, with half of them (P04:1).", 1)]),
        ("“Does it?” is left open (P04:1).", [("“Does it?” is left open (P04:1).", 1)]),
        ("She said “I paid.” He left (P04:1).", [("She said “I paid.”", 0), ("He left (P04:1).", 1)]),
        ("She paid. [R: Who? When?] He left (P04:1).", [("She paid.", 0), ("He left (P04:1).", 1)]),
        ("She paid.\n(P04:1) He left.", [("She paid.", 0), ("(P04:1) He left.", 1)]),
        ("She paid (cf. P04:1). Yes.", [("She paid (cf. P04:1).", 1), ("Yes.", 0)]),
        ("1. She paid (P04:1).", [("She paid (P04:1).", 1)]),
        ("[R: nothing but a comment.]", []),
        ("", []),
    ],
)
def test_sentences_do_not_end_inside_quotations_and_include_the_references_that_follow(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert sentence_texts(text) == expected


def test_the_reference_at_an_offset_is_that_around_it_or_the_next_in_its_parentheses() -> None:
    text = "Fine (P04:1; also FG1:3). Yes."
    summary = parse_summary(text)
    found = [summary.reference_at(text.index(words)) for words in ("(P04", "04", "also", "G1", ")", " Yes", "Fine")]
    assert [item and item.text for item in found] == ["P04:1", "P04:1", "FG1:3", "FG1:3", "FG1:3", None, None]


def test_references_are_written_with_names_cut_at_what_they_cannot_hold() -> None:
    assert reference_text("P04", 12, 12) == "P04:12"
    assert reference_text("P04/FG1", 12, 14) == "P04/FG1:12–14"
    assert reference_text("P08", 12, 12, True) == "P08: line 12"
    assert reference_text("P08", 12, 14, True) == "P08: lines 12–14"
    assert reference_text("Maya (ward 3)", 2, 2) == "Maya:2"
    assert reference_name("Ada, the nurse") == "Ada"
    assert reference_name("(only brackets)") == "(only brackets)"


def test_renumbering_changes_the_numbers_and_keeps_marks_separators_and_dashes() -> None:
    summary = parse_summary("Yes *(P04:12 - 14;  also !FG1:3), no (P08: line 2, P08:line 4).")
    changed = renumbered(
        summary,
        {0: ("P04", 15, 17, False), 1: ("FG1", 4, 5, False), 2: ("P08", 3, 4, True), 3: ("P08", 5, 5, True)},
    )
    assert changed == "Yes *(P04:15 - 17;  also !FG1:4–5), no (P08: lines 3–4, P08:line 5)."


def test_a_number_that_takes_over_a_name_gets_its_own_when_the_names_differ() -> None:
    summary = parse_summary("(P04:12, 14)")
    assert renumbered(summary, {1: ("P04", 15, 15, False)}) == "(P04:12, 15)"
    assert renumbered(summary, {1: ("P05", 15, 15, False)}) == "(P04:12, P05:15)"
    assert renumbered(summary, {0: ("P05", 12, 12, False)}) == "(P05:12, P04:14)"
    both = {0: ("P05", 1, 1, False), 1: ("P05", 2, 2, False)}
    assert renumbered(summary, both) == "(P05:1, 2)"
    assert renumbered(summary, {0: ("P04", 12, 12, True)}) == "(P04: line 12, P04:14)"


def test_long_texts_are_parsed_whole() -> None:
    text = " ".join(f"She said “we paid {number}” *(P04:{number}, {number + 1})." for number in range(1_000))
    summary = parse_summary(text)
    assert (len(summary.references), len(summary.quotations), len(summary.sentences)) == (2_000, 1_000, 1_000)
    assert summary.quotations[-1].references == (1_998, 1_999)
    assert summary.sentences[-1].references == (1_998, 1_999)
    assert len(parse_summary('"“*(' * 10_000 + "(P04:1" * 1_000 + "[R:" * 1_000).references) == 0


names = st.sampled_from(["P04", "P05/FG1", "Schwester Ö", "FG1", "王小明"])
numbers = st.tuples(st.integers(0, 120), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))
targets = st.tuples(names, numbers, st.booleans()).map(lambda made: (made[0], *made[1], made[2]))
pieces = st.sampled_from(
    ["She paid", "“I paid.”", ". ", "\n", "[R: (P04:9) ", "]", " (see below)", '"', "’", "*", "!", "(", ")", "10:30"]
)


@st.composite
def lists_of_references(draw: st.DrawFn) -> str:
    items = []
    for number, (name, first, last, is_line) in enumerate(draw(st.lists(targets, min_size=1, max_size=3))):
        dash = draw(st.sampled_from(["–", "-", " - ", "—"]))
        figures = str(first) if first == last and draw(st.booleans()) else f"{first}{dash}{last}"
        prefix = draw(st.sampled_from(["", "*", "!", "also "]))
        own = "" if number and draw(st.booleans()) else f"{name}:{draw(st.sampled_from(['', ' ']))}"
        line = draw(st.sampled_from(["line ", "lines "])) if is_line else ""
        items.append(f"{prefix}{own}{line}{figures}")
    marks = draw(st.sampled_from(["", "*", "!", "*!"]))
    separator = draw(st.sampled_from([", ", "; ", ","]))
    return f"{marks}({separator.join(items)})"


texts = st.lists(pieces | lists_of_references(), max_size=10).map("".join)


def inside(summary: Summary, item: SummaryReference) -> bool:
    whole = item.parenthesis.of(summary.text)
    return item.parenthesis.covers(item.span) and whole[0] == "(" and whole[-1] == ")"


@given(texts)
def test_renumbering_to_the_same_references_changes_nothing(text: str) -> None:
    summary = parse_summary(text)
    assert renumbered(summary, {}) == text
    assert renumbered(summary, {item.index: item.target for item in summary.references}) == text


@given(texts, st.lists(targets, min_size=30, max_size=30))
def test_renumbered_references_are_read_back_as_what_they_were_changed_to(
    text: str, wanted: list[tuple[str, int, int, bool]]
) -> None:
    summary = parse_summary(text, lambda name: True)
    changes = dict(enumerate(wanted[: len(summary.references)]))
    again = parse_summary(renumbered(summary, changes), lambda name: True)
    assert [item.target for item in again.references] == list(changes.values())
    assert marked(again) == marked(summary)


@given(texts)
def test_the_parts_of_any_text_are_in_order_and_inside_it(text: str) -> None:
    summary = parse_summary(text)
    assert all(inside(summary, item) for item in summary.references)
    assert [item.index for item in summary.references] == list(range(len(summary.references)))
    for spans in (
        [item.span for item in summary.references],
        [item.span for item in summary.quotations],
        [item.span for item in summary.comments],
        [item.span for item in summary.sentences],
    ):
        assert all(before.end <= after.start for before, after in pairwise(spans))
        assert not spans or spans[-1].end <= len(text)
    for quotation in summary.quotations:
        assert text[quotation.span.start] in "\"“«»„”‘'"
        assert not any(quotation.span.overlaps(item.span) for item in summary.references)
        assert all(summary.references[index].span.start > quotation.span.end for index in quotation.references)
