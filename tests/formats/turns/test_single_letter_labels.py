"""Slips of the pen in labels never leave words in another's mouth without a word about it."""

from __future__ import annotations

import pytest

from fwanalysis.domain.importing import LabelMerge
from fwanalysis.formats.turns.find import Found, find_turns


def told(text: str, found: Found) -> list[tuple[str, str]]:
    """Return each warning, with the text at its place."""
    return [
        (warning.message, text[warning.start : warning.start + 6])
        for warning in found.warnings
        if warning.start is not None
    ]


USUAL = "Interviewer: So?\nParticipant: Well.\n" * 4


def test_a_letter_that_says_a_role_is_taken_where_the_other_role_speaks_around_it() -> None:
    text = USUAL + "I: And?\nParticipant: Rain.\nInterviewer: Oh.\nP: Yes."
    found = find_turns(text)
    assert [(turn.label, text[turn.start : turn.end]) for turn in found.turns[8:]] == [
        ("I", "And?"),
        ("Participant", "Rain."),
        ("Interviewer", "Oh."),
        ("P", "Yes."),
    ]
    assert told(text, found) == [
        ('"I" occurs rarely; it was taken as a speaker label of its own.', "I: And"),
        ('"P" occurs rarely; it was taken as a speaker label of its own.', "P: Yes"),
    ]
    reason = "they say the same role, and it comes but seldom"
    assert found.merges == (LabelMerge("I", "Interviewer", reason), LabelMerge("P", "Participant", reason))


@pytest.mark.parametrize("line", ["A: the first bus", "P: the car park", "Q: what I asked myself"])
def test_elsewhere_it_may_be_an_item_of_a_list_and_is_told(line: str) -> None:
    text = "Ann: So?\nBob: Two ways.\n" * 4 + f"{line}\nAnn: Oh.\nBob: Yes."
    found = find_turns(text)
    assert {turn.label for turn in found.turns} == {"Ann", "Bob"}
    assert told(text, found) == [
        (
            f'"{line[0]}" looks like a speaker label but was read as text. '
            f"If it is a speaker, use --speaker {line[0]}.",
            line[:6],
        )
    ]


@pytest.mark.parametrize("line", ["I; And then?", "I And then?"])
def test_a_letter_without_its_colon_is_told(line: str) -> None:
    text = "I: So?\nP: Well.\n" * 4 + f"{line}\nP: Rain.\nI: I Ann saw.\nA day.\nP: Oh."
    assert told(text, find_turns(text)) == [
        (
            'This paragraph begins with the speaker label "I", but not in the format of the file; '
            "it was left in the turn before.",
            line[:6],
        )
    ]


def test_letters_inside_a_line_are_told() -> None:
    text = "I: So? P: Well. I: And?\n\nI: What else? P: Tea.\n\nI: Nothing? P: No.\n\n"
    assert [(message.split(" occurs")[0], at) for message, at in told(text, find_turns(text))] == [
        ('"P:"', "P: Wel"),
        ('"I:"', "I: And"),
        ('"P:"', "P: Tea"),
        ('"P:"', "P: No."),
    ]


@pytest.mark.parametrize("written", ["[{}] {}\n\n", "{}\n{}\n\n"])
def test_a_name_that_comes_but_once_in_brackets_or_alone_on_its_line_is_told(written: str) -> None:
    talk = [("Ann", "So, and then?"), ("Bob", "Well, it rained.")] * 3
    text = "".join(written.format(*turn) for turn in [*talk, ("Cleo", "And how it did."), *talk])
    at = text.index("Cleo") - written.startswith("[")
    assert told(text, find_turns(text)) == [
        (
            '"Cleo" looks like a speaker label but was read as text. If it is a speaker, use --speaker Cleo.',
            text[at : at + 6],
        )
    ]
