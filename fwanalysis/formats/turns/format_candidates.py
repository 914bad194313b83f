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
from fwanalysis.formats.turns.label_candidates import BARE_TIME, Candidate, reread
from fwanalysis.formats.turns.label_criteria import CHOSEN, QUESTIONS_AND_ANSWERS, SHORT_ANSWER
from fwanalysis.formats.turns.label_evidence import with_labels
from fwanalysis.formats.turns.lone_labels import with_lone_labels
from fwanalysis.formats.turns.question_layouts import capital_questions, numbered_questions
from fwanalysis.formats.turns.speaker_detection import (
    NOTHING_DETECTED,
    DetectedSpeakers,
    detect_by,
    detect_speakers,
    detect_strict,
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
_FEWEST_TIMES = 3
"""Lines that begin with a time without brackets before words: fewer may be an appointment."""
_FIRST_MINUTE = 60
"""Seconds within which a recording has its first time."""
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
    speakers: DetectedSpeakers = NOTHING_DETECTED

    @property
    def labels(self) -> frozenset[str]:
        """The keys of the labels."""
        return frozenset(key(label) for label in {mark.label for mark in self.marks} if label)


@dataclass(frozen=True, slots=True)
class Readings:
    """The formats that a text could be in, and what was decided of its labels.

    Attributes:
        ranked: The readings, the best first.
        labelled: What was decided of the candidate labels in the usual formats, whether or not a reading followed.
        facts: The candidate labels that name facts at the top of the text or of an interview in it.
    """

    ranked: tuple[Reading, ...] = ()
    labelled: DetectedSpeakers = NOTHING_DETECTED
    facts: tuple[Candidate, ...] = ()


def _reading(speaker_format: str, marks: Sequence[Candidate], speakers: DetectedSpeakers = NOTHING_DETECTED) -> Reading:
    """Make a reading of marks that all are in its style; an answer without a label explains no line."""
    count = sum(bool(mark.label) or speaker_format == TIME for mark in marks)
    return Reading(speaker_format, tuple(marks), count, count, speakers)


def possible_readings(text: str, found: Lines, interviews: Sequence[int] = ()) -> Readings:
    """Read *text* in every format that finds turns in it.

    Args:
        text: The whole text.
        found: What its lines begin with.
        interviews: Where each interview begins, if the text has several.
    """
    below = below_header(text, found.marks, interviews)
    lowest = {mark.start for mark in below}
    facts = tuple(mark for mark in found.marks if mark.start not in lowest) if len(below) < len(found.marks) else ()
    candidates = _numbered_or_not(text, _without_timed_words(text, below))
    detected = detect_speakers(text, candidates, found.units) if candidates else NOTHING_DETECTED
    labelled = _labelled(text, candidates, detected, found)
    return Readings(tuple(_ranked(text, found, candidates, labelled)), detected, facts)


def _ranked(text: str, found: Lines, candidates: Sequence[Candidate], labelled: Sequence[Reading]) -> list[Reading]:
    """Add the readings in formats that are read for themselves to those *labelled* as usual; the best first."""
    readings = [reading for speaker_format in _ALONE if (reading := _alone(text, speaker_format, found, candidates))]
    if answers := _questions_and_answers(text, found):
        readings.append(answers)
    for speaker_format, questions in (
        (CAPITALS, capital_questions(text, found)),
        (NUMBERED, numbered_questions(text, found)),
    ):
        if questions:
            readings.append(_reading(speaker_format, questions))
    unlabelled = not labelled and not readings
    if (times := _timed(text, found, bare=unlabelled)) and unlabelled:
        readings.append(times)
        times = None
    ranked = sorted([*labelled, *readings], key=lambda reading: (-reading.score, RANK[reading.speaker_format]))
    return [*ranked, times] if times and ranked else ranked


def chosen_reading(text: str, speaker_format: str, found: Lines, interviews: Sequence[int] = ()) -> Reading | None:
    """Read *text* in the format that the user chose; None if it finds nothing.

    Raises:
        InvalidInput: If there is no format of that name.
    """
    speaker_format_named(speaker_format)
    if speaker_format in _WITHOUT_LABEL:
        detected = NOTHING_DETECTED
        marks = {
            TIME: lambda: _all_times(found),
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
        below = below_header(text, possible, interviews)
        detected = detect_by(CHOSEN, below)
        labelled = with_labels(below, detected.labels)
        marks = timed(
            text, with_lone_labels(text, labelled, found.others) if speaker_format != LABEL_LINE else labelled
        )
    return _reading(speaker_format, marks, detected) if marks else None


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


def _labelled(text: str, candidates: Sequence[Candidate], detected: DetectedSpeakers, found: Lines) -> list[Reading]:
    """Return the reading of the speaker labels in whatever form each line has them, named after the most frequent
    form; and a reading for each of the other forms, which counts only its own."""
    marks = with_labels(candidates, detected.labels) if detected.labels else []
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
    own = counts.pop(speaker_format)
    speaker_format, marks = _without_brackets(speaker_format, marks)
    others = dict(counts)
    if speaker_format == LABEL_TIME and any(_has_colon(text, mark) for mark in marks):
        others.setdefault(LABEL_COLON, sum(_has_colon(text, mark) for mark in marks))
    marks = with_lone_labels(text, marks, found.others)
    best = Reading(speaker_format, tuple(timed(text, marks)), len(marks), own, detected)
    return [best, *(Reading(name, (), count, count) for name, count in others.items() if count)]


def _without_brackets(speaker_format: str, marks: list[Candidate]) -> tuple[str, list[Candidate]]:
    """Take the square brackets off labels where most (or, beside times, all) have them; name the format after them."""
    boxed = sum(mark.label[0] in "[\\" for mark in marks)
    if speaker_format == LABEL_COLON and boxed * 2 > len(marks):
        return LABEL_BRACKET, [_unboxed(mark, LABEL_BRACKET) for mark in marks]
    if speaker_format in (LABEL_TIME, TIME_LABEL) and boxed == len(marks):
        return speaker_format, [_unboxed(mark, speaker_format) for mark in marks]
    return speaker_format, marks


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
    detected = detect_strict(possible, found.units)
    marks = with_labels(possible, detected.labels)
    if speaker_format == LABEL_LINE and marks:
        detected = detected.without(_answers(text, marks), SHORT_ANSWER)
        marks = with_labels(marks, detected.labels)
    if not marks or (speaker_format == LABEL_LINE and not _have_words_below(text, marks, found)):
        return None
    taken = {mark.start for mark in marks}
    beside = [mark for mark in with_labels(labelled, detected.labels) if mark.start not in taken]
    every = sorted([*marks, *beside], key=lambda mark: mark.start)
    return Reading(speaker_format, tuple(timed(text, every)), len(every), len(marks), detected)


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
    return _reading(QUESTION_ANSWER, timed(text, marks), detect_by(QUESTIONS_AND_ANSWERS, marks))


def _timed(text: str, found: Lines, *, bare: bool) -> Reading | None:
    """Read a text by times alone; *bare* if times without brackets before words count as well."""
    bare = bare and _are_of_recording(text, found.others.get(BARE_TIME, ()))
    marks = _all_times(found) if bare else found.others.get(TIME, [])
    if len(marks) < 2 or len(marks) < found.units * _SHARE_TIMED:
        return None
    return _reading(TIME, marks)


def _all_times(found: Lines) -> list[Candidate]:
    """Return the times that lines begin with, in brackets, alone, or before words."""
    bare = [mark._replace(speaker_format=TIME) for mark in found.others.get(BARE_TIME, ())]
    return sorted([*found.others.get(TIME, ()), *bare], key=lambda mark: mark.start)


def _are_of_recording(text: str, bare: Sequence[Candidate]) -> bool:
    """Whether times without brackets before words are those of a recording: they rise, and have hours, minutes and
    seconds or begin within the first minute; else they are the times of a day, as in a diary or an agenda."""
    if len(bare) < _FEWEST_TIMES:
        return False
    rising = sum((one.time or 0) <= (other.time or 0) for one, other in pairwise(bare))
    in_full = all(text.count(":", mark.start, mark.words) > 1 for mark in bare)
    halves = any(text[mark.words - 1] in "mM." for mark in bare)
    return not halves and rising == len(bare) - 1 and (in_full or (bare[0].time or 0) <= _FIRST_MINUTE)
