"""The walk over the body of an OpenDocument text and its notes: what of it is words, and what was passed over.

White space is collapsed as OpenDocument 1.2 part 1, 6.1.2 says; tracked deletions and annotations are out, fields and
indexes are in as they were last shown; text boxes come below the paragraph that they are anchored in. Numbers and
bullets of lists are the word processor's, not words. The tree is at most 256 deep, and a level of it is one call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.odt.package import DRAW, OFFICE, TABLE, TEXT
from fwanalysis.formats.readers.office.document_text import NOTE_KINDS, DocumentText
from fwanalysis.formats.readers.office.symbol_fonts import as_shown, holds_symbols

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
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000_000


@dataclass(slots=True)
class Shared:
    """What the walks over a document's body and notes share: the notes by id as they are met, what was seen of things
    that a person should know of, how many spaces were written as a number."""

    filename: str
    styles: Styles
    nesting: int
    numbers: NoteNumbers
    seen: Counter[str]
    notes: dict[str, _Element]
    spaces: int = 0


class Walk:
    """Gathers the words of one body or note."""

    def __init__(self, shared: Shared) -> None:
        self.document = DocumentText()
        self._shared = shared
        self._tables = 0
        self._lists: list[str] = []
        self._boxes: list[_Element] = []
        self._begun = False
        self._blank = False

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
        """Gather the cells of a row, a tab between them; one that spans columns is one cell, as in other formats."""
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
        waiting, self._boxes = self._boxes, []
        self._begun = self._blank = False
        self.document.begin_paragraph()
        self._inline(paragraph, bold=bool(styles.is_bold("paragraph", style)))
        self.document.end_paragraph(heading=paragraph.tag == _H or styles.is_heading(style))
        boxes, self._boxes = self._boxes, waiting
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
                told = self._shared.styles.is_bold("text", style)
                self._shared.seen["hidden"] += self._shared.styles.is_hidden(style)
                self._inline(child, bold=bold if told is None else told)
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
        """Take in what an element stands for if it stands for characters; whether it does."""
        if element.tag == f"{TEXT}s":
            self._put(" " * self._spaces(element.get(f"{TEXT}c", "1")), bold=bold)
        elif element.tag == f"{TEXT}tab":
            self._put("\t", bold=bold)
        elif element.tag == f"{TEXT}line-break":
            self._put("\n", bold=bold)
        else:
            return False
        return True

    def _spaces(self, said: str) -> int:
        count = _count(said)
        self._shared.spaces += count
        if self._shared.spaces > _MOST_SPACES:
            raise UnreadableFile(
                f"{self._shared.filename} holds over {_MOST_SPACES:,} spaces between words, so it is not read; take "
                "them out."
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
        """Take in character data, its white space collapsed and none at the ends of the paragraph."""
        if not words:
            return
        if holds_symbols(words):
            words, unknown = as_shown(words, self._font(within))
            self._shared.seen["symbols"] += unknown
        uncollapsed = "  " in words or "\n" in words or "\t" in words or "\r" in words
        collapsed = _BLANKS.sub(" ", words) if uncollapsed else words
        stripped = collapsed.strip(" ")
        self._blank = self._blank or (self._begun and collapsed[0] == " ")
        if stripped:
            self._put(stripped, bold=bold)
            self._blank = collapsed[-1] == " "

    def _font(self, element: _Element) -> str:
        """The font that words in an element are in, by the nearest style that tells one."""
        at: _Element | None = element
        while at is not None:
            family = "paragraph" if at.tag in (_P, _H) else "text"
            font = self._shared.styles.font(family, at.get(f"{TEXT}style-name", ""))
            if font:
                return font
            at = None if family == "paragraph" else at.getparent()
        return ""

    def _put(self, words: str, *, bold: bool) -> None:
        if self._blank:
            self.document.add(" ", bold=bold)
        self.document.add(words, bold=bold)
        self._begun, self._blank = True, False


def _begins_item(paragraph: _Element) -> bool:
    before = paragraph.getprevious()
    return paragraph.getparent().tag == _ITEM and (before is None or before.tag == f"{TEXT}number")


def _count(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _text_boxes(drawing: _Element) -> Iterator[_Element]:
    """The shapes with text in a drawing, in their order."""
    waiting = [drawing]
    while waiting:
        part = waiting.pop()
        if part.tag in _SHAPES:
            yield part
        elif part.tag in _SHAPE_HOLDERS:
            waiting.extend(reversed(part))
