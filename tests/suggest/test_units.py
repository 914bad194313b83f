from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import Scope
from fwanalysis.domain.sources import Transcript
from fwanalysis.domain.text import Span, sentences
from fwanalysis.suggest import tokenise
from fwanalysis.suggest.units import Units, speech_of, units_of
from tests.suggest.suggest_sources import document, interview

PIECES = [
    "I",
    "we",
    "Dr",
    "e.g",
    "it’s 3.5",
    ". ",
    ".",
    "? ",
    "!” ",
    "… ",
    "\n",
    " ",
    ", ",
    "(",
    "。",
    "“",
    "- ",
    " but ",
]
SPOKEN = st.lists(st.sampled_from(PIECES), max_size=14).map("".join).map(str.strip)


def units(source: Transcript, scope: Scope) -> Units:
    return units_of(scope, source.text, speech_of(source), tokenise(source.text), "en")


def texts(source: Transcript, scope: Scope) -> list[str]:
    found = units(source, scope)
    return [source.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@given(st.lists(st.tuples(st.sampled_from(["P07", "Dr. A", "I"]), SPOKEN), max_size=5))
def test_sentences_are_those_of_each_turn_alone(lines: list[tuple[str, str]]) -> None:
    source = interview(*lines)
    expected = [
        (span.start, span.end) for turn in source.turns for span in sentences(source.text, Span(turn.start, turn.end))
    ]
    found = units(source, Scope.SENTENCE)
    assert list(zip(found.starts, found.ends, strict=True)) == expected


@given(st.lists(st.tuples(st.just("P07"), SPOKEN), max_size=4))
def test_clauses_lie_within_sentences_and_share_no_word(lines: list[tuple[str, str]]) -> None:
    source = interview(*lines)
    outer = units(source, Scope.SENTENCE)
    clauses = units(source, Scope.CLAUSE)
    spans = [Span(*pair) for pair in zip(outer.starts, outer.ends, strict=True)]
    within = [Span(*pair) for pair in zip(clauses.starts, clauses.ends, strict=True)]
    assert all(any(sentence.covers(clause) for sentence in spans) for clause in within)
    assert all(one.end <= other.start for one, other in pairwise(within))
    kept = sum(character.isalnum() for span in within for character in span.of(source.text))
    assert kept == sum(character.isalnum() for span in spans for character in span.of(source.text))


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("We waited, they worked.", ["We waited", "they worked."]),
        ("One thing: wait; look — go", ["One thing", "wait", "look", "go"]),
        ("We waited – they - worked", ["We waited", "they", "worked"]),
        ("I stayed but they left because it rained", ["I stayed", "but they left", "because it rained"]),
        ("At 10:30 with 1,000 free-riders", ["At 10:30 with 1,000 free-riders"]),
        ("A butcher, although late", ["A butcher", "although late"]),
        ("— , —", []),
    ],
)
def test_a_sentence_is_cut_into_clauses(sentence: str, clauses: list[str]) -> None:
    assert texts(document(sentence), Scope.CLAUSE) == clauses


def test_conjunctions_begin_clauses_in_english_only() -> None:
    text = "Ich but du"
    assert len(units_of(Scope.CLAUSE, text, speech_of(document(text)), tokenise(text), "de").starts) == 1


def test_a_turn_is_a_unit_and_a_preamble_and_labels_are_none() -> None:
    source = interview(("P07", "One. Two."), ("P08", ""), ("P09", "Three\nfour"), preamble="Date: today.")
    assert texts(source, Scope.TURN) == ["One. Two.", "Three\nfour"]
    assert texts(source, Scope.SENTENCE) == ["One.", "Two.", "Three", "four"]


def test_without_turns_each_line_stands_for_a_turn() -> None:
    source = document("One. Two.\n\n  Three four \n \n")
    assert texts(source, Scope.TURN) == ["One. Two.", "Three four"]


def test_an_empty_source_has_no_units() -> None:
    assert [texts(document(""), scope) for scope in Scope] == [[], [], []]


def test_a_unit_counts_the_equal_texts_before_it() -> None:
    source = document("Yes. Well. Yes. YES. Yes.")
    assert units(source, Scope.SENTENCE).occurrences(source.text) == [0, 0, 1, 0, 2]
