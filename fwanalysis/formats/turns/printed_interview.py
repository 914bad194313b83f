"""Read interviews as in magazines: questions in bold or as headings, no labels.

Pure: text in, a reading out. Pages of frequently asked questions look the same, but in these the answers do not say “I”
and the questions do not say “you”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD, Span
from fwanalysis.formats.speaker_formats import BOLD_QUESTIONS
from fwanalysis.formats.speakers.asking import asks
from fwanalysis.formats.timestamps import line_end
from fwanalysis.formats.turns.format_candidates import Reading
from fwanalysis.formats.turns.question_layouts import alternating, is_plausible
from fwanalysis.formats.turns.unlabelled_speech import set_off

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate, Lines

_FEWEST = 3
_SHARE_ASKED = 0.6
_SHARE_PERSONAL = 0.3
_SIGNED = re.compile(r"(?:\A|\n)[^\S\n]*(?=[*_]{1,3}[^\s*_])")
_INTERVIEW = re.compile(
    r"interview|entrevista|entretien|entrevue|intervista|gespräch|conversation with|q ?& ?a|wywiad|rozhovor|интервью"
    r"|беседа|访谈|采访|訪談|インタビュー",
    re.IGNORECASE,
)

_OF_HELP = re.compile(
    r"\bfaqs?\b|frequently asked|häufige fragen|preguntas frecuentes|foire aux questions", re.IGNORECASE
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SPEAKER = _words(
    """i we my me our us im ich wir mein meine mir mich uns je nous mon ma mes moi j yo nosotros mi mis me nos eu nós
    meu minha io noi mio mia ik wij we mijn jag vi min mitt jeg minä ja my mój moja já můj я мы мой меня мне нас 我 我们
    私 僕 我們"""
)
"""Words that refer to the person who speaks."""
_SPOKEN_TO = _words(
    """you your yours du dein deine dir dich sie ihr ihre ihnen vous votre vos tu ton ta te toi usted ustedes su sus tú
    você seu sua lei voi u jij je uw jouw ni er din ditt te sinä pan pani pana vy vás váš вы вас вам ваш ваша ты тебя
    你 您 あなた"""
)
"""Words that address another person."""


def bold_questions(
    text: str, found: Lines, bold: Mapping[int, int], headings: Collection[int], *, chosen: bool = False
) -> Reading | None:
    """Read a text whose questions are bold, emphasised or headings.

    Args:
        text: The whole text.
        found: What its lines begin with.
        bold: Maps the first character of a line to the end of the bold text that it begins.
        headings: The starts of lines that are headings.
        chosen: Whether the user chose this format; then little evidence is enough.

    Returns:
        The reading; None if the text is not in this format.
    """
    off = _set_off_lines(text, bold, headings, 1 if chosen else _FEWEST)
    asking = {line.start for line in off if asks(text[line.start : line.end])}
    if not asking or (not chosen and (len(asking) < _FEWEST or len(asking) < len(off) * _SHARE_ASKED)):
        return None
    questions = {
        line.start: (line.start, line.end) for line in off if line.start in asking or line.start not in headings
    }
    candidates = list(alternating(text, BOLD_QUESTIONS, questions, questions))
    if not chosen and not (is_plausible(text, candidates, found) and _is_talk(text, candidates)):
        return None
    count = sum(bool(candidate.label) for candidate in candidates)
    return Reading(BOLD_QUESTIONS, tuple(candidates), count, count)


def _set_off_lines(text: str, bold: Mapping[int, int], headings: Collection[int], fewest: int) -> list[Span]:
    """Return the bold, emphasised or heading lines from the first question on.

    Empty if there are fewer than *fewest*.
    """
    starts = {*bold, *headings}
    if "*" in text or "_" in text:
        starts.update(_emphasised(text))
    if len(starts) < fewest:
        return []
    off = [line for at in sorted(starts) if (line := _line(text, at)) and set_off(text, line, bold, headings)]
    first = next((place for place, line in enumerate(off) if asks(text[line.start : line.end])), len(off))
    return off[first:]


def _emphasised(text: str) -> Iterator[int]:
    """Yield the starts of lines that are wholly emphasised in Markdown."""
    for sign in _SIGNED.finditer(text):
        end = line_end(text, sign.end())
        if text[sign.end() : end].rstrip()[-1] == text[sign.end()]:
            yield sign.end()


def _line(text: str, at: int) -> Span | None:
    end = text.find("\n", at)
    return Span(at, len(text) if end < 0 else end).trimmed(text) or None


def _is_talk(text: str, candidates: Sequence[Candidate]) -> bool:
    """Return whether one person asks and another answers.

    Either the text says above that it is an interview, or answers use the first person and, perhaps, questions the
    second person, and not vice versa.
    """
    if _OF_HELP.search(text, 0, candidates[0].start):
        return False
    if _INTERVIEW.search(text, 0, candidates[0].start):
        return True
    ends = [candidate.start for candidate in candidates[1:]] + [len(text)]
    said = [
        (candidate.label, set(WORD.findall(text[candidate.words : end].casefold())))
        for candidate, end in zip(candidates, ends, strict=True)
    ]
    asked, answered = [words for label, words in said if label], [words for label, words in said if not label]
    spoken_to, own = _share(asked, _SPOKEN_TO), _share(answered, _SPEAKER)
    return (
        bool(own)
        and max(spoken_to, own) >= _SHARE_PERSONAL
        and _share(asked, _SPEAKER) < min(_SHARE_PERSONAL, spoken_to + own)
    )


def _share(said: Sequence[set[str]], words: frozenset[str]) -> float:
    return sum(not words.isdisjoint(found) for found in said) / max(1, len(said))
