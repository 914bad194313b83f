"""The layout of a web page as plain lines, made while lxml parses it. Knows elements, not files.

The text follows ``innerText`` of the HTML standard: white space is collapsed (a no-break space is none), an empty line
stands around paragraphs and headings, none around other blocks, tabs between the cells of a row. Cells that hold
several paragraphs have several lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.formats.readers.office.document_text import note_mark

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_APART = _HEADINGS | {"p", "blockquote", "pre", "listing", "xmp", "table", "hr"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend", "li", "main", "menu", "nav"}
    | {"ol", "section", "summary", "tbody", "tfoot", "thead", "tr", "ul"}
)
_BREAKS = dict.fromkeys(_BLOCKS, 1) | dict.fromkeys(_APART, 2)
_CELLS = frozenset({"td", "th"})
_MOST_ROWS = 65_534
_VOID = frozenset(
    {"area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
_SEEN, _BOLD, _AS_IT_STANDS, _NOTE, _UNSEEN, _MARGIN, _HIDDEN, _DELETED = range(8)
_KINDS = (
    dict.fromkeys(("b", "strong"), _BOLD)
    | dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _AS_IT_STANDS)
    | dict.fromkeys(("audio", "canvas", "datalist", "iframe", "noembed", "noframes", "noscript", "object"), _UNSEEN)
    | dict.fromkeys(("rp", "rt", "script", "select", "style", "svg", "template", "title", "video"), _UNSEEN)
    | {"del": _DELETED}
)
_STYLED_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLED_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_REFERENCE = re.compile(r"#(?:sd(foot|end)note|_(ft|ed)n)(\d{1,5})(?:sym)?")
_NOTE_SIGN = re.compile(r"#(?:sd(foot|end)note|_(ft|ed)n)(?:ref)?(\d{1,5})(?:anc)?")
_NOTE_ID = re.compile(r"sd(?:foot|end)note\d{1,5}|(?:ft|ed)n\d{1,5}")
_KINDS_OF_NOTES = {"foot": "footnote", "ft": "footnote", "end": "endnote", "ed": "endnote"}
"""How LibreOffice and Word write notes in web pages: a link to the note, and in the note one back."""


def _kind(tag: str, attributes: Mapping[str, str]) -> int:
    """How the words of an element are taken."""
    style = attributes.get("style", "")
    if tag == "div" and attributes:
        if _NOTE_ID.fullmatch(attributes.get("id", "")):
            return _NOTE
        if attributes.get("title") in ("header", "footer"):  # as LibreOffice writes them
            return _MARGIN
    if "hidden" in attributes or (style and _STYLED_HIDDEN.search(style)):
        return max(_HIDDEN, _KINDS.get(tag, _SEEN))
    return _KINDS.get(tag, _BOLD if style and _STYLED_BOLD.search(style) else _SEEN)


def _row_span(attributes: Mapping[str, str]) -> int:
    """How many rows a cell spans, at most what the HTML standard allows; all that follow if it says 0."""
    written = attributes.get("rowspan", "1").strip()
    if not written.isdecimal() or len(written) > len(str(_MOST_ROWS)):
        return 1
    return min(int(written), _MOST_ROWS) or _MOST_ROWS


def _mark_of_note(href: str, *, in_note: bool) -> str | None:
    """What stands for a note where a link refers to it, and before its words."""
    found = (_NOTE_SIGN if in_note else _REFERENCE).fullmatch(href) if href.startswith(("#sd", "#_")) else None
    return note_mark(_KINDS_OF_NOTES[found[1] or found[2]], int(found[3])) if found else None


def _collapsed(words: str) -> str:
    """The words with each run of what HTML calls white space as one blank; five times as fast as a pattern."""
    for space in "\n\t\r\f":
        words = words.replace(space, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


class Layout:
    """A target for lxml's parser: the parts of the text, the starts of heading lines, the ends of the bold beginnings
    of lines by where they begin, where notes begin below all words, and the words of the title, of deletions, of hidden
    elements and of running heads and feet."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.headings: set[int] = set()
        self.bold: dict[int, int] = {}
        self.title: list[str] = []
        self.deleted: list[str] = []
        self.hidden: list[str] = []
        self.rows: list[tuple[int, ...]] = []
        self.margins: list[str] = []
        self.notes: int | None = None
        self._open: list[tuple[str, int]] = []
        self._within = [0] * 8
        self._heading = 0
        self._cells: list[list[int]] = []
        self._has_cell: list[bool] = []
        self._row_spans: list[dict[int, int]] = []
        self._length = 0
        self._breaks = self._tabs = 0
        self._space = False
        self._cell_is_new = False
        self._bold_start: int | None = None
        self._leading = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._part(tag)
        if tag == "table":
            self._row_spans.append({})
        elif tag == "tr":
            self._cells.append([])
            self._has_cell.append(False)
        elif tag in _CELLS:
            self._cell(_row_span(attributes))
        elif tag == "br" and not self._cell_is_new:
            self._breaks += 1
        if tag not in _VOID:
            kind = _kind(tag, attributes)
            if tag == "a" and (mark := _mark_of_note(attributes.get("href", ""), in_note=self._within[_NOTE] > 0)):
                kind = _UNSEEN
                self._add(mark)
                self._space = self._within[_NOTE] > 0
            self._open.append((tag, kind))
            self._within[kind] += 1
            self._heading += tag in _HEADINGS

    def end(self, tag: str) -> None:
        """An element ends; lxml tells it in order for those that the page leaves open, too."""
        if self._open and self._open[-1][0] == tag:
            self._within[self._open.pop()[1]] -= 1
            self._heading -= tag in _HEADINGS
            self._part(tag)
            if tag == "tr":
                self._spanned_cells()
                self._has_cell.pop()
                self._end_row(self._cells.pop())
                self._tabs, self._cell_is_new = 0, False
            elif tag == "table" and self._row_spans:
                self._row_spans.pop()

    def data(self, words: str) -> None:
        """Characters, of which one run may come in several pieces."""
        within = self._within
        if within[_UNSEEN] or within[_MARGIN] or within[_HIDDEN] or within[_DELETED]:
            self._set_aside(words)
        elif within[_AS_IT_STANDS]:
            self._as_it_stands(words)
        else:
            collapsed = _collapsed(words)
            self._space = self._space or collapsed.startswith(" ")
            stripped = collapsed.strip(" ")
            if stripped:
                self._add(stripped)
                self._space = collapsed.endswith(" ")

    def comment(self, words: str) -> None:
        """A comment, which is no text."""

    def close(self) -> None:
        """The page is over."""

    def _part(self, tag: str) -> None:
        """A block begins or ends, which parts the lines; not before the first words of a cell."""
        breaks = _BREAKS.get(tag)
        if breaks and not self._cell_is_new:
            self._breaks = max(self._breaks, breaks)

    def _cell(self, row_span: int) -> None:
        if not self._cells:
            return
        self._spanned_cells()
        if self._has_cell[-1]:
            self._tabs += 1
            self._breaks = self._breaks if self._cell_is_new else 0
        if row_span > 1 and self._row_spans:
            self._row_spans[-1][len(self._cells[-1])] = row_span - 1
        self._cells[-1].append(self._length)
        self._has_cell[-1] = self._cell_is_new = True

    def _spanned_cells(self) -> None:
        """Add the empty cells that come next in the row because a cell above spans them; the text has none of them."""
        spans = self._row_spans[-1] if self._row_spans else {}
        cells = self._cells[-1]
        while spans.get(len(cells), 0) > 0:
            spans[len(cells)] -= 1
            cells.append(self._length)

    def _end_row(self, cells: list[int]) -> None:
        if cells and not self._cells:
            self.rows.append((*cells, self._length))

    def _set_aside(self, words: str) -> None:
        if self._within[_UNSEEN]:
            if self._within[_UNSEEN] == 1 and self._open[-1][0] == "title":
                self.title.append(words)
        elif self._within[_DELETED]:
            self.deleted.append(words)
        else:
            (self.hidden if self._within[_HIDDEN] else self.margins).append(words)

    def _as_it_stands(self, words: str) -> None:
        """Words whose white space is kept; the newline just after the start of the element is none of them."""
        fresh = self._breaks or not self.parts
        self._add(words.removeprefix("\n") if fresh else words)
        if words.endswith("\n"):
            self._leading, self._bold_start = True, None

    def _add(self, words: str) -> None:
        if not words:
            return
        if not self.parts:
            self._breaks, self._space = 0, False
        if self._breaks:
            there = len(self.parts[-1]) - len(self.parts[-1].rstrip("\n"))
            self._write("\n" * (min(self._breaks, 2) - there))
            self._leading, self._bold_start = True, None
        if self._tabs:
            self._write("\t" * self._tabs)
        elif self._space and not self._breaks:
            self._write(" ")
        self._mark_line(len(words.rstrip()))
        if self._within[_NOTE] and self.notes is None:
            self.notes = self._length
        elif not self._within[_NOTE]:
            self.notes = None
        self._write(words)
        self._breaks = self._tabs = 0
        self._space = self._cell_is_new = False

    def _mark_line(self, length: int) -> None:
        """Note what the words to be written begin: a heading line, or a line's bold beginning, which they may
        prolong."""
        if not self._leading:
            return
        if self._heading:
            self.headings.add(self._length)
            self._leading = False
        elif self._within[_BOLD]:
            self._bold_start = self._length if self._bold_start is None else self._bold_start
            self.bold[self._bold_start] = self._length + length
        else:
            self._leading = False

    def _write(self, words: str) -> None:
        if words:
            self.parts.append(words)
            self._length += len(words)
