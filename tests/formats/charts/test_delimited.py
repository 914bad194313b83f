"""Charts as CSV and TSV."""

from __future__ import annotations

import csv
import io

from fwanalysis.domain.chart_tables import long_table, wide_table
from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.formats.charts.delimited import write_csv, write_tsv
from tests.formats.charts.documents import NASTY


def rows_of(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)]


def test_a_wide_file_holds_the_wide_table() -> None:
    rows = rows_of(write_csv(NASTY, CellContent.COUNTS).data)
    table = wide_table(NASTY, CellContent.COUNTS)
    assert rows[0] == [*table.columns]
    assert rows[2] == ["P02 – ليلى", "Cedar", "", "", "0", "2", "1", "0"]


def test_text_that_would_be_run_gets_an_apostrophe_unless_the_guard_is_off() -> None:
    guarded, plain = (rows_of(write_csv(NASTY, guard=guard).data)[3] for guard in (True, False))
    assert guarded[0] == "'=FG1|x"
    assert guarded[6] == "''=quoted"
    assert plain[0] == "=FG1|x"
    assert plain[6] == "'=quoted"


def test_a_long_file_holds_the_long_table_in_tabs() -> None:
    rows = rows_of(write_tsv(NASTY, layout=Layout.LONG).data, "\t")
    table = long_table(NASTY, CellContent.SUMMARY)
    assert rows[0] == [*table.columns]
    assert len(rows) == 1 + len(NASTY.rows) * len(NASTY.columns)
    assert rows[1][rows[0].index("content")] == table.rows[0][table.columns.index("content")]
