"""Lines of a page made into paragraphs: what a line break was for, which only the places of lines tell.

Pure: lines in, text out. A line begins a paragraph after a gap, where it begins as turns of the file do, and, unless it
goes on with a sentence, in another size, at another indent, or where the line before had room for its first word.
All others go on, with a blank or as the rest of a broken word. In doubt a hyphen is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.formats.speaker_formats import BOLD_LABEL, BOLD_TIME
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.formats.readers.pdf.page import Line
    from fwanalysis.formats.turns.find import Found

_GAP = 1.4
"""From how many times the usual distance between lines on a distance is a gap."""
_INDENT = 0.6
_COLUMN = 2.5
_NARROWEST_COLUMN, _WIDEST_COLUMN = 8.0, 200.0
_MOST = 0.6
_SHARE = 0.1
_MOST_MARKS = 500
"""So many forms of marks are no labels; every line would be held against each."""
_HEADING = 1.2
_FEW = 3
_SHOWN = 3
_COMPOUND = re.compile(r"\w+(?:-\w+)+|\w+")
_LAST_WORD = re.compile(r"[\w-]*\w$")
_FIRST_WORD = re.compile(r"\w+")
_LABELLED = re.compile(r"[^\W_][^:.?!]{0,40}:(?:\s|$)")
_KEPT = frozenset({"self", "well", "non", "ex", "all", "half", "quasi"})
_ENDS = ".!?…:"
_HYPHENS = "-‐\u00ad"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The text of a PDF, where its heading lines begin, the ends of the bold beginnings of its lines by where they
    begin, what was doubted in joining its lines, and its turns where they were found on the way."""

    text: str
    headings: frozenset[int]
    bold: Mapping[int, int]
    warnings: tuple[Notice, ...]
    found: Found | None = None


def paragraphs(pages: Sequence[Sequence[Line]], *, speaker_format: str | None = None) -> Paragraphs:
    """The lines of the pages joined; *style* is that in which its turns are looked for."""
    pages = _with_columns([[_without_hyphen(line) for line in page] for page in pages])
    lines = [line for page in pages for line in page]
    if not lines:
        return Paragraphs("", frozenset(), {}, ())
    apart = _apart(pages)
    vocabulary = _vocabulary(lines) if any(line.hyphen for line in lines) else frozenset()
    first = _joined(lines, apart, vocabulary)
    found = find_turns(first.text, bold=first.bold, speaker_format=speaker_format)
    starts = {at for at in _turn_starts(lines, apart, first, found, speaker_format) if at and not apart[at]}
    if not starts:
        return first if first.headings else replace(first, found=found)
    for at in starts:
        apart[at] = "\n"
    return _joined(lines, apart, vocabulary)


def _without_hyphen(line: Line) -> Line:
    """The line with the hyphen that ends it noted, if the reader of the page had it for a character."""
    if not line.hyphen and len(line.text) > 1 and line.text[-1] in _HYPHENS and line.text[-2].isalnum():
        return replace(line, text=line.text[:-1], hyphen=True, bold=min(line.bold, len(line.text) - 1))
    return line


# Columns of labels


def _with_columns(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """The lines with a tab after the label where labels stand in a column of their own, left of all words: where most
    of the lines that begin outermost have a word that stands where the other lines begin."""
    lefts = Counter(round(line.left) for page in pages for line in page)
    common = sorted(place for place, count in lefts.items() if count >= max(_FEW, _SHARE * lefts.total()))
    if len(common) < 2:
        return pages
    outer, column = common[0], next((place for place in common if place > common[0] + _NARROWEST_COLUMN), None)
    labelled = [line for page in pages for line in page if abs(line.left - outer) <= _COLUMN and line.words]
    if column is None or column - outer > _WIDEST_COLUMN:
        return pages
    fitting = sum(_column_word(line, column) is not None for line in labelled)
    if fitting < max(_FEW, _MOST * len(labelled)):
        return pages
    return [[_tabbed(line, outer, column) for line in page] for page in pages]


def _column_word(line: Line, column: float) -> int | None:
    """Where in the line the word begins that stands where the column does."""
    return next((at for at, place in line.words if abs(place - column) <= _COLUMN), None)


def _tabbed(line: Line, outer: float, column: float) -> Line:
    if abs(line.left - outer) > _COLUMN:
        return line
    at = _column_word(line, column)
    return line if at is None else replace(line, text=f"{line.text[: at - 1]}\t{line.text[at:]}", left=float(column))


# Where paragraphs begin by their place


def _apart(pages: Sequence[Sequence[Line]]) -> list[str]:
    """For each line what parts it from the one before by their places: an empty line, a newline, or nothing."""
    pitch = _pitch(pages)
    margin = _right_margin([line for page in pages for line in page])
    apart: list[str] = []
    before: Line | None = None
    for page in pages:
        usual = Counter(round(line.left) for line in page).most_common(1)[0][0] if page else 0
        for at, line in enumerate(page):
            if before is None:
                apart.append("")
            elif at and _is_gap(before, line, pitch):
                apart.append("\n\n")
            else:
                apart.append("\n" if _begins(before, line, usual, margin) else "")
            before = line
    return apart


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The distance between the lines of a paragraph: the smallest but for odd ones."""
    steps = sorted(
        one.y - two.y for page in pages for one, two in pairwise(page) if 0.8 * two.size <= one.y - two.y < 5 * two.size
    )
    return steps[len(steps) // 10] if steps else 0.0


def _right_margin(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[-1 - len(rights) // 50]


def _is_gap(before: Line, line: Line, pitch: float) -> bool:
    step = before.y - line.y
    return step > _GAP * max(pitch, 0.8 * line.size) or step < -0.5 * line.size


def _begins(before: Line, line: Line, usual: float, margin: float) -> bool:
    """Whether a line that no gap parts from the one before begins a paragraph."""
    slack = _INDENT * line.size
    if line.text[0].islower() and before.text[-1] not in _ENDS:
        return False
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size) or before.is_bold is not line.is_bold:
        return True
    if abs(line.left - usual) > slack and abs(line.left - before.left) > slack:
        return True
    if before.hyphen or abs(before.y - line.y) < 0.3 * line.size:
        return False
    return before.right + _first_width(line) + slack < margin


def _first_width(line: Line) -> float:
    """How wide the first word of a line is, with a blank."""
    if line.words:
        return line.words[0][1] - line.left
    return line.right - line.left


# Where turns begin


def _turn_starts(
    lines: Sequence[Line], apart: Sequence[str], first: Paragraphs, found: Found, speaker_format: str | None
) -> set[int]:
    """The lines that begin as turns do: with a mark (in bold, if they all are) that the turns found in the *first*
    paragraphs have, and those below a mark that has its lines for itself. Where lines within paragraphs look labelled,
    the text is looked at line by line, too."""
    marks = _marks(first.text, found)
    starts = _marked(lines, marks)
    if found.speaker_format in (BOLD_LABEL, BOLD_TIME) and any(turn.label_start in first.bold for turn in found.turns):
        starts = {at for at in starts if lines[at].bold or lines[at - 1].is_bold}
    hidden = [at for at, line in enumerate(lines) if at not in starts and not apart[at] and _LABELLED.match(line.text)]
    if len(hidden) > 1 or not marks:
        single, bold = _line_by_line(lines)
        starts |= _marked(lines, _marks(single, find_turns(single, bold=bold, speaker_format=speaker_format)) - marks)
    return starts


def _line_by_line(lines: Sequence[Line]) -> tuple[str, Mapping[int, int]]:
    """The text with a line for each line, and the ends of the bold beginnings of lines by where they begin."""
    starts = accumulate((len(line.text) + 1 for line in lines), initial=0)
    bold = {start: start + line.bold for start, line in zip(starts, lines, strict=False) if line.bold}
    return "\n".join(line.text for line in lines), bold


def _marks(text: str, found: Found) -> frozenset[str]:
    return frozenset(text[turn.label_start : turn.start] for turn in found.turns if turn.label_start < turn.start)


def _marked(lines: Sequence[Line], marks: frozenset[str]) -> set[int]:
    starts: set[int] = set()
    within = {_pattern(mark) for mark in marks if "\n" not in mark}
    alone = {_pattern(part) for mark in marks if "\n" in mark for part in mark.split("\n") if part.strip()}
    if len(within) + len(alone) > _MOST_MARKS:
        return starts
    if within:
        matches = re.compile(f"(?:{'|'.join(sorted(within, key=len, reverse=True))})").match
        starts |= {at for at, line in enumerate(lines) if matches(line.text)}
    if alone:
        whole = re.compile(f"(?:{'|'.join(sorted(alone))})").fullmatch
        heads = {at for at, line in enumerate(lines) if whole(line.text)}
        starts |= heads | {at + 1 for at in heads if at + 1 < len(lines)}
    return starts


def _pattern(mark: str) -> str:
    """A pattern for the mark with any other time or number in it, ending where a word ends."""
    words = (re.sub(r"\d+", r"\\d+", re.escape(word)) for word in mark.split())
    return r"\s+".join(words) + (r"(?!\w)" if mark.rstrip()[-1:].isalnum() else "")


# Joining


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words of the text in lower case, compounds whole and in parts."""
    words: set[str] = set()
    for before, line in pairwise([None, *lines]):
        found = [word.lower() for word in _COMPOUND.findall(line.text)] if line else []
        if before and before.hyphen:
            found = found[1:]
        words.update(found[:-1] if line and line.hyphen else found)
    return frozenset(words | {part for word in words if "-" in word for part in word.split("-")})


def _joined(lines: Sequence[Line], apart: Sequence[str], vocabulary: frozenset[str]) -> Paragraphs:
    parts = [lines[0].text]
    length = len(parts[0])
    body = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    headings = {0} if _is_heading(lines[0], body) else set()
    bold, begun, prolongs = {0: lines[0].bold}, 0, lines[0].is_bold
    healed: list[str] = []
    kept: list[str] = []
    for before, line, parted in zip(lines, lines[1:], apart[1:], strict=False):
        glue = parted or " "
        if before.hyphen:
            word = None if parted else _broken_word(before.text, line.text, vocabulary)
            (healed if word else kept).append(word or f"{_last(before.text)}-{'' if parted else _first(line.text)}")
            glue = "" if word else f"-{parted}"
        parts += (glue, line.text)
        length += len(glue)
        if parted and _is_heading(line, body):
            headings.add(length)
        if parted:
            bold[length] = length + line.bold
            begun, prolongs = length, True
        elif prolongs and line.bold:
            bold[begun] = length + line.bold
        prolongs = prolongs and line.is_bold
        length += len(line.text)
    if lines[-1].hyphen:
        parts.append("-")
    begins = {start: end for start, end in bold.items() if end > start}
    return Paragraphs("".join(parts), frozenset(headings), begins, tuple(_hyphens_doubt(healed, kept)))


def _is_heading(line: Line, body: float) -> bool:
    return line.size >= _HEADING * body


def _last(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found.group() if found else ""


def _first(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found.group() if found else ""


def _broken_word(before: str, after: str, vocabulary: frozenset[str]) -> str | None:
    """The word that a hyphen at the end of a line broke, or None if the hyphen may be its own."""
    head, tail = _last(before), _first(after)
    if not head or not tail or not head[-1].islower() or not tail[0].islower():
        return None
    whole, compound = f"{head}{tail}", f"{head}-{tail}"
    if compound.lower() in vocabulary:
        return None
    if whole.lower() in vocabulary:
        return whole
    both = head.lower() in vocabulary and tail.lower() in vocabulary
    return None if both or head.lower() in _KEPT or "-" in head else whole


def _hyphens_doubt(healed: Sequence[str], kept: Sequence[str]) -> Iterator[Notice]:
    if healed:
        yield Notice(f"{_counted(healed, 'word')} broken at the end of a line and joined: {_examples(healed)}.")
    if kept:
        yield Notice(f"{_counted(kept, 'hyphen')} at the end of a line kept: {_examples(kept)}.")


def _counted(listed: Sequence[str], noun: str) -> str:
    return f"1 {noun} was" if len(listed) == 1 else f"{len(listed):,} {noun}s were"


def _examples(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return ", ".join(f"“{word}”" for word in distinct[:_SHOWN]) + (", …" if len(distinct) > _SHOWN else "")
