"""Options of parsers: what the user chose, and limits on the size of files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits above which a file is refused.

    Attributes:
        file: Bytes of the file.
        unpacked: Bytes of all parts of an archive, unpacked.
        nesting: Levels of tables inside tables.
    """

    file: int = 100 * 2**20
    unpacked: int = 200 * 2**20
    nesting: int = 100


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user chose for a file, with what is detected if they did not.

    Attributes:
        encoding: Label of a text encoding, for formats of plain text; detected if None.
        speaker_format: Name of one of ``speaker_formats.SPEAKER_FORMATS``; detected if None.
        speakers: Labels that the user says are speakers.
        limits: Limits above which the file is refused.
    """

    encoding: str | None = None
    speaker_format: str | None = None
    speakers: frozenset[str] = frozenset()
    limits: Limits = Limits()


DEFAULTS = ReadOptions()
