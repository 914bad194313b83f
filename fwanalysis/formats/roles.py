"""Guessing what each voice does in a source, and what kind of source it is; every guess with the reason a person reads.

Pure: a text and its turns in, values out. A guess is a proposal, the project keeps what a person set instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import DraftSpeaker, DraftTurn
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.text import WORD
from fwanalysis.formats.labels import key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ASKS = re.compile(
    r"(?:interviewer|int|iv|ivr|ir|i|q|question|moderator|mod|facilitator|researcher)[#._-]?\d{0,3}|(?:co|assistant)-?moderator"
)
_ANSWERS = re.compile(
    r"(?:p|pt|pp|part|participant|respondent|resp|interviewee|informant|f|fg|fgp)[#._-]?\d{1,4}[a-z]?(?:[-–._/][a-z]{0,2}\d{1,3})?"
    r"|a|p|ie|answer|participant|respondent|resp|interviewee|informant"
)
_LEADS_A_GROUP = re.compile(r"(?:co|assistant)?-?(?:moderator|facilitator)\d{0,2}")
_GROUP_FILE = re.compile(r"(?<![a-z])(?:fg|fgd)[\s_-]?\d|focus", re.IGNORECASE)
_QUESTION = re.compile(r"[?？][\s\"'”’)\]*_]*$")

_REAL_WORDS = 5
_CLEAR_SHARE = 0.4
_CLEAR_RATIO = 1.5
_GROUP_SIZE = 3


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one voice speaks: its turns, how many of them end in a question, its words."""

    turns: int
    questions: int
    words: int

    @property
    def asking(self) -> float:
        """The share of turns that are questions."""
        return self.questions / self.turns if self.turns else 0.0

    def described(self) -> str:
        """The figures in words, for a reason."""
        return f"{self.questions} of {self.turns} turns are questions, {self.words:,} words"


def behaviour(text: str, turns: Sequence[DraftTurn]) -> dict[str, Behaviour]:
    """How each labelled voice of *text* speaks, in order of appearance."""
    figures: dict[str, list[int]] = {}
    for turn in turns:
        if turn.label is None:
            continue
        words = text[turn.start : turn.end]
        counted = figures.setdefault(turn.label, [0, 0, 0])
        counted[0] += 1
        counted[1] += _QUESTION.search(words) is not None
        counted[2] += len(WORD.findall(words))
    return {label: Behaviour(*counted) for label, counted in figures.items()}


def guess_speakers(spoken: Mapping[str, Behaviour]) -> tuple[DraftSpeaker, ...]:
    """The voices in order of appearance, each with a role and why.

    The label decides where it says a role. Otherwise, of two voices the one that asks more and says less is the
    interviewer; of more, one that clearly asks, and the others are participants.
    """
    known = {label: _by_label(label) for label in spoken}
    rest = [label for label, speaker in known.items() if speaker is None]
    if len(spoken) == 2:
        guessed = _of_two(spoken, {label: speaker for label, speaker in known.items() if speaker})
    else:
        interviewer = any(speaker and speaker.role is Role.INTERVIEWER for speaker in known.values())
        guessed = _of_many({label: spoken[label] for label in rest}, interviewer, len(spoken))
    return tuple(known[label] or guessed[label] for label in spoken)


def guess_kind(stem: str, speakers: Sequence[DraftSpeaker], spoken: Mapping[str, Behaviour]) -> SourceKind:
    """What a source with turns is: a focus group if it has three participants, a moderator or a file name (*stem*) such
    as FG1, else an interview."""
    voices = [
        speaker
        for speaker in speakers
        if speaker.role is not Role.INTERVIEWER and spoken[speaker.label].words >= _REAL_WORDS
    ]
    led = any(_LEADS_A_GROUP.fullmatch(key(speaker.label)) for speaker in speakers)
    group = len(voices) >= _GROUP_SIZE or led or _GROUP_FILE.search(stem) is not None
    return SourceKind.FOCUS_GROUP if group else SourceKind.INTERVIEW


def _by_label(label: str) -> DraftSpeaker | None:
    plain = key(label).replace("\\", "").strip("[]().:")
    if _ASKS.fullmatch(plain):
        return DraftSpeaker(label, Role.INTERVIEWER, f"the label “{label}” says so")
    if _ANSWERS.fullmatch(plain):
        return DraftSpeaker(label, Role.PARTICIPANT, f"the label “{label}” says so")
    return None


def _of_two(spoken: Mapping[str, Behaviour], known: Mapping[str, DraftSpeaker]) -> dict[str, DraftSpeaker]:
    """Roles for those of two voices whose labels say nothing."""
    (one, first), (two, second) = spoken.items()
    if len(known) == 1:
        (sure,) = known.values()
        other = two if sure.label == one else one
        return {other: _beside(other, sure, spoken)}
    if not known:
        asker, answerer = (one, two) if first.asking >= second.asking else (two, one)
        if _clearly(spoken[asker], spoken[answerer]):
            return {
                asker: DraftSpeaker(asker, Role.INTERVIEWER, f"asks more and says less: {spoken[asker].described()}"),
                answerer: DraftSpeaker(answerer, Role.PARTICIPANT, f"answers {asker}: {spoken[answerer].described()}"),
            }
        return {
            label: DraftSpeaker(label, Role.UNKNOWN, f"not clear who asks: {spoken[label].described()}")
            for label in spoken
        }
    return {}


def _beside(label: str, sure: DraftSpeaker, spoken: Mapping[str, Behaviour]) -> DraftSpeaker:
    """The role of a voice whose only partner's role is known."""
    if sure.role is Role.INTERVIEWER:
        return DraftSpeaker(label, Role.PARTICIPANT, f"the only voice beside {sure.label}")
    if _clearly(spoken[label], spoken[sure.label]):
        return DraftSpeaker(label, Role.INTERVIEWER, f"asks {sure.label}: {spoken[label].described()}")
    return DraftSpeaker(label, Role.UNKNOWN, f"beside {sure.label}, but seldom asks: {spoken[label].described()}")


def _clearly(asker: Behaviour, answerer: Behaviour) -> bool:
    return asker.questions > 0 and asker.asking >= _CLEAR_RATIO * answerer.asking and asker.words < answerer.words


def _of_many(unknown: Mapping[str, Behaviour], interviewer: bool, voices: int) -> dict[str, DraftSpeaker]:
    """Roles for the voices whose labels say nothing, where there are one, or three and more."""
    asker = None if interviewer or voices < _GROUP_SIZE else _asker(unknown)
    if voices == 1:
        return {label: DraftSpeaker(label, Role.PARTICIPANT, "the only voice") for label in unknown}
    reason = "speaks beside the interviewer" if interviewer or asker else "no interviewer found"
    return {
        label: DraftSpeaker(label, Role.INTERVIEWER, f"asks most: {figures.described()}")
        if label == asker
        else DraftSpeaker(label, Role.PARTICIPANT, reason)
        for label, figures in unknown.items()
    }


def _asker(spoken: Mapping[str, Behaviour]) -> str | None:
    """The one voice that clearly asks the others, if there is one."""
    ranked = sorted(spoken, key=lambda label: spoken[label].questions, reverse=True)
    if len(ranked) < 2:
        return None
    first, second = spoken[ranked[0]], spoken[ranked[1]]
    clear = first.asking >= _CLEAR_SHARE and first.questions >= _CLEAR_RATIO * second.questions and first.turns > 1
    return ranked[0] if clear else None
