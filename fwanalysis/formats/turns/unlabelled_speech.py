"""Find unlabelled speech in a file that labels only those who ask, or only those who answer.

Pure: candidates in, candidates out. A candidate without a label begins the words of a speaker whom the file does not
name.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.text import Span, lines
from fwanalysis.formats.speaker_formats import BOLD_LABEL, LABEL_COLON, LABEL_TAB
from fwanalysis.formats.speakers.asking import INTERVIEWER, asks
from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by
from fwanalysis.formats.turns.format_candidates import Reading
from fwanalysis.formats.turns.label_candidates import Candidate
from fwanalysis.formats.turns.label_criteria import ONLY_ANSWERS
from fwanalysis.formats.turns.label_evidence import is_emphasised
from fwanalysis.formats.turns.speaker_detection import detect_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Lines

_LABELLED = frozenset({LABEL_COLON, LABEL_TAB, BOLD_LABEL})
_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+\s*")
_SIGNS = re.compile(r"(\*{1,3}|_{1,3})(?![*_\s]).*(?<![*_\s])\1", re.DOTALL)
_FEWEST = 3
_SHARE_ASKED = 0.5
_SHARE_ANSWERED = 0.6
_SHARE_OFF = 0.4
_SELDOM = 0.25


class Unlabelled(NamedTuple):
    """Candidates of paragraphs without a label.

    Also whether they are questions, and where paragraphs with questions begin that were left in the turn before.
    """

    candidates: Sequence[Candidate] = ()
    asking: bool = False
    left: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.candidates)

    def without(self, places: Collection[int]) -> Unlabelled:
        """Return the value without the candidates that begin at *places*."""
        return self._replace(candidates=[candidate for candidate in self.candidates if candidate.start not in places])


def unlabelled_answers(text: str, candidates: Sequence[Candidate], blocks: int) -> Unlabelled:
    """Return a candidate for each paragraph after a labelled question.

    None unless only those who ask are labelled: all labels say so, or a single speaker mostly asks, and paragraphs
    follow most of its labelled paragraphs.
    """
    labels = {candidate.label for candidate in candidates}
    say_so = all(said_by(label) == ASKS for label in labels)
    if len(candidates) < 2 or not (say_so or len(labels) == 1):
        return Unlabelled()
    ends = [candidate.start for candidate in candidates[1:]] + [len(text)]
    own = [_own_end(text, candidate, end, blocks) for candidate, end in zip(candidates, ends, strict=True)]
    followed = sum(bool(text[at:end].strip()) for at, end in zip(own, ends, strict=True))
    questions = sum(
        asks(text[candidate.words : at].rstrip()[-60:]) for candidate, at in zip(candidates, own, strict=True)
    )
    if followed < len(candidates) * _SHARE_ASKED or not (say_so or questions >= len(candidates) * _SHARE_ANSWERED):
        return Unlabelled()
    return Unlabelled(
        [
            Candidate(candidates[0].speaker_format, "", paragraph.start, paragraph.start)
            for at, end in zip(own, ends, strict=True)
            for paragraph in _paragraphs(text, Span(at, end), blocks)
        ]
    )


def set_off(text: str, paragraph: Span, bold: Mapping[int, int], headings: Collection[int]) -> bool:
    """Return whether a paragraph's first line is bold, emphasised or a heading."""
    if paragraph.start in headings:
        return True
    newline = text.find("\n", paragraph.start, paragraph.end)
    end = paragraph.end if newline < 0 else newline
    if bold.get(paragraph.start, 0) >= end - (not text[end - 1].isalnum()):
        return True
    first = text[paragraph.start]
    return first in "*_" and text[end - 1] == first and _SIGNS.fullmatch(text, paragraph.start, end) is not None


def unlabelled_questions(
    text: str, candidates: Sequence[Candidate], blocks: int, bold: Mapping[int, int], headings: Collection[int]
) -> Unlabelled:
    """Find the interviewer's paragraphs if only those who answer are labelled.

    They are bold or heading paragraphs between labelled ones, if most labelled paragraphs have one and enough of them
    ask. Otherwise they are the last paragraph before each label, if one speaker (or several whose labels say so)
    answers and most of these paragraphs ask; the others are unattributed. Paragraphs that ask are in ``left`` if they
    are too few, or if the only evidence that several speakers answer is that none of them asks.
    """
    labels = {candidate.label for candidate in candidates}
    if len(candidates) < _FEWEST or any(said_by(label) == ASKS for label in labels):
        return Unlabelled()
    between = _between_labels(text, candidates, blocks)
    if not any(between.gaps):
        return Unlabelled()
    if (found := _asked_set_off(text, candidates[0].speaker_format, between, bold, headings)) is not None:
        return found
    unsaid = len(labels) > 1 and not all(said_by(label) == ANSWERS for label in labels)
    return _asked_last(text, candidates[0].speaker_format, between, unsaid=unsaid)


class _Between(NamedTuple):
    """The words of each label, and the paragraphs between them and above the first."""

    own: Sequence[Span]
    gaps: Sequence[Sequence[Span]]
    above: Sequence[Span]


def _between_labels(text: str, candidates: Sequence[Candidate], blocks: int) -> _Between:
    ends = [candidate.start for candidate in candidates[1:]] + [len(text)]
    own = [
        Span(candidate.words, _own_end(text, candidate, end, blocks)).trimmed(text)
        for candidate, end in zip(candidates, ends, strict=True)
    ]
    gaps = [list(_paragraphs(text, Span(words.end, end), blocks)) for words, end in zip(own, ends, strict=True)]
    return _Between(own, gaps, list(_paragraphs(text, Span(0, candidates[0].start), blocks))[-1:] if any(gaps) else [])


def _asked_set_off(
    text: str, speaker_format: str, between: _Between, bold: Mapping[int, int], headings: Collection[int]
) -> Unlabelled | None:
    """Attribute bold or heading paragraphs to the interviewer.

    None if there are too few, or too few of them ask.
    """
    own, gaps = between.own, between.gaps
    off = {paragraph for gap in gaps for paragraph in gap if set_off(text, paragraph, bold, headings)}
    own_off = sum(bold.get(words.start, 0) >= words.end for words in own)
    asked = sum(_asks(text, paragraph) for paragraph in off)
    having = sum(any(paragraph in off for paragraph in gap) for gap in gaps)
    telling = own_off <= len(own) * _SELDOM and asked >= max(2, len(off) * _SHARE_OFF)
    if not telling or having < (len(gaps) - 1) * _SHARE_ASKED:
        return None
    first = [paragraph for paragraph in between.above if set_off(text, paragraph, bold, headings)]
    return Unlabelled(list(_set_off_candidates(speaker_format, [first, *gaps], {*first, *off})), asking=True)


def _asked_last(text: str, speaker_format: str, between: _Between, *, unsaid: bool) -> Unlabelled:
    """Attribute the last paragraph before each label to the interviewer.

    *unsaid* if several speakers answer and their labels do not say so.
    """
    own, gaps = between.own, between.gaps
    last = [gap[-1] for gap in gaps if gap]
    asking = {paragraph: None for paragraph in last if _asks(text, paragraph)}
    own_asking = sum(_asks(text, words) for words in own)
    if len(asking) < 2 or own_asking > len(own) * _SELDOM:
        return Unlabelled()
    if unsaid and len(asking) < max(_FEWEST, len(last) * _SHARE_ANSWERED):
        return Unlabelled()
    if unsaid or len(asking) < (len(gaps) - 1) * _SHARE_ASKED:
        return Unlabelled([], False, [paragraph.start for paragraph in asking])
    if gaps[-1] and last[-1] not in asking:
        last.pop()
    top = [paragraph for paragraph in between.above if _asks(text, paragraph)]
    return Unlabelled(list(_asked(text, speaker_format, [*top, *last], {*top, *asking})), asking=True)


def only_answers(text: str, found: Lines, bold: Mapping[int, int], headings: Collection[int]) -> list[Reading]:
    """Return the reading of a text whose only label precedes answers.

    Each answer is below a question; empty if the text is not in this format.
    """
    candidates = [
        candidate
        for candidate in found.candidates
        if candidate.speaker_format in _LABELLED and not is_emphasised(text, candidate)
    ]
    labels = Counter(candidate.label for candidate in candidates)
    (label, count), *_ = labels.most_common(1) or [("", 0)]
    if count < _FEWEST or count < found.units * _SELDOM or form(label) in (LabelForm.NONE, LabelForm.EXCLUDED):
        return []
    own = [candidate for candidate in candidates if candidate.label == label]
    asked = unlabelled_questions(text, own, found.blocks, bold, headings)
    if sum(candidate.label == INTERVIEWER for candidate in asked.candidates) < (count - 1) * _SHARE_ANSWERED:
        return []
    in_style = sum(candidate.speaker_format == own[0].speaker_format for candidate in own)
    return [Reading(own[0].speaker_format, tuple(own), count, in_style, detect_by(ONLY_ANSWERS, own))]


def _asks(text: str, span: Span) -> bool:
    return asks(text[max(span.start, span.end - 60) : span.end])


def _asked(text: str, speaker_format: str, paragraphs: Sequence[Span], asking: Collection[Span]) -> Iterator[Candidate]:
    for paragraph in paragraphs:
        yield Candidate(speaker_format, INTERVIEWER if paragraph in asking else "", paragraph.start, paragraph.start)


def _set_off_candidates(
    speaker_format: str, gaps: Sequence[Sequence[Span]], off: Collection[Span]
) -> Iterator[Candidate]:
    """Yield a candidate for each run of bold, emphasised or heading paragraphs.

    Unlabelled paragraphs after a run become a candidate without a speaker.
    """
    for gap in gaps:
        before = False
        for place, paragraph in enumerate(gap):
            now = paragraph in off
            if now and not before:
                yield Candidate(speaker_format, INTERVIEWER, paragraph.start, paragraph.start)
            elif before and not now and place:
                yield Candidate(speaker_format, "", paragraph.start, paragraph.start)
            before = now


def _own_end(text: str, candidate: Candidate, end: int, blocks: int) -> int:
    """Return where the labelled paragraph itself ends.

    It begins below a label that is alone on its line.
    """
    start = Span(candidate.words, end).trimmed(text).start
    if blocks > 1:
        found = _BLANK_LINE.search(text, start, end)
        return found.start() if found else end
    newline = text.find("\n", start, end)
    return end if newline < 0 else newline


def _paragraphs(text: str, span: Span, blocks: int) -> Iterator[Span]:
    if blocks <= 1:
        yield from filter(None, (line.trimmed(text) for line in lines(text, span)))
        return
    start = span.start
    for found in _BLANK_LINE.finditer(text, span.start, span.end):
        if paragraph := Span(start, found.start()).trimmed(text):
            yield paragraph
        start = found.end()
    if paragraph := Span(start, span.end).trimmed(text):
        yield paragraph
