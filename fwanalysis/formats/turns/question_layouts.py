"""Find questions where no speaker is labelled: in capitals or numbered.

Pure: candidates in, candidates out. A candidate without a label begins the words of a speaker whom the file does not
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span
from fwanalysis.formats.speaker_formats import BOLD_QUESTIONS, CAPITALS, NUMBERED
from fwanalysis.formats.speakers.asking import INTERVIEWER, asks
from fwanalysis.formats.speakers.labels import is_of_guides
from fwanalysis.formats.turns.label_candidates import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.turns.label_candidates import Lines

ASKED = frozenset({CAPITALS, NUMBERED, BOLD_QUESTIONS})
"""The formats in which only questions are distinguished and nothing is labelled."""

_FEWEST = 3
_FEWEST_WORDS = 3
_SHARE_ASKED = 0.5
_SHARE_ANSWERED = 0.6
_LARGEST_SHARE = 0.75


def capital_questions(text: str, found: Lines, *, chosen: bool = False) -> list[Candidate]:
    """Return candidates of questions in capitals and of the answers below them.

    None if the file is not in this format. *chosen* if the user chose it.
    """
    if not found.capitals or (len(found.capitals) < _FEWEST and not chosen):
        return []
    starts = _asked_in_capitals(text, found.capitals)
    if not starts or (not chosen and len(found.capitals) > found.filled * _LARGEST_SHARE):
        return []
    candidates = list(alternating(text, CAPITALS, starts, starts))
    return candidates if chosen or is_plausible(text, candidates, found) else []


def _asked_in_capitals(text: str, capitals: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Return the lines of questions: their start, start of words and end.

    A line of one or two words without a question mark only counts directly below another.
    """
    questions: dict[int, tuple[int, int]] = {}
    previous = -1
    for start, end in capitals:
        line = text[start:end]
        follows = previous >= 0 and text[previous:start].count("\n") == 1 and text[previous:start].isspace()
        if asks(line) or len(line.split()) >= _FEWEST_WORDS or follows:
            questions[start] = (start, end)
            previous = end
    first = next(iter(questions), None)
    asked = sum(asks(text[start:end]) for start, end in questions.values())
    if first is not None and asked >= _FEWEST and not asks(text[first : questions[first][1]]):
        title_end = questions[first][1]
        below = next((start for start in questions if start > first), title_end)
        if not text[:first].strip() and not text[title_end:below].strip():
            del questions[first]  # a title, above the first question
    return questions


def numbered_questions(text: str, found: Lines, *, chosen: bool = False) -> list[Candidate]:
    """Return candidates of numbered questions and of the answers below them.

    None if the file is not in this format. *chosen* if the user chose it.
    """
    numbered = found.others.get(NUMBERED, [])
    if not numbered or (len(numbered) < _FEWEST and not chosen):
        return []
    questions: dict[int, tuple[int, int]] = {}
    expected = None
    for candidate in numbered:
        if expected is None or candidate.number == expected:
            questions[candidate.start] = (candidate.words, _end_of_question(text, candidate.words, found.blocks > 1))
            expected = (candidate.number or 0) + 1
    candidates = list(alternating(text, NUMBERED, questions, questions))
    return candidates if chosen or is_plausible(text, candidates, found) else []


def _end_of_question(text: str, start: int, has_blocks: bool) -> int:
    """Return where a question that begins at *start* ends.

    With its line, or with a later line of its paragraph that ends in a question mark.
    """
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if not has_blocks or asks(text[start:end]):
        return end
    further = end
    for _ in range(3):
        following = text.find("\n", further + 1)
        following = len(text) if following < 0 else following
        line = text[further:following]
        if not line.strip():
            break
        further = following
        if asks(line):
            return further
    return end


def alternating(
    text: str, speaker_format: str, starts: dict[int, tuple[int, int]], questions: dict[int, tuple[int, int]]
) -> Iterator[Candidate]:
    """Yield a candidate for each run of question lines and each answer after it."""
    ordered = sorted(starts)
    previous_end = -1
    for place, start in enumerate(ordered):
        words, end = questions[start]
        if previous_end < 0 or speaker_format == NUMBERED or text[previous_end:start].strip():
            yield Candidate(speaker_format, INTERVIEWER, start, words)
        previous_end = end
        following = ordered[place + 1] if place + 1 < len(ordered) else len(text)
        answer = Span(end, following).trimmed(text)
        if answer:
            yield Candidate(speaker_format, "", answer.start, answer.start)


def is_plausible(text: str, candidates: Sequence[Candidate], found: Lines) -> bool:
    """Return whether questions and answers alternate as in an interview.

    Enough paragraphs are questions, and most are answered.
    """
    asked = [place for place, candidate in enumerate(candidates) if candidate.label]
    if len(asked) < _FEWEST:
        return False
    ends = [candidate.start for candidate in candidates[1:]] + [len(text)]
    questions = sum(asks(text[candidates[place].words : ends[place]].rstrip()[-200:]) for place in asked)
    answers = [
        candidates[place + 1] for place in asked if place + 1 < len(candidates) and not candidates[place + 1].label
    ]
    answered = sum(
        not is_of_guides(text[candidate.words : candidate.words + 40].partition(":")[0]) for candidate in answers
    )
    return questions >= len(asked) * _SHARE_ASKED and answered >= len(asked) * _SHARE_ANSWERED and found.filled > 0
