"""Find the spans of a text again after the text was corrected.

A span is re-anchored without asking (unchanged, moved) only if exactly the same words occur in the new text and the
position is certain. It is certain if the shared passage around the span distinguishes it from every other position: the
words with all that is equal after them, and the words with all that is equal before them, each occur once in the old
text and once in the new. Where words repeat, a deletion that could concern either occurrence thus makes both uncertain.
Anything else that is found is a candidate, which the user accepts or not.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from fwanalysis.domain.revisions import AnchorCandidate, AnchorState
from fwanalysis.domain.text import CONTEXT, Span
from fwanalysis.matching.alignment import Alignment, align, shared_around
from fwanalysis.matching.changed_edges import CorrectedPassage, corrected_passage
from fwanalysis.matching.word_boundaries import in_word, to_words

_REACH = 4096
"""How far around a span the texts are compared, in code points."""
_NEIGHBOURHOOD = 12
"""How many code points must be equal on at least one side of a short span."""
_LONG = 24
"""A passage of this length identifies itself if it occurs once, at its aligned position."""
_NEAR = 0.6
_ANYWHERE = 0.7
_SHORT = 8
_ANYWHERE_SHORT = 0.9
"""Minimum similarity (0 to 1) of a candidate near the expected position, elsewhere, and elsewhere if it is short."""
_BETWEEN = 0.5
"""Minimum similarity of a passage between unchanged neighbours: its position is further evidence."""
_LONGER = 3
"""How many times as long as the quotation a passage between unchanged neighbours may be if it contains similar words.
"""
_PIECE = 300
"""Code points from which a quotation is searched for by its beginning and its end."""
_MOST_PLACES = 50
_WORK = 12_000_000_000
"""Search budget of one call (quotation times text, in code points); when it is used up, only nearby text is searched.
"""

UNCHANGED = "the same text at the same position"
MOVED = "the same text at another position"
REPEATED = "the same text occurs several times, and its context does not decide between them"
UNSURE = "the same text, but in another context"
DIFFERENT = "the text is similar, but not the same"
NOT_FOUND = "no similar text was found"


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[AnchorCandidate]:
    """Find where each span of the old text is in the new text.

    Args:
        old: The text that the spans refer to.
        new: The corrected text.
        spans: Non-empty half-open spans of *old*, in code points.

    Returns:
        One result per span. For unchanged and moved spans the text is the same. For an uncertain one the span is the
        best candidate.

    Notes:
        Quotations of up to some hundred code points in texts of 200,000 take a millisecond or two each. The total cost
        of searching is bounded.
    """
    if old == new:
        return [AnchorCandidate(AnchorState.UNCHANGED, span, 1.0, UNCHANGED) for span in spans]
    return _Placer(old, new).place(spans)


class _Placer:
    """Two texts, their alignment, and the remaining search budget."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self._alignment: Alignment = align(old, new)
        self._work = _WORK
        self._known: dict[Span, AnchorCandidate] = {}

    def place(self, spans: Sequence[Span]) -> list[AnchorCandidate]:
        return [self._known.setdefault(span, self._known.get(span) or self._one(span)) for span in spans]

    def _one(self, span: Span) -> AnchorCandidate:
        quote = span.of(self._old)
        found = list(self._same_words(span, quote))
        for place in found:
            if self._is_certain(span, place, quote):
                if place == span:
                    return AnchorCandidate(AnchorState.UNCHANGED, place, 1.0, UNCHANGED)
                return AnchorCandidate(AnchorState.MOVED, place, 1.0, MOVED)
        if found:
            repeated = len(found) > 1 or _is_repeated(self._old, quote)
            best = max(found, key=lambda place: self._similarity(span, place))
            if not self._has_same_word_boundaries(span, best):
                corrected = corrected_passage(self._old, self._new, self._alignment, span)
                best = corrected.span if corrected and corrected.span.covers(best) else to_words(self._new, best)
                return AnchorCandidate(AnchorState.UNCERTAIN, best, self._score(quote, best), DIFFERENT)
            return AnchorCandidate(AnchorState.UNCERTAIN, best, 1.0, REPEATED if repeated else UNSURE)
        return self._similar_words(span, quote)

    # The same words

    def _same_words(self, span: Span, quote: str) -> Iterator[Span]:
        """Yield positions in the new text with exactly the same words.

        First the aligned position, then a limited number of others: the first ones in the text and those nearest to the
        expected position.
        """
        seen = set()
        mapped = self._alignment.exactly(span.start)
        about = self._alignment.about(span.start)
        nearby = max(0, about - _REACH)
        for start in (
            *(() if mapped is None else (mapped,)),
            *_places(self._new, quote, nearby, about + _REACH + len(quote)),
            *_places(self._new, quote, 0, len(self._new)),
        ):
            if start not in seen and self._new.startswith(quote, start):
                seen.add(start)
                yield Span(start, start + len(quote))

    def _has_same_word_boundaries(self, span: Span, place: Span) -> bool:
        """Return whether each end is inside a word in both texts or in neither.

        So *safe* is not found in *unsafe*.
        """
        return in_word(self._old, span.start) == in_word(self._new, place.start) and in_word(
            self._old, span.end
        ) == in_word(self._new, place.end)

    def _is_certain(self, span: Span, place: Span, quote: str) -> bool:
        if not self._has_same_word_boundaries(span, place):
            return False
        for reach in (CONTEXT * 2, _REACH):
            before, after = self._around(span, place, reach)
            if not self._agrees(span, place, before, after):
                return False
            if self._is_alone(quote + self._old[span.end : span.end + after]) and self._is_alone(
                self._old[span.start - before : span.start] + quote
            ):
                return True
            if before < reach and after < reach:
                return False
        return False

    def _around(self, span: Span, place: Span, reach: int) -> tuple[int, int]:
        return shared_around(self._old, (span.start, span.end), self._new, (place.start, place.end), reach)

    def _agrees(self, span: Span, place: Span, before: int, after: int) -> bool:
        """Return whether the surrounding text agrees, on at least one side.

        A long span needs no such evidence at its aligned position, and neither does one at which both texts begin and
        end. At any other position the surrounding text must identify it alone.
        """
        is_mapped = self._alignment.exactly(span.start) == place.start
        at_start = span.start == before and place.start == before
        at_end = len(self._old) - span.end == after and len(self._new) - place.end == after
        if (len(span) >= _LONG and is_mapped) or (at_start and at_end):
            return True
        sides = [self._old[span.start - before : span.start], self._old[span.end : span.end + after]]
        telling = [side for side in sides if len(side) >= _NEIGHBOURHOOD]
        return bool(telling) and (is_mapped or any(map(self._is_alone, telling)))

    def _is_alone(self, words: str) -> bool:
        """Return whether words that occur in both texts occur once in each."""
        return not _is_repeated(self._old, words) and not _is_repeated(self._new, words)

    def _similarity(self, span: Span, place: Span) -> tuple[int, int]:
        before, after = self._around(span, place, CONTEXT)
        return before + after, -abs(place.start - self._alignment.about(span.start))

    # Words that are like them

    def _similar_words(self, span: Span, quote: str) -> AnchorCandidate:
        """Return the best candidate for a span whose words have changed.

        The passage between unchanged neighbours, else the most similar words nearby, else anywhere.
        """
        best = self._near(span, quote)
        corrected = corrected_passage(self._old, self._new, self._alignment, span)
        if corrected and self._is_preferred(quote, corrected, best):
            return AnchorCandidate(AnchorState.UNCERTAIN, corrected.span, self._score(quote, corrected.span), DIFFERENT)
        if best is None or self._score(quote, best) < max(_NEAR, _floor(quote)):
            best = self._anywhere(quote)
            if best is None or self._score(quote, best) < max(_ANYWHERE, _floor(quote)):
                return AnchorCandidate(AnchorState.NOT_FOUND, None, 0.0, NOT_FOUND)
        return AnchorCandidate(AnchorState.UNCERTAIN, best, self._score(quote, best), DIFFERENT)

    def _is_preferred(self, quote: str, corrected: CorrectedPassage, near: Span | None) -> bool:
        """Return whether a passage between unchanged neighbours is preferred.

        The most similar words are often shorter: "did I" is more similar than "didn't I" to "did I not". So similarity
        decides only between separate positions, or if the neighbours were changed as well.
        """
        score = self._score(quote, corrected.span)
        if near and corrected.is_firm and corrected.span.covers(near) and self._score(quote, near) >= _NEAR:
            return len(corrected.span) <= _LONGER * len(quote)
        if score < (_BETWEEN if corrected.is_firm else _NEAR):
            return False
        if near is None or (corrected.is_firm and corrected.span.overlaps(near)):
            return True
        return score >= self._score(quote, near)

    def _score(self, quote: str, place: Span) -> float:
        return round(fuzz.ratio(quote, place.of(self._new)) / 100, 4)

    def _near(self, span: Span, quote: str) -> Span | None:
        start, end = self._alignment.about(span.start), self._alignment.about(span.end)
        reach = max(200, min(len(quote), _REACH))
        return self._most_similar(quote, max(0, start - reach), min(len(self._new), max(start, end) + reach))

    def _anywhere(self, quote: str) -> Span | None:
        self._work -= min(len(quote), 2 * _PIECE) * len(self._new)
        return self._most_similar(quote, 0, len(self._new)) if self._work > 0 else None

    def _most_similar(self, quote: str, start: int, end: int) -> Span | None:
        """Return the passage in a range of the new text most similar to a quotation.

        It begins and ends at word boundaries if the quotation does.
        """
        if len(quote) <= 2 * _PIECE:
            found = self._part(quote, start, end)
        else:
            head = self._part(quote[:_PIECE], start, end)
            tail = self._part(quote[-_PIECE:], head.end, head.start + 2 * len(quote)) if head else None
            found = Span(head.start, tail.end) if head and tail else None
        return to_words(self._new, found) if found else None

    def _part(self, quote: str, start: int, end: int) -> Span | None:
        """Return the span that rapidfuzz aligns with the quotation.

        rapidfuzz treats the shorter of two texts as the quotation.
        """
        window = self._new[start:end]
        if len(window) < len(quote):
            return Span(start, start + len(window)).trimmed(self._new) or None
        found = fuzz.partial_ratio_alignment(quote, window, score_cutoff=_NEAR * 100)
        if found is None or found.dest_end <= found.dest_start:
            return None
        return Span(start + found.dest_start, start + found.dest_end).trimmed(self._new) or None


def _floor(quote: str) -> float:
    return _ANYWHERE_SHORT if len(quote) < _SHORT else 0.0


def _places(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Yield a limited number of positions in a range where the words start."""
    for _ in range(_MOST_PLACES):
        start = text.find(words, start, end)
        if start < 0:
            return
        yield start
        start += 1


def _is_repeated(text: str, words: str) -> bool:
    """Return whether words occur more than once in a text, overlapping or not."""
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) >= 0
