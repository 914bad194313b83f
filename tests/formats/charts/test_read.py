"""Charts that come back from files, as they were written and after an edit."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis.domain.chart_document import ChartDocument, DocumentCell
from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.charts.delimited import write_csv, write_tsv
from fwanalysis.formats.charts.json import write_json
from fwanalysis.formats.charts.nvivo import write_nvivo
from fwanalysis.formats.charts.read import read_chart
from fwanalysis.formats.charts.xlsx import write_xlsx
from tests.formats.charts.documents import NASTY, column, interviews, one_cell, row, written
from tests.formats.xlsx_files import book

if TYPE_CHECKING:
    from collections.abc import Callable

    from fwanalysis.formats.charts.chart_file import ChartFile

BOTH = CellContent.BOTH
WRITERS: dict[str, tuple[str, Callable[[ChartDocument], ChartFile]]] = {
    "xlsx": ("a.xlsx", write_xlsx),
    "xlsx both": ("a.xlsx", partial(write_xlsx, content=BOTH)),
    "csv wide": ("a.csv", write_csv),
    "csv wide both": ("a.csv", partial(write_csv, content=BOTH)),
    "csv long": ("a.csv", partial(write_csv, layout=Layout.LONG)),
    "csv long counts": ("a.csv", partial(write_csv, content=CellContent.COUNTS, layout=Layout.LONG)),
    "tsv wide": ("a.tsv", write_tsv),
    "tsv long both": ("a.tsv", partial(write_tsv, content=BOTH, layout=Layout.LONG)),
    "json": ("a.json", write_json),
    "nvivo": ("a.xlsx", write_nvivo),
}


def cells_of(document: ChartDocument) -> list[tuple[str, str, str, str]]:
    return [
        (row.label, cell.state, cell.text, cell.disagreement)
        for row, cells in zip(document.rows, document.cells, strict=True)
        for cell in cells
    ]


def read_back(name: str, document: ChartDocument) -> list[tuple[str, str, str, str]]:
    filename, write = WRITERS[name]
    chart = read_chart(filename, write(document).data, attributes=document.attributes)
    assert chart.warnings == ()
    order = {row.label: at for at, row in enumerate(document.rows)}
    cells = sorted(chart.cells, key=lambda cell: order[cell.row]) if name.startswith("xlsx") else chart.cells
    return [(cell.row, cell.state, cell.text, cell.disagreement) for cell in cells]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("document", [NASTY, interviews(4, 3), one_cell("word " * 9_000 + "end")])
def test_states_and_summaries_come_back(name: str, document: ChartDocument) -> None:
    document = replace(document, attributes=("site", "years", "kind")[: len(document.attributes)])
    assert read_back(name, document) == cells_of(document)


PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXTS = st.one_of(
    st.text(PRINTABLE, max_size=30),
    st.sampled_from(["=1+1", "'=x", "-a\n\nb", "@", "Evidence:", "[checked]\nx", '"a;b"']),
).map(lambda text: text.replace("\ufffe", "").replace("\uffff", "").strip())
CELLS = st.one_of(
    st.builds(lambda state, text: DocumentCell(state, (), text or "x"), st.sampled_from(["draft", "checked"]), TEXTS),
    st.builds(lambda text: DocumentCell("not applicable", ("1 coding added",), text), TEXTS),
    st.sampled_from([DocumentCell("nothing said"), DocumentCell("no evidence"), DocumentCell("not charted")]),
    st.builds(
        lambda text: DocumentCell("draft", ("1 coding added",), text or "y", disagreement="never attends"), TEXTS
    ),
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_summary_comes_back_from_every_format(cells: list[tuple[DocumentCell, DocumentCell]]) -> None:
    rows = tuple(row(f"P{at}") for at in range(len(cells)))
    columns = (column("a", "Trust", "Sheds"), column("b", "Trust", "Water"))
    # A first row with words, because a column of numbers or quotations is not read as summaries.
    first = (written("Trusts them."), written("Has water."))
    document = ChartDocument("Trust", {}, (), (row("first"), *rows), columns, (first, *cells))
    for name in WRITERS:
        assert read_back(name, document) == cells_of(document), name


def test_ids_and_what_was_exported_come_back_from_a_workbook() -> None:
    cells = {(cell.row, cell.code_id): cell for cell in read_chart("a.xlsx", write_xlsx(NASTY).data).cells}
    own = cells["P01", "code-own"]
    assert (own.case_id, own.own, own.theme, own.column) == ("case-P01", True, "Trust", "(the theme itself)")
    assert cells["P01", "code-sheds"].own is False
    assert cells["P01", "code-sheds"].place == "sheet “Trust”, cell G4"
    assert {cell.is_edited for cell in cells.values()} == {False}


def test_a_long_table_gives_ids_and_what_was_exported() -> None:
    chart = read_chart("a.csv", write_csv(NASTY, layout=Layout.LONG).data)
    assert chart.form == "long"
    assert (chart.cells[0].code_id, chart.cells[0].own, chart.cells[1].own) == ("code-own", True, False)
    assert chart.cells[0].column == "Trust"
    assert {cell.is_edited for cell in chart.cells} == {False}


def test_a_wide_table_tells_neither_ids_nor_edits() -> None:
    chart = read_chart("a.csv", write_csv(NASTY).data, attributes=NASTY.attributes)
    assert [cell.column for cell in chart.cells[:4]] == ["Trust (itself)", "Sheds", "Water", "Work"]
    assert {(cell.case_id, cell.code_id, cell.is_edited) for cell in chart.cells} == {("", "", None)}
    assert chart.cells[0].place == "line 2, column “Trust (itself)”"


def lines_of(data: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode(), newline=""))]


def csv_of(rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    return lines.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("layout", Layout)
def test_a_file_that_a_german_spreadsheet_saved_is_read(layout: Layout, encoding: str) -> None:
    rows = lines_of(write_csv(NASTY, layout=layout).data)
    chart = read_chart("a.csv", csv_of(rows, delimiter=";", encoding=encoding), attributes=NASTY.attributes)
    found = {(cell.row, cell.state, cell.text, cell.disagreement) for cell in chart.cells}
    assert found == set(cells_of(NASTY))


@pytest.mark.parametrize("changed", ["content", "summary"])
def test_the_column_of_a_long_table_that_was_edited_is_read(changed: str) -> None:
    rows = lines_of(write_csv(NASTY, layout=Layout.LONG).data)
    at = rows[0].index(changed)
    rows[1][at] = rows[1][at].replace("Trusts", "Distrusts")
    cell = read_chart("a.csv", csv_of(rows)).cells[0]
    assert (cell.state, cell.text.partition(" ")[0], cell.is_edited) == ("checked", "Distrusts", True)


def test_a_state_changed_in_its_column_is_read_and_an_unknown_one_reported() -> None:
    rows = lines_of(write_csv(NASTY, layout=Layout.LONG).data)
    at = rows[0].index("state")
    rows[1][at], rows[2][at] = "Draft", "done"
    chart = read_chart("a.csv", csv_of(rows))
    assert chart.cells[0].state == "draft"
    assert len(chart.cells) == 11
    assert "“done” is no state" in chart.warnings[0]


def test_a_row_without_a_case_is_reported_with_its_place() -> None:
    chart = read_chart("a.csv", b"case,Trust\nP01,yes I do\n,no case\n")
    assert [cell.row for cell in chart.cells] == ["P01"]
    assert chart.warnings == ("Line 3, column “Trust”: this row names no case and is not read.",)


@pytest.mark.parametrize("content", [CellContent.QUOTES, CellContent.COUNTS, CellContent.PRESENCE])
def test_charts_without_summaries_are_not_taken_for_summaries(content: CellContent) -> None:
    with pytest.raises(InvalidInput, match=f"holds {content}, no summaries"):
        read_chart("a.xlsx", write_xlsx(NASTY, content).data)
    chart = read_chart("a.csv", write_csv(NASTY, content).data, attributes=NASTY.attributes)
    assert [cell for cell in chart.cells if cell.text] == []


# A workbook after an edit: its sheets as values, written again without this program.


def values_of(data: bytes) -> list[list[list[str | None]]]:
    """Rows of each sheet, empty cells as None."""
    from tests.formats.charts.test_xlsx import sheets_of

    sheets = []
    for rows in sheets_of(data).values():
        width = max(max(row) for row in rows.values())
        sheets.append([[rows.get(at, {}).get(to) for to in range(1, width + 1)] for at in range(1, max(rows) + 1)])
    return sheets


def found_in(data: bytes) -> set[tuple[str, str, str, str]]:
    return {(cell.case_id, cell.code_id, cell.state, cell.text) for cell in read_chart("a.xlsx", data).cells}


ORIGINAL = write_xlsx(NASTY).data
EXPECTED = found_in(ORIGINAL)


def test_sheets_and_rows_in_another_order_are_the_same_chart() -> None:
    trust, *others = values_of(ORIGINAL)
    assert len(EXPECTED) == 12
    assert found_in(book(*others, [*trust[:3], *trust[:2:-1]])) == EXPECTED


def test_a_text_in_several_rows_is_joined_in_any_order() -> None:
    text = "word " * 9_000 + "end"
    chart, *others = values_of(write_xlsx(one_cell(text)).data)
    assert len(chart) > 8
    cells = read_chart("a.xlsx", book([*chart[:3], *chart[:2:-1]], *others)).cells
    assert [(cell.text, cell.is_edited) for cell in cells] == [(text, False)]


def test_an_inserted_column_is_reported_and_moves_no_cell() -> None:
    trust, *others = values_of(ORIGINAL)
    inserted = [[*line[:5], "my note" if at == 4 else None, *line[5:]] for at, line in enumerate(trust)]
    chart = read_chart("a.xlsx", book(inserted, *others))
    assert {(cell.case_id, cell.code_id, cell.state, cell.text) for cell in chart.cells} == EXPECTED
    assert chart.warnings == ("Sheet “S1”, cell F5: this column is not of the chart and is not read.",)


def test_without_ids_of_cases_names_are_used() -> None:
    trust, work, *others = values_of(ORIGINAL)
    bare = [[None, *line[1:]] for line in trust]
    assert found_in(book(bare, work, *others)) == EXPECTED  # the sheet “Cells” tells the ids
    names = {(cell.row, cell.case_id, cell.code_id) for cell in read_chart("a.xlsx", book(bare)).cells}
    assert names == {(row.label, "", f"code-{code}") for row in NASTY.rows for code in ("own", "sheds", "water")}


def test_without_ids_of_codes_headings_are_used() -> None:
    trust, work, *others = values_of(ORIGINAL)
    chart = read_chart("a.xlsx", book([[None] * 8, *trust[1:]], work, *others))
    found = {(cell.case_id, cell.theme, cell.column, cell.own, cell.text) for cell in chart.cells if cell.theme}
    assert ("case-P01", "Trust", "Sheds", False, NASTY.cells[0][1].text) in found
    assert ("case-P01", "Trust", "Trust", True, NASTY.cells[0][0].text) in found
    assert len(chart.cells) == 12


def test_an_edited_cell_is_told_from_the_others() -> None:
    trust, *others = values_of(ORIGINAL)
    trust[3][5], trust[4][5] = "[draft]\nNew words.", "[no evidence]\nWritten after all."
    chart = read_chart("a.xlsx", book(trust, *others))
    edited = {cell.place: (cell.state, cell.text) for cell in chart.cells if cell.is_edited}
    assert edited == {
        "sheet “S1”, cell F4": ("draft", "New words."),
        "sheet “S1”, cell F5": ("draft", "Written after all."),
    }


def test_a_case_that_occurs_twice_is_reported() -> None:
    trust, *others = values_of(ORIGINAL)
    chart = read_chart("a.xlsx", book([*trust, trust[3]], *others))
    assert len(chart.cells) == 12
    assert chart.warnings == ("Sheet “S1”, row 7: P01 occurs in row 4, too; only that one is read.",)


def test_text_below_the_evidence_and_errors_are_reported() -> None:
    trust, *others = values_of(write_xlsx(NASTY, BOTH).data)
    trust[5][5] = f"{trust[5][5]}\nMore."
    trust[3][6] = '<c t="e"><v>#NAME?</v></c>'
    chart = read_chart("a.xlsx", book(trust, *others))
    assert "Sheet “S1”, cell G4 shows the error #NAME?." in chart.warnings
    assert any("F6: text below “Evidence:” is not read: “More.”" in warning for warning in chart.warnings)


def test_rows_that_were_sorted_without_their_hidden_ids_are_read_by_their_headings() -> None:
    trust, *others = values_of(ORIGINAL)
    first, second = trust[3], trust[5]
    trust[3], trust[5] = [first[0], *second[1:]], [second[0], *first[1:]]
    chart = read_chart("a.xlsx", book(trust, *others))
    assert {(cell.case_id, cell.code_id, cell.state, cell.text) for cell in chart.cells} == EXPECTED
    assert chart.warnings[0] == (
        "Sheet “S1”, row 4: the hidden id is that of P01; the row is read as =FG1|x, which its heading says."
    )


def test_a_case_that_was_renamed_in_the_file_is_read_by_its_id() -> None:
    trust, *others = values_of(ORIGINAL)
    trust[3][1] = "P01, the treasurer"
    chart = read_chart("a.xlsx", book(trust, *others))
    assert {(cell.case_id, cell.code_id, cell.state, cell.text) for cell in chart.cells} == EXPECTED
    assert chart.warnings == ()


def test_a_text_that_a_spreadsheet_program_cut_is_reported_and_not_read() -> None:
    cut = ("word " * 7_000)[:32_766] + "x"
    for data in (
        book([["case", "Trust"], ["P01", cut], ["P02", "whole"]]),
        f"case,Trust\nP01,{cut}\nP02,whole\n".encode(),
    ):
        chart = read_chart("a.xlsx" if data[:2] == b"PK" else "a.csv", data)
        assert [cell.row for cell in chart.cells] == ["P02"]
        assert "holds 32,767 characters" in chart.warnings[0]


def test_a_chart_without_columns_or_rows_has_no_cells() -> None:
    for document in (replace(NASTY, columns=(), cells=((),) * 3), replace(NASTY, rows=(), cells=())):
        assert read_chart("a.xlsx", write_xlsx(document).data).cells == ()
        assert read_chart("a.csv", write_csv(document, layout=Layout.LONG).data).cells == ()


def test_a_matrix_that_nvivo_exported_is_read() -> None:
    rows: list[list[object]] = [
        [None, "A : Trust", "B : Work \\ Water"],
        ["2 : Ben\nAge = 30", "Trusts them.", None],
        ["1 : Ada", None, "[checked]\nCarries it."],
    ]
    chart = read_chart("nvivo.xlsx", book(rows))
    assert chart.form == "nvivo"
    assert [(cell.row, cell.column, cell.state, cell.text) for cell in chart.cells] == [
        ("Ben", "Trust", "draft", "Trusts them."),
        ("Ben", "Work \\ Water", "not charted", ""),
        ("Ada", "Trust", "not charted", ""),
        ("Ada", "Work \\ Water", "checked", "Carries it."),
    ]


def test_a_table_of_another_program_is_read_from_a_workbook() -> None:
    chart = read_chart("a.xlsx", book([["Case", "Trust", "n"], ["P01", "Trusts them.", 3]]))
    assert chart.form == "wide"
    assert [(cell.row, cell.column, cell.text) for cell in chart.cells] == [("P01", "Trust", "Trusts them.")]
    assert chart.warnings == ("Sheet “S1”, cell C2: the column “n” holds numbers, no summaries, and is not read.",)


@pytest.mark.parametrize(
    ("filename", "data", "error", "message"),
    [
        ("a.csv", b"name,Trust\nP01,yes\n", InvalidInput, "no column “case”"),
        ("a.csv", b"", InvalidInput, "holds no table"),
        ("a.xlsx", book([["name", "Trust"], ["P01", "yes"]]), InvalidInput, "holds no framework matrix"),
        ("a.xlsx", b"PK\x03\x04nothing", UnreadableFile, "a.xlsx"),
        ("a.json", b"{}", UnreadableFile, "is not a chart"),
    ],
)
def test_other_files_are_refused(filename: str, data: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read_chart(filename, data)
