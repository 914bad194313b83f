"""Charts as Excel workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from fwanalysis.domain.chart_tables import cell_content
from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.text_fitting import HIGHEST_ROW, LONGEST_CELL, utf16_length
from fwanalysis.formats.charts.xlsx import write_xlsx
from fwanalysis.formats.charts.xlsx_grid import sheet_names
from fwanalysis.formats.decoding.zip_archive import open_archive
from fwanalysis.formats.options import DEFAULTS
from fwanalysis.formats.tables.xlsx_cells import column_number, read_cells
from fwanalysis.formats.tables.xlsx_package import read_parts
from tests.formats.charts.documents import NASTY, column, interviews, one_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.chart_document import ChartDocument

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LONG = " ".join(f"word{at % 97} and so on (P01:{at % 40})." for at in range(1_600))[:40_000]


def sheets_of(data: bytes) -> dict[str, Mapping[int, Mapping[int, str]]]:
    """Texts by sheet, row and column."""
    archive = open_archive("a.xlsx", data, what="an Excel workbook", member="xl/", limits=DEFAULTS.limits)
    book = read_parts(archive)
    return {sheet.name: read_cells(archive, book, sheet).rows for sheet in book.sheets}


def layouts(data: bytes) -> list[ElementTree.Element]:
    """The XML of the sheets in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        count = sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist())
        return [ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{at}.xml")) for at in range(1, count + 1)]


def widths_of(sheet: ElementTree.Element) -> dict[int, float]:
    """Widths of columns by their number."""
    return {
        at: float(col.get("width", "0"))
        for col in sheet.iter(f"{_MAIN}col")
        for at in range(int(col.get("min", "0")), int(col.get("max", "0")) + 1)
    }


def test_a_sheet_per_theme_holds_every_cell_below_two_lines_of_headings() -> None:
    sheets = sheets_of(write_xlsx(NASTY, CellContent.BOTH).data)
    assert [*sheets] == ["Trust", "Work", "Definitions", "Abstraction", "Cases per code", "Evidence", "Cells", "About"]
    trust = sheets["Trust"]
    assert trust[2] == {6: "Trust"}
    assert trust[3] == {2: "case", 3: "site", 4: "years", 5: "Water", 6: "(the theme itself)", 7: "Sheds", 8: "Water"}
    for at, (row, cells) in enumerate(zip(NASTY.rows, NASTY.cells, strict=True), 4):
        shown = [trust[at][place] for place in (6, 7, 8)]
        assert shown == [cell_content(cell, CellContent.BOTH) for cell in cells[:3]]
        assert trust[at][1] == row.case_id
    assert trust[1][6] == "itself code-own"


def test_numbers_are_numbers_and_text_is_never_a_formula() -> None:
    data = write_xlsx(NASTY).data
    sheet = layouts(data)[0]
    assert sheet.find(f".//{_MAIN}f") is None
    assert sheet.find(f".//{_MAIN}hyperlink") is None
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{_MAIN}c")}
    assert cells["D4"].get("t") is None
    assert cells["D4"].findtext(f"{_MAIN}v") == "7"
    assert cells["B6"].get("t") == "s"
    assert sheets_of(data)["Trust"][6][8] == "'=quoted"


def test_ids_are_hidden_headings_are_frozen_and_repeated_on_every_page() -> None:
    data = write_xlsx(NASTY).data
    sheet = layouts(data)[0]
    first = sheet.find(f".//{_MAIN}row")
    assert first is not None
    assert (first.get("r"), first.get("hidden")) == ("1", "1")
    hidden = [column.get("min") for column in sheet.iter(f"{_MAIN}col") if column.get("hidden") == "1"]
    assert hidden == ["1"]
    filtered = sheet.find(f"{_MAIN}autoFilter")
    assert filtered is not None
    assert filtered.get("ref") == "A3:H6"  # sorting by it moves the ids as well
    pane = sheet.find(f".//{_MAIN}pane")
    assert pane is not None
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("5", "3", "frozen")
    setup = sheet.find(f"{_MAIN}pageSetup")
    assert setup is not None
    assert (setup.get("orientation"), setup.get("fitToHeight")) == ("landscape", "0")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert re.search(r"Print_Titles[^>]*>Trust!\$2:\$3<", archive.read("xl/workbook.xml").decode())


@pytest.mark.parametrize(
    "document",
    [NASTY, interviews(), interviews(4, 3, 700), one_cell("Short."), one_cell(_LONG), one_cell("漢字 " * 900)],
    ids=["nasty", "interviews", "long", "one", "continued", "wide characters"],
)
def test_no_row_is_lower_than_its_text_needs(document: ChartDocument) -> None:
    """An estimate of its own: average characters of 0.9 digits, CJK of 2, lines of 11.6 points, words kept whole."""
    data = write_xlsx(document, CellContent.BOTH).data
    texts = [*sheets_of(data).values()]
    checked = 0
    for rows, sheet in zip(texts, layouts(data), strict=True):
        widths = widths_of(sheet)
        merged = {
            cell.get("ref", "").partition(":")[0]: cell.get("ref", "") for cell in sheet.iter(f"{_MAIN}mergeCell")
        }
        form = sheet.find(f"{_MAIN}sheetFormatPr")
        default = "0" if form is None else form.get("defaultRowHeight", "0")
        for row in sheet.iter(f"{_MAIN}row"):
            number, height = int(row.get("r", "0")), float(row.get("ht", default))
            if row.get("hidden") == "1":
                continue
            assert 0 < height <= HIGHEST_ROW
            for at, text in rows.get(number, {}).items():
                if row_is_merged(merged, number, at):
                    continue
                assert lines_needed(text, widths[at]) * 11.6 <= height, (number, at, text[:80])
                checked += 1
    assert checked > 20


def row_is_merged(merged: Mapping[str, str], number: int, at: int) -> bool:
    return any(
        (found := re.match(r"([A-Z]+)(\d+):", ref)) and column_number(found[1]) == at and int(found[2]) == number
        for ref in merged.values()
    )


def lines_needed(text: str, width: float) -> int:
    count = 0
    for line in text.split("\n"):
        count, at = count + 1, 0.0
        for word in line.split(" "):
            size = sum(2.0 if ord(char) > 0x2E80 else 0.9 for char in word)
            if at and at + 0.5 + size > width:
                count, at = count + 1, 0.0
            at += size + (0.5 if at else 0)
            while at > width:
                count, at = count + 1, at - width
    return count


def test_a_text_that_no_row_can_show_continues_in_rows_below_and_is_reported() -> None:
    written = write_xlsx(one_cell(_LONG))
    rows = [row for number, row in sheets_of(written.data)["Trust"].items() if number > 3]
    assert len(rows) > 5
    assert rows[0][2] == "P01"
    assert {row[2] for row in rows[1:]} == {"P01 (continued)"}
    assert [row[1] for row in rows[:3]] == ["case-P01", "case-P01#2", "case-P01#3"]
    assert "".join(row[3] for row in rows) == _LONG
    assert all(utf16_length(row[3]) <= LONGEST_CELL for row in rows)
    assert written.warnings == ("Sheet “Trust”: the texts of P01 need more than one row and are continued below it.",)


def test_columns_of_long_texts_are_widened_before_a_row_is_continued() -> None:
    written = write_xlsx(interviews(2, 6, 300))
    assert written.warnings == ()
    assert max(widths_of(layouts(written.data)[0]).values()) > 45


def test_evidence_cells_and_facts_have_sheets() -> None:
    sheets = sheets_of(write_xlsx(NASTY).data)
    evidence = [[*row.values()] for row in sheets["Evidence"].values()]
    assert evidence[2][:7] == [
        "=FG1|x",
        "Trust (itself)",
        "Trust",
        "(=FG1:2)",
        "we share\nall of it",
        "against",
        "ironic?",
    ]
    header = {name: at for at, name in sheets["Cells"][1].items()}
    cells = [{name: row.get(at, "") for name, at in header.items()} for row in [*sheets["Cells"].values()][1:]]
    assert len(cells) == 11  # all but the one without evidence
    assert (cells[0]["author"], cells[0]["written_at"]) == ("Ada", "2026-11-30T09:00:00+00:00")
    assert cells[-4]["affirmation"] == "still right"
    about = {row.get(1): row.get(2) for row in sheets["About"].values()}
    assert about["project"] == "Allotments & sheds"
    assert about["filters"] == "site=Birch; site=Cedar"
    assert about["cells"] == "summary"


def test_bands_are_a_column_beside_the_case() -> None:
    rows = tuple(replace(row, bands=("Birch" if at < 2 else "Cedar",)) for at, row in enumerate(NASTY.rows))
    trust = sheets_of(write_xlsx(replace(NASTY, rows=rows)).data)["Trust"]
    assert [trust[at][3] for at in (3, 4, 6)] == ["group", "Birch", "Cedar"]


def test_control_characters_are_removed_and_reported() -> None:
    written = write_xlsx(one_cell("bell\x07 _x0041_ \ud83d"))
    assert sheets_of(written.data)["Trust"][4][3] == "bell _x0041_ "
    assert written.warnings[0].startswith("2 control characters were removed")


def test_names_of_sheets_are_allowed_and_unique() -> None:
    names = sheet_names(["a/b[c]:*?\\'", "A B C", "x" * 40, "X" * 31, "", "History", "About", "👩" * 20], ["about"])
    assert names[:2] == ["a b c", "A B C (2)"]
    assert names[2:4] == ["x" * 31, "X" * 27 + " (2)"]
    assert names[4:] == ["Sheet", "History (2)", "About (2)", "👩" * 15]
    assert all(utf16_length(name) <= 31 for name in names)


def test_themes_that_are_columns_share_a_sheet_and_a_chart_without_columns_lists_its_cases() -> None:
    columns = tuple(column(name, name, "") for name in ("Trust", "Work", "Water"))
    cells = tuple(row[:3] for row in NASTY.cells)
    sheets = sheets_of(write_xlsx(replace(NASTY, columns=columns, cells=cells)).data)
    assert next(iter(sheets)) == "Trust who does the work"
    assert [sheets["Trust who does the work"][3][at] for at in (6, 7, 8)] == ["Trust", "Work", "Water"]
    empty = sheets_of(write_xlsx(replace(NASTY, columns=(), cells=((), (), ()))).data)
    assert [empty["Trust who does the work"][at][2] for at in (4, 5, 6)] == [row.label for row in NASTY.rows]
