"""Plain text: decoded, its newlines unified, its front matter taken as metadata and attributes, its turns found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.formats.document_tables import rows_of_tabs, table_source
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
    doubts = (*moved_up(decoded.doubts, front.length), *front.doubts)
    lines_above = decoded.text.count("\n", 0, front.length)
    rows = rows_of_tabs(text)
    table = table_source(filename, text, rows, reader="txt", options=options, doubts=doubts, lines_above=lines_above)
    if table:
        return replace(
            table,
            encoding=decoded.encoding,
            metadata=dict(front.metadata),
            case=front.case or table.case,
            attributes=dict(front.attributes),
        )
    return draft_source(
        filename,
        text,
        find_turns(text, style=options.style),
        reader="txt",
        encoding=decoded.encoding,
        metadata=front.metadata,
        case=front.case,
        attributes=front.attributes,
        doubts=doubts,
        lines_above=lines_above,
    )
