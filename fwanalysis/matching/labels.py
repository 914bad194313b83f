"""Whether two speakers' labels look like one spelled in two ways.

Knows pairs of labels, not files: how often each comes, and so which is the slip, is the caller's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = re.compile(r"[ivx]{1,4}")
_MARKS = re.compile("[\u0300-\u036f]")
_SHORTEST = 3
"""Words under three letters (Mr, Mrs, initials) differ or they do not; a slip is not to be told from another word."""


def same_voice(one: str, other: str) -> str | None:
    """Why two labels that are not the same look like one voice; None where they do not.

    Numbers must be equal, zeros in front apart, and so must single letters and Roman numbers, which tell voices apart.
    Words may differ by one slip (a letter missing, added, changed, or two in the wrong order) from four letters on, by
    two from nine letters on.
    """
    ones, others = _tokens(one), _tokens(other)
    if _numbers(ones) != _numbers(others):
        return None
    if _joined(ones) == _joined(others):
        return "they differ only in spaces, punctuation or zeros"
    if _unaccented(_joined(ones)) == _unaccented(_joined(others)):
        return "they differ only in accents"
    words, other_words = _letters(ones), _letters(others)
    if len(words) != len(other_words):
        return None
    slips = [OSA.distance(word, against) for word, against in zip(words, other_words, strict=True)]
    allowed = [_allowed(word, against) for word, against in zip(words, other_words, strict=True)]
    if any(slip > most for slip, most in zip(slips, allowed, strict=True)) or sum(slips) > max(allowed):
        return None
    return f"they differ by {'one letter' if sum(slips) == 1 else 'two letters'}"


def alike(label: str, choices: Sequence[str]) -> list[str]:
    """The choices that look like *label* spelled in another way, the most alike first."""
    squeezed = "".join(_tokens(label))
    near = process.extract(
        squeezed,
        ["".join(_tokens(choice)) for choice in choices],
        scorer=OSA.distance,
        score_cutoff=len(squeezed) // 2,
        limit=12,
    )
    found = [choices[index] for _, _, index in near]
    return [choice for choice in found if choice != label and same_voice(label, choice)]


def _tokens(label: str) -> list[str]:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", label.casefold()))
    return [token.lstrip("0") or "0" if token.isdecimal() else token for token in tokens]


def _numbers(tokens: list[str]) -> list[str]:
    """What tells numbered labels apart: numbers, single letters, Roman numbers."""
    return [token for token in tokens if token.isdecimal() or len(token) == 1 or _ROMAN.fullmatch(token)]


def _letters(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not token.isdecimal()]


def _joined(tokens: list[str]) -> str:
    """The label without blanks and signs; numbers that stood apart stay apart."""
    joined = ""
    for token in tokens:
        joined += f"-{token}" if token.isdecimal() and joined[-1:].isdecimal() else token
    return joined


def _unaccented(word: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", word))


def _allowed(one: str, other: str) -> int:
    """How many slips make one of two words the other."""
    short, long = sorted((len(one), len(other)))
    if short < _SHORTEST or long <= _SHORTEST:
        return 0
    return 2 if short >= 9 else 1
