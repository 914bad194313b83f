"""Finding a name from what somebody typed of it: beginnings and initials first, slips of the finger last; and names and
values that look like one spelled in two ways.

Knows strings only; what the names name is the caller's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from fwanalysis.domain.cases import bare
from fwanalysis.matching.labels import same_voice

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


def similar(name: str, choices: Iterable[str], *, cutoff: float = 0.8) -> str | None:
    """Return the choice that *name* may be a typo or another spelling of, if there is one.

    Args:
        name: What was typed; a choice that is the same name is not a typo of it.
        choices: Names that are known.
        cutoff: The least similarity, 0 to 1 (see ``nearest``). At 0.8 one letter in five differs: *Adda* finds *Ada*,
            *Ben* does not find *Ana*.

    Notes:
        Names with other numbers are other names: *coder 1* is no typo of *coder 2*, but *P7* is another spelling of
        *P07*.
    """
    wanted = bare(name)
    like = [choice for choice in choices if choice != name and _DIGITS.findall(bare(choice)) == _DIGITS.findall(wanted)]
    same = next((choice for choice in like if bare(choice) == wanted), None)
    return same or nearest(name, like, cutoff=cutoff)


def closest_passage(text: str, quote: str, *, cutoff: float = 0.6) -> tuple[int, int] | None:
    """Return where in *text* the passage most similar to *quote* is, widened to whole words.

    Similarity (0 to 1) is ``rapidfuzz.fuzz.partial_ratio`` of the lower-case strings.

    Returns:
        Half-open code points of *text*, or None if no passage reaches *cutoff*.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have a longer lower-case form, which would move the positions
        lower = text
    found = fuzz.partial_ratio_alignment(quote.lower(), lower, score_cutoff=cutoff * 100)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


class Names:
    """Names that new ones are compared with, each made ready once."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._bare: list[str] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Count a name among those that others are compared with."""
        self._names.append(name)
        self._bare.append(bare(name))

    def nearest(self, name: str) -> str | None:
        """The name that *name* may be a slip or another spelling of (P7 of P07, Brich of Birch), the most alike; never
        one with another number."""
        wanted = bare(name)
        near = process.extract(wanted, self._bare, scorer=OSA.distance, score_cutoff=max(1, len(wanted) // 2), limit=12)
        found = (self._names[index] for _, _, index in near)
        return next((other for other in found if other != name and same_voice(name, other)), None)


def spelled_twice(counts: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """The values (with how often each comes) that look like a more frequent one, or an earlier one that is as frequent,
    spelled in another way; each with that one and the reason.

    Values that are equal but for case, blanks, hyphens and stops always; else those that differ by one slip within a
    word of six letters or more, have no digit and come at most once for three times of the other.
    """
    ranked = sorted(counts, key=lambda value: -counts[value])
    first: dict[str, str] = {}
    found = []
    for value in ranked:
        other = first.setdefault(_squeezed(value), value)
        if other != value:
            found.append((value, other, "they differ only in case, spaces, hyphens or full stops"))
    distinct = [value for value in first.values() if not _DIGIT.search(value)]
    frequent = [value for value in distinct if counts[value] >= _FREQUENT]
    for value in distinct:
        near = process.extract(
            value.casefold(), frequent, processor=str.casefold, scorer=OSA.distance, score_cutoff=1, limit=4
        )
        for other, _, _ in near:
            if counts[value] * _FREQUENT <= counts[other] and _is_slip(value, other):
                found.append((value, other, "they differ by one letter"))
                break
    return found


_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_FREQUENT = 3
"""How much oftener than a slip the right spelling comes."""
_LONG_WORD = 6
"""In shorter words one letter makes another word: east and west."""
_SIGN = re.compile(r"(?<!\d)[\s_.,'’-]+|[\s_.,'’-]+(?!\d)")


def _squeezed(value: str) -> str:
    """A value without case, blanks, hyphens and stops, but for those between digits; a value without letters as it
    is."""
    return _SIGN.sub("", value.casefold()) if any(map(str.isalpha, value)) else value


def _is_slip(value: str, other: str) -> bool:
    words, others = value.casefold().split(), other.casefold().split()
    if len(words) != len(others):
        return False
    differing = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    return all(min(len(one), len(two)) >= _LONG_WORD and one[0] == two[0] for one, two in differing)


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
