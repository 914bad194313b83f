"""Word documents: the words as a reader of the final text sees them, one line a paragraph or table row.

python-docx opens the package; the walk over the body is our own, because ``paragraph.text`` leaves out tracked
insertions and content controls and ``document.paragraphs`` leaves out tables. Tracked deletions, pictures and field
codes are out; footnotes, comments and text boxes are not read yet, and said so.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.archives import check_archive, cut_short, read_member
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.speakers import find_turns

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

    from fwanalysis.domain.importing import SourceDraft
    from fwanalysis.formats.options import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/"

_TRANSPARENT = frozenset(
    f"{_W}{name}"
    for name in (
        *("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"),
        *("sdt", "sdtContent", "ruby", "rubyBase"),
    )
) | {f"{_MC}AlternateContent", f"{_MC}Choice"}
"""Elements that stand for what they hold; what is not named here or below (deletions, drawings, properties) is left
out."""
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_UNREAD = {
    f"{_W}footnoteReference": "footnotes",
    f"{_W}endnoteReference": "endnotes",
    f"{_W}commentReference": "comments",
    f"{_W}txbxContent": "text boxes",
}
_OFF = frozenset({"0", "false", "off", "none"})
_HEADINGS = ("heading", "title", "subtitle")
_OUTLINE_LEVELS = frozenset("012345678")


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a Word document; UnreadableFile where it is none, damaged, protected, in Strict form or too
    large."""
    document = _opened(filename, data, options.limits)
    body = document.element.find(f"{_W}body")
    if body is None:
        raise UnreadableFile(f"{filename} is damaged: the document in it has no body.")
    walk = _Walk(_heading_styles(document))
    walk.blocks(body)
    text = "".join(walk.parts)
    found = find_turns(text, headings=walk.headings, bold=walk.bold, style=options.style)
    return draft_source(filename, text, found, reader="docx", doubts=_unread(body))


def _opened(filename: str, data: bytes, limits: Limits) -> Document:
    """The document, opened by python-docx once the archive has been looked at."""
    from docx import Document as open_document
    from lxml.etree import XMLSyntaxError

    try:
        _check_archive(filename, data, limits)
        return open_document(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise cut_short(filename) from None
    except (KeyError, ValueError, TypeError, AttributeError, NotImplementedError, XMLSyntaxError) as error:
        # python-docx has no error of its own for parts that are missing or hold other elements than they should
        said = " ".join(str(error).split())
        raise UnreadableFile(
            f"{filename} is not a Word document that can be read ({said}); open it in Word and save it again as .docx."
        ) from error


def _check_archive(filename: str, data: bytes, limits: Limits) -> None:
    """Refuse what is no unprotected Word document of reasonable size, or is in Strict form."""
    check_archive(filename, data, what="a Word document", member="word/", limits=limits)
    if _STRICT in (read_member(filename, data, "_rels/.rels", limits) or b""):
        raise UnreadableFile(
            f"{filename} is in the form “Strict Open XML Document”; save it in Word as “Word Document (.docx)”."
        )


def _heading_styles(document: Document) -> frozenset[str]:
    """The ids of the paragraph styles that are headings, by their name (which Word keeps in English) or outline
    level."""
    found = set()
    for style in document.styles.element.iterchildren(f"{_W}style"):
        name = style.find(f"{_W}name")
        properties = style.find(f"{_W}pPr")
        named = name is not None and name.get(f"{_W}val", "").lower().startswith(_HEADINGS)
        if named or _in_outline(properties):
            found.add(style.get(f"{_W}styleId"))
    return frozenset(found)


def _in_outline(properties: _Element | None) -> bool:
    level = None if properties is None else properties.find(f"{_W}outlineLvl")
    return level is not None and level.get(f"{_W}val") in _OUTLINE_LEVELS


def _unread(body: _Element) -> list[Doubt]:
    kinds = [kind for tag, kind in _UNREAD.items() if next(body.iter(tag), None) is not None]
    return [Doubt(f"Not read from this document: {', '.join(kinds)}.")] if kinds else []


class _Walk:
    """The text as it is gathered, with the starts of its heading lines and the ends of the bold beginnings of its
    lines."""

    def __init__(self, heading_styles: frozenset[str]) -> None:
        self.parts: list[str] = []
        self.headings: set[int] = set()
        self.bold: dict[int, int] = {}
        self._heading_styles = heading_styles
        self._length = 0
        self._between = ""
        self._bold_end = 0
        self._leading = False

    def blocks(self, parent: _Element) -> None:
        """Gather paragraphs and tables in their order."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._rows(child)
            elif child.tag in _TRANSPARENT:
                self.blocks(child)

    def _rows(self, table: _Element) -> None:
        for row in table:
            if row.tag in _TRANSPARENT:
                self._rows(row)
            elif row.tag == f"{_W}tr" and row.find(f"{_W}trPr/{_W}del") is None:
                self._cells(row, first=True)
                self._between = "\n"

    def _cells(self, row: _Element, *, first: bool) -> bool:
        """Gather the cells of a row, a tab between them; whether the next would be the first."""
        for cell in row:
            if cell.tag in _TRANSPARENT:
                first = self._cells(cell, first=first)
            elif cell.tag == f"{_W}tc":
                self._between = self._between if first else "\t"
                self.blocks(cell)
                first = False
        return first

    def _paragraph(self, paragraph: _Element) -> None:
        self._add(self._between)
        start, before = self._length, len(self.parts)
        begins_line = not self.parts or self.parts[-1].endswith("\n")
        self._leading, self._bold_end = begins_line, start
        self._inline(paragraph)
        words = "".join(self.parts[before:])
        properties = paragraph.find(f"{_W}pPr")
        if begins_line and words.strip():
            if self._is_heading(properties):
                self.headings.add(start)
            elif self._bold_end > start:
                self.bold[start + len(words) - len(words.lstrip())] = self._bold_end
        self._between = "" if _mark_deleted(properties) else "\n"

    def _inline(self, parent: _Element) -> None:
        for child in parent:
            if child.tag == f"{_W}t":
                self._add((child.text or "").replace("\r", "\n"))
            elif child.tag in _CHARACTERS:
                self._add(_CHARACTERS[child.tag])
            elif child.tag == f"{_W}r":
                self._run(child)
            elif child.tag in _TRANSPARENT:
                self._inline(child)

    def _run(self, run: _Element) -> None:
        before = len(self.parts)
        self._inline(run)
        if self._leading and "".join(self.parts[before:]).strip():
            self._leading = _is_bold(run)
            self._bold_end = self._length if self._leading else self._bold_end

    def _add(self, words: str) -> None:
        if words:
            self.parts.append(words)
            self._length += len(words)

    def _is_heading(self, properties: _Element | None) -> bool:
        style = None if properties is None else properties.find(f"{_W}pStyle")
        return (style is not None and style.get(f"{_W}val") in self._heading_styles) or _in_outline(properties)


def _is_bold(run: _Element) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    if bold is not None:
        return bold.get(f"{_W}val", "1") not in _OFF
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return style is not None and style.get(f"{_W}val") == "Strong"


def _mark_deleted(properties: _Element | None) -> bool:
    """Whether a tracked deletion took the paragraph's end away, so that the next one continues its line."""
    if properties is None:
        return False
    return any(properties.find(f"{_W}rPr/{_W}{name}") is not None for name in ("del", "moveFrom"))
