"""The language of summaries: references, quotations, and comments of the researcher, in plain text.

::

    She bears most of the cost, “I did the whole of it” *(P04:12), although not gladly !(P04:14–16; also FG1:3).
    [R: ask about the second winter]

A line is a paragraph. Knows the text of a summary only, not the project that it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.summary_quotations import find_quotations
from fwanalysis.domain.summary_references import SummaryReference, find_references, rewrite
from fwanalysis.domain.text import Span, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fwanalysis.domain.summary_references import Target

_COMMENT = re.compile(r"\[\s*[Rr]\s*:")
_BRACKET = re.compile(r"[\[\]]")
_STOP = re.compile(r"[.!?…。！？]+$")
_PUNCTUATION = re.compile(r"[.,;:!?…]*")


@dataclass(frozen=True, slots=True)
class SummaryQuotation:
    """A verbatim quotation in a summary.

    Attributes:
        span: From the opening to the closing quotation mark.
        words: What is inside the marks, comments replaced by spaces; ``words[0]`` is at ``span.start + 1``.
        references: Indexes of the references that it belongs to: those in the next parentheses after it in its
            paragraph. Empty if there are none.
    """

    span: Span
    words: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SummaryComment:
    """A comment of the researcher, ``[R: ...]``, which is never data.

    Attributes:
        span: From the opening to the closing bracket.
        words: What is inside, without ``R:`` and white space at the edges.
    """

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary.

    Attributes:
        span: Its text, with the references that directly follow it.
        references: Indexes of the references in it; empty if it has none.
    """

    span: Span
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The text of a summary with its parts, each in the order of the text.

    Attributes:
        unpaired: The quotation marks that open or close a quotation without a counterpart.
    """

    text: str
    references: tuple[SummaryReference, ...]
    quotations: tuple[SummaryQuotation, ...]
    comments: tuple[SummaryComment, ...]
    sentences: tuple[SummarySentence, ...]
    unpaired: tuple[Span, ...] = ()

    def reference_at(self, offset: int) -> SummaryReference | None:
        """Return the reference at an offset: the one around it, or else the next in the same parentheses."""
        inside = [item for item in self.references if item.parenthesis.start <= offset <= item.parenthesis.end]
        return next((item for item in inside if offset <= item.span.end), inside[-1] if inside else None)


def parse_summary(text: str, known: Callable[[str], bool] | None = None) -> Summary:
    """Parse the text of a summary.

    Args:
        text: The text; offsets are code points.
        known: Whether a name (``P04``, ``P04/FG1``) is that of a case or a source. A name that is not known is one if
            it looks like a name; see ``summary_references.find_references``.

    Notes:
        Time is about linear in the length of the text.
    """
    comments = _comments(text)
    plain = _overwritten(text, [comment.span for comment in comments], " ")
    references = find_references(plain, known)
    parentheses = list(dict.fromkeys(item.parenthesis for item in references))
    spans, unpaired = find_quotations(plain, parentheses)
    quotations = tuple(
        SummaryQuotation(span, plain[span.start + 1 : span.end - 1], _following(plain, span, references))
        for span in spans
    )
    return Summary(
        text,
        tuple(references),
        quotations,
        tuple(comments),
        _sentences(plain, spans, parentheses, references),
        tuple(unpaired),
    )


def renumbered(summary: Summary, targets: Mapping[int, Target]) -> str:
    """Return the text of a summary with references replaced, every other character unchanged.

    Args:
        summary: The parsed summary.
        targets: For the index of a reference, the name, first and last number, and whether these are lines. References
            that are not in it stay as they are.

    Notes:
        Marks, separators and dashes stay as they are. A number that takes over the name before it in its list is
        written with its name if the two are no longer the same.
    """
    return rewrite(summary.text, summary.references, targets)


def _comments(text: str) -> list[SummaryComment]:
    """Return the comments of a text. One that is not closed ends at the end of its line."""
    found = []
    end = 0
    while opening := _COMMENT.search(text, end):
        end = _closing(text, opening.start())
        words = text[opening.end() : end]
        found.append(SummaryComment(Span(opening.start(), end), words.removesuffix("]").strip()))
    return found


def _closing(text: str, start: int) -> int:
    depth = 0
    for bracket in _BRACKET.finditer(text, start):
        depth += 1 if bracket.group() == "[" else -1
        if depth == 0:
            return bracket.end()
    newline = text.find("\n", start)
    return len(text) if newline < 0 else newline


def _overwritten(text: str, spans: Sequence[Span], character: str) -> str:
    """Return the text with every code point of the spans replaced."""
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += (text[end : span.start], character * len(span))
        end = span.end
    return "".join((*parts, text[end:]))


def _following(text: str, span: Span, references: Sequence[SummaryReference]) -> tuple[int, ...]:
    """Return the indexes of the references in the next parentheses after a span, in the same paragraph."""
    at = bisect_left(references, span.end, key=lambda item: item.parenthesis.start)
    if at == len(references) or "\n" in text[span.end : references[at].parenthesis.start]:
        return ()
    end = bisect_left(references, references[at].parenthesis.end, key=lambda item: item.parenthesis.start)
    return tuple(range(at, end))


def _sentences(
    text: str, quotations: Sequence[Span], parentheses: Sequence[Span], references: Sequence[SummaryReference]
) -> tuple[SummarySentence, ...]:
    """Return the sentences of a text, in which comments are overwritten.

    Notes:
        Sentences end as ``text.sentences`` says, but never within a quotation or a reference. A full stop at the end of
        a quotation ends the sentence, unless the sentence goes on in lower case or with a reference. References that
        directly follow a sentence belong to it.
    """
    quiet = _quietened(text, quotations, parentheses)
    found: list[Span] = []
    for sentence in sentences(quiet):
        start = _after_references(text, sentence.start, parentheses)
        if found and start > sentence.start and "\n" not in text[found[-1].end : sentence.start]:
            found[-1] = Span(found[-1].start, start)
            sentence = Span(min(start, sentence.end), sentence.end).trimmed(text)
        if any(map(str.isalpha, sentence.of(text))):
            found.append(sentence)
    starts = [item.span.start for item in references]
    return tuple(
        SummarySentence(span, tuple(range(bisect_left(starts, span.start), bisect_left(starts, span.end))))
        for span in found
    )


def _quietened(text: str, quotations: Sequence[Span], parentheses: Sequence[Span]) -> str:
    """Return the text with references and quotations as letters only."""
    parts: list[str] = []
    end = 0
    text_of_references = _overwritten(text, parentheses, "X")
    for span in quotations:
        parts += (text_of_references[end : span.start], _quiet(text, span, parentheses))
        end = span.end
    return "".join((*parts, text_of_references[end:]))


def _quiet(text: str, span: Span, parentheses: Sequence[Span]) -> str:
    """Return a quotation as letters only, with the full stop at its end if that ends the sentence."""
    stop = _STOP.search(text[span.start : span.end - 1])
    after = text[span.end : span.end + 80].lstrip(" \t\u00a0")
    goes_on = after[:1].islower() or _after_references(text, span.end, parentheses) > span.end
    if stop is None or goes_on:
        return "x" * len(span)
    length = len(stop.group())
    return "x" * (len(span) - length - 1) + text[span.end - 1 - length : span.end]


def _after_references(text: str, at: int, parentheses: Sequence[Span]) -> int:
    """Return the offset after the references that directly follow *at*, with their punctuation; *at* without any."""
    for index in range(bisect_left(parentheses, at, key=lambda span: span.start), len(parentheses)):
        parenthesis = parentheses[index]
        if text[at : parenthesis.start].strip(" \t\u00a0*!"):
            break
        at = _PUNCTUATION.match(text, parenthesis.end).end()  # type: ignore[union-attr]  # the pattern also matches nothing
    return at
