"""Times without brackets that lines begin with, and times alone on a line among labels."""

from __future__ import annotations

import pytest

from fwanalysis.formats.speaker_formats import NO_LABELS, TIME
from fwanalysis.formats.turns.find import find_turns

WORDS = ("The ferry left at six.", "My aunt kept it.", "Nobody else would.", "That was the last year.")


def lined(*times: str) -> str:
    """A text of a line for each time, with words behind it."""
    return "\n\n".join(f"{time} {words}" for time, words in zip(times, WORDS, strict=True)) + "\n"


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        (("00:00:02", "00:00:09", "00:01:10", "01:00:00"), [2, 9, 70, 3600]),
        (("01:00:02", "01:00:09", "01:01:10", "02:00:00"), [3602, 3609, 3670, 7200]),
        (("0:02", "0:09", "1:10", "60:00"), [2, 9, 70, 3600]),
        (("00:00", "00:09", "01:10", "02:00"), [0, 9, 70, 120]),
        (("00:00:02 - 00:00:08", "00:00:09 - 00:00:30", "00:01:10 - 00:01:19", "00:02:00 - 00:02:09"), [2, 9, 70, 120]),
        (("[00:02]", "[00:09]", "[01:10]", "[02:00]"), [2, 9, 70, 120]),
    ],
)
def test_lines_that_begin_with_a_time_of_a_recording_are_turns_without_a_speaker(
    times: tuple[str, ...], seconds: list[float]
) -> None:
    text = lined(*times)
    found = find_turns(text)
    assert found.speaker_format == TIME
    assert [(turn.label, turn.time, text[turn.start : turn.end]) for turn in found.turns] == [
        (None, time, words) for time, words in zip(seconds, WORDS, strict=True)
    ]


@pytest.mark.parametrize(
    "times",
    [
        ("9:00", "9:30", "10:15", "12:00"),
        ("10:30 AM", "11:30 AM", "1:00 PM", "2:00 PM"),
        ("00:00:20", "00:00:09", "00:00:04", "00:00:01"),
        ("0:30", "0:12", "1:10", "0:02"),
    ],
)
def test_times_of_a_day_or_results_are_no_turns(times: tuple[str, ...]) -> None:
    assert find_turns(lined(*times)).speaker_format == NO_LABELS


def test_two_lines_with_a_time_are_too_few() -> None:
    assert find_turns("00:00:02 The ferry left.\n\n00:00:09 My aunt kept it.\n").speaker_format == NO_LABELS


def test_the_chosen_format_takes_any_times_before_words() -> None:
    found = find_turns(lined("9:00", "9:30", "10:15", "12:00"), speaker_format=TIME)
    assert len(found.turns) == 4


def test_labels_win_over_times_without_brackets() -> None:
    text = "".join(f"00:00:{at:02} {who}: {WORDS[0]}\n\n" for at, who in enumerate(["Ida", "Per"] * 3, 1))
    assert {turn.label for turn in find_turns(text).turns} == {"Ida", "Per"}


@pytest.mark.parametrize(
    "others", ["Ida  {}\nWhere?\n\nPer  {}\nHere.\n\n", "[Ida] ({})\nWhere?\n\n[Per] ({})\nHere.\n\n"]
)
@pytest.mark.parametrize("untimed", [0, 1])
def test_a_time_alone_among_labels_with_times_is_a_turn_without_a_speaker(others: str, untimed: int) -> None:
    first, last = others.format("0:01", "0:05"), others.format("0:40", "0:44")
    lone = others.replace("  {}", "").replace(" ({})", "") * untimed
    text = f"{first}0:30\nAnd then it rained?\n\n{last}{lone}"
    found = find_turns(text)
    (turn,) = [turn for turn in found.turns if turn.label is None]
    assert (turn.time, text[turn.start : turn.end]) == (30, "And then it rained?")
    assert [warning.start for warning in found.warnings if "without a speaker" in warning.message] == [
        text.index("0:30")
    ]


def test_a_time_alone_among_labels_without_times_interrupts_nobody() -> None:
    text = "Ida: Where?\n\nPer: Here.\n\n0:30\nAnd it rained.\n\nIda: Oh.\n\nPer: Yes.\n"
    spoken = [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text).turns if turn.kind == "speech"]
    assert ("Per", "And it rained.") in spoken
