"""Find times after or below labels, or at the ends of turns.

Pure: candidates in, candidates out. Such a time is recognised if most candidates of the file have one there; otherwise
it is part of the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import LABEL_LINE
from fwanalysis.formats.timestamps import BOXED, CLOCK, GAP, HASHED, WS, line_end, seconds_of, time_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

_SHARE = 0.6
_FEWEST = 2
_LINES_BELOW = 2
_TAIL = 60
_FASTEST = 5
"""Words per second that are too fast for speech."""
_BARE = re.compile(rf"{GAP}{CLOCK}(?={WS})")
_BOXED_BELOW = re.compile(rf"{GAP}{BOXED}(?={WS}|$)")
_AT_END = re.compile(rf"(?<=\S){GAP}(?P<time>{BOXED})\s*\Z")
_HASHED = re.compile(HASHED)
_CLOSING = (")", "]", ">", "#")


def timed(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the times that belong to them.

    A time may follow the label without brackets (``Mary: 00:01 Well.``), be on the lines below it, or follow the last
    word of the turn, in which case the candidate gets the end of its words as well.
    """
    without = sum(candidate.time is None for candidate in candidates)
    if not candidates or without * 2 < len(candidates):
        return list(candidates)
    for shifted in (_below(text, candidates), _behind(text, candidates)):
        if sum(candidate is not None for candidate in shifted) >= max(_FEWEST, len(candidates) * _SHARE):
            return [new or candidate for new, candidate in zip(shifted, candidates, strict=True)]
    return _at_ends(text, candidates)


def _below(text: str, candidates: Sequence[Candidate]) -> list[Candidate | None]:
    """Return the candidates whose label is alone on its line, with times below."""
    limits = [*(candidate.start for candidate in candidates[1:]), len(text)]
    return [_with_lines_below(text, candidate, limit) for candidate, limit in zip(candidates, limits, strict=True)]


def _with_lines_below(text: str, candidate: Candidate, limit: int) -> Candidate | None:
    end = line_end(text, candidate.words)
    if candidate.time is not None or text[candidate.words : end].strip():
        return None
    words, time = candidate.words, None
    for _ in range(_LINES_BELOW):
        begin, end = end + 1, line_end(text, end + 1)
        if begin >= limit:
            break
        alone = time_alone(text, begin, end)
        if alone is None:
            boxed = _BOXED_BELOW.match(text, begin, end) if time is None else None
            if boxed:
                time, words = seconds_of(boxed.group()), boxed.end()
            break
        time, words = alone, end
    if time is None or (candidate.speaker_format != LABEL_LINE and not text[words : words + _TAIL].strip()):
        return None
    return candidate._replace(time=time, words=words)


def _behind(text: str, candidates: Sequence[Candidate]) -> list[Candidate | None]:
    """Return the candidates followed by a time without brackets."""
    return [
        candidate._replace(time=seconds_of(found.group()), words=found.end())
        if candidate.time is None and (found := _BARE.match(text, candidate.words))
        else None
        for candidate in candidates
    ]


def _at_ends(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the times at the ends of their turns.

    These are the ends of the turns, unless that would make the speech too fast: then they are the beginnings.
    """
    limits = [candidate.start for candidate in candidates[1:]] + [len(text)]
    found = [_time_behind(text, candidate, limit) for candidate, limit in zip(candidates, limits, strict=True)]
    there = [match for match in found if match]
    hashed = any(_HASHED.fullmatch(match["time"]) for match in there)
    if len(there) < (1 if hashed else max(_FEWEST, len(candidates) * _SHARE)):
        return list(candidates)
    times = [seconds_of(match["time"]) if match else None for match in found]
    lengths = [
        len(text[candidate.words : match.start() if match else limit].split())
        for candidate, match, limit in zip(candidates, found, limits, strict=True)
    ]
    ends = hashed or _hurried(times, lengths) <= _hurried(times[1:], lengths)
    begins = [None, *times[:-1]] if ends else times
    return [
        candidate._replace(
            time=begin if candidate.time is None else candidate.time,
            end=max(match.start(), candidate.words) if match else None,
        )
        for candidate, match, begin in zip(candidates, found, begins, strict=True)
    ]


def _time_behind(text: str, candidate: Candidate, limit: int) -> re.Match[str] | None:
    tail = text[max(candidate.words, limit - _TAIL) : limit].rstrip()
    return _AT_END.search(text, max(candidate.words, limit - _TAIL), limit) if tail.endswith(_CLOSING) else None


def _hurried(ends: Sequence[float | None], lengths: Sequence[int]) -> int:
    """Count turns that would be too fast if they ended at these times.

    They would begin at the times before.
    """
    before, hurried = 0.0, 0
    for end, length in zip(ends, lengths, strict=False):
        if end is not None:
            hurried += length > (end - before) * _FASTEST
            before = end
    return hurried
