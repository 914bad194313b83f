"""Build the turns of a text from the candidates that begin them and the excluded text.

Pure: candidates in, turns out; positions are code points.
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
"""Minimum share of labels with a time for a time alone on its line to begin a turn without a speaker."""


class Cut(NamedTuple):
    """A line that is not dialogue and interrupts a turn without ending it.

    Where it ends, the time at which the turn continues after it, and whether a chat program wrote it.
    """

    end: int
    time: float | None = None
    of_chat: bool = False


def settled(text: str, best: Reading, has_times: bool) -> list[Candidate]:
    """Return the candidates of a reading with uniform spellings and their times.

    Each label gets its most frequent spelling; a line with only a time is added to the candidate that it belongs to.
    """
    spelled = most_frequent_spellings(candidate.label for candidate in best.candidates)
    candidates: list[Candidate] = []
    ends = [*(candidate.start for candidate in best.candidates[1:]), len(text)]
    for candidate, limit in zip(best.candidates, ends, strict=True):
        label = spelled[candidate.label]
        if label != candidate.label:
            candidate = candidate._replace(label=label)
        if has_times and candidate.time is None and best.speaker_format not in ASKED:
            candidate = _with_time_line(text, candidate, candidates[-1].words if candidates else 0, limit)
        candidates.append(candidate)
    return candidates


def _with_time_line(text: str, candidate: Candidate, floor: int, limit: int) -> Candidate:
    """Add the time on a line of its own to a candidate, if there is one.

    The line is above the label, or below a label that is alone on its line.

    Args:
        text: The whole text.
        candidate: The candidate.
        floor: Where the candidate before it ends.
        limit: Where the next candidate begins.
    """
    line = text.rfind("\n", 0, candidate.start) + 1
    end = len(text[:line].rstrip()) if text[max(0, line - 2) : line].isspace() else line - 1
    above = text.rfind("\n", 0, max(0, end)) + 1
    if line > 0 and above >= floor and (time := time_alone(text, above, end)) is not None:
        start = above + len(text[above:end]) - len(text[above:end].lstrip())
        return candidate._replace(start=start, time=time)
    if candidate.speaker_format == LABEL_LINE:
        begin = text.find("\n", candidate.words) + 1
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if begin > 0 and end <= limit and (time := time_alone(text, begin, end)) is not None:
            return candidate._replace(words=end, time=time)
    return candidate


def times_alone(
    text: str, candidates: Sequence[Candidate], times: Sequence[Candidate]
) -> tuple[list[Candidate], dict[int, Cut]]:
    """Decide what lines with only a time are that belong to no candidate.

    If most candidates have a time as well, they begin turns without a speaker, since transcription programs write only
    a time when they know no name. Otherwise they end no turn, and give the time at which it continues.

    Returns:
        The candidates that begin turns, and the cuts by position.
    """
    starts = [candidate.start for candidate in candidates]
    timed = sum(candidate.time is not None for candidate in candidates) >= len(candidates) * _SHARE_WITH_TIMES
    unlabelled: list[Candidate] = []
    cuts: dict[int, Cut] = {}
    for time in times:
        if text[time.words : line_end(text, time.words)].strip():
            continue
        place = bisect_right(starts, time.start) - 1
        if place < 0:
            early = timed and (time.time or 0) <= (candidates[0].time or 0)
            if early and _continues(text, time.words, starts[0]):
                unlabelled.append(time)
        elif time.start >= candidates[place].words:
            if timed and not _lies_between(time, candidates[place], candidates[place + 1 : place + 2]):
                continue
            below = starts[place + 1] if place + 1 < len(starts) else len(text)
            said = not text[candidates[place].words : time.start].isspace()
            if timed and said and _continues(text, time.words, below):
                unlabelled.append(time)
            else:
                cuts[time.start] = Cut(len(text[: time.words].rstrip()), time.time)
    return unlabelled, cuts


def _lies_between(time: Candidate, before: Candidate, after: Sequence[Candidate]) -> bool:
    """Return whether a time fits between the times before and after it.

    If not, a speaker mentions the time of day.
    """
    at = time.time or 0
    return (before.time or 0) <= at and all(at <= candidate.time for candidate in after if candidate.time is not None)


def times_in(text: str, found: Sequence[Candidate], headings: Iterable[int]) -> list[Candidate]:
    """Return the candidates that are times without labels.

    These are the times among *found*, and headings that consist of a time. None if the times do not increase, since
    then a speaker mentions them.
    """
    alone = []
    for at in headings:
        end = line_end(text, at)
        if text[at].isdigit() and (time := time_alone(text, at, end)) is not None:
            alone.append(Candidate(TIME, "", at, end, time))
    every = sorted([*found, *alone], key=lambda candidate: candidate.start) if alone else list(found)
    rising = sum((one.time or 0) <= (other.time or 0) for one, other in pairwise(every))
    return every if rising >= (len(every) - 1) * _SHARE_TIMED else []


def _continues(text: str, at: int, end: int) -> bool:
    """Return whether there is text below the line at *at*, before *end*."""
    below = text.find("\n", at) + 1
    return 0 < below < end and bool(text[below : line_end(text, below)].strip())


def turns_of(
    text: str, candidates: Sequence[Candidate], excluded_starts: Collection[int], cuts: Mapping[int, Cut]
) -> Iterator[ParsedTurn]:
    """Yield preamble, turns and excluded text in order.

    Excluded text extends to the next candidate. A cut extends to the end of its line, and the interrupted turn
    continues below it.
    """
    preamble = Span(0, candidates[0].start).trimmed(text)
    if preamble:
        yield ParsedTurn(None, preamble.start, preamble.start, preamble.end, kind=TurnKind.PREAMBLE)
    if cuts:
        candidates, cuts = _absorbing(text, candidates, excluded_starts, cuts)
    pieces: dict[int, Candidate | None] = dict.fromkeys([*excluded_starts, *cuts])
    pieces.update((candidate.start, candidate) for candidate in candidates)
    starts = sorted(pieces) if excluded_starts or cuts else list(pieces)
    speaks: str | None = None
    kind = TurnKind.SPEECH
    for start, end in pairwise([*starts, len(text)]):
        candidate, cut = pieces[start], cuts.get(start)
        stop = min(candidate.end, end) if candidate and candidate.end else end
        first, last = _trimmed(text, min(candidate.words, stop) if candidate else cut.end if cut else start, stop)
        if candidate:
            speaks, kind = candidate.label or None, TurnKind.SPEECH
            yield ParsedTurn(speaks, candidate.start, first, last, candidate.time)
            continue
        if cut:
            yield ParsedTurn(None, start, start, cut.end, kind=TurnKind.EXCLUDED)
        else:
            speaks, kind = None, TurnKind.EXCLUDED
        if first < last:
            yield ParsedTurn(speaks, first, first, last, cut.time if cut else None, kind=kind)


def _absorbing(
    text: str, candidates: Sequence[Candidate], excluded_starts: Collection[int], cuts: Mapping[int, Cut]
) -> tuple[list[Candidate], dict[int, Cut]]:
    """Merge cuts before the first words of a candidate into the candidate.

    A cut that is all the text a turn has is dropped, since it is the words of that turn.

    Returns:
        The candidates, and the remaining cuts by position.
    """
    left = dict(cuts)
    stops = sorted([*excluded_starts, *(candidate.start for candidate in candidates), len(text)])
    wider = []
    for candidate in candidates:
        limit = stops[bisect_right(stops, candidate.start)] if candidate.start < len(text) else len(text)
        between = []
        at = _first_character(text, candidate.words)
        while at in cuts:
            between.append(at)
            at = _first_character(text, cuts[at].end)
        if at >= limit:
            for start in between:
                del left[start]
            between = []
        for start in takewhile(lambda start: cuts[start].time is not None or cuts[start].of_chat, between):
            cut = left.pop(start)
            candidate = candidate._replace(words=cut.end, time=cut.time if candidate.time is None else candidate.time)
        wider.append(candidate)
    return wider, left


def _first_character(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without surrounding white space.

    If it is only white space, an empty span at its start.
    """
    last = start + len(text[start:end].rstrip())
    first = start
    while first < last and text[first].isspace():
        first += 1
    return first, last
