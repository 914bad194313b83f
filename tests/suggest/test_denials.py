"""Which matches of rules a text denies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import RuleSpec
from fwanalysis.domain.codings import Stance
from fwanalysis.domain.text import Span
from fwanalysis.suggest.denials import DENIALS, is_denied
from tests.suggest.suggest_sources import propose


def denied(text: str, *words: str, language: str = "en") -> bool:
    hits = [(text.index(word), text.index(word) + len(word)) for word in words]
    return is_denied(text, Span(0, len(text)), hits, language)


@pytest.mark.parametrize(
    "text",
    [
        "We never competed with the others.",
        "There is no competed prize.",
        "I don’t think they competed.",
        "They didn't say that anyone competed.",
        "Nobody really competed.",
        "No one competed here.",
        "None of the wards competed.",
        "Neither of them competed.",
        "It ran without anyone who competed.",
        "They hardly competed at all.",
        "They cannot have competed.",
        "NOT ONE of them competed.",
    ],
)
def test_a_word_of_denial_before_the_match_in_its_clause_denies_it(text: str) -> None:
    assert denied(text, "competed")


@pytest.mark.parametrize(
    "text",
    [
        "We always competed with the others.",
        "They not only competed but cheated.",
        "I don't know whether they competed.",
        "I don’t know  if they competed.",
        "I'm not sure they competed.",
        "No doubt they competed.",
        "No, they competed.",
        "They competed because nobody asked.",
        "It was never discussed; they competed.",
        "They competed, didn't they?",
        "The notes say they competed.",
        "Another nothingness competed.",
    ],
)
def test_a_word_in_another_clause_or_in_a_phrase_that_denies_nothing_does_not(text: str) -> None:
    assert not denied(text, "competed")


def test_a_phrase_that_denies_nothing_does_not_hide_another_word_of_denial() -> None:
    assert denied("They not only never competed.", "competed")


def test_a_word_of_denial_that_is_part_of_a_match_does_not_deny_it() -> None:
    assert not denied("They gave nothing in return.", "nothing in return")


def test_all_matches_must_be_denied() -> None:
    assert denied("They never shared or competed.", "shared", "competed")
    assert not denied("They shared, they never competed.", "shared", "competed")
    assert not denied("They shared and never competed.", "shared", "competed")


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("de", "Wir haben nicht geteilt.", "Wir haben nicht nur geteilt."),
        ("de-CH", "Wir haben geteilt mit niemandem.", "Nein, wir haben geteilt."),
        ("es", "Nunca hemos geteilt.", "No solo hemos geteilt."),
        ("fr", "Ils n’ont rien geteilt.", "Ils ont geteilt sans doute."),
    ],
)
def test_languages_have_words_of_their_own(language: str, yes: str, no: str) -> None:
    assert denied(yes, "geteilt", language=language)
    assert not denied(no, "geteilt", language=language)


def test_nothing_is_denied_in_a_language_without_a_table() -> None:
    assert "sv" not in DENIALS
    assert not denied("no not never competed", "competed", language="sv")


def test_a_unit_sees_nothing_outside_itself() -> None:
    text = "We never did. They competed. Nobody did."
    start = text.index("They")
    at = text.index("competed")
    assert not is_denied(text, Span(start, start + len("They competed.")), [(at, at + 8)], "en")


@given(st.sampled_from(sorted(DENIALS)), st.text(alphabet="abno t'’,.n", max_size=40), st.integers(0, 40))
def test_the_result_depends_on_the_text_of_the_unit_alone(language: str, text: str, start: int) -> None:
    start = min(start, len(text))
    hits = [(start, len(text))] if start < len(text) else []
    shifted = [(begin + 4, end + 4) for begin, end in hits]
    there = is_denied(f"nie {text} pas", Span(4, 4 + len(text)), shifted, language)
    assert there == is_denied(text, Span(0, len(text)), hits, language)


def test_a_denial_is_suggested_as_against_and_its_score_stays_the_same() -> None:
    text = "We never competed. We often competed. I doubt that we competed."
    found = propose(text, RuleSpec(any=("competed",)))
    assert [item.stance for item in found] == [Stance.AGAINST, Stance.FOR, Stance.FOR]
    assert len({item.score for item in found}) == 1
    assert found == propose(text, RuleSpec(any=("competed",)))
