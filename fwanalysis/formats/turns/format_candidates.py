"""The styles that a text could be read in, each with the marks that would be believed, the best first.

Pure: lines in, readings out. All styles are tried over the whole text and the one that explains most of it wins, the
more telling of equals; a first line decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import (
    BOLD_LABEL,
    CAPITALS,
    HEADING_LABEL,
    LABEL_ANGLE,
    LABEL_BRACKET,
    LABEL_COLON,
    LABEL_DASH,
    LABEL_LINE,
    LABEL_TIME,
    NUMBER_LABEL,
    NUMBERED,
    QUESTION_ANSWER,
    RANK,
    TIME,
    TIME_LABEL,
    speaker_format_named,
)
from fwanalysis.formats.speakers.labels import LabelForm, form, key
from fwanalysis.formats.turns.header import below_header
from fwanalysis.formats.turns.label_candidates import Candidate, reread
from fwanalysis.formats.turns.question_layouts import capital_questions, numbered_questions
from fwanalysis.formats.turns.speaker_detection import (
    believed_alone,
    believed_by_choice,
    believed_labels,
    believed_marks,
)
from fwanalysis.formats.turns.timestamp_positions import timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.turns.label_candidates import Lines

_ALONE = (LABEL_BRACKET, LABEL_ANGLE, LABEL_DASH, LABEL_LINE, HEADING_LABEL)
_WITHOUT_LABEL = frozenset({TIME, CAPITALS, NUMBERED})
_SHARE_TIMED = 0.2
_SHARE_FOLLOWED = 0.8
_SHARE_RISING = 0.8
_ANSWERS_ALTERNATE = 0.5
_BLANK_BEFORE = re.compile(
    r"(?:\A|\n[^\S\n]*\n|(?:\A|\n)(?:[\[(<#]?[\d:;.,>– -]{4,40}[\])>#]?|[^\S\n]*\d{1,2}:\d\d\s?[AP]M)\n)[^\S\n]*\Z"
)
_NOTHING_SAID = re.compile(r"[\s\d:;.,#\[\]()<>-]*")
_NEAR = 40
_QUESTION_WORDS = re.compile(r"(q|a|question|answer|问|問|答|frage|antwort|pregunta|respuesta)[\s.#]*\d{0,3}")
_ASK = "Qq问問FP"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read in one style: the marks that begin turns, in order, how many lines it explains, and how many of these
    are in just this style."""

    speaker_format: str
    marks: tuple[Candidate, ...]
    score: int
    own: int

    @property
    def labels(self) -> frozenset[str]:
        """The keys of the labels."""
        return frozenset(key(label) for label in {mark.label for mark in self.marks} if label)


def _reading(speaker_format: str, marks: Sequence[Candidate]) -> Reading:
    """The reading of marks that all are in its style; what somebody answers without a label explains no line."""
    count = sum(bool(mark.label) or speaker_format == TIME for mark in marks)
    return Reading(speaker_format, tuple(marks), count, count)


def possible_readings(text: str, found: Lines) -> list[Reading]:
    """The readings of *text* in every style that finds turns in it, the best first."""
    candidates = _without_timed_words(text, below_header(text, found.marks))
    labelled = _labelled(text, candidates, found)
    readings = [reading for speaker_format in _ALONE if (reading := _alone(text, speaker_format, found, candidates))]
    if answers := _questions_and_answers(text, found):
        readings.append(answers)
    for speaker_format, questions in (
        (CAPITALS, capital_questions(text, found)),
        (NUMBERED, numbered_questions(text, found)),
    ):
        if questions:
            readings.append(_reading(speaker_format, questions))
    if (times := _timed(found)) and not labelled and not readings:
        readings.append(times)
        times = None
    ranked = sorted([*labelled, *readings], key=lambda reading: (-reading.score, RANK[reading.speaker_format]))
    return [*ranked, times] if times and ranked else ranked


def chosen_reading(text: str, speaker_format: str, found: Lines) -> Reading | None:
    """The reading of *text* in the style that a person chose; None if it finds nothing. InvalidInput for an unknown
    style."""
    speaker_format_named(speaker_format)
    if speaker_format in _WITHOUT_LABEL:
        marks = {
            TIME: lambda: found.others.get(TIME, []),
            CAPITALS: lambda: capital_questions(text, found, chosen=True),
            NUMBERED: lambda: numbered_questions(text, found, chosen=True),
        }[speaker_format]()
    else:
        possible = [reread(text, mark, speaker_format) for mark in found.marks if mark.speaker_format != speaker_format]
        possible = [mark for mark in possible if mark.speaker_format == speaker_format]
        possible += [mark for mark in found.marks if mark.speaker_format == speaker_format] + found.others.get(
            speaker_format, []
        )
        possible = sorted({mark.start: mark for mark in possible}.values(), key=lambda mark: mark.start)
        below = below_header(text, possible)
        believed = believed_by_choice(below)
        marks = timed(text, believed_marks(below, believed))
    return _reading(speaker_format, marks) if marks else None


def _without_timed_words(text: str, marks: Sequence[Candidate]) -> Sequence[Candidate]:
    """The marks without those that are the words of a label on the line above, with their time: ``[00:09] Mm-hm.``"""
    if not any(mark.speaker_format == TIME_LABEL for mark in marks):
        return marks
    return [
        mark
        for place, mark in enumerate(marks)
        if not (
            mark.speaker_format == TIME_LABEL
            and place
            and text[mark.words - 1] not in ":：*_"
            and marks[place - 1].speaker_format in (LABEL_COLON, BOLD_LABEL)
            and text[marks[place - 1].words : mark.start].isspace()
        )
    ]


def _labelled(text: str, candidates: Sequence[Candidate], found: Lines) -> list[Reading]:
    """The reading of the marks with a label in whatever form each line has it, named after the most frequent form; and
    a reading for each of the other forms, which counts only its own."""
    if not candidates:
        return []
    candidates = _numbered_or_not(text, candidates)
    believed = believed_labels(text, candidates, found.units)
    marks = believed_marks(candidates, believed)
    if not marks:
        return []
    counts = Counter(mark.speaker_format for mark in marks)
    speaker_format = min(counts, key=lambda name: (-counts[name], RANK[name]))
    if len(counts) > 1:
        marks = [
            mark._replace(speaker_format=speaker_format)
            if mark.speaker_format == NUMBER_LABEL
            else reread(text, mark, speaker_format)
            for mark in marks
        ]
    if speaker_format == LABEL_COLON and sum(mark.label[0] in "[\\" for mark in marks) * 2 > len(marks):
        counts[LABEL_BRACKET] = counts.pop(LABEL_COLON)
        speaker_format = LABEL_BRACKET
        marks = [_unboxed(mark, speaker_format) for mark in marks]
    if speaker_format in (LABEL_TIME, TIME_LABEL) and all(mark.label[0] in "[\\" for mark in marks):
        marks = [_unboxed(mark, speaker_format) for mark in marks]
    others = {name: count for name, count in counts.items() if name != speaker_format}
    if speaker_format == LABEL_TIME and any(_has_colon(text, mark) for mark in marks):
        others.setdefault(LABEL_COLON, sum(_has_colon(text, mark) for mark in marks))
    best = Reading(speaker_format, tuple(timed(text, marks)), len(marks), counts[speaker_format])
    return [best, *(Reading(name, (), count, count) for name, count in others.items() if count)]


def _unboxed(mark: Candidate, speaker_format: str) -> Candidate:
    return mark._replace(label=mark.label.strip("[]\\"), speaker_format=speaker_format)


def _has_colon(text: str, mark: Candidate) -> bool:
    return text[mark.start : mark.words][len(mark.label) :].lstrip().startswith((":", "："))


def _numbered_or_not(text: str, marks: Sequence[Candidate]) -> Sequence[Candidate]:
    """The marks, those that begin with a number read as ``Label:`` if the numbers do not count the turns."""
    numbers = [mark.number for mark in marks if mark.speaker_format == NUMBER_LABEL and mark.number is not None]
    if not numbers:
        return marks
    rising = sum(one < other for one, other in pairwise(numbers))
    if len(numbers) > 1 and rising >= (len(numbers) - 1) * _SHARE_RISING:
        return marks
    return [reread(text, mark, LABEL_COLON) if mark.speaker_format == NUMBER_LABEL else mark for mark in marks]


def _alone(text: str, speaker_format: str, found: Lines, labelled: Sequence[Candidate]) -> Reading | None:
    """The reading in a style whose marks are read for themselves; labels in the usual forms count where they are of
    the same speakers."""
    possible = found.others.get(speaker_format, [])
    if len(possible) < 2:
        return None
    believed = believed_alone(possible, found.units)
    marks = believed_marks(possible, believed)
    if speaker_format == LABEL_LINE and marks:
        believed -= _answers(text, marks)
        marks = believed_marks(marks, believed)
    if not marks or (speaker_format == LABEL_LINE and not _have_words_below(text, marks, found)):
        return None
    taken = {mark.start for mark in marks}
    beside = [mark for mark in believed_marks(labelled, believed) if mark.start not in taken]
    every = sorted([*marks, *beside], key=lambda mark: mark.start)
    return Reading(speaker_format, tuple(timed(text, every)), len(every), len(marks))


def _answers(text: str, marks: Sequence[Candidate]) -> set[str]:
    """The keys of those lone lines that are short answers (Right, Sure): they stand just below a label that comes more
    often."""
    keys = [key(mark.label) for mark in marks]
    counts = Counter(keys)
    below: Counter[str] = Counter()
    for (one, above), (other, label) in pairwise(zip(marks, keys, strict=True)):
        near = other.start - one.words <= _NEAR and counts[above] >= counts[label] and above != label
        if near and _NOTHING_SAID.fullmatch(text, one.words, other.start):
            below[label] += 1
    return {label for label, count in below.items() if count * 2 > counts[label]}


def _have_words_below(text: str, marks: Sequence[Candidate], found: Lines) -> bool:
    """Whether labels alone on their lines have words below, as headings and the last lines of paragraphs do not."""
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    followed = sum(bool(text[mark.words : end].strip()) for mark, end in zip(marks, ends, strict=True))
    begin = sum(_BLANK_BEFORE.search(text, max(0, mark.start - 60), mark.start) is not None for mark in marks)
    in_order = begin >= len(marks) * _SHARE_FOLLOWED or found.blocks <= len(marks) / 2
    return in_order and followed >= len(marks) * _SHARE_FOLLOWED


def _questions_and_answers(text: str, found: Lines) -> Reading | None:
    """The reading as Q and A, where both come again and take turns, and there is nobody else."""
    marks = found.others.get(QUESTION_ANSWER, [])
    asked = sum(mark.label[0] in _ASK for mark in marks)
    if min(asked, len(marks) - asked) < 1 or len(marks) < max(3, found.units * _SHARE_TIMED):
        return None
    changes = sum((one.label[0] in _ASK) != (other.label[0] in _ASK) for one, other in pairwise(marks))
    if changes < (len(marks) - 1) * _ANSWERS_ALTERNATE:
        return None
    usual = [
        mark
        for mark in found.marks
        if form(mark.label) in (LabelForm.TYPICAL, LabelForm.NAME) and not _QUESTION_WORDS.fullmatch(key(mark.label))
    ]
    if len(usual) > len(marks) / 4:
        return None
    return _reading(QUESTION_ANSWER, timed(text, marks))


def _timed(found: Lines) -> Reading | None:
    """The reading by times alone."""
    marks = found.others.get(TIME, [])
    if len(marks) < 2 or len(marks) < found.units * _SHARE_TIMED:
        return None
    return _reading(TIME, marks)
