"""The turns of a text, made of the candidates that begin them and of what is not dialogue between them.

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
"""Share of labels with a time from which on a time alone on its line begins a turn without a speaker."""


class Cut(NamedTuple):
    """Where a line ends that is not dialogue and ends no turn, the time at which what it cut continues, and whether a
    chat program wrote it."""

    end: int
    time: float | None = None
    of_chat: bool = False


def settled(text: str, best: Reading, has_times: bool) -> list[Candidate]:
    """The candidates of a reading with each label in its usual spelling, and the lines of a time alone that belong to
    them."""
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
    """The candidate with the time that is alone on the line above, or below a label that is alone on its line, between
    *floor*, where the candidate before it ends, and *limit*, where the next begins."""
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
    """What the lines of a time alone are that no candidate has: turns without a speaker, where most candidates have a
    time as well, since programs write only a time where they know no name; else they end no turn, and say when it
    continues."""
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
    """Whether a time is one of the recording at its place; else a speaker mentions the time of a day."""
    at = time.time or 0
    return (before.time or 0) <= at and all(at <= candidate.time for candidate in after if candidate.time is not None)


def times_in(text: str, found: Sequence[Candidate], headings: Iterable[int]) -> list[Candidate]:
    """The candidates of times without labels that were *found*, and the headings that are a time and nothing else; none
    where they do not rise, since then a speaker mentions them."""
    alone = []
    for at in headings:
        end = line_end(text, at)
        if text[at].isdigit() and (time := time_alone(text, at, end)) is not None:
            alone.append(Candidate(TIME, "", at, end, time))
    every = sorted([*found, *alone], key=lambda candidate: candidate.start) if alone else list(found)
    rising = sum((one.time or 0) <= (other.time or 0) for one, other in pairwise(every))
    return every if rising >= (len(every) - 1) * _SHARE_TIMED else []


def _continues(text: str, at: int, end: int) -> bool:
    """Whether words are on the line below, above *end*."""
    below = text.find("\n", at) + 1
    return 0 < below < end and bool(text[below : line_end(text, below)].strip())


def turns_of(
    text: str, candidates: Sequence[Candidate], excluded_starts: Collection[int], cuts: Mapping[int, Cut]
) -> Iterator[ParsedTurn]:
    """Preamble, turns and what is excluded, in order; excluded text reaches to the next mark, a cut to the end of its
    line, and what it cut continues below it."""
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
    """The candidates, each with the times and the lines of a chat program that are between it and its first words; and
    the other cuts, without those that are all that a turn has, since these are its words."""
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
    """The span without white space at its ends; empty at its start if it is white space only."""
    last = start + len(text[start:end].rstrip())
    first = start
    while first < last and text[first].isspace():
        first += 1
    return first, last
