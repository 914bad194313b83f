"""Tables as CSV and TSV (RFC 4180): UTF-8, CRLF, quotes where needed, no cell that a spreadsheet would run."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.table import Scalar, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Table, *, bom: bool = False) -> bytes:
    """The table as comma-separated values; *bom* puts a byte order mark in front, which Excel wants for UTF-8."""
    return _written(table, ",", bom)


def write_tsv(table: Table, *, bom: bool = False) -> bytes:
    """The table as tab-separated values, quoted like CSV."""
    return _written(table, "\t", bom)


def guarded(value: Scalar) -> Scalar:
    """A cell that no spreadsheet runs as a formula: text beginning with ``= + - @`` TAB or CR gets an apostrophe in
    front (OWASP, CSV injection); numbers stay numbers and None becomes empty."""
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _written(table: Table, delimiter: str, bom: bool) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in table.columns])
    writer.writerows([guarded(value) for value in row] for row in table.rows)
    return (codecs.BOM_UTF8 if bom else b"") + lines.getvalue().encode("utf-8", "surrogatepass")
