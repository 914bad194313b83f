"""Finding who speaks in a plain text: the turns of the style that explains the whole file best.

Pure: text in, positions (code points) out. What is doubtful stays in the text of the turn before and is reported with
its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt, DraftTurn, LabelMerge
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.formats import doubts
from fwanalysis.formats.drift import merges
from fwanalysis.formats.keys import told_roles
from fwanalysis.formats.labels import is_aside, most_frequent_spellings
from fwanalysis.formats.marks import Mark, read_lines
from fwanalysis.formats.questions import unlabelled_voices
from fwanalysis.formats.readings import Reading, chosen_reading, possible_readings
from fwanalysis.formats.styles import CAPITALS, LABEL_LINE, NO_STYLE, NUMBERED, TIME, style_named
from fwanalysis.formats.times import time_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.formats.marks import Lines

_NOTHING_BOLD: Mapping[int, int] = MappingProxyType({})
_ASKED = frozenset({CAPITALS, NUMBERED})
_RECORDER = re.compile(
    r"[^\S\n]*[^\n]{0,60}?\b(?:(?:started|stopped|paused|resumed) (?:the )?(?:transcription|transcribing|recording)"
    r"|hat die (?:Transkription|Aufzeichnung) (?:gestartet|beendet))\.?[^\S\n]*"
)
_FOOTER = re.compile(
    r"[*_\[(]*(?:(?:automatically )?transcribed (?:by|with|using)|(?:this )?transcript(?:ion)? (?:was )?"
    r"(?:automatically )?(?:generated|created|exported|made|produced) (?:by|with|on|from|using))\b[^\n]{1,120}",
    re.IGNORECASE,
)
"""What programs write below a transcript, of themselves."""
_FOOTER_LINES = 3
_RECORDER_WORDS = ("transcription", "transcribing", "recording", "Transkription", "Aufzeichnung")


@dataclass(frozen=True, slots=True)
class Found:
    """The style of a file's marks with the evidence that decided and the other styles it could be read in, its turns in
    order, what was doubtful, labels that look like spellings of one, and what the top of the file says of labels."""

    style: str
    turns: tuple[DraftTurn, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reason: str = ""
    styles: tuple[str, ...] = ()
    merges: tuple[LabelMerge, ...] = ()
    told: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def find_turns(
    text: str,
    *,
    headings: Collection[int] = frozenset(),
    bold: Mapping[int, int] = _NOTHING_BOLD,
    style: str | None = None,
) -> Found:
    """The turns of *text*, in the style that explains most of it or in the *style* that a person chose.

    *headings* are the starts of lines that are headings; *bold* maps the first character of a line to the end of
    the bold stretch it begins, where a format knows that. A text without believable marks has no turns and the
    style ``none``. InvalidInput for an unknown style.
    """
    if style is not None and style_named(style).name == NO_STYLE:
        return Found(NO_STYLE, reason="that style was chosen")
    found = read_lines(text, bold, headings)
    readings = possible_readings(text, found)
    if style is not None:
        chosen = next((reading for reading in readings[:1] if reading.style == style), None)
        chosen = chosen or chosen_reading(text, style, found)
        if chosen is None:
            example = style_named(style).example
            doubt = Doubt(f"Nothing in this file is in the style {style} ({example}), so it has no turns.")
            return Found(NO_STYLE, (), (doubt,), "that style was chosen", _names(readings))
        others = [reading for reading in readings if reading.style != style]
        return _found(text, found, headings, chosen, others, f"that style was chosen; {_evidence(found, chosen)}")
    if not readings:
        return Found(NO_STYLE, (), tuple(doubts.unrecognised(found)), _no_evidence(found))
    best, *others = readings
    return _found(text, found, headings, best, others, _evidence(found, best, others))


def _found(
    text: str, found: Lines, headings: Collection[int], best: Reading, others: Sequence[Reading], reason: str
) -> Found:
    marks = _settled(text, best, bool(found.others.get(TIME)))
    footer = _footer_lines(text, marks[0].start)
    marks = [mark for mark in marks if mark.start not in footer] if footer else marks
    labelled = [mark for mark in marks if mark.label]
    counts = Counter(mark.label for mark in labelled)
    unnamed = unlabelled_voices(text, labelled, found.blocks) if labelled and best.style not in _ASKED else []
    unnamed = [mark for mark in unnamed if mark.start not in footer]
    if unnamed:
        marks = sorted([*marks, *unnamed], key=lambda mark: mark.start)
    first = marks[0].start
    possible = [*found.marks, *found.others.get(best.style, ())]
    possible += [mark for mark in found.others.get(LABEL_LINE, ()) if " " in mark.label and is_aside(mark.label)]
    nobody = {label for label in {mark.label for mark in possible} if is_aside(label)}
    breaks = {mark.start: mark for mark in possible if mark.label in nobody and mark.start > first}
    recorder = {at for at in _recorder_lines(text) if at > first} | footer
    asides = breaks.keys() | recorder | ({at for at in headings if at > first})
    turns = tuple(_turns(text, marks, asides))
    taken = {mark.start for mark in marks}
    told = [
        *doubts.odd_labels([mark for mark in found.marks if mark.start > first], best, taken),
        *doubts.begins_without_mark(text, counts, marks, taken | asides),
        *doubts.inside_paragraphs(text, counts, labelled[0].words if labelled else 0),
        *doubts.breaks(mark for start, mark in breaks.items() if start not in taken and start not in headings),
        *doubts.below_headings(text, turns, headings),
        *doubts.unnamed(counts, unnamed),
        *doubts.footers(text, footer),
    ]
    told.sort(key=lambda doubt: doubt.start or 0)
    alike = merges(counts) if len(counts) > 1 else ()
    known = told_roles(text[:first], counts) if first else {}
    return Found(best.style, turns, tuple(told), reason, _names(others), alike, known)


def _settled(text: str, best: Reading, has_times: bool) -> list[Mark]:
    """The marks of a reading with each label in its usual spelling, and the lines of a time alone that belong to
    them."""
    spelled = most_frequent_spellings(mark.label for mark in best.marks)
    marks = []
    for mark in best.marks:
        label = spelled[mark.label]
        if label != mark.label:
            mark = mark._replace(label=label)
        if has_times and mark.time is None and best.style not in _ASKED:
            mark = _with_time_line(text, mark)
        marks.append(mark)
    return marks


def _with_time_line(text: str, mark: Mark) -> Mark:
    """The mark with the time that stands alone on the line above, or below a label that is alone on its line."""
    line = text.rfind("\n", 0, mark.start) + 1
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    if line > 0 and (time := time_alone(text, above, line - 1)) is not None:
        start = above + len(text[above : line - 1]) - len(text[above : line - 1].lstrip())
        return mark._replace(start=start, time=time)
    if mark.style == LABEL_LINE:
        begin = text.find("\n", mark.words) + 1
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if begin > 0 and (time := time_alone(text, begin, end)) is not None:
            return mark._replace(words=end, time=time)
    return mark


def _recorder_lines(text: str) -> Iterator[int]:
    """Where lines begin that a meeting program wrote: somebody started or stopped the transcription."""
    for word in _RECORDER_WORDS:
        at = text.find(word)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            if _RECORDER.fullmatch(text, start, end):
                yield end - len(text[start:end].lstrip())
            at = text.find(word, end)


def _footer_lines(text: str, first: int) -> set[int]:
    """Where the last lines below the *first* mark begin, if a program wrote them of itself."""
    found: set[int] = set()
    end = len(text)
    for _ in range(_FOOTER_LINES):
        end -= len(text[:end]) - len(text[:end].rstrip())
        line = Span(text.rfind("\n", 0, end) + 1, end).trimmed(text)
        if line.start <= first or not _FOOTER.fullmatch(text, line.start, line.end):
            break
        found.add(line.start)
        end = line.start
    return found


def _turns(text: str, marks: Sequence[Mark], asides: Collection[int]) -> Iterator[DraftTurn]:
    """Preamble, turns and what is set aside, in order; an aside reaches to the next mark."""
    preamble = Span(0, marks[0].start).trimmed(text)
    if preamble:
        yield DraftTurn(None, preamble.start, preamble.start, preamble.end, kind=TurnKind.PREAMBLE)
    pieces: dict[int, Mark | None] = dict.fromkeys(asides)
    pieces.update((mark.start, mark) for mark in marks)
    starts = sorted(pieces) if asides else list(pieces)
    for start, end in pairwise([*starts, len(text)]):
        mark = pieces[start]
        first, last = _trimmed(text, min(mark.words, end) if mark else start, end)
        if mark:
            yield DraftTurn(mark.label or None, mark.start, first, last, mark.time)
        elif first < last:
            yield DraftTurn(None, first, first, last, kind=TurnKind.ASIDE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends; empty at its start if it is white space only."""
    last = start + len(text[start:end].rstrip())
    first = start
    while first < last and text[first].isspace():
        first += 1
    return first, last


def _names(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.style for reading in readings))


def _evidence(found: Lines, best: Reading, others: Sequence[Reading] = ()) -> str:
    """What decided for a reading, to be read after “because”."""
    labels = len(best.labels)
    names = f"one of {labels} labels" if labels > 1 else "the same label"
    in_blocks = found.blocks > 1 and best.score <= found.blocks
    total, units = (found.blocks, "paragraphs") if in_blocks else (found.filled, "lines")
    told = f"{best.own:,} of {total:,} {units} {style_named(best.style).evidence.format(labels=names)}"
    if best.own < best.score:
        told += f", {best.score - best.own:,} more in another style"
    if others:
        next_best, count = style_named(others[0].style), others[0].score
        fewer = "as many would" if count >= best.score else f"only {count:,} would"
        told += f"; as {next_best.name} ({next_best.example}) {fewer}"
    return told


def _no_evidence(found: Lines) -> str:
    total = found.units
    if total < 2:
        return ""
    few = "too few" if found.marks else "none"
    return f"{few} of its {total:,} paragraphs begin{'' if found.marks else 's'} as a speaker's would"
