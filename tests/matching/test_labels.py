"""Two labels that look like one voice, and the reason that a person reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.matching.labels import alike, same_voice


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Interviewer1", "Interviewer 1", "they differ only in spaces, punctuation or zeros"),
        ("INTERVIEWER-1", "interviewer 1", "they differ only in spaces, punctuation or zeros"),
        ("P7", "P007", "they differ only in spaces, punctuation or zeros"),
        ("José", "Jose", "they differ only in accents"),
        ("Paticipant", "Participant", "they differ by one letter"),
        ("Partcipnat", "Participant", "they differ by two letters"),
        ("Speaker 1", "Speaker 2", None),
        ("Speaker 12", "Speaker 1 2", None),
        ("Speaker", "Speaker 1", None),
        ("Person B", "Person D", None),
        ("Dan", "Don", None),
        ("Anna", "Katharina", None),
    ],
)
def test_pairs(one: str, other: str, reason: str | None) -> None:
    assert same_voice(one, other) == reason
    assert same_voice(other, one) == reason


def test_the_most_alike_comes_first() -> None:
    assert alike("Partcipant", ["Participent", "Nobody", "Participant"]) == ["Participant", "Participent"]


@given(st.text("ab ", min_size=1, max_size=12), st.integers(0, 99), st.integers(0, 99))
def test_labels_whose_numbers_differ_are_never_one_voice(name: str, one: int, other: int) -> None:
    alike_if_same = same_voice(f"{name}{one}", f"{name}{other}")
    assert one == other or alike_if_same is None
