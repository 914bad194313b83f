"""Which labels are speakers: names with something added, in lower case, or that are words of a header elsewhere."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.turns.find import Found, find_turns


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
    assert [warning.message for warning in found.warnings] == [
        '"anna" looks like a speaker label but was read as text. If it is a speaker, use --speaker anna.',
        '"note" looks like a speaker label but was read as text. If it is a speaker, use --speaker note.',
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P1 (F, 34):", "Interviewer [AB]:"),
        ("Participant [P3]:", "P2 (M, 50):"),
        ("**Participant (P3, nurse):**", "**Interviewer**:"),
        ("Smith, Bob (TRUST):", "Berg, Anna (TRUST):"),
        ("[00:01:02] Smith, Bob:", "[00:01:02] Berg, Anna (TRUST):"),
        ("**Smith, Bob** 0:03", "**Berg, Anna (TRUST)** 0:09"),
        ("Smith, Bob   0:03\n", "Berg, Anna (TRUST)   0:09\n"),
    ],
)
def test_commas_and_brackets_may_stand_in_labels(one: str, other: str) -> None:
    text = f"{one} So?\n\n{other} Well, Bob: no.\n\n" * 3
    assert [words for _, words in spoken(text)] == ["So?", "Well, Bob: no."] * 3
    bare = [mark.strip(" \n:*").removeprefix("[00:01:02] ").split("  ")[0].split("** ")[0] for mark in (one, other)]
    assert labels(text) == bare * 3


def test_a_surname_before_the_name_is_the_label_of_a_bold_run() -> None:
    turns = ["Smith, Bob (TRUST)   0:03 So?\n", "Berg, Anna   0:09 Well.\n"] * 3
    starts = [sum(map(len, turns[:place])) for place in range(6)]
    found = find_turns("".join(turns), bold={at: at + (18, 10)[place % 2] for place, at in enumerate(starts)})
    assert found.speaker_format == "bold-time"
    assert [(turn.label, turn.time) for turn in found.turns] == [("Smith, Bob (TRUST)", 3.0), ("Berg, Anna", 9.0)] * 3


def test_a_question_mark_behind_a_label_is_a_doubt_about_the_voice() -> None:
    text = "Interviewer: So?\nP3: Well.\nInterviewer: And?\nP3?: Yes.\n"
    found = find_turns(text)
    assert [turn.label for turn in found.turns] == ["Interviewer", "P3"] * 2
    (warning,) = found.warnings
    assert (warning.message, warning.start) == (
        '"P3?": the transcriber was not sure who speaks here.',
        text.index("P3?"),
    )


@pytest.mark.parametrize("mood", ["(laughing)", "[sighs]", "\\[laughs\\]"])
def test_how_somebody_speaks_is_not_in_the_label(mood: str) -> None:
    assert labels(f"Interviewer: So?\nP3: Well.\nInterviewer: And?\nP3 {mood}: Yes.\n") == ["Interviewer", "P3"] * 2


def test_a_label_that_bold_letters_only_begin_is_read_whole() -> None:
    expected = [("Interviewer 1", "So?"), ("P3", "I say so"), ("P07", "yes")] * 2
    assert spoken("**Interviewer** 1: So?\n\n**P**3: I say so\n\n**P0**7: yes\n\n" * 2) == expected
    lines = ["Interviewer 1: So?\n", "P3: I say so\n", "P07: yes\n"] * 2
    starts = [sum(map(len, lines[:place])) for place in range(6)]
    bold = {at: at + (11, 1, 2)[place % 3] for place, at in enumerate(starts)}
    assert spoken("".join(lines), find_turns("".join(lines), bold=bold)) == expected


@pytest.mark.parametrize(("slip", "meant"), [("PO7", "P07"), ("P0l", "P01"), ("P1O", "P10")])
def test_a_letter_for_a_digit_is_a_voice_of_its_own_until_a_person_merges_it(slip: str, meant: str) -> None:
    found = find_turns(f"Interviewer: So?\n{meant}: yes\n" * 3 + f"Interviewer: So?\n{slip}: no\n")
    assert found.turns[-1].label == slip
    assert [(merge.label, merge.into) for merge in found.merges] == [(slip, meant)]


def test_a_slip_of_a_slip_is_proposed_for_the_right_spelling() -> None:
    proposed = merges({"Participant": 20, "Particpant": 4, "Partcpant": 1})
    assert [(merge.label, merge.into) for merge in proposed] == [
        ("Particpant", "Participant"),
        ("Partcpant", "Participant"),
    ]
    assert proposed[1].reason == "they differ by two letters: once against 20 times"


@pytest.mark.parametrize("gap", ["\n", ""])
@pytest.mark.parametrize("cast", [("Anna Berg", "Bob Roe"), ("Interviewer", "P07")])
def test_times_with_an_arrow_and_without_zeros_in_front_are_no_words(cast: tuple[str, str], gap: str) -> None:
    said = zip(range(5, 17), cast * 6, strict=True)
    text = "".join(f"0:0:{n}.0 --> 0:0:{n + 1}.130\n{label}\nSo it is.\n{gap}" for n, label in said)
    found = find_turns(text)
    assert spoken(text, found) == [(label, "So it is.") for label in cast * 6]
    assert [turn.time for turn in found.turns] == list(range(5, 17))
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("09:01:12 From Anna Smith to Everyone : ", "09:01:15 From  Bob Roe  to  Anna Smith(Direct Message): "),
        ("09:01:12\t From  Anna Smith : ", "09:01:15\t From  Bob Roe : "),
        ("03/03/2023, 10:12 - Anna Smith: ", "03/03/2023, 10:13 - Bob Roe: "),
        ("3.3.23, 10:12 PM - Anna Smith: ", "3.3.23, 10:13 PM - Bob Roe: "),
    ],
)
def test_chats_have_the_sender_as_the_label(one: str, other: str) -> None:
    text = f"{one}Hi\n{other}Hello: you\nand more\n" * 3
    assert spoken(text) == [("Anna Smith", "Hi"), ("Bob Roe", "Hello: you\nand more")] * 3


def test_a_text_of_labels_that_nobody_believes_looks_like_a_transcript() -> None:
    found = find_turns(
        "he said: go\nshe said: no\nhe said: why\nand then: so\nshe goes: well\nhe said: yes\n" + "No.\n" * 6
    )
    assert found.turns == ()
    assert [warning.message for warning in found.warnings] == [
        "This looks like a transcript, but no speakers were recognised. Choose a format with --speaker-format."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Section A: your day\n\nQuestion 1: What is it like?\nProbe: at home\nPrompt: work\n\n"
        "Question 2: And then?\nProbe: later\nPrompt: sleep\n\nQuestion 3: More?\nProbe: x\nPrompt: y\n",
        "1. How is your work?\nProbe: a day\n\n2. What is hard?\nProbe: time\n\n3. What else?\nPrompt: pay\n",
        "Patient: a person who is treated.\n\nCarer: a person who cares.\n\nClient: somebody who pays.\n\nAnd so on.\n",
        "".join(f"{day}: I went out.\n\n" for day in ("Monday", "Tuesday", "Wednesday", "Thursday")) * 3,
    ],
)
def test_guides_definitions_and_diaries_are_no_transcripts(text: str) -> None:
    assert find_turns(text).turns == ()


@pytest.mark.parametrize("pair", [("Interviewer", "P3"), ("Anna Berg", "Bob Roe")])
def test_the_points_of_one_answer_are_words_and_are_told(pair: tuple[str, str]) -> None:
    one, other = pair
    talk = f"{one}: So?\n\n{other}: Well.\n\n" * 4
    found = find_turns(talk + "Cost: a\n\nQuality: b\n\n" * 3 + talk)
    assert [turn.label for turn in found.turns] == [*pair] * 8
    assert [warning.message for warning in found.warnings] == [
        '"Cost" looks like a speaker label but was read as text. If it is a speaker, use --speaker Cost.',
        '"Quality" looks like a speaker label but was read as text. If it is a speaker, use --speaker Quality.',
    ]


@pytest.mark.parametrize("written", ["{}: {}\n", "{}\n{}\n\n", "{} - {}\n", "[{}] {}\n\n"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prof. Lind", "Capt. Roe"),
        ("Prof. Dr. Lind", "Bob"),
        ("Interviewer", "Head of ward"),
        ("Ann Berg", "Ward sister"),
        ("Int.", "Resp."),
    ],
)
def test_titles_jobs_and_shortened_roles_are_labels_in_every_form(written: str, one: str, other: str) -> None:
    text = "".join(written.format(one, "So, and then?") + written.format(other, "Well, it rained.") for _ in range(4))
    found = find_turns(text)
    assert spoken(text, found) == [(one, "So, and then?"), (other, "Well, it rained.")] * 4
    assert not found.warnings


def test_the_number_of_a_line_before_some_labels_is_none_of_them() -> None:
    text = (
        "   I: So?\n   P: Well,\n   yes.\n   I: And?\n5  P: It\n   rained.\n   I: Oh.\n   P: For\n   days.\n10 I: So?\n"
    )
    assert labels(text) == ["I", "P", "I", "P", "I", "P", "I"]


def test_somebody_whom_nobody_knows_is_a_voice_though_it_speaks_but_once() -> None:
    text = "Ann: So?\nBob: Well.\n" * 4 + "Unknown woman: Is this seat free?\nBob: It is.\n"
    assert labels(text)[-2:] == ["Unknown woman", "Bob"]


def test_what_a_researcher_notes_below_a_transcript_is_nobodys() -> None:
    talk = "Ann: So?\n\nBob: Well.\n\n" * 4
    text = f"{talk}Memo: Bob was sad.\n\nField notes\n\nThe mill was cold.\n"
    found = find_turns(text)
    assert labels(text) == ["Ann", "Bob"] * 4
    assert [text[turn.start : turn.end] for turn in found.turns[8:]] == [
        "Memo: Bob was sad.",
        "Field notes\n\nThe mill was cold.",
    ]
    assert len(found.warnings) == 2


def test_a_short_sentence_in_bold_is_no_label_however_often_it_comes() -> None:
    text = "**Ann:** So?\n\n**Bob:** Well.\n\n**Never.** It was so.\n\n" * 4
    assert labels(text) == ["Ann", "Bob"] * 4


def test_a_space_without_width_before_a_label_is_no_part_of_it() -> None:
    text = "\u200bAnn: So?\nBob\u200b: Well.\n" * 4
    assert labels(text) == ["Ann", "Bob"] * 4
