"""Names of paragraph styles that are headings, in .docx, .odt and .rtf."""

from __future__ import annotations

HEADING_STYLES = ("heading", "title", "subtitle")
"""How the names of styles for headings begin, in lower case; Word and LibreOffice keep them in English in the file."""


def is_heading_style(name: str) -> bool:
    """Return whether a paragraph style of this name is a heading: its name begins with one of ``HEADING_STYLES``."""
    return name.lower().startswith(HEADING_STYLES)
