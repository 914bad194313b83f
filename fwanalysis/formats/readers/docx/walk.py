"""The walk over the body of a Word document and its notes: what of it is words, and what was passed over.

The words are those that a reader of the final text sees: tracked insertions in, deletions out, moved text where it went
to; the results of fields, not their codes; text boxes below the paragraph that they are anchored in, once. Numbers and
bullets of lists are Word's, not words, and are left out. The tree is at most 256 deep, and a level of it is one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.docx.package import STRICT, TRANSITIONAL, first, in_outline, is_on, value
from fwanalysis.formats.readers.office.document_text import DocumentText, NoteNumbers
from fwanalysis.formats.readers.office.symbol_fonts import as_shown, holds_symbols, symbol

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from lxml.etree import _Element

    from fwanalysis.formats.readers.docx.package import Styles

_HOLDERS = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent", "ruby"}
    | {"rubyBase"}
)
"""Elements that stand for what they hold; what is not named here or below (properties, bookmarks) is left out."""
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
"""What is known of elements, by full name; comments and foreign elements are not."""


class Walk:
    """Gathers the words of one body or note. *seen* counts what a person should know of, over several walks."""

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
        """Gather the cells of a row, a tab between them; whether there was any."""
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
        waiting, self._boxes = self._boxes, []
        self.document.begin_paragraph()
        self._inline(paragraph, bold=bold)
        self.document.end_paragraph(heading=heading)
        self._fields, self._codes = [], 0
        boxes, self._boxes = self._boxes, waiting
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
        """What stands in a line and holds nothing that stands in the line."""
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
        words, unknown = as_shown(words, value(fonts, "ascii") or "")
        self._seen["symbols"] += unknown
        return words

    def _add(self, words: str, *, bold: bool) -> None:
        if not self._codes:
            self.document.add(words, bold=bold)

    def _field(self, kind: str | None) -> None:
        """Between its begin and its separator a field holds its code; a field without end is forgotten with its
        paragraph, so that it hides nothing below."""
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
        told = is_on(first(properties, "b"))
        if told is not None:
            return told
        return otherwise or self._styles.is_bold(value(first(properties, "rStyle")) or "")


def _texts(element: _Element, tag: str) -> Iterator[str]:
    return (found.text or "" for found in element.iter(tag))


def _alternative(element: _Element) -> _Element:
    """The first of the ways of saying a thing, which Word prefers; the fallback may say that it cannot be shown."""
    ways = element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback")
    found: _Element = next(ways, element)
    return found


def _text_boxes(drawing: _Element) -> Iterator[_Element]:
    """The contents of the text boxes in a drawing, in their order."""
    waiting = [drawing]
    while waiting:
        part = waiting.pop()
        if part.tag in _BOX:
            yield part
        elif _KNOWN.get(part.tag) == _ALTERNATIVES:
            way = _alternative(part)
            waiting.extend([way] if way is not part else [])
        else:
            waiting.extend(reversed(part))


def _end_deleted(properties: _Element) -> bool:
    """Whether a tracked deletion took the paragraph's end away, so that the next one continues its line."""
    mark = first(properties, "rPr")
    return first(mark, "del") is not None or first(mark, "moveFrom") is not None
