"""Rows of tables of a Word document as XML, because python-docx needs several milliseconds for a row.

Knows WordprocessingML and no chart.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STATE = re.compile(r"\[(?!R:)[a-z][^\[\]]*\]")
_SMALL = '<w:i/><w:color w:val="595959"/><w:sz w:val="15"/><w:szCs w:val="15"/>'
_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"


def row_xml(cells: Sequence[str], widths: Sequence[int], *, is_header: bool = False) -> str:
    """Return a row as XML.

    Args:
        cells: The paragraphs of each cell as XML.
        widths: Widths in twentieths of a point; one cell with several widths spans the columns.
        is_header: Whether the row is repeated at the top of each page.
    """
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_header else ""
    spans = [sum(widths)] if len(cells) == 1 < len(widths) else widths
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(cells) == 1 < len(widths) else ""
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="DCE6F1"/>' if is_header or span else ""
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{fill}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, spans, strict=True)
    )
    return f'<w:tr xmlns:w="{_NAMESPACE}">{properties}{filled}</w:tr>'


def paragraphs_xml(text: str, below: Iterable[str] = (), *, is_bold: bool = False) -> str:
    """Return the paragraphs of a cell as XML: a text, its line of the state in italics, and lines in small letters."""
    lines = [
        _paragraph(line, _BOLD if is_bold else _ITALIC if not at and _STATE.fullmatch(line) else "")
        for at, line in enumerate(text.split("\n"))
    ]
    return "".join([*lines, *(_paragraph(line, _SMALL) for line in below)])


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text is of a script that is written from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _paragraph(text: str, properties: str) -> str:
    if not text:
        return "<w:p/>"
    bidi = "<w:pPr><w:bidi/></w:pPr>" if not text.isascii() and is_right_to_left(text) else ""
    run = f"<w:rPr>{properties}{'<w:rtl/>' if bidi else ''}</w:rPr>" if properties or bidi else ""
    written = escape(text, quote=False).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:p>{bidi}<w:r>{run}<w:t xml:space="preserve">{written}</w:t></w:r></w:p>'
