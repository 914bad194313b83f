"""What is doubtful in a transcript is said with its place: drifted labels, near-marks, what is nobody's speech."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fwanalysis.domain.importing import LabelMerge
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.turns.find import Found, find_turns


def told(text: str, found: Found) -> list[tuple[str, str]]:
    """Return each warning, with the text at its place."""
    return [
        (warning.message, text[warning.start : warning.start + 12])
        for warning in found.warnings
        if warning.start is not None
    ]


def test_labels_that_drift_stay_two_and_are_proposed_for_merging() -> None:
    text = "Interviewer: So?\nParticipant: Yes.\n" * 5 + "Interviewer1: So?\nPaticipant: No.\nInterviewer 1: So?\n"
    text += "Participant: Yes.\nInterviewer 1: So?\nParticipant: Yes.\n"
    found = find_turns(text)
    assert {turn.label for turn in found.turns} == {
        "Interviewer",
        "Interviewer1",
        "Interviewer 1",
        "Participant",
        "Paticipant",
    }
    assert found.merges == (
        LabelMerge(
            "Interviewer1", "Interviewer 1", "they differ only in spaces, punctuation or zeros: once against 2 times"
        ),
        LabelMerge("Paticipant", "Participant", "they differ by one letter: once against 7 times"),
    )


@pytest.mark.parametrize(
    ("label", "into"),
    [
        ("Speaker4", "Speaker 4"),
        ("P 07", "P07"),
        ("P7", "P07"),
        ("FG1 3", "FG1-3"),
        ("Anna Brg", "Anna Berg"),
        ("Jose Diaz", "José Díaz"),
        ("Modertaor", "Moderator"),
        ("Enqueteur", "Enquêteur"),
        ("Jerod Snato", "Jerod Santo"),
    ],
)
def test_slips_of_the_pen_are_proposed(label: str, into: str) -> None:
    assert [(found.label, found.into) for found in merges({into: 20, label: 1})] == [(label, into)]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Speaker 1", "Speaker 2"),
        ("Speaker 1", "Speaker 11"),
        ("P07", "P08"),
        ("FG1-1", "FG1-2"),
        ("FG1-1", "FG2-1"),
        ("FG1-11", "FG11-1"),
        ("Speaker A", "Speaker B"),
        ("Nurse II", "Nurse III"),
        ("Interviewer", "Interviewee"),
        ("Interviewer", "Interviewer 2"),
        ("Mr Smith", "Mrs Smith"),
        ("Male 1", "Female 1"),
        ("MSM", "MSN"),
        ("Ann", "Dan"),
        ("Anna", "Bert"),
    ],
)
def test_labels_that_tell_voices_apart_are_never_proposed(label: str, other: str) -> None:
    assert merges({label: 20, other: 1}) == ()
    assert merges({label: 1, other: 20}) == ()


def test_two_frequent_names_that_differ_in_a_letter_are_two_people() -> None:
    assert merges({"Anna Berg": 20, "Anna Borg": 15}) == ()


def test_a_line_that_begins_with_a_known_label_without_its_mark_is_said() -> None:
    text = "Speaker 1: a\n\nParticipant: b\n\nSpeaker 1. c\n\nParticipant - d\n\nParticipant\n\nParticipants agree.\n\n"
    text += "Speaker 1: e\n\nParticipant: f\n"
    found = find_turns(text)
    assert [place for _, place in told(text, found)] == ["Speaker 1. c", "Participant ", "Participant\n"]
    assert ["not in the format" in message for message, _ in told(text, found)] == [True, True, False]


def test_a_known_label_inside_a_paragraph_is_said_because_a_line_break_may_be_missing() -> None:
    text = "Interviewer: So?\n\nP07: Yes. Interviewer: And then? More.\n\nInterviewer: Oh?\n\nP07: My P07: no.\n"
    found = find_turns(text)
    assert told(text, found) == [
        ('"Interviewer:" occurs inside a paragraph; a line break may be missing before it.', "Interviewer:")
    ]


def test_labels_that_are_no_speakers_are_set_aside_and_said_once() -> None:
    text = "Ann Lee: So?\n\nSponsor: Buy soap.\n\nBob Roe: Yes.\n\nBreak:\n\nAnn Lee: So?\n\nBreak:\n\nBob Roe: No.\n"
    found = find_turns(text)
    asides = [text[turn.start : turn.end] for turn in found.turns if turn.kind is TurnKind.EXCLUDED]
    assert asides == ["Sponsor: Buy soap.", "Break:", "Break:"]
    assert told(text, found) == [
        ('"Sponsor" is not a speaker; its text was excluded.', "Sponsor: Buy"),
        ('"Break" is not a speaker; its text was excluded (2 times).', "Break:\n\nAnn "),
    ]


@pytest.mark.parametrize(
    "preamble",
    [
        "Talk with P07\n\nAnna Berg started transcription",
        "A talk\nMon, Jun 3, 2024 10:00AM • 45:10\n\nSUMMARY KEYWORDS\nwork, home\n\nSPEAKERS\nAnna Berg, Bob Roe",
        "Audio file\ntalk.mp3\n\nTranscript",
        "Date: 3 June\nInterviewer: J. Smith\nPlace: at home",
    ],
)
def test_what_programs_and_people_put_at_the_top_is_a_preamble(preamble: str) -> None:
    talk = "".join(f"Anna Berg  0:0{n}\nSo?\n\nBob Roe  0:0{n + 1}\nYes.\n\n" for n in range(1, 7, 2))
    text = f"{preamble}\n\n{talk}"
    found = find_turns(text)
    assert found.turns[0].kind is TurnKind.PREAMBLE
    assert text[: found.turns[0].end] == preamble
    assert [turn.label for turn in found.turns[1:]] == ["Anna Berg", "Bob Roe"] * 3


def test_that_the_transcription_was_stopped_is_an_aside() -> None:
    text = "Anna Berg   0:03\nSo?\n\nBob Roe   0:09\nYes.\n\nAnna Berg   0:15\nMm.\n\nAnna Berg stopped transcription\n"
    found = find_turns(text)
    last = found.turns[-1]
    assert (last.kind, text[last.start : last.end]) == (TurnKind.EXCLUDED, "Anna Berg stopped transcription")


def test_the_word_for_a_recording_within_what_is_said_sets_nothing_aside() -> None:
    text = "Ann: So? The recording, the recording.\n\nBob: She started the recording late.\n\nAnn: Ah.\n\nBob: Mm."
    assert [turn.kind for turn in find_turns(text).turns] == [TurnKind.SPEECH] * 4


def test_a_line_that_names_the_recording_twice_is_set_aside_once() -> None:
    text = "Ann: So?\n\nBob: Yes.\n\nAnn: Ah.\n\nBob: Mm.\n\n  The recording: Ann stopped recording. \n\nAnn: Bye."
    aside, _ = find_turns(text).turns[-2:]
    assert (aside.kind, text[aside.start : aside.end]) == (TurnKind.EXCLUDED, "The recording: Ann stopped recording.")


@pytest.mark.parametrize(
    "footer",
    [
        "Transcribed by https://otter.ai",
        "Transcribed with care by J. Reed, 3 June",
        "Transcript generated by a machine",
        "This transcript was exported on 3 June 2026",
    ],
)
def test_what_a_program_writes_below_a_transcript_is_nobody_s_speech(footer: str) -> None:
    text = f"Anna Berg  0:03\nSo?\n\nBob Roe  0:09\nYes.\n\nAnna Berg  0:15\nMm.\n\n{footer}\n"
    found = find_turns(text)
    last, spoken = found.turns[-1], found.turns[-2]
    assert (last.kind, text[last.start : last.end]) == (TurnKind.EXCLUDED, footer)
    assert text[spoken.start : spoken.end] == "Mm."
    assert told(text, found) == [(f'"{footer}" was written by a program and was excluded.', footer[:12])]


def test_a_speaker_may_say_transcribed_by() -> None:
    text = "Anna: So?\nBob: Yes.\nAnna: How?\nBob: Transcribed by hand, as all was then.\n"
    assert find_turns(text).turns[-1].label == "Bob"


def test_the_side_of_a_tape_on_a_line_of_its_own_is_an_aside() -> None:
    text = "Interviewer: So?\n\nP07: Yes.\n\nSIDE TWO\n\nInterviewer: So?\n\nP07: No.\n\nEnd of recording\n"
    found = find_turns(text)
    asides = [text[turn.start : turn.end] for turn in found.turns if turn.kind is TurnKind.EXCLUDED]
    assert asides == ["SIDE TWO", "End of recording"]


def test_a_colon_typed_twice_is_a_mark_and_a_name_of_code_is_none() -> None:
    text = "Interviewer: So?\nP07:: Yes.\nInterviewer: So?\nP07: std::vector\nP07::x\n"
    found = find_turns(text)
    assert [text[turn.start : turn.end] for turn in found.turns] == ["So?", "Yes.", "So?", "std::vector\nP07::x"]


def test_the_same_doubt_again_and_again_is_counted() -> None:
    text = "Speaker 1: a\n\nSpeaker 2: b\n\nSpeaker 1. c\n\n" * 60
    warnings = find_turns(text).warnings
    assert len(warnings) == 41
    assert sum(warning.message.startswith("20 more warnings of this kind: This para") for warning in warnings) == 1


@pytest.mark.parametrize(
    "line",
    [
        "word " * 200_000,
        " " * 1_000_000 + "x",
        ("Anna Berg Carla Dora Eva" + " " * 300 + "x\n") * 3_000,
        ("*" * 240 + "\n") * 4_000,
        ("[" * 240 + "\n") * 4_000,
        ("0:00" * 60 + "\n") * 4_000,
        ("### Anna" + " " * 200 + "x\n") * 5_000,
        ("A\t" * 120 + "\n") * 4_000,
        "\n \n" * 200_000,
        "Anna: " + "a " * 400_000,
        "Anna: a\n\nBo: b\n\n" * 3 + "interview" + " " * 20_000 + "x",
    ],
)
def test_lines_that_a_careless_pattern_would_never_be_done_with_are_read(line: str) -> None:
    found = find_turns(line)
    assert all(one.end <= other.start for one, other in pairwise(found.turns))
