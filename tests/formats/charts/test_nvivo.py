"""Charts in NVivo's form."""

from __future__ import annotations

from fwanalysis.formats.charts.nvivo import column_label, letters, row_label, write_nvivo
from fwanalysis.formats.options import DEFAULTS
from fwanalysis.formats.tables.xlsx import read_workbook
from tests.formats.charts.documents import NASTY


def test_rows_are_numbered_and_columns_have_letters() -> None:
    rows = [row for _, row in read_workbook("a.xlsx", write_nvivo(NASTY).data, DEFAULTS.limits).rows]
    assert rows[0] == ["", "A : Trust (itself)", "B : Sheds", "C : Water", "D : Work"]
    assert [row[0] for row in rows[1:]] == ["1 : P01", "2 : P02 – ليلى", "3 : =FG1|x"]
    assert rows[1][3] == "[nothing said]"


def test_letters_go_on_after_z() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_headings_are_told_from_other_text() -> None:
    assert row_label("12 : P01\nAge = 30") == "P01"
    assert column_label("AB : Trust : sheds") == "Trust : sheds"
    assert row_label("P01") is None
    assert column_label("Trust: sheds") is None
