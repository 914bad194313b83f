"""Read rows of cells from CSV, TSV and Excel files, every cell as text.

The first sheet of a workbook that has content is read. Rows without content are omitted; the others keep the number
that the user sees. The meaning of the rows is not known here.
"""

from __future__ import annotations

import csv
import html
import re
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.decoding.sniffing import ZIP
from fwanalysis.formats.options import DEFAULTS, ReadOptions

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

MOST_CELLS = 1_000_000
_WIDEST = 16_384  # columns of a spreadsheet
_LARGEST_CELL = 2_000_000
_LONG_LINE, _LONGEST_LINE = 65_536, 4_000_000
_MOST_LINES = 2_000_000
_LOOKED_AT = 50
_DELIMITERS = ",;\t"
_DECLARED_DELIMITER = re.compile(r'"?sep=(?P<delimiter>[^\n"])"?\n', re.IGNORECASE)
_CELL_ENDS = re.compile(r'"[^"]*(?:""[^"]*)*"|[,;\t]')
_UNCLOSED, _TOO_LONG = "unexpected end of data", "field larger"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_limit_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that have content.

    Each has its number from 1: the line it begins in, or its row in a workbook (``unit`` is ``line`` or ``row``).
    ``encoding`` is None for a workbook; warnings name their line. ``continued`` has the row numbers and column indices
    of cells that continue the merged cell above them.
    """

    filename: str
    rows: tuple[tuple[int, list[str]], ...]
    unit: str
    encoding: str | None = None
    warnings: tuple[Notice, ...] = ()
    continued: frozenset[tuple[int, int]] = frozenset()

    def filled_down(self, places: Container[int]) -> Sheet:
        """Repeat the value of merged cells in each row that they cover.

        Args:
            places: The indices of the columns to fill.
        """
        if not any(place in places for _, place in self.continued):
            return self
        above: list[str] = []
        rows: list[tuple[int, list[str]]] = []
        for number, row in self.rows:
            filled = [
                above[at] if at in places and (number, at) in self.continued and at < len(above) else cell
                for at, cell in enumerate(row)
            ]
            rows.append((number, filled))
            above = filled
        return replace(self, rows=tuple(rows))

    def at(self, number: int) -> str:
        """Return the location of a row for messages: ``answers.csv, line 7``."""
        return f"{self.filename}, {self.unit} {number:,}"

    def refuse_ragged(self) -> None:
        """Check that all rows have as many cells as the first.

        Raises:
            UnreadableFile: For the first row that has not.
        """
        width = len(self.rows[0][1]) if self.rows else 0
        for number, row in self.rows:
            if len(row) != width:
                raise UnreadableFile(
                    f"{self.at(number)}: this row has {len(row):,} cells where the header has {width:,}; "
                    "put cells that hold a separator in quotes."
                )


def read_sheet(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> Sheet:
    """Read the rows of a table from the bytes of a file.

    Raises:
        UnreadableFile: If the bytes are not a table, or it is too large.
    """
    if PurePath(filename).suffix.lower() == ".xlsx" or (data.startswith(ZIP) and b"xl/workbook.xml" in data):
        from fwanalysis.formats.tables.xlsx import read_workbook

        book = read_workbook(filename, data, options.limits)
        return Sheet(filename, book.rows, "row", warnings=book.warnings, continued=book.continued)
    decoded = plain_text(filename, data, options, one_source=False)
    rows, warnings = _parsed_text(filename, decoded.text.removeprefix("\ufeff"))
    in_file = (
        Notice(
            f"Line {decoded.text.count(chr(10), 0, warning.start) + 1:,} of the file: {warning.message}"
            if warning.start is not None
            else warning.message
        )
        for warning in decoded.warnings
    )
    return Sheet(filename, tuple(rows), "line", decoded.encoding, (*in_file, *warnings))


def without_entities(sheet: Sheet) -> Sheet:
    """Decode the HTML entities in cells (``&mdash;``, ``&#39;``).

    Only entities that end in a semicolon are decoded, once, so that ``AT&T`` and ``?a=1&copy=2`` do not change. A
    warning says how many cells were changed.
    """
    rows: list[tuple[int, list[str]]] = []
    changed: list[int] = []
    first = ""
    for number, row in sheet.rows:
        if any("&" in cell and ";" in cell for cell in row):
            decoded = [_ENTITY.sub(lambda found: html.unescape(found.group()), cell) for cell in row]
            if decoded != row:
                first = first or next(found.group() for cell in row if (found := _ENTITY.search(cell)))
                changed.append(number)
                row = decoded
        rows.append((number, row))
    if not changed:
        return sheet
    several = f"{len(changed):,} rows" if len(changed) > 1 else "1 row"
    warning = Notice(
        f"HTML entities were decoded in {several} (the first is “{first}” in {sheet.unit} {changed[0]:,})."
    )
    return replace(sheet, rows=tuple(rows), warnings=(*sheet.warnings, warning))


def _parsed_text(filename: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Notice]]:
    """Return the rows of a text, with the separator of the most even table.

    If quotation marks occur within words and every line has equally many cells, they are read as ordinary characters.
    """
    if text.count("\n") > _MOST_LINES:
        raise UnreadableFile(f"{filename} holds over {_MOST_LINES:,} lines; split it, or delete the empty ones.")
    declared = _DECLARED_DELIMITER.match(text)
    with _large_cells():
        delimiter = declared["delimiter"] if declared else _delimiter(filename, text)
        rows: list[tuple[int, list[str]]] = []
        try:
            rows += _counted(filename, _records(filename, text, delimiter))
        except csv.Error as error:
            cut = _UNCLOSED in str(error) or _TOO_LONG in str(error)
            literal = None if cut else _literal(filename, text, delimiter)
            if literal is None:
                raise _broken(filename, text, delimiter, str(error)) from None
            return literal, [Notice("Quotation marks inside cells of this table were read as text.")]
    return (rows[1:] if declared else rows), []


def _broken(filename: str, text: str, delimiter: str, said: str) -> UnreadableFile:
    """Return the error for a table that csv cannot read, with its line."""
    line = _first_of_broken(filename, text, delimiter)
    if _UNCLOSED in said:
        return UnreadableFile(
            f"{filename}, line {line:,}: this row has a quotation mark that is not closed; close it, or save the table "
            "again from a spreadsheet program."
        )
    if _TOO_LONG in said:
        return UnreadableFile(
            f"{filename}, line {line:,}: a cell has over {_LARGEST_CELL:,} characters; look for a quotation mark that "
            "is not closed."
        )
    return UnreadableFile(
        f"{filename}, line {line:,}: this row is not CSV ({said}); double the quotation marks inside quoted cells."
    )


def _first_of_broken(filename: str, text: str, delimiter: str) -> int:
    line = 1
    reader = csv.reader(_lines(filename, text), delimiter=delimiter, strict=True)
    with suppress(csv.Error):
        for _ in reader:
            line = reader.line_num + 1
    return line


@contextmanager
def _large_cells() -> Iterator[None]:
    """Raise csv's limit of the length of cells temporarily.

    The limit applies to the whole process.
    """
    with _limit_lock:
        before = csv.field_size_limit(_LARGEST_CELL)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _delimiter(filename: str, text: str) -> str:
    """Return the separator with which most first rows have the same width.

    That is the width of the first row, or the most frequent one if the first row is a title without separator. Of
    equals, the one with the most columns.
    """

    def evenness(delimiter: str) -> tuple[bool, float, int]:
        widths: list[int] = []
        with suppress(csv.Error):
            widths += map(len, (row for _, row in islice(_records(filename, text, delimiter), _LOOKED_AT) if row))
        if not widths:
            return (False, 0, 0)
        begins = widths[0] > 1
        width = widths[0] if begins else Counter(widths).most_common(1)[0][0]
        return (begins, widths.count(width) / len(widths), width) if width > 1 else (False, 0, 0)

    if PurePath(filename).suffix.lower() == ".tsv" and evenness("\t")[2]:
        return "\t"
    return max(_DELIMITERS, key=evenness)


def _records(filename: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the line that each begins in."""
    reader = csv.reader(_lines(filename, text), delimiter=delimiter, strict=True)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _lines(filename: str, text: str) -> Iterator[str]:
    """Yield the lines with their newlines.

    Raises:
        UnreadableFile: For a line with more cells than a spreadsheet has columns.
    """
    start, size = 0, len(text)
    while start < size:
        end = text.find("\n", start) + 1 or size
        if end - start > _LONGEST_LINE:
            raise UnreadableFile(
                f"{filename}, line {text.count(chr(10), 0, start) + 1:,}: this line has over {_LONGEST_LINE:,} "
                "characters; look for missing line breaks."
            )
        line = text[start:end]
        if end - start > _LONG_LINE:
            marks: Counter[str] = Counter()
            for mark in _CELL_ENDS.finditer(line):
                marks[mark.group()[0]] += 1
                if max(marks[delimiter] for delimiter in _DELIMITERS) > _WIDEST:
                    raise UnreadableFile(
                        f"{filename}, line {text.count(chr(10), 0, start) + 1:,}: this row has over {_WIDEST:,} cells, "
                        "more than a table has columns; look for missing line breaks."
                    )
        yield line
        start = end


def _counted(filename: str, records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with content.

    Raises:
        UnreadableFile: For more cells than a study has.
    """
    cells = 0
    for number, row in records:
        cells += len(row)
        if cells > MOST_CELLS:
            raise UnreadableFile(f"{filename} holds over {MOST_CELLS:,} cells; split it.")
        joined = "".join(row)
        if joined and not joined.isspace():
            yield number, row


def _literal(filename: str, text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """Return the rows of a table without quoting, one per line.

    None if they do not all have the same width.
    """
    reader = csv.reader(_lines(filename, text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    rows: list[tuple[int, list[str]]] = []
    with suppress(csv.Error):
        rows += _counted(filename, enumerate(reader, 1))
    if not rows:
        return None
    width = len(rows[0][1])
    return rows if width > 1 and all(len(row) == width for _, row in rows) else None
