"""What files can be read, and as what: for those who choose before there is a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def input_formats() -> Sequence[tuple[str, str]]:
    """Every reader by name, each with one line for people."""
    from fwanalysis.formats.readers.registry import READERS

    return [(entry.name, entry.description) for entry in READERS]


def speaker_format_descriptions() -> Mapping[str, str]:
    """Every style of running text by name, with one line for people."""
    from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS

    return {speaker_format.name: speaker_format.description for speaker_format in SPEAKER_FORMATS}


def is_readable(filename: str) -> bool:
    """Whether a folder's file of this name would be read when the folder is imported."""
    from fwanalysis.formats.readers.registry import is_supported

    return is_supported(filename)


def supported_extensions() -> str:
    """The endings of files that can be read, for messages: ``.txt, .md, .docx``."""
    from fwanalysis.formats.readers.registry import supported

    return supported()
