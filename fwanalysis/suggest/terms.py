"""Terms: what a rule looks for, as people write it, and the phrases of a corpus that it stands for.

    work together       words in a row; case and inflection are ignored
    "work together"     these words; only case is ignored
    collab*  wom?n      any ending; one character. Wildcards work word by word, in phrases too
    free-riding         a hyphen in a term is a hyphen in the text; a blank is white space of any kind and length

Straight and typographic apostrophes are the same, and so are the hyphen, the non-breaking hyphen and the en dash
between two words. Any other punctuation between two words of a term stands in the text as it stands in the term
(``and/or``), so that a comma in the text breaks a phrase of words and blanks. Punctuation around a term does not count.

Knows words and their counts; nothing of texts, rules or codes.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from fwanalysis.domain.text import WORD
from fwanalysis.errors import InvalidInput
from fwanalysis.suggest.tokens import normal
from fwanalysis.suggest.vocabulary import Vocabulary

LIMIT = 2_000
"""How many phrases the wildcards of one term may stand for."""

_WILD_WORD = re.compile(r"[\w*?]+(?:['’][\w*?]+)*")
_QUOTES = {'"': '"', "“": "”"}
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'"})
_BLANKS = re.compile(r"\s+")

_BY_LENGTH = (0.5, 0.7, 0.8)
_EXACT_BONUS = 0.1
_WILD_MALUS = 0.1
_HALVED_AT = 2.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term expanded against a corpus: for each word the normal words it stands for, and what stands between one word
    and the next.

    ``specificity`` in 0..1 says how much a hit tells: see ``expand``.
    """

    term: str
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]
    specificity: float


def separator(between: str) -> str:
    """What stands between two words in the form in which it is compared: one blank for white space, one kind of
    hyphen."""
    if between == " " or between == "-":
        return between
    return _BLANKS.sub(" ", between.translate(_HYPHENS))


def expand(term: str, vocabulary: Vocabulary, *, code: str) -> Phrase:
    """The phrase that *term* stands for in a corpus; *code* is named in an InvalidInput about a term that cannot be
    used.

    The specificity is 0.5 for one word, 0.7 for two and 0.8 for more, 0.1 higher for a term in quotes and 0.1 lower for
    one with a wildcard; halved where the rarest word of the term (with its inflections) makes up 2 in 1,000 of the
    corpus's words, a third where it is 4 in 1,000, and so on.
    """
    words, gaps, exact = _parse(term, code)
    stands_for = tuple(_alternatives(word, vocabulary, exact=exact) for word in words)
    wild = not exact and any(_is_wild(word) for word in words)
    if wild and prod(len(found) for word, found in zip(words, stands_for, strict=True) if _is_wild(word)) > LIMIT:
        raise InvalidInput(
            f"“{term}”, a term of the code “{code}”, stands for more than {LIMIT:,} different phrases of this corpus; "
            "write more letters before the wildcard."
        )
    base = _BY_LENGTH[min(len(words), 3) - 1] + _EXACT_BONUS * exact - _WILD_MALUS * wild
    rarest = min(vocabulary.occurrences(found) for found in stands_for)
    per_thousand = 1_000 * rarest / max(1, vocabulary.total)
    return Phrase(term, stands_for, gaps, base / (1 + per_thousand / _HALVED_AT))


def _parse(term: str, code: str) -> tuple[list[str], tuple[str, ...], bool]:
    stated = term.strip()
    where = f"“{term}”, a term of the code “{code}”,"
    exact = len(stated) > 1 and _QUOTES.get(stated[0]) == stated[-1]
    if not exact and stated and (stated[0] in _QUOTES or stated[-1] in _QUOTES.values()):
        raise InvalidInput(
            f"{where} is not wholly inside its quotation marks; put them around all of it, or leave them out."
        )
    if not exact and "~" in stated:
        raise InvalidInput(
            f"{where} asks for slips (~), which this version does not support; write the spellings you expect as terms."
        )
    found = list((WORD if exact else _WILD_WORD).finditer(stated))
    if not found:
        raise InvalidInput(f"{where} has no word in it; write a word or a phrase, or remove it.")
    words = [normal(match.group()) for match in found]
    if not exact and any(not word.strip("*?'") for word in words):
        raise InvalidInput(
            f"{where} has a wildcard without a letter beside it; write at least the beginning of the word."
        )
    gaps = tuple(separator(stated[one.end() : other.start()]) for one, other in pairwise(found))
    return words, gaps, exact


def _is_wild(word: str) -> bool:
    return "*" in word or "?" in word


def _alternatives(word: str, vocabulary: Vocabulary, *, exact: bool) -> frozenset[str]:
    if exact:
        return frozenset((word,))
    if _is_wild(word):
        return vocabulary.fitting(word)
    return vocabulary.inflections(word)
