"""Stage 4 of turn detection: warnings about what the user should check in a text.

They concern labels that were not recognised, lines that are nearly labels, and text that was excluded. Pure: a
``Detection`` in, warnings with their places out. A kind of warning is given at most ``_MOST`` times, then counted.
"""

from __future__ import annotations

import re
import shlex
from bisect import bisect_right
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speaker_formats import (
    HEADING_LABEL,
    LABEL_BRACKET,
    LABEL_LINE,
    LABEL_TAB,
    LABEL_TIME,
    TIME_LABEL,
)
from fwanalysis.formats.speakers.labels import LabelForm, form, key, shown
from fwanalysis.formats.turns.label_criteria import BEFORE_A_LINK
from fwanalysis.formats.turns.single_letter_labels import rare_labels
from fwanalysis.formats.turns.unsupported_labels import unsupported_labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedTurn
    from fwanalysis.formats.turns.detection import Detection
    from fwanalysis.formats.turns.format_candidates import Reading
    from fwanalysis.formats.turns.label_candidates import Candidate, Lines
    from fwanalysis.formats.turns.non_dialogue import ExcludedLine, ExclusionKind
    from fwanalysis.formats.turns.unlabelled_speech import Unlabelled

_MOST = 40
_MOST_SPELLINGS = 64
_FEWEST = {LabelForm.TYPICAL: 1, LabelForm.NAME: 1, LabelForm.PLAIN: 2, LabelForm.NONE: 3}
"""How often an unrecognised label must occur to be reported, by its form."""
_FEWEST_LINES = 6
_DETAILS = re.compile(r"\\?[\[【［〔{][^\]】］〕}\n;；]{1,40}[;；](?P<details>[^\]】］〕}\n\\]{1,80})")
_LABEL_LIKE = re.compile(r"[^\S\n]*(?:[.;,>|–—-]|\)|\])[^\S\n]")
_MISSING_COLON = re.compile(r";?[^\S\n]+(?=[A-Z][a-z]|[^\W\d_a-zA-Z])")
_LETTERS = "IPQARB"
_NO_WORDS = frozenset("IPQRBMF")
"""Letters that are labels and rarely begin a sentence before a capital."""
_BEFORE_LABEL = re.compile(r"[.?!…][\"”’)]?[^\S\n]\Z")
_LINE_NUMBER = re.compile(r"\n[^\S\n]*(\d{1,5})(?:[.:)][^\S\n]|[^\S\n])[^\S\n]*(?=[^\W\d_]|[(\[=<>.…\"“])")
"""The number of a line; the first line of a text has none above."""
_FEWEST_NUMBERS, _FEWEST_INSIDE = 3, 2
_SHARE_COUNTED = 0.7
_FEWEST_ASKING = 2
"""Minimum number of question marks after a label for a convention, if most of its candidates have one."""
_FEWEST_LETTERS = 4
"""Characters of a label that is looked for without a line break behind it: shorter ones begin other words."""
_MAX_HEADING_PREFIX = 10
_IN_WORD = re.compile(r"[\w'’:：-]")


def warnings_about_turns(detection: Detection) -> tuple[Notice, ...]:
    """Return warnings about a text with turns, by position."""
    text, headings, reading, settled = detection.text, detection.headings, detection.reading, detection.settled
    taken = {candidate.start for candidate in settled.candidates}
    spoken = {turn.start for turn in settled.turns if turn.kind is TurnKind.SPEECH}
    breaks = (candidate for at, candidate in settled.breaks.items() if at not in taken and at not in headings)
    first_words = settled.labelled[0].words if settled.labelled else 0
    found = [
        *_rejected_labels(_possible_labels(detection), reading, taken),
        *_begins_unlabelled(
            text,
            settled.counts,
            settled.candidates,
            taken | (settled.excluded_starts - set(headings)) | settled.cuts.keys(),
            headings,
        ),
        *inside_paragraphs(text, settled.counts, first_words),
        *_lone(reading),
        *_attributes_in_labels(text, settled.labelled),
        *_breaks(breaks),
        *_below_headings(text, settled.turns, headings),
        *_single_letter_labels(settled.single),
        *_unlabelled(settled.counts, settled.unlabelled),
        *_times_without_label(settled.timed),
        *_numbered_lines(text, detection.lines.filled, taken),
        *_excluded_lines(text, [line for line in settled.excluded if line.start not in spoken]),
        *_further_interviews(text, settled.further),
    ]
    return tuple(sorted(found, key=lambda warning: warning.start or 0))


def warnings_without_turns(detection: Detection) -> tuple[Notice, ...]:
    """Return warnings about a text in which no turns were found."""
    return (*_unrecognised(detection.lines), *unsupported_labels(detection.text))


def _possible_labels(detection: Detection) -> list[Candidate]:
    """Return candidates in speech that may be labels not recognised."""
    settled = detection.settled
    possible = [*detection.lines.candidates, *rare_labels(detection.text, detection.lines, detection.reading)]
    if settled.further:
        turns, starts = settled.turns, [turn.label_start for turn in settled.turns]
        possible = [
            candidate
            for candidate in possible
            if turns[bisect_right(starts, candidate.start) - 1].kind is TurnKind.SPEECH
        ]
    return [candidate for candidate in possible if candidate.start > settled.first]


def _rejected_labels(possible: Iterable[Candidate], best: Reading, taken: Collection[int]) -> Iterator[Notice]:
    """Report the first of each name or recurring word not recognised as a label."""
    first: dict[str, Candidate] = {}
    counts: Counter[str] = Counter()
    known = best.labels | {label for label, one in best.speakers.criteria.items() if one.name == BEFORE_A_LINK.name}
    for candidate in possible:
        speaker_format = candidate.speaker_format == best.speaker_format or form(candidate.label) is LabelForm.TYPICAL
        if speaker_format and candidate.start not in taken and key(candidate.label) not in known:
            first.setdefault(key(candidate.label), candidate)
            counts[key(candidate.label)] += 1
    yield from _limited(
        Notice(
            f'"{shown(candidate.label)}" looks like a speaker label but was read as text. '
            f"If it is a speaker, use --speaker {shlex.quote(shown(candidate.label))}.",
            candidate.start,
            shown(candidate.label),
        )
        for label, candidate in first.items()
        if counts[label] >= _FEWEST.get(form(candidate.label), _MOST)
    )
    yield from _limited(_unsure(best))


def _attributes_in_labels(text: str, candidates: Sequence[Candidate]) -> Iterator[Notice]:
    """Report attributes in labels ([Ana; woman; migrant]), once per speaker."""
    seen = set()
    for candidate in candidates if ";" in text or "；" in text else ():
        if (
            candidate.label not in seen
            and text[candidate.start] in "\\[【［〔{"
            and (found := _DETAILS.match(text, candidate.start, candidate.words))
        ):
            seen.add(candidate.label)
            details = [part.strip() for part in re.split("[;；]", found["details"]) if part.strip()]
            if details:
                values = " ".join(f"--attribute NAME={shlex.quote(value)}" for value in details)
                yield Notice(
                    f'The label of "{candidate.label}" also has "{"; ".join(details)}". '
                    f"To keep this as attributes, use: fwa case set {shlex.quote(candidate.label)} {values}",
                    candidate.start,
                )


def _unsure(best: Reading) -> Iterator[Notice]:
    """Report labels with a question mark, unless most of the label have one."""
    every = Counter(candidate.label for candidate in best.candidates)
    unsure = Counter(candidate.label for candidate in best.candidates if candidate.unsure)
    convention = {label for label, count in unsure.items() if count >= _FEWEST_ASKING and count * 2 > every[label]}
    for candidate in best.candidates:
        if candidate.unsure and candidate.label not in convention:
            yield Notice(f'"{candidate.label}?": the transcriber was not sure who speaks here.', candidate.start)


def _unrecognised(found: Lines) -> Iterator[Notice]:
    """Report a text without turns in which most lines seem to have a label."""
    candidates = [
        candidate
        for candidate in found.candidates
        if candidate.speaker_format != LABEL_TAB and form(candidate.label) is not LabelForm.NONE
    ]
    if len(candidates) >= max(_FEWEST_LINES, found.filled / 2) and len(
        {key(candidate.label) for candidate in candidates}
    ) < len(candidates):
        yield Notice(
            "This looks like a transcript, but no speakers were recognised. Choose a format with --speaker-format.",
            candidates[0].start,
        )


def _begins_unlabelled(
    text: str,
    labels: Mapping[str, int],
    candidates: Sequence[Candidate],
    taken: Collection[int],
    headings: Collection[int],
) -> Iterator[Notice]:
    """Report paragraphs that begin with a label, but without its punctuation."""
    places: dict[int, str] = {}
    glued: dict[int, str] = {}
    starts = [candidate.start for candidate in candidates]
    for label, _ in Counter(labels).most_common(_MOST_SPELLINGS):
        telling = " " in label or any(map(str.isdigit, label))
        for start, end in _openings(text, label, candidates[0].start, headings):
            if start in taken or start < candidates[bisect_right(starts, start) - 1].words:
                continue
            if not _IN_WORD.match(text, end):
                if telling or _looks_labelled(text, end, label):
                    places[start] = max(label, places.get(start, ""), key=len)
            elif len(label) >= _FEWEST_LETTERS and label[-1].islower() and text[end].isupper():
                glued[start] = label
    yield from _limited(
        Notice(
            f'This paragraph begins with the speaker label "{label}", but not in the format of the file; it was left in'
            " the turn before.",
            start,
        )
        for start, label in sorted(places.items())
    )
    yield from _limited(
        Notice(
            f'This line begins with the speaker label "{label}" but has no line break or colon after it, so it began no'
            " turn. Correct the line.",
            start,
        )
        for start, label in sorted(glued.items())
    )


def _openings(text: str, label: str, first: int, headings: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the start of each line that begins with a label, and its end."""
    for opening in (f"\n{label}", f"\n**{label}"):
        at = text.find(opening, first)
        while at >= 0:
            yield at + 1, at + len(opening)
            at = text.find(opening, at + len(opening))
    for at in headings:
        words = at + len(text[at : at + _MAX_HEADING_PREFIX]) - len(text[at : at + _MAX_HEADING_PREFIX].lstrip("# "))
        if words > at and text.startswith(label, words):
            yield at, words + len(label)


def _lone(reading: Reading) -> Iterator[Notice]:
    """Report lines with only a speaker label, if other labels have a colon."""
    lone = [
        candidate
        for candidate in reading.candidates
        if candidate.speaker_format in (LABEL_LINE, LABEL_BRACKET)
        and candidate.speaker_format != reading.speaker_format
    ]
    if lone and reading.speaker_format not in (LABEL_TIME, TIME_LABEL, HEADING_LABEL):
        lines = "A line is" if len(lone) == 1 else f"{len(lone):,} lines are"
        yield Notice(
            f'{lines} only the speaker label "{lone[0].label}"; the lines below became its turn.', lone[0].start
        )


def _looks_labelled(text: str, end: int, label: str) -> bool:
    """Return whether a label is followed by punctuation or is alone on its line."""
    if len(label) == 1:
        return _MISSING_COLON.match(text, end) is not None and (text[end] == ";" or label in _NO_WORDS)
    alone = text[end : end + 1] in ("", "\n")
    return alone or _LABEL_LIKE.match(text, end) is not None


def inside_paragraphs(text: str, labels: Mapping[str, int], first: int) -> Iterator[Notice]:
    """Report *labels* with a colon inside paragraphs after the *first* turn."""
    places: dict[int, str] = {}
    wanted = [(label, count) for label, count in Counter(labels).most_common(_MOST_SPELLINGS) if len(label) > 1]
    if text.count(": ") > sum(labels.values()):
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
        Notice(f'"{label}:" occurs inside a paragraph; a line break may be missing before it.', start)
        for start, label in sorted(places.items())
    )


def _breaks(candidates: Iterable[Candidate]) -> Iterator[Notice]:
    """Report labels that are not speakers, the first occurrence of each."""
    first: dict[str, Candidate] = {}
    counts: Counter[str] = Counter()
    for candidate in candidates:
        first.setdefault(key(candidate.label), candidate)
        counts[key(candidate.label)] += 1
    for label, candidate in first.items():
        often = f" ({counts[label]} times)" if counts[label] > 1 else ""
        yield Notice(f'"{candidate.label}" is not a speaker; its text was excluded{often}.', candidate.start)


def _single_letter_labels(candidates: Sequence[Candidate]) -> Iterator[Notice]:
    """Report rare one-letter labels, the first occurrence of each."""
    for candidate in {candidate.label: candidate for candidate in reversed(candidates)}.values():
        yield Notice(f'"{candidate.label}" occurs rarely; it was taken as a speaker label of its own.', candidate.start)


def _excluded_lines(text: str, found: Iterable[ExcludedLine]) -> Iterator[Notice]:
    """Report excluded lines, those of one kind together."""
    kinds: dict[ExclusionKind, list[ExcludedLine]] = {}
    for line in found:
        kinds.setdefault(line.kind, []).append(line)
    for kind, lines in kinds.items():
        if not kind.value:
            continue
        first = lines[0]
        others = f" ({len(lines)} lines)" if len(lines) > 1 else ""
        yield Notice(f'"{text[first.start : first.end]}" {kind.value}{others}.', first.start)


def _times_without_label(candidates: Sequence[Candidate]) -> Iterator[Notice]:
    """Report times without a label in a file in which most have one."""
    if candidates:
        have = "1 passage has" if len(candidates) == 1 else f"{len(candidates):,} passages have"
        became = "it became a turn" if len(candidates) == 1 else "they became turns"
        yield Notice(
            f"{have} a time but no speaker label, from here on; {became} without a speaker.", candidates[0].start
        )


def _further_interviews(text: str, starts: Sequence[int]) -> Iterator[Notice]:
    """Report headings at which another interview begins."""
    if starts:
        end = text.find("\n", starts[0])
        heading = text[starts[0] : end if end >= 0 else len(text)].strip(" #*")
        yield Notice(
            f'"{heading}" begins another interview; this file seems to hold {len(starts) + 1}. Import each from a'
            " file of its own.",
            starts[0],
        )


def _numbered_lines(text: str, filled: int, candidates: Collection[int]) -> Iterator[Notice]:
    """Report that lines begin with their numbers (each, or every fifth)."""
    found = list(_LINE_NUMBER.finditer(text))
    numbers = [int(line[1]) for line in found]
    if numbers and numbers[0] == 2 and text[:5].lstrip().startswith("1"):
        numbers.insert(0, 1)
    inside = [line.start(1) for line in found if line.start(1) not in candidates]
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
            f"Lines of this file begin with their numbers ({numbers[0]} to {numbers[-1]}), which are part of the text. "
            "Save the file without line numbers.",
            inside[0],
        )


def _below_headings(text: str, turns: Sequence[ParsedTurn], headings: Collection[int]) -> Iterator[Notice]:
    """Report paragraphs below a heading that no label follows."""
    yield from _limited(
        Notice("The text below this heading has no speaker and was excluded.", turn.start)
        for turn in turns
        if turn.kind is TurnKind.EXCLUDED and turn.start in headings and "\n" in text[turn.start : turn.end]
    )


def _unlabelled(labels: Mapping[str, int], found: Unlabelled) -> Iterator[Notice]:
    """Report that only some speakers are labelled, and who got the other text."""
    named = " and ".join(f'"{label}"' for label in labels)
    only = f"Only {named} {'is' if len(labels) == 1 else 'are'} labelled; "
    count = len(found.candidates)
    if found.candidates and not found.asking:
        yield Notice(
            f"{only}the {count:,} paragraphs without a label became turns without a speaker.", found.candidates[0].start
        )
    elif found.candidates:
        unattributed = sum(not candidate.label for candidate in found.candidates)
        taken = f"{count - unattributed:,} of the paragraphs without a label were taken as the interviewer's"
        taken += f", {unattributed:,} became turns without a speaker" if unattributed else ""
        yield Notice(f"{only}{taken}.", found.candidates[0].start)
    elif found.left:
        yield Notice(
            f"{only}{len(found.left):,} paragraphs that ask a question are in the turns of others.", found.left[0]
        )


def _limited(warnings: Iterable[Notice]) -> Iterator[Notice]:
    remaining = iter(warnings)
    last = None
    for last in islice(remaining, _MOST):
        yield last
    more = sum(1 for _ in remaining)
    if more and last:
        yield Notice(f"{more:,} more warnings of this kind: {last.message}", last.start)
