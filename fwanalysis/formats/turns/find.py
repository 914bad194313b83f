"""Finding who speaks in a plain text: the turns of the style that explains the whole file best.

Pure: text in, positions (code points) out. What is doubtful stays in the text of the turn before and is reported with
its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import LabelMerge, Notice, ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speaker_formats import (
    BOLD_QUESTIONS,
    LABEL_COLON,
    LABEL_LINE,
    NO_LABELS,
    TIME,
    speaker_format_named,
)
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.speakers.labels import is_aside
from fwanalysis.formats.speakers.legend import told_roles
from fwanalysis.formats.turns import import_warnings
from fwanalysis.formats.turns.build import Cut, lone_times, settled, times_in, turns_of
from fwanalysis.formats.turns.explicit_labels import with_explicit_labels
from fwanalysis.formats.turns.format_candidates import Reading, chosen_reading, possible_readings
from fwanalysis.formats.turns.header import interviews
from fwanalysis.formats.turns.label_candidates import read_lines
from fwanalysis.formats.turns.non_dialogue import ExclusionKind, aside_lines
from fwanalysis.formats.turns.printed_interview import bold_questions
from fwanalysis.formats.turns.question_layouts import ASKED
from fwanalysis.formats.turns.single_letter_labels import seldom_marks, stray_marks, stray_merges
from fwanalysis.formats.turns.unlabelled_speech import Unlabelled, only_answers, unlabelled_askers, unlabelled_voices
from fwanalysis.formats.turns.unsupported_labels import unread_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate, Lines

_NOTHING_BOLD: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """The style of a file's marks with the evidence that decided and the other styles it could be read in, its turns in
    order, what was doubtful, labels that look like spellings of one, and what the top of the file says of labels."""

    speaker_format: str
    turns: tuple[ParsedTurn, ...] = ()
    warnings: tuple[Notice, ...] = ()
    reason: str = ""
    speaker_formats: tuple[str, ...] = ()
    merges: tuple[LabelMerge, ...] = ()
    told: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def find_turns(
    text: str,
    *,
    headings: Collection[int] = frozenset(),
    bold: Mapping[int, int] = _NOTHING_BOLD,
    speaker_format: str | None = None,
    speakers: Collection[str] = (),
) -> Found:
    """The turns of *text*, in the style that explains most of it or in the *style* that a person chose.

    *headings* are the starts of lines that are headings; *bold* maps the first character of a line to the end of
    the bold stretch it begins, where a format knows that; *speakers* are those that the file itself lists. A text
    without believable marks has no turns and the style ``none``. InvalidInput for an unknown style.
    """
    if speaker_format is not None and speaker_format_named(speaker_format).name == NO_LABELS:
        return Found(NO_LABELS, reason="that style was chosen")
    found = _detected(text, headings, bold, speaker_format)
    turns = with_explicit_labels(text, found.turns, speakers)
    if turns and not found.turns:
        return Found(LABEL_COLON, turns, reason="the file lists its speakers or marks its turns")
    return replace(found, turns=turns)


def _detected(text: str, headings: Collection[int], bold: Mapping[int, int], speaker_format: str | None) -> Found:
    found = read_lines(text, bold, headings)
    readings = possible_readings(text, found) or only_answers(text, found, bold, headings)
    if asked := bold_questions(text, found, bold, headings):
        readings.insert(bool(readings) and readings[0].score >= asked.score, asked)
    if speaker_format is not None:
        chosen = next((reading for reading in readings[:1] if reading.speaker_format == speaker_format), None)
        if chosen is None and speaker_format == BOLD_QUESTIONS:
            chosen = bold_questions(text, found, bold, headings, chosen=True)
        elif chosen is None:
            chosen = chosen_reading(text, speaker_format, found)
        if chosen is None:
            example = speaker_format_named(speaker_format).example
            doubt = Notice(f"Nothing in this file is in the style {speaker_format} ({example}), so it has no turns.")
            return Found(NO_LABELS, (), (doubt,), "that style was chosen", _names(readings))
        others = [reading for reading in readings if reading.speaker_format != speaker_format]
        reason = f"that style was chosen; {_evidence(found, chosen)}"
        return _found(text, found, (bold, headings), chosen, others, reason)
    if not readings:
        told = (*import_warnings.unrecognised(found), *unread_marks(text))
        return Found(NO_LABELS, (), told, _no_evidence(found))
    best, *others = readings
    return _found(text, found, (bold, headings), best, others, _evidence(found, best, others))


def _found(
    text: str,
    found: Lines,
    set_off: tuple[Mapping[int, int], Collection[int]],
    best: Reading,
    others: Sequence[Reading],
    reason: str,
) -> Found:
    bold, headings = set_off
    times = times_in(text, found.others.get(TIME, ()), headings)
    marks = settled(text, best, bool(times))
    nobodys = aside_lines(text, {mark.start: mark.words for mark in marks})
    written = {line.start: line.kind for line in nobodys}
    marks = [mark for mark in marks if not (mark.start in written and _is_nobodys(text, mark, written))] or marks
    labelled = [mark for mark in marks if mark.label]
    counts = Counter(mark.label for mark in labelled)
    first = marks[0].start
    headed = interviews(text)
    nobodys = [line for line in nobodys if line.start > first and line.start not in headed]
    cuts = {line.start: Cut(line.end, of_chat=line.kind is ExclusionKind.CHAT) for line in nobodys}
    unlabelled = Unlabelled()
    nameless: list[Candidate] = []
    strays: list[Candidate] = []
    if labelled and best.speaker_format not in ASKED:
        strays = stray_marks(found.marks, best, labelled)
        unlabelled = unlabelled_voices(text, labelled, found.blocks)
        unlabelled = unlabelled or unlabelled_askers(text, labelled, found.blocks, bold, headings)
        nameless, interrupting = lone_times(text, marks, times)
        cuts.update(interrupting)
        unlabelled = unlabelled.without(cuts.keys() | set(headed))
        marks = [*marks, *strays, *nameless, *unlabelled.marks]
        marks.sort(key=lambda mark: mark.start)
        first = marks[0].start
    possible = [*found.marks, *found.others.get(best.speaker_format, ())]
    possible += [mark for mark in found.others.get(LABEL_LINE, ()) if " " in mark.label and is_aside(mark.label)]
    nobody = {label for label in {mark.label for mark in possible} if is_aside(label)}
    breaks = {mark.start: mark for mark in possible if mark.label in nobody and mark.start > first}
    breaks = {start: mark for start, mark in breaks.items() if start not in cuts}
    further = [start for start in headed if start > first]
    asides = breaks.keys() | set(further) | {at for at in headings if at > first and at not in cuts}
    turns = tuple(turns_of(text, marks, asides, cuts))
    taken = {mark.start for mark in marks}
    spoken = {turn.start for turn in turns if turn.kind is TurnKind.SPEECH}
    speech = [*found.marks, *seldom_marks(text, found, best)]
    if further:
        starts = [turn.label_start for turn in turns]
        speech = [mark for mark in speech if turns[bisect_right(starts, mark.start) - 1].kind is TurnKind.SPEECH]
    told = [
        *import_warnings.odd_labels([mark for mark in speech if mark.start > first], best, taken),
        *import_warnings.begins_without_mark(text, counts, marks, taken | asides | cuts.keys()),
        *import_warnings.inside_paragraphs(text, counts, labelled[0].words if labelled else 0),
        *import_warnings.breaks(mark for start, mark in breaks.items() if start not in taken and start not in headings),
        *import_warnings.below_headings(text, turns, headings),
        *import_warnings.strays(strays),
        *import_warnings.unlabelled(counts, unlabelled),
        *import_warnings.nameless(nameless),
        *import_warnings.numbered_lines(text, found.filled, taken),
        *import_warnings.aside_lines(text, [line for line in nobodys if line.start not in spoken]),
        *import_warnings.further_interviews(text, further),
    ]
    told.sort(key=lambda doubt: doubt.start or 0)
    alike = merges(counts) if len(counts) > 1 else ()
    alike = (*alike, *stray_merges(strays, labelled)) if strays else alike
    known = told_roles(text[:first], counts) if first else {}
    return Found(best.speaker_format, turns, tuple(told), reason, _names(others), alike, known)


def _is_nobodys(text: str, mark: Candidate, written: Mapping[int, ExclusionKind]) -> bool:
    """Whether a program wrote the line of a mark, as a recorder does where no colon stands in it."""
    return written[mark.start] is not ExclusionKind.RECORDER or ":" not in text[mark.start : mark.words]


def _names(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.speaker_format for reading in readings))


def _evidence(found: Lines, best: Reading, others: Sequence[Reading] = ()) -> str:
    """What decided for a reading, to be read after “because”."""
    labels = len(best.labels)
    names = f"one of {labels} labels" if labels > 1 else "the same label"
    in_blocks = found.blocks > 1 and best.score <= found.blocks
    total, units = (found.blocks, "paragraphs") if in_blocks else (found.filled, "lines")
    told = (
        f"{best.own:,} of {total:,} {units} {speaker_format_named(best.speaker_format).evidence.format(labels=names)}"
    )
    if best.own < best.score:
        told += f", {best.score - best.own:,} more in another style"
    if others:
        next_best, count = speaker_format_named(others[0].speaker_format), others[0].score
        fewer = "as many would" if count >= best.score else f"only {count:,} would"
        told += f"; as {next_best.name} ({next_best.example}) {fewer}"
    return told


def _no_evidence(found: Lines) -> str:
    total = found.units
    if total < 2:
        return ""
    few = "too few" if found.marks else "none"
    return f"{few} of its {total:,} paragraphs begin{'' if found.marks else 's'} as a speaker's would"
