"""Rich text (.rtf): the final text as Word shows it, one line for each paragraph or table row.

Tracked deletions, pictures, comments, headers and footers are left out; notes come below the text. ``walk`` decides
what is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.charset import required_codec
from fwanalysis.formats.decoding.sniffing import signature
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.office.document_text import content_warnings, document_source
from fwanalysis.formats.readers.rtf.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fwanalysis.domain.importing import ParsedSource

_START = b"{\\rtf"


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Read rich text.

    Raises:
        UnreadableFile: If the file is not rich text, or is damaged or too large.
        InvalidInput: If no encoding has the name in *options*.
    """
    if not data.lstrip().startswith(_START):
        found = signature(data) or "another kind of file"
        raise UnreadableFile(f"{filename} is not rich text but {found}; rename it with the proper file extension.")
    walk = Walk(filename, required_codec(options.encoding) if options.encoding else None)
    walk.read(data.decode("latin-1"))
    return document_source(
        filename, walk.body.document, input_format="rtf", options=options, notes=walk.notes, warnings=_warnings(walk)
    )


def _warnings(walk: Walk) -> Iterator[Notice]:
    if not walk.ended:
        yield Notice("The file is incomplete: text at its end may be missing.")
    if walk.odd:
        count = "1 character is" if walk.odd == 1 else f"{walk.odd:,} characters are"
        yield Notice(f"{count} not in the encoding that the file declares, {walk.codec}; check the text.")
    yield from content_warnings(walk.seen)
