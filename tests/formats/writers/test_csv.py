"""Tables as files: golden bytes over one nasty table, and reading back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.table import Scalar, Table
from fwanalysis.formats.tables.formula_guard import guarded_for_display
from fwanalysis.formats.writers.csv import write_csv, write_tsv

NASTY = Table(
    ("case", "words | of", "=n"),
    (
        ("漢字", "👩‍👩‍👧 e\u0301 שלום", 1),
        ("two\nlines", 'said "so", he', -2.5),
        ("=1+1", "+a", -3),
        ("-b", "@c", None),
        ("\td", "\re", ""),
        ("a|b", "\u2028\u0085", 0),
    ),
    {"project": "Zoë", "written": date(2026, 3, 31), "filters": ["wave=1"]},
)


def test_csv_is_golden() -> None:
    assert (
        write_csv(NASTY)
        == (
            "case,words | of,'=n\r\n"
            "漢字,👩‍👩‍👧 e\u0301 שלום,1\r\n"
            '"two\nlines","said ""so"", he",-2.5\r\n'
            "'=1+1,'+a,-3\r\n"
            "'-b,'@c,\r\n"
            "'\td,\"'\re\",\r\n"
            "a|b,\u2028\u0085,0\r\n"
        ).encode()
    )


def test_tsv_is_golden() -> None:
    assert (
        write_tsv(NASTY)
        == (
            "case\twords | of\t'=n\r\n"
            "漢字\t👩‍👩‍👧 e\u0301 שלום\t1\r\n"
            '"two\nlines"\t"said ""so"", he"\t-2.5\r\n'
            "'=1+1\t'+a\t-3\r\n"
            "'-b\t'@c\t\r\n"
            '"\'\td"\t"\'\re"\t\r\n'
            "a|b\t\u2028\u0085\t0\r\n"
        ).encode()
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *(("=x", "'=x"), ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx")),
        *(("x=", "x="), ("", ""), (-1, -1), (-1.5, -1.5), (None, "")),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_guarded_and_numbers_are_not(value: Scalar, written: Scalar) -> None:
    assert guarded_for_display(value) == written


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
def test_any_table_of_text_reads_back_but_for_the_guard(rows: list[list[str]]) -> None:
    table = Table(("a", "b"), tuple((one, two) for one, two in rows))
    for written, delimiter in ((write_csv(table), ","), (write_tsv(table), "\t")):
        read = list(csv.reader(io.StringIO(written.decode(), newline=""), delimiter=delimiter, strict=True))
        assert read == [["a", "b"], *([guarded_for_display(value) for value in row] for row in rows)]
