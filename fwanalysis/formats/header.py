"""The facts at the top of a transcript (Date: ..., Interviewer: ...), where people are named who do not speak.

Pure: text and marks in, marks out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span, lines
from fwanalysis.formats.labels import METADATA, LabelForm, form
from fwanalysis.formats.styles import LABEL_TAB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.marks import Mark

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_COLUMN_NAMES = frozenset({"text", "words", "speech", "transcript", "utterance", "content", "dialogue", "response"})
_LINES = 15
_TOP = 4_000
_FACT = 40
_OFTEN = 3
_MOST_VOICES = 6


def below_header(text: str, possible: Sequence[Mark]) -> Sequence[Mark]:
    """The marks below the facts at the top of a file."""
    top_marks = {mark.start: mark for mark in islice(possible, _LINES) if mark.start < _TOP}
    if not top_marks:
        return possible
    top = [line for line in lines(text[:_TOP]) if line and not text[line.start : line.end].isspace()][:_LINES]
    by_start = {_first_letter(text, line): line for line in top}
    counts = Counter(mark.label.casefold() for mark in possible)
    facts = []
    for place, (start, line) in enumerate(by_start.items()):
        mark = top_marks.get(start)
        if mark is None:
            continue
        if _is_named_fact(mark, counts) or _names_columns(text, mark, line):
            facts.append(place)
        elif _speaks(text, mark, line, counts):
            break
    if not facts:
        return possible
    last = facts[-1]
    if _BLANK_LINE.search(text):
        while last + 1 < len(top) and top[last].end + 1 == top[last + 1].start:
            following = top_marks.get(_first_letter(text, top[last + 1]))
            if following is None or not _is_fact(text[following.words : top[last + 1].end]):
                break
            last += 1
    return [mark for mark in possible if mark.start > top[last].end]


def _speaks(text: str, mark: Mark, line: Span, counts: Counter[str]) -> bool:
    """Whether a line begins a turn, so that no fact below it is of the header: its label is typical, or comes often,
    and its words are no fact."""
    known = form(mark.label) is LabelForm.TYPICAL or counts[mark.label.casefold()] >= _OFTEN
    return known and not _is_fact(text[mark.words : line.end])


def _first_letter(text: str, line: Span) -> int:
    return line.trimmed(text).start


def _is_named_fact(mark: Mark, counts: Counter[str]) -> bool:
    """Whether a label names a fact, and does not come as often as only a speaker's does (Site, RE)."""
    label = mark.label.casefold()
    return label in METADATA and not _OFTEN <= counts[label] >= counts.total() / _MOST_VOICES


def _is_fact(value: str) -> bool:
    return len(value.strip()) <= _FACT and not value.rstrip().endswith((".", "?", "!", "…"))


def _names_columns(text: str, mark: Mark, line: Span) -> bool:
    return mark.style == LABEL_TAB and text[mark.words : line.end].strip().casefold() in _COLUMN_NAMES
