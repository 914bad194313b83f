"""Denials: whether a text denies what a rule found in it, as *we never competed* denies competition.

A match is denied if its clause has a word of denial before it (in some languages: anywhere) that is no part of a match
nor of a phrase that only looks like a denial (*not only*, *I don't know whether*). A clause is what rules of the scope
*clause* are applied to. This is the idea of NegEx (Chapman et al. 2001, J Biomed Inform 34: 301-310), with the clause
in place of its window of five words.

Limits: words are found, not parsed. A denial is missed if its word is in another clause or sentence (*competition,
no*), in English and Spanish if it follows the match (*competition never came into it*), and if a word denies in itself
(*refused*, *lack*); so is irony. *I'd not miss the spreadsheet* counts as a denial of the spreadsheet. A term that has
a word of denial itself (*nothing in return*) is not denied by that word. In a language without a table nothing is
denied.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from fwanalysis.domain.text import Span
from fwanalysis.suggest.units import clauses


class Denials(NamedTuple):
    """What denies in a language.

    Attributes:
        words: Words and endings (``*`` before them) that deny, in lower case with straight apostrophes.
        not_denials: Phrases with such a word that deny nothing.
        only_before: Whether only a word before the match denies it.
    """

    words: tuple[str, ...]
    not_denials: tuple[str, ...]
    only_before: bool


DENIALS = {
    "en": Denials(
        (
            *("no", "not", "*n't", "cannot", "never", "nobody", "no one", "none", "neither", "nor", "nothing"),
            *("nowhere", "hardly", "without"),
        ),
        (
            *("not only", "not just", "not merely", "not simply", "no doubt", "without doubt", "without a doubt"),
            *("no wonder", "not sure", "*n't sure", "not know if", "*n't know if", "not know whether"),
            *("*n't know whether", "not certain", "*n't certain", "why not", "why don't", "or not", "nothing but"),
            *("no longer than", "no less", "whether or not", "not least", "can't help but", "couldn't help but"),
        ),
        True,
    ),
    "de": Denials(
        (
            *("nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand"),
            *("niemanden", "niemandem", "nichts", "nirgends", "weder", "ohne", "kaum"),
        ),
        ("nicht nur", "nicht bloß", "nicht sicher", "weiß nicht ob", "weiß nicht, ob", "ohne zweifel", "oder nicht"),
        False,
    ),
    "es": Denials(
        ("no", "nunca", "jamás", "nadie", "nada", "ningún", "ninguno", "ninguna", "tampoco", "sin", "ni"),
        ("no solo", "no sólo", "no solamente", "no sé si", "sin duda", "o no"),
        True,
    ),
    "fr": Denials(
        ("pas", "jamais", "aucun", "aucune", "rien", "ni", "sans", "nulle part", "guère"),
        ("pas seulement", "sais pas si", "pas sûr", "pas sûre", "sans doute", "ou pas", "pourquoi pas"),
        False,
    ),
}
"""By language code. Words that also mean something else (French *personne*, *plus*) are left out."""


def is_denied(text: str, unit: Span, hits: Iterable[tuple[int, int]], language: str) -> bool:
    """Return whether a unit of text denies every match of a rule in it.

    Args:
        text: The text; positions are code points of it.
        unit: The sentence, turn or clause to which the rule was applied.
        hits: The half-open ranges that matched, within the unit.
        language: Language code of the codebook; without a table in ``DENIALS`` nothing is denied.
    """
    known = _compiled(language.lower().partition("-")[0])
    if known is None or not known.words.search(text, unit.start, unit.end):
        return False
    matched = [Span(start, end) for start, end in hits]
    denying = [(clause, _denying(text, clause, matched, known)) for clause in clauses(text, unit, language)]
    return bool(matched) and all(
        any(
            clause.overlaps(hit) and any(word.end <= hit.start or not known.only_before for word in words)
            for clause, words in denying
        )
        for hit in matched
    )


class _Compiled(NamedTuple):
    words: re.Pattern[str]
    not_denials: re.Pattern[str]
    only_before: bool


def _denying(text: str, clause: Span, hits: Iterable[Span], known: _Compiled) -> list[Span]:
    """Return the words of denial in a clause that belong to no match and to no phrase that denies nothing."""
    others = [*hits, *_found(known.not_denials, text, clause)]
    return [word for word in _found(known.words, text, clause) if not any(map(word.overlaps, others))]


def _found(pattern: re.Pattern[str], text: str, within: Span) -> list[Span]:
    return [Span(*found.span()) for found in pattern.finditer(text, within.start, within.end)]


@lru_cache
def _compiled(language: str) -> _Compiled | None:
    table = DENIALS.get(language)
    return _Compiled(_pattern(table.words), _pattern(table.not_denials), table.only_before) if table else None


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(map(_phrase, phrases), key=len, reverse=True))
    return re.compile(rf"(?:{alternatives})\b", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    """Return a phrase as a pattern: any white space, either apostrophe, and any beginning for ``*``."""
    written = re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
    return rf"\w+{written[2:]}" if phrase.startswith("*") else rf"\b{written}"
