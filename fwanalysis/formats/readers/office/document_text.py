"""The text of a word processor's document while it is gathered, and the draft made of it.

One line a paragraph; where a line begins bold and which lines are headings are kept as ``find_turns`` wants them.
Notes stand below the text, one paragraph each, and are nobody's words. Knows no file format.
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
HEADING_STYLES = ("heading", "title", "subtitle")
"""How the names of styles for headings begin, in lower case; Word and LibreOffice keep them in English in the file."""


class DocumentText:
    """A text as it grows. ``bold`` maps the first character of each line that begins bold to the end of what is bold
    there; ``headings`` are the first characters of the lines that are headings. Blanks are neither bold nor not.
    ``rows`` has where the cells of each row of a table begin and where its last one ends, without tables in cells."""

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
        """What was gathered so far."""
        return "".join(self._parts)

    @property
    def is_blank(self) -> bool:
        """Whether the last paragraph has no words so far."""
        return self._first is None

    def begin_paragraph(self) -> None:
        """Go on below what was gathered, or beside it after ``stay`` or ``begin_cell``."""
        self.add(self._between)
        self._cell_is_empty = False
        self._begins_line = self._length == self._line_start
        self._first = None

    def end_paragraph(self, *, heading: bool = False) -> None:
        """Let what follows begin a new line; *heading* says that the paragraph is one."""
        if heading and self._begins_line and self._first is not None:
            self.headings.add(self._first)
        self._between = "\n"

    def begin_cell(self, *, first: bool) -> None:
        """Go on in the first or the next cell of a row; the first of a row that was not told is the line so far."""
        if not first and not self._open_rows:
            self._open_rows.append([self._line_start])
        if first:
            self._open_rows.append([])
        else:
            self._leave_empty_cell()
            self._between = "\t"
        self._cell_is_empty = True
        self._open_rows[-1].append(self._length)

    def end_row(self) -> None:
        """Let what follows begin a new line."""
        self._leave_empty_cell()
        self._between = "\n"
        cells = self._open_rows.pop() if self._open_rows else []
        if cells and not self._open_rows:
            self.rows.append((*cells, self._length))

    def _leave_empty_cell(self) -> None:
        """A cell without a paragraph is a cell all the same."""
        if self._cell_is_empty:
            self.add(self._between)
        self._cell_is_empty = False

    def stay(self) -> None:
        """Let what follows continue the line."""
        self._between = ""

    def add(self, words: str, *, bold: bool = False) -> None:
        """Take in words as they are."""
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
        """The mark of a note where the text refers to it: ``[footnote 1]``."""
        number = self._numbers.get((kind, note_id))
        if number is None:
            self._ids[kind].append(note_id)
            number = self._numbers[kind, note_id] = len(self._ids[kind])
        return note_mark(kind, number)

    def known(self) -> Iterator[tuple[str, str, int]]:
        """Kind, id and number of each note, footnotes first; also of those that a note refers to meanwhile."""
        for kind, ids in self._ids.items():
            for number, note_id in enumerate(ids, start=1):
                yield kind, note_id, number


def note_mark(kind: str, number: int) -> str:
    """What stands for a note where the text refers to it, and before the note."""
    return f"[{kind} {number}]"


def note_line(kind: str, number: int, words: str) -> str:
    """A note as one paragraph that begins with its mark."""
    return f"{note_mark(kind, number)} {' '.join(words.split(chr(10))).strip()}".rstrip()


def document_source(
    filename: str,
    document: DocumentText,
    *,
    input_format: str,
    options: ReadOptions,
    notes: Sequence[str] = (),
    warnings: Iterable[Notice] = (),
) -> ParsedSource:
    """The draft of a document: turns are looked for above the notes only, which are set aside where there are
    turns."""
    text = document.text
    refuse_long(filename, text)
    told = tuple(warnings)
    table = table_source(
        filename, text, document.rows, input_format=input_format, options=options, notes=notes, warnings=told
    )
    if table:
        return table
    found = find_turns(text, headings=document.headings, bold=document.bold, speaker_format=options.speaker_format)
    if notes:
        starts = [len(text) + 1]
        for note in notes:
            starts.append(starts[-1] + len(note) + 1)
        text = "\n".join((text, *notes))
        asides = (
            ParsedTurn(None, start, start, start + len(note), kind=TurnKind.EXCLUDED)
            for start, note in zip(starts, notes, strict=False)
        )
        found = replace(found, turns=(*found.turns, *asides)) if found.turns else found
    return parse_source(filename, text, found, input_format=input_format, warnings=told)


# What a person should know of

_TRACKED = {
    "insertions": ("insertion", "insertions", "read"),
    "deletions": ("deletion", "deletions", "left out"),
    "moves": ("moved passage", "moved passages", "read where it went to"),
}
_SENTENCES = {
    "pictures": ("picture was", "pictures were", "not read"),
    "comments": ("comment was", "comments were", "not read as words"),
    "numbers": ("paragraph has", "paragraphs have", "numbers that the word processor writes; they are not in the text"),
    "hidden": ("stretch of hidden text was", "stretches of hidden text were", "read as words"),
    "symbols": ("symbol", "symbols", "of special fonts could not be told and may show as boxes"),
    "embedded": ("embedded file was", "embedded files were", "not read; open and save the document anew to have it in"),
    "missing": ("note is", "notes are", "referred to but not in the file"),
}


def passed_over(seen: Mapping[str, int]) -> list[Notice]:
    """A sentence about each kind of thing in a document that was passed over or decided, by how often it was seen
    (``insertions``, ``comments``, ...)."""
    changes = ", ".join(_said(seen, _TRACKED))
    tracked = [f"Tracked changes: {changes}; accept or reject them in the document if that is not what is meant"]
    return [Notice(f"{sentence}.") for sentence in (*(tracked if changes else ()), *_said(seen, _SENTENCES))]


def _said(seen: Mapping[str, int], sentences: Mapping[str, tuple[str, str, str]]) -> Iterator[str]:
    for name, (one, several, what) in sentences.items():
        count = seen.get(name, 0)
        if count:
            yield f"{count:,} {one if count == 1 else several} {what}"
