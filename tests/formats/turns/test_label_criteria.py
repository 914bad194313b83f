"""What is written like a speaker label and is none."""

from __future__ import annotations

import pytest

from fwanalysis.formats.turns.find import find_turns

BOLD = "**Una Dorn:** Where was the mill?\n\n**Pit Kell:** By the weir.\n\n"
PLAIN = "Una: Where was the mill?\n\nPit: By the weir.\n\n"


def labels(text: str) -> set[str]:
    """The labels of the turns of a text."""
    return {turn.label for turn in find_turns(text).turns if turn.label}


@pytest.mark.parametrize("opening", ["So I", "And then", "But we", "Then", "When I", "So"])
@pytest.mark.parametrize("times", [1, 3])
def test_the_first_words_of_a_sentence_before_a_time_are_no_label(opening: str, times: int) -> None:
    text = BOLD * 2 + f"{opening} [00:01:00] moved to the mill.\n\n" * times + BOLD
    assert labels(text) == {"Una Dorn", "Pit Kell"}


@pytest.mark.parametrize("sound", ["Jingle", "JINGLE", "Theme music", "Sting", "Sound effect", "Musique"])
@pytest.mark.parametrize("form", ["**{}**: \\[04:15\\]\n\n", "**{}:** \\[04:15\\] to \\[04:50\\]\n\n"])
def test_labels_of_sounds_are_excluded(sound: str, form: str) -> None:
    text = BOLD * 2 + form.format(sound) + BOLD
    found = find_turns(text)
    assert labels(text) == {"Una Dorn", "Pit Kell"}
    assert [turn.start for turn in found.turns if turn.kind == "excluded"] == [len(BOLD * 2)]


@pytest.mark.parametrize(
    "line",
    [
        "Weir Plan (No 7): https://example.org/7",
        "MORE INFO:\nhttps://example.org/more",
        "Further Reading: www.example.org",
        "Slides: [the mill](https://example.org/mill)",
        "Mail: mailto:una@example.org",
        "Links:\n- https://example.org/1",
    ],
)
@pytest.mark.parametrize("talk", [PLAIN, BOLD])
def test_a_label_that_only_occurs_before_a_link_is_no_speaker(line: str, talk: str) -> None:
    text = talk * 2 + f"{line}\n\n" + talk
    assert len(labels(text)) == 2


def test_a_speaker_who_sends_a_link_once_is_one() -> None:
    assert labels(PLAIN * 2 + "Una: https://example.org/7\n\n" + PLAIN) == {"Una", "Pit"}


@pytest.mark.parametrize("who", ["Dorn, Una (1234)", "Una Dorn", "Una"])
@pytest.mark.parametrize("event", ["stopped transcription", "started transcription", "stopped recording"])
def test_that_a_recording_began_or_ended_is_no_turn(who: str, event: str) -> None:
    talk = "Una 0:03\nWhere was the mill?\n\nPit 0:09\nBy the weir.\n\nUna 0:13\nI see.\n\nPit 0:18\nYes.\n\n"
    text = f"{talk}{who} {event}"
    assert labels(text) == {"Una", "Pit"}
    assert text[find_turns(text).turns[3].start :].startswith("Yes.")
    assert find_turns(text).turns[3].end == len(talk.rstrip())


LISTS = ("优点：轻。\n\n缺点：贵。\n\n", "好处：轻。\n\n坏处：贵。\n\n", "長所：軽い。\n\n短所：高い。\n\n")


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("talk", ["问：会冻吗？\n\n答：不会。\n\n", "王芳：会冻吗？\n\n李明：不会。\n\n"])
def test_a_list_in_a_script_without_capitals_is_no_speaker(listed: str, talk: str) -> None:
    known = {talk[: talk.index("：")], talk.split("\n\n")[1].partition("：")[0]}
    assert labels(talk * 3 + listed + talk * 3) == known
    assert labels(listed + talk * 3) == known


def test_one_more_speaker_in_a_script_without_capitals_is_one() -> None:
    talk = "王芳：会冻吗？\n\n李明：不会。\n\n"
    assert labels(talk * 3 + "护士：请进。\n\n" + talk) == {"王芳", "李明", "护士"}


@pytest.mark.parametrize(
    "questions",
    [
        "问：会冻吗？\n\n答：不会。\n\n问：谁烧？\n\n答：作坊。\n\n",
        "Question: Does it hold?\n\nAnswer: It does.\n\nQuestion: Who fires it?\n\nAnswer: Two works.\n\n",
        "Q: Does it hold?\n\nA: It does.\n\nQ: Who fires it?\n\nA: Two works.\n\n",
    ],
)
@pytest.mark.parametrize(
    "body", ["I speak of three mills.\n\n" * 4, "今天讲三个磨坊。\n\n优点：轻。\n\n缺点：贵。\n\n"]
)
def test_a_talk_that_ends_in_questions_keeps_its_body_as_one_text_above_them(body: str, questions: str) -> None:
    above, *turns = find_turns(body + questions).turns
    assert (above.kind, above.end) == ("preamble", len(body.rstrip()))
    assert len({turn.label for turn in turns}) == 2


def test_a_question_mark_on_most_labels_of_a_speaker_is_a_convention() -> None:
    text = "Una ?: Where was it?\n\nPit: By the weir.\n\n" * 3
    assert find_turns(text).warnings == ()
    assert labels(text) == {"Una", "Pit"}


def test_a_question_mark_on_one_label_of_several_is_reported() -> None:
    text = PLAIN * 3 + "Pit?: Or below it.\n\n"
    (warning,) = find_turns(text).warnings
    assert warning.start == text.index("Pit?")
