"""Compare two speaker labels: are they two spellings of the same label?

Knows pairs of labels, not files: how often each occurs, and so which one is misspelled, is decided by the caller.
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
"""Shorter words (Mr, Mrs, initials) must be equal: a typing error could not be distinguished from another word."""


def same_voice(one: str, other: str) -> str | None:
    """Return why two different labels seem to be two spellings of one.

    Returns:
        The reason; None if the labels are not similar.

    Notes:
        Numbers must be equal except for leading zeros, and so must single letters and Roman numerals, because these
        distinguish speakers. Words of four letters or more may differ by one typing error (a letter missing, added,
        changed, or two transposed), words of nine letters or more by two.
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
    errors = [OSA.distance(word, against) for word, against in zip(words, other_words, strict=True)]
    allowed = [_allowed(word, against) for word, against in zip(words, other_words, strict=True)]
    if any(error > most for error, most in zip(errors, allowed, strict=True)) or sum(errors) > max(allowed):
        return None
    return f"they differ by {'one letter' if sum(errors) == 1 else 'two letters'}"


def alike(label: str, choices: Sequence[str]) -> list[str]:
    """Return the choices that seem to be spellings of *label*, best first."""
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
    """Return what distinguishes numbered labels: numbers, letters, numerals."""
    return [token for token in tokens if token.isdecimal() or len(token) == 1 or _ROMAN.fullmatch(token)]


def _letters(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not token.isdecimal()]


def _joined(tokens: list[str]) -> str:
    """Return the label without spaces and punctuation.

    Numbers that were separate stay separate.
    """
    joined = ""
    for token in tokens:
        joined += f"-{token}" if token.isdecimal() and joined[-1:].isdecimal() else token
    return joined


def _unaccented(word: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", word))


def _allowed(one: str, other: str) -> int:
    """Return how many typing errors two words of their lengths may differ by."""
    short, long = sorted((len(one), len(other)))
    if short < _SHORTEST or long <= _SHORTEST:
        return 0
    return 2 if short >= 9 else 1
