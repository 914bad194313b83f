"""Texts that are no transcripts, and words in transcripts that are nobody's labels."""

from __future__ import annotations

import pytest

from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.turns.find import find_turns


def labels(text: str) -> list[str | None]:
    return [turn.label for turn in find_turns(text).turns if turn.kind.value == "speech"]


@pytest.mark.parametrize("word", ["Question", "Patient", "Researcher", "IT", "P4"])
def test_one_label_that_comes_once_makes_no_transcript(word: str) -> None:
    assert labels(f"Notes of the visit\n\nThe gate was open at nine.\n{word}: who has the keys?\nNobody came.\n") == []


def test_one_timed_label_is_a_turn() -> None:
    assert labels("[00:12] P4: We begin.\n") == ["P4"]


@pytest.mark.parametrize("word", ["AF", "IT", "AM", "PC", "Questions", "Parts", "Into"])
def test_a_role_and_a_letter_without_a_blank_are_no_typical_label(word: str) -> None:
    assert form(word) is not LabelForm.TYPICAL


@pytest.mark.parametrize("word", ["Speaker A", "speaker_b", "SpeakerC", "Participant d", "I2", "P07b", "Q1", "Int."])
def test_a_role_with_a_number_or_a_letter_of_its_own_is_a_typical_label(word: str) -> None:
    assert form(word) is LabelForm.TYPICAL


def test_the_halves_of_days_in_a_diary_are_nobody() -> None:
    assert labels("A diary\n\nAM: went to the mill.\nPM: wrote it up.\n\nAM: rain.\nPM: home.\n") == []
    assert labels("AM: Why?\nBert Roe: So.\nAM: And?\nBert Roe: Well.\n") == ["AM", "Bert Roe"] * 2


def test_the_items_of_an_agenda_are_nobody() -> None:
    items = "10:30 Welcome\n10:35 Anna Berg: rota\n11:10 Coffee\n11:30 Anna Berg: plan\n12:00 Lunch\n"
    assert labels(f"Meeting\n\n{items}") == []


def test_somebody_timed_who_says_nothing_once_is_still_a_speaker() -> None:
    text = "00:10 Anna Berg\nSo?\n00:20 Bob Roe\nWell.\n00:30 Anna Berg\n00:40 Bob Roe\nYes.\n00:50 Anna Berg\nAnd?\n"
    assert labels(text) == ["Anna Berg", "Bob Roe"] * 2 + ["Anna Berg"]


def test_a_date_is_no_speaker_however_often_it_comes() -> None:
    talk = "INTERVIEW\nDate: 3 May\n\nInterviewer: How long?\nMiller: Two years.\n\n"
    assert "Date" not in labels(talk * 4)
