"""Walk over the body of an OpenDocument text and its notes, and gather the text.

White space is collapsed (OpenDocument 1.2 part 1, 6.1.2). Tracked deletions and annotations are left out; fields and
indexes are read as they were last shown; a text box is below the paragraph in which it is anchored. Automatic numbers
and bullets of lists are left out. The tree is at most 256 deep, and each level is one call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.odt.package import DRAW, OFFICE, TABLE, TEXT
from fwanalysis.formats.readers.office.document_text import NOTE_KINDS, DocumentText
from fwanalysis.formats.readers.office.symbol_fonts import holds_symbols, with_symbols

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from lxml.etree import _Element

    from fwanalysis.formats.readers.odt.package import Styles
    from fwanalysis.formats.readers.office.document_text import NoteNumbers

_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_P, _H, _LIST, _TABLE = f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table"
_ROW = f"{TABLE}table-row"
_BLOCK_HOLDERS = frozenset(
    f"{TEXT}{name}"
    for name in (
        *("list-item", "list-header", "section", "numbered-paragraph", "index-body", "index-title"),
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"),
        "bibliography",
    )
)
_ROW_HOLDERS = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_ITEM = f"{TEXT}list-item"
_COVERED = f"{TABLE}covered-table-cell"
_CELLS = frozenset({f"{TABLE}table-cell", _COVERED})
_SHAPES = frozenset(
    f"{DRAW}{name}"
    for name in (
        *("text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon"),
        *("path", "caption", "connector", "measure"),
    )
)
_SHAPE_HOLDERS = frozenset(f"{DRAW}{name}" for name in ("frame", "g", "a"))
_NOT_SHOWN = frozenset(
    f"{TEXT}{name}" for name in ("ruby-text", "script", "note-citation", "hidden-text", "hidden-paragraph")
)
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000_000


@dataclass(slots=True)
class Shared:
    """What the walks over a document's body and notes share.

    Attributes:
        seen: How often content was met that needs a warning.
        notes: The notes by id, in the order of their references.
        spaces: How many spaces were written as a number so far.
    """

    filename: str
    styles: Styles
    nesting: int
    numbers: NoteNumbers
    seen: Counter[str]
    notes: dict[str, _Element]
    spaces: int = 0


class Walk:
    """Gather the text of the body or of one note."""

    def __init__(self, shared: Shared) -> None:
        self.document = DocumentText()
        self._shared = shared
        self._tables = 0
        self._lists: list[str] = []
        self._boxes: list[_Element] = []
        self._begun = False
        self._space_pending = False

    def blocks(self, parent: _Element) -> None:
        """Gather paragraphs, lists and tables in their order."""
        for child in parent:
            tag = child.tag
            if tag in (_P, _H):
                self._paragraph(child)
            elif tag == _LIST:
                self._lists.append(child.get(f"{TEXT}style-name") or (self._lists[-1] if self._lists else ""))
                self.blocks(child)
                self._lists.pop()
            elif tag == _TABLE:
                self._table(child)
            elif tag in _BLOCK_HOLDERS:
                self._shared.seen["hidden"] += child.get(f"{TEXT}display") == "none"
                self.blocks(child)
            elif tag in _SHAPES or tag in _SHAPE_HOLDERS:
                for box in self._in_drawing(child):
                    self.blocks(box)
            elif tag == f"{TEXT}tracked-changes":
                self._count_changes(child)

    def _count_changes(self, changes: _Element) -> None:
        for name, kind in (("insertion", "insertions"), ("deletion", "deletions")):
            self._shared.seen[kind] += sum(1 for _ in changes.iterfind(f"{TEXT}changed-region/{TEXT}{name}"))

    def _table(self, table: _Element) -> None:
        self._tables += 1
        if self._tables > self._shared.nesting:
            raise UnreadableFile(
                f"{self._shared.filename} has tables nested over {self._shared.nesting} deep; remove the inner ones."
            )
        self._rows(table)
        self._tables -= 1

    def _rows(self, table: _Element) -> None:
        for row in table:
            if row.tag == _ROW:
                self._cells(row)
                self.document.end_row()
            elif row.tag in _ROW_HOLDERS:
                self._rows(row)

    def _cells(self, row: _Element) -> None:
        """Gather the cells of a row, a tab between them; one that spans columns is one cell, as in .docx and .html."""
        begun, spanned = False, 0
        for cell in row:
            if cell.tag == _COVERED and spanned:
                spanned -= 1
            elif cell.tag in _CELLS:
                self.document.begin_cell(first=not begun)
                self.blocks(cell)
                begun, spanned = True, _count(cell.get(f"{TABLE}number-columns-spanned", "1")) - 1

    def _paragraph(self, paragraph: _Element) -> None:
        styles = self._shared.styles
        style = paragraph.get(f"{TEXT}style-name", "")
        if self._lists and _begins_item(paragraph):
            self._shared.seen["numbers"] += styles.is_numbered(self._lists[-1], len(self._lists))
        outer, self._boxes = self._boxes, []
        self._begun = self._space_pending = False
        self.document.begin_paragraph()
        self._inline(paragraph, bold=bool(styles.is_bold("paragraph", style)))
        self.document.end_paragraph(heading=paragraph.tag == _H or styles.is_heading(style))
        boxes, self._boxes = self._boxes, outer
        if boxes and self.document.is_blank:
            self.document.stay()
        for box in boxes:
            self.blocks(box)

    def _inline(self, parent: _Element, *, bold: bool) -> None:
        self._words(parent.text, parent, bold=bold)
        for child in parent:
            tag = child.tag
            if tag == f"{TEXT}span":
                style = child.get(f"{TEXT}style-name", "")
                own = self._shared.styles.is_bold("text", style)
                self._shared.seen["hidden"] += self._shared.styles.is_hidden(style)
                self._inline(child, bold=bold if own is None else own)
            elif tag == f"{TEXT}note":
                self._note(child)
            elif tag.startswith((TEXT, _LOEXT)):
                if not self._character(child, bold=bold) and tag not in _NOT_SHOWN:
                    self._inline(child, bold=bold)
            elif tag in _SHAPES or tag in _SHAPE_HOLDERS:
                self._boxes.extend(self._in_drawing(child))
            elif tag == f"{OFFICE}annotation":
                self._shared.seen["comments"] += 1
            self._words(child.tail, parent, bold=bold)

    def _in_drawing(self, drawing: _Element) -> list[_Element]:
        boxes = list(_text_boxes(drawing))
        self._shared.seen["pictures"] += not boxes
        return boxes

    def _character(self, element: _Element, *, bold: bool) -> bool:
        """Add the characters that an element means (spaces, a tab, a line break); return whether it means any."""
        if element.tag == f"{TEXT}s":
            self._put(" " * self._spaces(element.get(f"{TEXT}c", "1")), bold=bold)
        elif element.tag == f"{TEXT}tab":
            self._put("\t", bold=bold)
        elif element.tag == f"{TEXT}line-break":
            self._put("\n", bold=bold)
        else:
            return False
        return True

    def _spaces(self, written: str) -> int:
        count = _count(written)
        self._shared.spaces += count
        if self._shared.spaces > _MOST_SPACES:
            raise UnreadableFile(
                f"{self._shared.filename} has over {_MOST_SPACES:,} spaces between words, which is not read; remove "
                "them."
            )
        return count

    def _note(self, note: _Element) -> None:
        kind = note.get(f"{TEXT}note-class", "")
        body = note.find(f"{TEXT}note-body")
        if kind in NOTE_KINDS and body is not None:
            note_id = str(len(self._shared.notes))
            self._shared.notes[note_id] = body
            self._put(self._shared.numbers.refer(kind, note_id), bold=False)

    def _words(self, words: str | None, within: _Element, *, bold: bool) -> None:
        """Add character data, with white space collapsed, and removed at the ends of the paragraph."""
        if not words:
            return
        if holds_symbols(words):
            words, unknown = with_symbols(words, self._font(within))
            self._shared.seen["symbols"] += unknown
        uncollapsed = "  " in words or "\n" in words or "\t" in words or "\r" in words
        collapsed = _WHITE_SPACE.sub(" ", words) if uncollapsed else words
        stripped = collapsed.strip(" ")
        self._space_pending = self._space_pending or (self._begun and collapsed[0] == " ")
        if stripped:
            self._put(stripped, bold=bold)
            self._space_pending = collapsed[-1] == " "

    def _font(self, element: _Element) -> str:
        """Return the font of words in an element, by the nearest style that has one; else the empty text."""
        at: _Element | None = element
        while at is not None:
            family = "paragraph" if at.tag in (_P, _H) else "text"
            font = self._shared.styles.font(family, at.get(f"{TEXT}style-name", ""))
            if font:
                return font
            at = None if family == "paragraph" else at.getparent()
        return ""

    def _put(self, words: str, *, bold: bool) -> None:
        if self._space_pending:
            self.document.add(" ", bold=bold)
        self.document.add(words, bold=bold)
        self._begun, self._space_pending = True, False


def _begins_item(paragraph: _Element) -> bool:
    before = paragraph.getprevious()
    return paragraph.getparent().tag == _ITEM and (before is None or before.tag == f"{TEXT}number")


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 1


def _text_boxes(drawing: _Element) -> Iterator[_Element]:
    """Yield the shapes in a drawing that may have text, in their order."""
    left = [drawing]
    while left:
        part = left.pop()
        if part.tag in _SHAPES:
            yield part
        elif part.tag in _SHAPE_HOLDERS:
            left.extend(reversed(part))
