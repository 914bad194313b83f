"""Spans, words and sentences of an immutable text.

All positions are code points, and only ``\\n`` ends a line. The caret on the screen and the scope of a rule use the
same rule for sentences, so ``)`` moves by the sentences that suggestions cover.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import filterfalse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT = 32
"""Number of code points of context that an anchor keeps before and after its quotation."""

WORD = re.compile(r"\w+(?:['’]\w+)*")
"""A word: letters, digits and underscores, with apostrophes inside it. A hyphen separates words."""

_LONG = 1_000_000
"""Number of code points above which words are counted one by one, which is slower but needs no list of them."""

_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’»)]"
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "approx", "dept", "jr", "sr", "cf"}
    | {"al", "inc", "ltd"}
)
_BEFORE_DIGITS = frozenset({"no", "nos", "fig", "p", "pp", "vol"})
_SENTENCE_END = re.compile(rf"[{_STOPS}]+[{re.escape(_CLOSERS)}]*(?=\s|$)|[。！？][{re.escape(_CLOSERS)}]*|\n+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def of(self, text: str) -> str:
        """Return the text of this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether both spans have at least one code point in common."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether *other* lies entirely within this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> Span | None:
        """Return the range that both spans have in common, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def trimmed(self, text: str) -> Span:
        """Return this span without leading and trailing white space.

        Returns:
            An empty span at *start* if it contains only white space.
        """
        words = self.of(text)
        stripped = words.strip()
        if not stripped:
            return Span(self.start, self.start)
        start = self.start + words.index(stripped[0])
        return Span(start, start + len(stripped))

    def without_edges(self, text: str) -> Span:
        """Return this span without white space and punctuation at its edges; this span if it has nothing else."""
        start, end = self.start, self.end
        while start < end and _is_edge(text[start]):
            start += 1
        while end > start and _is_edge(text[end - 1]):
            end -= 1
        return Span(start, end) if start < end else self


def _is_edge(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] == "P"


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the union of spans as disjoint spans in order; touching spans are merged."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def covered(spans: Iterable[Span]) -> int:
    """Return the number of code points that the spans cover together."""
    return sum(len(span) for span in union(spans))


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def context(text: str, span: Span) -> tuple[str, str]:
    """Return the text before and after a span, at most 32 code points each."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def count_words(text: str) -> int:
    """Count the words of a text; see ``WORD``.

    Notes:
        Most words are alphanumeric and separated by white space, so only the others are matched with the pattern.
    """
    if len(text) > _LONG:
        return sum(1 for _ in WORD.finditer(text))
    pieces = text.split()
    others = list(filterfalse(str.isalnum, pieces))
    return len(pieces) - len(others) + len(WORD.findall(" ".join(others)))


def lines(text: str, span: Span | None = None) -> Iterator[Span]:
    """Iterate over the lines of a text.

    Args:
        text: The text.
        span: The part to divide; the whole text if None.

    Yields:
        Spans in text order, without the newline; after a final newline, an empty line.
    """
    start, stop = (0, len(text)) if span is None else (span.start, span.end)
    while True:
        newline = text.find("\n", start, stop)
        if newline < 0:
            yield Span(start, stop)
            return
        yield Span(start, newline)
        start = newline + 1


def sentences(text: str, span: Span | None = None) -> Iterator[Span]:
    """Iterate over the sentences of a text.

    Args:
        text: The text.
        span: The part to divide; the whole text if None.

    Yields:
        Spans in text order, without leading or trailing white space, never empty.

    Notes:
        A newline always ends a sentence, as do ``?`` and ``!``. A full stop does not after a known abbreviation (Dr.,
        e.g.), after a single initial, or before a lower-case letter; ``…`` does not before a lower-case letter. "No."
        and the like count as abbreviations only before a digit. The abbreviations are English.
    """
    start, stop = (0, len(text)) if span is None else (span.start, span.end)
    for found in _SENTENCE_END.finditer(text, start, stop):
        if found.start() < start or not _ends_sentence(text, start, found, stop):
            continue
        sentence = Span(start, found.end()).trimmed(text)
        if sentence:
            yield sentence
        start = found.end()
    sentence = Span(start, stop).trimmed(text)
    if sentence:
        yield sentence


def _ends_sentence(text: str, start: int, found: re.Match[str], stop: int) -> bool:
    punctuation = found.group()
    if punctuation[0] != "." and punctuation[0] != "…":
        return True
    after = text[found.end() : min(found.end() + 3, stop)].lstrip(" \t\u00a0")
    if after and after[0].islower():
        return False
    if punctuation != ".":
        return True
    before = text[max(start, found.start() - 12) : found.start()].split()
    last = before[-1].lstrip("([\"'“‘").lower() if before else ""
    if last in _BEFORE_DIGITS and after[:1].isdigit():
        return False
    return last not in _ABBREVIATIONS and not (len(last) == 1 and last.isalpha() and last != "i")


def one_line(text: str) -> str:
    """Return the text with every run of white space replaced by one space."""
    return " ".join(text.split())


_QUOTATION = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


def quote_places(text: str, quote: str) -> list[Span]:
    """Find all occurrences of a quotation in a text.

    Args:
        text: The text.
        quote: The quotation; white space and the form of quotation marks may differ from the text, case may not.

    Returns:
        Spans in text order; empty if *quote* contains only white space.
    """
    words = ["".join(_QUOTATION.get(char, re.escape(char)) for char in word) for word in quote.split()]
    if not words:
        return []
    return [Span(*found.span()) for found in re.finditer(r"\s+".join(words), text)]
