"""Read the cells of one sheet of an Excel workbook as text, with what needs checking.

A formula shows its stored value. A formula that is prose is an answer that began with ``=`` and was stored as a
formula; it is read as it was typed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import cut_short
from fwanalysis.formats.tables.number_format import GENERAL, general, shown
from fwanalysis.formats.tables.xlsx_package import Runs, stream, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.tables.xlsx_package import SheetPart, Workbook

_MOST_CELLS = 2_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LONGEST_REFERENCE = 16
_DIGITS = "0123456789"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'!|\[[^\[\]]*\]')
"""Strings, names of sheets, and columns of tables, which may hold words in a formula."""
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,.;:!?…]?\s+[^\W\d_]+")
_CALL_OR_REFERENCE = re.compile(r"\[|[A-Za-z_.][\w.]*\s*\(|\$?[A-Za-z]{1,3}\$?\d{1,7}\b|[!&]|\d\s*[-+*/^]\s*\d")
_ZERO = frozenset({"", "0", "0.0"})


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a sheet that have content.

    Attributes:
        rows: By row number and column number, both from 1.
        continued: Rows and columns of cells that continue the merged cell above them.
        typed: Formulas read as they were typed, by address.
        errors: Error values (``#N/A``) by address.
    """

    rows: Mapping[int, Mapping[int, str]]
    continued: frozenset[tuple[int, int]]
    typed: Mapping[str, str]
    errors: Mapping[str, str]


def read_cells(archive: Archive, workbook: Workbook, sheet: SheetPart) -> Cells:
    """Return the cells of a sheet.

    Raises:
        UnreadableFile: The sheet is damaged, or has more cells or text than a study has.
    """
    reader = _CellReader(archive, workbook, sheet)
    stream(archive, sheet.part, reader)
    rows = {number: reader.rows[number] for number in sorted(reader.rows)}
    return Cells(rows, _continued(reader.merged, rows), reader.typed, reader.errors)


def reads_as_words(formula: str) -> bool:
    """Return whether a formula is prose.

    It has two words in a row outside quotation marks, or is a word or two that are neither function call nor reference
    nor arithmetic.
    """
    plain = _QUOTED.sub("[]", formula)
    if _TWO_WORDS.search(plain):
        return True
    return _CALL_OR_REFERENCE.search(plain) is None and any(map(str.isalpha, plain))


class _CellReader:
    """The handler of a sheet's XML."""

    def __init__(self, archive: Archive, workbook: Workbook, sheet: SheetPart) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self.merged: list[str] = []
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self._archive, self._workbook, self._sheet = archive, workbook, sheet
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._kind = self._style = self._value = ""
        self._formula: str | None = None
        self._runs = Runs()
        self._is_inline = False
        self._collected: list[str] | None = None
        self._count = self._size = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._formula = "", None
            self._place(attributes.get("r"))
        elif tag in ("v", "f"):
            self._collected = []
        elif tag == "row":
            number = attributes.get("r")
            self._row = self._number(number) if number else self._row + 1
            self._column = 0
        elif tag == "is":
            self._is_inline = True
        elif tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif self._is_inline:
            self._runs.start(tag)

    def text(self, text: str) -> None:
        if self._collected is not None:
            self._collected.append(text)
        elif self._is_inline:
            self._runs.text(text)

    def end(self, tag: str) -> None:
        if tag == "c":
            shown = self._shown()
            if shown:
                self._keep(shown)
        elif tag == "v":
            self._value, self._collected = "".join(self._collected or ()), None
        elif tag == "f":
            self._formula, self._collected = "".join(self._collected or ()), None
        elif tag == "is":
            self._is_inline = False
            self._value = self._runs.taken()
        elif self._is_inline:
            self._runs.end(tag)

    def _place(self, reference: str | None) -> None:
        """Move to the cell of a reference, or to the next cell in the row."""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        if len(reference) > _LONGEST_REFERENCE:
            raise self._outside()
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters)
        self._column = column
        digits = reference[len(letters) :]
        if digits and digits != str(self._row):
            self._row = self._number(digits)

    def _number(self, digits: str) -> int:
        if not digits.isdecimal() or len(digits) >= _LONGEST_REFERENCE:
            raise self._outside()
        return int(digits)

    def _keep(self, shown: str) -> None:
        if not (0 < self._row <= _MOST_ROWS and 0 < self._column <= _MOST_COLUMNS):
            raise self._outside()
        self._count += 1
        self._size += len(shown)
        if self._count > _MOST_CELLS:
            raise UnreadableFile(f"{self._archive.filename} holds over {_MOST_CELLS:,} cells; split it.")
        if self._size > self._archive.limits.unpacked:
            raise UnreadableFile(
                f"{self._archive.filename} repeats long texts so often that it holds over "
                f"{self._archive.limits.unpacked // 2**20} MB; split it."
            )
        if "\0" in shown:
            raise UnreadableFile(f"{self._archive.filename}, row {self._row}: a cell holds a NUL character; remove it.")
        if "\r" in shown:
            shown = shown.replace("\r\n", "\n").replace("\r", "\n")
        self.rows.setdefault(self._row, {})[self._column] = shown

    def _shown(self) -> str:
        """Return the text of the cell that ends here."""
        kind, value, formula = self._kind, self._value, self._formula
        if kind == "s":
            try:
                return self._workbook.strings[int(value)] if value else ""
            except (IndexError, ValueError):
                raise cut_short(self._archive.filename) from None
        if (
            formula is not None
            and kind != "b"
            and (kind == "e" or value in _ZERO)
            and self._is_typed(formula, kind, value)
        ):
            typed = formula if formula.startswith("=") else f"={formula}"
            return self.typed.setdefault(self._address, typed)
        if not value:
            return ""
        if kind == "e":
            return self.errors.setdefault(self._address, value)
        if kind == "n":
            return self._number_shown(value)
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return value.strip().replace("T", " ").removesuffix(" 00:00:00")
        return value if kind == "inlineStr" else unescaped(value)

    def _is_typed(self, formula: str, kind: str, value: str) -> bool:
        """Return whether a formula is read instead of its value.

        It is prose, or was never computed.
        """
        if reads_as_words(formula):
            return kind != "str" or bool(_TWO_WORDS.search(_QUOTED.sub("[]", formula)))
        return bool(formula) and not value and kind == "n"

    def _number_shown(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return unescaped(value)
        if not self._style or (self._style == "0" and not self._workbook.formats):
            return general(number)
        style = int(self._style) if self._style.isdecimal() and len(self._style) < _LONGEST_REFERENCE else 0
        formats = self._workbook.formats
        code = formats[style] if style < len(formats) else GENERAL
        return shown(number, code, is_1904=self._workbook.is_1904)

    @property
    def _address(self) -> str:
        return address(self._row, self._column)

    def _outside(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self._archive.filename} has a cell outside of any sheet ({self._sheet.part}), so it is damaged; save it "
            "again."
        )


def column_number(letters: str) -> int:
    """Return a column's number from 1 (28 for ``AB``); 0 if it is not a column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Return the address of a cell (``B3``) from row and column, both from 1."""
    letters = ""
    while column:
        column, at = divmod(column - 1, 26)
        letters = chr(65 + at) + letters
    return f"{letters}{row}"


def _continued(merged: list[str], rows: Mapping[int, object]) -> frozenset[tuple[int, int]]:
    """Return the cells of merged ranges below their first row.

    Only in rows that have content.
    """
    numbers = [*rows]
    found: set[tuple[int, int]] = set()
    for reference in merged:
        ends = _REFERENCE.fullmatch(reference)
        if ends is None or ends[4] is None:
            continue
        first, last = column_number(ends[1]), column_number(ends[3])
        within = numbers[bisect_right(numbers, int(ends[2])) : bisect_left(numbers, int(ends[4]) + 1)]
        if len(found) + len(within) * (last - first + 1) <= _MOST_CELLS:
            found.update((row, column) for row in within for column in range(first, last + 1))
    return frozenset(found)
