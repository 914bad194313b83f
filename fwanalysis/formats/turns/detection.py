"""The value that the stages of turn detection fill in.

Pure values. Each stage (``turns.find``, ``turns.turn_settling``, ``turns.import_warnings``) takes a ``Detection`` and
returns a new one or a result computed from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import NO_LABELS
from fwanalysis.formats.turns.format_candidates import Reading, Readings
from fwanalysis.formats.turns.unlabelled_speech import Unlabelled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from fwanalysis.domain.importing import ParsedTurn
    from fwanalysis.formats.turns.build import Cut
    from fwanalysis.formats.turns.label_candidates import Candidate, Lines
    from fwanalysis.formats.turns.non_dialogue import ExcludedLine

_NOTHING_READ = Readings()
_NO_READING = Reading(NO_LABELS, (), 0, 0)
_NOTHING_UNLABELLED = Unlabelled()


@dataclass(frozen=True, slots=True)
class SettledTurns:
    """The turns of a text and what they were built from; positions are code points.

    Attributes:
        turns: Preamble, turns and excluded text, in order.
        candidates: Where turns begin, in order.
        labelled: The candidates of the chosen reading that have a label.
        counts: How many candidates each label has, in order of first appearance.
        single: Candidates of one-letter labels that were added because a role fits.
        timed: Candidates of times without a label that became turns without a speaker.
        unlabelled: What paragraphs without a label became.
        excluded: Lines that are not dialogue.
        breaks: Candidates whose labels are not speakers (Break), by position.
        cuts: Lines that interrupt a turn, by position.
        excluded_starts: Where text begins that belongs to no turn.
        further: Where further interviews begin in the file.
    """

    turns: tuple[ParsedTurn, ...] = ()
    candidates: Sequence[Candidate] = ()
    labelled: Sequence[Candidate] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    single: Sequence[Candidate] = ()
    timed: Sequence[Candidate] = ()
    unlabelled: Unlabelled = _NOTHING_UNLABELLED
    excluded: Sequence[ExcludedLine] = ()
    breaks: Mapping[int, Candidate] = field(default_factory=dict)
    cuts: Mapping[int, Cut] = field(default_factory=dict)
    excluded_starts: AbstractSet[int] = frozenset()
    further: Sequence[int] = ()

    @property
    def first(self) -> int:
        """Where the first turn begins."""
        return self.candidates[0].start


_NOTHING_SETTLED = SettledTurns()


@dataclass(frozen=True, slots=True)
class Detection:
    """A text with the results of the stages of turn detection so far.

    Attributes:
        text: The whole text.
        bold: Maps the first character of a line to the end of the bold text that it begins.
        headings: The starts of lines that are headings.
        lines: What each line may begin with (stage 1).
        interviews: Where each interview begins, if the text has several (stage 1).
        readings: The formats the text could be in, and what was decided about its labels (stage 2).
        reading: The chosen format (stage 2); without candidates if there is none.
        others: The other formats, best first (stage 2).
        reason: Why that format was chosen (stage 2).
        settled: The turns (stage 3).
    """

    text: str
    bold: Mapping[int, int]
    headings: Collection[int]
    lines: Lines
    interviews: Sequence[int]
    readings: Readings = _NOTHING_READ
    reading: Reading = _NO_READING
    others: Sequence[Reading] = ()
    reason: str = ""
    settled: SettledTurns = _NOTHING_SETTLED
