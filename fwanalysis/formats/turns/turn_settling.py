"""Build the turns of the whole text from the chosen speaker labels (stage 3).

Pure: a ``Detection`` in, one with its turns out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import LABEL_LINE, TIME
from fwanalysis.formats.speakers.labels import is_excluded_label
from fwanalysis.formats.turns.build import Cut, settled, times_alone, times_in, turns_of
from fwanalysis.formats.turns.detection import Detection, SettledTurns
from fwanalysis.formats.turns.non_dialogue import ExclusionKind, excluded_lines
from fwanalysis.formats.turns.question_layouts import ASKED
from fwanalysis.formats.turns.single_letter_labels import single_letter_labels
from fwanalysis.formats.turns.unlabelled_speech import Unlabelled, unlabelled_answers, unlabelled_questions

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
    """Build the turns of the chosen reading.

    Lines of programs, tapes and pages are excluded; turns without a label are added where times, questions or
    paragraphs indicate them; the rest is divided into preamble, turns and excluded text.
    """
    text, interviews = detection.text, detection.interviews
    times = times_in(text, detection.lines.others.get(TIME, ()), detection.headings)
    candidates, excluded = _without_program_lines(text, settled(text, detection.reading, bool(times)))
    labelled = [candidate for candidate in candidates if candidate.label]
    excluded = [line for line in excluded if line.start > candidates[0].start and line.start not in interviews]
    cuts = {line.start: Cut(line.end, of_chat=line.kind is ExclusionKind.CHAT) for line in excluded}
    added = _Added((), (), Unlabelled(), {})
    if labelled and detection.reading.speaker_format not in ASKED:
        added = _added(detection, candidates, labelled, times)
        cuts.update(added.cuts)
    unlabelled = added.unlabelled.without(cuts.keys() | set(interviews))
    candidates = sorted(
        [*candidates, *added.single, *added.timed, *unlabelled.candidates], key=lambda candidate: candidate.start
    )
    first = candidates[0].start
    breaks = {
        candidate.start: candidate
        for candidate in _breaks(detection)
        if candidate.start > first and candidate.start not in cuts
    }
    further = [start for start in interviews if start > first]
    excluded_starts = breaks.keys() | set(further) | {at for at in detection.headings if at > first and at not in cuts}
    return replace(
        detection,
        settled=SettledTurns(
            turns=tuple(turns_of(text, candidates, excluded_starts, cuts)),
            candidates=candidates,
            labelled=labelled,
            counts=Counter(candidate.label for candidate in labelled),
            single=added.single,
            timed=added.timed,
            unlabelled=unlabelled,
            excluded=excluded,
            breaks=breaks,
            cuts=cuts,
            excluded_starts=excluded_starts,
            further=further,
        ),
    )


def _without_program_lines(
    text: str, candidates: Sequence[Candidate]
) -> tuple[Sequence[Candidate], Sequence[ExcludedLine]]:
    """Separate the candidates from lines that are not dialogue.

    Returns:
        The candidates that are not lines of a program (all candidates if none would remain), and all lines that are not
        dialogue.
    """
    excluded = excluded_lines(text, {candidate.start: candidate.words for candidate in candidates})
    kinds = {line.start: line.kind for line in excluded}
    return [candidate for candidate in candidates if not _is_of_program(text, candidate, kinds)] or candidates, excluded


def _is_of_program(text: str, candidate: Candidate, kinds: Mapping[int, ExclusionKind]) -> bool:
    """Return whether a program wrote a candidate's line.

    A line of a recorder has no colon.
    """
    kind = kinds.get(candidate.start)
    return kind is not None and (
        kind is not ExclusionKind.RECORDER or ":" not in text[candidate.start : candidate.words]
    )


def _added(
    detection: Detection, candidates: Sequence[Candidate], labelled: Sequence[Candidate], times: Sequence[Candidate]
) -> _Added:
    """Find turns without a recognised label in a text whose others have one."""
    text, blocks = detection.text, detection.lines.blocks
    single = single_letter_labels(detection.lines.candidates, detection.reading, labelled)
    unlabelled = unlabelled_answers(text, labelled, blocks)
    unlabelled = unlabelled or unlabelled_questions(text, labelled, blocks, detection.bold, detection.headings)
    timed, interrupting = times_alone(text, candidates, times)
    return _Added(single, timed, unlabelled, interrupting)


def _breaks(detection: Detection) -> Collection[Candidate]:
    """Return the candidates whose labels are known not to be speakers (Break)."""
    others = detection.lines.others
    possible = [*detection.lines.candidates, *others.get(detection.reading.speaker_format, ())]
    possible += [
        candidate
        for candidate in others.get(LABEL_LINE, ())
        if " " in candidate.label and is_excluded_label(candidate.label)
    ]
    known = {label for label in {candidate.label for candidate in possible} if is_excluded_label(label)}
    return [candidate for candidate in possible if candidate.label in known]
