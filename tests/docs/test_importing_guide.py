"""The guide to importing lists every speaker format and every file extension."""

from __future__ import annotations

from pathlib import Path

from fwanalysis.formats.readers.registry import READERS
from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "importing.md").read_text(encoding="utf-8")


def test_the_guide_shows_every_speaker_format_with_its_example() -> None:
    assert not [
        speaker_format.name
        for speaker_format in SPEAKER_FORMATS
        if f"| `{speaker_format.name}` | {speaker_format.description} | `{speaker_format.example}` |" not in GUIDE
    ]


def test_the_guide_names_every_supported_file_extension() -> None:
    extensions = [extension for entry in READERS for extension in entry.extensions]
    assert not [extension for extension in extensions if f"`{extension}`" not in GUIDE]
