"""Divide the lines of a PDF into paragraphs by their positions.

Pure: lines in, text out. A line begins a paragraph after a gap, where it begins as the turns of the file do, and,
unless it continues a sentence, in another size, at another indent, or where the line before had room for its first
word. All others continue one, after a space or as the rest of a hyphenated word. If it is uncertain, a hyphen is kept.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.pdf.columns import with_tabs
from fwanalysis.formats.readers.pdf.joining import Paragraphs, joined, vocabulary, without_hyphen
from fwanalysis.formats.readers.pdf.turn_lines import likely_starts, turn_starts
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.readers.pdf.page import Line
    from fwanalysis.formats.turns.find import Found

_GAP = 1.4
"""From how many times the usual distance between lines on a distance is a gap."""
_INDENT = 0.6
"""From how many heights of a line on a place is another one."""
_SIZE = 0.15
"""By which share two lines of one paragraph may differ in size: an italic word may be set a little smaller."""
_ENDS = ".!?…:"
"""What ends a sentence, so that a lower-case letter after it may begin a paragraph."""


def paragraphs(
    pages: Sequence[Sequence[Line]], columns: frozenset[int] = frozenset(), options: ReadOptions = DEFAULTS
) -> tuple[Paragraphs, Found]:
    """Return the text of the pages and its turns.

    Args:
        pages: The lines of each page, or of each column of a page, in reading order.
        columns: Which of them are columns.
        options: The format of speaker labels and the speakers that the user chose.

    Notes:
        Whether a line in the middle of a paragraph begins a turn is known only when the labels are, so turns are
        detected twice: in the paragraphs by position, and in those that the labels found there indicate. The second
        time is not needed if lines that are likely to begin turns were separated correctly before the first.
    """
    pages = with_tabs([[without_hyphen(line) for line in page] for page in pages])
    lines = [line for page in pages for line in page]
    if not lines:
        return Paragraphs("", frozenset(), {}, (), ()), find_turns("", speaker_format=options.speaker_format)
    words = vocabulary(lines) if any(line.hyphen for line in lines) else frozenset()
    apart = _apart(pages, columns)
    likely = likely_starts(lines, apart)
    made = joined(lines, _divided(apart, likely), words)
    found = _found(made, options)
    if likely:
        begun = {turn.label_start for turn in found.turns}
        if not all(made.starts[at] in begun for at in likely):
            likely = set()
            made = joined(lines, apart, words)
            found = _found(made, options)
    divided = _divided(apart, likely)
    starts = {at for at in turn_starts(lines, divided, made, found, options) if at and not divided[at]}
    if not starts:
        return made, found
    made = joined(lines, _divided(divided, starts), words)
    return made, _found(made, options)


def _found(made: Paragraphs, options: ReadOptions) -> Found:
    return find_turns(
        made.text,
        headings=made.headings,
        bold=made.bold,
        speaker_format=options.speaker_format,
        speakers=options.speakers,
    )


def _divided(apart: Sequence[str], starts: set[int]) -> list[str]:
    return ["\n" if at in starts else between for at, between in enumerate(apart)]


def _apart(pages: Sequence[Sequence[Line]], columns: frozenset[int]) -> list[str]:
    """Return what separates each line from the one before.

    An empty line, a newline, or nothing.
    """
    pitch = _pitch(pages)
    whole = _right_margin([line for number, page in enumerate(pages) for line in page if number not in columns])
    apart: list[str] = []
    before: Line | None = None
    margin = whole
    for number, page in enumerate(pages):
        usual = Counter(round(line.left) for line in page).most_common(1)[0][0] if page else 0
        for at, line in enumerate(page):
            if before is None:
                apart.append("")
            elif (at or (number in columns and before.y > line.y)) and _is_gap(before, line, pitch):
                apart.append("\n\n")
            else:
                apart.append("\n" if _begins(before, line, usual, margin) else "")
            before = line
            if not at:
                margin = _right_margin(page) if number in columns else whole
    return apart


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """Return the distance between lines of a paragraph: the lowest decile."""
    steps = sorted(
        one.y - two.y for page in pages for one, two in pairwise(page) if 0.8 * two.size <= one.y - two.y < 5 * two.size
    )
    return steps[len(steps) // 10] if steps else 0.0


def _right_margin(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[-1 - len(rights) // 50] if rights else 0.0


def _is_gap(before: Line, line: Line, pitch: float) -> bool:
    step = before.y - line.y
    return step > _GAP * max(pitch, 0.8 * line.size) or step < -0.5 * line.size


def _begins(before: Line, line: Line, usual: float, margin: float) -> bool:
    """Return whether a line without a gap above it begins a paragraph."""
    if "\t" in line.text:  # a label in a column of its own
        return True
    slack = _INDENT * line.size
    if line.text[0].islower() and before.text[-1] not in _ENDS:
        return False
    if abs(before.size - line.size) > _SIZE * max(before.size, line.size) or before.is_bold is not line.is_bold:
        return True
    if abs(line.left - usual) > slack and abs(line.left - before.left) > slack:
        return True
    if before.hyphen or abs(before.y - line.y) < 0.3 * line.size:
        return False
    return before.right + _first_width(line) + slack < margin


def _first_width(line: Line) -> float:
    """Return how wide the first word of a line is, with a space."""
    if line.words:
        return line.words[0][1] - line.left
    return line.right - line.left
