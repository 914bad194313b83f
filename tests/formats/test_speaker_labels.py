"""Which labels are speakers: names with something added, in lower case, or that are words of a header elsewhere."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers import Found, find_turns


def spoken(text: str, found: Found | None = None) -> list[tuple[str | None, str]]:
    """Label and words of every numbered turn."""
    found = found or find_turns(text)
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def labels(text: str) -> list[str | None]:
    return [label for label, _ in spoken(text)]


def test_names_with_their_role_in_brackets_are_speakers_in_a_short_group() -> None:
    text = "Facilitator: Who?\nAnna (nurse): I am.\nTom (porter): And me.\nLee (GP): Me too.\n" * 2
    assert labels(text) == ["Facilitator", "Anna (nurse)", "Tom (porter)", "Lee (GP)"] * 2


def test_names_in_lower_case_that_come_often_are_speakers_beside_typical_labels() -> None:
    text = "Interviewer: So?\nanna: well\nInterviewer: And?\ntom: yes\n" * 3
    assert labels(text) == ["Interviewer", "anna", "Interviewer", "tom"] * 3


def test_words_that_begin_lines_as_labels_do_again_and_again_are_told() -> None:
    text = "Interviewer: So?\n\nP1: yes\n\nanna: well\n\nnote: a\n\n" * 2 + "note: b\n"
    found = find_turns(text)
    assert labels(text) == ["Interviewer", "P1"] * 2
    assert [doubt.message for doubt in found.doubts] == [
        "“anna” begins a paragraph as a label would, but was taken for words.",
        "“note” begins a paragraph as a label would, but was taken for words.",
    ]


@pytest.mark.parametrize(
    "pair",
    [("Host", "Guest"), ("Interviewer", "Subject"), ("AA", "NB"), ("RE", "TO"), ("Anna", "Author"), ("P1", "Site")],
)
def test_words_of_headers_are_speakers_where_they_take_turns(pair: tuple[str, str]) -> None:
    one, other = pair
    assert labels(f"{one}: What is it?\n\n{other}: Well, a thing.\n\n" * 3) == [*pair] * 3


def test_the_fields_of_letters_are_no_speakers() -> None:
    assert labels("From: a\nTo: b\nSubject: x\nDate: 3\n\nDear b, this is a letter.\n\n" * 4) == []


def test_an_abbreviation_that_comes_once_among_names_is_no_speaker() -> None:
    talk = "Anna Berg: So?\nBob Roe: Well.\n" * 3
    assert labels(f"{talk}NB: not this\n{talk}") == ["Anna Berg", "Bob Roe"] * 6


def test_facts_in_an_answer_near_the_top_do_not_swallow_the_turns_above() -> None:
    text = "Interviewer: What was in it?\n\nParticipant: It had these bits.\nSubject: your claim\nCode: 15A\n\n"
    text += "Interviewer: And?\n\nParticipant: No.\n"
    assert spoken(text)[:3] == [
        ("Interviewer", "What was in it?"),
        ("Participant", "It had these bits.\nSubject: your claim\nCode: 15A"),
        ("Interviewer", "And?"),
    ]


def test_a_header_with_people_and_facts_is_no_turn() -> None:
    head = "A talk\n\nAuthor: Jane\nInterviewer: J. Smith\nHost: a station\nDate: 3 June\nParticipant: P03\n\n"
    text = head + "Interviewer: And?\n\nParticipant: No.\n\n" * 2
    assert spoken(text)[0] == ("Interviewer", "And?")
