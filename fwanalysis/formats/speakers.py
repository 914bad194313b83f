"""Finding who speaks in a plain text: which of the possible marks begin turns, by the evidence of the whole file.

Pure: text in, positions (code points) out. A label is believed when it recurs, is of a typical form, or is written like
the other labels of the file; the form that most believed marks have is the style. What is doubtful stays in the text of
the turn before and is reported with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt, DraftTurn, LabelMerge
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import WORD, Span, lines
from fwanalysis.formats.labels import METADATA, LabelForm, form, is_single_letter, key, most_frequent_spellings
from fwanalysis.formats.marks import LABEL_TAB, LOOSE, TIME, Mark, label_marks, reread, time_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

NO_STYLE = "none"
_NOTHING_BOLD: Mapping[int, int] = MappingProxyType({})

_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
_COLUMN_NAMES = frozenset({"text", "words", "speech", "transcript", "utterance", "content", "dialogue", "response"})

_HEADER_LINES = 15
_HEADER_TOP = 4_000
_FACT = 40
_OFTEN = 3
_SHARE_TYPICAL = 0.04
_SHARE_NAMES = 0.2
_SHARE_MOST = 0.5
_ALTERNATION = 0.2


@dataclass(frozen=True, slots=True)
class Found:
    """The style of a file's marks with the evidence that decided and the other styles it could be read in, its turns in
    order, what was doubtful, and labels that look like spellings of one."""

    style: str
    turns: tuple[DraftTurn, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reason: str = ""
    styles: tuple[str, ...] = ()
    merges: tuple[LabelMerge, ...] = ()


def find_turns(
    text: str,
    *,
    headings: Collection[int] = frozenset(),
    bold: Mapping[int, int] = _NOTHING_BOLD,
    style: str | None = None,
) -> Found:
    """The turns of *text*.

    *headings* are the starts of lines that are headings; *bold* maps the first character of a line to the end of
    the bold stretch it begins, where a format knows that. A text without believable marks has no turns and the
    style ``none``.
    """
    del style  # not a choice yet
    possible = _below_header(text, [mark for mark in label_marks(text, bold) if mark.start not in headings])
    believed = _believed(text, possible)
    marks = [mark for mark in possible if key(mark.label) in believed]
    if not marks:
        return _timed(text)
    style = Counter(mark.style for mark in marks).most_common(1)[0][0]
    spelled = most_frequent_spellings(mark.label for mark in marks)
    marks = [replace(reread(text, mark, style), label=spelled[mark.label]) for mark in marks]
    asides = {mark.start for mark in possible if form(mark.label) is LabelForm.ASIDE} | set(headings)
    turns = tuple(_turns(text, marks, asides))
    odd = [mark for mark in possible if mark.start > marks[0].start and key(mark.label) not in believed]
    doubts = [*_odd_labels(odd, style), *_unmarked(text, marks), *_set_aside(text, turns, headings)]
    return Found(style, turns, tuple(sorted(doubts, key=lambda doubt: doubt.start or 0)))


def _below_header(text: str, possible: list[Mark]) -> list[Mark]:
    """The marks below the facts at the top of a file (Date: ..., Interviewer: ...), where people are named who do
    not speak."""
    top = [line for line in lines(text[:_HEADER_TOP]) if not text[line.start : line.end].isspace() and line]
    top = top[:_HEADER_LINES]
    by_start = {mark.start: mark for mark in possible}
    facts = [
        at
        for at, line in enumerate(top)
        if (mark := by_start.get(line.start))
        and (mark.label.casefold() in METADATA or _names_columns(text, mark, line))
    ]
    if not facts:
        return possible
    last = facts[-1]
    while _BLANK_LINE.search(text) and last + 1 < len(top) and top[last].end + 1 == top[last + 1].start:
        mark = by_start.get(top[last + 1].start)
        if mark is None or not _is_fact(text[mark.words : top[last + 1].end]):
            break
        last += 1
    return [mark for mark in possible if mark.start > top[last].start]


def _is_fact(value: str) -> bool:
    return len(value.strip()) <= _FACT and not value.rstrip().endswith((".", "?", "!", "…"))


def _names_columns(text: str, mark: Mark, line: Span) -> bool:
    return mark.style == LABEL_TAB and text[mark.words : line.end].strip().casefold() in _COLUMN_NAMES


def _believed(text: str, possible: Sequence[Mark]) -> frozenset[str]:
    """The keys of the labels that are speakers, judged together; none if the file is no transcript."""
    forms = _forms(possible)
    counts = Counter(key(mark.label) for mark in possible)
    units = _units(text)
    rare = {label for label, kind in forms.items() if kind is LabelForm.NAME and counts[label] < _OFTEN}
    rare -= _ordinary(text, rare)
    core = {label for label, kind in forms.items() if _recurs(label, kind, counts[label], units)}
    core |= {label for label in rare if counts[label] > 1}
    named = any(forms[label] is LabelForm.NAME for label in core)
    once = {
        label
        for label, style in ((key(mark.label), mark.style) for mark in possible)
        if counts[label] == 1 and label in rare and (named or style not in LOOSE)
    }
    believed = frozenset(core | once)
    labels = [label for mark in possible if (label := key(mark.label)) in believed]
    return believed if core and _is_transcript(labels, forms, units) else frozenset()


def _forms(possible: Sequence[Mark]) -> dict[str, LabelForm]:
    """How much each label (as a key) looks like one, in the spelling that does so most."""
    forms: dict[str, LabelForm] = {}
    for label in dict.fromkeys(mark.label for mark in possible):
        forms[key(label)] = min(form(label), forms.get(key(label), LabelForm.NONE), key=lambda looks: looks.value)
    return forms


def _recurs(label: str, kind: LabelForm, count: int, units: int) -> bool:
    """Whether a label is one by its own form, or because it comes again and again."""
    if kind is LabelForm.TYPICAL:
        return count > 1 or not is_single_letter(label)
    return count >= _OFTEN and (kind is LabelForm.NAME or (kind is LabelForm.PLAIN and count >= units / 10))


def _is_transcript(labels: Sequence[str], forms: Mapping[str, LabelForm], units: int) -> bool:
    """Whether a file whose marks have these labels, in order, is one: by typical labels, or by recurring ones that
    alternate."""
    share = len(labels) / units
    recurring = len(set(labels)) < len(labels)
    typical = {label for label in labels if forms[label] is LabelForm.TYPICAL}
    if typical:
        asked = len(typical) > 1 and any(label.isalpha() for label in typical)
        return share >= _SHARE_MOST or (share >= _SHARE_TYPICAL and (recurring or asked))
    changes = sum(one != other for one, other in pairwise(labels))
    return recurring and share >= _SHARE_NAMES and changes >= len(labels) * _ALTERNATION


def _units(text: str) -> int:
    """How many paragraphs the text has: blocks between blank lines, or lines where there are no blank lines."""
    body = text.strip()
    blocks = len(_BLANK_LINE.findall(body)) + 1
    return blocks if blocks > 1 else body.count("\n") + 1


def _ordinary(text: str, labels: Collection[str]) -> frozenset[str]:
    """Those of the labels (as keys) that stand in the text as ordinary words in lower case."""
    words = {label for label in labels if label.isalpha() and label != label.upper()}
    return frozenset(words.intersection(WORD.findall(text)) if words else ())


def _turns(text: str, marks: Sequence[Mark], asides: Collection[int]) -> Iterator[DraftTurn]:
    """Preamble, turns and what is set aside, in order; an aside reaches to the next mark."""
    first = marks[0].start
    preamble = Span(0, first).trimmed(text)
    if preamble:
        yield DraftTurn(None, preamble.start, preamble.start, preamble.end, kind=TurnKind.PREAMBLE)
    pieces: dict[int, Mark | None] = {at: None for at in asides if at > first} | {mark.start: mark for mark in marks}
    starts = sorted(pieces)
    for start, end in pairwise([*starts, len(text)]):
        mark = pieces[start]
        words = Span(mark.words if mark else start, end).trimmed(text)
        if mark:
            yield DraftTurn(mark.label or None, mark.start, words.start, words.end, mark.time)
        elif words:
            yield DraftTurn(None, words.start, words.start, words.end, kind=TurnKind.ASIDE)


def _timed(text: str) -> Found:
    """Turns by time marks alone, where a file has times and no labels."""
    marks = list(time_marks(text))
    if len(marks) < 2 or len(marks) < _units(text) * _SHARE_NAMES:
        return Found(NO_STYLE)
    return Found(TIME, tuple(_turns(text, marks, ())))


def _odd_labels(odd: Sequence[Mark], style: str) -> Iterator[Doubt]:
    """What is written like a label in the style of the file but was not believed, the first of each."""
    first: dict[str, Mark] = {}
    for mark in odd:
        if mark.style == style and form(mark.label) is LabelForm.NAME:
            first.setdefault(key(mark.label), mark)
    for label in first.values():
        yield Doubt(f"“{label.label}:” begins a paragraph as a label would, but was taken for words.", label.start)


def _unmarked(text: str, marks: Sequence[Mark]) -> Iterator[Doubt]:
    """Paragraphs that begin with a known label, of several words or with a number, that is not marked as one."""
    labels = {mark.label for mark in marks if " " in mark.label or any(map(str.isdigit, mark.label))}
    if not labels:
        return
    named = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    marked = {mark.start for mark in marks}
    for found in re.finditer(rf"^[^\S\n]*(?:\*\*|__)?(?P<label>{named})(?![\w'’:：-])", text, re.MULTILINE):
        start = found.end() - len(found.group().lstrip())
        if start > marks[0].start and start not in marked:
            yield Doubt(
                f"This paragraph begins with “{found['label']}” but not as a mark; it was left in the turn before.",
                start,
            )


def _set_aside(text: str, turns: Sequence[DraftTurn], headings: Collection[int]) -> Iterator[Doubt]:
    """Paragraphs below a heading that no label follows."""
    for turn in turns:
        if turn.kind is TurnKind.ASIDE and turn.start in headings and "\n" in text[turn.start : turn.end]:
            yield Doubt("The words below this heading have no speaker and were set aside.", turn.start)
