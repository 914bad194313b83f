"""Find the lines of a PDF that begin turns, regardless of their position on the page.

Pure: lines in, indices of lines out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import BOLD_LABEL, BOLD_TIME
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.options import ReadOptions
    from fwanalysis.formats.readers.pdf.joining import Paragraphs
    from fwanalysis.formats.readers.pdf.page import Line
    from fwanalysis.formats.turns.find import Found

_MOST_LABELS = 500
"""More forms of labels than this are no labels; every line would be compared with each."""
_FEW = 3
"""How many paragraphs must begin with a label that is likely to begin a line within one."""
_LONGEST_LABEL = 42
_LABELLED = re.compile(r"[^\W_][^:.?!]{0,40}:(?:\s|$)")


def likely_starts(lines: Sequence[Line], apart: Sequence[str]) -> set[int]:
    """Return lines within paragraphs that begin with a label and a colon.

    Only labels with which paragraphs often begin.
    """
    labels = [
        (at, found.group())
        for at, line in enumerate(lines)
        if ":" in line.text[:_LONGEST_LABEL] and (found := _LABELLED.match(line.text))
    ]
    begun = Counter(label for at, label in labels if not at or apart[at])
    return {at for at, label in labels if at and not apart[at] and begun[label] >= _FEW}


def turn_starts(
    lines: Sequence[Line], apart: Sequence[str], first: Paragraphs, found: Found, options: ReadOptions
) -> set[int]:
    """Return the lines that begin turns.

    Args:
        lines: The lines.
        apart: What separates each line from the one before.
        first: The paragraphs by position.
        found: The turns in them.
        options: The format of speaker labels and the speakers that the user chose.

    Notes:
        A line begins a turn if it begins with a label that these turns have (in bold, if they all are), or if it is
        below a label on a line of its own. If lines within paragraphs seem to be labelled, turns are also detected in
        the text line by line.
    """
    labels = _labels(first.text, found)
    starts = _lines_with(lines, labels)
    if found.speaker_format in (BOLD_LABEL, BOLD_TIME) and any(turn.label_start in first.bold for turn in found.turns):
        starts = {at for at in starts if lines[at].bold or lines[at - 1].is_bold}
    hidden = [at for at, line in enumerate(lines) if at not in starts and not apart[at] and _LABELLED.match(line.text)]
    if len(hidden) > 1 or not labels:
        single, bold = _line_by_line(lines)
        again = find_turns(single, bold=bold, speaker_format=options.speaker_format, speakers=options.speakers)
        starts |= _lines_with(lines, _labels(single, again) - labels)
    return starts | _lines_with(lines, frozenset(f"{label}:" for label in options.speakers))


def _line_by_line(lines: Sequence[Line]) -> tuple[str, Mapping[int, int]]:
    """Return the lines as a text, and the ends of their bold beginnings."""
    starts = accumulate((len(line.text) + 1 for line in lines), initial=0)
    bold = {start: start + line.bold for start, line in zip(starts, lines, strict=False) if line.bold}
    return "\n".join(line.text for line in lines), bold


def _labels(text: str, found: Found) -> frozenset[str]:
    return frozenset(text[turn.label_start : turn.start] for turn in found.turns if turn.label_start < turn.start)


def _lines_with(lines: Sequence[Line], labels: frozenset[str]) -> set[int]:
    starts: set[int] = set()
    within = {_pattern(label) for label in labels if "\n" not in label}
    alone = {_pattern(part) for label in labels if "\n" in label for part in label.split("\n") if part.strip()}
    if len(within) + len(alone) > _MOST_LABELS:
        return starts
    if within:
        matches = re.compile(f"(?:{'|'.join(sorted(within, key=len, reverse=True))})").match
        starts |= {at for at, line in enumerate(lines) if matches(line.text)}
    if alone:
        whole = re.compile(f"(?:{'|'.join(sorted(alone))})").fullmatch
        heads = {at for at, line in enumerate(lines) if whole(line.text)}
        starts |= heads | {at + 1 for at in heads if at + 1 < len(lines)}
    return starts


def _pattern(label: str) -> str:
    """Return a pattern for a label, ending at the end of a word.

    Any time or number matches in place of the label's own.
    """
    words = (re.sub(r"\d+", r"\\d+", re.escape(word)) for word in label.split())
    return r"\s+".join(words) + (r"(?!\w)" if label.rstrip()[-1:].isalnum() else "")
