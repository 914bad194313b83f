"""Where the spans of a text stand after the text was corrected: by their words, what stands around them, and place.

A span is placed unasked (kept, moved) only where its very words stand and the place is certain. It is certain when the
stretch that both texts share around it tells it apart from every other place: the words with all that is the same after
them, and the words with all that is the same before them, each stand once in the old text and once in the new. Where
words repeat, a deletion that could have been the one or the other thus makes both uncertain. All else that is found is
a candidate, which a person accepts or not.
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
"""How much must be the same on at least one side of a span that is short."""
_LONG = 24
"""Words as long as this are told apart by themselves, if they stand only once and where the alignment has them."""
_NEAR = 0.6
_ANYWHERE = 0.7
_SHORT = 8
_ANYWHERE_SHORT = 0.9
"""How alike (0..1) a candidate's words must be, near where they are looked for, elsewhere, and if they are short."""
_BETWEEN = 0.5
"""How similar a passage must be whose neighbours are unchanged on both sides: its place speaks for it too."""
_LONGER = 3
"""How many times as long as the quotation a passage between unchanged neighbours may be if it holds similar words."""
_PIECE = 300
"""Longer quotes are looked for by their beginning and their end."""
_MOST_PLACES = 50
_WORK = 12_000_000_000
"""How much searching of whole texts (quote times text, in code points) one call does; beyond, it only looks near."""

UNCHANGED = "the same text at the same position"
MOVED = "the same text at another position"
REPEATED = "the same text occurs several times, and its context does not decide between them"
UNSURE = "the same text, but in another context"
DIFFERENT = "the text is similar, but not the same"
NOT_FOUND = "no similar text was found"


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[AnchorCandidate]:
    """Where each of the (not empty) spans of *old* stands in *new*.

    Kept and moved ones hold the very words. A fuzzy one's span is the best candidate. Quotes of up to some hundred code
    points in texts of 200,000 take a millisecond or two each; the cost of searching is bounded.
    """
    if old == new:
        return [AnchorCandidate(AnchorState.UNCHANGED, span, 1.0, UNCHANGED) for span in spans]
    return _Placer(old, new).place(spans)


class _Placer:
    """Two texts, their alignment, and how much may still be searched."""

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
            repeated = len(found) > 1 or _stands_again(self._old, quote)
            best = max(found, key=lambda place: self._likeness(span, place))
            if not self._ends_alike(span, best):
                corrected = corrected_passage(self._old, self._new, self._alignment, span)
                best = corrected.span if corrected and corrected.span.covers(best) else to_words(self._new, best)
                return AnchorCandidate(AnchorState.UNCERTAIN, best, self._score(quote, best), DIFFERENT)
            return AnchorCandidate(AnchorState.UNCERTAIN, best, 1.0, REPEATED if repeated else UNSURE)
        return self._like_words(span, quote)

    # The same words

    def _same_words(self, span: Span, quote: str) -> Iterator[Span]:
        """Where the very words stand in the new text: where the alignment has them, then anywhere, the first so many
        places and those nearest to where they are looked for."""
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

    def _ends_alike(self, span: Span, place: Span) -> bool:
        """Whether each end is inside a word in both texts or in neither: *safe* is not in *unsafe*."""
        return in_word(self._old, span.start) == in_word(self._new, place.start) and in_word(
            self._old, span.end
        ) == in_word(self._new, place.end)

    def _is_certain(self, span: Span, place: Span, quote: str) -> bool:
        if not self._ends_alike(span, place):
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
        """Whether the neighbourhood agrees, on one side at least; a long span needs none where the alignment has it,
        and no other where both texts begin and end. Of a place that is not where the alignment has it, the
        neighbourhood must tell by itself."""
        is_mapped = self._alignment.exactly(span.start) == place.start
        at_start = span.start == before and place.start == before
        at_end = len(self._old) - span.end == after and len(self._new) - place.end == after
        if (len(span) >= _LONG and is_mapped) or (at_start and at_end):
            return True
        sides = [self._old[span.start - before : span.start], self._old[span.end : span.end + after]]
        telling = [side for side in sides if len(side) >= _NEIGHBOURHOOD]
        return bool(telling) and (is_mapped or any(map(self._is_alone, telling)))

    def _is_alone(self, words: str) -> bool:
        """Whether words that stand in both texts stand once in either."""
        return not _stands_again(self._old, words) and not _stands_again(self._new, words)

    def _likeness(self, span: Span, place: Span) -> tuple[int, int]:
        before, after = self._around(span, place, CONTEXT)
        return before + after, -abs(place.start - self._alignment.about(span.start))

    # Words that are like them

    def _like_words(self, span: Span, quote: str) -> AnchorCandidate:
        """Return the best candidate: the passage between unchanged neighbours, else the most similar words nearby,
        else anywhere."""
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
        """Return whether a passage between unchanged neighbours is a better candidate than the most similar words.

        These are often shorter: of "did I not", "did I" is more similar to "didn't I". So similarity decides only
        between separate places, or where the neighbours were changed as well.
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
        return self._likest(quote, max(0, start - reach), min(len(self._new), max(start, end) + reach))

    def _anywhere(self, quote: str) -> Span | None:
        self._work -= min(len(quote), 2 * _PIECE) * len(self._new)
        return self._likest(quote, 0, len(self._new)) if self._work > 0 else None

    def _likest(self, quote: str, start: int, end: int) -> Span | None:
        """The stretch of the new text in a range that is likest to the quote, at the ends of words if the quote was."""
        if len(quote) <= 2 * _PIECE:
            found = self._part(quote, start, end)
        else:
            head = self._part(quote[:_PIECE], start, end)
            tail = self._part(quote[-_PIECE:], head.end, head.start + 2 * len(quote)) if head else None
            found = Span(head.start, tail.end) if head and tail else None
        return to_words(self._new, found) if found else None

    def _part(self, quote: str, start: int, end: int) -> Span | None:
        """As rapidfuzz finds it, which takes the shorter of two texts for the quote."""
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
    """The first so many places between two positions where the words start."""
    for _ in range(_MOST_PLACES):
        start = text.find(words, start, end)
        if start < 0:
            return
        yield start
        start += 1


def _stands_again(text: str, words: str) -> bool:
    """Whether words stand in a text more than once, overlapping or not."""
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) >= 0
