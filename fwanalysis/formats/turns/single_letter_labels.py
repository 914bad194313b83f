"""Recognise rare labels: single letters that name a role, and names in unspecific formats.

A single letter may be a misspelling of another label with the same role. Pure: candidates in, candidates and proposals
out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import LabelMerge
from fwanalysis.formats.speaker_formats import LABEL_ANGLE, LABEL_BRACKET, LABEL_LINE
from fwanalysis.formats.speakers.labels import LabelForm, form, form_in_brackets, is_single_letter, key
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.turns.format_candidates import Reading
    from fwanalysis.formats.turns.label_candidates import Candidate, Lines

_ALONE = re.compile(r"\n\n[^\n]*[^\n.]\n\S")


def single_letter_labels(
    possible: Sequence[Candidate], best: Reading, labelled: Sequence[Candidate]
) -> list[Candidate]:
    """Return rejected one-letter labels (I, P) that should count as labels.

    The letter names a role that a recognised speaker has, and the turns before and after are of another role, so it is
    not an item of a list.
    """
    recognised = best.labels
    letters = [
        candidate
        for candidate in possible
        if candidate.speaker_format == best.speaker_format
        and is_single_letter(candidate.label)
        and key(candidate.label) not in recognised
    ]
    if not letters:
        return []
    known = {label: said_by(label) for label in {candidate.label for candidate in labelled}}
    starts = [candidate.start for candidate in labelled]
    taken = []
    for candidate in letters:
        said = said_by(candidate.label)
        place = bisect_left(starts, candidate.start)
        if said not in (ASKS, ANSWERS) or said not in known.values() or place == 0:
            continue
        around = {known[other.label] for other in labelled[place - 1 : place + 1]}
        if said not in around:
            taken.append(candidate)
    return taken


def rare_labels(text: str, found: Lines, best: Reading) -> list[Candidate]:
    """Return names in brackets or alone on a line that were too rare.

    A lone name has an empty line above and words below. Only in a text whose recognised labels have this format.
    """
    if best.speaker_format not in (LABEL_BRACKET, LABEL_ANGLE, LABEL_LINE):
        return []
    judged = form if best.speaker_format == LABEL_LINE else form_in_brackets
    return [
        candidate
        for candidate in found.others.get(best.speaker_format, ())
        if judged(candidate.label) in (LabelForm.TYPICAL, LabelForm.NAME)
        and key(candidate.label) not in best.labels
        and (best.speaker_format != LABEL_LINE or _ALONE.search(text, max(0, candidate.start - 2), candidate.words + 2))
    ]


def merge_proposals(single: Sequence[Candidate], labelled: Sequence[Candidate]) -> tuple[LabelMerge, ...]:
    """Propose to merge single letters with the only speaker of their role."""
    speakers = {candidate.label for candidate in labelled}
    proposed = []
    for label in dict.fromkeys(candidate.label for candidate in single):
        alike = [speaker for speaker in speakers if said_by(speaker) == said_by(label)]
        if len(alike) == 1:
            proposed.append(LabelMerge(label, alike[0], "they say the same role, and it comes but seldom"))
    return tuple(proposed)
