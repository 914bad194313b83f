"""What a reader is told besides the bytes: a person's choices, and how much it may take in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused: bytes of the file, bytes of an archive unpacked, and how deep
    its tables may stand in one another."""

    file: int = 100 * 2**20
    unpacked: int = 200 * 2**20
    nesting: int = 100


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """*encoding* (a Python codec name, for formats of plain text) and *style* (a name of ``formats.styles``) in the
    place of the guesses; labels that the user says are speakers; the limits."""

    encoding: str | None = None
    speaker_format: str | None = None
    speakers: frozenset[str] = frozenset()
    limits: Limits = Limits()


DEFAULTS = ReadOptions()
