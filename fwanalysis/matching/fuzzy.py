"""Finding a name from what somebody typed of it: beginnings and initials first, slips of the finger last.

Knows strings only; what the names name is the caller's.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

_WORD = re.compile(r"[^\W_]+")
_LOOSE_FROM = 4
"""Shorter queries are not compared loosely: three letters resemble everything."""
_LOOSE_CUTOFF = 60.0


def rank(query: str, choices: Sequence[str], *, limit: int = 20) -> list[tuple[int, float]]:
    """Index and score (0..1) of the choices that fit *query*, best first; equal scores keep the order of the choices.

    A choice fits, from best to least, when it is the query, begins with it, has its initials, has words that begin with
    the query's words in their order, contains it, or resembles it. Case and punctuation do not count. An empty query
    gives all choices, in order, whatever the limit.
    """
    wanted = _plain(query)
    if not wanted:
        return [(index, 1.0) for index in range(len(choices))]
    scored = ((index, _score(wanted, _plain(choice))) for index, choice in enumerate(choices))
    found = [(index, score) for index, score in scored if score > 0]
    return sorted(found, key=lambda hit: -hit[1])[:limit]


def nearest(word: str, choices: Sequence[str], *, cutoff: float = 0.7) -> str | None:
    """The choice most like *word* if its likeness (0..1, ignoring case) is at least *cutoff*: for “did you mean”."""
    best = process.extractOne(word, choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=cutoff * 100)
    return best[0] if best else None


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _score(query: str, choice: str) -> float:
    words = choice.split()
    typed = query.replace(" ", "")
    share = 0.09 * min(1.0, len(query) / max(1, len(choice)))
    has_initials = "".join(word[0] for word in words).startswith(typed)
    if choice == query:
        return 1.0
    if choice.startswith(query):
        return (0.9 if has_initials and len(typed) > 1 else 0.8) + share
    if has_initials:
        return 0.7 + share
    if _begin_in_order(query.split(), words):
        return 0.6 + share
    if query in choice:
        return 0.5 + share
    if len(typed) < _LOOSE_FROM:
        return 0.0
    return fuzz.WRatio(query, choice, score_cutoff=_LOOSE_CUTOFF) / 100 * 0.49


def _begin_in_order(starts: Sequence[str], words: Sequence[str]) -> bool:
    remaining = iter(words)
    return all(any(word.startswith(start) for word in remaining) for start in starts)
