"""What the cells of Excel workbooks show: formulas, errors, number formats, rich text, comments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import Limits
from fwanalysis.formats.readers.registry import read_source, read_sources
from fwanalysis.formats.tables.number_format import general, shown
from fwanalysis.formats.tables.xlsx import read_workbook
from fwanalysis.formats.tables.xlsx_cells import address, column_number, reads_as_words
from tests.formats.xlsx_files import MAIN, book, packed, relations, rows_xml

HEADER = ("speaker", "text")


def cells(*values: object, **more: Any) -> list[str]:
    """The first row of a workbook with these values, or with the XML of cells."""
    ((_, row),) = read_workbook("study.xlsx", packed({"S": rows_xml([values])}, **more), Limits()).rows
    return row


def styled(*codes: str) -> str:
    listed = "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{170 + at}"/>' for at in range(len(codes)))
    return f'<numFmts>{listed}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{used}</cellXfs>'


# Formulas and errors


@pytest.mark.parametrize(
    "cell",
    [
        "<c><f>{}</f><v>0</v></c>",
        "<c><f>{}</f><v></v></c>",
        "<c><f>{}</f></c>",
        "<c t='e'><f>{}</f><v>#NAME?</v></c>",
        "<c t='e'><f>{}</f><v>#VALUE!</v></c>",
        "<c t='str'><f>{}</f><v></v></c>",
    ],
)
@pytest.mark.parametrize(
    "typed", ["30 minutes each way, at least", "- hard to say", "well; it depends", "mis abuelos, sí", "+ the bus fare"]
)
def test_an_answer_stored_as_a_formula_is_read_as_typed_and_its_cell_is_named(cell: str, typed: str) -> None:
    rows = (HEADER, ("Ida", "How far is it?"), ("Jon", cell.format(typed)), ("Ida", "Each day?"))
    draft = read_source("bus.xlsx", book(rows))
    assert draft.text.split("\n\n")[1] == f"={typed}"
    assert [warning.message for warning in draft.warnings] == [
        f"1 cell was stored as a formula and read as typed: B3 (“={typed}”)."
    ]


def test_the_formulas_of_a_survey_are_answers_of_their_respondents() -> None:
    rows = (
        ("participant", "Why do you take the bus?"),
        ("B1", "My car broke down and was never mended."),
        ("B2", "<c t='e'><f>-no reason, I always did</f><v>#NAME?</v></c>"),
    )
    drafts = read_sources("bus.xlsx", book(rows))
    assert [(draft.case, draft.text) for draft in drafts][1] == ("B2", "=-no reason, I always did")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c t='str'><f>A1&amp;\" and \"&amp;B1</f><v>both of them</v></c>", "both of them"),
        ("<c><f>SUM(A1:A9)</f><v>0</v></c>", "0"),
        ("<c><f>2*3</f><v>6</v></c>", "6"),
        ("<c><f>A2</f><v>0</v></c>", "0"),
        ('<c t=\'str\'><f>IF(A1=1,"no more to say","")</f><v></v></c>', ""),
        ("<c t='b'><f>FALSE</f><v>0</v></c>", "FALSE"),
        ("<c><f>SUM(B2:B7)</f></c>", "=SUM(B2:B7)"),
    ],
)
def test_a_formula_that_was_computed_shows_its_value(cell: str, value: str) -> None:
    assert cells("x", cell, "y")[1] == value


@pytest.mark.parametrize("code", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_without_words_is_shown_and_reported(code: str) -> None:
    rows = (HEADER, ("Ida", "So?"), ("Jon", f"<c t='e'><f>VLOOKUP(A1,C1:D9,2)</f><v>{code}</v></c>"))
    draft = read_source("bus.xlsx", book(rows))
    assert draft.text == f"So?\n\n{code}"
    assert [warning.message for warning in draft.warnings] == [
        f"1 cell shows an error instead of a value: B3 (“{code}”)."
    ]


def test_many_cells_are_listed_only_in_part() -> None:
    rows = [(f"P{at}", "<c><f>a word or two</f></c>") for at in range(14)]
    (warning,) = read_workbook("x.xlsx", book(rows), Limits()).warnings
    assert warning.message.startswith("14 cells were stored as a formula")
    assert warning.message.endswith("B10 (“=a word or two”) and others.")


@pytest.mark.parametrize("formula", ["A1 B2", "'My notes'!A1", "Costs[Last Year]*2", "Sheet1!B4", 'T("two words")'])
def test_formulas_do_not_read_as_words(formula: str) -> None:
    assert not reads_as_words(formula)


# Number formats


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('"P"00', 7, "P07"),
        ("&quot;P&quot;00", 12, "P12"),
        ("\\I\\D\\-0000", 42, "ID-0042"),
        ("000", 7, "007"),
        ("00-00", 1234, "12-34"),
        ('[<10]"A"0;"B"0', 30, "B30"),
        ('"up "0;"down "0;"level"', -3, "down 3"),
        ('"up "0;"down "0;"level"', 0, "level"),
        ("0%", 0.45, "45%"),
        ("0.0%", 0.4555, "45.6%"),
        ("0.##%", 0.5, "50%"),
        ('0" years"', 12, "12 years"),
        ('#,##0" seats"', 12000, "12,000 seats"),
        ('"n"0', -4, "-n4"),
        ("#,##0.00", 1234.5, "1234.5"),
        ('"€" 0', 1234.5, "1234.5"),
        ("_-* #,##0_-;-* #,##0_-", 42, "42"),
        ("0", 2.75, "2.75"),
        ("@", 7, "7"),
        (";;;", 7, "7"),
        ("# ?/?", 1.5, "1.5"),
        ("0.00E+00", 1500, "1500"),
        ("[h]:mm:ss", 1.0465277777777777, "25:07:00"),
        ("h:mm:ss", 1.0465277777777777, "25:07:00"),
        ("mm:ss", 0.0086921296296296, "00:12:31"),
        ("mm:ss.0", 0.008696759259259259, "00:12:31.400"),
        ("yyyy-mm-dd hh:mm:ss", 1.25, "30:00:00"),
        ("[$-409]d. mmmm yyyy", 46112, "2026-03-31"),
        ("dd/mm/yyyy hh:mm", 46112.5, "2026-03-31 12:00:00"),
        ("mmm", 46112, "2026-03-31"),
        ("yyyy-mm-dd", 1, "1900-01-01"),
        ("yyyy-mm-dd", -3, "-3"),
        ('0 "kg"', 1234.5, "1234.5"),
        ('0.0 "kg"', 1234.5, "1234.5 kg"),
    ],
)
def test_a_number_is_what_its_format_shows(code: str, value: float, text: str) -> None:
    assert shown(float(value), code.replace("&quot;", '"')) == text
    escaped = code if "&" in code else code.replace("<", "&lt;").replace('"', "&quot;")
    assert cells("x", f"<c s='0'><v>{value!r}</v></c>", styles=styled(escaped))[1] == text


def test_ids_by_number_format_are_the_cases_of_answers() -> None:
    answers = ("By bus, since there is no other way to get there.", "On foot, whenever the weather allows it at all.")
    rows = (
        ("participant", "How do you get there?"),
        ('<c s="1"><v>7</v></c>', answers[0]),
        ('<c s="1"><v>12</v></c>', answers[1]),
    )
    data = packed({"S": rows_xml(rows)}, styles=styled("0", "&quot;R&quot;000"))
    assert [draft.case for draft in read_sources("bus.xlsx", data)] == ["R007", "R012"]


def test_durations_never_go_back_at_midnight() -> None:
    rows = (
        ("time", *HEADER),
        *((f'<c s="0"><v>{hours / 24!r}</v></c>', f"P{hours % 2}", "Well.") for hours in range(22, 28)),
    )
    for code in ("h:mm:ss", "[hh]:mm:ss", "hh:mm:ss;@", "yyyy-mm-dd hh:mm:ss"):
        draft = read_source("night.xlsx", packed({"S": rows_xml(rows)}, styles=styled(code)))
        assert [turn.time for turn in draft.turns] == [hours * 3600.0 for hours in range(22, 28)]


def test_workbooks_that_count_from_1904_have_their_own_dates() -> None:
    day = "<c s='0'><v>44650</v></c>"
    assert cells("x", day, styles=styled("yyyy-mm-dd"), properties='<workbookPr date1904="1"/>')[1] == "2026-03-31"


@given(st.floats(allow_nan=True, allow_infinity=True), st.text('0#?.,%;"\\[]hmsyd<>=1$-Pa@E+/_* ', max_size=12))
def test_any_number_in_any_format_is_shown(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.integers(0, 10**9), st.integers(1, 9))
def test_an_id_keeps_its_number_behind_letters_and_zeros(number: int, width: int) -> None:
    text = shown(float(number), f'"P"{"0" * width}')
    assert text[0] == "P"
    assert int(text[1:]) == number
    assert len(text) == 1 + max(width, len(str(number)))


@given(st.integers(0, 10**6))
def test_seconds_of_any_duration_are_kept(seconds: int) -> None:
    hours, minutes, rest = map(int, shown(seconds / 86_400, "[h]:mm:ss").split(":"))
    assert (hours * 60 + minutes) * 60 + rest == seconds


def test_numbers_without_a_format_have_no_noise() -> None:
    assert [general(value) for value in (12.0, 0.1 + 0.2, -0.5, 1e16, float("inf"))] == [
        "12",
        "0.3",
        "-0.5",
        "1e+16",
        "inf",
    ]


# Text


RICH = "<r><rPr><b/></rPr><t>we left </t></r><r><t>them there</t></r>"


def test_runs_of_rich_text_keep_the_space_between_them() -> None:
    assert cells("<c t='s'><v>0</v></c>", shared=f"<si>{RICH}</si>") == ["we left them there"]
    assert cells(f"<c t='inlineStr'><is>{RICH}</is></c>") == ["we left them there"]


def test_phonetic_guides_are_no_words() -> None:
    assert cells("<c t='s'><v>0</v></c>", shared='<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>') == [
        "東京"
    ]


@pytest.mark.parametrize(
    ("stored", "text"),
    [("a_x000D_\nb", "a\nb"), ("_x005F_x0041_", "_x0041_"), ("_xD83D__xDE00_", "😀"), ("max_x value", "max_x value")],
)
def test_escapes_of_strings_are_the_characters_they_stand_for(stored: str, text: str) -> None:
    assert cells("<c t='s'><v>0</v></c>", shared=f"<si><t>{stored}</t></si>") == [text]


def test_prefixes_of_namespaces_do_not_matter() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>So?</x:t></x:is></x:c>'
        "<x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = packed({"S": ""}, parts={"xl/worksheets/sheet1.xml": sheet})
    assert read_workbook("x.xlsx", data, Limits()).rows == ((1, ["So?", "4"]),)


def test_rows_begin_at_the_first_filled_column() -> None:
    assert read_workbook("x.xlsx", book([(None, None, "a"), (None, None, None, "b")]), Limits()).rows == (
        (1, ["a", ""]),
        (2, ["", "b"]),
    )


def test_a_document_type_declaration_is_refused() -> None:
    sheet = f'<!DOCTYPE a [<!ENTITY b "cc">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        read_workbook("x.xlsx", packed({"S": ""}, parts={"xl/worksheets/sheet1.xml": sheet}), Limits())


def test_a_part_in_an_unknown_encoding_is_refused() -> None:
    sheet = f'<?xml version="1.0" encoding="KOI-99"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(UnreadableFile, match=r"x\.xlsx is damaged"):
        read_workbook("x.xlsx", packed({"S": ""}, parts={"xl/worksheets/sheet1.xml": sheet}), Limits())


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_addresses_name_their_column(column: int, row: int) -> None:
    letters = address(row, column).rstrip("0123456789")
    assert column_number(letters) == column


# Comments


NOTES = (
    '<comments xmlns="{0}"><commentList><comment ref="B3"><text><r><t>ask</t></r><r><t> again</t></r></text></comment>'
    "{1}</commentList></comments>"
)
THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="B2"><text>is this him?</text></threadedComment>'
    '<threadedComment ref="B2"><text>yes</text></threadedComment></ThreadedComments>'
)


@pytest.mark.parametrize("target", ["../comments1.xml", "/xl/comments1.xml"])
def test_comments_of_cells_are_reported_with_their_address(target: str) -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"c": ("comments", target)}),
        "xl/comments1.xml": NOTES.format(MAIN, ""),
    }
    data = packed({"S": rows_xml((HEADER, ("Ida", "So?"), ("Jon", "By bus.")))}, parts=parts)
    draft = read_source("bus.xlsx", data)
    assert [warning.message for warning in draft.warnings] == ["1 cell has a comment, not imported: B3 (“ask again”)."]


def test_a_thread_of_comments_is_reported_once() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            {
                "c": ("comments", "../comments1.xml"),
                "t": ("threadedComment", "../threadedComments/threadedComment1.xml"),
            }
        ),
        "xl/comments1.xml": NOTES.format(
            MAIN, '<comment ref="B2"><text><t>[Threaded comment] ...</t></text></comment>'
        ),
        "xl/threadedComments/threadedComment1.xml": THREAD,
    }
    data = packed({"S": rows_xml((HEADER, ("Ida", "So?"), ("Jon", "By bus.")))}, parts=parts)
    assert [warning.message for warning in read_source("bus.xlsx", data).warnings] == [
        "2 cells have comments, not imported: B3 (“ask again”), B2 (“is this him? / yes”)."
    ]
