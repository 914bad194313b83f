"""The input formats and speaker formats that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def input_formats() -> Sequence[tuple[str, str]]:
    """Return the name and the description of every input format."""
    from fwanalysis.formats.readers.registry import READERS

    return [(entry.name, entry.description) for entry in READERS]


def speaker_format_descriptions() -> Mapping[str, str]:
    """Return the description of every speaker format, by name."""
    from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS

    return {speaker_format.name: speaker_format.description for speaker_format in SPEAKER_FORMATS}


def is_readable(filename: str) -> bool:
    """Return whether an import of a folder would read a file with this name."""
    from fwanalysis.formats.readers.registry import is_supported

    return is_supported(filename)


def supported_extensions() -> str:
    """Return the supported file extensions, for messages: ``.txt, .md, .docx``."""
    from fwanalysis.formats.readers.registry import supported

    return supported()
