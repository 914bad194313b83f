"""Read a text in every speaker format and rank the results.

Pure: lines in, readings out. All formats are tried over the whole text, and the one that explains most of it is first;
of equals, the more specific one. The first line alone decides nothing.
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
"""Minimum number of lines that begin with a time without brackets before words: fewer may be appointments."""
_FIRST_MINUTE = 60
"""Seconds within which the first time of a recording must be."""
_QUESTION_WORDS = re.compile(r"(q|a|question|answer|问|問|答|frage|antwort|pregunta|respuesta)[\s.#]*\d{0,3}")
_ASK = "Qq问問FP"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read in one format.

    The candidates that begin turns, in order, how many lines they explain, and how many of these are in exactly this
    format.
    """

    speaker_format: str
    candidates: tuple[Candidate, ...]
    score: int
    own: int
    speakers: DetectedSpeakers = NOTHING_DETECTED

    @property
    def labels(self) -> frozenset[str]:
        """The keys of the labels."""
        return frozenset(key(label) for label in {candidate.label for candidate in self.candidates} if label)


@dataclass(frozen=True, slots=True)
class Readings:
    """The formats that a text could be in, and the decisions on its labels.

    Attributes:
        ranked: The readings, best first.
        labelled: The decisions on candidate labels in the usual formats, whether or not there is a reading with them.
        facts: The candidate labels of facts in the header of the text or of an interview in it.
    """

    ranked: tuple[Reading, ...] = ()
    labelled: DetectedSpeakers = NOTHING_DETECTED
    facts: tuple[Candidate, ...] = ()


def _reading(
    speaker_format: str, candidates: Sequence[Candidate], speakers: DetectedSpeakers = NOTHING_DETECTED
) -> Reading:
    """Return a reading of candidates that are all in its format.

    An answer without a label explains no line.
    """
    count = sum(bool(candidate.label) or speaker_format == TIME for candidate in candidates)
    return Reading(speaker_format, tuple(candidates), count, count, speakers)


def possible_readings(text: str, found: Lines, interviews: Sequence[int] = ()) -> Readings:
    """Read *text* in every format that finds turns in it.

    Args:
        text: The whole text.
        found: What its lines begin with.
        interviews: Where each interview begins, if the text has several.
    """
    below = below_header(text, found.candidates, interviews)
    lowest = {candidate.start for candidate in below}
    facts = (
        tuple(candidate for candidate in found.candidates if candidate.start not in lowest)
        if len(below) < len(found.candidates)
        else ()
    )
    candidates = _numbered_or_not(text, _without_timed_words(text, below))
    detected = detect_speakers(text, candidates, found.units) if candidates else NOTHING_DETECTED
    labelled = _labelled(text, candidates, detected, found)
    return Readings(tuple(_ranked(text, found, candidates, labelled)), detected, facts)


def _ranked(text: str, found: Lines, candidates: Sequence[Candidate], labelled: Sequence[Reading]) -> list[Reading]:
    """Add readings in the independent formats to those in the usual formats.

    Returns:
        All readings, best first.
    """
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
    """Read *text* in the format that the user chose.

    Returns:
        The reading; None if nothing in the text is in that format.

    Raises:
        InvalidInput: If there is no format of that name.
    """
    speaker_format_named(speaker_format)
    if speaker_format in _WITHOUT_LABEL:
        detected = NOTHING_DETECTED
        candidates = {
            TIME: lambda: _all_times(found),
            CAPITALS: lambda: capital_questions(text, found, chosen=True),
            NUMBERED: lambda: numbered_questions(text, found, chosen=True),
        }[speaker_format]()
    else:
        possible = [
            reread(text, candidate, speaker_format)
            for candidate in found.candidates
            if candidate.speaker_format != speaker_format
        ]
        possible = [candidate for candidate in possible if candidate.speaker_format == speaker_format]
        possible += [
            candidate for candidate in found.candidates if candidate.speaker_format == speaker_format
        ] + found.others.get(speaker_format, [])
        possible = sorted(
            {candidate.start: candidate for candidate in possible}.values(), key=lambda candidate: candidate.start
        )
        below = below_header(text, possible, interviews)
        detected = detect_by(CHOSEN, below)
        labelled = with_labels(below, detected.labels)
        candidates = timed(
            text, with_lone_labels(text, labelled, found.others) if speaker_format != LABEL_LINE else labelled
        )
    return _reading(speaker_format, candidates, detected) if candidates else None


def _without_timed_words(text: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Remove candidates that are the words of the label on the line above.

    These have a time and words, for example ``[00:09] Mm-hm.``
    """
    if not any(candidate.speaker_format == TIME_LABEL for candidate in candidates):
        return candidates
    return [
        candidate
        for place, candidate in enumerate(candidates)
        if not (
            candidate.speaker_format == TIME_LABEL
            and place
            and text[candidate.words - 1] not in ":：*_"
            and candidates[place - 1].speaker_format in (LABEL_COLON, BOLD_LABEL)
            and text[candidates[place - 1].words : candidate.start].isspace()
        )
    ]


def _labelled(text: str, possible: Sequence[Candidate], detected: DetectedSpeakers, found: Lines) -> list[Reading]:
    """Return the readings of speaker labels in the usual formats.

    The first reading takes labels in whatever format each line has, and is named after the most frequent one; the
    others take the labels of one format each.
    """
    candidates = with_labels(possible, detected.labels) if detected.labels else []
    if not candidates:
        return []
    counts = Counter(candidate.speaker_format for candidate in candidates)
    speaker_format = min(counts, key=lambda name: (-counts[name], RANK[name]))
    if len(counts) > 1:
        candidates = [
            candidate._replace(speaker_format=speaker_format)
            if candidate.speaker_format == NUMBER_LABEL
            else reread(text, candidate, speaker_format)
            for candidate in candidates
        ]
    own = counts.pop(speaker_format)
    speaker_format, candidates = _without_brackets(speaker_format, candidates)
    others = dict(counts)
    if speaker_format == LABEL_TIME and any(_has_colon(text, candidate) for candidate in candidates):
        others.setdefault(LABEL_COLON, sum(_has_colon(text, candidate) for candidate in candidates))
    candidates = with_lone_labels(text, candidates, found.others)
    best = Reading(speaker_format, tuple(timed(text, candidates)), len(candidates), own, detected)
    return [best, *(Reading(name, (), count, count) for name, count in others.items() if count)]


def _without_brackets(speaker_format: str, candidates: list[Candidate]) -> tuple[str, list[Candidate]]:
    """Remove the square brackets of labels if most labels have them.

    If labels have times as well, all must have them. The format is renamed accordingly.
    """
    boxed = sum(candidate.label[0] in "[\\" for candidate in candidates)
    if speaker_format == LABEL_COLON and boxed * 2 > len(candidates):
        return LABEL_BRACKET, [_unboxed(candidate, LABEL_BRACKET) for candidate in candidates]
    if speaker_format in (LABEL_TIME, TIME_LABEL) and boxed == len(candidates):
        return speaker_format, [_unboxed(candidate, speaker_format) for candidate in candidates]
    return speaker_format, candidates


def _unboxed(candidate: Candidate, speaker_format: str) -> Candidate:
    return candidate._replace(label=candidate.label.strip("[]\\"), speaker_format=speaker_format)


def _has_colon(text: str, candidate: Candidate) -> bool:
    return text[candidate.start : candidate.words][len(candidate.label) :].lstrip().startswith((":", "："))


def _numbered_or_not(text: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Read numbered candidates as ``Label:`` if the numbers do not count turns."""
    numbers = [
        candidate.number
        for candidate in candidates
        if candidate.speaker_format == NUMBER_LABEL and candidate.number is not None
    ]
    if not numbers:
        return candidates
    rising = sum(one < other for one, other in pairwise(numbers))
    if len(numbers) > 1 and rising >= (len(numbers) - 1) * _SHARE_RISING:
        return candidates
    return [
        reread(text, candidate, LABEL_COLON) if candidate.speaker_format == NUMBER_LABEL else candidate
        for candidate in candidates
    ]


def _alone(text: str, speaker_format: str, found: Lines, labelled: Sequence[Candidate]) -> Reading | None:
    """Return the reading in an independent format.

    Labels in the usual formats are added if they are labels of the same speakers.
    """
    possible = found.others.get(speaker_format, [])
    if len(possible) < 2:
        return None
    detected = detect_strict(possible, found.units)
    candidates = with_labels(possible, detected.labels)
    if speaker_format == LABEL_LINE and candidates:
        detected = detected.without(_answers(text, candidates), SHORT_ANSWER)
        candidates = with_labels(candidates, detected.labels)
    if not candidates or (speaker_format == LABEL_LINE and not _have_words_below(text, candidates, found)):
        return None
    taken = {candidate.start for candidate in candidates}
    beside = [candidate for candidate in with_labels(labelled, detected.labels) if candidate.start not in taken]
    every = sorted([*candidates, *beside], key=lambda candidate: candidate.start)
    return Reading(speaker_format, tuple(timed(text, every)), len(every), len(candidates), detected)


def _answers(text: str, candidates: Sequence[Candidate]) -> set[str]:
    """Return the keys of lone lines that are short answers (Right, Sure).

    They are directly below a label that occurs more often.
    """
    keys = [key(candidate.label) for candidate in candidates]
    counts = Counter(keys)
    below: Counter[str] = Counter()
    for (one, above), (other, label) in pairwise(zip(candidates, keys, strict=True)):
        near = other.start - one.words <= _NEAR and counts[above] >= counts[label] and above != label
        if near and _NOTHING_SAID.fullmatch(text, one.words, other.start):
            below[label] += 1
    return {label for label, count in below.items() if count * 2 > counts[label]}


def _have_words_below(text: str, candidates: Sequence[Candidate], found: Lines) -> bool:
    """Return whether labels alone on their lines have text below them.

    Headings and the last lines of paragraphs do not.
    """
    ends = [candidate.start for candidate in candidates[1:]] + [len(text)]
    followed = sum(bool(text[candidate.words : end].strip()) for candidate, end in zip(candidates, ends, strict=True))
    begin = sum(
        _BLANK_BEFORE.search(text, max(0, candidate.start - 60), candidate.start) is not None
        for candidate in candidates
    )
    in_order = begin >= len(candidates) * _SHARE_FOLLOWED or found.blocks <= len(candidates) / 2
    return in_order and followed >= len(candidates) * _SHARE_FOLLOWED


def _questions_and_answers(text: str, found: Lines) -> Reading | None:
    """Return the reading as Q and A.

    None unless both recur and alternate, and there are no other speakers.
    """
    candidates = found.others.get(QUESTION_ANSWER, [])
    asked = sum(candidate.label[0] in _ASK for candidate in candidates)
    if min(asked, len(candidates) - asked) < 1 or len(candidates) < max(3, found.units * _SHARE_TIMED):
        return None
    changes = sum((one.label[0] in _ASK) != (other.label[0] in _ASK) for one, other in pairwise(candidates))
    if changes < (len(candidates) - 1) * _ANSWERS_ALTERNATE:
        return None
    usual = [
        candidate
        for candidate in found.candidates
        if form(candidate.label) in (LabelForm.TYPICAL, LabelForm.NAME)
        and not _QUESTION_WORDS.fullmatch(key(candidate.label))
    ]
    if len(usual) > len(candidates) / 4:
        return None
    return _reading(QUESTION_ANSWER, timed(text, candidates), detect_by(QUESTIONS_AND_ANSWERS, candidates))


def _timed(text: str, found: Lines, *, bare: bool) -> Reading | None:
    """Read a text by times without labels.

    Args:
        text: The whole text.
        found: What its lines begin with.
        bare: Whether times without brackets before words count as well.
    """
    bare = bare and _are_of_recording(text, found.others.get(BARE_TIME, ()))
    candidates = _all_times(found) if bare else found.others.get(TIME, [])
    if len(candidates) < 2 or len(candidates) < found.units * _SHARE_TIMED:
        return None
    return _reading(TIME, candidates)


def _all_times(found: Lines) -> list[Candidate]:
    """Return the times that lines begin with, in brackets, alone, or before words."""
    bare = [candidate._replace(speaker_format=TIME) for candidate in found.others.get(BARE_TIME, ())]
    return sorted([*found.others.get(TIME, ()), *bare], key=lambda candidate: candidate.start)


def _are_of_recording(text: str, bare: Sequence[Candidate]) -> bool:
    """Return whether times without brackets before words are of a recording.

    They increase, and have hours, minutes and seconds or begin within the first minute. Otherwise they are times of
    day, as in a diary or an agenda.
    """
    if len(bare) < _FEWEST_TIMES:
        return False
    rising = sum((one.time or 0) <= (other.time or 0) for one, other in pairwise(bare))
    in_full = all(text.count(":", candidate.start, candidate.words) > 1 for candidate in bare)
    halves = any(text[candidate.words - 1] in "mM." for candidate in bare)
    return not halves and rising == len(bare) - 1 and (in_full or (bare[0].time or 0) <= _FIRST_MINUTE)
