"""The times of turns, in the forms and places in which programs and people write them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.timestamps import seconds_of, time_alone
from fwanalysis.formats.turns.find import find_turns


def read(text: str) -> list[tuple[str | None, float | None, str]]:
    """Label, time and words of every turn of speech."""
    turns = find_turns(text).turns
    return [(turn.label, turn.time, text[turn.start : turn.end]) for turn in turns if turn.kind is TurnKind.SPEECH]


TALK = [
    ("Anna Berg", "Where was it?"),
    ("Bob Roe", "At the mill, below."),
    ("Anna Berg", "And then?"),
    ("Bob Roe", "Up."),
]
SECONDS = (1.0, 4.0, 9.0, 12.0)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1:02:03", 3723.0),
        ("02:03.5", 123.5),
        ("#00:00:04-2#", 4.2),
        ("#00:01:04#", 64.0),
        ("2:01 PM", 50_460.0),
        ("12:05 a.m.", 300.0),
        ("[3/4/25, 2:01:10 PM]", 50_470.0),
        ("[04/03/2025, 14:01]", 50_460.0),
        ("00:00:01:05 - 00:00:03:10", 1.0),
        ("00;00;01;05", 1.0),
        ("0 minutes 4 seconds", 4.0),
        ("1 hour 2 minutes 3 seconds", 3723.0),
        ("[0m09s]", 9.0),
        ("0:1:2 --> 0:1:4", 62.0),
    ],
)
def test_a_time_is_in_seconds_of_the_recording_or_of_the_day(written: str, seconds: float) -> None:
    assert seconds_of(written) == seconds
    assert time_alone(written, 0, len(written)) == seconds


@pytest.mark.parametrize("form", ["20 minutes", "2 people", "10.30", "Room 12:1"])
def test_what_only_looks_like_a_time_is_none(form: str) -> None:
    assert time_alone(form, 0, len(form)) is None


@pytest.mark.parametrize(
    "form",
    [
        "#00:00:{0:02}-0# {1}: {2}\n",
        "#00:00:{0:02}#{1}: {2}\n\n",
        "#00:00:{0:02}-0#\n{1}: {2}\n\n",
        "{1} - 00:{0:02}\n{2}\n\n",
        "{1}    00:00:{0:02}    {2}\n",
        "{1} | 00:{0:02}\n{2}\n\n",
        "{1}: 00:{0:02} {2}\n",
        "{1}:\n00:{0:02}\n{2}\n\n",
        "{1}:\n[00:00:{0:02}] {2}\n\n",
        "{1} 0 minutes {0} seconds\n{2}\n",
        "{1}\n0 minutes {0} seconds\n0:{0:02}\n{2}\n",
        "00:00:{0:02}:05 - 00:00:59:10\n{1}\n{2}\n\n",
        "00;00;{0:02};05 - 00;00;59;10\n{1}\n{2}\n\n",
        "[0m{0:02}s] {1}: {2}\n",
        "**[00:{0:02}] {1}:** {2}\n\n",
        "**{1}** - 00:{0:02} {2}\n\n",
    ],
)
def test_the_time_of_a_turn_is_read_wherever_it_stands(form: str) -> None:
    text = "".join(form.format(int(at), label, words) for at, (label, words) in zip(SECONDS, TALK, strict=True)) * 2
    expected = [(label, at, words) for at, (label, words) in zip(SECONDS, TALK, strict=True)]
    assert read(text) == expected * 2


def test_a_mark_of_f4_behind_the_words_says_when_the_turn_ended() -> None:
    text = "I: Where was it? #00:00:04-2#\n\nB: At the mill. #00:00:09-8#\n\nI: And then? #00:00:11-0#\n\nB: Up.\n"
    assert read(text) == [
        ("I", None, "Where was it?"),
        ("B", 4.2, "At the mill."),
        ("I", 9.8, "And then?"),
        ("B", 11.0, "Up."),
    ]


def test_a_time_behind_the_words_that_nobody_could_have_reached_says_when_they_began() -> None:
    text = "Anna: Where was it, do you think? [00:00]\nBob: Up. [00:09]\nAnna: And then? [00:10]\nBob: Down. [00:12]\n"
    assert [time for _, time, _ in read(text)] == [0.0, 9.0, 10.0, 12.0]


def test_a_time_behind_the_words_of_one_turn_is_words() -> None:
    text = "Anna: Where was it?\nBob: At the mill [00:09]\nAnna: And then?\nBob: Up.\n"
    assert read(text)[1] == ("Bob", None, "At the mill [00:09]")


def test_a_short_timed_line_below_a_label_is_what_it_says() -> None:
    text = "Anna:\n[00:01] So?\n\nBob:\n[00:04] Well, yes.\n\nAnna:\n[00:09] Mm-hm.\n\nBob:\n[00:12] Right.\n"
    assert read(text)[2:] == [("Anna", 9.0, "Mm-hm."), ("Bob", 12.0, "Right.")]


def test_the_half_of_the_day_is_in_no_label() -> None:
    chat = "3/4/25, 2:01 PM - Anna: So?\n3/4/25, 2:03 PM - +44 7700 900123: Well.\n" * 2
    assert read(chat)[:2] == [("Anna", 50_460.0, "So?"), ("+44 7700 900123", 50_580.0, "Well.")]
    lines = "Anna Berg\n  2:01 PM\nSo?\nBob Roe\n  2:02 PM\nWell.\n" * 3
    assert read(lines)[:2] == [("Anna Berg", 50_460.0, "So?"), ("Bob Roe", 50_520.0, "Well.")]
    assert [label for label, _, _ in read("00:12:31 PM: So?\n00:12:35 AB: Well.\n" * 3)][:2] == ["PM", "AB"]


def test_a_date_above_the_first_turn_is_nobody() -> None:
    talk = "[00:01] Anna Berg: So?\n[00:04] Bob Roe: Well.\n" * 2
    assert [label for label, _, _ in read(f"Talk 7\nMarch 4th 2025 - 14:01\n\n{talk}")] == ["Anna Berg", "Bob Roe"] * 2


def test_a_short_file_whose_labels_stand_below_times_has_speakers() -> None:
    text = "".join(f"00:00:0{at}:05 - 00:00:59:10\nSpeaker {at % 2 + 1}\nWell.\n\n" for at in range(4))
    assert [label for label, _, _ in read(text)] == ["Speaker 1", "Speaker 2"] * 2


def test_times_behind_the_words_are_read_where_letters_ask_and_answer() -> None:
    text = "Q: Where was it? #00:00:04-1#\n\nA: At the mill. #00:00:09-3#\n\n" * 2
    assert read(text)[:2] == [("Q", None, "Where was it?"), ("A", 4.1, "At the mill.")]


@pytest.mark.parametrize("speaker_format", [None, "label-line"])
@pytest.mark.parametrize(
    "text",
    [
        "1 minute 4 seconds\nR1+R3: both\n1 minute 4 seconds\n1 minute 4 seconds",
        "1 minute 4 seconds\n1 minute 4 seconds",
        "0:01\n0:02\nAnna\n0:03\n0:04\nBob\n0:05\n",
    ],
)
def test_no_time_is_of_two_marks(text: str, speaker_format: str | None) -> None:
    ends = [(turn.label_start, turn.end) for turn in find_turns(text, speaker_format=speaker_format).turns]
    assert all(end <= following for (_, end), (following, _) in pairwise(ends))


def test_a_line_above_that_is_the_mark_before_is_no_time() -> None:
    text = "1 minute 4 seconds\n1 minute 4 seconds"
    assert [turn.label_start for turn in find_turns(text, speaker_format="label-line").turns] == [0, 19]


def test_a_time_in_the_next_mark_is_not_of_a_label_above_it() -> None:
    text = "Anna\n[00:01] Bob: So?\nAnna\n[00:04] Bob: Well.\n" * 2
    assert all(turn.label_start <= turn.start for turn in find_turns(text).turns)
