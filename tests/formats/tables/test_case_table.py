"""Case tables from CSV files."""

from __future__ import annotations

import pytest

from fwanalysis.domain.cases import Level
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.tables.case_table import CaseRow, CaseTable, attribute_name, read_cases
from tests.formats.xlsx_files import DATE, book

TABLE = CaseTable(
    ("years_in_post", "role"),
    (CaseRow(2, "P01", Level.PERSON, ("12", "ward manager")), CaseRow(3, "FG1", Level.GROUP, ("", "all, of them"))),
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_whatever_separates_its_cells(separator: str, end: str) -> None:
    rows = (
        ("Case", " Years in  post", "Level", "role"),
        ("P01", "12", "person", "ward manager"),
        ("FG1", " ", "Group", '"all, of them"'),
    )
    text = end.join(separator.join(row) for row in rows) + end
    assert read_cases("cases.csv", text.encode()) == TABLE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_encoding(encoding: str) -> None:
    table = read_cases("cases.csv", "case,café\nZoë,£4\n".encode(encoding))
    assert (table.header, table.rows[0].case, table.rows[0].values) == (("café",), "Zoë", ("£4",))


def test_quoted_newlines_belong_to_the_cell_and_lines_are_counted_as_the_file_has_them() -> None:
    table = read_cases("cases.csv", b'case,note\nP01,"one\r\ntwo"\n\nP02,x\n')
    assert [(row.line, row.values) for row in table.rows] == [(2, ("one\ntwo",)), (5, ("x",))]


def test_a_level_may_be_left_out() -> None:
    assert [row.level for row in read_cases("cases.csv", b"case,level\nP01,\nP02,site\n").rows] == [None, Level.SITE]
    assert read_cases("cases.csv", b"case\nP01\n").rows == (CaseRow(2, "P01", None, ()),)


def test_rows_and_columns_without_anything_are_left_out() -> None:
    assert read_cases("cases.csv", b"case,role,\nP01,nurse,\n,,\n") == CaseTable(
        ("role",), (CaseRow(2, "P01", None, ("nurse",)),)
    )


def test_columns_are_named_as_attributes() -> None:
    assert attribute_name("  Years in\tpost ") == "years_in_post"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no table"),
        ("\n \n", "holds no table"),
        ("name,role\nP01,nurse\n", "line 1: there is no column “case”; the columns are name, role"),
        ("case,role\nP01,nurse\nP02\n", "line 3: this row has 1 cells where the header has 2"),
        ("case,role\nP01,a,b\n", "line 2: this row has 3 cells"),
        ("case,Years in post,years_in_post\nP01,1,2\n", "line 1: two columns are called “years_in_post”"),
        ('case,note\nP01,"a\nb"\np01,x\n', "line 4: the case “p01” occurs in line 2, too"),
        ("case,role\n,nurse\n", "line 2: this row has values but no case"),
        ("case,\nP01,x\n", "line 2: column 2 has a value here but no name"),
        ("case,level\nP01,ward\n", "line 2: “ward” is no level; levels are person, group, site"),
        ('case,role\nP01,"open\n', "quotation mark that is not closed"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cases("cases.csv", text.encode())
    assert said in str(refused.value)
    assert str(refused.value).startswith("cases.csv")


def test_a_spreadsheet_is_refused_by_what_it_is() -> None:
    with pytest.raises(InvalidInput, match="zip archive"):
        read_cases("cases.csv", b"PK\x03\x04 and so on")


# Workbooks, aliases


def test_a_workbook_is_read_as_well() -> None:
    rows = (("Case", " Years in  post", "Level", "role"), ("P01", 12, "person", "ward manager"))
    date = f'<c s="{DATE}"><v>46112</v></c>'
    assert read_cases("cases.xlsx", book([], rows)) == CaseTable(TABLE.header, TABLE.rows[:1])
    assert read_cases("c.xlsx", book([("case", "since"), ("P01", date)])).rows[0].values == ("2026-03-31",)


def test_a_workbook_is_told_by_its_row() -> None:
    with pytest.raises(InvalidInput, match=r"cases\.xlsx, row 4: the case “p01” occurs in row 2, too"):
        read_cases("cases.xlsx", book([("case",), ("P01",), (), ("p01",)]))


@pytest.mark.parametrize("column", ["Alias", "aliases", "Also known as"])
def test_other_names_of_a_case_stand_between_commas_or_semicolons(column: str) -> None:
    text = f'case,{column},role\nP07,"Anna; participant  7, p07",nurse\nP08,,doctor\n'
    table = read_cases("cases.csv", text.encode())
    assert table.header == ("role",)
    assert [row.aliases for row in table.rows] == [("Anna", "participant 7"), ()]
