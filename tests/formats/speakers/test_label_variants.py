"""Labels as meetings, captions, committees, broadcasts and agencies write them."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.turns.find import find_turns


def read(text: str) -> list[tuple[str | None, str]]:
    turns = find_turns(text).turns
    return [(turn.label, text[turn.start : turn.end]) for turn in turns if turn.kind is TurnKind.SPEECH]


def labels(text: str) -> list[str | None]:
    return [label for label, _ in read(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg | Mill Trust", "P7"),
        ("Berg, Anna", "Roe, Bob"),
        ("Berg, Anna", "Interviewer"),
        ("+1 555 010 0199", "Anna Berg"),
        ("44770****123", "Anna Berg"),
        ("Interviewer:in", "Befragte:r 1"),
        ("Interviewer*in", "Befragte*r"),
        ("Anna Berg (Interviewer, University of the Mill)", "Bob Roe (Miller, The Northern and Southern Mill)"),
        ("The Chair (Mr. Bob Roe (Mill—Brook, Lib.))", "Ms. Anna Berg"),
    ],
)
def test_each_has_the_own_words_under_the_whole_label(one: str, other: str) -> None:
    assert read(f"{one}: So?\n{other}: Well, it was.\n" * 3) == [(one, "So?"), (other, "Well, it was.")] * 3


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (">> ANNA: ", ">> BOB: ", ["ANNA", "BOB"]),
        ("[Speaker:0] ", "[Speaker:1] ", ["Speaker:0", "Speaker:1"]),
        ("[04/03/2025, 14:01:10] ~ Anna: ", "[04/03/2025, 14:01:12] Bob: ", ["Anna", "Bob"]),
        ("Q1 Anna Berg: ", "Bob Roe: ", ["Anna Berg", "Bob Roe"]),
        ("INTERVIEWER00:12 ", "ANNA BERG00:20 ", ["INTERVIEWER", "ANNA BERG"]),
    ],
)
def test_what_stands_around_a_label_is_not_in_it(one: str, other: str, shown: list[str]) -> None:
    assert read(f"{one}So?\n{other}Well.\n" * 3) == [(shown[0], "So?"), (shown[1], "Well.")] * 3


def test_a_dash_with_blanks_around_it_marks_a_label() -> None:
    for dash in "-–—":
        text = f"Interviewer {dash} So?\nAnna {dash} Well, a well-known one {dash} the mill.\n" * 3
        assert find_turns(text).speaker_format == "label-dash"
        assert read(text)[:2] == [("Interviewer", "So?"), ("Anna", f"Well, a well-known one {dash} the mill.")]


@pytest.mark.parametrize(
    "text",
    [
        "Tools\n\nSaw - cuts wood.\nPlane - makes it flat.\nHammer - for nails.\nFile - for edges.\n",
        "Changes\n\nFix - the gate.\nFix - the roof.\nFix - the door.\nAdd - a window.\n",
    ],
)
def test_a_list_with_dashes_is_no_talk(text: str) -> None:
    assert read(text) == []


def test_a_comma_before_a_colon_in_speech_is_no_label() -> None:
    text = (
        "Anna Berg: So?\nBob Roe: It was so.\nWell, Anna: it was.\nGod, Anna: no.\n"
        + "Anna Berg: Oh?\nBob Roe: Yes.\n" * 3
    )
    assert set(labels(text)) == {"Anna Berg", "Bob Roe"}


def test_a_post_behind_a_comma_makes_a_label_even_once() -> None:
    text = "ANNA BERG, HOST: So it began.\nBERG: Yes?\nROE: Well.\nBERG: And?\nROE: So.\n"
    assert labels(text) == ["ANNA BERG, HOST", "BERG", "ROE", "BERG", "ROE"]


def test_the_line_that_says_who_examines_is_no_speaker() -> None:
    assert form("BY MR. ROE") is LabelForm.NONE
    assert form("By Anna") is not LabelForm.NONE


@pytest.mark.parametrize("label", ["FG1-F", "FG1-ALL", "FG2-M3", "P_03 & P_04", "R1+R3", "Male 1/Male 2", "P1 and P2"])
def test_members_of_a_group_and_several_together_are_typical(label: str) -> None:
    assert form(label) is LabelForm.TYPICAL


def test_two_who_speak_together_once_have_their_words() -> None:
    text = "[INT]: So?\n[P_03]: Well.\n[INT]: And?\n[P_03 & P_04]: Nobody came.\n[INT]: Oh.\n[P_04]: No.\n"
    assert read(text)[3] == ("P_03 & P_04", "Nobody came.")
