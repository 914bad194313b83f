"""Find the header of a transcript (Date: ..., Interviewer: ...) and further interviews.

The header names people who do not speak there. Pure: text and candidates in, candidates and positions out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.speaker_formats import LABEL_TAB
from fwanalysis.formats.speakers.label_lexicon import METADATA
from fwanalysis.formats.speakers.labels import LabelForm, form, key
from fwanalysis.formats.speakers.legend import is_key, names
from fwanalysis.formats.speakers.role_lexicon import is_role_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_COLUMN_NAMES = frozenset({"text", "words", "speech", "transcript", "utterance", "content", "dialogue", "response"})
_LINES = 15
_TOP = 4_000
_FACT = 40
_OFTEN = 3
_MAX_SPEAKERS = 6
_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟")
_NEXT_CELL = re.compile(r"\t([^:：\t\n]{1,40})[:：]")
_HEADING = re.compile(
    r"\n[^\S\n]*(?:#{1,6}[^\S\n]+|\*\*)?(?:interview|transcript|entrevista|entretien|intervista|entrevue|wywiad|rozhovor"
    r"|intervju|haastattelu|интервью|访谈|訪談|インタビュー)[^\S\n]*(?:(?:(?:no|nr|n)\.?|number|nummer|número|#|№)[^\S\n]*)?"
    r"(?P<number>\d{1,3}[a-z]?)(?![^\W_])(?:[^\S\n]*[:.,(–—-][^\n]{0,60}?)?(?:\*\*)?[^\S\n]*(?=\n|\Z)",
    re.IGNORECASE,
)


_PLAINLY = re.compile(r"[=→(\[（\t]")
"""What a line has that explains a label; without it a value may describe a speaker (P1: student)."""


class _TopLine(NamedTuple):
    """A line with text near the top of a file, with its candidate label if any."""

    start: int
    end: int
    candidate: Candidate | None


def interviews(text: str) -> list[int]:
    """Return where each interview of *text* begins.

    Interviews begin with a heading such as ``Interview 2``; empty if there is only one.
    """
    found = {heading.end() - len(heading.group().lstrip()): _order(heading["number"]) for heading in _headings(text)}
    if len(found) < 2 or any(one >= other for one, other in pairwise(found.values())):
        return []
    return list(found)


def _order(number: str) -> tuple[int, str]:
    """Return the sort key of an interview's number: 7a before 7b."""
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits), number[len(digits) :].casefold()


def _headings(text: str) -> list[re.Match[str]]:
    above = "\n" + text[:200].partition("\n")[0]
    first = _HEADING.fullmatch(above)
    found = [heading for heading in _HEADING.finditer(text) if not heading.group().rstrip().endswith(_ENDS)]
    found = [heading for heading in found if not _continues_as_sentence(heading)]
    return [first, *found] if first else found


def _continues_as_sentence(heading: re.Match[str]) -> bool:
    """Return whether a heading is a sentence (Interview 1: my boss was there)."""
    return heading.group()[heading.end("number") - heading.start() :].lstrip(" \t:.,(–—-")[:1].islower()


def below_header(text: str, possible: Sequence[Candidate], starts: Sequence[int] = ()) -> Sequence[Candidate]:
    """Return the candidates below the header of each interview.

    Args:
        text: The whole text.
        possible: The candidates.
        starts: Where further interviews begin (see ``interviews``).
    """
    if not starts:
        return _below(text, possible, 0, len(text))
    bounds = [0, *starts[1:], len(text)]
    return [
        candidate
        for start, end in pairwise(bounds)
        for candidate in _below(
            text, [candidate for candidate in possible if start <= candidate.start < end], start, end
        )
    ]


def _below(text: str, possible: Sequence[Candidate], start: int, end: int) -> Sequence[Candidate]:
    """Return the candidates between *start* and *end* below the header there."""
    until = min(end, start + _TOP)
    top_candidates = {candidate.start: candidate for candidate in islice(possible, _LINES) if candidate.start < until}
    if not top_candidates:
        return possible
    top = _top_lines(text, start, until, top_candidates)
    facts = _facts(text, top, Counter(candidate.label.casefold() for candidate in possible))
    if not facts:
        return possible
    last = max(facts)
    if _BLANK_LINE.search(text, start, end):
        last = _end_of_block(text, top, last)
    return [candidate for candidate in possible if candidate.start > top[last].end]


def _top_lines(text: str, start: int, until: int, candidates: Mapping[int, Candidate]) -> list[_TopLine]:
    """Return the first lines with text between *start* and *until*."""
    top: list[_TopLine] = []
    while start < until and len(top) < _LINES:
        newline = text.find("\n", start, until)
        end = until if newline < 0 else newline
        if words := text[start:end].lstrip():
            top.append(_TopLine(start, end, candidates.get(end - len(words))))
        start = end + 1
    return top


def _facts(text: str, top: Sequence[_TopLine], counts: Counter[str]) -> list[int]:
    """Return which *top* lines are facts, up to the line of the first turn."""
    facts = [*_lone_facts(text, top, counts), *_named_roles(text, top, counts)]
    spoken = False  # the same label occurs further down
    for place, line in enumerate(top):
        candidate = line.candidate
        if candidate is None:
            continue
        plainly = not spoken or _PLAINLY.search(text, candidate.words, line.end) is not None
        if (
            _is_named_fact(candidate, counts)
            or _names_columns(text, candidate, line)
            or (plainly and _explains(text, candidate, line, counts))
        ):
            facts.append(place)
        elif _speaks(text, candidate, line, counts):
            break
        else:
            spoken = spoken or counts[candidate.label.casefold()] > 1
    return facts


def _end_of_block(text: str, top: Sequence[_TopLine], last: int) -> int:
    """Return the last line directly below the fact at *last* that is a fact."""
    while last + 1 < len(top) and top[last].end + 1 == top[last + 1].start:
        following = top[last + 1].candidate
        if following is None or not _is_fact(text[following.words : top[last + 1].end]):
            break
        last += 1
    return last


def _lone_facts(text: str, top: Sequence[_TopLine], counts: Mapping[str, int]) -> list[int]:
    """Return positions of facts in any language in the first labelled block.

    The block has two lines or more, all with values that are not sentences, and other lines follow it. At most a third
    of its labels also occur elsewhere; the others do not look like speakers, and one of them is a known kind of fact.
    """
    block = _first_block(text, top)
    labels = [candidate.label for place in block if (candidate := top[place].candidate)]
    once = [label for label in labels if counts[label.casefold()] == 1]
    lone = len(block) > 1 and len(block) - len(once) <= len(block) // 3
    known = any(label.casefold() in METADATA for label in once)
    return block if lone and known and not any(form(label) is LabelForm.TYPICAL for label in once) else []


def _first_block(text: str, top: Sequence[_TopLine]) -> list[int]:
    """Return the positions of the labelled lines up to the first empty line.

    Empty if one of them is not a fact or nothing follows them.
    """
    block: list[int] = []
    for place, line in enumerate(top):
        above = text[top[place - 1].end : line.start] if place else ""
        if block and _BLANK_LINE.search(above):
            return block
        candidate = line.candidate
        value = text[candidate.words : line.end] if candidate else ""
        if value.strip() and _is_fact(value):
            block.append(place)
        elif block or candidate is not None:
            return []
    return []


def _named_roles(text: str, top: Sequence[_TopLine], counts: Mapping[str, int]) -> list[int]:
    """Return positions of lines with names by role (Interviewer: Tom Orr).

    They are two or more consecutive lines (empty lines ignored). Each label occurs once and is a role or a fact; each
    value is short and not a sentence; at least one value of a role is a name of several words. Other labels recur
    below.
    """
    if max(counts.values()) < _OFTEN - 1:
        return []
    found: list[int] = []
    run: list[int] = []
    named = False
    for place, line in enumerate(top):
        candidate = line.candidate
        value = text[candidate.words : line.end].strip() if candidate else ""
        if not run or run[-1] != place - 1:
            found += run if named and len(run) > 1 else []
            run, named = [], False
        if candidate is None or not value or counts[candidate.label.casefold()] != 1 or not _is_fact(value):
            continue
        role = is_role_word(candidate.label)
        if role or candidate.label.casefold() in METADATA:
            run.append(place)
            named = named or (role and " " in value and form(value) is LabelForm.NAME)
    return [*found, *run] if named and len(run) > 1 else found


def _explains(text: str, candidate: Candidate, line: _TopLine, counts: Mapping[str, int]) -> bool:
    """Return whether a line explains a label or lists a participant.

    It says what a label means (I: = Interviewer), or names someone with a role whose turns have other labels.
    """
    value = text[candidate.words : line.end]
    if not _is_fact(value):
        return False
    if (cell := _NEXT_CELL.search(value)) and cell[1].strip().casefold() in METADATA:
        return True
    if counts[candidate.label.casefold()] > 1 and is_key(candidate.label, value):
        return True
    if not is_role_word(candidate.label) or (counts[candidate.label.casefold()] > 1 and "(" not in value):
        return False
    return any(counts[name] > 1 for name in names(value) if name != key(candidate.label))


def _speaks(text: str, candidate: Candidate, line: _TopLine, counts: Counter[str]) -> bool:
    """Return whether a line begins a turn, so that the header ends above it.

    Its label is typical or frequent, and its value is not a fact.
    """
    known = form(candidate.label) is LabelForm.TYPICAL or counts[candidate.label.casefold()] >= _OFTEN
    return known and not _is_fact(text[candidate.words : line.end])


def _is_named_fact(candidate: Candidate, counts: Counter[str]) -> bool:
    """Return whether a label names a fact and is not as frequent as a speaker's."""
    label = candidate.label.casefold()
    return label in METADATA and not _OFTEN <= counts[label] >= counts.total() / _MAX_SPEAKERS


def _is_fact(value: str) -> bool:
    return len(value.strip()) <= _FACT and not value.rstrip().endswith(_ENDS)


def _names_columns(text: str, candidate: Candidate, line: _TopLine) -> bool:
    return (
        candidate.speaker_format == LABEL_TAB and text[candidate.words : line.end].strip().casefold() in _COLUMN_NAMES
    )
