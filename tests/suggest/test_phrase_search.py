import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fwanalysis.suggest import phrase_search, tokenise, vocabulary_of
from fwanalysis.suggest.terms import expand
from tests.suggest import spacy_oracle

WORDS = [
    "free",
    "Free",
    "riding",
    "rides",
    "ride",
    "cannot",
    "gonna",
    "don't",
    "don’t",
    "İs",
    "no",
    "a",
    "U",
    "S",
    "中文",
    "x_1",
]
GAPS = [" ", "  ", "\n", "\u00a0", "-", "‑", "–", " - ", ", ", ".", "/", "'", "…"]
TERM_WORDS = ["free", "riding", "rid*", "ri?e", "cannot", "gonna", "don't", "no", "a", "u", "İs", "中文", "x_*"]
TERM_GAPS = [" ", "-", "/", ", ", "’"]


@st.composite
def texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=25))
    return "".join(word + gap for word, gap in pieces)


@st.composite
def terms(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from(TERM_WORDS))
    more = draw(st.lists(st.tuples(st.sampled_from(TERM_GAPS), st.sampled_from(TERM_WORDS)), max_size=2))
    term = first + "".join(gap + word for gap, word in more)
    return f'"{term}"' if draw(st.booleans()) else term


@settings(max_examples=settings().max_examples * 5 // 2)
@given(texts(), st.lists(terms(), min_size=1, max_size=5, unique=True))
@example("U.S. plan a. Gonna go; I cannot, 'cause no-no", ["u", "a", "gonna", "cannot", "no-no", "plan a"])
def test_the_fast_matcher_finds_just_what_spacy_finds(text: str, given_terms: list[str]) -> None:
    tokens = tokenise(text)
    vocabulary = vocabulary_of([tokens], "en")
    phrases = [expand(term, vocabulary, code="a code") for term in given_terms]
    by_phrase = phrase_search.find(phrase_search.index_phrases(phrases, vocabulary), text, tokens)
    found = sorted(hit for hits in by_phrase.values() for hit in hits)
    assert found == spacy_oracle.find(phrases, text, "en")


@pytest.mark.parametrize("text", ["free ride", "Free-riding: they FREE  ride"])
def test_a_hit_gives_the_place_of_its_first_and_last_word(text: str) -> None:
    vocabulary = vocabulary_of([tokenise(text)], "en")
    phrases = [expand("free ride", vocabulary, code="a code")]
    (hit,) = phrase_search.find(phrase_search.index_phrases(phrases, vocabulary), text, tokenise(text))[0]
    assert text[hit.start : hit.end].lower().split() == ["free", "ride"]
    assert hit.last - hit.first == 1


def test_importing_the_package_loads_no_spacy() -> None:
    program = "import sys, fwanalysis.suggest; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
