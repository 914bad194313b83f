"""Choosing the format of a table file."""

from __future__ import annotations

import pytest

from fwanalysis.domain.table import Table
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.writers.csv import write_csv, write_tsv
from fwanalysis.formats.writers.registry import WRITERS, write_table

TABLE = Table(("case", "said"), (("P01", "a, b"), ("P02", "c\td")))


def test_the_file_extension_chooses_the_format_unless_one_is_named() -> None:
    assert write_table("a.CSV", TABLE) == write_csv(TABLE)
    assert write_table("a.tsv", TABLE) == write_tsv(TABLE)
    assert write_table("-", TABLE, writer="tsv") == write_tsv(TABLE)
    assert [entry.extension for entry in WRITERS] == [".csv", ".tsv", ".md", ".xlsx"]


def test_unknown_file_extensions_and_formats_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"cannot be written as .a\.ods"):
        write_table("a.ods", TABLE)
    with pytest.raises(InvalidInput, match='no format "ods"'):
        write_table("a.csv", TABLE, writer="ods")
