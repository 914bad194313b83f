"""Find lines with only a speaker's label in a text whose other labels have a colon or time.

Pure: candidates in, candidates out. The words of such a turn are on the lines below, so a line without words below it
begins no turn.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import LABEL_BRACKET, LABEL_LINE
from fwanalysis.formats.speakers.labels import shown
from fwanalysis.formats.timestamps import line_end

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

MIN_ABOVE = 3
"""Minimum number of such lines above the first other label to begin turns: fewer may be a list of speakers."""


def with_lone_labels(
    text: str, candidates: Sequence[Candidate], others: Mapping[str, Sequence[Candidate]]
) -> list[Candidate]:
    """Add the lines with only the label of a recognised speaker and words below.

    Args:
        text: The whole text.
        candidates: The recognised labels, in order of position.
        others: By format, the lines that could begin a turn in it (``label_candidates.Lines.others``).

    Returns:
        All candidates in order of position. Added ones keep the format they were read in and get the speaker's spelling
        of the label.
    """
    possible = _known(text, candidates, others)
    if not possible:
        return list(candidates)
    starts = sorted([candidate.start for candidate in (*candidates, *possible)])
    limits = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    added = [candidate for candidate in possible if text[candidate.words : limits[candidate.start]].strip()]
    above = Counter(candidate.label for candidate in added if candidate.start < candidates[0].start)
    if above.total() < MIN_ABOVE or max(above.values()) < 2:
        added = [candidate for candidate in added if candidate.start > candidates[0].start]
    return sorted([*candidates, *added], key=lambda candidate: candidate.start)


def _known(text: str, candidates: Sequence[Candidate], others: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Return lines with only a recognised label, in brackets if those are."""
    if not candidates:
        return []
    boxed = text[candidates[0].start] in "[\\"
    possible = others.get(LABEL_BRACKET if boxed else LABEL_LINE, ())
    if not possible:
        return []
    spelled = {shown(label): label for label in {candidate.label for candidate in candidates}}
    taken = {candidate.start for candidate in candidates}
    return [
        candidate._replace(label=spelled[shown(candidate.label)])
        for candidate in possible
        if shown(candidate.label) in spelled
        and candidate.start not in taken
        and not text[candidate.words : line_end(text, candidate.words)].strip()
    ]
