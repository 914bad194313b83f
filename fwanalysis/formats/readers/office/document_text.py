"""The text of a word processor's document, built up paragraph by paragraph, and the source parsed from it.

One line is one paragraph. Bold beginnings of lines and headings are recorded as ``find_turns`` needs them. Notes come
below the text, one paragraph each, and are excluded text. Knows no file format.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.decoding.sniffing import refuse_long
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.tables.embedded_table import table_source
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.options import ReadOptions

NOTE_KINDS = ("footnote", "endnote")


class DocumentText:
    """The text of a document while it is read.

    Attributes:
        bold: By the offset of the first character of each line that begins bold, the end of the bold text there, which
            is the end of its last word: spaces are neither bold nor plain.
        headings: Offsets of the first characters of lines that are headings.
        rows: For each row of a table, the offsets at which its cells begin and at which the last one ends; tables
            inside cells are left out.

    Notes:
        All offsets are code points of ``text``.
    """

    def __init__(self) -> None:
        self.headings: set[int] = set()
        self.bold: dict[int, int] = {}
        self.rows: list[tuple[int, ...]] = []
        self._open_rows: list[list[int]] = []
        self._parts: list[str] = []
        self._length = 0
        self._line_start = 0
        self._line_begun = False
        self._label: int | None = None
        self._between = ""
        self._cell_is_empty = False
        self._begins_line = True
        self._first: int | None = None

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    @property
    def is_blank(self) -> bool:
        """Return whether the last paragraph has no words so far."""
        return self._first is None

    def begin_paragraph(self) -> None:
        """Begin a paragraph on a new line, or on the same line after ``stay`` or ``begin_cell``."""
        self.add(self._between)
        self._cell_is_empty = False
        self._begins_line = self._length == self._line_start
        self._first = None

    def end_paragraph(self, *, heading: bool = False) -> None:
        """End the paragraph; *heading* says that it is one."""
        if heading and self._begins_line and self._first is not None:
            self.headings.add(self._first)
        self._between = "\n"

    def begin_cell(self, *, first: bool) -> None:
        """Begin the first or the next cell of a row; without a first, the line so far is the first cell."""
        if not first and not self._open_rows:
            self._open_rows.append([self._line_start])
        if first:
            self._open_rows.append([])
        else:
            self._keep_empty_cell()
            self._between = "\t"
        self._cell_is_empty = True
        self._open_rows[-1].append(self._length)

    def end_row(self) -> None:
        """End the row of a table."""
        self._keep_empty_cell()
        self._between = "\n"
        cells = self._open_rows.pop() if self._open_rows else []
        if cells and not self._open_rows:
            self.rows.append((*cells, self._length))

    def _keep_empty_cell(self) -> None:
        """Add the tab of a cell without a paragraph."""
        if self._cell_is_empty:
            self.add(self._between)
        self._cell_is_empty = False

    def stay(self) -> None:
        """Continue the line with what follows."""
        self._between = ""

    def add(self, words: str, *, bold: bool = False) -> None:
        """Add text unchanged."""
        if "\n" not in words:
            self._add_to_line(words, bold=bold)
            return
        first, *others = words.split("\n")
        self._add_to_line(first, bold=bold)
        for line in others:
            self._parts.append("\n")
            self._length += 1
            self._line_start, self._line_begun, self._label = self._length, False, None
            self._add_to_line(line, bold=bold)

    def _add_to_line(self, words: str, *, bold: bool) -> None:
        if not words:
            return
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        if words[0].isspace():
            if words.isspace():
                return
            start += len(words) - len(words.lstrip())
        if self._first is None:
            self._first = start
        if not self._line_begun:
            self._line_begun = True
            self._label = start if bold else None
        elif not bold:
            self._label = None
        if self._label is not None:
            self.bold[self._label] = start + len(words.strip())


class NoteNumbers:
    """The notes that a text refers to, numbered by kind in the order in which it does, as word processors number
    them."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {kind: [] for kind in NOTE_KINDS}
        self._numbers: dict[tuple[str, str], int] = {}

    def refer(self, kind: str, note_id: str) -> str:
        """Return the reference that is put where the text refers to a note: ``[footnote 1]``."""
        number = self._numbers.get((kind, note_id))
        if number is None:
            self._ids[kind].append(note_id)
            number = self._numbers[kind, note_id] = len(self._ids[kind])
        return note_reference(kind, number)

    def known(self) -> Iterator[tuple[str, str, int]]:
        """Yield kind, id and number of each note, footnotes first, including those first referred to by a note."""
        for kind, ids in self._ids.items():
            for number, note_id in enumerate(ids, start=1):
                yield kind, note_id, number


def note_reference(kind: str, number: int) -> str:
    """Return the reference to a note, which also begins the note: ``[footnote 1]``."""
    return f"[{kind} {number}]"


def note_line(kind: str, number: int, words: str) -> str:
    """Return a note as one paragraph that begins with its reference."""
    return f"{note_reference(kind, number)} {' '.join(words.split(chr(10))).strip()}".rstrip()


def document_source(
    filename: str,
    document: DocumentText,
    *,
    input_format: str,
    options: ReadOptions,
    notes: Sequence[str] = (),
    warnings: Iterable[Notice] = (),
) -> ParsedSource:
    """Parse a document: turns are found above the notes only, which are excluded text if there are any turns."""
    text = document.text
    refuse_long(filename, text)
    known = tuple(warnings)
    table = table_source(
        filename, text, document.rows, input_format=input_format, options=options, notes=notes, warnings=known
    )
    if table:
        return table
    found = find_turns(
        text,
        headings=document.headings,
        bold=document.bold,
        speaker_format=options.speaker_format,
        speakers=options.speakers,
    )
    if notes:
        starts = [len(text) + 1]
        for note in notes:
            starts.append(starts[-1] + len(note) + 1)
        text = "\n".join((text, *notes))
        excluded = (
            ParsedTurn(None, start, start, start + len(note), kind=TurnKind.EXCLUDED)
            for start, note in zip(starts, notes, strict=False)
        )
        found = replace(found, turns=(*found.turns, *excluded)) if found.turns else found
    return parse_source(filename, text, found, input_format=input_format, warnings=known)


# Warnings

_TRACKED = {
    "insertions": ("insertion", "insertions", "read"),
    "deletions": ("deletion", "deletions", "left out"),
    "moves": ("moved passage", "moved passages", "read where it went to"),
}
_SENTENCES = {
    "pictures": ("picture was", "pictures were", "not read"),
    "comments": ("comment was", "comments were", "left out of the text"),
    "numbers": ("paragraph has", "paragraphs have", "automatic list numbers, which are not part of the text"),
    "hidden": ("passage of hidden text was", "passages of hidden text were", "included in the text"),
    "symbols": ("symbol", "symbols", "of special fonts could not be identified and may show as boxes"),
    "embedded": (
        "embedded file was",
        "embedded files were",
        "not read; open the document in Word and save it again to include it",
    ),
    "missing": ("note is", "notes are", "referred to but not in the file"),
}


def content_warnings(seen: Mapping[str, int]) -> list[Notice]:
    """Return warnings about content that was left out, or included though it is usually not.

    Args:
        seen: How often each kind was seen (``insertions``, ``comments``, ...).
    """
    changes = ", ".join(_said(seen, _TRACKED))
    tracked = [f"Tracked changes: {changes}; accept or reject them in the document if this is not intended"]
    return [Notice(f"{sentence}.") for sentence in (*(tracked if changes else ()), *_said(seen, _SENTENCES))]


def _said(seen: Mapping[str, int], sentences: Mapping[str, tuple[str, str, str]]) -> Iterator[str]:
    for name, (one, several, what) in sentences.items():
        count = seen.get(name, 0)
        if count:
            yield f"{count:,} {one if count == 1 else several} {what}"
