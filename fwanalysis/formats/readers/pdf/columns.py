"""Distinguish columns of a table from columns of running text.

A transcript may be printed as a table: speaker labels (and times) in narrow or wide columns, the words in the last one.
A row belongs together. An article may be printed in columns of running text, each read to its end before the next.
Positions alone do not distinguish them, so the words decide:

* *Labels*: short texts of which many recur (:func:`are_labels`).
* *Running text*: texts that begin in the middle of a sentence (:func:`is_running`).

Pure: lines in, lines out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.readers.pdf.page import Line

SAME_PLACE = 2.5
"""By how many points the beginnings of lines of one column may differ."""
FEW = 3
"""Fewer lines than this make no column."""
_MOST = 0.6
"""Which share of the lines must fit."""
_SHARE = 0.1
"""Which share of all lines a column of words has at least, among places where lines begin."""
_NARROWEST, _WIDEST = 8.0, 200.0
"""How many points a column of labels is wide. A wider one must hold labels (``are_labels``)."""
_LONGEST_LABEL = 40
"""How many characters a speaker label has at most, with its time."""
_NEARLY_ALL = 0.9
_RECURRING = 0.5
"""Which share of the labels of a column may be different from one another: names recur, first words of lines do not."""
_RUNNING = 1 / 3
"""Which share of the lines of running text begin with a lower-case letter. In printed columns it is about four fifths;
a cell of a table begins a sentence in its first line."""
_SAME_BASELINE = 0.35
"""By how much the baselines of a label and its words may differ, in heights of a line."""
_DIGITS = re.compile(r"\d+")
_NAMED = re.compile(r"[^\W\d_]|\d:\d")


def are_labels(texts: Sequence[str], words: Sequence[str] | None = None) -> bool:
    """Return whether the texts of a column are speaker labels or times.

    Args:
        texts: What is printed in the column, line by line.
        words: What is printed beside it.

    Notes:
        Nearly all labels end with a colon; or they are short, at most half of them are different (numbers count as
        one), and the words beside them differ more. A number alone is no label: it may count the lines.
    """
    named = [text for text in texts if _NAMED.search(text)]
    if len(named) < max(FEW, _MOST * len(texts)):
        return False
    if sum(text.endswith((":", "：")) for text in named) >= _NEARLY_ALL * len(named):
        return True
    short = sum(len(text) <= _LONGEST_LABEL for text in named)
    different = _different(named)
    if words is not None and _different(words) * len(named) <= different * len(words):
        return False
    return short >= _NEARLY_ALL * len(named) and different <= _RECURRING * len(named)


def _different(texts: Sequence[str]) -> int:
    return len({_DIGITS.sub("0", text.casefold()) for text in texts})


def is_running(texts: Sequence[str]) -> bool:
    """Return whether lines are running text: many begin within a sentence."""
    return len(texts) >= FEW and sum(text[0].islower() for text in texts) >= _RUNNING * len(texts)


# Labels that were drawn apart from the words


def joined_labels(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Join each label in a column of its own to the words on its baseline.

    Notes:
        Labels are lines that begin at the same horizontal position, most of which have a line to their right on the
        same baseline; these lines also share one horizontal position; and ``are_labels`` holds. The joined line
        replaces that of the words.
    """
    found = [list(page) for page in pages]
    beside = _beside(found)
    if len(beside) < FEW:
        return found
    for place in _places([line for page in found for line in page]):
        labels = [line for page in found for line in page if _is_at(line.left, place)]
        label_of = _labels_of_words(labels, place, beside)
        if label_of:
            gone = {id(label) for label in label_of.values()}
            found = [[_joined(label_of.get(id(line)), line) for line in page if id(line) not in gone] for page in found]
            beside = _beside(found)
    return found


def _labels_of_words(labels: Sequence[Line], place: int, beside: Mapping[int, Line]) -> dict[int, Line]:
    """Return the labels by the id of the line beside each.

    Empty if the texts at this position are not labels.
    """
    pairs = [
        (line, words)
        for line in labels
        if (words := beside.get(id(line))) is not None and not _is_at(words.left, place)
    ]
    if len(pairs) < max(FEW, _MOST * len(labels)):
        return {}
    column = Counter(round(words.left) for _, words in pairs).most_common(1)[0][0]
    fitting = [(label, words) for label, words in pairs if _is_at(words.left, column)]
    texts = [words.text for _, words in fitting]
    if len(fitting) < _MOST * len(pairs) or not are_labels([line.text for line in labels], texts):
        return {}
    return {id(words): label for label, words in fitting}


def _beside(pages: Sequence[Sequence[Line]]) -> dict[int, Line]:
    """Return the next line to the right on the same baseline, by line id."""
    beside: dict[int, Line] = {}
    for page in pages:
        row: list[Line] = []
        for line in sorted(page, key=lambda line: -line.y):
            if row and row[0].y - line.y > _SAME_BASELINE * line.size:
                beside.update(_pairs(row))
                row = []
            row.append(line)
        beside.update(_pairs(row))
    return beside


def _pairs(row: list[Line]) -> list[tuple[int, Line]]:
    if len(row) < 2:
        return []
    row.sort(key=lambda line: line.left)
    return [(id(one), two) for one, two in pairwise(row) if one.right <= two.left]


def _places(lines: Sequence[Line]) -> list[int]:
    """Return where short lines begin, from right to left.

    The column of times is left of the speakers' column.
    """
    lefts = Counter(round(line.left) for line in lines if len(line.text) <= _LONGEST_LABEL)
    return sorted((place for place, count in lefts.items() if count >= max(FEW, _SHARE * len(lines) / 2)), reverse=True)


def _joined(label: Line | None, line: Line) -> Line:
    if label is None:
        return line
    start = len(label.text) + 1
    return line._replace(
        text=f"{label.text} {line.text}",
        left=label.left,
        words=(*label.words, (start, line.left), *((start + at, place) for at, place in line.words)),
        gaps=(*label.gaps, (start, label.right), *((start + at, end) for at, end in line.gaps)),
        bold=label.bold if label.bold < len(label.text) or not line.bold else start + line.bold,
    )


def _is_at(left: float, place: float) -> bool:
    return abs(left - place) <= SAME_PLACE


# Columns of running text that were drawn across the page


def in_halves(page: Sequence[Line]) -> list[Line]:
    """Split lines that cross two columns of running text, and read by column.

    Notes:
        A column begins where at least a third of the page's lines have a gap, if the texts on both sides of the gaps
        are running text (``is_running``) and the left ones are not labels. A line that crosses the gap, a heading, is
        read after both columns above it.
    """
    columns = _columns_across(page)
    if not columns:
        return list(page)
    ordered: list[Line] = []
    waiting: list[list[Line]] = [[] for _ in range(len(columns) + 1)]
    for line in page:
        parts = _cut_at(line, columns)
        if len(parts) == 1 and any(line.left < column - SAME_PLACE < line.right for column in columns):
            ordered += [*(one for column in waiting for one in column), line]
            waiting = [[] for _ in waiting]
        else:
            for part in parts:
                waiting[bisect_right(columns, part.left + SAME_PLACE)].append(part)
    return [*ordered, *(one for column in waiting for one in column)]


def _columns_across(page: Sequence[Line]) -> list[float]:
    gapped = [line for line in page if line.gaps]
    if len(gapped) < max(FEW, len(page) / 3):
        return []
    lefts = [(line, at, place) for line in gapped for at, place in _after_gaps(line)]
    common = Counter(round(left) for *_, left in lefts)
    columns: list[float] = []
    for place in sorted(place for place, count in common.items() if count >= max(FEW, len(page) / 3)):
        there = [(line, at) for line, at, left in lefts if _is_at(left, place)]
        before, after = [line.text[: at - 1] for line, at in there], [line.text[at:] for line, at in there]
        if is_running(before) and is_running(after) and not are_labels(before):
            columns.append(place)
    return columns


def _after_gaps(line: Line) -> list[tuple[int, float]]:
    """Return the offset and position of the words after gaps."""
    places = dict(line.words) if line.gaps else {}
    return [(at, places[at]) for at, _ in line.gaps]


def _cut_at(line: Line, columns: Sequence[float]) -> list[Line]:
    """Return the parts of a line between gaps at the columns."""
    places = dict(line.words)
    cuts = [(at, end) for at, end in line.gaps if any(_is_at(places[at], column) for column in columns)]
    parts = []
    for at, end in reversed(cuts):
        words = tuple((place - at, left) for place, left in line.words if place > at)
        gaps = tuple((place - at, right) for place, right in line.gaps if place > at)
        bold = max(0, line.bold - at)
        parts.append(line._replace(text=line.text[at:], left=places[at], words=words, gaps=gaps, bold=bold))
        line = line._replace(
            text=line.text[: at - 1],
            right=end,
            hyphen=False,
            words=tuple((place, left) for place, left in line.words if place < at),
            gaps=tuple((place, right) for place, right in line.gaps if place < at),
            bold=min(line.bold, at - 1),
        )
    return [line, *reversed(parts)]


# Tabs between the cells of a table


def with_tabs(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """Insert a tab after each cell if labels have columns left of all words.

    Notes:
        The column of words is the next position to the right of the outermost one where lines begin, or the last one
        where most of the outermost lines have a gap. Most of the outermost lines must have a word there. If it is over
        200 points away, what is before it must be labels (``are_labels``).
    """
    lines = [line for page in pages for line in page]
    lefts = Counter(round(line.left) for line in lines)
    common = sorted(place for place, count in lefts.items() if count >= max(FEW, _SHARE * len(lines)))
    if not common:
        return pages
    outer = common[0]
    columns = _columns_of_table(lines, common)
    return [[_tabbed(line, outer, columns) for line in page] for page in pages] if columns else pages


def _columns_of_table(lines: Sequence[Line], common: Sequence[int]) -> list[int]:
    """Return where the columns of a table begin, from the second on.

    Empty if the lines are not a table.
    """
    outer = common[0]
    labelled = [line for line in lines if _is_at(line.left, outer) and line.words]
    gaps = _common_gaps(labelled)
    column = next((place for place in common if place > outer + _NARROWEST), gaps[-1] if gaps else None)
    if column is None:
        return []
    fitting = [(line, at) for line in labelled if (at := _word_at(line, column)) is not None]
    if len(fitting) < max(FEW, _MOST * len(labelled)):
        return []
    certain = column in common and column - outer <= _WIDEST
    if not certain and not are_labels([line.text[: at - 1] for line, at in fitting]):
        return []
    return [*(place for place in gaps if outer + _NARROWEST < place < column - SAME_PLACE), column]


def _common_gaps(labelled: Sequence[Line]) -> list[int]:
    """Return where most of the lines have a gap, from left to right."""
    places = Counter(round(place) for line in labelled for _, place in _after_gaps(line))
    found: list[int] = []
    for place in sorted(places):
        count = sum(places[near] for near in range(place - 2, place + 3))
        if count >= max(FEW, _MOST * len(labelled)) and not (found and place - found[-1] <= 2 * SAME_PLACE):
            found.append(place)
    return found


def _word_at(line: Line, column: float) -> int | None:
    """Return where in the line the word begins that is printed at the column."""
    return next((at for at, place in line.words if _is_at(place, column)), None)


def _tabbed(line: Line, outer: float, columns: Sequence[int]) -> Line:
    if not _is_at(line.left, outer) or _word_at(line, columns[-1]) is None:
        return line
    text = line.text
    for column in columns:
        at = _word_at(line, column)
        if at is not None:
            text = f"{text[: at - 1]}\t{text[at:]}"
    return line._replace(text=text, left=float(columns[-1]))
