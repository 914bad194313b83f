"""The laws of turns, over generated transcripts in every style: nothing is lost, nothing overlaps, and what was written
comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS
from fwanalysis.formats.speakers.labels import shown
from fwanalysis.formats.turns.find import Found, find_turns

if TYPE_CHECKING:
    from collections.abc import Callable

CASTS = (
    ("Interviewer", "P07"),
    ("INT", "P11"),
    ("Moderator", "F01", "F02", "F03"),
    ("Anna Berg", "Bob Roe"),
    ("Anna\u00a0Berg", "Zoe\u0308 van Dijk", "Mary-Jane O’Neill"),
    ("Speaker 1", "Speaker 2", "Speaker 10"),
    ("SPEAKER_00", "SPEAKER_01"),
    ("MSM", "Morton"),
    ("דנה", "יוסי"),
    ("主持人", "王芳"),
    ("Марина", "Олег"),
    ("Enquêtrice", "Répondant 3"),
    ("Nurse", "GP", "Ward Manager"),
    ("Gün\u00adther", "Katja"),
)
PAIRS = (("Q", "A"), ("Question", "Answer"), ("问", "答"), ("Frage", "Antwort"))
STARTS = ("well", "so", "כן", "嗯", "e\u0301tait", "\U0001d4b3yz", "“quoted”", "(pause)", "…and", "но", "10 of them")
INSIDE = (
    *(
        "[the hospital]",
        "[laughs]",
        "[inaudible 00:12]",
        "at 10:30",
        "a\u00adb",
        "x\u00a0y",
        "o\u0308",
        "\U0001f469\u200d",
    ),
    *(
        "she said: go",
        "<really>",
        "**never**",
        "\u200fשלום\u200f",
        "P99",
        "\tthen",
        "Dr. Who",
        "1. one",
        "\u2028 and",
        "—",
    ),
)
ENDS = (".", "?", "…", "!", ".”", " [crosstalk].")

paragraphs = st.builds(
    lambda first, middle, end: " ".join([first, *middle]) + end,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(INSIDE), max_size=5),
    st.sampled_from(ENDS),
)


class Said(NamedTuple):
    """One generated turn."""

    label: str
    paragraphs: list[str]
    clock: str
    number: int

    @property
    def words(self) -> str:
        return "\n\n".join(self.paragraphs)


@st.composite
def conversations(draw: st.DrawFn, casts: tuple[tuple[str, ...], ...] = CASTS) -> list[Said]:
    """Turns of the voices of one cast, each of whom speaks at least four times."""
    cast = draw(st.sampled_from(casts))
    rounds = draw(st.integers(4, 5))
    labels = [label for _ in range(rounds) for label in cast]
    return [
        Said(
            label, draw(st.lists(paragraphs, min_size=1, max_size=2)), f"{place // 60:02}:{place % 60:02}:07", place + 1
        )
        for place, label in enumerate(labels)
    ]


def in_bold(turns: list[Said]) -> tuple[str, dict[int, int]]:
    """The one-paragraph form of Teams as a Word document has it: only the bold run ends the label."""
    text, bold = "", dict[int, int]()
    for said in turns:
        bold[len(text)] = len(text) + len(said.label)
        text += f"{said.label} {said.clock} {said.words}\n\n"
    return text, bold


FORMS: dict[str, Callable[[Said], str]] = {
    "label-colon": lambda said: f"{said.label}: {said.words}",
    "label-colon without blank": lambda said: f"{said.label}:{said.words}",
    "label-colon below": lambda said: f"{said.label}:\n{said.words}",
    "label-line": lambda said: f"{said.label}\n{said.words}",
    "label-bracket": lambda said: f"[{said.label}] {said.words}",
    "label-bracket with colon": lambda said: f"[{said.label}]: {said.words}",
    "label-angle": lambda said: f"<{said.label}> {said.words}",
    "bold-label": lambda said: f"**{said.label}:** {said.words}",
    "bold-label without colon": lambda said: f"**{said.label}**\n\n{said.words}",
    "heading-label": lambda said: f"### {said.label}\n\n{said.words}",
    "label-time": lambda said: f"{said.label}  {said.clock}\n{said.words}",
    "label-time in brackets": lambda said: f"{said.label} ({said.clock}): {said.words}",
    "time-label": lambda said: f"[{said.clock}] {said.label}: {said.words}",
    "time-label above": lambda said: f"{said.clock} {said.label}\n{said.words}",
    "bold-time": lambda said: f"**{said.label}** {said.clock} {said.words}",
    "label-tab": lambda said: f"{said.label}\t{said.words}",
    "number-label": lambda said: f"{said.number} {said.label}: {said.words}",
}


def spoken(text: str, found: Found) -> list[tuple[str | None, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def assert_covers(text: str, found: Found) -> None:
    """Preamble, marks and turns, in order, and the white space between them are the text."""
    pieces, at = [], 0
    for turn in found.turns:
        assert at <= turn.label_start <= turn.start <= turn.end <= len(text)
        assert not text[at : turn.label_start].strip()
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        pieces += [text[at : turn.label_start], text[turn.label_start : turn.start], text[turn.start : turn.end]]
        at = turn.end
    assert not found.turns or not text[at:].strip()
    assert "".join([*pieces, text[at:]]) == text
    assert (found.speaker_format == "none") == (not found.turns)
    assert all(doubt.start is None or 0 <= doubt.start < len(text) for doubt in found.warnings)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=settings().max_examples // 2)
@given(turns=conversations())
def test_what_was_said_comes_back_in_every_style(form: str, turns: list[Said]) -> None:
    text = "A talk in June\n\n" + "\n\n".join(map(FORMS[form], turns)) + "\n"
    headings = {at for at in range(len(text)) if text.startswith("### ", at)}
    found = find_turns(text, headings=headings)
    assert_covers(text, found)
    assert found.speaker_format == form.split(" ", maxsplit=1)[0]
    assert spoken(text, found) == [(shown(said.label), said.words) for said in turns]
    assert found.turns[0].kind is TurnKind.PREAMBLE
    assert not found.merges
    if "time" in found.speaker_format:
        assert [turn.time for turn in found.turns[1:]] == [60 * place + 7.0 for place in range(len(turns))]


@given(conversations())
def test_the_one_paragraph_form_of_teams_comes_back_by_its_bold_runs(turns: list[Said]) -> None:
    text, bold = in_bold(turns)
    found = find_turns(text, bold=bold)
    assert_covers(text, found)
    assert found.speaker_format == "bold-time"
    assert spoken(text, found) == [(shown(said.label), said.words) for said in turns]


@given(conversations(PAIRS), st.sampled_from([":", ".", "："]))
def test_questions_and_answers_come_back(turns: list[Said], sign: str) -> None:
    text = "\n\n".join(f"{said.label}{sign} {said.words}" for said in turns)
    found = find_turns(text)
    assert_covers(text, found)
    assert found.speaker_format == "question-answer"
    assert spoken(text, found) == [(said.label, said.words) for said in turns]


QUESTIONS = st.lists(st.sampled_from(["Why did you go", "What then", "And how was it for you"]), min_size=4, max_size=8)


@pytest.mark.parametrize("speaker_format", ["capital-questions", "numbered-questions"])
@given(questions=QUESTIONS, data=st.data())
def test_questions_without_a_label_and_their_answers_come_back(
    speaker_format: str, questions: list[str], data: st.DataObject
) -> None:
    answer = st.lists(paragraphs.map(lambda words: f"it was {words}"), min_size=1, max_size=2).map("\n\n".join)
    told = [(f"{question}?", data.draw(answer)) for question in questions]
    if speaker_format == "capital-questions":
        told = [(question.upper(), words) for question, words in told]
        text = "\n\n".join(f"{question}\n\n{words}" for question, words in told)
    else:
        text = "\n\n".join(f"{place}. {question}\n\n{words}" for place, (question, words) in enumerate(told, 1))
    found = find_turns(text)
    assert_covers(text, found)
    assert found.speaker_format == speaker_format
    expected = [said for question, words in told for said in (("Interviewer", question), (None, words))]
    assert spoken(text, found) == expected


LINES = st.one_of(
    st.sampled_from(
        [
            *("P01: yes", "Interviewer: so?", "**P02:** well", "[00:01:02] P01: ah", "P01 0:12", "", "  ", "\t", "P01"),
            *("# Heading", "### P01", "Break:", "Note: no", "P01:", "Jane Doe:\t ", "[00:02]", "00:03", "Date: June"),
            *(
                "[P01] ah",
                "<P01> oh",
                "[laughs]",
                "Q. why?",
                "A. so",
                "1. What is it?",
                "2. And?",
                "3. Why?",
                "WHY NOT?",
            ),
            *(
                "**P01** 0:03 so",
                "12 P01: so",
                "A\tB",
                "\u0085",
                "\u200fP01: x",
                "P01 stopped transcription",
                "P01. so",
            ),
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=30),
)


@settings(max_examples=settings().max_examples * 3)
@given(
    st.lists(LINES, max_size=25),
    st.sampled_from([None, *(speaker_format.name for speaker_format in SPEAKER_FORMATS)]),
    st.data(),
)
def test_turns_are_ordered_and_leave_out_nothing_but_white_space(
    lines: list[str], speaker_format: str | None, data: st.DataObject
) -> None:
    text = "\n".join(lines)
    starts = [at for at in range(len(text)) if not at or text[at - 1] == "\n"]
    headings = {at for at in starts if text.startswith("#", at)}
    bold = {at: min(len(text), at + data.draw(st.integers(1, 9))) for at in starts if data.draw(st.booleans())}
    assert_covers(text, find_turns(text, headings=headings, bold=bold, speaker_format=speaker_format))


@given(conversations(), st.lists(LINES, min_size=1, max_size=6), st.data())
def test_strange_lines_among_the_turns_lose_no_character(
    turns: list[Said], noise: list[str], data: st.DataObject
) -> None:
    form = data.draw(st.sampled_from(sorted(FORMS)))
    blocks = [FORMS[form](said) for said in turns]
    for line in noise:
        blocks.insert(data.draw(st.integers(0, len(blocks))), line)
    text = "\n\n".join(blocks)
    assert_covers(text, find_turns(text))
