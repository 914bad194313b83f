"""Explicit labels: ``(no speaker):``, ``(excluded):``, and speakers that the file lists.

``fwa source export`` writes them into plain text, so that each turn is read back as it was: a turn without a speaker,
excluded text, or the only turn of a speaker. Pure: a text and its turns in, turns out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.formats.timestamps import seconds_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

NO_SPEAKER = "(no speaker):"
EXCLUDED = "(excluded):"
_KINDS = {NO_SPEAKER: TurnKind.SPEECH, EXCLUDED: TurnKind.EXCLUDED}
_MOST_SPEAKERS = 1_000


def with_explicit_labels(
    text: str, turns: Sequence[ParsedTurn], speakers: Collection[str] = (), *, alone: bool = False
) -> tuple[ParsedTurn, ...]:
    """Return the turns of a text, split where a line has an explicit label.

    Args:
        text: The text that the positions of the turns refer to.
        turns: The turns found without regard to such labels, in order; none if the text has no labels.
        speakers: Speakers listed in the file; their names with a colon are labels as well (at most 1,000 of them).
        alone: Whether such a name alone on a line is a label as well, as in a file that has its labels on lines of
            their own.

    Returns:
        The turns, with a turn without a speaker for each ``(no speaker):``, excluded text for each ``(excluded):``, and
        a turn for each listed name. Each extends to the next label or turn. Text above the first label of a text
        without turns is its preamble.
    """
    labels = {f"{label}:": label for label in sorted(speakers, key=len, reverse=True)[:_MOST_SPEAKERS]}
    if not any(label in text for label in (*_KINDS, *(speakers if alone else labels))):
        return tuple(turns)
    any_label = "|".join(map(re.escape, (*_KINDS, *labels)))
    if alone and labels:
        any_label += "".join(rf"|{re.escape(label)}(?=[^\S\n]*$)" for label in labels.values())
        labels.update({label: label for label in labels.values()})
    pattern = re.compile(rf"^(?:\[(?P<time>[\d:.]{{4,16}})\] )?(?P<label>{any_label})(?=\s|\Z)[^\S\n]*", re.MULTILINE)
    candidates = list(pattern.finditer(text))
    whole = [ParsedTurn(None, 0, 0, len(text), kind=TurnKind.PREAMBLE)] if candidates and not turns else turns
    starts = [found.start() for found in candidates]
    cut: list[ParsedTurn] = []
    for turn in whole:
        within = candidates[bisect_left(starts, turn.label_start) : bisect_left(starts, turn.end)]
        if alone:
            within = [
                one for one in within if (one.start(), labels.get(one["label"])) != (turn.label_start, turn.label)
            ]
        cut += _cut(text, turn, within, labels) if within else (turn,)
    return tuple(cut)


def _cut(
    text: str, turn: ParsedTurn, found: Sequence[re.Match[str]], labels: Mapping[str, str]
) -> Iterator[ParsedTurn]:
    """Split a turn at the explicit labels in it.

    Yields:
        The text before the first label, if any, and the turn or excluded text that each label begins.
    """
    first = Span(min(turn.start, found[0].start()), found[0].start()).trimmed(text)
    if first or turn.label_start < found[0].start():
        end = first.end if first else turn.start
        yield replace(turn, end=end)
    for at, candidate in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else turn.end
        words = Span(candidate.end(), max(candidate.end(), end)).trimmed(text)
        start, stop = (words.start, words.end) if words else (candidate.end(), candidate.end())
        time = seconds_of(candidate["time"]) if candidate["time"] else None
        label, kind = labels.get(candidate["label"]), _KINDS.get(candidate["label"], TurnKind.SPEECH)
        yield ParsedTurn(label, candidate.start(), start, stop, time, kind)
