import pytest

from fwanalysis.matching.stems import stemmer


def test_inflections_of_a_word_share_its_stem_whatever_their_case() -> None:
    stem = stemmer("en")
    assert {stem(word) for word in ("collaborate", "Collaborated", "COLLABORATING")} == {"collabor"}


@pytest.mark.parametrize("language", ["en-GB", "EN", "en_US", "english"])
def test_a_language_may_be_named_with_its_region_or_in_full(language: str) -> None:
    assert stemmer(language)("riding") == "ride"


def test_each_language_has_its_own_stems() -> None:
    assert stemmer("de")("Häusern") == stemmer("de")("haus")


@pytest.mark.parametrize("language", ["zh", "", "klingon"])
def test_without_an_algorithm_for_the_language_a_word_is_its_own_stem(language: str) -> None:
    assert stemmer(language)("Riding") == "riding"
