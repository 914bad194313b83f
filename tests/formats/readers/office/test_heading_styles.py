"""Which names of paragraph styles are headings."""

from __future__ import annotations

import pytest

from fwanalysis.formats.readers.office.heading_styles import is_heading_style


@pytest.mark.parametrize("name", ["heading 1", "Heading 2", "Heading_20_3", "Title", "Subtitle"])
def test_styles_that_word_processors_name_as_headings_are_headings(name: str) -> None:
    assert is_heading_style(name)


@pytest.mark.parametrize("name", ["", "Normal", "Text body", "Table Heading", "Kapitel"])
def test_other_styles_are_not(name: str) -> None:
    assert not is_heading_style(name)
