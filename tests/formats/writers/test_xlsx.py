"""Workbooks of tables hold what the table holds."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from fwanalysis.domain.table import Scalar, Table
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.writers.xlsx import LONGEST_CELL, write_xlsx

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(table: Table) -> dict[str, tuple[str, str]]:
    """The type (s for text, n for numbers) and the value of each cell that has one."""
    with zipfile.ZipFile(io.BytesIO(write_xlsx(table))) as book:
        strings = [
            "".join(item.itertext())
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{NS}si")
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{NS}f"))
    found = {}
    for cell in sheet.iter(f"{NS}c"):
        value, kind = cell.findtext(f"{NS}v") or "", cell.get("t", "n")
        if value:
            found[cell.attrib["r"]] = (kind, strings[int(value)] if kind == "s" else value)
    return found


def test_text_stays_text_and_numbers_stay_numbers() -> None:
    row: tuple[Scalar, ...] = ("=1+1", "007", "🌲 早い\nline", 12, 0.5, None, " edge ", "http://x.example")
    assert cells(Table(tuple("abcdefgh"), (row,))) == {
        **{f"{letter.upper()}1": ("s", letter) for letter in "abcdefgh"},
        **{"A2": ("s", "=1+1"), "B2": ("s", "007"), "C2": ("s", "🌲 早い\nline"), "D2": ("n", "12")},
        **{"E2": ("n", "0.5"), "G2": ("s", " edge "), "H2": ("s", "http://x.example")},
    }


def test_a_table_without_rows_is_its_header() -> None:
    assert cells(Table(("a",), ())) == {"A1": ("s", "a")}


@pytest.mark.parametrize(("character", "most"), [("a", LONGEST_CELL), ("🌲", LONGEST_CELL // 2)])
def test_a_text_that_no_cell_can_hold_is_refused_and_the_longest_is_not_cut(character: str, most: int) -> None:
    longest = character * most
    assert cells(Table(("a",), ((longest,),)))["A2"] == ("s", longest)
    with pytest.raises(InvalidInput, match="too long for a cell"):
        write_xlsx(Table(("a",), ((longest + character,),)))


def test_what_no_workbook_can_hold_becomes_a_question_mark() -> None:
    assert cells(Table(("a",), (("x\ud800y",),)))["A2"] == ("s", "x?y")
