"""Turns in plain texts: the styles, what is no label, and the laws of positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.turns.find import Found, find_turns
from fwanalysis.formats.turns.label_candidates import read_lines


def spoken(text: str, found: Found | None = None) -> list[tuple[str | None, str]]:
    """Label and words of every numbered turn."""
    found = found or find_turns(text)
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def kinds(text: str, found: Found) -> list[tuple[str, str]]:
    return [(turn.kind.value, text[turn.label_start : turn.end]) for turn in found.turns]


SPEAKER_FORMATS = {
    "label-colon": "Interviewer: How so?\n\nP07: Well.\n\nMore of it.\n\nInterviewer: Mm.\n",
    "label-colon with a tab": "INT:\tHow so?\nP07:\tWell.\n\nMore of it.\nINT:\tMm.\n",
    "label-colon without blank": "Interviewer:How so?\nP07:Well.\nMore of it.\nInterviewer:Mm.\n",
    "bold-label": "**Interviewer:** How so?\n\n**P07**: Well.\n\nMore of it.\n\n**Interviewer:** Mm.\n",
    "label-time": "Interviewer: 00:00:15\n\nHow so?\n\nP07 0:20\nWell.\nMore of it.\n\nInterviewer: 1:00\n\nMm.",
    "label-time in brackets": "Interviewer [00:15]\nHow so?\nP07 (0:20)\nWell.\nMore of it.\nInterviewer (01:00):\nMm.",
    "time-label": "[00:12:31] Interviewer: How so?\n[00:12:35] P07: Well.\nMore of it.\n[00:12:40] Interviewer: Mm.\n",
    "label-tab": "Interviewer\tHow so?\nP07\tWell.\nMore of it.\nInterviewer\tMm.\n",
}


@pytest.mark.parametrize("speaker_format", SPEAKER_FORMATS)
def test_each_style_is_recognised_and_unmarked_paragraphs_join_the_turn(speaker_format: str) -> None:
    text = SPEAKER_FORMATS[speaker_format]
    found = find_turns(text)
    assert found.speaker_format == speaker_format.split(" ", maxsplit=1)[0]
    words = [(label, " ".join(said.split())) for label, said in spoken(text, found)]
    asker = "INT" if "INT" in text else "Interviewer"
    assert words == [(asker, "How so?"), ("P07", "Well. More of it."), (asker, "Mm.")]
    assert not found.warnings


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("[00:12:31] P07: yes", 751.0),
        ("12:31 P07: yes", 751.0),
        ("\\[1:02:03.5\\] P07: yes", 3723.5),
        ("[00:00:07 - 00:00:09] P07: yes", 7.0),
        ("P07: [00:31] yes", 31.0),
        ("P07 (00:31): yes", 31.0),
        ("**P07:** \\[00:31\\] yes", 31.0),
        ("P07: yes", None),
    ],
)
def test_the_time_of_a_mark_is_in_seconds_and_not_in_the_words(line: str, seconds: float | None) -> None:
    turn = find_turns(f"{line}\nInterviewer: Mm.\n").turns[0]
    assert (turn.label, turn.time, turn.label_start) == ("P07", seconds, 0)
    assert line[turn.start : turn.end] == "yes"


def test_a_time_that_is_the_whole_answer_stays_words_where_labels_have_colons() -> None:
    text = "Interviewer: When?\nP07: 10:30\nInterviewer: Every day?\nP07: Every day.\n"
    found = find_turns(text)
    assert spoken(text, found)[1] == ("P07", "10:30")
    assert found.turns[1].time is None


def test_the_style_is_chosen_over_the_whole_file_and_not_by_its_first_line() -> None:
    text = "Interviewer: hello\n\n" + "**P07:** yes\n\n**Interviewer:** and?\n\n" * 3
    found = find_turns(text)
    assert found.speaker_format == "bold-label"
    assert len(spoken(text, found)) == 7


def test_every_mark_begins_a_turn_even_of_the_same_speaker() -> None:
    text = "P01: one\n\nP01: two\n\nInterviewer: three?"
    assert spoken(text) == [("P01", "one"), ("P01", "two"), ("Interviewer", "three?")]


def test_labels_that_differ_in_case_or_outer_white_space_are_one_speaker_in_its_usual_spelling() -> None:
    text = "Speaker 1: a\nSpeaker 2: b\nSPEAKER  1: c\nspeaker 2 : d\nSpeaker 1: e\nSpeaker 2: f\n"
    assert [label for label, _ in spoken(text)] == ["Speaker 1", "Speaker 2"] * 3


@pytest.mark.parametrize(
    "label",
    [
        *(
            "P07",
            "FG1-3",
            "FG1 P2",
            "Interviewer",
            "Int",
            "Q",
            "MODERATOR",
            "Speaker 1",
            "SPEAKER_01",
            "Participant #3",
        ),
        *(
            "JANE DOE",
            "E. David Aja",
            "Zoë van Dijk",
            "Mary-Jane O’Neill",
            "[Redacted]",
            "P01 (nurse)",
            "主持人",
            "Марина",
        ),
    ],
)
def test_labels_of_many_forms_are_speakers(label: str) -> None:
    text = f"{label}: one\n\nA. Nother: two\n\n{label}: three\n\nA. Nother: four\n"
    assert [found for found, _ in spoken(text)] == [label, "A. Nother"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Note: this is not speech.",
        "And then he said: go away.",
        "https://example.org/a is the page.",
        "10:30 was the time.",
        "See http://example.org for that.",
        "We had three: red, blue, green.",
        "The thing is: nobody asked.",
        "For example: the socks.",
        "Remember: never on a Friday.",
    ],
)
def test_what_is_no_label_stays_in_the_turn(line: str) -> None:
    text = f"Interviewer: And?\n\nP07: Well.\n\n{line}\n\nInterviewer: I see.\n\nP07: Yes.\n"
    found = find_turns(text)
    assert spoken(text, found)[1] == ("P07", f"Well.\n\n{line}")
    assert len(spoken(text, found)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Just a letter.\n\nWith two paragraphs.",
        "The Steady Step\n\nWhen: Tuesday\nWhere: the hotel\nCost: free\n\nMuch has happened since the last issue.",
        "LS1: the racecourse hotel\nLS2: online\nLS3: the racecourse hotel again\n\nA long text about it.\n\nAnd more.",
        "He said: go.\n\nShe said: no.\n\nThey left at 10:30 and that was that.",
        "Alder\t240\nBirch\t58\nCedar\t180\n",
        "参考：https://example.org\n\n题目：一个简单的背景介绍。\n\n各位早上好！",
        "",
        " \n\t\n",
    ],
)
def test_a_text_without_speakers_has_no_turns(text: str) -> None:
    found = find_turns(text)
    assert (found.speaker_format, found.turns, found.warnings, found.speaker_formats) == ("none", (), (), ())


def test_what_stands_before_the_first_mark_is_a_preamble() -> None:
    text = "Interview 3\nheld in June\n\nInterviewer: So?\n\nP03: Yes.\n"
    found = find_turns(text)
    assert kinds(text, found)[0] == ("preamble", "Interview 3\nheld in June")
    assert found.turns[0].label is None


def test_the_people_named_in_a_block_of_facts_at_the_top_do_not_speak_there() -> None:
    body = "Interviewer: So?\n\nP03: Yes.\n\nInterviewer: Why?\n\nP03: Because.\n"
    for head in (
        "Interviewer: J. Smith\nParticipant: P03\nDate: 3 June\n\n",
        "Date: 3 June\nInterviewer: J. Smith\n\n",
    ):
        found = find_turns(head + body)
        assert found.turns[0].kind is TurnKind.PREAMBLE
        assert [words for _, words in spoken(head + body, found)] == ["So?", "Yes.", "Why?", "Because."]


def test_facts_directly_above_the_first_turn_do_not_swallow_it() -> None:
    text = "Date: 3 June\nInterviewer: So what was it like at the beginning?\n\nP03: Fine.\n"
    assert [label for label, _ in spoken(text)] == ["Interviewer", "P03"]


@pytest.mark.parametrize("label", ["Break", "Outro", "Intro", "Coffee break"])
def test_known_non_speakers_are_set_aside_until_the_next_mark(label: str) -> None:
    text = f"Ann Lee: one\n\n**{label}**: \\[27:45\\]\n\nmusic plays\n\nBob Roe: two\n\nAnn Lee: three\n"
    found = find_turns(text)
    assert kinds(text, found)[1] == ("excluded", f"**{label}**: \\[27:45\\]\n\nmusic plays")
    assert [found for found, _ in spoken(text, found)] == ["Ann Lee", "Bob Roe", "Ann Lee"]


def test_a_heading_is_set_aside_and_words_below_it_without_a_label_are_reported() -> None:
    text = "P1: one\n# Part two\nP2: two\n# Part three\nunlabelled\nP1: three\n"
    headings = {text.index("# Part two"), text.index("# Part three")}
    found = find_turns(text, headings=headings)
    assert [kind for kind, _ in kinds(text, found)] == ["speech", "excluded", "speech", "excluded", "speech"]
    (warning,) = found.warnings
    assert warning.start == text.index("# Part three")


def test_a_numbered_label_that_comes_once_is_kept() -> None:
    text = "Moderator: one?\n\nP03: two.\n\nP04: three.\n\nP03: four.\n\nModerator: five?\n"
    assert ("P04", "three.") in spoken(text)


def test_a_name_that_comes_once_among_names_is_kept() -> None:
    text = "Ann Lee: one?\n\nBob Roe: two.\n\nAnn Lee: three?\n\nCarla Poe: four.\n\nBob Roe: five.\n"
    assert ("Carla Poe", "four.") in spoken(text)


def test_an_odd_label_that_comes_once_is_left_in_the_turn_and_reported_with_its_place() -> None:
    text = "Interviewer: one?\n\nP03: two.\n\nHousekeeping Person: sorry!\n\nInterviewer: three?\n\nP03: four.\n"
    found = find_turns(text)
    assert spoken(text, found)[1] == ("P03", "two.\n\nHousekeeping Person: sorry!")
    (warning,) = found.warnings
    assert warning.start == text.index("Housekeeping")
    assert "Housekeeping Person" in warning.message


def test_a_paragraph_that_begins_with_a_known_label_but_no_mark_is_reported() -> None:
    text = "Speaker 1: one\n\nSpeaker 2: two\n\nSpeaker 1. three\n\nSpeaker 2: four\n"
    found = find_turns(text)
    assert [warning.start for warning in found.warnings] == [text.index("Speaker 1. three")]
    assert ("Speaker 2", "two\n\nSpeaker 1. three") in spoken(text, found)


def test_times_alone_make_turns_of_nobody() -> None:
    text = "Recording 7\n\n[00:01] One thing.\n\n[00:09] Another.\n\n[01:00] A third.\n"
    found = find_turns(text)
    assert found.speaker_format == "time"
    assert spoken(text, found) == [(None, "One thing."), (None, "Another."), (None, "A third.")]
    assert [turn.time for turn in found.turns] == [None, 1.0, 9.0, 60.0]


def test_a_turn_without_words_is_kept() -> None:
    text = "Interviewer: \n\nP01: yes\n\nInterviewer:"
    turns = find_turns(text).turns
    assert [(turn.label, turn.start == turn.end) for turn in turns] == [
        ("Interviewer", True),
        ("P01", False),
        ("Interviewer", True),
    ]


def test_the_columns_of_a_table_may_be_named_in_its_first_row() -> None:
    text = "Speaker\tText\nInterviewer\tSo?\nP01\tYes.\nInterviewer\tAnd?\nP01\tNo.\n"
    assert [label for label, _ in spoken(text)] == ["Interviewer", "P01"] * 2


def test_bold_beginnings_of_lines_are_labels_where_the_format_knows_them() -> None:
    text = "Interviewer So?\nP01 Yes.\nThe end\nInterviewer And?\n"
    bold = {0: 11, text.index("P01"): text.index(" Yes"), text.index("Interviewer And"): text.index(" And")}
    assert spoken(text, find_turns(text, bold=bold)) == [
        ("Interviewer", "So?"),
        ("P01", "Yes.\nThe end"),
        ("Interviewer", "And?"),
    ]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["P01: yes", "Interviewer: so?", "**P02:** well", "[00:01:02] P01: ah", "P01 0:12", "", "  ", "\t"]
        ),
        st.sampled_from(
            ["# Heading", "Break:", "Note: no", "P01:", "Jane Doe:\t ", "[00:02]", "Date: June", "A\tB", "\u0085"]
        ),
        st.text(st.characters(codec="utf-8"), max_size=30),
    ),
    max_size=25,
)


@given(LINES)
def test_turns_are_ordered_and_leave_out_nothing_but_white_space(lines: list[str]) -> None:
    text = "\n".join(lines)
    headings = {
        found for found in range(len(text)) if text.startswith("# ", found) and (not found or text[found - 1] == "\n")
    }
    found = find_turns(text, headings=headings)
    at = 0
    for turn in found.turns:
        assert at <= turn.label_start <= turn.start <= turn.end <= len(text)
        assert not text[at : turn.label_start].strip()
        words = text[turn.start : turn.end]
        assert words == words.strip()
        at = turn.end
    assert not found.turns or not text[at:].strip()
    assert (found.speaker_format == "none") == (not found.turns)
    for warning in found.warnings:
        assert warning.start is not None
        assert 0 <= warning.start < len(text)


@pytest.mark.parametrize(
    "label",
    [
        "P07",
        "Å",
        "Mara O'Neil-Voss",
        "J. R. Kim",
        "Nurse 2",
        "Ann (on the phone)",
        "Ben (laughing)",
        "12",
        "李雷",
        "a b",
        "It",
    ],
)
@pytest.mark.parametrize("words", ["Yes.", "and 12:30 came", "[00:12] yes", "10 of us", "", "Åse said", "(laughs) no"])
def test_a_colon_within_strong_emphasis_reads_as_one_behind_it(label: str, words: str) -> None:
    within, behind = (read_lines(f"**{written} {words}", {}, {}) for written in (f"{label}:**", f"{label}**:"))
    assert within.candidates == behind.candidates
    assert within.others == behind.others
