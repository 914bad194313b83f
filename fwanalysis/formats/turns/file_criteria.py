"""Criteria that reject all labels of a file, because it does not look like a transcript.

Pure. Applied after ``turns.label_criteria`` to the remaining labels; each has a name and a reason that a preview shows.
The thresholds are shares of the lines or paragraphs of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import LABEL_DASH
from fwanalysis.formats.speakers.labels import LabelForm
from fwanalysis.formats.turns.speaker_thresholds import (
    MAX_SHARE_SILENT,
    MIN_OCCURRENCES,
    MIN_SHARE_ALTERNATING,
    MIN_SHARE_NAMES,
    MIN_SHARE_ONE_LABEL,
    MIN_SHARE_TYPICAL,
    MIN_SPEAKERS,
)

if TYPE_CHECKING:
    from fwanalysis.formats.turns.label_evidence import Evidence


FileCheck = Callable[["Evidence", Collection[str], int], bool]


@dataclass(frozen=True, slots=True)
class FileCriterion:
    """A check of the whole file; if it fails, none of its labels is a speaker.

    ``rejects`` takes the evidence, the recognised labels and the number of labelled lines without words.
    """

    name: str
    rejects: FileCheck
    reason: str


def _is_agenda(evidence: Evidence, speakers: Collection[str], silent: int) -> bool:
    speaking = len(evidence.of(speakers))
    return silent >= (speaking + silent) * MAX_SHARE_SILENT and silent > 0


def _is_one_line(evidence: Evidence, speakers: Collection[str], _: int) -> bool:
    spoken = evidence.of(speakers)
    return not spoken or (len(spoken) == 1 and spoken[0].time is None)


def _is_no_transcript(evidence: Evidence, speakers: Collection[str], _: int) -> bool:
    """Return whether labels are too few, or do not alternate like speakers.

    They are too few for the number of lines, or neither look typical nor recur and alternate.
    """
    labels = [label for label in evidence.keys if label in speakers]
    share = len(labels) / max(1, evidence.units)
    distinct = set(labels)
    recurring = len(distinct) < len(labels)
    typical = {label for label in distinct if evidence.forms[label] is LabelForm.TYPICAL}
    if typical and (len(labels) <= MIN_SPEAKERS or sum(label in typical for label in labels) > len(typical)):
        asked = len(typical) > 1 and any(label.isalpha() for label in typical)
        return share < MIN_SHARE_ONE_LABEL and (share < MIN_SHARE_TYPICAL or not (recurring or asked))
    changes = sum(one != other for one, other in pairwise(labels))
    return not (recurring and share >= MIN_SHARE_NAMES and changes >= len(labels) * MIN_SHARE_ALTERNATING)


def _takes_no_turns(evidence: Evidence, speakers: Collection[str], _: int) -> bool:
    """Return whether lines with dashes are items of a list.

    Speakers would alternate through most of the text.
    """
    if not evidence.candidates or evidence.candidates[0].speaker_format != LABEL_DASH:
        return False
    labels = [label for label in evidence.keys if label in speakers]
    distinct = len(set(labels))
    changes = sum(one != other for one, other in pairwise(labels))
    enough = len(labels) >= max(MIN_OCCURRENCES, evidence.units * MIN_SHARE_ONE_LABEL)
    return not (
        distinct >= MIN_SPEAKERS
        and enough
        and len(labels) >= distinct * MIN_SPEAKERS
        and changes * 2 >= len(labels) - 1
    )


FILE_CRITERIA = (
    FileCriterion("agenda", _is_agenda, "belongs to a file whose labels often have no words, like an agenda"),
    FileCriterion("single-line", _is_one_line, "begins the only labelled line of the file"),
    FileCriterion("no-transcript", _is_no_transcript, "belongs to a file that does not look like a transcript"),
)
STRICT_FILE_CRITERIA = (
    FileCriterion("takes-no-turns", _takes_no_turns, "is one of many entries of a list with dashes"),
    FileCriterion("no-transcript", _is_no_transcript, "belongs to a file that does not look like a transcript"),
)
