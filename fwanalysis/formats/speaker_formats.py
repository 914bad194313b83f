"""The formats in which transcripts mark who speaks, by name: what a preview lists and ``--speaker-format`` takes.

Knows no texts: how a format looks to a program is in ``turns.label_candidates``, which of them a file is in is decided
in ``turns.format_candidates``.
"""

from __future__ import annotations

from dataclasses import dataclass

from fwanalysis.errors import InvalidInput

LABEL_TIME = "label-time"
TIME_LABEL = "time-label"
BOLD_TIME = "bold-time"
BOLD_LABEL = "bold-label"
HEADING_LABEL = "heading-label"
QUESTION_ANSWER = "question-answer"
NUMBER_LABEL = "number-label"
LABEL_COLON = "label-colon"
LABEL_TAB = "label-tab"
LABEL_BRACKET = "label-bracket"
LABEL_ANGLE = "label-angle"
LABEL_DASH = "label-dash"
LABEL_LINE = "label-line"
CAPITALS = "capital-questions"
BOLD_QUESTIONS = "bold-questions"
NUMBERED = "numbered-questions"
TIME = "time"
NO_LABELS = "none"


@dataclass(frozen=True, slots=True)
class SpeakerFormat:
    """One way to mark who speaks: its name, one line for people, an example, and how its labels are counted in a
    sentence (``{labels}`` is replaced by how many there are)."""

    name: str
    description: str
    example: str
    evidence: str


SPEAKER_FORMATS = (
    SpeakerFormat(
        LABEL_TIME, "a label and a time, the text below or after a colon", "Anna  0:12", "are {labels} and a time"
    ),
    SpeakerFormat(TIME_LABEL, "a time and a label", "[00:12:31] Anna: Well.", "begin with a time and {labels}"),
    SpeakerFormat(
        BOLD_TIME,
        "a bold label and a time, the text in the same paragraph",
        "**Anna** 0:03 Well.",
        "begin with {labels} in bold and a time",
    ),
    SpeakerFormat(
        BOLD_LABEL, "a bold label, with a colon or without", "**Anna:** Well.", "begin with {labels} in bold"
    ),
    SpeakerFormat(HEADING_LABEL, "a heading that is a label, the text below", "### Anna", "are headings with {labels}"),
    SpeakerFormat(
        QUESTION_ANSWER,
        "Q and A (or Question and Answer), with a number or without",
        "Q: Why? / A: Well.",
        "begin with Q or A",
    ),
    SpeakerFormat(
        NUMBER_LABEL,
        "numbered turns, each with a label and a colon",
        "12 Anna: Well.",
        "begin with a number, {labels} and a colon",
    ),
    SpeakerFormat(LABEL_COLON, "a label and a colon", "Anna: Well.", "begin with {labels} and a colon"),
    SpeakerFormat(LABEL_TAB, "a label and a tab", "Anna →Well.", "begin with {labels} and a tab"),
    SpeakerFormat(
        LABEL_BRACKET, "a label in square brackets", "[Anna] Well.", "begin with {labels} in square brackets"
    ),
    SpeakerFormat(LABEL_ANGLE, "a label in angle brackets", "<Anna> Well.", "begin with {labels} in angle brackets"),
    SpeakerFormat(
        LABEL_DASH,
        "a label and a dash with spaces on both sides",
        "Anna - Well.",
        "begin with {labels} and a dash",
    ),
    SpeakerFormat(
        LABEL_LINE, "a label alone on a line, the text below", "Anna / Well.", "are {labels} alone on a line"
    ),
    SpeakerFormat(
        CAPITALS,
        "questions in capitals without a label, answers in ordinary letters",
        "WHY DID YOU GO? / Well.",
        "are questions in capitals with answers below",
    ),
    SpeakerFormat(
        BOLD_QUESTIONS,
        "questions in bold or as headings without a label, answers below",
        "**Why did you go?** / Well.",
        "are questions in bold or headings with answers below",
    ),
    SpeakerFormat(
        NUMBERED,
        "numbered questions without a label, answers below",
        "1. Why did you go? / Well.",
        "are numbered questions with answers below",
    ),
    SpeakerFormat(TIME, "times without labels", "[00:12:31] Well.", "begin with a time, and none with a label"),
    SpeakerFormat(NO_LABELS, "no labels: a text without turns", "Well, it began in May.", "have no label"),
)
"""All formats of running text, the most specific first: of two that explain a file equally well the first is taken."""

_BY_NAME = {speaker_format.name: speaker_format for speaker_format in SPEAKER_FORMATS}
RANK = {speaker_format.name: rank for rank, speaker_format in enumerate(SPEAKER_FORMATS)}
"""The rank of each format, the most specific first."""


def speaker_format_named(name: str) -> SpeakerFormat:
    """The format of that name; InvalidInput, naming all, if there is none."""
    found = _BY_NAME.get(name)
    if found is None:
        raise InvalidInput(f'There is no speaker format "{name}". Formats: {", ".join(_BY_NAME)}.')
    return found
