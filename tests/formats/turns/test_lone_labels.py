"""Lines that are only the label of a recognised speaker."""

from __future__ import annotations

import pytest

from fwanalysis.formats.turns.find import find_turns


def turns(text: str) -> list[tuple[str | None, float | None, str]]:
    """Each turn of speech: label, time, words."""
    return [
        (turn.label, turn.time, text[turn.start : turn.end]) for turn in find_turns(text).turns if turn.kind == "speech"
    ]


@pytest.mark.parametrize(
    ("timed", "lone"),
    [
        ("{}  00:{:02}\n", "{}\n"),
        ("{}  00:{:02}\n", "{} \n"),
        ("{} (00:{:02})\n", "{}\n"),
        ("[{}] (0:{:02} - 0:59)\n", "[{}]\n"),
        ("[{}] 0:{:02}\n", "[{}]\n"),
    ],
)
def test_labels_of_which_only_some_have_a_time_all_begin_turns(timed: str, lone: str) -> None:
    text = "\n".join(
        [
            f"{timed.format('Ida Moe', 1)}Who keeps the ferry?\n",
            f"{timed.format('K12', 6)}My aunt.\n",
            f"{lone.format('Ida Moe')}And before her?\n",
            f"{lone.format('K12')}Nobody did.\n",
            f"{timed.format('Ida Moe', 31)}Thank you.\n",
            f"{timed.format('K12', 35)}Not at all.\n",
        ]
    )
    assert turns(text) == [
        ("Ida Moe", 1, "Who keeps the ferry?"),
        ("K12", 6, "My aunt."),
        ("Ida Moe", None, "And before her?"),
        ("K12", None, "Nobody did."),
        ("Ida Moe", 31, "Thank you."),
        ("K12", 35, "Not at all."),
    ]
    assert find_turns(text).warnings == ()


def test_labels_without_a_time_above_those_with_one_begin_turns_if_they_recur() -> None:
    lone = "[Ida]\nWho?\n\n[Per]\nI.\n\n[Ida]\nWhen?\n\n"
    timed = "[Ida] (0:01)\nNow?\n\n[Per] (0:04)\nNo.\n\n[Ida] (0:09)\nOh.\n\n"
    assert [label for label, _, _ in turns(lone + timed)] == ["Ida", "Per", "Ida", "Ida", "Per", "Ida"]


def test_a_list_of_names_above_the_first_turn_begins_no_turn() -> None:
    listed = "Ida\nPer\nA morning at the ferry\n\n"
    timed = "Ida  0:01\nNow?\n\nPer  0:04\nNo.\n\nIda  0:09\nOh.\n\n"
    assert [label for label, _, _ in turns(listed + timed)] == ["Ida", "Per", "Ida"]


def test_a_known_label_alone_on_its_line_begins_a_turn_and_is_reported() -> None:
    text = "Ida: Who keeps it?\n\nPer: I do.\n\nIda\nAnd the boat?\n\nPer: My aunt's.\n\nIda: I see.\n\nPer: Yes.\n"
    assert turns(text)[2] == ("Ida", None, "And the boat?")
    (warning,) = find_turns(text).warnings
    assert "only the speaker label" in warning.message
    assert warning.start == text.index("Ida\n")


@pytest.mark.parametrize("lone", ["Per\n\n", "Per"])
def test_a_name_that_is_an_answer_begins_no_turn_but_is_reported(lone: str) -> None:
    text = f"Ida: Who keeps it?\n\nPer: I do.\n\nIda: Who?\n\nK1: Him.\n\n{lone}"
    below = "Ida: I see.\n\nPer: Yes.\n" if lone.endswith("\n\n") else ""
    assert all(words for _, _, words in turns(text + below))
    assert any(warning.start == text.rindex("Per") for warning in find_turns(text + below).warnings)


def test_other_spellings_of_a_label_alone_on_a_line_are_words() -> None:
    text = "Hope: Who keeps it?\n\nPer: I do.\n\nhope\nis a word.\n\nHope: Who?\n\nPer: Him.\n\nHope: Oh.\n"
    assert "hope\nis a word." in turns(text)[1][2]


@pytest.mark.parametrize("opening", ["IdaAnd the boat?", "### IdaAnd the boat?", "**IdaAnd the boat?**"])
def test_a_known_label_glued_to_the_words_after_it_is_reported(opening: str) -> None:
    opening = opening.replace("Ida", "Interviewer")
    text = f"Interviewer: Who keeps it?\n\nPer: I do.\n\n{opening}\n\nPer: My aunt's.\n\nInterviewer: Oh.\n"
    headings = frozenset({text.index("###")} if "###" in text else ())
    found = find_turns(text, headings=headings)
    assert [w.start for w in found.warnings if "line break" in w.message] == [text.index(opening)]


@pytest.mark.parametrize("word", ["Interviewers agree.", "Pernille came.", "McInterviewerA"])
def test_a_word_that_only_begins_like_a_label_is_not_reported(word: str) -> None:
    text = f"Interviewer: Who keeps it?\n\nPer: I do.\n\n{word}\n\nPer: My aunt's.\n\nInterviewer: Oh.\n"
    assert not [w for w in find_turns(text).warnings if "line break" in w.message]
