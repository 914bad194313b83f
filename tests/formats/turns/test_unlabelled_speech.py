"""Where only those who answer are labelled, who asks between them is found by what is bold, by headings, or by what
asks; what cannot be told is nobody's, or a doubt."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.turns.find import Found, find_turns

PAIRS = [
    ("How did you get here?", "By bus, and then on foot."),
    ("And back?", "The same way."),
    ("Right.", "It was dark by then."),
    ("Would you go again?", "In summer."),
]


def spoken(text: str, found: Found) -> list[tuple[str | None, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def written(asked: str = "{}", label: str = "R1", between: str = "\n") -> tuple[str, list[int]]:
    """A transcript with labels for the answers only, and where its questions begin."""
    text, starts = "", []
    for question, answer in PAIRS:
        starts.append(len(text))
        text += f"{asked.format(question)}{between}{label}: {answer}{between}"
    return text, starts


@pytest.mark.parametrize("label", ["R1", "Participant", "CJ"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_bold_paragraphs_between_labelled_ones_are_the_interviewers(label: str, between: str) -> None:
    text, starts = written(label=label, between=between)
    bold = {at: at + len(question) for at, (question, _) in zip(starts, PAIRS, strict=True)}
    found = find_turns(text, bold=bold)
    assert spoken(text, found) == [
        turn for question, answer in PAIRS for turn in (("Interviewer", question), (label, answer))
    ]
    assert [warning.message for warning in found.warnings] == [
        f'Only "{label}" is labelled; 4 of the paragraphs without a label were taken as the interviewer\'s.'
    ]


@pytest.mark.parametrize("asked", ["**{}**", "*{}*", "_{}_"])
def test_so_are_paragraphs_between_the_signs_of_markdown(asked: str) -> None:
    text, _ = written(asked, between="\n\n")
    assert [label for label, _ in spoken(text, find_turns(text))] == ["Interviewer", "R1"] * 4


def test_so_are_headings_that_ask() -> None:
    text, starts = written()
    assert [label for label, _ in spoken(text, find_turns(text, headings=set(starts)))] == ["Interviewer", "R1"] * 4


def test_paragraphs_that_ask_before_each_label_are_the_interviewers_and_others_there_nobodys() -> None:
    text, _ = written()
    found = find_turns(text)
    said = [label for label, _ in spoken(text, found)]
    assert said == ["Interviewer", "R1", "Interviewer", "R1", None, "R1", "Interviewer", "R1"]
    (warning,) = found.warnings
    assert warning.message == (
        'Only "R1" is labelled; 3 of the paragraphs without a label were taken as the interviewer\'s, 1 became turns '
        "without a speaker."
    )


def test_paragraphs_that_go_on_with_an_answer_stay_in_it() -> None:
    text = "R1: By bus.\nAnd then on foot.\nAnd back?\nR1: The same.\nWhy?\nR1: It was dark.\nSo?\n"
    text += "R1: So we slept.\nAll of us."
    assert spoken(text, find_turns(text)) == [
        ("R1", "By bus.\nAnd then on foot."),
        ("Interviewer", "And back?"),
        ("R1", "The same."),
        ("Interviewer", "Why?"),
        ("R1", "It was dark."),
        ("Interviewer", "So?"),
        ("R1", "So we slept.\nAll of us."),
    ]


def test_a_few_paragraphs_that_ask_are_left_and_told() -> None:
    text = "R1: By bus.\nAnd back?\n" + "R1: It was dark.\n" * 6 + "Why?\nR1: We slept.\n"
    found = find_turns(text)
    assert {label for label, _ in spoken(text, found)} == {"R1"}
    (warning,) = found.warnings
    assert (warning.message, warning.start) == (
        'Only "R1" is labelled; 2 paragraphs that ask a question are in the turns of others.',
        text.index("And back"),
    )


def test_bold_words_in_a_transcript_with_an_interviewer_change_nothing() -> None:
    text = "Interviewer: So?\nR1: Well.\nWhy not?\n" * 4
    bold = {at: at + 8 for at in range(len(text)) if text.startswith("Why not?", at)}
    assert [label for label, _ in spoken(text, find_turns(text, bold=bold))] == ["Interviewer", "R1"] * 4


def test_a_label_that_only_answers_come_with_is_believed_though_no_other_alternates_with_it() -> None:
    text, starts = written(label="R")
    bold = {at: at + len(question) for at, (question, _) in zip(starts, PAIRS, strict=True)}
    assert [label for label, _ in spoken(text, find_turns(text, bold=bold))] == ["Interviewer", "R"] * 4
    plain = text.replace("Right.", "Right?")
    assert [label for label, _ in spoken(plain, find_turns(plain))] == ["Interviewer", "R"] * 4
    notes = "Why?\nCost: it is dear.\nTea is served.\nCost: see above.\nBiscuits too.\nCost: none.\n"
    assert find_turns(notes).speaker_format == "none"


TALK = [
    ("How did you get here?", "By bus, and then I walked."),
    ("And what do you do there?", "I wait, mostly."),
    ("Thank you.", "My pleasure."),
    ("One more: would you go again?", "We might."),
]


def printed(asked: str, talk: list[tuple[str, str]] = TALK, top: str = "The visitor\n\n") -> tuple[str, list[int]]:
    text, starts = top, []
    for question, answer in talk:
        starts.append(len(text))
        text += f"{asked.format(question)}\n\n{answer}\n\n"
    return text, starts


@pytest.mark.parametrize("asked", ["**{}**", "__{}__", "*{}*", "{}"])
def test_bold_lines_that_ask_are_questions_and_what_stands_below_them_answers(asked: str) -> None:
    text, starts = printed(asked)
    bold = {} if asked != "{}" else {at: text.index("\n", at) for at in starts}
    found = find_turns(text, bold=bold)
    assert found.speaker_format == "bold-questions"
    assert spoken(text, found) == [
        said for question, answer in TALK for said in (("Interviewer", asked.format(question)), (None, answer))
    ]
    assert text[found.turns[0].start : found.turns[0].end] == "The visitor"


def test_so_are_headings_that_ask_in_a_text_that_says_it_is_an_interview() -> None:
    talk = [("Whose idea was it?", "Ann's."), ("And the costs?", "High."), ("So, is it over?", "Hardly.")]
    text, starts = printed("{}", talk, "An interview with Ann Berg\n\n")
    found = find_turns(text, headings=set(starts))
    assert [label for label, _ in spoken(text, found)] == ["Interviewer", None] * 3
    assert find_turns(text.replace("interview", "visit"), headings=set(starts)).speaker_format == "none"


def test_questions_that_people_ask_often_are_no_interview() -> None:
    talk = [("How do I install it?", "Run the program."), ("Can I undo?", "You can."), ("Where is my file?", "There.")]
    assert find_turns(printed("**{}**", talk, "Help\n\n")[0]).speaker_format == "none"
    assert (
        find_turns(printed("**{}**", talk, "Help\n\n")[0], speaker_format="bold-questions").speaker_format
        == "bold-questions"
    )


def test_bold_points_of_a_text_are_no_questions() -> None:
    text = "**What we did**\n\nI counted.\n\n**Why?**\n\nI had to.\n\n**Results**\n\nMy sums.\n\n**Next**\n\nYours.\n\n"
    assert find_turns(text).speaker_format == "none"


@pytest.mark.parametrize("top", ["Rules\n\n", "Frequently asked questions\n\n"])
def test_rules_and_pages_of_help_that_speak_to_somebody_are_no_interview(top: str) -> None:
    talk = [("What should you use?", "Soap."), ("How long?", "As {} like."), ("And gloves?", "Where there is blood.")]
    who = "they" if top == "Rules\n\n" else "we"
    text, _ = printed("**{}**", [(question, answer.format(who)) for question, answer in talk], top)
    assert find_turns(text).speaker_format == "none"


def test_questions_in_the_turns_of_several_voices_that_never_ask_are_told() -> None:
    text = "".join(f"{question}\n\nAnn: {answer}\n\nBob: I should say so.\n\n" for question, answer in PAIRS * 2)
    found = find_turns(text)
    assert [warning.message for warning in found.warnings] == [
        'Only "Ann" and "Bob" are labelled; 5 paragraphs that ask a question are in the turns of others.'
    ]
    own = find_turns(text.replace("I should say so.", "Would you say so?"))
    assert not own.warnings
