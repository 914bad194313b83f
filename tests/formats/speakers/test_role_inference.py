"""Roles and kinds of sources, guessed from labels and from how voices speak."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.formats.speakers.label_variants import full_names, merges
from fwanalysis.formats.speakers.role_inference import Behaviour, behaviour, infer_kind, infer_speakers, swapped_roles
from fwanalysis.formats.speakers.role_lexicon import ANSWERS
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSpeaker


def roles(text: str) -> dict[str, Role]:
    return {speaker.label: speaker.role for speaker in guessed(text)}


def guessed(text: str) -> tuple[ParsedSpeaker, ...]:
    return infer_speakers(behaviour(text, find_turns(text).turns))


def kind(text: str, stem: str = "P01") -> SourceKind:
    spoken = behaviour(text, find_turns(text).turns)
    return infer_kind(stem, infer_speakers(spoken), spoken)


ASKING = Behaviour(10, 8, 90)
TELLING = Behaviour(10, 0, 900)

TALK = """{0}: How was it?

{1}: It was long, and I was tired of it by then.

{0}: And after?

{1}: After that we slept.
"""


@pytest.mark.parametrize("label", ["Interviewer", "INT", "I", "Q", "Moderator", "Facilitator", "Researcher 2", "Int1"])
def test_labels_that_say_who_asks_are_interviewers(label: str) -> None:
    assert roles(TALK.format(label, "Ann Lee")) == {label: Role.INTERVIEWER, "Ann Lee": Role.PARTICIPANT}


@pytest.mark.parametrize("label", ["P07", "A", "Participant", "Respondent 3", "F02", "FG1-3", "Interviewee"])
def test_labels_that_say_who_answers_are_participants(label: str) -> None:
    assert roles(TALK.format("Ann Lee", label)) == {"Ann Lee": Role.INTERVIEWER, label: Role.PARTICIPANT}


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Entrevistadora",
            "Interviewerin",
            "Enquêtrice",
            "Intervistatore 2",
            "Moderador",
            "Ведущий",
            "采访者",
            "司会",
        ),
        *("Dr. Roe (Interviewer)", "Moderator Lee", "Co-moderator", "Int. 2", "[Interviewer]", "Enque\u0302teur"),
    ],
)
def test_who_asks_is_known_in_many_languages(label: str) -> None:
    asker = infer_speakers({label: ASKING, "Ann Lee": TELLING})[0]
    assert (asker.role, asker.role_reason) == (Role.INTERVIEWER, f'the label "{label}" says so')


@pytest.mark.parametrize(
    "label",
    [
        "Befragte",
        "Entrevistado 3",
        "Répondante",
        "Participante",
        "受访者",
        "P01 (researcher)",
        "Research participant 2",
    ],
)
def test_who_answers_is_known_in_many_languages(label: str) -> None:
    answerer = infer_speakers({"Ann Lee": ASKING, label: TELLING})[1]
    assert answerer.role is Role.PARTICIPANT
    assert "says so" in answerer.role_reason


@pytest.mark.parametrize(
    ("label", "role", "reason"),
    [
        ("Interpreter", Role.OTHER, "says so"),
        ("Note-taker", Role.OTHER, "says so"),
        ("All", Role.OTHER, "several speakers at once"),
        ("Several voices", Role.OTHER, "several speakers at once"),
        ("Unknown speaker", Role.UNKNOWN, "not identified"),
        ("Unidentified 2", Role.UNKNOWN, "not identified"),
    ],
)
def test_labels_of_no_one_voice_are_neither_and_leave_the_others_two(label: str, role: Role, reason: str) -> None:
    asker, answerer, other = infer_speakers({"MSM": ASKING, "Morton": TELLING, label: Behaviour(3, 0, 9)})
    assert (asker.role, answerer.role, other.role) == (Role.INTERVIEWER, Role.PARTICIPANT, role)
    assert reason in other.role_reason


def test_job_labels_of_a_focus_group_are_participants_beside_the_facilitator() -> None:
    group = {"Facilitator": ASKING, "Nurse": TELLING, "GP": TELLING, "Ward Manager": TELLING}
    _, *others = infer_speakers(group)
    assert {(other.role, other.role_reason) for other in others} == {(Role.PARTICIPANT, "speaks beside Facilitator")}


def test_a_name_among_numbered_participants_that_asks_is_the_interviewer() -> None:
    ann, *others = infer_speakers({"Ann Lee": ASKING, "P01": TELLING, "P02": TELLING})
    assert (ann.role, ann.role_reason) == (Role.INTERVIEWER, f"asks most: {ASKING.described()}")
    assert {other.role for other in others} == {Role.PARTICIPANT}


def test_a_name_that_asks_as_the_moderator_does_is_unclear_and_says_so() -> None:
    _, ann, _ = infer_speakers({"Moderator": ASKING, "Ann Lee": Behaviour(10, 9, 80), "P01": TELLING})
    assert (ann.role, ann.role_reason) == (
        Role.UNKNOWN,
        "asks as Moderator does: 9 of 10 turns are questions, 80 words",
    )


def test_who_only_knocks_at_the_door_leaves_two_voices_and_stays_unknown() -> None:
    asker, answerer, other = infer_speakers({"Ann Lee": ASKING, "Bob Roe": TELLING, "Cid Poe": Behaviour(1, 0, 2)})
    assert (asker.role, answerer.role, other.role) == (Role.INTERVIEWER, Role.PARTICIPANT, Role.UNKNOWN)
    assert other.role_reason.startswith("has too few words for a role")


def test_labels_that_look_swapped_keep_their_roles_and_say_it() -> None:
    speakers = infer_speakers({"Interviewer": TELLING, "P07": ASKING})
    assert [speaker.role for speaker in speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert all(speaker.role_reason.endswith("says so, but P07 asks more") for speaker in speakers)


@pytest.mark.parametrize("labels", [("Ann Lee", "Bob Roe"), ("Speaker 0", "Speaker 1"), ("[Redacted]", "Speaker 1")])
def test_of_two_voices_the_one_that_asks_more_and_says_less_is_the_interviewer(labels: tuple[str, str]) -> None:
    asker, answerer = guessed(TALK.format(*labels))
    assert (asker.role, answerer.role) == (Role.INTERVIEWER, Role.PARTICIPANT)
    assert "2 of 2 turns are questions, 5 words" in asker.role_reason


def test_two_voices_that_ask_alike_stay_unknown_and_the_reason_gives_the_figures() -> None:
    first, second = guessed("Ann Lee: One?\n\nBob Roe: Two?\n\nAnn Lee: Three.\n\nBob Roe: Four.\n")
    assert (first.role, second.role) == (Role.UNKNOWN, Role.UNKNOWN)
    assert "1 of 2 turns are questions" in first.role_reason


def test_a_voice_beside_a_participant_that_seldom_asks_stays_unknown() -> None:
    text = "P01: Yes.\n\nAnn Lee: I told them so, over and over.\n\nP01: No.\n\nAnn Lee: Nobody listened to me.\n"
    assert roles(text) == {"P01": Role.PARTICIPANT, "Ann Lee": Role.UNKNOWN}


def test_of_many_voices_one_that_clearly_asks_is_the_interviewer() -> None:
    text = "".join(f"Ann Lee: And why {n}?\n\nBob Roe: Because.\n\nCid Poe: Indeed.\n\n" for n in range(3))
    assert roles(text) == {"Ann Lee": Role.INTERVIEWER, "Bob Roe": Role.PARTICIPANT, "Cid Poe": Role.PARTICIPANT}


def test_many_voices_of_which_none_clearly_asks_are_participants() -> None:
    text = "Speaker 0: One.\n\nSpeaker 1: Two.\n\nSpeaker 2: Three?\n\nSpeaker 0: Four.\n"
    speakers = guessed(text)
    assert {speaker.role for speaker in speakers} == {Role.PARTICIPANT}
    assert {speaker.role_reason for speaker in speakers} == {"no interviewer found"}


def test_every_guess_has_a_reason() -> None:
    for labels in (("Int", "P01"), ("Ann Lee", "Bob Roe"), ("Ann Lee", "P01")):
        assert all(speaker.role_reason for speaker in guessed(TALK.format(*labels)))


def test_two_voices_are_an_interview() -> None:
    assert kind(TALK.format("Int", "P01")) is SourceKind.INTERVIEW


@pytest.mark.parametrize(
    ("stem", "asker"), [("FG1", "Int"), ("focus group two", "Int"), ("fg_2", "Int"), ("P01", "Moderator")]
)
def test_a_moderator_or_the_name_of_the_file_makes_a_focus_group(stem: str, asker: str) -> None:
    assert kind(TALK.format(asker, "P01"), stem) is SourceKind.FOCUS_GROUP


def test_three_participants_with_real_words_make_a_focus_group_and_a_knock_on_the_door_does_not() -> None:
    two = TALK.format("Int", "P01") + "\n" + TALK.format("Int", "P02")
    assert kind(two + "\nP03: Sorry!\n") is SourceKind.INTERVIEW
    assert kind(two + "\nP03: I would say it was the same with us.\n") is SourceKind.FOCUS_GROUP


def test_two_who_ask_and_say_less_than_the_one_who_answers_are_interviewers() -> None:
    turns = []
    for number in range(12):
        turns.append(f"Ann: {'What came then?' if number % 2 else 'I see, and that was in the spring of that year.'}")
        turns.append("Guest: " + "We went on with it, week after week, as one does in a place like that. " * 4)
        turns.append(f"Ben: {'And who paid for it?' if number % 2 else 'Right, the others told us that as well.'}")
        turns.append("Guest: " + "Nobody did, in the end it was all done in the evenings. " * 4)
    text = "\n\n".join(turns)
    roles = {item.label: item.role for item in infer_speakers(behaviour(text, find_turns(text).turns))}
    assert roles == {"Ann": Role.INTERVIEWER, "Ben": Role.INTERVIEWER, "Guest": Role.PARTICIPANT}


def test_voices_whose_labels_look_swapped_are_a_doubt() -> None:
    spoken = {"Interviewer": TELLING, "P07": ASKING}
    (warning,) = swapped_roles(spoken, infer_speakers(spoken))
    assert warning.message.startswith('"P07" asks more than "Interviewer" and says less')


@pytest.mark.parametrize(("asker", "answerer"), [("P", "R"), ("A", "B"), ("P", "I"), ("A", "Q"), ("О", "В")])
def test_a_letter_does_not_say_the_role_of_a_voice_that_plainly_does_the_opposite(asker: str, answerer: str) -> None:
    speakers = infer_speakers({asker: ASKING, answerer: TELLING})
    assert [speaker.role for speaker in speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert not list(swapped_roles({asker: ASKING, answerer: TELLING}, speakers))


def test_a_letter_that_answers_and_asks_more_than_another_letter_leaves_both_unknown() -> None:
    speakers = infer_speakers({"P": Behaviour(4, 1, 200), "R": Behaviour(4, 0, 100)})
    assert [speaker.role for speaker in speakers] == [Role.UNKNOWN, Role.UNKNOWN]


def test_a_letter_beside_the_interviewer_that_plainly_asks_is_unclear() -> None:
    interviewer, other = infer_speakers({"Interviewer": TELLING, "P": ASKING})
    assert (interviewer.role, other.role) == (Role.INTERVIEWER, Role.UNKNOWN)
    assert other.role_reason.startswith("asks more than Interviewer")


def test_a_letter_is_believed_where_questions_have_no_marks() -> None:
    speakers = infer_speakers({"I": Behaviour(9, 0, 90), "B": TELLING})
    assert [speaker.role for speaker in speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]


def test_what_the_top_of_the_file_says_of_a_letter_is_believed() -> None:
    told = {"P": (ANSWERS, "P = participant")}
    assert infer_speakers({"P": ASKING, "R": TELLING}, legend_roles=told)[0].role is Role.PARTICIPANT


def test_a_letter_among_several_that_clearly_asks_is_the_interviewer() -> None:
    roles = [speaker.role for speaker in infer_speakers({"P": ASKING, "R1": TELLING, "R2": TELLING})]
    assert roles == [Role.INTERVIEWER, Role.PARTICIPANT, Role.PARTICIPANT]


def test_the_voice_that_the_file_is_named_after_is_the_participant() -> None:
    asker, answerer = infer_speakers({"MM": ASKING, "int012": TELLING}, stem="int012_final")
    assert (asker.role, answerer.role) == (Role.INTERVIEWER, Role.PARTICIPANT)
    assert answerer.role_reason == "the file is named after it"


@pytest.mark.parametrize("joint", ["Ann and Bob", "Ann/Bob", "Bob & Ann"])
def test_the_names_of_two_others_are_several_voices(joint: str) -> None:
    *_, both = infer_speakers({"Int": ASKING, "Ann": TELLING, "Bob": TELLING, joint: Behaviour(1, 0, 4)})
    assert both.role is Role.OTHER


def test_the_plural_of_numbered_labels_is_several_voices() -> None:
    *_, several = infer_speakers({"M": ASKING, "R1": TELLING, "R2": TELLING, "Rs": Behaviour(1, 0, 4)})
    assert several.role is Role.OTHER


@pytest.mark.parametrize("stem", ["R", "FG1-F"])
def test_a_label_without_the_number_that_others_have_is_any_of_them(stem: str) -> None:
    *_, one = infer_speakers({"M": ASKING, f"{stem}1": TELLING, f"{stem}2": TELLING, stem: Behaviour(1, 0, 9)})
    assert (one.role, one.role_reason) == (
        Role.UNKNOWN,
        "has no number while other labels of its kind do; it may mean any of those speakers",
    )


def test_the_first_of_more_than_nine_numbered_labels_is_one_of_them() -> None:
    voices = {f"P{number}": TELLING for number in range(1, 13)}
    assert {speaker.role for speaker in infer_speakers({"M": ASKING, **voices})[1:]} == {Role.PARTICIPANT}


def test_the_roles_of_thousands_of_voices_are_guessed() -> None:
    letters = [f"{one}{other}" for one in ascii_lowercase for other in ascii_lowercase]
    guessed = infer_speakers({f"N{one}{other}": TELLING for one in letters[:20] for other in letters[:200]})
    assert len(guessed) == 4_000


@pytest.mark.parametrize("above", ["Focus group 2", "Transcript: focus group interview 3", "Gruppendiskussion A"])
def test_a_line_above_the_first_turn_makes_a_focus_group(above: str) -> None:
    spoken = {"Int": ASKING, "M": TELLING, "F": TELLING}
    assert infer_kind("a", infer_speakers(spoken), spoken, above=f"Study\n{above}") is SourceKind.FOCUS_GROUP


@pytest.mark.parametrize("above", ["Interview after focus group 2", "The focus was on work.", ""])
def test_other_lines_above_the_first_turn_make_none(above: str) -> None:
    spoken = {"Int": ASKING, "P07": TELLING}
    assert infer_kind("a", infer_speakers(spoken), spoken, above=above) is SourceKind.INTERVIEW


# A full name once, then initials or the last name


@pytest.mark.parametrize(
    ("full", "short"),
    [("Ann Lee", "AL"), ("Ann Lee", "A.L."), ("ANN MARIE LEE", "AL"), ("Ann Lee", "LEE"), ("Ann Lee", "Ms. Lee")],
)
def test_a_full_name_before_its_short_form_is_proposed_for_it(full: str, short: str) -> None:
    (merge,) = merges({full: 1, "Moss": 9, short: 9})
    assert (merge.label, merge.into) == (full, short)
    assert merge.reason == f'it may be the full name of "{short}": once against 9 times'


@pytest.mark.parametrize(
    "counts",
    [
        {"Ann Lee": 1, "Abel Lund": 1, "AL": 9},
        {"Ann Lee": 1, "Bob Lee": 7, "Lee": 9},
        {"AL": 9, "Ann Lee": 1},
        {"Ann Lee": 5, "AL": 9},
        {"Research Participant": 1, "RP": 9},
    ],
)
def test_no_full_name_is_proposed_that_is_another_s_as_well_or_comes_often_or_late(counts: dict[str, int]) -> None:
    assert not full_names(counts)


def test_a_name_in_full_and_in_short_is_one_voice_for_roles_and_kind() -> None:
    spoken = {"Ann Lee": Behaviour(1, 1, 20), "Bob Roe": Behaviour(1, 0, 30), "AL": ASKING, "BR": TELLING}
    speakers = infer_speakers(spoken)
    assert [speaker.role for speaker in speakers] == [Role.INTERVIEWER, Role.PARTICIPANT] * 2
    assert [speaker.role_reason for speaker in speakers[:2]] == [
        'may be the full name of "AL"',
        'may be the full name of "BR"',
    ]
    assert infer_kind("a", speakers, spoken) is SourceKind.INTERVIEW


@pytest.mark.parametrize(
    ("figures", "other", "reason"),
    [
        (Behaviour(9, 0, 90), Behaviour(9, 0, 90), "asks nothing"),
        (Behaviour(37, 30, 300), Behaviour(36, 28, 900), "does not clearly ask more"),
        (Behaviour(37, 30, 900), Behaviour(36, 2, 300), "asks more but says as much"),
    ],
)
def test_the_reason_beside_a_known_participant_agrees_with_the_figures(
    figures: Behaviour, other: Behaviour, reason: str
) -> None:
    speaker, _ = infer_speakers({"Ann Lee": figures, "P07": other})
    assert speaker.role is Role.UNKNOWN
    assert speaker.role_reason.startswith(reason)
    assert "seldom" not in speaker.role_reason
