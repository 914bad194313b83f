"""What files can be read, and as what: for those who choose before there is a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def reader_names() -> Sequence[tuple[str, str]]:
    """Every reader by name, each with one line for people."""
    from fwanalysis.formats.registry import READERS

    return [(entry.name, entry.description) for entry in READERS]


def style_descriptions() -> Mapping[str, str]:
    """Every style of running text by name, with one line for people."""
    from fwanalysis.formats.styles import STYLES

    return {style.name: style.description for style in STYLES}


def is_readable(filename: str) -> bool:
    """Whether a folder's file of this name would be read when the folder is imported."""
    from fwanalysis.formats.registry import is_supported

    return is_supported(filename)


def supported_endings() -> str:
    """The endings of files that can be read, for messages: ``.txt, .md, .docx``."""
    from fwanalysis.formats.registry import supported

    return supported()
