"""Parse Word documents into the final text as Word shows it, one line for each paragraph or table row.

A tab divides the cells of a row; notes are below the text. The package is read with zipfile and lxml, not with
python-docx, which does not support the Strict form, notes and text boxes, and reads every part of the package.
Headers, footers, comments and pictures are not read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.docx.package import read_parts
from fwanalysis.formats.readers.docx.walk import Walk
from fwanalysis.formats.readers.office.document_text import NoteNumbers, content_warnings, document_source, note_line

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a Word document, Strict or Transitional.

    Raises:
        UnreadableFile: If the file is not a Word document, or is damaged, protected, too large or hostile.
    """
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
        filename, body.document, input_format="docx", options=options, notes=notes, warnings=content_warnings(seen)
    )
