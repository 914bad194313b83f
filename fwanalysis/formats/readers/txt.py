"""Parse plain text: decode it, read its front matter as metadata and attributes, and find its turns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.front_matter import front_matter, moved_up
from fwanalysis.formats.tables.embedded_table import rows_of_tabs, table_source
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a plain text file; UnreadableFile if it is not text."""
    decoded = plain_text(filename, data, options)
    front = front_matter(decoded.text)
    text = decoded.text[front.length :] if front.length else decoded.text
    warnings = (*moved_up(decoded.warnings, front.length), *front.warnings)
    lines_above = decoded.text.count("\n", 0, front.length)
    rows = rows_of_tabs(text)
    table = table_source(
        filename, text, rows, input_format="txt", options=options, warnings=warnings, lines_above=lines_above
    )
    if table:
        return replace(
            table,
            encoding=decoded.encoding,
            metadata=dict(front.metadata),
            case=front.case or table.case,
            attributes=dict(front.attributes),
        )
    return parse_source(
        filename,
        text,
        find_turns(
            text,
            speaker_format=options.speaker_format,
            speakers=[*_listed(front.metadata.get("speakers", "")), *options.speakers],
        ),
        input_format="txt",
        encoding=decoded.encoding,
        metadata=front.metadata,
        case=front.case,
        attributes=front.attributes,
        warnings=warnings,
        lines_above=lines_above,
    )


def _listed(speakers: str) -> list[str]:
    """Return the names in a list of front matter, which ``front_matter`` joins by commas."""
    return [name for name in speakers.split(", ") if name.strip()]
