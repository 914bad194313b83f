"""Warnings about captions: cues without a speaker, labels that may be speakers, text that is not speech."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.readers.captions.pieces import Attribution
from fwanalysis.formats.turns.import_warnings import inside_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.formats.readers.captions.cue_attribution import Attributed
    from fwanalysis.formats.readers.captions.lines import Line
    from fwanalysis.formats.readers.captions.pieces import Joined, Piece

_MOST_LABELS = 10
_WITHOUT_NAME = (Attribution.CONTINUED, Attribution.UNNAMED, Attribution.CHANGED)


class _Unlabelled(NamedTuple):
    """What became of cues without a speaker name, said of one cue and of several."""

    one: str
    several: str


_ASSIGNED = _Unlabelled(
    "1 cue has no speaker name; its text was assigned to the previous speaker. Check it.",
    "{:,} cues have no speaker name; their text was assigned to the previous speaker. Check them.",
)
_LEFT = _Unlabelled(
    "1 cue has no speaker name and was left without a speaker. Check it.",
    "{:,} cues have no speaker name and were left without a speaker. Check them.",
)
_PREAMBLE = _Unlabelled(
    "1 cue is before the first speaker name and was read as preamble, not as speech. Check it.",
    "{:,} cues are before the first speaker name and were read as preamble, not as speech. Check them.",
)


def unlabelled_cues(
    pieces: Sequence[Piece], together: Joined, firsts: Iterable[int] | None = None
) -> tuple[Notice, ...]:
    """Return warnings about cues without a speaker name.

    Args:
        pieces: All pieces, in order.
        together: The paragraphs that were made of them.
        firsts: The places of the pieces that count, those with which cues begin; all if None.
    """
    kinds: dict[_Unlabelled, list[int]] = {}
    for place in range(len(pieces)) if firsts is None else firsts:
        if pieces[place].attribution in _WITHOUT_NAME:
            run = together.runs[together.places[place][0]]
            if run.kind is TurnKind.PREAMBLE:
                kinds.setdefault(_PREAMBLE, []).append(place)
            elif run.kind is TurnKind.SPEECH:
                kinds.setdefault(_ASSIGNED if run.label else _LEFT, []).append(place)
    return tuple(
        Notice(kind.one if len(places) == 1 else kind.several.format(len(places)), together.place(places[0]))
        for kind, places in kinds.items()
    )


def label_warnings(
    lines: Sequence[Line], read: Attributed, together: Joined, speakers: Iterable[str]
) -> tuple[Notice, ...]:
    """Return the warnings about captions whose speakers are named by labels before the words, in order of place."""
    named_otherwise = {place for places in read.uncertain.values() for place in places}
    firsts = [place for place, line in enumerate(lines) if line.first and place not in named_otherwise]
    warnings = [
        *unlabelled_cues(read.pieces, together, firsts),
        *_uncertain({label: (len(places), together.place(places[0])) for label, places in read.uncertain.items()}),
        *_excluded(read, together),
        *inside_paragraphs(together.text, Counter(dict.fromkeys(speakers, 0)), 0),
    ]
    return tuple(sorted(warnings, key=lambda warning: warning.start or 0))


def possible_labels(labels: Iterable[str]) -> Iterator[Notice]:
    """Yield warnings about labels that may be speakers, in captions that were read without any."""
    yield from _uncertain({label: (0, None) for label in labels})


def _uncertain(labels: Mapping[str, tuple[int, int | None]]) -> Iterator[Notice]:
    """A warning for each label, with how many cues it left without a speaker and where the first of them is."""
    for number, (label, (cues, start)) in enumerate(labels.items()):
        if number == _MOST_LABELS:
            yield Notice(f"{len(labels) - number:,} more labels look like speaker labels but were read as text.", start)
            return
        left = f" ({cues:,} cue{'s' if cues > 1 else ''} without a speaker)" if cues else ""
        yield Notice(
            f"“{label}” looks like a speaker label but was read as text{left}. If it is a speaker, use "
            f"--speaker {shlex.quote(label)}.",
            start,
            speaker=label,
        )


def _excluded(read: Attributed, together: Joined) -> Iterator[Notice]:
    for label, places in read.excluded.items():
        often = f" ({len(places):,} times)" if len(places) > 1 else ""
        yield Notice(f"“{label}” is not a speaker; its text was excluded{often}.", together.place(places[0]))
    if read.programs:
        first = read.programs[0]
        others = f" ({len(read.programs):,} lines)" if len(read.programs) > 1 else ""
        yield Notice(f"“{read.pieces[first].words}” is not speech and was excluded{others}.", together.place(first))
