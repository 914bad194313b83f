"""Styles: each is recognised with the evidence that decided, chosen over the whole file, and can be chosen by a
person."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS, speaker_format_named
from fwanalysis.formats.speakers.role_inference import behaviour, infer_speakers
from fwanalysis.formats.turns.find import Found, find_turns


def spoken(text: str, found: Found) -> list[tuple[str | None, str]]:
    return [
        (turn.label, " ".join(text[turn.start : turn.end].split()))
        for turn in found.turns
        if turn.kind is TurnKind.SPEECH
    ]


def times(found: Found) -> list[float | None]:
    return [turn.time for turn in found.turns if turn.kind is TurnKind.SPEECH]


TALK = [("Anna Berg", "How so?"), ("Bob Roe", "Well. More of it."), ("Anna Berg", "Mm.")]
LONGER = [*TALK, ("Bob Roe", "Yes."), ("Anna Berg", "And?"), ("Bob Roe", "No.")]

NAMED = {
    "label-line": "Anna Berg\nHow so?\n\nBob Roe\nWell.\n\nMore of it.\n\nAnna Berg\nMm.\n\n"
    "Bob Roe\nYes.\n\nAnna Berg\nAnd?\n\nBob Roe\nNo.\n",
    "label-line without blank lines": "Anna Berg\nHow so?\nBob Roe\nWell.\nMore of it.\nAnna Berg\nMm.\n"
    "Bob Roe\nYes.\nAnna Berg\nAnd?\nBob Roe\nNo.\n",
    "label-bracket": "[Anna Berg] How so?\n[Bob Roe] Well.\nMore of it.\n[Anna Berg] Mm.\n"
    "[Bob Roe] Yes.\n[Anna Berg] And?\n[Bob Roe] No.\n",
    "label-bracket with a colon": "[Anna Berg]: How so?\n[Bob Roe]: Well.\nMore of it.\n[Anna Berg]: Mm.\n"
    "[Bob Roe]: Yes.\n[Anna Berg]: And?\n[Bob Roe]: No.\n",
    "label-angle": "<Anna Berg> How so?\n<Bob Roe> Well.\nMore of it.\n<Anna Berg> Mm.\n"
    "<Bob Roe> Yes.\n<Anna Berg> And?\n<Bob Roe> No.\n",
    "heading-label": "### Anna Berg\n\nHow so?\n\n### Bob Roe\n\nWell.\n\nMore of it.\n\n### Anna Berg\n\nMm.\n\n"
    "### Bob Roe\n\nYes.\n\n### Anna Berg\n\nAnd?\n\n### Bob Roe\n\nNo.\n",
    "bold-label alone": "**Anna Berg**\n\nHow so?\n\n**Bob Roe**\n\nWell.\n\nMore of it.\n\n**Anna Berg**\n\nMm.\n\n"
    "**Bob Roe**\n\nYes.\n\n**Anna Berg**\n\nAnd?\n\n**Bob Roe**\n\nNo.\n",
    "bold-time": "**Anna Berg** 0:03 How so?\n\n**Bob Roe** 0:09 Well.\n\nMore of it.\n\n**Anna Berg** 0:20 Mm.\n\n"
    "**Bob Roe** 0:25 Yes.\n\n**Anna Berg** 0:30 And?\n\n**Bob Roe** 0:31 No.\n",
    "number-label": "1 Anna Berg: How so?\n2 Bob Roe: Well.\nMore of it.\n3 Anna Berg: Mm.\n"
    "4 Bob Roe: Yes.\n5 Anna Berg: And?\n6 Bob Roe: No.\n",
    "label-time": "Anna Berg (00:01): How so?\nBob Roe (00:02): Well.\nMore of it.\nAnna Berg (00:03): Mm.\n"
    "Bob Roe (00:04): Yes.\nAnna Berg (00:05): And?\nBob Roe (00:06): No.\n",
    "time-label above": "00:01 Anna Berg\nHow so?\n\n00:02 Bob Roe\nWell.\nMore of it.\n\n00:03 Anna Berg\nMm.\n\n"
    "00:04 Bob Roe\nYes.\n\n00:05 Anna Berg\nAnd?\n\n00:06 Bob Roe\nNo.\n",
    "time-label with a day": "[12/03/2024, 10:00:01] Anna Berg: How so?\n[12/03/2024, 10:00:02] Bob Roe: Well.\n"
    "More of it.\n[12/03/2024, 10:00:03] Anna Berg: Mm.\n[12/03/2024, 10:00:04] Bob Roe: Yes.\n"
    "[12/03/2024, 10:00:05] Anna Berg: And?\n[12/03/2024, 10:00:06] Bob Roe: No.\n",
}


@pytest.mark.parametrize("speaker_format", NAMED)
def test_each_style_is_recognised_with_a_reason_and_without_doubts(speaker_format: str) -> None:
    found = find_turns(NAMED[speaker_format])
    assert found.speaker_format == speaker_format.split(" ", maxsplit=1)[0]
    assert spoken(NAMED[speaker_format], found) == LONGER
    assert found.warnings == ()
    assert "one of 2 labels" in found.reason


@pytest.mark.parametrize("speaker_format", NAMED)
def test_each_style_can_be_chosen_and_finds_the_same(speaker_format: str) -> None:
    text = NAMED[speaker_format]
    headings = {at for at in range(len(text)) if text.startswith("### ", at)}
    guessed = find_turns(text, headings=headings)
    chosen = find_turns(text, headings=headings, speaker_format=guessed.speaker_format)
    assert (chosen.speaker_format, chosen.turns) == (guessed.speaker_format, guessed.turns)
    assert chosen.reason.startswith("you chose this format")


def test_the_reason_counts_what_decided_and_what_the_next_best_style_would_find() -> None:
    text = "Interviewer: So?\n\nP07: Yes.\n\n" * 3 + "More.\n\n**P07:** No.\n"
    found = find_turns(text)
    assert found.reason == (
        "6 of 8 paragraphs begin with one of 2 labels and a colon, 1 more in another format;"
        " as bold-label (**Anna:** Well.) only 1 would"
    )
    assert found.speaker_formats == ("bold-label",)


def test_every_style_has_a_name_a_description_and_an_example() -> None:
    assert len({speaker_format.name for speaker_format in SPEAKER_FORMATS}) == len(SPEAKER_FORMATS)
    assert all(
        speaker_format.description and speaker_format.example and speaker_format.evidence
        for speaker_format in SPEAKER_FORMATS
    )
    assert speaker_format_named("label-colon").example == "Anna: Well."


def test_an_unknown_style_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        InvalidInput, match=r'There is no speaker format "colons". Formats: label-time, time-label, .*none'
    ):
        find_turns("Anna: yes", speaker_format="colons")


def test_a_style_that_finds_nothing_leaves_no_turns_and_a_doubt() -> None:
    found = find_turns("Interviewer: So?\nP07: Yes.\n", speaker_format="label-bracket")
    assert (found.speaker_format, found.turns, found.speaker_formats) == ("none", (), ("label-colon",))
    assert [warning.message for warning in found.warnings] == [
        'Nothing in this file is in the format label-bracket ("[Anna] Well."), so it has no turns.'
    ]


def test_a_person_may_choose_a_style_that_too_little_speaks_for() -> None:
    text = "Anna\nHow so?\nBob\nWell.\n"
    assert find_turns(text).speaker_format == "none"
    assert spoken(text, find_turns(text, speaker_format="label-line")) == [("Anna", "How so?"), ("Bob", "Well.")]


def test_a_person_may_choose_that_nobody_speaks() -> None:
    assert find_turns("Interviewer: So?\nP07: Yes.\n", speaker_format="none").turns == ()


def test_the_form_of_teams_in_one_paragraph_is_cut_where_the_bold_run_ends() -> None:
    text = "Anna Berg   0:03 How so?\nBob Roe   0:09 Well.\nMore of it.\nAnna Berg   1:00 Mm.\n"
    starts = {text.index("Anna"): 9, text.index("Bob"): 7, text.rindex("Anna"): 9}
    found = find_turns(text, bold={at: at + length for at, length in starts.items()})
    assert found.speaker_format == "bold-time"
    assert spoken(text, found) == TALK
    assert times(found) == [3.0, 9.0, 60.0]


def test_the_form_of_teams_with_a_line_break_in_the_paragraph_is_cut_there() -> None:
    text = "Anna Berg   0:03\nHow so?\nBob Roe   0:09\nWell.\nMore of it.\nAnna Berg   1:00\nMm.\n"
    bold = {text.index("Anna"): 9, text.index("Bob"): text.index("Bob") + 7}
    found = find_turns(text, bold=bold)
    assert found.speaker_format == "label-time"
    assert spoken(text, found) == TALK
    assert times(found) == [3.0, 9.0, 60.0]


def test_a_time_alone_on_the_line_above_or_below_a_label_belongs_to_the_mark() -> None:
    above = "[00:01]\nAnna: So?\n\n[00:09]\nBob: Yes.\n\n[01:00]\nAnna: Mm.\n\n[01:10]\nBob: No.\n"
    below = "Anna Lee\n0:01\nSo?\n\nBob Roe\n0:09\nYes.\n\nAnna Lee\n1:00\nMm.\n\nBob Roe\n1:10\nNo.\n" * 2
    for text in (above, below):
        found = find_turns(text)
        assert times(found)[:4] == [1.0, 9.0, 60.0, 70.0]
        assert [words for _, words in spoken(text, found)][:4] == ["So?", "Yes.", "Mm.", "No."]


def test_short_answers_alone_on_their_line_are_no_labels() -> None:
    text = "Anna Lee\nSo?\nBob Roe\nRight\nAnna Lee\nAnd?\nBob Roe\nRight\nAnna Lee\nReally?\nBob Roe\nSure\n" * 2
    found = find_turns(text)
    assert {label for label, _ in spoken(text, found)} == {"Anna Lee", "Bob Roe"}
    assert spoken(text, found)[1] == ("Bob Roe", "Right")


@pytest.mark.parametrize("answer", ["Oh.", "Mm.", "כן.", "对。"])
def test_short_answers_with_a_full_stop_are_no_labels_in_any_script(answer: str) -> None:
    text = f"Interviewer\nSo?\n\nP07\nIt was.\n\n{answer}\n\n" * 6
    found = find_turns(text)
    assert spoken(text, found)[:2] == [("Interviewer", "So?"), ("P07", f"It was. {answer}")]


@pytest.mark.parametrize("label", ["Int.", "A.B.", "Roe Jr.", "P."])
def test_initials_and_what_shortens_a_role_may_be_labels_alone_on_their_line(label: str) -> None:
    text = f"{label}\nSo?\n\nP07\nIt was.\n\n" * 6
    assert spoken(text, find_turns(text))[:2] == [(label, "So?"), ("P07", "It was.")]


@pytest.mark.parametrize("sign", [":", "."])
def test_questions_and_answers_by_letter_are_two_voices_whatever_their_numbers(sign: str) -> None:
    text = "".join(f"Q{n}{sign} Why {n}?\nA{n}{sign} Because.\nAnd more.\n" for n in range(1, 5))
    found = find_turns(text)
    assert found.speaker_format == "question-answer"
    assert spoken(text, found)[:2] == [("Q", "Why 1?"), ("A", "Because. And more.")]
    assert {turn.label for turn in found.turns} == {"Q", "A"}


def test_questions_in_capitals_are_an_interviewers_and_what_follows_is_somebodys() -> None:
    said = ("INTERVIEW WITH P07", "HOW DID IT START?", "With the BBC.", "NO!", "WHAT THEN?", "This.", "SO?", "Sleep.")
    text = "\n\n".join(said)
    found = find_turns(text)
    assert found.speaker_format == "capital-questions"
    assert found.turns[0].kind is TurnKind.PREAMBLE
    assert spoken(text, found) == [
        ("Interviewer", "HOW DID IT START?"),
        (None, "With the BBC. NO!"),
        ("Interviewer", "WHAT THEN?"),
        (None, "This."),
        ("Interviewer", "SO?"),
        (None, "Sleep."),
    ]
    assert all(turn.label_start == turn.start for turn in found.turns)
    (speaker,) = infer_speakers(behaviour(text, found.turns), speaker_format=found.speaker_format)
    assert (speaker.role, speaker.role_reason) == (Role.INTERVIEWER, "asks the questions in capitals")


def test_numbered_questions_have_their_number_as_the_mark() -> None:
    text = "1. How did it start?\n\nWith a letter.\n\n1. not this\n\n2. What\nthen?\nThis.\n\n3. Tell me more.\n\nNo.\n"
    found = find_turns(text)
    assert found.speaker_format == "numbered-questions"
    assert spoken(text, found) == [
        ("Interviewer", "How did it start?"),
        (None, "With a letter. 1. not this"),
        ("Interviewer", "What then?"),
        (None, "This."),
        ("Interviewer", "Tell me more."),
        (None, "No."),
    ]
    marks = [text[turn.label_start : turn.start] for turn in found.turns if turn.label]
    assert marks == ["1. ", "2. ", "3. "]
    (speaker,) = infer_speakers(behaviour(text, found.turns), speaker_format=found.speaker_format)
    assert (speaker.role, speaker.role_reason) == (Role.INTERVIEWER, "asks the numbered questions")


@pytest.mark.parametrize(
    "text",
    [
        "1. Why?\n2. What?\n3. Who?\n4. When?\n",
        "1. Apples are red.\n\nYes.\n\n2. Pears are green.\n\nYes.\n\n3. Plums are blue.\n\nYes.\n",
        "A LETTER\n\nDear all.\n\nTHE SECOND PART OF IT\n\nMore.\n\nTHE LAST PART OF IT\n\nEnd.\n",
        "# One\n\ntext\n\n# Two\n\ntext\n\n# Three\n\ntext\n",
        "[laughs] So.\n\n[laughs] And.\n\n[pause] Then.\n\n[laughs] No.\n",
        "Introduction\nWords.\n\nMethods\nWords.\n\nResults\nWords.\n",
    ],
)
def test_lists_headings_and_noises_are_nobodys_turns(text: str) -> None:
    assert find_turns(text).turns == ()


def test_where_only_the_moderator_is_labelled_the_other_paragraphs_are_turns_of_nobody_named() -> None:
    for gap in ("\n\n", "\n"):
        text = gap.join(["Moderator: How so?", "Well.", "I thought not.", "Moderator: And?", "This.", "Moderator: So?"])
        found = find_turns(text)
        assert spoken(text, found) == [
            ("Moderator", "How so?"),
            (None, "Well."),
            (None, "I thought not."),
            ("Moderator", "And?"),
            (None, "This."),
            ("Moderator", "So?"),
        ]
        (warning,) = found.warnings
        assert warning.start == text.index("Well.")
        assert warning.message == (
            'Only "Moderator" is labelled; the 3 paragraphs without a label became turns without a speaker.'
        )


def test_a_single_voice_that_does_not_ask_keeps_its_paragraphs() -> None:
    text = "P07: It began in May.\n\nAnd then more.\n\nP07: It ended.\n\nFor good.\n"
    assert spoken(text, find_turns(text)) == [
        ("P07", "It began in May. And then more."),
        ("P07", "It ended. For good."),
    ]


def test_a_focus_group_may_have_dozens_of_speakers() -> None:
    text = "".join(f"P{n:02}: I am {n}.\n\nModerator: Thanks, and you?\n\n" for n in range(1, 61)) * 2
    found = find_turns(text)
    assert len({turn.label for turn in found.turns}) == 61
    assert found.merges == ()


def test_brackets_inside_sentences_and_at_their_beginning_are_words() -> None:
    text = (
        "[Anna] I went to [the hospital] there.\n[Bob] Oh.\n[laughs] Really.\n"
        "[Anna] And [inaudible 00:12] so.\n[the nurse] came.\n[Bob] Yes.\n[Anna] No.\n[Bob] Oh.\n"
    )
    found = find_turns(text)
    assert spoken(text, found)[:4] == [
        ("Anna", "I went to [the hospital] there."),
        ("Bob", "Oh. [laughs] Really."),
        ("Anna", "And [inaudible 00:12] so. [the nurse] came."),
        ("Bob", "Yes."),
    ]


def test_labels_of_right_to_left_scripts_are_read_past_the_invisible_signs() -> None:
    text = "\u200fדנה: שלום?\n\u200fיוסי\u200f: כן.\n\u200fדנה: מה?\nיוסי: לא.\n"
    found = find_turns(text)
    assert [label for label, _ in spoken(text, found)] == ["דנה", "יוסי"] * 2
    assert found.turns[0].label_start == 0
