"""Tables as CSV and TSV (RFC 4180): UTF-8, CRLF, quotes where needed, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from fwanalysis.formats.tables.formula_guard import guarded_for_display

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table


def write_csv(table: Table) -> bytes:
    """Return the table as comma-separated values."""
    return _written(table, ",")


def write_tsv(table: Table) -> bytes:
    """Return the table as tab-separated values, quoted like CSV."""
    return _written(table, "\t")


def _written(table: Table, delimiter: str) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded_for_display(column) for column in table.columns])
    writer.writerows([guarded_for_display(value) for value in row] for row in table.rows)
    return lines.getvalue().encode("utf-8", "surrogatepass")
