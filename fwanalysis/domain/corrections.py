"""Correcting a transcript: its text and turns as values, and the acts of the edit mode, each giving a new correction.

What the acts keep: turns are in order and disjoint and lie inside the text; a turn's words begin and end with no white
space. A label mark in the text is never changed by relabelling (it is what stood in the file), and is taken out where
joining two turns would leave it among the words. Nothing here knows how a correction is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span, count_words
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.sources import Transcript

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_NAME = re.compile(r"[^\W\d_][^:\[\](){}<>*#\n]*")
"""What in a mark is no time and no sign."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A source's text and turns as a person would have them; positions are code points of this text."""

    text: str
    turns: tuple[ParsedTurn, ...]

    @property
    def words(self) -> int:
        """How many words of speech, or of the whole text where nobody speaks."""
        speech = [turn for turn in self.turns if turn.kind is TurnKind.SPEECH]
        if not speech:
            return count_words(self.text)
        return sum(count_words(self.text[turn.start : turn.end]) for turn in speech)


def correction_of(transcript: Transcript) -> Correction:
    """A transcript as it stands, to be corrected."""
    turns = []
    for turn in transcript.turns:
        speaker = transcript.speaker_of(turn)
        label = speaker.label if speaker else None
        turns.append(ParsedTurn(label, turn.label_start, turn.start, turn.end, turn.time, turn.kind))
    return Correction(transcript.text, tuple(turns))


def validated(correction: Correction) -> Correction:
    """The same correction; InvalidInput if its text cannot be kept, or its turns overlap, leave the text or have no
    order."""
    if "\r" in correction.text or _NO_TEXT.search(correction.text):
        raise InvalidInput("A text cannot hold NUL, halves of characters or carriage returns.")
    if not correction.text.strip():
        raise InvalidInput("A text without words cannot be kept; remove the source instead.")
    edges = [0]
    for turn in correction.turns:
        edges += [turn.label_start, turn.start, turn.end]
    if any(one > other for one, other in pairwise([*edges, len(correction.text)])):
        raise InvalidInput("The turns of a correction must be in order, apart, and inside its text.")
    if any(turn.label is not None and not turn.label.strip() for turn in correction.turns):
        raise InvalidInput("A label needs a letter or a figure; a turn without a speaker has no label.")
    return correction


def replace_text(correction: Correction, index: int, words: str) -> Correction:
    """The words of the turn at *index* (of all turns, from 0) replaced; what follows moves. Line ends become
    ``\\n``, and white space at either end is left off."""
    turn = _turn(correction, index)
    new = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _NO_TEXT.search(new):
        raise InvalidInput("The words hold a character that a text cannot hold (NUL, or half of a character).")
    shift = len(new) - (turn.end - turn.start)
    text = correction.text[: turn.start] + new + correction.text[turn.end :]
    turns = (
        *correction.turns[:index],
        replace(turn, end=turn.start + len(new)),
        *(_shifted(later, shift) for later in correction.turns[index + 1 :]),
    )
    return Correction(text, turns)


def split(correction: Correction, index: int, at: int, label: str | None = None) -> Correction:
    """The turn at *index* as two, cut at the code point *at* of the text; the second gets *label* (None: nobody's).
    InvalidInput unless both have words."""
    turn = _turn(correction, index)
    if not turn.start < at < turn.end:
        raise InvalidInput(f"A turn is split inside its words ({turn.start} to {turn.end}), not at {at}.")
    first = Span(turn.start, at).trimmed(correction.text)
    second = Span(at, turn.end).trimmed(correction.text)
    if not first or not second:
        raise InvalidInput("A turn is split between words, so that both parts have some.")
    parts = (
        replace(turn, start=first.start, end=first.end),
        ParsedTurn(None, second.start, second.start, second.end, None, turn.kind),
    )
    divided = replace(correction, turns=(*correction.turns[:index], *parts, *correction.turns[index + 1 :]))
    return relabel(divided, index + 1, label)


def join(correction: Correction, index: int) -> Correction:
    """The turn at *index* and the next as one, by the first's speaker; the mark of the next is taken out of the text,
    so that no label stands among the words, and the white space before it stays between them."""
    turn = _turn(correction, index)
    if index + 1 >= len(correction.turns):
        raise InvalidInput("There is no turn after this one to join it with.")
    following = correction.turns[index + 1]
    text, gap = correction.text, correction.text[turn.end : following.label_start]
    words = text[following.start : following.end]
    between = gap if gap or not words or turn.start == turn.end else "\n"
    joined = text[: turn.end] + between + words + text[following.end :]
    shift = len(joined) - len(text)
    end = turn.end + len(between) + len(words) if words else turn.end
    start = end - len(words) if turn.start == turn.end else turn.start
    turns = (
        *correction.turns[:index],
        replace(turn, start=start, end=end),
        *(_shifted(later, shift) for later in correction.turns[index + 2 :]),
    )
    return Correction(joined, turns)


def relabel(correction: Correction, index: int, label: str | None) -> Correction:
    """The turn at *index* given to another speaker, or (None) to nobody; the text stays as it is. InvalidInput for a
    label on what is no speech."""
    turn = _turn(correction, index)
    if label is not None and turn.kind is not TurnKind.SPEECH:
        raise InvalidInput("What is set aside or preamble is nobody's words; make it speech first.")
    return _with(correction, index, replace(turn, label=_label(label)))


def exclude(correction: Correction, index: int) -> Correction:
    """The turn at *index* as no speech of anybody; the text stays as it is, and so does the place of its mark, so that
    making it speech again restores it. InvalidInput if it is set aside already."""
    turn = _turn(correction, index)
    if turn.kind is TurnKind.EXCLUDED:
        raise InvalidInput("This is set aside already.")
    return _with(correction, index, replace(turn, label=None, kind=TurnKind.EXCLUDED))


def include(correction: Correction, index: int, label: str | None = None) -> Correction:
    """What was set aside (or a preamble) at *index* as speech of *label*, or of nobody; where the words themselves
    begin with that label as a mark, they begin after it. The text stays as it is. InvalidInput if it is speech."""
    turn, label = _turn(correction, index), _label(label)
    if turn.kind is TurnKind.SPEECH:
        raise InvalidInput("This turn is speech already.")
    start = turn.start
    if label is not None and turn.label_start == turn.start:
        found = _mark(label).match(correction.text, turn.start, turn.end)
        start = found.end() if found else start
    return _with(correction, index, replace(turn, label=label, start=start, kind=TurnKind.SPEECH))


def label_before_text(correction: Correction, index: int, labels: Iterable[str]) -> str | None:
    """Whose the turn at *index* was by its mark: one of *labels* that stands in it or begins the words, else the first
    name in the mark; None if there is no telling."""
    turn = _turn(correction, index)
    mark = correction.text[turn.label_start : turn.start]
    for label in sorted(labels, key=len, reverse=True):
        alone = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
        if alone.search(mark) or (not mark and _mark(label).match(correction.text, turn.start, turn.end)):
            return label
    name = _NAME.search(mark)
    return " ".join(name[0].split()) if name else None


class Act(StrEnum):
    """What a person does to a turn in one step."""

    TEXT = "text"
    SPLIT = "split"
    JOIN = "join"
    RELABEL = "relabel"
    EXCLUDE = "exclude"
    INCLUDE = "include"


def step_label(act: Act, transcript: Transcript, index: int, label: str | None = None) -> str:
    """An act on the turn at *index* in a few words, as the history has it: *relabel turn 4 of P21 as P50*."""
    name = transcript.source.name
    turn, whose = _named(transcript, index), " ".join(label.split()) if label else "nobody’s"
    if act is Act.JOIN:
        following = _named(transcript, index + 1)
        both = turn.startswith("turn ") and following.startswith("turn ")
        return (
            f"join turns {turn[5:]} and {following[5:]} of {name}" if both else f"join {turn} and {following} of {name}"
        )
    return {
        Act.TEXT: f"correct the words of {turn} of {name}",
        Act.SPLIT: f"split {turn} of {name}",
        Act.RELABEL: f"relabel {turn} of {name} as {whose}",
        Act.EXCLUDE: f"set {turn} of {name} aside",
        Act.INCLUDE: f"make {turn} of {name} speech" + (f" of {whose}" if label else ""),
    }[act]


def _named(transcript: Transcript, index: int) -> str:
    turn = transcript.turns[index] if 0 <= index < len(transcript.turns) else None
    if turn is None or turn.kind is TurnKind.EXCLUDED:
        return "an aside"
    return f"turn {turn.number}" if turn.kind is TurnKind.SPEECH else "the preamble"


def _turn(correction: Correction, index: int) -> ParsedTurn:
    if not 0 <= index < len(correction.turns):
        raise InvalidInput(f"There is no turn at {index}; there are {len(correction.turns)}, counted from 0.")
    return correction.turns[index]


def _mark(label: str) -> re.Pattern[str]:
    """A label as a mark before words: a sign or a line's end sets it off from them."""
    return re.compile(rf"[\[(<*#\s]*{re.escape(label)}[^\S\n]*(?:[\])>*:]|\n)[\])>*:\s]*", re.IGNORECASE)


def _with(correction: Correction, index: int, turn: ParsedTurn) -> Correction:
    return replace(correction, turns=(*correction.turns[:index], turn, *correction.turns[index + 1 :]))


def _shifted(turn: ParsedTurn, by: int) -> ParsedTurn:
    return replace(turn, label_start=turn.label_start + by, start=turn.start + by, end=turn.end + by)


def _label(label: str | None) -> str | None:
    if label is None:
        return None
    stripped = " ".join(label.split())
    if not stripped or _NO_TEXT.search(stripped):
        raise InvalidInput("A label needs a letter or a figure; a turn without a speaker has no label.")
    return stripped
