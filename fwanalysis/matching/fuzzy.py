"""Find names by an abbreviation or a misspelling, and find misspelled values.

Beginnings and initials are preferred to similar spellings. Knows strings only, not what they name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from fwanalysis.domain.cases import bare
from fwanalysis.matching.labels import same_voice

_WORD = re.compile(r"[^\W_]+")
_LOOSE_FROM = 4
"""Shorter queries are not compared by similarity: three letters are similar to almost everything."""
_LOOSE_CUTOFF = 60.0


def rank(query: str, choices: Sequence[str], *, limit: int = 20) -> list[tuple[int, float]]:
    """Rank the choices that match *query*, best first.

    From best to worst, a choice matches if it equals the query, begins with it, has its initials, has words that begin
    with the query's words in the same order, contains it, or is similar to it. Case and punctuation are ignored. An
    empty query matches all choices in order, regardless of the limit.

    Returns:
        Pairs of index and score (0 to 1); equal scores keep the order of the choices.
    """
    wanted = _plain(query)
    if not wanted:
        return [(index, 1.0) for index in range(len(choices))]
    scored = ((index, _score(wanted, _plain(choice))) for index, choice in enumerate(choices))
    found = [(index, score) for index, score in scored if score > 0]
    return sorted(found, key=lambda hit: -hit[1])[:limit]


def nearest(word: str, choices: Sequence[str], *, cutoff: float = 0.7) -> str | None:
    """Return the choice most similar to *word*, for "did you mean" messages.

    Similarity (0 to 1) ignores case; None if no choice reaches *cutoff*.
    """
    best = process.extractOne(word, choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=cutoff * 100)
    return best[0] if best else None


def similar(name: str, choices: Iterable[str], *, cutoff: float = 0.8) -> str | None:
    """Return the choice that *name* may be another spelling of, or None.

    Args:
        name: What was typed; a choice that is the same name is not a typo of it.
        choices: Names that are known.
        cutoff: The minimum similarity, 0 to 1 (see ``nearest``). At 0.8 one letter in five differs: *Adda* finds *Ada*,
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
    """Return the span of the passage most similar to *quote*, in whole words.

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
    """Names that new names are compared with, each prepared once."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._bare: list[str] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name to those that others are compared with."""
        self._names.append(name)
        self._bare.append(bare(name))

    def nearest(self, name: str) -> str | None:
        """Return the most similar name of which *name* may be another spelling.

        For example P07 for P7, or Birch for Brich; never a name with another number. None if there is none.
        """
        wanted = bare(name)
        near = process.extract(wanted, self._bare, scorer=OSA.distance, score_cutoff=max(1, len(wanted) // 2), limit=12)
        found = (self._names[index] for _, _, index in near)
        return next((other for other in found if other != name and same_voice(name, other)), None)


def spelled_twice(counts: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Find values that seem to be other spellings of a more frequent value.

    Args:
        counts: How often each value occurs, in order of appearance.

    Returns:
        For each such value: the value, the more frequent (or equally frequent, earlier) value, and the reason.

    Notes:
        Values that differ only in case, spaces, hyphens and full stops are always reported. Others are reported if they
        differ by one typing error within a word of six letters or more, have no digit, and occur at most half as often
        as the other.
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
            if counts[value] * _FREQUENT <= counts[other] and _is_misspelling(value, other):
                found.append((value, other, "they differ by one letter"))
                break
    return found


_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_FREQUENT = 2
"""How many times as often as its misspelling a value must occur."""
_LONG_WORD = 6
"""In shorter words one letter makes another word: east and west."""
_SIGN = re.compile(r"(?<!\d)[\s_.,'’-]+|[\s_.,'’-]+(?!\d)")


def _squeezed(value: str) -> str:
    """Return a value without case, spaces, hyphens and full stops.

    Those between digits are kept, and so is a value without letters.
    """
    return _SIGN.sub("", value.casefold()) if any(map(str.isalpha, value)) else value


def _is_misspelling(value: str, other: str) -> bool:
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
