"""Join pieces of cues into paragraphs of one speaker, which become the text and its turns.

Knows neither files nor labels: each piece comes with its attribution.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import ParsedTurn
from fwanalysis.domain.sources import TurnKind

if TYPE_CHECKING:
    from collections.abc import Iterable


class Attribution(Enum):
    """How a piece is attributed."""

    NAMED = auto()
    """To the speaker that its label or tag names."""
    CONTINUED = auto()
    """To the speaker before, because it has no label."""
    UNNAMED = auto()
    """To no speaker, as the pieces before it may be."""
    CHANGED = auto()
    """To no speaker, but to another one than the pieces before it."""
    EXCLUDED = auto()
    """It is not speech, nor is what follows it without a label."""
    INTERRUPTION = auto()
    """It is not speech; the speaker before continues below it."""


_BEGINS = (Attribution.NAMED, Attribution.UNNAMED, Attribution.CHANGED)


class Piece(NamedTuple):
    """Words of one cue, or of one line of it, that belong together; ``time`` is the start of the cue, in seconds."""

    words: str
    time: float
    speaker: str | None = None
    attribution: Attribution = Attribution.CONTINUED


class Run(NamedTuple):
    """Words that become one paragraph and one turn: joined with spaces."""

    label: str | None
    kind: TurnKind
    time: float | None
    words: list[str]


class Joined(NamedTuple):
    """The text of a file.

    Attributes:
        text: The text.
        runs: Its paragraphs.
        turns: The turns, one for each paragraph.
        places: For each piece the number of its paragraph and its offset in that, in code points.
    """

    text: str
    runs: list[Run]
    turns: tuple[ParsedTurn, ...]
    places: list[tuple[int, int]]

    def place(self, piece: int) -> int:
        """Return where in the text a piece begins, in code points."""
        run, within = self.places[piece]
        return min(self.turns[run].start + within, self.turns[run].end)


def joined(pieces: Iterable[Piece], *, leading: TurnKind) -> Joined:
    """Join pieces into paragraphs of one speaker each; *leading* is what the pieces before the first speaker are."""
    runs: list[Run] = []
    places: list[tuple[int, int]] = []
    length = 0
    speaker: str | None = None
    begun = interrupted = False
    for words, time, name, attribution in pieces:
        label, kind = name, TurnKind.SPEECH
        if attribution is Attribution.NAMED:
            new = name != speaker or runs[-1].label != name
        elif attribution is Attribution.CONTINUED:
            new = not runs or interrupted
            label, kind = speaker, TurnKind.SPEECH if begun else leading
        elif attribution is Attribution.UNNAMED:
            new = not runs or runs[-1][:2] != (None, TurnKind.SPEECH)
        else:
            new = True
            kind = TurnKind.SPEECH if attribution is Attribution.CHANGED else TurnKind.EXCLUDED
        interrupted = attribution is Attribution.INTERRUPTION
        if attribution in _BEGINS:
            speaker, begun = name, True
        if new:
            runs.append(Run(label, kind, time if kind is TurnKind.SPEECH else None, [words]))
            places.append((len(runs) - 1, 0))
            length = len(words)
        else:
            place = length + bool(length and words)
            places.append((len(runs) - 1, place))
            if words:
                runs[-1].words.append(words)
                length = place + len(words)
    return Joined(*_laid_out(runs), places)


def _laid_out(runs: list[Run]) -> tuple[str, list[Run], tuple[ParsedTurn, ...]]:
    """Return the text of the paragraphs, with an empty line between them, the paragraphs, and the turns."""
    turns: list[ParsedTurn] = []
    paragraphs: list[str] = []
    start = 0
    for run in runs:
        words = " ".join(filter(None, run.words))
        end = start + len(words)
        turns.append(ParsedTurn(run.label, start, start, end, run.time, run.kind))
        paragraphs.append(words)
        start = end + 2
    return "\n\n".join(paragraphs), runs, tuple(turns)
