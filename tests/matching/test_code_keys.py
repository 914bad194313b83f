"""Keys that are made from the names of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import KEY
from fwanalysis.errors import InvalidInput
from fwanalysis.matching.code_keys import key_from_name


@given(st.text(), st.lists(st.sampled_from(["code", "a", "a-2", "trust"])))
def test_a_key_made_from_any_name_is_a_key_and_free(name: str, taken: list[str]) -> None:
    if not name.strip():
        with pytest.raises(InvalidInput):
            key_from_name(name, taken)
        return
    key = key_from_name(name, taken)
    assert KEY.fullmatch(key)
    assert key not in taken


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Free riding (the 2nd kind)", "free-riding-the-2nd-kind"),
        ("Öl", "ol"),
        ("Straße & Größe", "strasse-grosse"),
        ("L’été", "lete"),
        ("Zażółć gęślą", "zazolc-gesla"),
        ("编码", "bian-ma"),
        ("團體 2", "tuan-ti-2"),
        ("希望の光", "xi-wang-no-guang"),
        ("고용", "go-yong"),
        ("Надежда", "nadezhda"),
        ("Ελπίδα", "elpida"),
        ("عمل", "aml"),
        ("O\u0308l", "ol"),
        ("—", "code"),
    ],
)
def test_a_name_in_any_script_gives_a_key_that_can_be_read(name: str, key: str) -> None:
    assert key_from_name(name) == key


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"], min_codepoint=0x80), min_size=1, max_size=1))
def test_no_letter_outside_ascii_vanishes_but_for_a_sign_of_softness(letter: str) -> None:
    assert key_from_name(f"x{letter}") != "x" or letter in "ьъЬЪ" or not letter.isalnum() or _is_quote(letter)


def _is_quote(letter: str) -> bool:
    """Whether a letter is written as an apostrophe in Latin letters."""
    from anyascii import anyascii

    return anyascii(letter) == "'"


def test_a_taken_key_gets_the_next_number() -> None:
    assert key_from_name("Trust", ["trust", "trust-2"]) == "trust-3"
    assert key_from_name("信任", ["xin-ren"]) == "xin-ren-2"
