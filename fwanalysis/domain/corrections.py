"""Corrections of a transcript: text and turns as values, and the edits of a turn, each returning a new correction.

All edits keep the turns in order, disjoint and inside the text; the text of a turn neither begins nor ends with white
space. Relabelling never changes the label that is written in the text; joining two turns removes it where it would
become part of the speech. This module does not know how a correction is stored.
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

_EMPTY_LABEL = "a speaker label needs a letter or a digit"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_NAME = re.compile(r"[^\W\d_][^:\[\](){}<>*#\n]*")
"""The part of a speaker label that is neither a time nor punctuation."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected text and turns of a source; positions are code points of this text."""

    text: str
    turns: tuple[ParsedTurn, ...]

    @property
    def words(self) -> int:
        """Number of words of speech, or of the whole text if there is no speech."""
        speech = [turn for turn in self.turns if turn.kind is TurnKind.SPEECH]
        if not speech:
            return count_words(self.text)
        return sum(count_words(self.text[turn.start : turn.end]) for turn in speech)


def correction_of(transcript: Transcript) -> Correction:
    """Return the present text and turns of a transcript as a correction."""
    turns = []
    for turn in transcript.turns:
        speaker = transcript.speaker_of(turn)
        label = speaker.label if speaker else None
        turns.append(ParsedTurn(label, turn.label_start, turn.start, turn.end, turn.time, turn.kind))
    return Correction(transcript.text, tuple(turns))


def validated(correction: Correction) -> Correction:
    """Return the same correction after checking it.

    Raises:
        InvalidInput: The text cannot be stored, or turns overlap, are out of order or are not inside the text.
    """
    if "\r" in correction.text or _NO_TEXT.search(correction.text):
        raise InvalidInput("the text holds NUL, surrogates or carriage returns, which cannot be stored")
    if not correction.text.strip():
        raise InvalidInput("the text would be empty", hint="remove the source instead")
    edges = [0]
    for turn in correction.turns:
        edges += [turn.label_start, turn.start, turn.end]
    if any(one > other for one, other in pairwise([*edges, len(correction.text)])):
        raise InvalidInput("turns must be in order, must not overlap and must be inside the text")
    if any(turn.label is not None and not turn.label.strip() for turn in correction.turns):
        raise InvalidInput(_EMPTY_LABEL)
    return correction


def replace_text(correction: Correction, index: int, words: str) -> Correction:
    """Replace the text of a turn, and move the turns behind it.

    Args:
        correction: The text and turns to edit.
        index: Index of the turn among all turns, from 0.
        words: The new text; line ends become ``\\n``, and white space at both ends is removed.

    Raises:
        InvalidInput: There is no such turn, or the text holds characters that cannot be stored.
    """
    turn = _turn(correction, index)
    new = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _NO_TEXT.search(new):
        raise InvalidInput("the text holds NUL or surrogates, which cannot be stored")
    shift = len(new) - (turn.end - turn.start)
    text = correction.text[: turn.start] + new + correction.text[turn.end :]
    turns = (
        *correction.turns[:index],
        replace(turn, end=turn.start + len(new)),
        *(_shifted(later, shift) for later in correction.turns[index + 1 :]),
    )
    return Correction(text, turns)


def split(correction: Correction, index: int, at: int, label: str | None = None) -> Correction:
    """Split a turn into two.

    Args:
        correction: The text and turns to edit.
        index: Index of the turn among all turns, from 0.
        at: Position in the text (code points) at which the second turn begins.
        label: Speaker label of the second turn; None for a turn without a speaker.

    Raises:
        InvalidInput: The position is outside the turn, or a part would have no text.
    """
    turn = _turn(correction, index)
    if not turn.start < at < turn.end:
        raise InvalidInput(f"cannot split the turn at {at}: its text is at {turn.start}–{turn.end}")
    first = Span(turn.start, at).trimmed(correction.text)
    second = Span(at, turn.end).trimmed(correction.text)
    if not first or not second:
        raise InvalidInput("both parts of a split turn need text")
    parts = (
        replace(turn, start=first.start, end=first.end),
        ParsedTurn(None, second.start, second.start, second.end, None, turn.kind),
    )
    divided = replace(correction, turns=(*correction.turns[:index], *parts, *correction.turns[index + 1 :]))
    return relabel(divided, index + 1, label)


def join(correction: Correction, index: int) -> Correction:
    """Join a turn with the next one, as a turn of the first one's speaker.

    Notes:
        The speaker label of the second turn is removed from the text, so that it does not become part of the speech.
        The white space before it stays between the two texts.
    """
    turn = _turn(correction, index)
    if index + 1 >= len(correction.turns):
        raise InvalidInput("there is no turn after this one")
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
    """Give a turn another speaker label, or none (None), without changing the text.

    Raises:
        InvalidInput: A label is given to excluded text or a preamble.
    """
    turn = _turn(correction, index)
    if label is not None and turn.kind is not TurnKind.SPEECH:
        raise InvalidInput("excluded text and a preamble have no speaker", hint="include the text as speech first")
    return _with(correction, index, replace(turn, label=_label(label)))


def exclude(correction: Correction, index: int) -> Correction:
    """Exclude a turn from the speech, without changing the text.

    The position of its speaker label is kept, so that including it again restores the turn.

    Raises:
        InvalidInput: The turn is excluded already.
    """
    turn = _turn(correction, index)
    if turn.kind is TurnKind.EXCLUDED:
        raise InvalidInput("this text is excluded already")
    return _with(correction, index, replace(turn, label=None, kind=TurnKind.EXCLUDED))


def include(correction: Correction, index: int, label: str | None = None) -> Correction:
    """Include excluded text or a preamble as speech, without changing the text.

    Args:
        correction: The text and turns to edit.
        index: Index of the excluded text among all turns, from 0.
        label: Speaker label; None for a turn without a speaker. If the text begins with this label, the speech begins
            after it.

    Raises:
        InvalidInput: The turn is speech already.
    """
    turn, label = _turn(correction, index), _label(label)
    if turn.kind is TurnKind.SPEECH:
        raise InvalidInput("this turn is speech already")
    start = turn.start
    if label is not None and turn.label_start == turn.start:
        found = _before_speech(label).match(correction.text, turn.start, turn.end)
        start = found.end() if found else start
    return _with(correction, index, replace(turn, label=label, start=start, kind=TurnKind.SPEECH))


def label_before_text(correction: Correction, index: int, labels: Iterable[str]) -> str | None:
    """Return the speaker label that the text gives a turn.

    Returns:
        One of *labels* that occurs before the speech of the turn or at its beginning; else the first name before the
        speech; None if there is neither.
    """
    turn = _turn(correction, index)
    before = correction.text[turn.label_start : turn.start]
    for label in sorted(labels, key=len, reverse=True):
        alone = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
        if alone.search(before) or (not before and _before_speech(label).match(correction.text, turn.start, turn.end)):
            return label
    name = _NAME.search(before)
    return " ".join(name[0].split()) if name else None


class Act(StrEnum):
    """An edit of a turn."""

    TEXT = "text"
    SPLIT = "split"
    JOIN = "join"
    RELABEL = "relabel"
    EXCLUDE = "exclude"
    INCLUDE = "include"


def step_label(act: Act, transcript: Transcript, index: int, label: str | None = None) -> str:
    """Return the label of an undo step for an edit of a turn: *relabel turn 4 of P21 as P50*."""
    name = transcript.source.name
    turn, speaker = _named(transcript, index), " ".join(label.split()) if label else ""
    if act is Act.JOIN:
        following = _named(transcript, index + 1)
        both = turn.startswith("turn ") and following.startswith("turn ")
        return (
            f"join turns {turn[5:]} and {following[5:]} of {name}" if both else f"join {turn} and {following} of {name}"
        )
    return {
        Act.TEXT: f"correct the text of {turn} of {name}",
        Act.SPLIT: f"split {turn} of {name}",
        Act.RELABEL: f"relabel {turn} of {name} as {speaker}" if speaker else f"remove the speaker of {turn} of {name}",
        Act.EXCLUDE: f"exclude {turn} of {name}",
        Act.INCLUDE: f"include {turn} of {name}" + (f" as speech of {speaker}" if speaker else " as speech"),
    }[act]


def _named(transcript: Transcript, index: int) -> str:
    turn = transcript.turns[index] if 0 <= index < len(transcript.turns) else None
    if turn is None or turn.kind is TurnKind.EXCLUDED:
        return "excluded text"
    return f"turn {turn.number}" if turn.kind is TurnKind.SPEECH else "the preamble"


def _turn(correction: Correction, index: int) -> ParsedTurn:
    if not 0 <= index < len(correction.turns):
        raise InvalidInput(f"no turn {index}: there are {len(correction.turns)}, counted from 0")
    return correction.turns[index]


def _before_speech(label: str) -> re.Pattern[str]:
    """Return a pattern of a label before speech, from which punctuation or a line break separates it."""
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
        raise InvalidInput(_EMPTY_LABEL)
    return stripped
