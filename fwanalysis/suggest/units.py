"""The units of text to which a rule is applied: turns, sentences, clauses.

A **turn** is the text of a numbered turn; in a source without turns, each line that is not empty counts as one. A
**sentence** is what ``domain.text.sentences`` yields within a turn. A **clause** is a part of a sentence between
punctuation: a comma, semicolon or colon before white space, an em dash, or a dash (``–``, ``-``) between white space,
none of which belongs to a clause; in English a clause also begins at *but, because, although, though, unless* and
*whereas*. Every unit is trimmed of white space and lies within one turn.

Knows texts, turns and tokens; nothing of rules.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fwanalysis.domain.codebook import Scope, Speakers
from fwanalysis.domain.sources import Role, Transcript, Turn
from fwanalysis.domain.text import Span, lines, sentences
from fwanalysis.suggest.tokens import Tokens

_MARKS = r"[,;:](?=\s)|—|(?<=\s)[–-](?=\s)"
_CONJUNCTIONS = {"en": r"(?<=\s)(?=(?:but|because|although|though|unless|whereas)\b)"}


class Speech(NamedTuple):
    """The text ``[start, end)`` of a turn, in code points, and the ``speakers`` settings of rules that include it."""

    start: int
    end: int
    included_by: frozenset[Speakers]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one scope in a source, in text order: starts, ends (exclusive), and the ``speakers`` settings of
    rules that include each."""

    starts: Sequence[int]
    ends: Sequence[int]
    included_by: Sequence[frozenset[Speakers]]

    def occurrences(self, text: str) -> list[int]:
        """Return, for each unit, how many units with the same text precede it."""
        seen: dict[str, int] = {}
        counts: list[int] = []
        for start, end in zip(self.starts, self.ends, strict=True):
            words = text[start:end]
            count = seen.get(words, 0)
            seen[words] = count + 1
            counts.append(count)
        return counts


_ALL = frozenset(Speakers)
_INCLUDED_BY = {
    Role.PARTICIPANT: frozenset({Speakers.PARTICIPANT, Speakers.ANY}),
    Role.UNKNOWN: frozenset({Speakers.PARTICIPANT, Speakers.ANY}),
    Role.INTERVIEWER: frozenset({Speakers.INTERVIEWER, Speakers.ANY}),
    Role.OTHER: frozenset({Speakers.ANY}),
}


def speech_of(transcript: Transcript) -> list[Speech]:
    """Return the turns of a source that are not empty; a turn without a speaker counts as a participant's."""
    speech = transcript.speech
    if not speech:
        spans = (span.trimmed(transcript.text) for span in lines(transcript.text))
        return [Speech(span.start, span.end, _ALL) for span in spans if span]
    return [
        Speech(turn.start, turn.end, _INCLUDED_BY[_role(transcript, turn)]) for turn in speech if turn.start < turn.end
    ]


def _role(transcript: Transcript, turn: Turn) -> Role:
    speaker = transcript.speaker_of(turn)
    return speaker.role if speaker else Role.UNKNOWN


def units_of(scope: Scope, text: str, speech: Sequence[Speech], tokens: Tokens | None, language: str) -> Units:
    """The units of a scope within the given turns; *tokens*, where there are any, are those of *text* and save work,
    *language* (``en``) tells where clauses begin."""
    if scope is Scope.TURN:
        return Units(*([list(field) for field in zip(*speech, strict=True)] or [[], [], []]))
    starts: list[int] = []
    ends: list[int] = []
    included_by: list[frozenset[Speakers]] = []
    within = list(tokens.sentence_starts) if tokens else []
    beyond = [start + length for start, length in zip(within, tokens.sentence_lengths, strict=True)] if tokens else []
    for part in speech:
        before = len(starts)
        if tokens and _is_independent(text, part):
            first, last = bisect_right(beyond, part.start), bisect_left(within, part.end)
            starts += within[first:last]
            ends += beyond[first:last]
            starts[before], ends[-1] = part.start, part.end
        else:
            for sentence in sentences(text, Span(part.start, part.end)):
                starts.append(sentence.start)
                ends.append(sentence.end)
        included_by += [part.included_by] * (len(starts) - before)
    units = Units(starts, ends, included_by)
    return units if scope is Scope.SENTENCE else _clauses(text, units, language)


def _is_independent(text: str, part: Speech) -> bool:
    """Return whether the sentences of the whole text, cut at both ends of the turn, are those of the turn alone.

    This is so if the turn begins with a letter or digit, does not end in white space, and has white space or nothing
    on both sides.
    """
    start, end = part.start, part.end
    return (
        text[start].isalnum()
        and not text[end - 1].isspace()
        and (start == 0 or text[start - 1].isspace())
        and (end == len(text) or text[end].isspace())
    )


def clauses(text: str, sentence: Span, language: str) -> Iterator[Span]:
    """Yield the clauses of a sentence, trimmed of white space; *language* (``en``) tells where clauses begin."""
    return _between(_cut(language), text, sentence.start, sentence.end)


def _cut(language: str) -> re.Pattern[str]:
    beginnings = _CONJUNCTIONS.get(language.lower().partition("-")[0])
    return re.compile(f"{_MARKS}|{beginnings}" if beginnings else _MARKS, re.IGNORECASE)


def _clauses(text: str, units: Units, language: str) -> Units:
    cut = _cut(language)
    starts: list[int] = []
    ends: list[int] = []
    included_by: list[frozenset[Speakers]] = []
    for start, end, speech in zip(units.starts, units.ends, units.included_by, strict=True):
        for clause in _between(cut, text, start, end):
            starts.append(clause.start)
            ends.append(clause.end)
            included_by.append(speech)
    return Units(starts, ends, included_by)


def _between(cut: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for found in cut.finditer(text, start, end):
        if clause := Span(start, found.start()).trimmed(text):
            yield clause
        start = found.end()
    if clause := Span(start, end).trimmed(text):
        yield clause
