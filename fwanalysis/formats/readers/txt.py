"""Plain text: decoded, its newlines unified, its front matter taken as metadata and attributes, its turns found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.encodings import decode
from fwanalysis.formats.frontmatter import front_matter, moved_up
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.sniffing import refuse_binary, refuse_controls, refuse_long
from fwanalysis.formats.speakers import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import SourceDraft


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a plain text file; UnreadableFile where it is not text."""
    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    refuse_long(filename, decoded.text)
    front = front_matter(decoded.text)
    text = decoded.text[front.length :] if front.length else decoded.text
    return draft_source(
        filename,
        text,
        find_turns(text, style=options.style),
        reader="txt",
        encoding=decoded.encoding,
        metadata=front.metadata,
        case=front.case,
        attributes=front.attributes,
        doubts=(*moved_up(decoded.doubts, front.length), *front.doubts),
        lines_above=decoded.text.count("\n", 0, front.length),
    )
