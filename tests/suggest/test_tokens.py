import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.text import WORD, sentences
from fwanalysis.suggest.tokens import normal, pack, tokenise, unpack, unpack_words

BEHIND_THE_COUNTS = ("places", "ids", "starts", "lengths", "sentence_starts", "sentence_lengths")
TEXTS = st.text(st.sampled_from("aAbİß’' -–.!?\n\t中。é0_\u0301\u200b"), max_size=60) | st.text(max_size=40)


@given(TEXTS)
def test_every_word_stands_where_its_token_says(text: str) -> None:
    tokens = tokenise(text)
    places = [(tokens.starts[n], tokens.end(n)) for n in range(len(tokens))]
    assert places == [found.span() for found in WORD.finditer(text)]
    assert [tokens.words[i] for i in tokens.ids] == [normal(text[start:end]) for start, end in places]


@given(TEXTS)
def test_the_places_of_a_word_are_those_where_it_occurs(text: str) -> None:
    tokens = tokenise(text)
    upto = 0
    for number, count in enumerate(tokens.counts):
        places = tokens.places[upto : upto + count]
        assert list(places) == [n for n, i in enumerate(tokens.ids) if i == number]
        upto += count
    assert upto == len(tokens.places)


@given(TEXTS)
def test_sentences_are_those_of_the_domain(text: str) -> None:
    tokens = tokenise(text)
    found = list(zip(tokens.sentence_starts, tokens.sentence_lengths, strict=True))
    assert found == [(span.start, len(span)) for span in sentences(text)]


@given(TEXTS)
def test_the_head_of_packed_tokens_gives_the_words_with_their_counts(text: str) -> None:
    tokens = tokenise(text)
    assert unpack_words(pack(tokens)) == (tokens.words, tokens.counts)


@given(TEXTS)
def test_nothing_behind_the_counts_is_read_for_the_words(text: str) -> None:
    tokens = tokenise(text)
    packed = pack(tokens)
    behind = sum(len(getattr(tokens, name)) * getattr(tokens, name).itemsize + 5 for name in BEHIND_THE_COUNTS)
    assert unpack_words(packed[: len(packed) - behind]) == unpack_words(packed)


@given(TEXTS)
def test_packed_tokens_come_back_the_same(text: str) -> None:
    tokens = tokenise(text)
    assert unpack(pack(tokens)) == tokens


def test_positions_beyond_two_bytes_survive_packing() -> None:
    tokens = tokenise("word " * 20_000 + "x" * 300)
    assert unpack(pack(tokens)) == tokens
    assert tokens.starts[-1] == 100_000


def test_a_lone_surrogate_in_a_text_survives_packing() -> None:
    tokens = tokenise("a\ud800b c")
    assert unpack(pack(tokens)) == tokens


def test_bytes_of_another_format_are_refused() -> None:
    with pytest.raises(ValueError, match="not packed tokens"):
        unpack(b"something else")


def test_a_word_is_compared_in_lower_case_with_a_straight_apostrophe() -> None:
    assert tokenise("Don’t DON'T").words == ("don't",)
