"""To whom each line of the cues is attributed where labels before the words name the speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.readers.captions.pieces import Attribution, Piece
from fwanalysis.formats.turns.non_dialogue import excluded_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.formats.readers.captions.cue_labels import CueLabels
    from fwanalysis.formats.readers.captions.lines import Line


class Attributed(NamedTuple):
    """A piece for each line, and the places among the pieces of uncertain and of excluded labels (by label as shown),
    and of lines that a program wrote."""

    pieces: list[Piece]
    uncertain: dict[str, list[int]]
    excluded: dict[str, list[int]]
    programs: list[int]


def attributed(lines: Sequence[Line], labels: CueLabels) -> Attributed:
    """Attribute each line to a speaker, to the speaker before, or to nobody."""
    read = Attributed([], {}, {}, [])
    add = read.pieces.append
    for (words, time, first, change), start in zip(lines, labels.starts, strict=True):
        label = start.label if start else ""
        if start and (speaker := labels.speakers.get(label)):
            add(Piece(words[start.words :], time, speaker, Attribution.NAMED))
        elif first and (name := labels.uncertain.get(label)):
            read.uncertain.setdefault(name, []).append(len(read.pieces))
            add(Piece(words, time, None, Attribution.CHANGED))
        elif name := labels.excluded.get(label):
            read.excluded.setdefault(name, []).append(len(read.pieces))
            add(Piece(words, time, None, Attribution.EXCLUDED))
        elif change:
            add(Piece(words, time, None, Attribution.CHANGED))
        else:
            add(Piece(words, time))
    _exclude_program_lines(read, frozenset(labels.speakers.values()))
    return read


def _exclude_program_lines(read: Attributed, speakers: Iterable[str]) -> None:
    """Exclude lines without a label that a program wrote, such as "Ann Lee stopped transcription"."""
    places = [place for place, piece in enumerate(read.pieces) if piece.attribution is Attribution.CONTINUED]
    if not places:
        return
    text, marked = "", {}
    for name in speakers:
        marked[len(text)] = len(text) + len(name)
        text += f"{name}\n"
    starts: dict[int, int] = {}
    at, words = len(text), []
    for place in places:
        starts[at] = place
        words.append(read.pieces[place].words)
        at += len(words[-1]) + 1
    for line in excluded_lines(text + "\n".join(words), marked):
        if line.start in starts:
            place = starts[line.start]
            read.programs.append(place)
            read.pieces[place] = read.pieces[place]._replace(attribution=Attribution.INTERRUPTION)
