"""Terms of rules, and the phrases of a corpus that they match.

    work together       words in a row; letter case and inflection are ignored
    "work together"     exactly these words; only letter case is ignored
    collab*  wom?n      any number of characters; one character. Wildcards apply word by word, in phrases too
    free-riding         a hyphen matches a hyphen; a space matches white space of any kind and length

Straight and typographic apostrophes are equal, and so are the hyphen, the non-breaking hyphen and the en dash between
two words. Any other punctuation between two words of a term must be the same in the text (``and/or``): a comma in the
text interrupts a phrase that is written with a space. Punctuation around a term is ignored.

Uses words and their counts only; knows no texts, rules or codes.
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
"""The largest number of phrases that the wildcards of one term may match."""

_WILD_WORD = re.compile(r"[\w*?]+(?:['’][\w*?]+)*")
_QUOTES = {'"': '"', "“": "”"}
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'"})
_WHITE_SPACE = re.compile(r"\s+")

_BY_LENGTH = (0.5, 0.7, 0.8)
_EXACT_BONUS = 0.1
_WILD_MALUS = 0.1
_HALVED_AT = 2.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term expanded to the word forms of a corpus.

    Attributes:
        term: The term as written.
        words: For each word of the term, the normalised word forms that it matches.
        gaps: The separators between one word and the next; see ``separator``.
        specificity: 0 to 1, how much a match indicates the code; see ``expand``.
    """

    term: str
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]
    specificity: float


def separator(between: str) -> str:
    """Return the text between two words as it is compared: one space for white space, one kind of hyphen."""
    if between == " " or between == "-":
        return between
    return _WHITE_SPACE.sub(" ", between.translate(_HYPHENS))


def expand(term: str, vocabulary: Vocabulary, *, code: str) -> Phrase:
    """Expand a term to the word forms that it matches in a corpus.

    Args:
        term: As written in the codebook.
        vocabulary: The word forms of all sources and how often each occurs.
        code: Name of the code, for error messages.

    Returns:
        The phrase, with a specificity of

            base / (1 + f / 2)

        where the base is 0.5, 0.7 or 0.8 for terms of one, two or more words, 0.1 higher in quotation marks and 0.1
        lower with a wildcard, and f is the frequency, per 1,000 words of the corpus, of the rarest word of the term
        with its inflections.

    Raises:
        InvalidInput: If the term cannot be parsed, or its wildcards match more than ``LIMIT`` phrases.

    Notes:
        Inflections are the word forms of the corpus with the same Snowball stem (Porter 2001). The specificity is a
        heuristic in the manner of the inverse document frequency (Spärck Jones 1972): rare words indicate more.
    """
    words, gaps, exact = _parse(term, code)
    matching = tuple(_alternatives(word, vocabulary, exact=exact) for word in words)
    wild = not exact and any(_is_wild(word) for word in words)
    if wild and prod(len(found) for word, found in zip(words, matching, strict=True) if _is_wild(word)) > LIMIT:
        raise InvalidInput(
            f'term “{term}” of code "{code}" matches more than {LIMIT:,} different phrases of this project',
            hint="write more letters before the wildcard",
        )
    base = _BY_LENGTH[min(len(words), 3) - 1] + _EXACT_BONUS * exact - _WILD_MALUS * wild
    rarest = min(vocabulary.occurrences(found) for found in matching)
    per_thousand = 1_000 * rarest / max(1, vocabulary.total)
    return Phrase(term, matching, gaps, base / (1 + per_thousand / _HALVED_AT))


def _parse(term: str, code: str) -> tuple[list[str], tuple[str, ...], bool]:
    stated = term.strip()
    where = f'term “{term}” of code "{code}"'  # terms have straight quotation marks of their own
    exact = len(stated) > 1 and _QUOTES.get(stated[0]) == stated[-1]
    if not exact and stated and (stated[0] in _QUOTES or stated[-1] in _QUOTES.values()):
        raise InvalidInput(
            f"{where} has a quotation mark at one end only", hint="quote the whole term, or remove the quotation mark"
        )
    if not exact and "~" in stated:
        raise InvalidInput(
            f"{where} uses ~ (typos), which this version does not support",
            hint="write the spellings you expect as terms of their own",
        )
    found = list((WORD if exact else _WILD_WORD).finditer(stated))
    if not found:
        raise InvalidInput(f"{where} has no word in it", hint="write a word or a phrase, or remove the term")
    words = [normal(match.group()) for match in found]
    if not exact and any(not word.strip("*?'") for word in words):
        raise InvalidInput(
            f"{where} has a wildcard without a letter beside it", hint="write at least the first letters of the word"
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
