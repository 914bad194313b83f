"""What in a transcript a person should look at: labels that were not believed, lines that nearly are marks, and what
was set aside.

Pure: what was found in, doubts with their places out. A kind of doubt is told at most ``_MOST`` times, then counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.labels import LabelForm, form, key
from fwanalysis.formats.styles import LABEL_TAB

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import DraftTurn
    from fwanalysis.formats.marks import Lines, Mark
    from fwanalysis.formats.readings import Reading

_MOST = 40
_MOST_SPELLINGS = 64
_FEWEST = {LabelForm.NAME: 1, LabelForm.PLAIN: 2, LabelForm.NONE: 3}
"""How often what was not believed must come to be told, by how much it looks like a label."""
_FEWEST_LINES = 6
_MARK_LIKE = re.compile(r"[^\S\n]*(?:[.;,>|–—-]|\)|\])[^\S\n]")
_BEFORE_LABEL = re.compile(r"[.?!…][\"”’)]?[^\S\n]\Z")
_IN_WORD = re.compile(r"[\w'’:：-]")


def odd_labels(possible: Iterable[Mark], best: Reading, taken: Collection[int]) -> Iterator[Doubt]:
    """What is written like a label in the style of the file but was not believed, the first of each: names, and other
    words that come again and again."""
    first: dict[str, Mark] = {}
    counts: Counter[str] = Counter()
    believed = best.labels
    for mark in possible:
        if mark.start not in taken and mark.style == best.style and key(mark.label) not in believed:
            first.setdefault(key(mark.label), mark)
            counts[key(mark.label)] += 1
    yield from _limited(
        Doubt(f"“{mark.label}” begins a paragraph as a label would, but was taken for words.", mark.start)
        for label, mark in first.items()
        if counts[label] >= _FEWEST.get(form(mark.label), _MOST)
    )
    yield from _limited(
        Doubt(f"The file has “{mark.label}?” here: somebody was not sure who speaks.", mark.start)
        for mark in best.marks
        if mark.unsure
    )


def unrecognised(found: Lines) -> Iterator[Doubt]:
    """That most lines of a text without turns begin as if somebody spoke, with labels that come again."""
    labels = [mark.label for mark in found.marks if mark.style != LABEL_TAB and form(mark.label) is not LabelForm.NONE]
    if len(labels) >= max(_FEWEST_LINES, found.filled / 2) and len({key(label) for label in labels}) < len(labels):
        yield Doubt("It looks like a transcript, but its speakers were not recognised; choose a style.")


def begins_without_mark(
    text: str, labels: Counter[str], marks: Sequence[Mark], taken: Collection[int]
) -> Iterator[Doubt]:
    """Paragraphs that begin with one of the *labels* (with how often each comes) that is not marked as one: a label of
    several words or with a number, or another with a sign behind it."""
    places: dict[int, str] = {}
    starts = [mark.start for mark in marks]
    for label, _ in labels.most_common(_MOST_SPELLINGS):
        told = " " in label or any(map(str.isdigit, label))
        for opening in (f"\n{label}", f"\n**{label}"):
            at = text.find(opening, marks[0].start)
            while at >= 0:
                start, end = at + 1, at + len(opening)
                known = start in taken or start < marks[bisect_right(starts, start) - 1].words
                if not known and not _IN_WORD.match(text, end) and (told or _looks_marked(text, end, label)):
                    places[start] = max(label, places.get(start, ""), key=len)
                at = text.find(opening, end)
    yield from _limited(
        Doubt(f"This paragraph begins with “{label}” but not as a mark; it was left in the turn before.", start)
        for start, label in sorted(places.items())
    )


def _looks_marked(text: str, end: int, label: str) -> bool:
    """Whether a single word is followed as a label would be, or stands alone on its line."""
    if len(label) == 1:
        return False
    alone = text[end : end + 1] in ("", "\n")
    return alone or _MARK_LIKE.match(text, end) is not None


def inside_paragraphs(text: str, labels: Counter[str], first: int) -> Iterator[Doubt]:
    """Those of the *labels* (with how often each comes) that stand with a colon inside a paragraph, where a line break
    may be missing; looked for from *first* on."""
    places: dict[int, str] = {}
    for label, count in labels.most_common(_MOST_SPELLINGS):
        if len(label) == 1 or text.count(f"{label}:") <= count:
            continue
        at = text.find(f"{label}:", first)
        while at >= 0:
            if _BEFORE_LABEL.search(text, max(0, at - 3), at) and text.startswith(" ", at + len(label) + 1):
                places[at] = label
            at = text.find(f"{label}:", at + 1)
    yield from _limited(
        Doubt(f"“{label}:” stands inside a paragraph; a line break may be missing before it.", start)
        for start, label in sorted(places.items())
    )


def breaks(marks: Iterable[Mark]) -> Iterator[Doubt]:
    """Labels that are no speakers, the first of each: what they mark was set aside."""
    first: dict[str, Mark] = {}
    counts: Counter[str] = Counter()
    for mark in marks:
        first.setdefault(key(mark.label), mark)
        counts[key(mark.label)] += 1
    for label, mark in first.items():
        often = f" ({counts[label]} times)" if counts[label] > 1 else ""
        yield Doubt(f"“{mark.label}” is no speaker: what it marks was set aside{often}.", mark.start)


def footers(text: str, starts: Iterable[int]) -> Iterator[Doubt]:
    """Lines at the end that a program wrote of itself."""
    for start in sorted(starts):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].rstrip()
        yield Doubt(f"“{line}” is nobody's speech and was set aside.", start)


def below_headings(text: str, turns: Sequence[DraftTurn], headings: Collection[int]) -> Iterator[Doubt]:
    """Paragraphs below a heading that no label follows."""
    yield from _limited(
        Doubt("The words below this heading have no speaker and were set aside.", turn.start)
        for turn in turns
        if turn.kind is TurnKind.ASIDE and turn.start in headings and "\n" in text[turn.start : turn.end]
    )


def unnamed(labels: Mapping[str, int], marks: Sequence[Mark]) -> Iterator[Doubt]:
    """That only those who ask are labelled, and what became of the others' words."""
    if marks:
        named = " and ".join(f"“{label}”" for label in labels)
        yield Doubt(
            f"Only {named} {'is' if len(labels) == 1 else 'are'} labelled; the {len(marks):,} paragraphs without a"
            " label became turns of nobody named.",
            marks[0].start,
        )


def _limited(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    remaining = iter(doubts)
    last = None
    for last in islice(remaining, _MOST):
        yield last
    more = sum(1 for _ in remaining)
    if more and last:
        yield Doubt(f"There are {more:,} more of these: {last.message}", last.start)
