"""Remove what is around the text of PDF pages: headers, footers, page and line numbers.

Pure: lines in, lines out. Whatever is removed is reported with its words, because it may be part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import mode
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fwanalysis.formats.readers.pdf.page import Line, PageLines

_NUMBER = re.compile(r"\d{1,5}")
_DIGITS = re.compile(r"\d{1,9}")
_ANY = "\0"
"""Replaces each number in lines that are compared; no line contains it itself."""
_COUNTED = re.compile(r"(\d{1,5})[\s.:)]*\s(?=\S)")
_PAGE_NUMBER = re.compile(
    rf"(?:page|seite|pagina|página|p\.|pg\.)?\s*[-–—|\[(]*\s*{_ANY}\s*(?:(?:/|of|von|de|sur|\|)\s*{_ANY})?\s*[-–—|\])]*",
    re.IGNORECASE,
)
_DEEPEST = 3
"""How many lines a running head or foot may have."""
_ZONE = 0.2
"""In which share of a page's height, from either end, running heads and feet are."""
_OFTEN = 0.4
"""On which share of the pages a running head or foot recurs at least: those of left and right pages may differ."""
_SAME_PLACE = 4.0
"""By how many points its baseline may differ from page to page."""
_SHOWN = 6
"""How many texts a warning shows."""
_LONG = 60
"""How many characters of a text a warning shows; a line as long as this is not said twice by chance."""
_FEW = 3
"""Fewer numbers than this do not count lines or paragraphs."""
_MOST = 0.5
"""Which share of the lines must fit the count."""


def without_margins(pages: Sequence[PageLines]) -> tuple[list[list[Line]], list[Notice]]:
    """Return the lines of each page without margins, and warnings about these."""
    visible = [[line for line in page.lines if line.visible] for page in pages]
    unseen = [line.text for page in pages for line in page.lines if not line.visible]
    numbered, in_margin = _margin_numbers(visible)
    if in_margin:
        unseen = [text for text in unseen if not _NUMBER.fullmatch(text)]
    heads = _running(numbered, [page.height for page in pages])
    text = [[line for line in page if id(line) not in heads] for page in numbered]
    text, counted = _line_numbers(text)
    text, twice = _once(text, [page.height for page in pages])
    left_out = [line.text for page in numbered for line in page if id(line) in heads]
    return text, [
        *_number_warnings("Numbers in the margin", in_margin),
        *_head_warnings(left_out),
        *_number_warnings("Numbers before the lines", counted),
        *_other_warnings(unseen, twice, sum(page.odd_spaces for page in pages)),
    ]


# Numbers of lines or paragraphs


def _margin_numbers(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[int]]:
    """Separate numbers in a column beside the text from the pages."""
    found: list[int] = []
    kept = []
    for page in pages:
        words = [line for line in page if not _NUMBER.fullmatch(line.text)]
        if not words or len(words) == len(page):
            kept.append(list(page))
            continue
        left = mode(round(line.left) for line in words)
        right = max(line.right for line in words)
        beside = [
            line
            for line in page
            if _NUMBER.fullmatch(line.text) and (line.right < left or line.left > right) and _is_beside(line, words)
        ]
        if len(beside) >= _FEW and _ascending(int(line.text) for line in beside):
            found += (int(line.text) for line in beside)
            gone = {id(line) for line in beside}
            kept.append([line for line in page if id(line) not in gone])
        else:
            kept.append(list(page))
    return kept, found


def _is_beside(number: Line, words: Sequence[Line]) -> bool:
    reach = 3 * number.size
    return min(line.y for line in words) - reach <= number.y <= max(line.y for line in words) + reach


def _ascending(numbers: Iterable[int]) -> bool:
    listed = list(numbers)
    return listed == sorted(listed) and len(set(listed)) == len(listed)


def _line_numbers(pages: list[list[Line]]) -> tuple[list[list[Line]], list[int]]:
    """Separate the numbers that count the lines from the pages.

    Notes:
        Each line or every fifth is numbered, and at least half of the lines must fit the count.
    """
    lines = [line for page in pages for line in page]
    found = [(line, counted) for line in lines if (counted := _COUNTED.match(line.text))]
    if len(found) < _FEW * 2:
        return pages, []
    steps = Counter(int(two[1][1]) - int(one[1][1]) for one, two in pairwise(found))
    step = steps.most_common(1)[0][0]
    after: int | None = None
    fitting: dict[int, int] = {}
    for line, counted in found:
        number = int(counted[1])
        if after is None or number in (after + step, step, 1):
            fitting[id(line)] = counted.end()
            after = number
    every = {1: 1, 5: 5}.get(step)
    if every is None or len(fitting) * every < _MOST * len(lines):
        return pages, []
    numbers = [int(counted[1]) for line, counted in found if id(line) in fitting]
    return [[_cut(line, fitting.get(id(line), 0)) for line in page] for page in pages], numbers


def _cut(line: Line, offset: int) -> Line:
    """Return the line from the first word after an offset."""
    if not offset:
        return line
    left = next((place for at, place in line.words if at >= offset), line.left)
    words = tuple((at - offset, place) for at, place in line.words if at > offset)
    gaps = tuple((at - offset, end) for at, end in line.gaps if at > offset)
    bold = max(0, line.bold - offset)
    return line._replace(text=line.text[offset:], left=left, words=words, gaps=gaps, bold=bold)


# Running heads and feet


def _running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> frozenset[int]:
    """Return the ids of lines that recur at the top or bottom of pages.

    Numbers in them are ignored.
    """
    gone: set[int] = set()
    for end in (-1, 1):
        outer = [
            sorted((line for line in page if _in_zone(line, height, end)), key=lambda line: end * line.y)
            for page, height in zip(pages, heights, strict=True)
        ]
        for _ in range(_DEEPEST):
            first = [lines[0] if lines else None for lines in outer]
            same = _recurring(first, outer, sum(map(bool, pages)))
            if not same:
                break
            if len(gone | same) == sum(map(len, pages)):
                return frozenset()  # there would be no text left for them to run over
            gone |= same
            outer = [lines[1:] if lines and id(lines[0]) in same else lines for lines in outer]
    return frozenset(gone)


def _in_zone(line: Line, height: float, end: int) -> bool:
    """Return whether a line is at the top (*end* -1) or bottom (1) of its page."""
    return line.y > height * (1 - _ZONE) if end < 0 else line.y < height * _ZONE


def _recurring(first: Sequence[Line | None], outer: Sequence[Sequence[Line]], pages: int) -> set[int]:
    groups: dict[str, list[tuple[Line, float]]] = {}
    for line, lines in zip(first, outer, strict=True):
        if line:
            gap = abs(line.y - lines[1].y) if len(lines) > 1 else float("inf")
            groups.setdefault(_DIGITS.sub(_ANY, line.text.casefold()), []).append((line, gap))
    found: set[int] = set()
    for key, group in groups.items():
        place = sorted(line.y for line, _ in group)[len(group) // 2]
        there = [(line, gap) for line, gap in group if abs(line.y - place) <= _SAME_PLACE]
        if _is_running(key, there, pages):
            found |= {id(line) for line, _ in there}
    return found


def _is_running(key: str, there: Sequence[tuple[Line, float]], pages: int) -> bool:
    if _PAGE_NUMBER.fullmatch(key):
        numbers = [int(_DIGITS.findall(line.text)[0]) for line, _ in there]
        return _ascending(numbers) and (len(there) >= _OFTEN * pages) and (len(there) > 1 or key != _ANY)
    if len(there) < 2 or len(there) < _OFTEN * pages:
        return False
    apart = sum(gap > 1.5 * line.size for line, gap in there)
    return len(there) > 2 or apart == len(there)


# Lines that a page break cuts


def _once(pages: list[list[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """Remove the first line of a page if it repeats the last of the page before.

    Notes:
        Browsers print a line that a page break cuts on both pages.

    Returns:
        The pages, and the removed lines.
    """
    twice = []
    for before, page, height in zip(pages, pages[1:], heights[1:], strict=False):
        if before and page and before[-1].text == page[0].text and _is_cut(page[0], height):
            twice.append(page.pop(0).text)
    return pages, twice


def _is_cut(line: Line, height: float) -> bool:
    """Return whether a line crosses the top of its page or is too long to recur."""
    return line.y + 0.75 * line.size > height or len(line.text) >= _LONG


# Warnings


def _number_warnings(what: str, numbers: Sequence[int]) -> Iterator[Notice]:
    if numbers:
        first, last = min(numbers), max(numbers)
        run = last - first < len(set(numbers)) * 5
        shown = f"{first:,} to {last:,}" if run else ", ".join(map(str, numbers[:_SHOWN])) + ", …"
        yield Notice(f"{what} were left out: {shown}.")


def _other_warnings(unseen: Sequence[str], twice: Sequence[str], odd: int) -> Iterator[Notice]:
    if unseen:
        yield Notice(f"Text outside the pages, which is not visible, was left out: {_quoted(unseen)}.")
    if twice:
        yield Notice(f"Lines printed both before and after a page break were read once: {_quoted(twice)}.")
    if odd:
        yield Notice(f"{odd:,} tabs or control characters between words were read as spaces.")


def _head_warnings(texts: Sequence[str]) -> Iterator[Notice]:
    if texts:
        kinds: dict[str, list[str]] = {}
        for text in texts:
            kinds.setdefault(_DIGITS.sub(_ANY, text.casefold()), []).append(text)
        shown = [
            f"{_short(same[0])} to {_short(same[-1])}" if same[0] != same[-1] else _short(same[0])
            for same in kinds.values()
        ]
        yield Notice(f"Left out as running heads or page numbers: {', '.join(shown[:_SHOWN])}.")


def _quoted(texts: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(texts))
    return ", ".join(map(_short, distinct[:_SHOWN])) + (", …" if len(distinct) > _SHOWN else "")


def _short(text: str) -> str:
    return f"“{text if len(text) <= _LONG else text[:_LONG] + '…'}”"
