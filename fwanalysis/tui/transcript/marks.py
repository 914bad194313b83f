"""What the transcript shows on top of its words: codings and suggestions, as frozen values that screens make.

A mark carries everything that is drawn, so that two equal marks look alike. Knows no codebook and no project.
"""

from __future__ import annotations

from dataclasses import dataclass

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.codings import Stance


@dataclass(frozen=True, slots=True)
class CodingMark:
    """A coding of ``[start, end)``.

    ``colour`` is a hex colour, ``initials`` two letters; ``kind`` shapes the stripe, so that sensitizing and emergent
    codes differ without colour. A ``stance`` other than *for* has a mark of its own where the stripe begins.
    """

    id: str
    code_id: str
    start: int
    end: int
    colour: str
    initials: str
    name: str
    kind: CodeKind = CodeKind.SENSITIZING
    stance: Stance = Stance.FOR


@dataclass(frozen=True, slots=True)
class SuggestionMark:
    """A suggested coding of ``[start, end)``: ``hits`` are what matched, ``current`` if it is being decided."""

    id: str
    code_id: str
    start: int
    end: int
    hits: tuple[tuple[int, int], ...]
    colour: str
    initials: str
    name: str
    current: bool = False
    stance: Stance = Stance.FOR


Mark = CodingMark | SuggestionMark
"""Either of them."""
