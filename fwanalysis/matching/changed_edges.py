"""Find where a corrected passage begins and ends in the new text when its first or last words were changed.

Pure: two texts, their alignment and a span. The alignment gives the passages that both texts share; an edge of the span
that lies in no shared passage is looked for in the gap between two of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from fwanalysis.domain.text import Span
from fwanalysis.matching.word_boundaries import in_word, to_words

if TYPE_CHECKING:
    from fwanalysis.matching.alignment import Alignment, Gap

_WIDEST_GAP = 600
"""Code points of a gap in which the best cut is searched for: a longer one says too little about a place."""
_ENDS = ".!?…。！？"
_SENTENCE_END = re.compile(rf"[{_ENDS}]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+[”’」』）]*|\n")
_CLAUSE_MARKS = f"{_ENDS},;:，；：、\n"
_CLAUSE_END = re.compile(rf"[{_CLAUSE_MARKS}]|\Z")
_MOST_SPACES = 40
_WORD_EDGE = re.compile(r"(?<=\w)(?!\w)|(?<!\w)(?=\w)|(?<=[^\w\s])(?=\s|\Z)|(?<=\s)(?=[^\w\s])")
_MOST_SHARED = 0.25
"""An added sentence is left out of the passage unless more than this share of its characters is from the quotation."""


class CorrectedPassage(NamedTuple):
    """A span of the new text; ``is_firm`` if no text beyond an edge of the old span was changed together with it."""

    span: Span
    is_firm: bool


def corrected_passage(old: str, new: str, alignment: Alignment, span: Span) -> CorrectedPassage | None:
    """Return the passage of *new* that took the place of *span* in *old*, whole words and sentences included.

    Args:
        old: The text before the correction.
        new: The text after it.
        alignment: The passages that both share.
        span: A non-empty half-open range of code points of *old*.

    Returns:
        The passage between the unchanged neighbours of *span*, or None if nothing is left there or too much was
        changed around it. What was added at an edge belongs to the passage up to the end of its sentence, except for
        whole sentences.
    """
    before, after = alignment.gap(span.start), alignment.gap(span.end)
    if max(map(len, (before.old, before.new, after.old, after.new))) > _WIDEST_GAP:
        return None
    start = _start(old, new, before, span)
    end = _end(old, new, after, span)
    if start >= end:
        return None
    place = Span(start, end).trimmed(new)
    if not place:
        return None
    place = to_words(new, place, start=not in_word(old, span.start), end=not in_word(old, span.end))
    firm = before.old.start == span.start and after.old.end == span.end
    return CorrectedPassage(_without_added_sentences(new, place, span.of(old)), firm)


def _start(old: str, new: str, gap: Gap, span: Span) -> int:
    """Return where the first words of the passage begin in the gap around the start of the span."""
    ours = old[span.start : gap.old.end]
    theirs = old[gap.old.start : span.start]
    if ours and not theirs:
        return gap.new.start
    if ours:
        return _cut(new, gap.new, theirs, ours)
    added = gap.new.of(new)
    if theirs or not added:
        return gap.new.end
    if not (_begins_clause(old, span.start) or in_word(new, gap.new.end)):
        return gap.new.end
    *_, last = (0, *(found.end() for found in _SENTENCE_END.finditer(added)))
    return gap.new.start + last


def _end(old: str, new: str, gap: Gap, span: Span) -> int:
    """Return where the last words of the passage end in the gap around the end of the span."""
    ours = old[gap.old.start : span.end]
    theirs = old[span.end : gap.old.end]
    if ours and not theirs:
        return gap.new.end
    if ours:
        return _cut(new, gap.new, ours, theirs)
    added = gap.new.of(new)
    if theirs or not added or old[span.end - 1] in _ENDS:
        return gap.new.start
    end = _SENTENCE_END.search(added)
    if end:
        return gap.new.start + end.end()
    return gap.new.end if _CLAUSE_END.match(old, span.end) else gap.new.start


def _begins_clause(text: str, at: int) -> bool:
    before = text[max(0, at - _MOST_SPACES) : at].rstrip(" ")
    return not before or before[-1] in _CLAUSE_MARKS


def _cut(new: str, gap: Span, left: str, right: str) -> int:
    """Return where to cut the gap so that its halves are most similar to the two old texts that it replaces."""
    cuts = [gap.start, *(found.start() for found in _WORD_EDGE.finditer(new, gap.start, gap.end)), gap.end]
    return min(
        cuts, key=lambda cut: Indel.distance(left, new[gap.start : cut]) + Indel.distance(right, new[cut : gap.end])
    )


def _without_added_sentences(new: str, place: Span, quote: str) -> Span:
    """Return the place without first or last sentences that share little with the quotation, if it has more."""
    most = len(_sentences(quote))
    while len(sentences := _sentences(place.of(new))) > most:
        shared = LCSseq.similarity(quote, place.of(new))
        kept = [
            (loss, one)
            for one in (
                Span(place.start, place.start + sentences[-2].end).trimmed(new),
                Span(place.start + sentences[1].start, place.end).trimmed(new),
            )
            if (loss := shared - LCSseq.similarity(quote, one.of(new))) <= _MOST_SHARED * (len(place) - len(one))
        ]
        if not kept:
            break
        place = min(kept, key=lambda pair: pair[0])[1]
    return place


def _sentences(words: str) -> list[Span]:
    """Return the sentences of a passage, with the space after each."""
    ends = [found.end() for found in _SENTENCE_END.finditer(words.rstrip())]
    if not ends or ends[-1] < len(words.rstrip()):
        ends.append(len(words))
    return [Span(start, end) for start, end in zip([0, *ends], ends, strict=False)]
