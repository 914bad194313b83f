"""A text's words and sentences as small arrays, made once per text and kept beside it.

A word is what ``domain.text.WORD`` finds, a sentence what ``domain.text.sentences`` gives for the whole text. Knows
nothing of turns, rules or where a text comes from. Positions are code points of the text.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections import Counter
from dataclasses import dataclass, fields
from typing import NamedTuple

from fwanalysis.domain.text import WORD, sentences

_MAGIC = b"fwt1"
_FIELD = struct.Struct("<cI")
_TYPECODES = (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFF_FFFF))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, numbered from 0 by their place: word n begins at ``starts[n]``, is ``lengths[n]`` code
    points long and reads ``words[ids[n]]``.

    ``words`` are the distinct words, normal (see ``normal``) and sorted; ``counts`` says how often each occurs, and
    ``places`` lists the numbers of the first one's occurrences, then of the second's, and so on. Sentence n begins at
    ``sentence_starts[n]`` and is ``sentence_lengths[n]`` long.
    """

    words: tuple[str, ...]
    counts: array[int]
    places: array[int]
    ids: array[int]
    starts: array[int]
    lengths: array[int]
    sentence_starts: array[int]
    sentence_lengths: array[int]

    def __len__(self) -> int:
        return len(self.ids)

    def end(self, number: int) -> int:
        """Where a word ends."""
        return self.starts[number] + self.lengths[number]


class WordCounts(NamedTuple):
    """The distinct words of one text, normal and sorted, and how often each occurs."""

    words: tuple[str, ...]
    counts: array[int]


def normal(word: str) -> str:
    """The form in which words are compared: lower case, a straight apostrophe for a typographic one."""
    return word.lower().replace("’", "'")


def tokenise(text: str) -> Tokens:
    """The words and sentences of *text*."""
    surfaces: list[str] = []
    starts: list[int] = []
    for found in WORD.finditer(text):
        surfaces.append(found.group())
        starts.append(found.start())
    normals = {surface: normal(surface) for surface in set(surfaces)}
    words = tuple(sorted(set(normals.values())))
    numbers = {word: number for number, word in enumerate(words)}
    id_of = {surface: numbers[word] for surface, word in normals.items()}
    ids = [id_of[surface] for surface in surfaces]
    counts = Counter(ids)
    spans = list(sentences(text))
    return Tokens(
        words,
        _narrow([counts[number] for number in range(len(words))]),
        _narrow(sorted(range(len(ids)), key=ids.__getitem__)),
        _narrow(ids),
        _narrow(starts),
        _narrow([len(surface) for surface in surfaces]),
        _narrow([span.start for span in spans]),
        _narrow([len(span) for span in spans]),
    )


def pack(tokens: Tokens) -> bytes:
    """The tokens as bytes (about two per character of an English text) that ``unpack`` reads on any machine."""
    vocabulary = "\n".join(tokens.words).encode("utf-8", "surrogatepass")
    parts = [_MAGIC, _FIELD.pack(b"s", len(vocabulary)), vocabulary]
    for name in _ARRAYS:
        values: array[int] = getattr(tokens, name)
        parts += [_FIELD.pack(values.typecode.encode(), len(values)), _little_endian(values).tobytes()]
    return b"".join(parts)


def unpack(packed: bytes) -> Tokens:
    """Read the tokens that ``pack`` wrote.

    Raises:
        ValueError: If the bytes are of another format; tokenise the text again.
    """
    words, at = _unpack_vocabulary(packed)
    arrays: list[array[int]] = []
    for _ in _ARRAYS:
        values, at = _unpack_array(packed, at)
        arrays.append(values)
    return Tokens(words, *arrays)


def unpack_words(packed: bytes) -> WordCounts:
    """Read only the head of what ``pack`` wrote: the distinct words and how often each occurs.

    The head is about a tenth of the bytes, which is all that a vocabulary needs. Errors as for ``unpack``.
    """
    words, at = _unpack_vocabulary(packed)
    counts, _ = _unpack_array(packed, at)
    return WordCounts(words, counts)


def _unpack_vocabulary(packed: bytes) -> tuple[tuple[str, ...], int]:
    """The distinct words, and where the first array begins."""
    if packed[:4] != _MAGIC:
        raise ValueError("these bytes are not packed tokens of this version")
    _, size = _FIELD.unpack_from(packed, 4)
    at = 4 + _FIELD.size
    vocabulary = packed[at : at + size].decode("utf-8", "surrogatepass")
    return tuple(vocabulary.split("\n")) if vocabulary else (), at + size


def _unpack_array(packed: bytes, at: int) -> tuple[array[int], int]:
    """The array that begins at byte *at*, and where the next one does."""
    typecode, count = _FIELD.unpack_from(packed, at)
    at += _FIELD.size
    values: array[int] = array(typecode.decode())
    size = count * values.itemsize
    values.frombytes(packed[at : at + size])
    return _little_endian(values), at + size


_ARRAYS = tuple(field.name for field in fields(Tokens) if field.name != "words")


def _narrow(values: list[int]) -> array[int]:
    """The values in the smallest array that holds them."""
    largest = max(values, default=0)
    return array(next(code for code, limit in _TYPECODES if largest <= limit), values)


def _little_endian(values: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return values
    swapped = values[:]
    swapped.byteswap()
    return swapped
