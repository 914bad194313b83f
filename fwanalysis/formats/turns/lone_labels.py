"""Lines that are nothing but the label of a recognised speaker, in a text whose other labels have a colon or a time.

Pure: marks in, marks out. The words of such a turn are on the lines below, so a line without words below begins none.
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
"""Such lines above the first other label that begin turns there: fewer may be a list of those who speak."""


def with_lone_labels(
    text: str, marks: Sequence[Candidate], others: Mapping[str, Sequence[Candidate]]
) -> list[Candidate]:
    """Add the lines that are only the label of a recognised speaker, with words below them.

    Args:
        text: The whole text.
        marks: The recognised labels, in order of place.
        others: By format, the lines that could begin a turn in it (``marks.Lines.others``).

    Returns:
        All marks in order of place. Added ones keep the format they were read in, and the label as the speaker has it.
    """
    possible = _known(text, marks, others)
    if not possible:
        return list(marks)
    starts = sorted([mark.start for mark in (*marks, *possible)])
    limits = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    added = [mark for mark in possible if text[mark.words : limits[mark.start]].strip()]
    above = Counter(mark.label for mark in added if mark.start < marks[0].start)
    if above.total() < MIN_ABOVE or max(above.values()) < 2:
        added = [mark for mark in added if mark.start > marks[0].start]
    return sorted([*marks, *added], key=lambda mark: mark.start)


def _known(text: str, marks: Sequence[Candidate], others: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Return the lines that are nothing but a recognised label, in brackets if the recognised ones are."""
    if not marks:
        return []
    boxed = text[marks[0].start] in "[\\"
    possible = others.get(LABEL_BRACKET if boxed else LABEL_LINE, ())
    if not possible:
        return []
    spelled = {shown(label): label for label in {mark.label for mark in marks}}
    taken = {mark.start for mark in marks}
    return [
        mark._replace(label=spelled[shown(mark.label)])
        for mark in possible
        if shown(mark.label) in spelled
        and mark.start not in taken
        and not text[mark.words : line_end(text, mark.words)].strip()
    ]
