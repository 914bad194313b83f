"""Compare a quotation with the words of a transcript, character for character.

Whatever a quotation changes it has to show: an omission by an ellipsis, an insertion by square brackets, the case of a
first letter as in ``[T]he``. Knows texts only, not where they come from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from fwanalysis.domain.text import sentences
from fwanalysis.matching.word_boundaries import in_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BREAK = "\0"
"""Separates texts that do not directly follow each other; only an ellipsis reaches across it."""

_MARKS = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"'))
_NOT_APOSTROPHE = re.compile(r"(?<![\w\]])'|'(?![\w\[])")
_DOTS = r"(?:…|\.(?: ?\.){2,})"
_TOKEN = re.compile(
    rf"(?P<bracketed>[\[(] ?{_DOTS} ?[\])])|(?P<dots>{_DOTS})"
    r"|(?<!\w)\[(?P<letter>\w)\](?=\w)|\[(?P<inside>[^\[\]]*)\]"
)
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_DOTS_FIRST = re.compile(rf"[ \0]*{_DOTS}")
_DOTS_LAST = re.compile(rf"{_DOTS}[ \0]*$")
_DOTS_ONLY = re.compile(rf"[ \0]*{_DOTS}[ \0]*$")
_DOTS_LENGTH = 12
"""How many characters before a word an ellipsis in the transcript is looked for."""
_HYPHENS, _IN_NUMBERS = ("-", "\u2010", "\u2011"), (".", ",", ":")
_MAX_LETTERS = 6
"""How many ``[T]he`` a part of a quotation may have; each doubles the number of comparisons."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Characters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """An insertion of a quotation.

    Attributes:
        start: Offset of its opening bracket in the words of the quotation.
        end: Offset after its closing bracket.
        words: What is inside the brackets.
        replaced: The words of the transcript that it replaces; empty if it only adds words.
    """

    start: int
    end: int
    words: str
    replaced: str


@dataclass(slots=True)
class _Literal:
    """Words that the transcript must have.

    Attributes:
        variants: The words, once for each case that ``[T]he`` permits.
        starts_word: Whether they must begin where a word does; not directly after an insertion.
        ends_word: Whether they must end where a word does; not directly before an insertion.
        is_last: Whether a full stop or comma at their end may be missing in the transcript.
    """

    variants: list[str] = field(default_factory=lambda: [""])
    starts_word: bool = True
    ends_word: bool = True
    is_last: bool = False


@dataclass(slots=True)
class _Part:
    """A part of a quotation that is between two ellipses.

    Attributes:
        after_brackets: Whether the ellipsis before it is in brackets.
        literals: Its words; between each two of them is an insertion.
        gaps: For each insertion between two literals, which brackets of the quotation it consists of.
    """

    after_brackets: bool = False
    literals: list[_Literal] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its words, insertions left out."""
        return " ".join(literal.variants[0] for literal in self.literals)


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a part is in a text, and what its insertions replace there."""

    start: int
    end: int
    replaced: tuple[str, ...] = ()
    before: _Match | None = None


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text in the form in which texts are compared.

    Each run of white space is a space, an apostrophe within a word is ``'``, every other quotation mark is ``"``, and
    letters are composed (Unicode NFC). Nothing else changes.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return _NOT_APOSTROPHE.sub('"', text.translate(_MARKS))


def match_quotation(words: str, texts: Iterable[str], others: Sequence[str] = ()) -> tuple[Inserted, ...] | None:
    """Return the insertions of a quotation if a text has its other words, or None if none has.

    Args:
        words: What is inside the quotation marks.
        texts: What it is compared with, each of them ``plain``, or several that are joined with ``BREAK``.
        others: Words of other speakers beside them, also ``plain``: what they have in brackets is no insertion.

    Notes:
        Brackets that the text has too are words of the transcript and not an insertion. An insertion replaces words
        within one sentence, but nothing in brackets. An ellipsis without brackets, where the transcript has one, is the
        transcript's own and leaves nothing out. The full stop or comma at the very end of a quotation may be missing in
        the text unless that has ``?`` or ``!`` there. Parts between ellipses must be in the order of the text. Words
        must be whole words, to which apostrophes and hyphens belong, and whole numbers.
    """
    quotation = plain(words)
    brackets = {found.group() for found in _TOKEN.finditer(quotation) if found.group()[0] == "["}
    elsewhere = {item for item in brackets if any(item in other for other in others)}
    for text in texts:
        inside = {item for item in brackets if item in text}
        for kept in dict.fromkeys((frozenset(inside | elsewhere), frozenset(elsewhere - inside))):
            replaced = _replaced(_parts(quotation, kept), text)
            if replaced is not None:
                return tuple(_inserted(words, kept, replaced))
    return None


def missing_part(words: str, texts: Sequence[str]) -> str:
    """Return the words of the first part between ellipses that no text has; empty if each part is in one of them."""
    for part in _parts(plain(words), frozenset()):
        if part.literals and not any(_places(part, text) for text in texts):
            return part.words
    return ""


def with_bracketed_ellipses(words: str) -> str:
    """Return the words of a quotation with every ellipsis in brackets, which then may leave out anything."""
    return _TOKEN.sub(lambda token: "[…]" if token["dots"] else token.group(), plain(words))


def _inserted(words: str, kept: frozenset[str], replaced: dict[int, str]) -> Iterator[Inserted]:
    """Yield the insertions with their offsets in *words*, which has the same brackets as its plain form."""
    for index, (start, end) in enumerate(_brackets(words, kept)):
        yield Inserted(start, end, words[start + 1 : end - 1].strip(), replaced.get(index, ""))


def _brackets(words: str, kept: frozenset[str]) -> Iterator[tuple[int, int]]:
    for found in _BRACKETS.finditer(words):
        inside = plain(found.group())
        token = _TOKEN.fullmatch(inside)
        before, after = words[max(0, found.start() - 1) : found.start()], words[found.end() : found.end() + 1]
        is_letter = len(inside) == len("[T]") and after.isalnum() and not before.isalnum()
        if token is not None and not token["bracketed"] and inside not in kept and not is_letter:
            yield found.span()


def _parts(quotation: str, kept: frozenset[str]) -> list[_Part]:
    """Divide a quotation at its ellipses and insertions; *kept* are the brackets that are words of the transcript."""
    parts = [_Part()]
    pending: list[int] = []
    brackets = end = 0
    open_literal = _Literal()
    for token in _TOKEN.finditer(quotation):
        _append(open_literal, quotation[end : token.start()])
        end = token.end()
        if token["inside"] is not None and token.group() not in kept:
            open_literal = _close(parts[-1], open_literal, pending, touched=True)
            pending.append(brackets)
            brackets += 1
        elif token["bracketed"] or token["dots"]:
            _close(parts[-1], open_literal, pending, touched=False)
            pending = []
            open_literal = _Literal()
            joins = not parts[-1].literals and parts[-1].after_brackets
            parts.append(_Part(after_brackets=bool(token["bracketed"]) or joins))
        elif token["letter"] and token.group() not in kept and len(open_literal.variants) < 2**_MAX_LETTERS:
            letter = token["letter"]
            open_literal.variants = [start + case for start in open_literal.variants for case in _cases(letter)]
        else:
            _append(open_literal, token.group())
    _append(open_literal, quotation[end:])
    open_literal.is_last = True
    _close(parts[-1], open_literal, pending, touched=False)
    return parts


def _cases(letter: str) -> list[str]:
    return list(dict.fromkeys((letter, letter.lower(), letter.upper())))


def _append(literal: _Literal, words: str) -> None:
    literal.variants = [variant + words for variant in literal.variants]


def _close(part: _Part, literal: _Literal, pending: list[int], *, touched: bool) -> _Literal:
    """Add a literal to its part and return the next one.

    Args:
        part: The part that it belongs to.
        literal: The literal; nothing is added if it has no words.
        pending: The brackets directly before it; emptied if it is added.
        touched: Whether a bracket follows.
    """
    words = literal.variants[0]
    if not words.strip():
        return _Literal()
    literal.starts_word = not pending or words[0] == " "
    literal.ends_word = not touched or words[-1] == " "
    literal.variants = [variant.strip() for variant in literal.variants]
    if part.literals:
        part.gaps.append(list(pending))
    part.literals.append(literal)
    pending.clear()
    return _Literal()


def _replaced(parts: Sequence[_Part], text: str) -> dict[int, str] | None:
    """Return what each insertion replaces if the parts are in the text in this order, or None if they are not."""
    spoken = [part for part in parts if part.literals]
    reached: list[_Match] = []
    for number, part in enumerate(spoken):
        places = _places(part, text)
        if number:
            places = list(_continued(text, reached, places, bracketed=part.after_brackets))
        if not places:
            return None
        reached = places
    found: dict[int, str] = {}
    match = reached[0] if reached else None
    for part in reversed(spoken):
        if match is None:
            break
        found |= {gap[0]: words for gap, words in zip(part.gaps, match.replaced, strict=True)}
        match = match.before
    return found


def _continued(text: str, reached: Sequence[_Match], places: Iterable[_Match], *, bracketed: bool) -> Iterator[_Match]:
    """Yield the places of a part that an ellipsis may lead to from a place of the part before it."""
    by_end = {match.end: match for match in reached}
    before_words = [end for end in by_end if bracketed or _DOTS_FIRST.match(text, end) is None]
    first = min(before_words, default=len(text) + 1)
    for place in places:
        start = place.start
        after_words = bracketed or _DOTS_LAST.search(text, max(0, start - _DOTS_LENGTH), start) is None
        end = first if after_words and first <= start else _end_before_dots(text, by_end, start)
        if end is not None:
            yield _Match(start, place.end, place.replaced, by_end[end])


def _end_before_dots(text: str, ends: Iterable[int], start: int) -> int | None:
    """Return the end after which the text has nothing but an ellipsis before *start*, or None."""
    near = range(max(0, start - _DOTS_LENGTH), start)
    return next((end for end in near if end in ends and _DOTS_ONLY.match(text, end, start)), None)


def _places(part: _Part, text: str) -> list[_Match]:
    """Return where a part is in a text, in order.

    Notes:
        What is before an insertion is taken as near to it as possible, so that an insertion replaces as little as
        possible. Time is linear in the occurrences of each literal.
    """
    reached = {end: _Match(start, end) for start, end in _occurrences(part.literals[0], text, 0, len(text))}
    for literal in part.literals[1:]:
        following: dict[int, _Match] = {}
        ends = sorted(reached)
        limits = {end: _insertion_limit(text, end) for end in ends}
        for start, end in _occurrences(literal, text, ends[0], max(limits.values())) if ends else ():
            before = ends[bisect_right(ends, start) - 1]
            if start <= limits[before]:
                match = reached[before]
                following[end] = _Match(match.start, end, (*match.replaced, text[before:start].strip()))
        reached = following
    return sorted(reached.values(), key=lambda match: match.start)


def _insertion_limit(text: str, start: int) -> int:
    """Return how far an insertion reaches at most: to the end of its sentence, a bracket or a break."""
    first = start + (text[start : start + 1] == " ")
    ends = _sentence_ends(text)
    at = bisect_right(ends, first)
    limit = ends[at] if at < len(ends) else len(text)
    return min([limit, *(place for mark in ("[", BREAK) if (place := text.find(mark, start, limit)) >= 0)])


@lru_cache(maxsize=256)
def _sentence_ends(text: str) -> tuple[int, ...]:
    return tuple(sentence.end for sentence in sentences(text))


def _occurrences(literal: _Literal, text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield where the words are in a text, as whole words, for starts between two offsets, both included."""
    for variant in literal.variants:
        shorter = variant[:-1] if literal.is_last and variant[-1] in ".," and variant[-2:-1] != " " else ""
        words = shorter or variant
        start = text.find(words, first)
        while 0 <= start <= last:
            end = start + len(words)
            whole = not literal.starts_word or _is_edge(text, start)
            if whole and shorter and text.startswith(variant, start) and _is_edge(text, end + 1):
                yield start, start + len(variant)
            elif whole and _may_end(literal, text, end, shortened=bool(shorter)):
                yield start, end
            start = text.find(words, start + 1)


def _may_end(literal: _Literal, text: str, end: int, *, shortened: bool) -> bool:
    if shortened and text[end : end + 1] in ("?", "!"):
        return False
    return not literal.ends_word or _is_edge(text, end)


def _is_edge(text: str, at: int) -> bool:
    """Return whether a word may begin or end at an offset."""
    if "'" in text[max(0, at - 1) : at + 1] or _joins(text, at - 1) or _joins(text, at):
        return False
    return not in_word(text, at) or _SPACELESS.search(text, max(0, at - 1), at + 1) is not None


def _joins(text: str, at: int) -> bool:
    """Return whether the character is a hyphen within a word, or punctuation within a number."""
    before, after = text[max(0, at - 1) : max(0, at)], text[at + 1 : at + 2]
    if text[at : at + 1] in _HYPHENS:
        return before.isalnum() and after.isalnum()
    return text[at : at + 1] in _IN_NUMBERS and before.isdigit() and after.isdigit()
