"""Parse OpenDocument texts into the final text as LibreOffice shows it, one line for each paragraph or table row.

A tab divides the cells of a row; notes are below the text. Read with zipfile and lxml, not with odfdo, whose text has
other white space than the page and no bold beginnings of lines; it also expands entities that documents declare.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.odt.package import read_parts
from fwanalysis.formats.readers.odt.walk import Shared, Walk
from fwanalysis.formats.readers.office.document_text import NoteNumbers, content_warnings, document_source, note_line

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse an OpenDocument text.

    Raises:
        UnreadableFile: If the file is not an OpenDocument text, or is damaged, protected, too large or hostile.
    """
    parts = read_parts(filename, data, options.limits)
    shared = Shared(filename, parts.styles, options.limits.nesting, NoteNumbers(), Counter(), {})
    body = Walk(shared)
    body.blocks(parts.body)
    notes = []
    for kind, note_id, number in shared.numbers.known():
        words = Walk(shared)
        words.blocks(shared.notes[note_id])
        notes.append(note_line(kind, number, words.document.text))
    return document_source(
        filename,
        body.document,
        input_format="odt",
        options=options,
        notes=notes,
        warnings=content_warnings(shared.seen),
    )
