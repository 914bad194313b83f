"""Cut cues into lines without tags, and find the characters that say that the speaker changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.formats.readers.captions.cues import Cue

_DASHES = "-–‐"
_NO_DASH = (" ", "", ">", "-", "–")
_QUOTED = ">>"


class Line(NamedTuple):
    """A line of a cue, without tags, with the start of the cue in seconds; whether it is the first line of the cue.

    ``change`` is what says that the speaker changes here, and ``words`` is without: a dash, ``>>``, or nothing.
    """

    words: str
    time: float
    first: bool = True
    change: str = ""

    @property
    def as_written(self) -> str:
        """The words, after ``>>`` if the line has it: outside of conversations it may mean anything."""
        return f"{_QUOTED} {self.words}" if self.change == _QUOTED else self.words


def lines_of(cues: Sequence[Cue], by_cue: Sequence[Sequence[str]]) -> list[Line]:
    """Return the lines of all cues. A dash says that the speaker changes where two lines of any cue begin with one."""
    dashes = any(len(lines) > 1 and sum(map(_has_dash, lines)) > 1 for lines in by_cue)
    found: list[Line] = []
    for (time, _), lines in zip(cues, by_cue, strict=False):
        first = True
        for words in lines:
            if dashes and _has_dash(words):
                found.append(Line(words[1:].lstrip(" \t"), time, first, "-"))
            elif words.startswith(_QUOTED) and (spoken := words.lstrip("> ")):
                found.append(Line(spoken, time, first, _QUOTED))
            else:
                found.append(Line(words, time, first))
            first = False
    return found


def _has_dash(words: str) -> bool:
    return words[0] in _DASHES and words[1:].lstrip(" ")[:1] not in _NO_DASH
