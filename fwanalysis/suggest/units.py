"""The stretches of a source within which a rule's conditions hold together: turns, sentences, clauses.

A **turn** is a numbered turn's words; where a source has none, each line that holds something stands for a turn. A
**sentence** is what ``domain.text.sentences`` gives within a turn. A **clause** is a stretch of a sentence between
marks: a comma, semicolon or colon before white space, an em dash, or a dash (``–``, ``-``) between white space, none of
which belongs to a clause; in English a clause also begins at *but, because, although, though, unless* and *whereas*.
Every unit is trimmed of white space and lies within one turn.

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


class Voice(NamedTuple):
    """A turn's words ``[start, end)`` and which rules look at them."""

    start: int
    end: int
    heard_by: frozenset[Speakers]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one scope in a source, in order: where they begin and end, and which rules look at them."""

    starts: Sequence[int]
    ends: Sequence[int]
    heard_by: Sequence[frozenset[Speakers]]

    def occurrences(self, text: str) -> list[int]:
        """For each unit how many units with the same text stand before it."""
        seen: dict[str, int] = {}
        counts: list[int] = []
        for start, end in zip(self.starts, self.ends, strict=True):
            words = text[start:end]
            count = seen.get(words, 0)
            seen[words] = count + 1
            counts.append(count)
        return counts


_EVERYBODY = frozenset(Speakers)
_HEARD_BY = {
    Role.PARTICIPANT: frozenset({Speakers.PARTICIPANT, Speakers.ANY}),
    Role.UNKNOWN: frozenset({Speakers.PARTICIPANT, Speakers.ANY}),
    Role.INTERVIEWER: frozenset({Speakers.INTERVIEWER, Speakers.ANY}),
    Role.OTHER: frozenset({Speakers.ANY}),
}


def voices(transcript: Transcript) -> list[Voice]:
    """The turns of a source that hold something; a turn whose speaker is not known counts as a participant's."""
    speech = transcript.speech
    if not speech:
        spans = (span.trimmed(transcript.text) for span in lines(transcript.text))
        return [Voice(span.start, span.end, _EVERYBODY) for span in spans if span]
    return [Voice(turn.start, turn.end, _HEARD_BY[_role(transcript, turn)]) for turn in speech if turn.start < turn.end]


def _role(transcript: Transcript, turn: Turn) -> Role:
    speaker = transcript.speaker_of(turn)
    return speaker.role if speaker else Role.UNKNOWN


def units_of(scope: Scope, text: str, heard: Sequence[Voice], tokens: Tokens | None, language: str) -> Units:
    """The units of a scope within the given turns; *tokens*, where there are any, are those of *text* and save work,
    *language* (``en``) tells where clauses begin."""
    if scope is Scope.TURN:
        return Units(*([list(field) for field in zip(*heard, strict=True)] or [[], [], []]))
    starts: list[int] = []
    ends: list[int] = []
    heard_by: list[frozenset[Speakers]] = []
    within = list(tokens.sentence_starts) if tokens else []
    beyond = [start + length for start, length in zip(within, tokens.sentence_lengths, strict=True)] if tokens else []
    for voice in heard:
        before = len(starts)
        if tokens and _stands_alone(text, voice):
            first, last = bisect_right(beyond, voice.start), bisect_left(within, voice.end)
            starts += within[first:last]
            ends += beyond[first:last]
            starts[before], ends[-1] = voice.start, voice.end
        else:
            for sentence in sentences(text, Span(voice.start, voice.end)):
                starts.append(sentence.start)
                ends.append(sentence.end)
        heard_by += [voice.heard_by] * (len(starts) - before)
    units = Units(starts, ends, heard_by)
    return units if scope is Scope.SENTENCE else _clauses(text, units, language)


def _stands_alone(text: str, voice: Voice) -> bool:
    """Whether the sentences of the whole text, cut at the turn's ends, are those of the turn alone: so it is when a
    turn begins with a letter or digit, ends with no blank, and has white space (or nothing) on either side."""
    start, end = voice.start, voice.end
    return (
        text[start].isalnum()
        and not text[end - 1].isspace()
        and (start == 0 or text[start - 1].isspace())
        and (end == len(text) or text[end].isspace())
    )


def _clauses(text: str, units: Units, language: str) -> Units:
    beginnings = _CONJUNCTIONS.get(language.lower().partition("-")[0])
    cut = re.compile(f"{_MARKS}|{beginnings}" if beginnings else _MARKS, re.IGNORECASE)
    starts: list[int] = []
    ends: list[int] = []
    heard_by: list[frozenset[Speakers]] = []
    for start, end, heard in zip(units.starts, units.ends, units.heard_by, strict=True):
        for clause in _between(cut, text, start, end):
            starts.append(clause.start)
            ends.append(clause.end)
            heard_by.append(heard)
    return Units(starts, ends, heard_by)


def _between(cut: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for found in cut.finditer(text, start, end):
        if clause := Span(start, found.start()).trimmed(text):
            yield clause
        start = found.end()
    if clause := Span(start, end).trimmed(text):
        yield clause
