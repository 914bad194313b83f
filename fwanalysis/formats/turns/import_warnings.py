"""What in a transcript a person should look at: labels that were not believed, lines that nearly are marks, and what
was set aside.

Pure: what was found in, doubts with their places out. A kind of doubt is told at most ``_MOST`` times, then counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speaker_formats import LABEL_TAB
from fwanalysis.formats.speakers.labels import LabelForm, form, key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedTurn
    from fwanalysis.formats.turns.format_candidates import Reading
    from fwanalysis.formats.turns.label_candidates import Candidate, Lines
    from fwanalysis.formats.turns.non_dialogue import ExcludedLine, ExclusionKind
    from fwanalysis.formats.turns.unlabelled_speech import Unlabelled

_MOST = 40
_MOST_SPELLINGS = 64
_FEWEST = {LabelForm.TYPICAL: 1, LabelForm.NAME: 1, LabelForm.PLAIN: 2, LabelForm.NONE: 3}
"""How often what was not believed must come to be told, by how much it looks like a label."""
_FEWEST_LINES = 6
_MARK_LIKE = re.compile(r"[^\S\n]*(?:[.;,>|–—-]|\)|\])[^\S\n]")
_SLIP = re.compile(r";?[^\S\n]+(?=[A-Z][a-z]|[^\W\d_a-zA-Z])")
_LETTERS = "IPQARB"
_NO_WORDS = frozenset("IPQRBMF")
"""Labels of a letter that hardly begins a sentence with a capital after it; all may stand inside a paragraph."""
_BEFORE_LABEL = re.compile(r"[.?!…][\"”’)]?[^\S\n]\Z")
_LINE_NUMBER = re.compile(r"\n[^\S\n]*(\d{1,5})(?:[.:)][^\S\n]|[^\S\n])[^\S\n]*(?=[^\W\d_]|[(\[=<>.…\"“])")
"""The number of a line; the first line of a text has none above."""
_FEWEST_NUMBERS, _FEWEST_INSIDE = 3, 2
_SHARE_COUNTED = 0.7
_IN_WORD = re.compile(r"[\w'’:：-]")


def odd_labels(possible: Iterable[Candidate], best: Reading, taken: Collection[int]) -> Iterator[Notice]:
    """What is written like a label in the style of the file but was not believed, the first of each: names, and other
    words that come again and again."""
    first: dict[str, Candidate] = {}
    counts: Counter[str] = Counter()
    believed = best.labels
    for mark in possible:
        speaker_format = mark.speaker_format == best.speaker_format or form(mark.label) is LabelForm.TYPICAL
        if speaker_format and mark.start not in taken and key(mark.label) not in believed:
            first.setdefault(key(mark.label), mark)
            counts[key(mark.label)] += 1
    yield from _limited(
        Notice(f"“{mark.label}” begins a paragraph as a label would, but was taken for words.", mark.start)
        for label, mark in first.items()
        if counts[label] >= _FEWEST.get(form(mark.label), _MOST)
    )
    yield from _limited(
        Notice(f"The file has “{mark.label}?” here: somebody was not sure who speaks.", mark.start)
        for mark in best.marks
        if mark.unsure
    )


def unrecognised(found: Lines) -> Iterator[Notice]:
    """That most lines of a text without turns begin as if somebody spoke, with labels that come again."""
    marks = [
        mark for mark in found.marks if mark.speaker_format != LABEL_TAB and form(mark.label) is not LabelForm.NONE
    ]
    if len(marks) >= max(_FEWEST_LINES, found.filled / 2) and len({key(mark.label) for mark in marks}) < len(marks):
        yield Notice(
            "It looks like a transcript, but its speakers were not recognised; choose a style.", marks[0].start
        )


def begins_without_mark(
    text: str, labels: Counter[str], marks: Sequence[Candidate], taken: Collection[int]
) -> Iterator[Notice]:
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
        Notice(f"This paragraph begins with “{label}” but not as a mark; it was left in the turn before.", start)
        for start, label in sorted(places.items())
    )


def _looks_marked(text: str, end: int, label: str) -> bool:
    """Whether a single word is followed as a label would be, or stands alone on its line."""
    if len(label) == 1:
        return _SLIP.match(text, end) is not None and (text[end] == ";" or label in _NO_WORDS)
    alone = text[end : end + 1] in ("", "\n")
    return alone or _MARK_LIKE.match(text, end) is not None


def inside_paragraphs(text: str, labels: Counter[str], first: int) -> Iterator[Notice]:
    """Those of the *labels* (with how often each comes), and letters that labels are, that stand with a colon inside a
    paragraph, where a line break may be missing; looked for from *first* on."""
    places: dict[int, str] = {}
    wanted = [(label, count) for label, count in labels.most_common(_MOST_SPELLINGS) if len(label) > 1]
    if text.count(": ") > labels.total():
        wanted += [(letter, labels.get(letter, 0)) for letter in _LETTERS]
    for label, count in wanted:
        if text.count(f"{label}:") <= count:
            continue
        at = text.find(f"{label}:", first)
        while at >= 0:
            if _BEFORE_LABEL.search(text, max(0, at - 3), at) and text.startswith(" ", at + len(label) + 1):
                places[at] = label
            at = text.find(f"{label}:", at + 1)
    yield from _limited(
        Notice(f"“{label}:” stands inside a paragraph; a line break may be missing before it.", start)
        for start, label in sorted(places.items())
    )


def breaks(marks: Iterable[Candidate]) -> Iterator[Notice]:
    """Labels that are no speakers, the first of each: what they mark was set aside."""
    first: dict[str, Candidate] = {}
    counts: Counter[str] = Counter()
    for mark in marks:
        first.setdefault(key(mark.label), mark)
        counts[key(mark.label)] += 1
    for label, mark in first.items():
        often = f" ({counts[label]} times)" if counts[label] > 1 else ""
        yield Notice(f"“{mark.label}” is no speaker: what it marks was set aside{often}.", mark.start)


def strays(marks: Sequence[Candidate]) -> Iterator[Notice]:
    """Labels of a letter that come but seldom, the first of each."""
    for mark in {mark.label: mark for mark in reversed(marks)}.values():
        yield Notice(f"“{mark.label}” comes but seldom; it was taken for a label of its own.", mark.start)


def aside_lines(text: str, found: Iterable[ExcludedLine]) -> Iterator[Notice]:
    """Lines that are nobody's speech: those of one kind together, those of programs each."""
    kinds: dict[ExclusionKind, list[ExcludedLine]] = {}
    for line in found:
        kinds.setdefault(line.kind, []).append(line)
    for kind, lines in kinds.items():
        if not kind.value:
            continue
        first = lines[0]
        others = f" ({len(lines)} lines)" if len(lines) > 1 else ""
        yield Notice(f"“{text[first.start : first.end]}” {kind.value}{others}.", first.start)


def nameless(marks: Sequence[Candidate]) -> Iterator[Notice]:
    """Lines of a time without a name, in a file in which all others have one."""
    if marks:
        have = "1 passage has" if len(marks) == 1 else f"{len(marks):,} passages have"
        yield Notice(f"{have} a time but no name, from here on; they became turns of nobody named.", marks[0].start)


def further_interviews(text: str, starts: Sequence[int]) -> Iterator[Notice]:
    """Headings at which another interview begins."""
    if starts:
        end = text.find("\n", starts[0])
        heading = text[starts[0] : end if end >= 0 else len(text)].strip(" #*")
        yield Notice(
            f"“{heading}” begins another interview: this file seems to hold {len(starts) + 1}; give each a file.",
            starts[0],
        )


def numbered_lines(text: str, filled: int, marks: Collection[int]) -> Iterator[Notice]:
    """That each line of the *filled* ones, or every fifth, begins with its number, which stands among the words where
    no mark begins."""
    found = list(_LINE_NUMBER.finditer(text))
    numbers = [int(line[1]) for line in found]
    if numbers and numbers[0] == 2 and text[:5].lstrip().startswith("1"):
        numbers.insert(0, 1)
    inside = [line.start(1) for line in found if line.start(1) not in marks]
    if len(numbers) < _FEWEST_NUMBERS or len(inside) < _FEWEST_INSIDE or len(numbers) * 6 < filled:
        return
    steps = Counter(other - one for one, other in pairwise(numbers))
    (step, often), *_ = steps.most_common(1)
    if (
        step in (1, 5)
        and len(numbers) * step >= filled * _SHARE_COUNTED
        and often >= (len(numbers) - 1) * _SHARE_COUNTED
    ):
        yield Notice(
            f"Lines of this file begin with their numbers ({numbers[0]} to {numbers[-1]}), which stand among the words;"
            " save it without them.",
            inside[0],
        )


def below_headings(text: str, turns: Sequence[ParsedTurn], headings: Collection[int]) -> Iterator[Notice]:
    """Paragraphs below a heading that no label follows."""
    yield from _limited(
        Notice("The words below this heading have no speaker and were set aside.", turn.start)
        for turn in turns
        if turn.kind is TurnKind.EXCLUDED and turn.start in headings and "\n" in text[turn.start : turn.end]
    )


def unlabelled(labels: Mapping[str, int], found: Unlabelled) -> Iterator[Notice]:
    """That only some are labelled, and what became of the others' words."""
    named = " and ".join(f"“{label}”" for label in labels)
    only = f"Only {named} {'is' if len(labels) == 1 else 'are'} labelled; "
    count = len(found.marks)
    if found.marks and not found.asking:
        yield Notice(
            f"{only}the {count:,} paragraphs without a label became turns of nobody named.", found.marks[0].start
        )
    elif found.marks:
        nobodys = sum(not mark.label for mark in found.marks)
        told = f"{count - nobodys:,} of the paragraphs without a label were taken for an interviewer's"
        told += f", {nobodys:,} became turns of nobody named" if nobodys else ""
        yield Notice(f"{only}{told}.", found.marks[0].start)
    elif found.left:
        yield Notice(f"{only}{len(found.left):,} paragraphs that ask stand in the turns of others.", found.left[0])


def _limited(warnings: Iterable[Notice]) -> Iterator[Notice]:
    remaining = iter(warnings)
    last = None
    for last in islice(remaining, _MOST):
        yield last
    more = sum(1 for _ in remaining)
    if more and last:
        yield Notice(f"There are {more:,} more of these: {last.message}", last.start)
