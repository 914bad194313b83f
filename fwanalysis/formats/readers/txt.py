"""Plain text: decoded, its newlines unified, its turns found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.encodings import decode
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.sniffing import refuse_binary, refuse_controls
from fwanalysis.formats.speakers import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import SourceDraft


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a plain text file; UnreadableFile where it is not text."""
    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    return draft_source(
        filename,
        decoded.text,
        find_turns(decoded.text, style=options.style),
        reader="txt",
        encoding=decoded.encoding,
        doubts=decoded.doubts,
    )
