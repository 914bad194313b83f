import pytest

from fwanalysis.domain.codebook import RuleSpec, Scope
from fwanalysis.errors import InvalidInput
from fwanalysis.suggest import tokenise, vocabulary_of
from fwanalysis.suggest.terms import LIMIT, Phrase, expand
from tests.suggest.suggest_sources import interview, propose, words


def found(text: str, term: str) -> list[str]:
    """The words that a term finds in a text of one unit."""
    return [word for one in words(text, RuleSpec(any=(term,))) for word in one]


def phrase(term: str, text: str = "") -> Phrase:
    return expand(term, vocabulary_of([tokenise(text)], "en"), code="Free-riding")


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("collaborate", "They Collaborated, COLLABORATING still.", ["Collaborated", "COLLABORATING"]),
        ("pull their weight", "Nobody pulled their weight", ["pulled their weight"]),
        ('"others"', "Others, other, the others", ["Others", "others"]),
        ("“others”", "Others and other", ["Others"]),
        ("collab*", "We collab, collaborate, elaborate", ["collab", "collaborate"]),
        ("*tion", "station and nation, nations", ["station", "nation"]),
        ("wom?n", "woman women womn womeen", ["woman", "women"]),
        ("free rid*", "a free rider rides", ["free rider"]),
        ("free riding", "free riding, free-riding", ["free riding"]),
        ("free-riding", "free riding, free-riding", ["free-riding"]),
        ("free-riding", "free‑riding or free–riding; free - riding", ["free‑riding", "free–riding"]),
        ("work together", "work  \u00a0together", ["work  \u00a0together"]),
        ("work together", "work, together", []),
        ("work together", "work ‘together’", []),
        ("and/or", "this and/or that and or", ["and/or"]),
        ("can't", "I can’t; I can't", ["can’t", "can't"]),
        ("can’t", "I can’t; I can't", ["can’t", "can't"]),
        ("others' work", "the others’ work", ["others’ work"]),
        ("cannot", "We cannot, can not", ["cannot"]),
        ("no no", "no no no", ["no no no"]),
        ("weight", "The İstanbul weight", ["weight"]),
        ("wait.", "We wait", ["wait"]),
    ],
)
def test_a_term_finds(term: str, text: str, expected: list[str]) -> None:
    assert found(text, term) == expected


def test_a_blank_in_a_term_is_a_line_end_too_where_the_unit_is_the_turn() -> None:
    said = interview(("P07", "We work\ntogether"))
    assert len(propose(said, RuleSpec(any=("work together",), scope=Scope.TURN))) == 1
    assert propose(said, RuleSpec(any=("work together",))) == []


@pytest.mark.parametrize(
    ("term", "complaint"),
    [
        ("", "no word"),
        (" – ", "no word"),
        ('""', "no word"),
        ("*", "without a letter"),
        ("pull * weight", "without a letter"),
        ("??", "without a letter"),
        ("~wieght", "does not support"),
        ('"others', "quotation mark at one end"),
        ('"free" riders', "quotation mark at one end"),
    ],
)
def test_a_term_that_cannot_be_used_is_named_with_its_code(term: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint) as raised:
        phrase(term)
    assert f"“{term}”" in str(raised.value)
    assert "Free-riding" in str(raised.value)


def test_a_wildcard_that_stands_for_too_many_words_asks_for_a_narrower_term() -> None:
    corpus = " ".join(f"a{number}" for number in range(LIMIT + 1))
    with pytest.raises(InvalidInput, match=r"more than 2,000"):
        phrase("a*", corpus)
    assert len(phrase("a1*", corpus).words[0]) > 1


def test_inflection_alone_never_makes_a_term_too_wide() -> None:
    forms = "works work worked working"
    assert phrase(" ".join(["work"] * 6), forms).gaps == (" ",) * 5


def test_the_words_of_a_term_count_though_the_corpus_lacks_them() -> None:
    assert phrase("collaborate").words == (frozenset({"collaborate"}),)


def test_longer_and_exact_terms_tell_more_and_wildcards_less() -> None:
    ordered = ["weigh*", "weight", '"weight"', "pull weight", '"pull weight"', "pull their own weight"]
    told = [phrase(term, "the sun").specificity for term in ordered]
    assert told[:3] == sorted(set(told[:3]))
    assert told[3] < told[4]
    assert told[1] < told[3] < told[5]
    assert all(0 < one < 1 for one in told)


def test_a_term_tells_half_as_much_where_its_rarest_word_is_2_in_1000() -> None:
    corpus = "weight " * 2 + "sun " * 998
    assert phrase("weight", corpus).specificity == pytest.approx(0.25)
    assert phrase("weight sun", corpus).specificity == pytest.approx(0.35)
