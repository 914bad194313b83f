"""Rich text (.rtf): the words as a reader of the final text sees them, one line a paragraph or table row.

Tracked deletions, pictures, comments, headers and footers are out; notes stand below the text. What is a word and what
is not is in ``rtf_walk``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.charset import required_codec
from fwanalysis.formats.decoding.sniffing import signature
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.office.document_text import document_source, passed_over
from fwanalysis.formats.readers.rtf.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fwanalysis.domain.importing import ParsedSource

_START = b"{\\rtf"


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of rich text; UnreadableFile where it is none, InvalidInput for an encoding that Python does not
    know."""
    if not data.lstrip().startswith(_START):
        found = signature(data) or "something else"
        raise UnreadableFile(f"{filename} is not rich text but {found}; give it its proper ending.")
    walk = Walk(filename, required_codec(options.encoding) if options.encoding else None)
    walk.read(data.decode("latin-1"))
    return document_source(
        filename, walk.body.document, input_format="rtf", options=options, notes=walk.notes, warnings=_doubts(walk)
    )


def _doubts(walk: Walk) -> Iterator[Notice]:
    if not walk.ended:
        yield Notice("The file stops before its end: words at its end may be missing.")
    if walk.odd:
        said = "1 character is" if walk.odd == 1 else f"{walk.odd:,} characters are"
        yield Notice(f"{said} not in the encoding that the file declares, {walk.codec}; check the text.")
    yield from passed_over(walk.seen)
