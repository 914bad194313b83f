"""Spans: the algebra that everything anchored rests on."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.text import CONTEXT, WORD, Span, context, count_words, covered, lines, one_line, text_hash, union

texts = st.text(st.sampled_from("ab .\n\t\u00a0\u0085\u2028é中😀"), max_size=40)


@st.composite
def spans(draw: st.DrawFn, limit: int = 30) -> Span:
    start = draw(st.integers(0, limit))
    return Span(start, draw(st.integers(start, limit)))


def points(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (-3, -1)])
def test_a_span_cannot_be_turned_round_or_begin_before_its_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


@given(spans(), spans())
def test_spans_are_the_sets_of_their_code_points(one: Span, other: Span) -> None:
    assert len(one) == len(points(one))
    assert bool(one) == bool(points(one))
    if one and other:
        assert one.overlaps(other) == bool(points(one) & points(other))
    shared = one.shared(other)
    assert (points(shared) if shared else set()) == points(one) & points(other)
    if other:
        assert one.covers(other) == (points(other) <= points(one))


@given(st.lists(spans()))
def test_a_union_covers_the_same_points_in_order_and_never_touches_itself(some: list[Span]) -> None:
    merged = union(some)
    assert set().union(*map(points, merged)) == set().union(*map(points, some))
    assert all(merged)
    assert all(first.end < second.start for first, second in pairwise(merged))
    assert covered(some) == len(set().union(*map(points, some)))
    assert union(merged) == merged


@given(texts, st.data())
def test_trimming_keeps_all_words_and_no_white_space_at_the_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    trimmed = span.trimmed(text)
    assert trimmed.of(text) == span.of(text).strip()
    assert span.covers(trimmed)


@given(texts)
def test_lines_put_together_again_are_the_text(text: str) -> None:
    assert "\n".join(line.of(text) for line in lines(text)) == text


@given(texts, st.data())
def test_lines_of_a_span_put_together_again_are_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert "\n".join(line.of(text) for line in lines(text, span)) == span.of(text)


def test_only_a_newline_ends_a_line() -> None:
    text = "one\u0085two\u2028three\x0bfour\r\nfive\n"
    assert [line.of(text) for line in lines(text)] == ["one\u0085two\u2028three\x0bfour\r", "five", ""]


@given(texts, st.data())
def test_context_joins_on_to_the_quote_on_either_side(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    before, after = context(text, span)
    assert before + span.of(text) + after in text
    assert len(before) == min(CONTEXT, span.start)
    assert len(after) == min(CONTEXT, len(text) - span.end)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("don't stop", 2), ("it’s  free-riding", 3), ("— … !", 0), ("中文 words", 2)]
)
def test_words_have_apostrophes_inside_and_are_parted_by_hyphens(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text(st.one_of(st.characters(), st.sampled_from("a7_ '’-\t\u00a0\u0301")), max_size=40))
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert count_words(text) == len(WORD.findall(text))


def test_a_text_is_hashed_as_utf_8() -> None:
    assert text_hash("café 中") == hashlib.sha256("café 中".encode()).hexdigest()
    assert text_hash("e\u0301") != text_hash("\u00e9")


def test_a_passage_on_one_line_has_single_blanks() -> None:
    assert one_line("  so\n\n we\tsay ") == "so we say"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I trust them.", "I trust them"),
        (" “No!”  she said… ", "No!”  she said"),
        ("€5?", "€5"),
        ("?!", "?!"),
        ("", ""),
    ],
)
def test_a_span_without_its_edges_begins_and_ends_with_no_white_space_or_punctuation(text: str, words: str) -> None:
    assert Span(0, len(text)).without_edges(text).of(text) == words
