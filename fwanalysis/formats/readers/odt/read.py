"""OpenDocument texts (LibreOffice): the words as a reader of the final text sees them, one line a paragraph or row.

Cells of a row stand with a tab between them, notes below the text. Read with zipfile and lxml, not with odfdo, whose
text has other white space than the page and says nothing of bold beginnings; it also parses what documents declare.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.odt.package import read_parts
from fwanalysis.formats.readers.odt.walk import Shared, Walk
from fwanalysis.formats.readers.office.document_text import NoteNumbers, document_source, note_line, passed_over

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of an OpenDocument text; UnreadableFile where it is none, damaged, protected, too large or hostile."""
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
        filename, body.document, input_format="odt", options=options, notes=notes, warnings=passed_over(shared.seen)
    )
