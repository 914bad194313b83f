"""Walk over the body of a Word document and its notes, and gather the text.

The text is the final one: tracked insertions are read and deletions are not, moved text is where it was moved to, and
fields have their results, not their codes. A text box is read once, below the paragraph in which it is anchored.
Automatic numbers and bullets of lists are left out. The tree is at most 256 deep, and each level is one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.docx.package import STRICT, TRANSITIONAL, first, in_outline, is_on, value
from fwanalysis.formats.readers.office.document_text import DocumentText, NoteNumbers
from fwanalysis.formats.readers.office.symbol_fonts import holds_symbols, symbol, with_symbols

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from lxml.etree import _Element

    from fwanalysis.formats.readers.docx.package import Styles

_HOLDERS = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent", "ruby"}
    | {"rubyBase"}
)
"""Elements whose content is read; elements not named here or below (properties, bookmarks) are left out."""
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_COUNTED = {
    "ins": "insertions",
    "del": "deletions",
    "moveTo": "moves",
    "commentReference": "comments",
    "altChunk": "embedded",
}
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_OTHERS = frozenset({"p", "r", "t", "tbl", "tr", "tc", "sym", "fldChar"})
_ALTERNATIVES = "alternatives"
_FORMULA = "formula"
_BOX = (f"{TRANSITIONAL}txbxContent", f"{STRICT}txbxContent")

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_KNOWN = {
    namespace + name: name
    for namespace in (TRANSITIONAL, STRICT)
    for name in (*_HOLDERS, *_CHARACTERS, *_NOTES, *_COUNTED, *_DRAWINGS, *_OTHERS)
} | {f"{_MC}AlternateContent": _ALTERNATIVES, **{f"{maths}oMath": _FORMULA for maths in _MATHS}}
"""Known elements by full name; all others are left out."""


class Walk:
    """Gather the text of the body or of one note; *seen* counts what warnings are needed for, over several walks."""

    def __init__(self, filename: str, styles: Styles, numbers: NoteNumbers, seen: Counter[str], nesting: int) -> None:
        self.document = DocumentText()
        self._filename = filename
        self._styles = styles
        self._numbers = numbers
        self._seen = seen
        self._nesting = nesting
        self._tables = 0
        self._fields: list[bool] = []
        self._codes = 0
        self._boxes: list[_Element] = []

    def blocks(self, parent: _Element) -> None:
        """Gather paragraphs and tables in their order."""
        for child in parent:
            name = _KNOWN.get(child.tag)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in _HOLDERS:
                self.blocks(child)
            elif name == _ALTERNATIVES:
                self.blocks(_alternative(child))
            elif name in _COUNTED:
                self._seen[_COUNTED[name]] += 1

    def _table(self, table: _Element) -> None:
        self._tables += 1
        if self._tables > self._nesting:
            raise UnreadableFile(
                f"{self._filename} has tables nested over {self._nesting} deep; remove the inner ones."
            )
        self._rows(table)
        self._tables -= 1

    def _rows(self, table: _Element) -> None:
        for row in table:
            name = _KNOWN.get(row.tag)
            if name == "tr":
                if first(first(row, "trPr"), "del") is None:
                    self._cells(row, begun=False)
                    self.document.end_row()
                else:
                    self._seen["deletions"] += 1
            elif name in _HOLDERS:
                self._rows(row)

    def _cells(self, row: _Element, *, begun: bool) -> bool:
        """Gather the cells of a row, with a tab between them; return whether there was any."""
        for cell in row:
            name = _KNOWN.get(cell.tag)
            if name == "tc":
                if first(first(cell, "tcPr"), "cellDel") is None:
                    self.document.begin_cell(first=not begun)
                    self.blocks(cell)
                    begun = True
                else:
                    self._seen["deletions"] += 1
            elif name in _HOLDERS:
                begun = self._cells(cell, begun=begun)
        return begun

    def _paragraph(self, paragraph: _Element) -> None:
        properties = first(paragraph, "pPr")
        if properties is None:
            bold = heading = end_deleted = False
        else:
            style = value(first(properties, "pStyle")) or ""
            bold = self._styles.is_bold(style)
            heading = self._styles.is_heading(style) or in_outline(properties)
            end_deleted = _end_deleted(properties)
            self._seen["numbers"] += self._styles.is_numbered(properties, style)
        outer, self._boxes = self._boxes, []
        self.document.begin_paragraph()
        self._inline(paragraph, bold=bold)
        self.document.end_paragraph(heading=heading)
        self._fields, self._codes = [], 0
        boxes, self._boxes = self._boxes, outer
        if self.document.is_blank if boxes else end_deleted:
            self.document.stay()
        for box in boxes:
            self.blocks(box)

    def _inline(self, parent: _Element, *, bold: bool) -> None:
        for child in parent:
            name = _KNOWN.get(child.tag)
            if name == "r":
                self._inline(child, bold=self._is_bold(child, bold))
            elif name == "t":
                self._add(self._shown(child), bold=bold)
            elif name in _HOLDERS:
                if name in _COUNTED:
                    self._seen[_COUNTED[name]] += 1
                self._inline(child, bold=bold)
            elif name == _ALTERNATIVES:
                self._inline(_alternative(child), bold=bold)
            elif name is not None:
                self._other(name, child, bold=bold)

    def _other(self, name: str, element: _Element, *, bold: bool) -> None:
        """Gather an element in a line that has no text of that line inside it."""
        if name in _CHARACTERS:
            self._add(_CHARACTERS[name], bold=bold)
        elif name in _NOTES and not self._codes:
            self._add(self._numbers.refer(_NOTES[name], value(element, "id") or ""), bold=False)
        elif name == "sym":
            words, known = symbol(value(element, "font") or "", value(element, "char") or "")
            self._seen["symbols"] += not known
            self._add(words, bold=bold)
        elif name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name in _DRAWINGS:
            boxes = list(_text_boxes(element))
            self._boxes.extend(boxes)
            self._seen["pictures"] += not boxes
        elif name == _FORMULA:
            self._add("".join(words for maths in _MATHS for words in _texts(element, f"{maths}t")), bold=False)
        elif name in _COUNTED:
            self._seen[_COUNTED[name]] += 1

    def _shown(self, element: _Element) -> str:
        words = (element.text or "").replace("\r\n", "\n").replace("\r", "\n")
        if not holds_symbols(words):
            return words
        fonts = first(first(element.getparent(), "rPr"), "rFonts")
        words, unknown = with_symbols(words, value(fonts, "ascii") or "")
        self._seen["symbols"] += unknown
        return words

    def _add(self, words: str, *, bold: bool) -> None:
        if not self._codes:
            self.document.add(words, bold=bold)

    def _field(self, kind: str | None) -> None:
        """Note where a field begins, divides or ends: its code is between the first two.

        A field without an end is dropped at the end of its paragraph, so that it hides nothing below.
        """
        if kind == "begin":
            self._fields.append(True)
            self._codes += 1
        elif self._fields and kind == "separate":
            self._codes -= self._fields[-1]
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._codes -= self._fields.pop()

    def _is_bold(self, run: _Element, otherwise: bool) -> bool:
        properties = first(run, "rPr")
        if properties is None:
            return otherwise
        if is_on(first(properties, "vanish")):
            self._seen["hidden"] += 1
        own = is_on(first(properties, "b"))
        if own is not None:
            return own
        return otherwise or self._styles.is_bold(value(first(properties, "rStyle")) or "")


def _texts(element: _Element, tag: str) -> Iterator[str]:
    return (found.text or "" for found in element.iter(tag))


def _alternative(element: _Element) -> _Element:
    """Return the first of several alternatives, which Word prefers; the fallback may be a note that it is missing."""
    alternatives = element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback")
    found: _Element = next(alternatives, element)
    return found


def _text_boxes(drawing: _Element) -> Iterator[_Element]:
    """Yield the contents of the text boxes in a drawing, in their order."""
    left = [drawing]
    while left:
        part = left.pop()
        if part.tag in _BOX:
            yield part
        elif _KNOWN.get(part.tag) == _ALTERNATIVES:
            chosen = _alternative(part)
            left.extend([chosen] if chosen is not part else [])
        else:
            left.extend(reversed(part))


def _end_deleted(properties: _Element) -> bool:
    """Return whether the end of the paragraph is a tracked deletion, so that the next one continues its line."""
    end = first(properties, "rPr")
    return first(end, "del") is not None or first(end, "moveFrom") is not None
