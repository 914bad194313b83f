"""Lay out a web page as plain lines while lxml parses it. Knows elements, not files.

The text follows ``innerText`` of the HTML standard: white space is collapsed (but not no-break spaces), an empty line
is around paragraphs and headings, other blocks begin a new line, and a tab divides the cells of a row. A cell with
several paragraphs has several lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.formats.readers.office.document_text import note_reference

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
_SEEN, _BOLD, _PREFORMATTED, _NOTE, _UNSEEN, _MARGIN, _HIDDEN, _DELETED = range(8)
_KINDS = (
    dict.fromkeys(("b", "strong"), _BOLD)
    | dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _PREFORMATTED)
    | dict.fromkeys(("audio", "canvas", "datalist", "iframe", "noembed", "noframes", "noscript", "object"), _UNSEEN)
    | dict.fromkeys(("rp", "rt", "script", "select", "style", "svg", "template", "title", "video"), _UNSEEN)
    | {"del": _DELETED}
)
_STYLED_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLED_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_REFERENCE = re.compile(r"#(?:sd(foot|end)note|_(ft|ed)n)(\d{1,5})(?:sym)?")
_NOTE_BACKLINK = re.compile(r"#(?:sd(foot|end)note|_(ft|ed)n)(?:ref)?(\d{1,5})(?:anc)?")
_NOTE_ID = re.compile(r"sd(?:foot|end)note\d{1,5}|(?:ft|ed)n\d{1,5}")
_KINDS_OF_NOTES = {"foot": "footnote", "ft": "footnote", "end": "endnote", "ed": "endnote"}
"""How LibreOffice and Word write notes in web pages: a link to the note, and in the note one back."""


def _kind(tag: str, attributes: Mapping[str, str]) -> int:
    """Return how the text of an element is read."""
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
    """Return how many rows a cell spans, at most what the HTML standard allows; all that follow if it says 0."""
    written = attributes.get("rowspan", "1").strip()
    if not written.isdecimal() or len(written) > len(str(_MOST_ROWS)):
        return 1
    return min(int(written), _MOST_ROWS) or _MOST_ROWS


def _reference_of_note(href: str, *, in_note: bool) -> str | None:
    """Return the reference to a note that a link is, in the text or before the note itself; None for other links."""
    found = (_NOTE_BACKLINK if in_note else _REFERENCE).fullmatch(href) if href.startswith(("#sd", "#_")) else None
    return note_reference(_KINDS_OF_NOTES[found[1] or found[2]], int(found[3])) if found else None


def _collapsed(words: str) -> str:
    """Return the words with each run of HTML's white space as one space; five times as fast as a pattern."""
    for space in "\n\t\r\f":
        words = words.replace(space, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


class Layout:
    """A target for lxml's parser that builds the text.

    Attributes:
        parts: The text, in parts.
        headings: Where heading lines begin.
        bold: Where the bold beginnings of lines end, by where they begin.
        rows: For each row of a table, where its cells begin and where the last one ends.
        notes: Where notes begin if no other text is below them, else None.
        title: Words of the title.
        deleted: Words of deletions.
        hidden: Words of hidden elements.
        margins: Words of running heads and footers.

    Notes:
        Offsets are code points of the text.
    """

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
        """Begin an element."""
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
            if tag == "a" and (
                reference := _reference_of_note(attributes.get("href", ""), in_note=self._within[_NOTE] > 0)
            ):
                kind = _UNSEEN
                self._add(reference)
                self._space = self._within[_NOTE] > 0
            self._open.append((tag, kind))
            self._within[kind] += 1
            self._heading += tag in _HEADINGS

    def end(self, tag: str) -> None:
        """End an element; lxml also ends, in order, those that the page leaves open."""
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
        """Add characters; a run of them may come in several pieces."""
        within = self._within
        if within[_UNSEEN] or within[_MARGIN] or within[_HIDDEN] or within[_DELETED]:
            self._left_out(words)
        elif within[_PREFORMATTED]:
            self._preformatted(words)
        else:
            collapsed = _collapsed(words)
            self._space = self._space or collapsed.startswith(" ")
            stripped = collapsed.strip(" ")
            if stripped:
                self._add(stripped)
                self._space = collapsed.endswith(" ")

    def comment(self, words: str) -> None:
        """Ignore a comment."""

    def close(self) -> None:
        """End the page."""

    def _part(self, tag: str) -> None:
        """Divide lines where a block begins or ends, unless it begins a cell."""
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

    def _left_out(self, words: str) -> None:
        if self._within[_UNSEEN]:
            if self._within[_UNSEEN] == 1 and self._open[-1][0] == "title":
                self.title.append(words)
        elif self._within[_DELETED]:
            self.deleted.append(words)
        else:
            (self.hidden if self._within[_HIDDEN] else self.margins).append(words)

    def _preformatted(self, words: str) -> None:
        """Add words with their white space, but for a newline just after the start of the element."""
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
            newlines = len(self.parts[-1]) - len(self.parts[-1].rstrip("\n"))
            self._write("\n" * (min(self._breaks, 2) - newlines))
            self._leading, self._bold_start = True, None
        if self._tabs:
            self._write("\t" * self._tabs)
        elif self._space and not self._breaks:
            self._write(" ")
        self._record_line_start(len(words.rstrip()))
        if self._within[_NOTE] and self.notes is None:
            self.notes = self._length
        elif not self._within[_NOTE]:
            self.notes = None
        self._write(words)
        self._breaks = self._tabs = 0
        self._space = self._cell_is_new = False

    def _record_line_start(self, length: int) -> None:
        """Record that the next words begin a heading line, or begin or continue the bold beginning of a line."""
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
