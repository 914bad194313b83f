"""Parse Markdown like plain text, with its headings known and its front matter as metadata and attributes.

The syntax of Markdown stays in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.front_matter import front_matter, moved_up
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a Markdown file; UnreadableFile if it is not text."""
    decoded = plain_text(filename, data, options)
    front = front_matter(decoded.text)
    text = decoded.text[front.length :]
    headings = frozenset(heading.start() for heading in _HEADING.finditer(text))
    return parse_source(
        filename,
        text,
        find_turns(text, headings=headings, speaker_format=options.speaker_format, speakers=options.speakers),
        input_format="md",
        encoding=decoded.encoding,
        metadata=front.metadata,
        case=front.case,
        attributes=front.attributes,
        warnings=(*moved_up(decoded.warnings, front.length), *front.warnings),
        lines_above=decoded.text.count("\n", 0, front.length),
    )
