"""Stage 3 of turn detection: from the speaker labels of the chosen format to the turns of the whole text.

Pure: a ``Detection`` in, one with its turns out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import LABEL_LINE, TIME
from fwanalysis.formats.speakers.labels import is_aside
from fwanalysis.formats.turns.build import Cut, lone_times, settled, times_in, turns_of
from fwanalysis.formats.turns.detection import Detection, SettledTurns
from fwanalysis.formats.turns.non_dialogue import ExclusionKind, aside_lines
from fwanalysis.formats.turns.question_layouts import ASKED
from fwanalysis.formats.turns.single_letter_labels import stray_marks
from fwanalysis.formats.turns.unlabelled_speech import Unlabelled, unlabelled_askers, unlabelled_voices

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate
    from fwanalysis.formats.turns.non_dialogue import ExcludedLine


@dataclass(frozen=True, slots=True)
class _Added:
    """Turns that begin without a recognised label, and times that interrupt a turn."""

    single: Sequence[Candidate]
    timed: Sequence[Candidate]
    unlabelled: Unlabelled
    cuts: Mapping[int, Cut]


def settle(detection: Detection) -> Detection:
    """Make the turns of the chosen reading.

    Lines of programs, tapes and pages are excluded; turns without a label are added where times, questions or
    paragraphs show them; what is left is divided into preamble, turns and excluded text.
    """
    text, interviews = detection.text, detection.interviews
    times = times_in(text, detection.lines.others.get(TIME, ()), detection.headings)
    marks, excluded = _without_program_lines(text, settled(text, detection.reading, bool(times)))
    labelled = [mark for mark in marks if mark.label]
    excluded = [line for line in excluded if line.start > marks[0].start and line.start not in interviews]
    cuts = {line.start: Cut(line.end, of_chat=line.kind is ExclusionKind.CHAT) for line in excluded}
    added = _Added((), (), Unlabelled(), {})
    if labelled and detection.reading.speaker_format not in ASKED:
        added = _added(detection, marks, labelled, times)
        cuts.update(added.cuts)
    unlabelled = added.unlabelled.without(cuts.keys() | set(interviews))
    marks = sorted([*marks, *added.single, *added.timed, *unlabelled.marks], key=lambda mark: mark.start)
    first = marks[0].start
    breaks = {mark.start: mark for mark in _breaks(detection) if mark.start > first and mark.start not in cuts}
    further = [start for start in interviews if start > first]
    asides = breaks.keys() | set(further) | {at for at in detection.headings if at > first and at not in cuts}
    return replace(
        detection,
        settled=SettledTurns(
            turns=tuple(turns_of(text, marks, asides, cuts)),
            marks=marks,
            labelled=labelled,
            counts=Counter(mark.label for mark in labelled),
            single=added.single,
            timed=added.timed,
            unlabelled=unlabelled,
            excluded=excluded,
            breaks=breaks,
            cuts=cuts,
            asides=asides,
            further=further,
        ),
    )


def _without_program_lines(text: str, marks: Sequence[Candidate]) -> tuple[Sequence[Candidate], Sequence[ExcludedLine]]:
    """Return the marks that are not lines of a program (unless all are), and all lines that are not dialogue."""
    excluded = aside_lines(text, {mark.start: mark.words for mark in marks})
    kinds = {line.start: line.kind for line in excluded}
    return [mark for mark in marks if not _is_of_program(text, mark, kinds)] or marks, excluded


def _is_of_program(text: str, mark: Candidate, kinds: Mapping[int, ExclusionKind]) -> bool:
    """Whether a program wrote the line of a mark; a line of a recorder has no colon."""
    kind = kinds.get(mark.start)
    return kind is not None and (kind is not ExclusionKind.RECORDER or ":" not in text[mark.start : mark.words])


def _added(
    detection: Detection, marks: Sequence[Candidate], labelled: Sequence[Candidate], times: Sequence[Candidate]
) -> _Added:
    """Find the turns that begin without a recognised label in a text whose other turns have one."""
    text, blocks = detection.text, detection.lines.blocks
    single = stray_marks(detection.lines.marks, detection.reading, labelled)
    unlabelled = unlabelled_voices(text, labelled, blocks)
    unlabelled = unlabelled or unlabelled_askers(text, labelled, blocks, detection.bold, detection.headings)
    timed, interrupting = lone_times(text, marks, times)
    return _Added(single, timed, unlabelled, interrupting)


def _breaks(detection: Detection) -> Collection[Candidate]:
    """Return the candidates whose labels are known to be no speakers (Break, Intro)."""
    others = detection.lines.others
    possible = [*detection.lines.marks, *others.get(detection.reading.speaker_format, ())]
    possible += [mark for mark in others.get(LABEL_LINE, ()) if " " in mark.label and is_aside(mark.label)]
    known = {label for label in {mark.label for mark in possible} if is_aside(label)}
    return [mark for mark in possible if mark.label in known]
