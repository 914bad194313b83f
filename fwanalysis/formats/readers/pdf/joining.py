"""Join the lines of a PDF to paragraphs, and words that were hyphenated at line ends.

Pure: lines in, text out. A hyphen that may belong to the word is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.formats.readers.pdf.page import Line

_HEADING = 1.2
"""From how many times the size of most lines on a line is a heading."""
_SHOWN = 3
"""How many words a warning shows."""
_COMPOUND = re.compile(r"\w+(?:-\w+)+|\w+")
_LAST_WORD = re.compile(r"[\w-]*\w$")
_FIRST_WORD = re.compile(r"\w+")
_KEPT = frozenset({"self", "well", "non", "ex", "all", "half", "quasi"})
"""First parts of words that are written with a hyphen."""
_HYPHENS = "-‐\u00ad"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The text of a PDF.

    Attributes:
        text: The text.
        headings: Offsets at which headings begin.
        bold: The ends of the bold beginnings of paragraphs, by where these begin.
        warnings: What is uncertain about the joined words.
        starts: The offset of each line.
    """

    text: str
    headings: frozenset[int]
    bold: Mapping[int, int]
    warnings: tuple[Notice, ...]
    starts: Sequence[int]


def without_hyphen(line: Line) -> Line:
    """Remove the hyphen that ends a line and set ``hyphen`` instead."""
    text = line.text
    if text[-1] in _HYPHENS and not line.hyphen and len(text) > 1 and text[-2].isalnum():
        return line._replace(text=text[:-1], hyphen=True, bold=min(line.bold, len(text) - 1))
    return line


def vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """Return the words of the text in lower case, also the parts of compounds."""
    words: set[str] = set()
    for before, line in pairwise([None, *lines]):
        found = [word.lower() for word in _COMPOUND.findall(line.text)] if line else []
        if before and before.hyphen:
            found = found[1:]
        words.update(found[:-1] if line and line.hyphen else found)
    return frozenset(words | {part for word in words if "-" in word for part in word.split("-")})


def joined(lines: Sequence[Line], apart: Sequence[str], words: frozenset[str]) -> Paragraphs:
    """Return the text of the lines.

    Args:
        lines: The lines, at least one.
        apart: What separates each line from the one before: an empty line, a newline, or nothing.
        words: The words of the text, by which hyphenated words are recognised.
    """
    parts, starts = [lines[0].text], [0]
    length = len(parts[0])
    healed: list[str] = []
    kept: list[str] = []
    for before, line, between in zip(lines, lines[1:], apart[1:], strict=False):
        glue = between or " "
        if before.hyphen:
            word = None if between else _broken_word(before.text, line.text, words)
            (healed if word else kept).append(word or f"{_last(before.text)}-{'' if between else _first(line.text)}")
            glue = "" if word else f"-{between}"
        parts += (glue, line.text)
        starts.append(length + len(glue))
        length = starts[-1] + len(line.text)
    if lines[-1].hyphen:
        parts.append("-")
    begins = [0, *(at for at, between in enumerate(apart) if at and between)]
    headings = _headings(lines, starts, begins)
    bold = _bold_beginnings(lines, starts, begins)
    return Paragraphs("".join(parts), headings, bold, tuple(_hyphen_warnings(healed, kept)), starts)


def _headings(lines: Sequence[Line], starts: Sequence[int], begins: Sequence[int]) -> frozenset[int]:
    sizes = Counter([line.size for line in lines])
    if len(sizes) == 1:
        return frozenset()
    rounded: Counter[float] = Counter()
    for size, count in sizes.items():
        rounded[round(size, 1)] += count
    large = _HEADING * rounded.most_common(1)[0][0]
    return frozenset(starts[at] for at in begins if lines[at].size >= large)


def _bold_beginnings(lines: Sequence[Line], starts: Sequence[int], begins: Sequence[int]) -> dict[int, int]:
    """Return the ends of the bold beginnings of paragraphs, by paragraph start."""
    bold: dict[int, int] = {}
    for at, end in zip(begins, (*begins[1:], len(lines)), strict=True):
        for number in range(at, end):
            line = lines[number]
            if line.bold:
                bold[starts[at]] = starts[number] + line.bold
            if not line.is_bold:
                break
    return bold


def _last(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found.group() if found else ""


def _first(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found.group() if found else ""


def _broken_word(before: str, after: str, words: frozenset[str]) -> str | None:
    """Return the word that was hyphenated at the end of a line.

    None if the hyphen may belong to the word.
    """
    head, tail = _last(before), _first(after)
    if not head or not tail or not head[-1].islower() or not tail[0].islower():
        return None
    whole, compound = f"{head}{tail}", f"{head}-{tail}"
    if compound.lower() in words:
        return None
    if whole.lower() in words:
        return whole
    both = head.lower() in words and tail.lower() in words
    return None if both or head.lower() in _KEPT or "-" in head else whole


def _hyphen_warnings(healed: Sequence[str], kept: Sequence[str]) -> Iterator[Notice]:
    if healed:
        yield Notice(
            f"{_counted(healed, 'word')} joined that a hyphen at the end of a line divides: {_examples(healed)}."
        )
    if kept:
        yield Notice(f"{_counted(kept, 'hyphen')} kept at the end of a line: {_examples(kept)}.")


def _counted(listed: Sequence[str], noun: str) -> str:
    return f"1 {noun} was" if len(listed) == 1 else f"{len(listed):,} {noun}s were"


def _examples(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return ", ".join(f"“{word}”" for word in distinct[:_SHOWN]) + (", …" if len(distinct) > _SHOWN else "")
