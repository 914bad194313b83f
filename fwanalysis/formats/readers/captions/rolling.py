"""Rolling captions: each cue shows lines of the cue before again, and a new one below them, as YouTube writes them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 3
_MOSTLY = 0.5
_MOST_LINES = 4
_ROLLED = Notice("Each line is shown in several cues (rolling captions); it was read once.")

Lines = tuple[str, ...]


def without_repeats(cues: Sequence[Lines]) -> tuple[Sequence[Lines], tuple[Notice, ...]]:
    """Remove from each cue the lines that it repeats from the end of the cue before.

    Args:
        cues: The lines of each cue, without tags.

    Returns:
        The remaining lines of each cue, of which some may be left without any, and a warning. The cues as they are and
        no warning where they repeat lines only now and then, as people do.
    """
    repeated = [0, *(_repeated(one, other) for one, other in pairwise(cues))]
    if sum(map(bool, repeated)) < max(_FEWEST, len(cues) * _MOSTLY):
        return cues, ()
    return [cue[count:] for cue, count in zip(cues, repeated, strict=True)], (_ROLLED,)


def _repeated(before: Lines, cue: Lines) -> int:
    """How many lines a cue begins with that the cue before ends with."""
    most = min(len(before), len(cue), _MOST_LINES)
    return next((count for count in range(most, 0, -1) if before[-count:] == cue[:count]), 0)
