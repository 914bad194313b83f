"""The top of a transcript: facts and keys in it are no turns, in any language, and they say who the labels are."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.formats.readers.registry import read_source
from fwanalysis.formats.turns.find import find_turns


def spoken(text: str) -> list[tuple[str | None, str]]:
    return [
        (turn.label, text[turn.start : turn.end])
        for turn in find_turns(text).turns
        if turn.kind is not TurnKind.PREAMBLE
    ]


@pytest.mark.parametrize(
    ("head", "one", "other"),
    [
        ("Интервью 4\nДата: 02.05.2020\nМесто: библиотека\n\n", "Интервьюер", "Респондент"),
        ("访谈时间：2020年5月2日\n访谈地点：图书馆\n访谈者：陈\n\n", "访谈者", "受访者"),
        ("Čas: v pondělí\nMísto: knihovna\n\n", "Tazatel", "Eva"),
        ("EV: EDA VOLK\nTM: Tim Moss\n\n", "TM", "EV"),
        ("I: = Interviewer\nR: = Respondent\n\n", "I", "R"),
        ("Key:\nIV: Interviewer\nIE: Interviewee\n\n", "IV", "IE"),
        ("Date: 3 May\tInterviewer: Tim Moss (TM)\nParticipant: A clerk (EV)\tDuration: 42:10\n", "TM", "EV"),
        ("Interviewer: Tim Moss\nInterviewee: Eda Volk\n\n", "Moss", "Volk"),
    ],
)
def test_facts_and_keys_at_the_top_are_no_turns(head: str, one: str, other: str) -> None:
    text = head + f"{one}: And then?\n\n{other}: Then it rained.\n\n" * 4
    assert spoken(text) == [(one, "And then?"), (other, "Then it rained.")] * 4


def test_an_opening_exchange_is_no_header() -> None:
    text = "Interviewer: Right Anna\nAnna: Hello there\n\n" + "Interviewer: And?\nAnna: It rained.\n\n" * 3
    assert spoken(text)[:2] == [("Interviewer", "Right Anna"), ("Anna", "Hello there")]


@pytest.mark.parametrize(
    "head",
    [
        "Interviewer: Tim Moss (TM)\nInterviewee: Eda Volk (EV)\nDate: 4 May\n\n",
        "INTERVIEWER: Tim Moss\nINTERVIEWEE: Eda Volk\n\n",
        "TM = Interviewer\nEV = Interviewee\n\n",
        "TM → Interviewer\nEV → Respondent\n\n",
        "Date: 4 May\tInterviewer: Tim Moss (TM)\tRespondent: Eda Volk\n\n",
    ],
)
def test_the_header_says_who_asks_whoever_talks_more(head: str) -> None:
    long = "I waited for an hour and then I went home again."
    text = head + f"TM: {long}\n\nEV: Did you?\n\n" * 4
    roles = {speaker.label: speaker.role for speaker in read_source("a.txt", text.encode()).speakers}
    assert roles == {"TM": Role.INTERVIEWER, "EV": Role.PARTICIPANT}


def test_first_words_that_are_short_are_turns_and_no_facts() -> None:
    said = [("Anna", "hi everyone"), ("Ben", "hello"), ("Carla", "good to be here")]
    text = "\n".join(f"{label}: {words}" for label, words in said) + "\n\n" + "Anna: So?\n\nDan: It was good.\n\n" * 4
    assert spoken(text)[:3] == said


def test_who_somebody_is_told_in_answer_to_a_question_is_no_key() -> None:
    said = [("Moderator", "Welcome, tell me what you do"), ("P1", "student"), ("P2", "patient")]
    rest = "Moderator: And what of the clinic?\n\nP1: It is good.\n\nP2: It is far away.\n\n" * 3
    assert spoken("\n".join(f"{label}: {words}" for label, words in said) + "\n\n" + rest)[:3] == said


def test_interviews_that_somebody_numbers_in_speech_are_words() -> None:
    told = "There were two.\n\nInterview 1: my boss was there\n\nInterview 2: my boss was not there\n\nI liked it."
    text = f"Interviewer: And then?\n\nAnna: {told}\n\nInterviewer: Which?\n\nAnna: The first.\n"
    assert spoken(text)[1] == ("Anna", told)


@pytest.mark.parametrize(
    "facts",
    [
        "INTERVIEWEE: Nia Bow\nINTERVIEWER: Rolf Ang\n",
        "Interviewee: Nia Bow\n\nInterviewer: Rolf Ang\n\nDate: 3 May 1999\n",
        "Interviewer: Rolf Ang\nDate: 3 May 1999\nPlace: Hull\n",
        "Entrevistada: Nia Bow\nEntrevistador: Rolf Ang\nFecha: 3 de mayo de 1999\n",
        "Befragte: Nia Bow\nInterviewer: Rolf Ang\nDatum: 3. Mai 1999\n",
        "Респондент: Ния Бов\nИнтервьюер: Рольф Анг\nДата: 3 мая\n",
    ],
)
@pytest.mark.parametrize("above", ["", "# About Nia Bow\n\nNia Bow: A talk held in Hull, long after the fact.\n\n"])
@pytest.mark.parametrize("mark", ["Q: {}\n\nA: {}\n\n", "Q:\n\n{}\n\nNia Bow:\n\n{}\n\n"])
def test_lines_that_name_who_takes_part_are_facts_above_questions_and_answers(
    facts: str, above: str, mark: str
) -> None:
    talk = mark.format("Where was it?", "In a mill town.") * 3
    text = f"{above}{facts}\n{talk}"
    asker, answerer = ("Q", "Nia Bow") if "Nia" in mark else ("Q", "A")
    assert [label for label, _ in spoken(text)] == [asker, answerer] * 3
    assert find_turns(text).turns[0].end <= len(above + facts)


def test_a_role_with_words_is_a_turn_even_if_it_comes_once() -> None:
    text = "Moderator: Shall we begin?\n\nNia Bow: Yes.\n\nRolf Ang: Yes.\n\nNia Bow: So?\n\nRolf Ang: Well.\n\n"
    assert spoken(text)[0] == ("Moderator", "Shall we begin?")


def test_interviews_of_one_number_are_told_apart_by_their_letters() -> None:
    talk = "[Ida]\nWho?\n\n[Per]\nI did.\n\n[Ida]\nWhen?\n\n[Per]\nIn May.\n\n"
    found = find_turns(f"Interview 4a\n\n{talk}Interview 4b\n\n{talk}")
    assert ["another interview" in warning.message for warning in found.warnings] == [True]
    assert sum(turn.kind is TurnKind.EXCLUDED for turn in found.turns) == 1
