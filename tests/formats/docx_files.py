"""Small Word documents as strings, for the tests beside it: a body, other parts, the archive they are packed in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.importing import ParsedSource

OPEN_XML = "http://schemas.openxmlformats.org"
NAMES = " ".join(
    f'xmlns:{prefix}="{OPEN_XML}/{rest}"'
    for prefix, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("mc", "markup-compatibility/2006"),
        ("m", "officeDocument/2006/math"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
    )
)
RELATED = f"{OPEN_XML}/officeDocument/2006/relationships"


def p(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table whose cells are given as paragraphs."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def part(name: str, inner: str) -> str:
    """A part whose root is of this name."""
    return f"<w:{name} {NAMES}>{inner}</w:{name}>"


def relationships(*targets: tuple[str, str], external: bool = False) -> str:
    """A part of relationships, given as the last word of their type and their target."""
    mode = ' TargetMode="External"' if external else ""
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{RELATED}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{OPEN_XML}/package/2006/relationships">{inner}</Relationships>'


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document of a body and of other parts by name (``styles``, ``footnotes``), given by what they hold."""
    roots = {name: part(name, inner) for name, inner in parts.items()}
    return packed(
        {
            "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relationships(*((name, f"{name}.xml") for name in roots)),
            **{f"word/{name}.xml": root for name, root in roots.items()},
        }
    )


def read(body: str, **parts: str) -> ParsedSource:
    """What the reader makes of such a document."""
    return read_source("P01.docx", word(body, **parts))


def messages(draft: ParsedSource) -> list[str]:
    """What a person should look at."""
    return [doubt.message for doubt in draft.warnings]
