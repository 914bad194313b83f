"""Spans, words and sentences of an immutable text. All positions are code points; only ``\\n`` ends a line.

Nothing here knows where a text comes from. The same sentence rule serves the caret on the screen and the scope of a
rule, so that what a suggestion calls a sentence is what ``)`` jumps over.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import filterfalse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT = 32
"""How many code points of context an anchor keeps on either side of its quote."""

WORD = re.compile(r"\w+(?:['’]\w+)*")
"""A word: letters, digits and underscores, with apostrophes inside it. A hyphen separates words."""

_LONG = 1_000_000
"""From how many characters on words are counted one by one: slower, and without a list of them all."""

_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’»)]"
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "approx", "dept", "jr", "sr", "cf"}
    | {"al", "inc", "ltd"}
)
_BEFORE_FIGURES = frozenset({"no", "nos", "fig", "p", "pp", "vol"})
_SENTENCE_END = re.compile(rf"[{_STOPS}]+[{re.escape(_CLOSERS)}]*(?=\s|$)|[。！？][{re.escape(_CLOSERS)}]*|\n+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in code points."""

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
        """The words of this span in *text*."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> Span | None:
        """The stretch that both share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def trimmed(self, text: str) -> Span:
        """This span without white space at its ends; empty at its start if it is white space only."""
        words = self.of(text)
        stripped = words.strip()
        if not stripped:
            return Span(self.start, self.start)
        start = self.start + words.index(stripped[0])
        return Span(start, start + len(stripped))


def union(spans: Iterable[Span]) -> list[Span]:
    """The spans merged where they touch or overlap, in order."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def covered(spans: Iterable[Span]) -> int:
    """How many code points the spans cover together, each counted once."""
    return sum(len(span) for span in union(spans))


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def context(text: str, span: Span) -> tuple[str, str]:
    """The (up to) 32 code points before and after the span."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def count_words(text: str) -> int:
    """How many words the text has. Most stand between blanks and are all letters, which needs no pattern to tell."""
    if len(text) > _LONG:
        return sum(1 for _ in WORD.finditer(text))
    pieces = text.split()
    others = list(filterfalse(str.isalnum, pieces))
    return len(pieces) - len(others) + len(WORD.findall(" ".join(others)))


def lines(text: str, span: Span | None = None) -> Iterator[Span]:
    """The lines of *text* (or of a span of it), without their newline; a last empty line counts."""
    start, stop = (0, len(text)) if span is None else (span.start, span.end)
    while True:
        newline = text.find("\n", start, stop)
        if newline < 0:
            yield Span(start, stop)
            return
        yield Span(start, newline)
        start = newline + 1


def sentences(text: str, span: Span | None = None) -> Iterator[Span]:
    """The sentences of *text* (or of a span of it), trimmed of white space; a newline always ends one.

    A full stop after a known abbreviation, a single initial, or before a lower-case letter does not end a sentence.
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
    mark = found.group()
    if mark[0] != "." and mark[0] != "…":
        return True
    after = text[found.end() : min(found.end() + 3, stop)].lstrip(" \t\u00a0")
    if after and after[0].islower():
        return False
    if mark != ".":
        return True
    before = text[max(start, found.start() - 12) : found.start()].split()
    last = before[-1].lstrip("([\"'“‘").lower() if before else ""
    if last in _BEFORE_FIGURES and after[:1].isdigit():
        return False
    return last not in _ABBREVIATIONS and not (len(last) == 1 and last.isalpha() and last != "i")


def one_line(text: str) -> str:
    """The text with every run of white space as one blank, for lists and table cells."""
    return " ".join(text.split())


_QUOTATION = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


def quote_places(text: str, quote: str) -> list[Span]:
    """Where the words of *quote* stand in *text*: letter by letter, but for white space and the form of quote marks."""
    words = ["".join(_QUOTATION.get(sign, re.escape(sign)) for sign in word) for word in quote.split()]
    if not words:
        return []
    return [Span(*found.span()) for found in re.finditer(r"\s+".join(words), text)]
