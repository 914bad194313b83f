"""Put the characters of one printed line in reading order, by their positions.

pdfium returns the characters of a line in the order in which they were drawn. A word in another font, an emoji, a
subscript or an accent is often drawn after its neighbours, into a gap that was left for it. This module moves such
pieces to where they are printed. It is pure and independent of pdfium.

The unit that moves is a *piece*: characters without a space or a jump between them. Pieces are sorted by their left
edge; sequences of right-to-left pieces are then reversed (Unicode Bidirectional Algorithm, UAX #9, rule L2).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˛": "\u0328",
}
"""Accents that take a place of their own, with the combining form of each. TeX draws them over a letter."""
_DOTLESS = {"ı": "i", "ȷ": "j"}
_JUMP = 0.15
"""From which distance on, in heights of a line, two characters do not touch. Kerning is smaller, a space is larger: 0.2
to 0.3 of a line's height in most fonts."""
_LEANING = 0.3
"""By how much, in heights of a line, the boxes of two letters that follow one another may overlap if they slant."""
_NOTHING = 0.05
"""Up to which distance, in heights of a line, nothing is between two characters, whatever pdfium makes of it."""
_OVERPRINT, _OVERPRINT_SHARE = 0.3, 0.5
"""By how much, in heights of a line or as a share of the narrower one, two pieces must overlap to be printed over one
another. Slanted and kerned letters overlap by less."""


class Character(NamedTuple):
    """A character and its position on the page, in points.

    Its box, the middle of its ink, and the height of its line.
    """

    text: str
    left: float
    right: float
    ink: float
    size: float


class OrderedText(NamedTuple):
    """Text of the ordered line and its original character.

    The character is -1 for a space between two pieces.
    """

    text: str
    character: int


@dataclass(slots=True)
class _Piece:
    members: list[int]
    left: float
    right: float
    spaced: bool
    """Whether a space came before it in the order of drawing."""
    place: int
    """Its number in the order of drawing."""
    direction: int = 0
    """1 from left to right, -1 from right to left, 0 if its characters have no direction."""


def in_reading_order(characters: Sequence[Character]) -> list[OrderedText] | None:
    """Return the text of a line in reading order.

    Args:
        characters: The characters of the line in the order of drawing, including spaces.

    Returns:
        The text piece by piece, with single spaces between words; None if pieces are printed over one another, so that
        no order by position exists.

    Notes:
        Neighbours that were also drawn one after the other keep what was between them. Between others there is a space
        if their distance is at least that of two letters that do not touch. An accent that is printed over a letter
        follows the letter, and a spacing accent is composed with it if Unicode has such a character. The time is that
        of sorting, O(n log n).
    """
    accents = _accents(characters)
    pieces = _pieces(characters, frozenset(at for over in accents.values() for at in over))
    _set_directions(pieces, characters)
    pieces.sort(key=lambda piece: piece.left)
    if any(_is_overprinted(one, two, characters) for one, two in pairwise(pieces)):
        return None
    ordered: list[OrderedText] = []
    for piece in _logical(_with_spaces(pieces, characters), characters):
        if not piece.members:
            ordered.append(OrderedText(" ", -1))
        for at in piece.members:
            ordered += _with_accents(at, accents.get(at, ()), characters)
    return ordered


def _accents(characters: Sequence[Character]) -> Mapping[int, list[int]]:
    """Return the accents that are printed over each letter.

    A combining mark that is over no letter belongs to the one before.
    """
    letters = sorted((character.left, at) for at, character in enumerate(characters) if character.text[0].isalpha())
    lefts = [left for left, _ in letters]
    accents: dict[int, list[int]] = {}
    drawn_before: int | None = None
    for at, character in enumerate(characters):
        combining = unicodedata.combining(character.text[0]) != 0
        if not combining and character.text not in ACCENTS:
            drawn_before = None if character.text.isspace() else at
            continue
        found = bisect_right(lefts, character.ink + 0.02 * character.size) - 1
        base = letters[found][1] if found >= 0 else None
        if base is not None and character.ink <= characters[base].right + 0.02 * character.size:
            accents.setdefault(base, []).append(at)
        elif combining and drawn_before is not None:
            accents.setdefault(drawn_before, []).append(at)
    return accents


def _with_accents(at: int, accents: Sequence[int], characters: Sequence[Character]) -> list[OrderedText]:
    letter, placed = characters[at].text, []
    for accent in accents:
        mark = characters[accent].text
        composed = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + ACCENTS.get(mark, mark))
        if mark in ACCENTS:
            letter = composed
        else:
            placed.append(OrderedText(mark, accent))
    return [OrderedText(letter, at), *placed]


def _pieces(characters: Sequence[Character], accents: frozenset[int]) -> list[_Piece]:
    pieces: list[_Piece] = []
    spaced, before = True, -1
    for at, character in enumerate(characters):
        if character.text.isspace():
            spaced = True
        elif at in accents:
            continue
        elif not spaced and _touches(characters[before], character):
            piece = pieces[-1]
            piece.members.append(at)
            piece.left, piece.right = min(piece.left, character.left), max(piece.right, character.right)
            before = at
        else:
            pieces.append(_Piece([at], character.left, character.right, spaced, len(pieces)))
            spaced, before = False, at
    return pieces


def _touches(before: Character, character: Character) -> bool:
    """Return whether a character continues the piece drawn before it."""
    size = max(before.size, character.size)
    if abs(before.left - character.left) + abs(before.right - character.right) < 0.02:
        return True  # parts of a ligature
    step = character.left + character.right - before.left - before.right
    if step >= 0:
        return -_LEANING * size <= character.left - before.right <= _JUMP * size
    return _direction(character.text) != 1 and -_LEANING * size <= before.left - character.right <= _JUMP * size


def _is_overprinted(one: _Piece, two: _Piece, characters: Sequence[Character]) -> bool:
    size = min(characters[one.members[0]].size, characters[two.members[0]].size)
    narrower = min(one.right - one.left, two.right - two.left)
    return one.right - two.left > min(_OVERPRINT * size, _OVERPRINT_SHARE * narrower) + 0.01


def _with_spaces(pieces: Sequence[_Piece], characters: Sequence[Character]) -> list[_Piece]:
    """Insert an empty piece for each space between pieces sorted by position."""
    spaced: list[_Piece] = []
    trusted = all(piece.direction >= 0 for piece in pieces)
    for piece in pieces:
        if spaced and _is_space_between(spaced[-1], piece, characters, trusted=trusted):
            spaced.append(_Piece([], spaced[-1].right, piece.left, False, -1))
        spaced.append(piece)
    return spaced


def _is_space_between(one: _Piece, two: _Piece, characters: Sequence[Character], *, trusted: bool) -> bool:
    """Return whether a space is between two neighbours.

    pdfium's spaces are *trusted* in lines of one direction.
    """
    size = max(characters[one.members[-1]].size, characters[two.members[0]].size)
    distance = two.left - one.right
    if trusted and two.place - one.place == 1:
        return two.spaced and distance > _NOTHING * size
    return distance >= _JUMP * size


# Directions


def _direction(text: str) -> int:
    kind = unicodedata.bidirectional(text[0])
    return 1 if kind == "L" else -1 if kind in ("R", "AL") else 0


def _set_directions(pieces: Sequence[_Piece], characters: Sequence[Character]) -> None:
    for piece in pieces:
        directions = (_direction(characters[at].text) for at in piece.members)
        piece.direction = next((found for found in directions if found), 0)


def _logical(pieces: Sequence[_Piece], characters: Sequence[Character]) -> list[_Piece]:
    """Return pieces, sorted from left to right, in reading order.

    Notes:
        The direction of the line is that of most of its letters. A piece without a direction (a number, a dash, a
        space) has that of the pieces around it if they agree, else that of the line.
    """
    if all(piece.direction >= 0 for piece in pieces):
        return list(pieces)
    base = 1 if sum(_direction(character.text) for character in characters) >= 0 else -1
    after = [*(piece.direction for piece in pieces[1:]), base]
    for at in range(len(after) - 2, -1, -1):
        after[at] = after[at] or after[at + 1]
    resolved: list[tuple[int, _Piece]] = []
    before = base
    for piece, following in zip(pieces, after, strict=True):
        before = piece.direction or before
        resolved.append((piece.direction or (before if before == following else base), piece))
    ordered: list[_Piece] = []
    for direction, run in groupby(resolved[::base], key=lambda pair: pair[0]):
        members = [piece for _, piece in run]
        ordered += members if direction == base else members[::-1]
    return ordered
