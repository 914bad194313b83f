"""Guessing what each voice does in a source, and what kind of source it is; every guess with the reason a person reads.

Pure: a text and its turns in, values out. A guess is a proposal, the project keeps what a person set instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import DraftSpeaker, DraftTurn
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.text import count_words
from fwanalysis.formats.labels import key
from fwanalysis.formats.questions import INTERVIEWER, asks
from fwanalysis.formats.role_words import ANSWERS, ASKS, HELPS, SEVERAL, UNIDENTIFIED, said_by
from fwanalysis.formats.styles import CAPITALS, NUMBERED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEADS_A_GROUP = re.compile(
    r"(?:co|assistant)?[-\s]?(?:moderator(?:in|en)?|facilitator|moderadora?|facilitadora?|mod[ée]rateur|mod[ée]ratrice"
    r"|animateur|animatrice|moderatore|moderatrice|gespreksleider|ordstyrer|модератор|主持人|司会者?)\s?\d{0,2}"
)
_GROUP_FILE = re.compile(r"(?<![a-z])(?:fg|fgd)[\s_-]?\d|focus", re.IGNORECASE)

_REAL_WORDS = 5
_CLEAR_SHARE = 0.4
_CLEAR_RATIO = 1.5
_CLEAR_ASKING = 0.6
_OFTEN_ASKING, _SELDOM_ASKING = 0.3, 0.1
"""The shares of turns that are questions for several who ask together, and for those who answer them."""
_GROUP_SIZE = 3
_OFTEN = 3
_SMALL_SHARE = 0.02
_SAID = {
    ASKS: (Role.INTERVIEWER, "the label “{label}” says so"),
    ANSWERS: (Role.PARTICIPANT, "the label “{label}” says so"),
    HELPS: (Role.OTHER, "the label “{label}” says so"),
    SEVERAL: (Role.OTHER, "the label “{label}” stands for several voices at once"),
    UNIDENTIFIED: (Role.UNKNOWN, "the label “{label}” says that nobody knows whose voice this is"),
}
_NOTHING_TOLD: Mapping[str, tuple[str, str]] = MappingProxyType({})
_ASKED_IN = {CAPITALS: "asks the questions in capitals", NUMBERED: "asks the numbered questions"}


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
    said: dict[str, list[str]] = {}
    for turn in turns:
        if turn.label is not None:
            said.setdefault(turn.label, []).append(text[turn.start : turn.end].rstrip())
    return {
        label: Behaviour(len(words), sum(map(asks, words)), sum(map(count_words, words)))
        for label, words in said.items()
    }


def guess_speakers(
    spoken: Mapping[str, Behaviour], *, style: str | None = None, told: Mapping[str, tuple[str, str]] = _NOTHING_TOLD
) -> tuple[DraftSpeaker, ...]:
    """The voices in order of appearance, each with a role and why.

    What the top of the file says of labels (*told*, as ``keys.told_roles`` gives it) decides, then the label where it
    says a role, or the *style* where it is questions without a label. Otherwise, of two
    voices the one that asks more and says less is the interviewer; of more, one that clearly asks, and the others are
    participants.
    """
    if style in _ASKED_IN and set(spoken) <= {INTERVIEWER}:
        return tuple(DraftSpeaker(label, Role.INTERVIEWER, _ASKED_IN[style]) for label in spoken)
    known = {label: speaker for label in spoken if (speaker := _by_header(label, told) or _by_label(label))}
    passing = _passing(spoken, known)
    voices = {label: spoken[label] for label in spoken if label not in passing and not _is_nobody(label)}
    if len(voices) == 2:
        guessed = _of_two(voices, {label: speaker for label, speaker in known.items() if label in voices})
    else:
        guessed = _of_many(voices, known)
    guessed = {**guessed, **passing, **_contradicted(voices, known)}
    return tuple(guessed.get(label) or known[label] for label in spoken)


def guess_kind(stem: str, speakers: Sequence[DraftSpeaker], spoken: Mapping[str, Behaviour]) -> SourceKind:
    """What a source with turns is: a focus group if it has three participants, a moderator or a file name (*stem*) such
    as FG1, else an interview."""
    voices = [
        speaker
        for speaker in speakers
        if speaker.role is not Role.INTERVIEWER
        and not _is_nobody(speaker.label)
        and spoken[speaker.label].words >= _REAL_WORDS
    ]
    led = any(_LEADS_A_GROUP.fullmatch(key(speaker.label)) for speaker in speakers)
    group = len(voices) >= _GROUP_SIZE or led or _GROUP_FILE.search(stem) is not None
    return SourceKind.FOCUS_GROUP if group else SourceKind.INTERVIEW


def _by_header(label: str, told: Mapping[str, tuple[str, str]]) -> DraftSpeaker | None:
    if label not in told:
        return None
    said, line = told[label]
    return DraftSpeaker(label, _SAID[said][0], f"the top of the file says so: “{line}”")


def _by_label(label: str) -> DraftSpeaker | None:
    said = said_by(label)
    if said is None:
        return None
    role, reason = _SAID[said]
    return DraftSpeaker(label, role, reason.format(label=label))


def _is_nobody(label: str) -> bool:
    """Whether a label stands for no one voice that takes part."""
    return said_by(label) in (HELPS, SEVERAL, UNIDENTIFIED)


def _passing(spoken: Mapping[str, Behaviour], known: Mapping[str, DraftSpeaker]) -> dict[str, DraftSpeaker]:
    """Beside two voices that do the talking, those whose label says nothing and who say next to nothing."""
    total = sum(figures.words for figures in spoken.values())
    small = {
        label
        for label, figures in spoken.items()
        if label not in known and figures.turns < _OFTEN and figures.words <= max(_REAL_WORDS, total * _SMALL_SHARE)
    }
    rest = [label for label in spoken if label not in small and not _is_nobody(label)]
    if len(rest) != 2 or not all(spoken[label].turns >= _OFTEN for label in rest):
        return {}
    return {
        label: DraftSpeaker(label, Role.UNKNOWN, f"says too little to tell: {spoken[label].described()}")
        for label in small
    }


def _contradicted(spoken: Mapping[str, Behaviour], known: Mapping[str, DraftSpeaker]) -> dict[str, DraftSpeaker]:
    """Of two voices whose labels say their roles, both with a doubt where the one who answers clearly asks the other:
    labels are swapped at times."""
    if len(spoken) != 2 or not all(label in known for label in spoken):
        return {}
    asker = next((label for label in spoken if known[label].role is Role.INTERVIEWER), None)
    answerer = next((label for label in spoken if known[label].role is Role.PARTICIPANT), None)
    if asker is None or answerer is None or spoken[answerer].turns < _OFTEN:
        return {}
    if not _clearly(spoken[answerer], spoken[asker]):
        return {}
    return {
        label: DraftSpeaker(label, known[label].role, f"{known[label].role_reason}, but {answerer} asks more")
        for label in (asker, answerer)
    }


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


def _of_many(spoken: Mapping[str, Behaviour], known: Mapping[str, DraftSpeaker]) -> dict[str, DraftSpeaker]:
    """Roles for the voices whose labels say nothing, where there are one, or three and more."""
    rest = {label: figures for label, figures in spoken.items() if label not in known}
    leading = next((label for label in spoken if label in known and known[label].role is Role.INTERVIEWER), None)
    if len(spoken) == 1:
        return {label: DraftSpeaker(label, Role.PARTICIPANT, "the only voice") for label in rest}
    askers = _askers(spoken) if leading is None else ()
    guessed = {}
    for label, figures in rest.items():
        if label in askers:
            much = "asks most" if len(askers) == 1 else "asks, and the others answer"
            guess = DraftSpeaker(label, Role.INTERVIEWER, f"{much}: {figures.described()}")
        elif leading and figures.turns >= _OFTEN and figures.asking >= max(_CLEAR_ASKING, spoken[leading].asking):
            guess = DraftSpeaker(label, Role.UNKNOWN, f"asks as {leading} does: {figures.described()}")
        else:
            beside = leading or " and ".join(askers)
            reason = f"speaks beside {beside}" if beside else "no interviewer found"
            guess = DraftSpeaker(label, Role.PARTICIPANT, reason)
        guessed[label] = guess
    return guessed


def _askers(spoken: Mapping[str, Behaviour]) -> Sequence[str]:
    """The one voice that clearly asks the others, or several that each ask often and say less than those who hardly
    ask."""
    ranked = sorted(spoken, key=lambda label: spoken[label].questions, reverse=True)
    if len(ranked) < 2:
        return ()
    first, second = spoken[ranked[0]], spoken[ranked[1]]
    clear = first.asking >= _CLEAR_SHARE and first.questions >= _CLEAR_RATIO * second.questions and first.turns > 1
    if clear:
        return ranked[:1]
    asking = [label for label in ranked if spoken[label].asking >= _OFTEN_ASKING and spoken[label].turns >= _OFTEN]
    heard = [figures for label, figures in spoken.items() if label not in asking and figures.turns >= _OFTEN]
    most = max((figures.words for figures in heard), default=0)
    plain = all(figures.asking <= _SELDOM_ASKING for figures in heard)
    return asking if heard and plain and all(spoken[label].words < most for label in asking) else ()
