"""Infer the role of each speaker and the kind of a source, each with a reason that a preview shows.

Pure: a text and its turns in, values out. A detected role is a suggestion, the project keeps what the user set instead.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedSpeaker, ParsedTurn
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.text import count_words
from fwanalysis.formats.speaker_formats import BOLD_QUESTIONS, CAPITALS, NUMBERED
from fwanalysis.formats.speakers.asking import INTERVIEWER, asks
from fwanalysis.formats.speakers.label_variants import full_names
from fwanalysis.formats.speakers.labels import is_single_letter, key
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, HELPS, SEVERAL, UNIDENTIFIED, said_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_LEADS_A_GROUP = re.compile(
    r"(?:co|assistant)?[-\s]?(?:moderator(?:in|en)?|facilitator|moderadora?|facilitadora?|mod[ée]rateur|mod[ée]ratrice"
    r"|animateur|animatrice|moderatore|moderatrice|gespreksleider|ordstyrer|модератор|主持人|司会者?)\s?\d{0,2}"
)
_GROUP_FILE = re.compile(r"(?<![a-z])(?:fg|fgd)[\s_-]?\d|focus", re.IGNORECASE)

_GROUP_LINE = re.compile(
    r"(?:(?!interview)[^\n]){0,40}?\b(?:focus[ -]?group|group discussion|fgd|fokusgruppe|gruppendiskussion|grupo focal"
    r"|grupo de discusi[óo]n|groupe de discussion|focus[ -]?groep|fokusgrupp|фокус-групп|焦点小组|焦點小組"
    r"|フォーカスグループ|포커스 ?그룹)[^\n]{0,60}",
    re.IGNORECASE,
)
"""A line above the first turn that states what was recorded."""
_JOINING = re.compile(r"\s*[+/&,]\s*|\s(?:and|und|y|et|e|en|och|og)\s")
_DIGIT = re.compile(r"\d")
_PLURAL = re.compile(r"([a-z]{1,3})s")
_NUMBER_BEHIND = re.compile(r"[\W_]?(?<!\d)\d+\Z")

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
    ASKS: (Role.INTERVIEWER, 'the label "{label}" says so'),
    ANSWERS: (Role.PARTICIPANT, 'the label "{label}" says so'),
    HELPS: (Role.OTHER, 'the label "{label}" says so'),
    SEVERAL: (Role.OTHER, 'the label "{label}" names several speakers at once'),
    UNIDENTIFIED: (Role.UNKNOWN, 'the label "{label}" says that the speaker is not identified'),
}
_NO_LEGEND: Mapping[str, tuple[str, str]] = MappingProxyType({})
_ASKED_IN = {
    CAPITALS: "asks the questions in capitals",
    BOLD_QUESTIONS: "asks the questions in bold",
    NUMBERED: "asks the numbered questions",
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a speaker speaks: number of turns, of turns that are questions, of words."""

    turns: int
    questions: int
    words: int

    @property
    def asking(self) -> float:
        """The share of turns that are questions."""
        return self.questions / self.turns if self.turns else 0.0

    def described(self) -> str:
        """Return the counts as a phrase, for a reason."""
        return f"{self.questions} of {self.turns} turns are questions, {self.words:,} word{'s' * (self.words != 1)}"


def behaviour(text: str, turns: Sequence[ParsedTurn]) -> dict[str, Behaviour]:
    """Return how each labelled speaker speaks, in order of appearance."""
    said: dict[str, list[str]] = {}
    for turn in turns:
        if turn.label is not None:
            said.setdefault(turn.label, []).append(text[turn.start : turn.end].rstrip())
    return {
        label: Behaviour(len(words), sum(map(asks, words)), sum(map(count_words, words)))
        for label, words in said.items()
    }


def infer_speakers(
    spoken: Mapping[str, Behaviour],
    *,
    speaker_format: str | None = None,
    legend_roles: Mapping[str, tuple[str, str]] = _NO_LEGEND,
    stem: str = "",
    in_full: Mapping[str, str] | None = None,
) -> tuple[ParsedSpeaker, ...]:
    """Infer the role of each speaker.

    Args:
        spoken: How each speaker speaks, by label, in order of appearance.
        speaker_format: The format of the labels, if it is questions without a label.
        legend_roles: By label, the role that the top of the file states and the line (``legend.roles_from_legend``);
            it decides first.
        stem: The file's name without its extension; a speaker of that name takes part.
        in_full: By full name, the short label of the same speaker (``label_variants.full_names``); computed if None.

    Returns:
        The speakers in order of appearance, each with a role and the reason.

    Notes:
        After what the file states, the label decides if it says a role. Otherwise, of two speakers the one that asks
        more and says less is the interviewer; of more, one that clearly asks, and the others are participants. The
        role that a single letter suggests is ignored if its speaker plainly does the opposite.
    """
    if speaker_format in _ASKED_IN and set(spoken) <= {INTERVIEWER}:
        return tuple(ParsedSpeaker(label, Role.INTERVIEWER, _ASKED_IN[speaker_format]) for label in spoken)
    if in_full is None:
        in_full = full_names({label: figures.turns for label, figures in spoken.items()})
    merged = _with_full_names(spoken, in_full)
    legend = {short: legend_roles[label] for label, short in in_full.items() if label in legend_roles}
    legend.update(legend_roles)
    known = _stated(merged, legend, stem)
    passing = _passing(merged, known)
    active = {
        label: merged[label] for label in merged if label not in passing and not _is_not_one_speaker(known.get(label))
    }
    unreliable = _unreliable(active, known, legend)
    known = {label: speaker for label, speaker in known.items() if label not in unreliable}
    if len(active) == 2:
        inferred = _roles_of_two(active, {label: speaker for label, speaker in known.items() if label in active})
    else:
        inferred = _roles_of_many(active, known)
    inferred = {**known, **inferred, **passing, **_contradicted(active, known)}
    for label, short in in_full.items():
        inferred[label] = ParsedSpeaker(label, inferred[short].role, f'may be the full name of "{short}"')
    return tuple(inferred[label] for label in spoken)


def _stated(
    spoken: Mapping[str, Behaviour], legend: Mapping[str, tuple[str, str]], stem: str
) -> dict[str, ParsedSpeaker]:
    """Return speakers with a role stated by the header, the label or the *stem*."""
    keys = {key(label) for label in spoken}
    stems = Counter(_NUMBER_BEHIND.sub("", one) for one in map(key, spoken) if _NUMBER_BEHIND.search(one))
    found = ((label, _by_header(label, legend) or _by_label(label, keys, stems, stem)) for label in spoken)
    return {label: speaker for label, speaker in found if speaker}


def infer_kind(
    stem: str,
    speakers: Sequence[ParsedSpeaker],
    spoken: Mapping[str, Behaviour],
    *,
    above: str = "",
    in_full: Mapping[str, str] | None = None,
) -> SourceKind:
    """Infer the kind of a source with turns; *above* is the text above the turns."""
    if in_full is None:
        in_full = full_names({label: figures.turns for label, figures in spoken.items()})
    active = [
        speaker
        for speaker in speakers
        if speaker.role is not Role.INTERVIEWER
        and not _is_not_one_speaker(speaker)
        and speaker.label not in in_full
        and spoken[speaker.label].words >= _REAL_WORDS
    ]
    led = any(_LEADS_A_GROUP.fullmatch(key(speaker.label)) for speaker in speakers)
    named = _GROUP_FILE.search(stem) or any(map(_GROUP_LINE.fullmatch, above.split("\n")))
    return SourceKind.FOCUS_GROUP if len(active) >= _GROUP_SIZE or led or named else SourceKind.INTERVIEW


def swapped_roles(spoken: Mapping[str, Behaviour], speakers: Sequence[ParsedSpeaker]) -> Iterator[Notice]:
    """Warn if speakers do the opposite of what their labels say."""
    active = {speaker.label: spoken[speaker.label] for speaker in speakers if not _is_not_one_speaker(speaker)}
    known = {speaker.label: speaker for speaker in speakers if said_by(speaker.label) in (ASKS, ANSWERS)}
    for label, speaker in _contradicted(active, known).items():
        if speaker.role is Role.PARTICIPANT:
            (other,) = active.keys() - {label}
            yield Notice(
                f'"{label}" asks more than "{other}" and says less. If the labels are swapped, swap the roles.'
            )


def _with_full_names(spoken: Mapping[str, Behaviour], in_full: Mapping[str, str]) -> dict[str, Behaviour]:
    """Return the behaviour of speakers, with full names and short labels merged."""
    merged = {label: figures for label, figures in spoken.items() if label not in in_full}
    for label, short in in_full.items():
        one, rest = spoken[label], merged[short]
        merged[short] = Behaviour(one.turns + rest.turns, one.questions + rest.questions, one.words + rest.words)
    return merged


def _by_header(label: str, legend: Mapping[str, tuple[str, str]]) -> ParsedSpeaker | None:
    if label not in legend:
        return None
    said, line = legend[label]
    return ParsedSpeaker(label, _SAID[said][0], f'the top of the file says so: "{line}"')


def _by_label(label: str, keys: Collection[str], stems: Mapping[str, int], stem: str) -> ParsedSpeaker | None:
    """Return the role that a label states by itself, with its reason, or None."""
    said = SEVERAL if _joins_others(key(label), keys, stems) else said_by(label)
    if said in (None, ANSWERS) and stems.get(key(label), 0) > 1:
        return ParsedSpeaker(
            label, Role.UNKNOWN, "has no number while other labels of its kind do; it may mean any of those speakers"
        )
    if said is not None:
        role, reason = _SAID[said]
        return ParsedSpeaker(label, role, reason.format(label=label))
    if key(label) == key(stem) or (_DIGIT.search(label) and _is_word_in(key(label), key(stem))):
        return ParsedSpeaker(label, Role.PARTICIPANT, "the file is named after it")
    return None


def _is_word_in(label: str, stem: str) -> bool:
    return label in stem and re.search(rf"(?<![^\W_]){re.escape(label)}(?![^\W_])", stem) is not None


def _joins_others(label: str, keys: Collection[str], stems: Mapping[str, int]) -> bool:
    """Return whether a label names several others of the file: Ann and Bob."""
    parts = _JOINING.split(label)
    if len(parts) > 1:
        return all(part in keys for part in parts)
    plural = _PLURAL.fullmatch(label)
    return plural is not None and stems.get(plural[1], 0) > 1


def _is_not_one_speaker(speaker: ParsedSpeaker | None) -> bool:
    """Return whether a speaker is known not to be one participant."""
    if speaker is None:
        return False
    return speaker.role is Role.OTHER or said_by(speaker.label) in (HELPS, SEVERAL, UNIDENTIFIED)


def _unreliable(
    active: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker], legend: Collection[str]
) -> Collection[str]:
    """Return labels whose stated roles are ignored.

    Single letters (P, R: *pregunta*, *respuesta*) and the file's name, if their speakers plainly do the opposite.
    """
    weak = {label for label in active if _is_weak(label) and label not in legend}
    if len(active) == 2:
        return [label for label in weak if label in known and _is_unreliable(label, active, known, weak)]
    answering = {label for label in weak & known.keys() if known[label].role is Role.PARTICIPANT}
    leading = [label for label in active if label in known and known[label].role is Role.INTERVIEWER]
    if leading:
        most = max(active[label].asking for label in leading)
        return [label for label in answering if active[label].asking >= max(_CLEAR_ASKING, most)]
    return answering.intersection(_askers(active))


def _is_weak(label: str) -> bool:
    return is_single_letter(label.strip("[]().: ")) or said_by(label) is None


def _is_unreliable(
    label: str, active: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker], weak: Collection[str]
) -> bool:
    (other,) = active.keys() - {label}
    if known[label].role is Role.INTERVIEWER:
        return other in weak and _plainly(active[other], active[label])
    if other not in known and is_single_letter(other) and active[label].asking > active[other].asking:
        return True
    return _plainly(active[label], active[other])


def _passing(spoken: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker]) -> dict[str, ParsedSpeaker]:
    """Return roles of speakers who say almost nothing beside two main speakers."""
    total = sum(figures.words for figures in spoken.values())
    small = {
        label
        for label, figures in spoken.items()
        if label not in known and figures.turns < _OFTEN and figures.words <= max(_REAL_WORDS, total * _SMALL_SHARE)
    }
    rest = [label for label in spoken if label not in small and not _is_not_one_speaker(known.get(label))]
    if len(rest) != 2 or not all(spoken[label].turns >= _OFTEN for label in rest):
        return {}
    return {
        label: ParsedSpeaker(label, Role.UNKNOWN, f"has too few words for a role: {spoken[label].described()}")
        for label in small
    }


def _contradicted(spoken: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker]) -> dict[str, ParsedSpeaker]:
    """Return two speakers with notes if the one who should answer asks."""
    if len(spoken) != 2 or not all(label in known for label in spoken):
        return {}
    asker = next((label for label in spoken if known[label].role is Role.INTERVIEWER), None)
    answerer = next((label for label in spoken if known[label].role is Role.PARTICIPANT), None)
    if asker is None or answerer is None or spoken[answerer].turns < _OFTEN:
        return {}
    if not _clearly(spoken[answerer], spoken[asker]):
        return {}
    return {
        label: ParsedSpeaker(label, known[label].role, f"{known[label].role_reason}, but {answerer} asks more")
        for label in (asker, answerer)
    }


def _roles_of_two(spoken: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker]) -> dict[str, ParsedSpeaker]:
    """Return roles for those of two speakers whose labels state none."""
    (one, first), (two, second) = spoken.items()
    if len(known) == 1:
        (sure,) = known.values()
        other = two if sure.label == one else one
        return {other: _beside(other, sure, spoken)}
    if not known:
        asker, answerer = (one, two) if first.asking >= second.asking else (two, one)
        if _clearly(spoken[asker], spoken[answerer]):
            return {
                asker: ParsedSpeaker(asker, Role.INTERVIEWER, f"asks more and says less: {spoken[asker].described()}"),
                answerer: ParsedSpeaker(answerer, Role.PARTICIPANT, f"answers {asker}: {spoken[answerer].described()}"),
            }
        return {
            label: ParsedSpeaker(label, Role.UNKNOWN, f"not clear who asks: {spoken[label].described()}")
            for label in spoken
        }
    return {}


def _beside(label: str, sure: ParsedSpeaker, spoken: Mapping[str, Behaviour]) -> ParsedSpeaker:
    """Return the role of a speaker when the role of the only other is known."""
    if sure.role is Role.INTERVIEWER:
        if _plainly(spoken[label], spoken[sure.label]):
            return ParsedSpeaker(label, Role.UNKNOWN, f"asks more than {sure.label}: {spoken[label].described()}")
        return ParsedSpeaker(label, Role.PARTICIPANT, f"the only speaker beside {sure.label}")
    if _clearly(spoken[label], spoken[sure.label]):
        return ParsedSpeaker(label, Role.INTERVIEWER, f"asks {sure.label}: {spoken[label].described()}")
    return ParsedSpeaker(
        label, Role.UNKNOWN, f"{_why_not_asking(spoken[label], spoken[sure.label])}: {spoken[label].described()}"
    )


def _why_not_asking(figures: Behaviour, other: Behaviour) -> str:
    """Return which condition for an interviewer a speaker does not meet."""
    if not figures.questions:
        return "asks nothing"
    if figures.asking < _CLEAR_RATIO * other.asking:
        return "does not clearly ask more than the other speaker"
    return "asks more but says as much as the other speaker or more"


def _clearly(asker: Behaviour, answerer: Behaviour) -> bool:
    return asker.questions > 0 and asker.asking >= _CLEAR_RATIO * answerer.asking and asker.words < answerer.words


def _plainly(asker: Behaviour, answerer: Behaviour) -> bool:
    return _clearly(asker, answerer) and asker.turns >= _OFTEN and asker.asking >= _CLEAR_SHARE


def _roles_of_many(spoken: Mapping[str, Behaviour], known: Mapping[str, ParsedSpeaker]) -> dict[str, ParsedSpeaker]:
    """Return roles for speakers without stated roles, if there are not just two."""
    rest = {label: figures for label, figures in spoken.items() if label not in known}
    leading = next((label for label in spoken if label in known and known[label].role is Role.INTERVIEWER), None)
    if len(spoken) == 1:
        return {label: ParsedSpeaker(label, Role.PARTICIPANT, "the only speaker") for label in rest}
    askers = _askers(spoken) if leading is None else ()
    inferred = {}
    for label, figures in rest.items():
        if label in askers:
            much = "asks most" if len(askers) == 1 else "asks, and the others answer"
            guess = ParsedSpeaker(label, Role.INTERVIEWER, f"{much}: {figures.described()}")
        elif leading and figures.turns >= _OFTEN and figures.asking >= max(_CLEAR_ASKING, spoken[leading].asking):
            guess = ParsedSpeaker(label, Role.UNKNOWN, f"asks as {leading} does: {figures.described()}")
        else:
            beside = leading or " and ".join(askers)
            reason = f"speaks beside {beside}" if beside else "no interviewer found"
            guess = ParsedSpeaker(label, Role.PARTICIPANT, reason)
        inferred[label] = guess
    return inferred


def _askers(spoken: Mapping[str, Behaviour]) -> Sequence[str]:
    """Return the speakers who clearly ask: one, or several who say less."""
    ranked = sorted(spoken, key=lambda label: spoken[label].questions, reverse=True)
    if len(ranked) < 2:
        return ()
    first, second = spoken[ranked[0]], spoken[ranked[1]]
    clear = first.asking >= _CLEAR_SHARE and first.questions >= _CLEAR_RATIO * second.questions and first.turns > 1
    if clear:
        return ranked[:1]
    asking = [label for label in ranked if spoken[label].asking >= _OFTEN_ASKING and spoken[label].turns >= _OFTEN]
    merged = [figures for label, figures in spoken.items() if label not in asking and figures.turns >= _OFTEN]
    most = max((figures.words for figures in merged), default=0)
    plain = all(figures.asking <= _SELDOM_ASKING for figures in merged)
    return asking if merged and plain and all(spoken[label].words < most for label in asking) else ()
