"""Parse web pages into the text that a browser shows. Nothing is fetched.

What a browser does not show (scripts, comments, hidden elements) is left out, and so is what a page marks as deleted.
Notes of word processors have the same references as in .docx files. lxml calls the layout while it parses, so that no
tree is built, however deeply the page nests.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import refuse_controls, refuse_long
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.html.charset import decode_page
from fwanalysis.formats.readers.html.layout import Layout
from fwanalysis.formats.tables.embedded_table import table_source
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fwanalysis.domain.importing import ParsedSource

_SHOWN = 60


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a web page; its title becomes metadata.

    Raises:
        UnreadableFile: If the file is not text, or not in the encoding of *options*.
        InvalidInput: If no encoding has the name in *options*.
    """
    page = decode_page(filename, data, options.encoding)
    refuse_controls(filename, page.text)
    layout = _laid_out(filename, page.text)
    text = "".join(layout.parts)
    refuse_long(filename, text)
    title = one_line("".join(layout.title))
    metadata = {"title": title} if title else {}
    warnings = (
        *page.warnings(text),
        *_left_out("deleted", layout.deleted),
        *_left_out("hidden", layout.hidden),
        *_left_out("its running head or footer", layout.margins),
    )
    above = text if layout.notes is None else text[: layout.notes].rstrip()
    below = () if layout.notes is None else (text[layout.notes :].strip(),)
    table = table_source(
        filename, above, layout.rows, input_format="html", options=options, notes=below, warnings=warnings
    )
    if table:
        return replace(table, encoding=page.encoding, metadata=metadata)
    found = find_turns(
        above,
        headings=layout.headings,
        bold=layout.bold,
        speaker_format=options.speaker_format,
        speakers=options.speakers,
    )
    if found.turns and layout.notes is not None:
        notes = Span(layout.notes, len(text)).trimmed(text)
        excluded = ParsedTurn(None, notes.start, notes.start, notes.end, kind=TurnKind.EXCLUDED)
        found = replace(found, turns=(*found.turns, excluded))
    return parse_source(
        filename,
        text,
        found,
        input_format="html",
        encoding=page.encoding,
        metadata=metadata,
        warnings=warnings,
    )


def _laid_out(filename: str, page: str) -> Layout:
    from lxml import etree

    layout = Layout()
    parser = etree.HTMLParser(target=layout, encoding="utf-8", huge_tree=True)
    try:
        etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        if page.strip():
            raise UnreadableFile(
                f"{filename} cannot be parsed as a web page; open it in a browser and save its text."
            ) from None
    return layout


def _left_out(how: str, words: list[str]) -> Iterator[Notice]:
    text = one_line("".join(words))
    if text:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        yield Notice(f"Text that the page marks as {how} were left out: “{shown}”.")
