"""Markdown: as plain text, with its headings set aside and its front matter taken as metadata.

Nothing of the marks of Markdown is taken out of the text.
"""

from __future__ import annotations

import re

from fwanalysis.domain.importing import Doubt, SourceDraft
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.encodings import decode
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.sniffing import refuse_binary, refuse_controls
from fwanalysis.formats.speakers import find_turns

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a Markdown file; UnreadableFile where it is not text."""
    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    text, metadata, doubts = decoded.text, dict[str, str](), list(decoded.doubts)
    front = _FRONT_MATTER.match(text)
    if front:
        facts = _facts(front["yaml"] or "")
        if facts is None:
            doubts.append(Doubt("The front matter at the top is not valid YAML and was kept as text.", 0))
        else:
            text, metadata = text[front.end() :], facts
            doubts = [
                Doubt(doubt.message, None if doubt.start is None else max(0, doubt.start - front.end()))
                for doubt in doubts
            ]
    headings = frozenset(heading.start() for heading in _HEADING.finditer(text))
    found = find_turns(text, headings=headings, style=options.style)
    return draft_source(filename, text, found, reader="md", encoding=decoded.encoding, metadata=metadata, doubts=doubts)


def _facts(front_matter: str) -> dict[str, str] | None:
    """The entries of a YAML mapping as they are written, lists joined by commas, nested mappings left out; None if
    it is none."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    try:
        root = YAML(typ="safe", pure=True).compose(front_matter)
    except (YAMLError, RecursionError):
        return None
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        return None
    facts = {}
    for name, value in root.value:
        if isinstance(value, SequenceNode):
            items = [item.value for item in value.value if isinstance(item, ScalarNode)]
            if items:
                facts[str(name.value)] = ", ".join(items)
        elif isinstance(value, ScalarNode):
            facts[str(name.value)] = str(value.value)
    return facts
