"""The turns of a text, made of the marks that begin them and of what is nobody's speech between them.

Pure: marks in, turns out; positions are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.formats.speaker_formats import LABEL_LINE, TIME
from fwanalysis.formats.speakers.labels import most_frequent_spellings
from fwanalysis.formats.timestamps import line_end, time_alone
from fwanalysis.formats.turns.label_candidates import Candidate
from fwanalysis.formats.turns.question_layouts import ASKED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.formats.turns.format_candidates import Reading

_SHARE_TIMED = 0.8
_SHARE_WITH_TIMES = 0.5
"""Share of labels with a time from which on a time alone on its line begins a turn without a speaker."""


class Cut(NamedTuple):
    """Where a line ends that is nobody's and interrupts nobody, the time at which what it cut goes on, and whether a
    chat program wrote it."""

    end: int
    time: float | None = None
    of_chat: bool = False


def settled(text: str, best: Reading, has_times: bool) -> list[Candidate]:
    """The marks of a reading with each label in its usual spelling, and the lines of a time alone that belong to
    them."""
    spelled = most_frequent_spellings(mark.label for mark in best.marks)
    marks: list[Candidate] = []
    ends = [*(mark.start for mark in best.marks[1:]), len(text)]
    for mark, limit in zip(best.marks, ends, strict=True):
        label = spelled[mark.label]
        if label != mark.label:
            mark = mark._replace(label=label)
        if has_times and mark.time is None and best.speaker_format not in ASKED:
            mark = _with_time_line(text, mark, marks[-1].words if marks else 0, limit)
        marks.append(mark)
    return marks


def _with_time_line(text: str, mark: Candidate, floor: int, limit: int) -> Candidate:
    """The mark with the time that stands alone on the line above, or below a label that is alone on its line, between
    *floor*, where the mark before it ends, and *limit*, where the next begins."""
    line = text.rfind("\n", 0, mark.start) + 1
    end = len(text[:line].rstrip()) if text[max(0, line - 2) : line].isspace() else line - 1
    above = text.rfind("\n", 0, max(0, end)) + 1
    if line > 0 and above >= floor and (time := time_alone(text, above, end)) is not None:
        start = above + len(text[above:end]) - len(text[above:end].lstrip())
        return mark._replace(start=start, time=time)
    if mark.speaker_format == LABEL_LINE:
        begin = text.find("\n", mark.words) + 1
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if begin > 0 and end <= limit and (time := time_alone(text, begin, end)) is not None:
            return mark._replace(words=end, time=time)
    return mark


def lone_times(
    text: str, marks: Sequence[Candidate], times: Sequence[Candidate]
) -> tuple[list[Candidate], dict[int, Cut]]:
    """What the lines of a time alone are that no mark has: marks of nobody, where most marks have a time as well,
    since programs write only a time where they know no name; else they interrupt nobody, and say when it goes on."""
    starts = [mark.start for mark in marks]
    timed = sum(mark.time is not None for mark in marks) >= len(marks) * _SHARE_WITH_TIMES
    nameless: list[Candidate] = []
    cuts: dict[int, Cut] = {}
    for time in times:
        if text[time.words : line_end(text, time.words)].strip():
            continue
        place = bisect_right(starts, time.start) - 1
        if place < 0:
            early = timed and (time.time or 0) <= (marks[0].time or 0)
            if early and _goes_on(text, time.words, starts[0]):
                nameless.append(time)
        elif time.start >= marks[place].words:
            if timed and not _lies_between(time, marks[place], marks[place + 1 : place + 2]):
                continue
            below = starts[place + 1] if place + 1 < len(starts) else len(text)
            said = not text[marks[place].words : time.start].isspace()
            if timed and said and _goes_on(text, time.words, below):
                nameless.append(time)
            else:
                cuts[time.start] = Cut(len(text[: time.words].rstrip()), time.time)
    return nameless, cuts


def _lies_between(time: Candidate, before: Candidate, after: Sequence[Candidate]) -> bool:
    """Whether a time is one of the recording at its place; else somebody tells of the time of a day."""
    at = time.time or 0
    return (before.time or 0) <= at and all(at <= mark.time for mark in after if mark.time is not None)


def times_in(text: str, found: Sequence[Candidate], headings: Iterable[int]) -> list[Candidate]:
    """The marks of times without labels that were *found*, and the headings that are a time and nothing else; none
    where they do not rise, since then somebody tells of them."""
    alone = []
    for at in headings:
        end = line_end(text, at)
        if text[at].isdigit() and (time := time_alone(text, at, end)) is not None:
            alone.append(Candidate(TIME, "", at, end, time))
    every = sorted([*found, *alone], key=lambda mark: mark.start) if alone else list(found)
    rising = sum((one.time or 0) <= (other.time or 0) for one, other in pairwise(every))
    return every if rising >= (len(every) - 1) * _SHARE_TIMED else []


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether words stand on the line below, above *end*."""
    below = text.find("\n", at) + 1
    return 0 < below < end and bool(text[below : line_end(text, below)].strip())


def turns_of(
    text: str, marks: Sequence[Candidate], asides: Collection[int], cuts: Mapping[int, Cut]
) -> Iterator[ParsedTurn]:
    """Preamble, turns and what is set aside, in order; an aside reaches to the next mark, a cut to the end of its line,
    and what it cut goes on below it."""
    preamble = Span(0, marks[0].start).trimmed(text)
    if preamble:
        yield ParsedTurn(None, preamble.start, preamble.start, preamble.end, kind=TurnKind.PREAMBLE)
    if cuts:
        marks, cuts = _absorbing(text, marks, asides, cuts)
    pieces: dict[int, Candidate | None] = dict.fromkeys([*asides, *cuts])
    pieces.update((mark.start, mark) for mark in marks)
    starts = sorted(pieces) if asides or cuts else list(pieces)
    speaks: str | None = None
    kind = TurnKind.SPEECH
    for start, end in pairwise([*starts, len(text)]):
        mark, cut = pieces[start], cuts.get(start)
        stop = min(mark.end, end) if mark and mark.end else end
        first, last = _trimmed(text, min(mark.words, stop) if mark else cut.end if cut else start, stop)
        if mark:
            speaks, kind = mark.label or None, TurnKind.SPEECH
            yield ParsedTurn(speaks, mark.start, first, last, mark.time)
            continue
        if cut:
            yield ParsedTurn(None, start, start, cut.end, kind=TurnKind.EXCLUDED)
        else:
            speaks, kind = None, TurnKind.EXCLUDED
        if first < last:
            yield ParsedTurn(speaks, first, first, last, cut.time if cut else None, kind=kind)


def _absorbing(
    text: str, marks: Sequence[Candidate], asides: Collection[int], cuts: Mapping[int, Cut]
) -> tuple[list[Candidate], dict[int, Cut]]:
    """The marks, each with the times and the lines of a chat program that stand between it and its first words; and the
    other cuts, without those that are all that a turn has, since these are its words."""
    left = dict(cuts)
    stops = sorted([*asides, *(mark.start for mark in marks), len(text)])
    wider = []
    for mark in marks:
        limit = stops[bisect_right(stops, mark.start)] if mark.start < len(text) else len(text)
        between = []
        at = _first_letter(text, mark.words)
        while at in cuts:
            between.append(at)
            at = _first_letter(text, cuts[at].end)
        if at >= limit:
            for start in between:
                del left[start]
            between = []
        for start in takewhile(lambda start: cuts[start].time is not None or cuts[start].of_chat, between):
            cut = left.pop(start)
            mark = mark._replace(words=cut.end, time=cut.time if mark.time is None else mark.time)
        wider.append(mark)
    return wider, left


def _first_letter(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends; empty at its start if it is white space only."""
    last = start + len(text[start:end].rstrip())
    first = start
    while first < last and text[first].isspace():
        first += 1
    return first, last
