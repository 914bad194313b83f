"""The guide to importing names what the program reads."""

from __future__ import annotations

from pathlib import Path

from fwanalysis.formats.readers.registry import READERS
from fwanalysis.formats.speaker_formats import SPEAKER_FORMATS

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "importing.md").read_text(encoding="utf-8")


def test_the_guide_shows_every_style_with_its_example() -> None:
    assert not [
        speaker_format.name
        for speaker_format in SPEAKER_FORMATS
        if f"| `{speaker_format.name}` | {speaker_format.description} | `{speaker_format.example}` |" not in GUIDE
    ]


def test_the_guide_names_every_ending_that_is_read() -> None:
    endings = [ending for entry in READERS for ending in entry.extensions]
    assert not [ending for ending in endings if f"`{ending}`" not in GUIDE]
