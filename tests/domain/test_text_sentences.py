"""Sentences, the one rule for the caret and for rules, and finding where quoted words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.text import Span, quote_places, sentences

parts = st.sampled_from(
    [
        "We share.",
        "Dr. Jones left",
        "e.g. this",
        "Why?",
        "No!",
        "“Well.”",
        "...",
        "…",
        "。",
        "我们分享。",
        "\n",
        " ",
        "a",
        "P. 7",
    ]
)
texts = st.lists(parts, max_size=12).map("".join)


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text))))


def split(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentences(text)]


@given(texts_and_spans())
def test_sentences_of_any_stretch_are_in_order_disjoint_and_leave_out_white_space_only(
    given_: tuple[str, Span],
) -> None:
    text, span = given_
    end = span.start
    for sentence in sentences(text, span):
        assert sentence
        assert sentence == sentence.trimmed(text)
        assert not text[end : sentence.start].strip()
        assert sentence.start >= end
        end = sentence.end
    assert end <= span.end
    assert not text[end : span.end].strip()


@given(texts)
def test_a_sentence_taken_alone_is_one_sentence(text: str) -> None:
    for sentence in sentences(text):
        assert list(sentences(text, sentence)) == [sentence]


@given(texts)
def test_the_sentences_of_the_whole_span_are_those_of_the_text(text: str) -> None:
    assert list(sentences(text, Span(0, len(text)))) == list(sentences(text))


@given(texts, texts)
def test_sentences_of_a_stretch_do_not_depend_on_what_stands_around_it(text: str, around: str) -> None:
    within = Span(len(around), len(around) + len(text))
    moved = [Span(sentence.start + len(around), sentence.end + len(around)) for sentence in sentences(text)]
    assert list(sentences(around + text + around, within)) == moved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We share. They do not.", ["We share.", "They do not."]),
        ("Dr. Jones left. He came back.", ["Dr. Jones left.", "He came back."]),
        ("Things, e.g. Towels, went. Then more.", ["Things, e.g. Towels, went.", "Then more."]),
        ("J. Smith and P. Brown spoke.", ["J. Smith and P. Brown spoke."]),
        ("So do I. Then we left.", ["So do I.", "Then we left."]),
        ("It was… hard. Very.", ["It was… hard.", "Very."]),
        ("And then... Nothing.", ["And then...", "Nothing."]),
        ("Why? Because!", ["Why?", "Because!"]),
        ("“Stop.” She stopped.", ["“Stop.”", "She stopped."]),
        ("It cost 3.50 in all. Yes.", ["It cost 3.50 in all.", "Yes."]),
        ("我们分享。他们不！为什么？", ["我们分享。", "他们不！", "为什么？"]),
        ("no full stop\nnext line", ["no full stop", "next line"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(st.sampled_from("ab.*(' \n"), max_size=30), st.data())
def test_words_cut_from_a_text_are_found_where_they_stood(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text)))).trimmed(text)
    places = quote_places(text, span.of(text))
    assert bool(places) == bool(span)
    if span:
        assert places[0].start <= span.start
        assert all(place.of(text).split() == span.of(text).split() for place in places)


def test_a_quote_is_found_across_line_breaks_and_forms_of_quotation_marks() -> None:
    text = "And she said: “it’s\n free”, twice."
    assert [place.of(text) for place in quote_places(text, '"it\'s free",')] == ["“it’s\n free”,"]


def test_a_quote_is_found_as_often_as_it_stands_there_and_never_by_other_letters() -> None:
    assert quote_places("a b a b", "a b") == [Span(0, 3), Span(4, 7)]
    assert quote_places("A b", "a b") == []
    assert quote_places("a b", "  ") == []
