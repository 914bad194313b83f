"""Charts as Word documents."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
from docx.oxml.ns import qn

from fwanalysis.domain.chart_tables import cell_content
from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.docx import MOST_COLUMNS, write_docx
from tests.formats.charts.documents import NASTY, interviews, one_cell


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_cell_is_in_a_table_of_its_theme() -> None:
    document = opened(write_docx(NASTY, CellContent.BOTH).data)
    trust, work = (texts(table) for table in document.tables[:2])
    assert trust[0] == ["case", "(the theme itself)", "Sheds", "Water"]
    assert work[0] == ["case", "Work"]
    for at, cells in enumerate(NASTY.cells, 1):
        shown = [*trust[at][1:], *work[at][1:]]
        for cell, text in zip(cells, shown, strict=True):
            assert text.startswith(str(cell_content(cell, CellContent.BOTH)))
    assert trust[1][0] == "P01\nsite: Birch\nyears: 7\nWater: yes"
    assert trust[1][1].endswith("\nAda, 2026-11-30")


def test_the_page_is_landscape_and_the_header_is_repeated() -> None:
    document = opened(write_docx(NASTY).data)
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert section.orientation == 1
    for table in document.tables[:2]:
        repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert repeated == [True, False, False, False]


def test_the_widths_of_columns_and_cells_agree_and_fit_on_the_page() -> None:
    document = opened(write_docx(interviews(2, 7)).data)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert len(document.tables) > 3
    for table in document.tables:
        widths = [column.width for column in table.columns]
        assert sum(widths) <= room
        for row in table.rows:
            assert [cell.width for cell in row.cells] == widths


def test_a_wide_chart_is_divided_and_repeats_its_cases() -> None:
    tables = [texts(table) for table in opened(write_docx(interviews(2, 12)).data).tables[:3]]
    assert [len(table[0]) - 1 for table in tables] == [4, 4, 4]
    assert all(len(table[0]) - 1 <= MOST_COLUMNS for table in tables)
    assert [[row[0].partition("\n")[0] for row in table] for table in tables] == [["case", "P00", "P01"]] * 3
    headings = [text for table in tables for text in table[0][1:]]
    assert headings == [f"Sub-theme number {at}" for at in range(12)]


def test_bands_span_the_table_above_their_cases() -> None:
    rows = tuple(replace(row, bands=("Birch" if at < 2 else "Cedar", "low")) for at, row in enumerate(NASTY.rows))
    table = opened(write_docx(replace(NASTY, rows=rows)).data).tables[0]
    assert [row.cells[0].text.partition("\n")[0] for row in table.rows] == [
        *("case", "Birch · low", "P01", "P02 – ليلى", "Cedar · low", "=FG1|x"),
    ]


def test_definitions_abstraction_figures_and_facts_follow() -> None:
    document = opened(write_docx(NASTY).data)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Trust", "Work", "Definitions", "Abstraction", "Cases per code", "About", "States"]
    about = dict(texts(document.tables[-2]))
    assert about["codebook version"] == "3"
    assert about["filters"] == "site=Birch; site=Cedar"


def test_no_two_tables_touch_so_that_word_does_not_join_them() -> None:
    body = opened(write_docx(interviews(2, 12)).data).element.body
    kinds = [element.tag.rpartition("}")[2] for element in body]
    assert kinds.count("tbl") > 5
    assert [pair for pair in pairwise(kinds) if pair[0] == "tbl" and pair[1] != "p"] == []


def test_right_to_left_text_is_marked_as_such() -> None:
    table = opened(write_docx(NASTY).data).tables[0]
    paragraph = table.rows[2].cells[3].paragraphs[0]
    assert paragraph._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    assert table.rows[1].cells[1].paragraphs[1]._p.find(qn("w:pPr")) is None


def test_control_characters_are_removed_and_reported() -> None:
    written = write_docx(one_cell("bell\x07 and <b> & \ud83d"))
    assert texts(opened(written.data).tables[0])[1][1].startswith("bell and <b> & \n")
    assert written.warnings[0].startswith("2 control characters were removed")
