"""Word documents: the words as a reader of the final text sees them, one line a paragraph or table row.

Cells of a row stand with a tab between them, notes below the text. The package is read with zipfile and lxml, not with
python-docx, which knows no Strict form, notes or text boxes, and which reads every part of the package to open it.
Headers, footers, comments and pictures are not read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.docx.package import read_parts
from fwanalysis.formats.readers.docx.walk import Walk
from fwanalysis.formats.readers.office.document_text import NoteNumbers, document_source, note_line, passed_over

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of a Word document, in Strict form or not; UnreadableFile where it is none, damaged, protected, too
    large or hostile."""
    parts = read_parts(filename, data, options.limits)
    numbers = NoteNumbers()
    seen: Counter[str] = Counter()

    def walk() -> Walk:
        return Walk(filename, parts.styles, numbers, seen, options.limits.nesting)

    body = walk()
    body.blocks(parts.body)
    notes = []
    for kind, note_id, number in numbers.known():
        note = parts.note(kind, note_id)
        if note is None:
            seen["missing"] += 1
            continue
        words = walk()
        words.blocks(note)
        notes.append(note_line(kind, number, words.document.text))
    return document_source(
        filename, body.document, input_format="docx", options=options, notes=notes, warnings=passed_over(seen)
    )
