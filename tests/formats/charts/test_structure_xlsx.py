"""Data structures as workbooks."""

from __future__ import annotations

from fwanalysis.domain.abstraction import STRUCTURE_COLUMNS
from fwanalysis.domain.table import Table
from fwanalysis.formats.charts.structure_xlsx import write_structure
from tests.formats.charts.test_xlsx import sheets_of

ROWS = (
    ("effort", "- a day", "=Paid", "Giving", "P01; FG1", "P01:2", "FG1"),
    ("effort", "", "", "", "P02", "P02:4", ""),
)


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    """The texts of the rows by sheet, without what is empty at their ends."""
    return {
        name: [[cells.get(at, "") for at in range(1, max(cells) + 1)] for cells in rows.values()]
        for name, rows in sheets_of(data).items()
    }


def test_a_workbook_has_the_rows_as_text_and_the_facts_on_a_sheet_of_their_own() -> None:
    written = write_structure(Table(STRUCTURE_COLUMNS, ROWS, {"project": "Study", "codes": ["effort"]}))
    found = sheets(written.data)
    assert found["Data structure"] == [
        [*STRUCTURE_COLUMNS],
        [*ROWS[0]],
        [*ROWS[1][:-1]],
    ]
    assert found["About"] == [["project", "Study"], ["codes", "effort"]]
    assert written.warnings == ()


def test_texts_that_are_too_long_for_a_row_are_continued_and_reported() -> None:
    long = "; ".join(f"P{number:05}:12" for number in range(4_000))
    written = write_structure(Table(STRUCTURE_COLUMNS, (("effort", "A", "", "", "P01", long, ""),)))
    found = sheets(written.data)["Data structure"][1:]
    assert "".join(row[5] for row in found).replace(" ", "") == long.replace(" ", "")
    assert [row[1] for row in found if row[1]] == ["A"]
    assert len(written.warnings) == 1


def test_an_empty_structure_is_a_workbook_with_its_header() -> None:
    assert sheets(write_structure(Table(STRUCTURE_COLUMNS, ())).data)["Data structure"] == [[*STRUCTURE_COLUMNS]]
