"""Charts as flat tables."""

from __future__ import annotations

from dataclasses import replace

from fwanalysis.domain.cell_text import fingerprint
from fwanalysis.domain.chart_document import ChartDocument, DocumentCell, DocumentColumn, DocumentQuote, DocumentRow
from fwanalysis.domain.chart_tables import LONG_COLUMNS, column_headers, long_table, number, wide_table
from fwanalysis.domain.matrix import CellContent

QUOTE = DocumentQuote("1", "(P01:2)", "we share", "", "", "I", "P01", "Trust", "against", "", "Ada")
CELL = DocumentCell(
    *("checked", ("1 coding added",), "Shares (P01:2).", "Ada", "2026-11-30T09:00:00+00:00", 2, 1, 9, (1, 2, 0)),
    quotes=(QUOTE,),
    affirmation="still right",
    disagreement="never attends",
)
ABSENT = DocumentCell("not applicable", text="no plot")
CHART = ChartDocument(
    title="Trust",
    about={"project": "Allotments"},
    attributes=("site", "years"),
    numeric=frozenset({"years"}),
    rows=(
        DocumentRow("a", "case-a", "P01", "person", ("Birch", "2.50")),
        DocumentRow("b", "", "(no case)", "", (None, None)),
    ),
    columns=(DocumentColumn("t", "code-t", False, "Trust", "Sheds", "Sheds", "Trust / Sheds"),),
    cells=((CELL,), (ABSENT,)),
)


def test_a_wide_table_has_a_row_per_case_and_a_column_per_code() -> None:
    table = wide_table(CHART, CellContent.SUMMARY)
    assert table.columns == ("case", "site", "years", "Sheds")
    assert table.rows == (
        ("P01", "Birch", 2.5, "[checked; out of date: 1 coding added]\n[disagreement: never attends]\nShares (P01:2)."),
        ("(no case)", None, None, "[not applicable: no plot]"),
    )
    assert table.about == {"project": "Allotments"}


def test_each_content_shows_its_part_of_a_cell() -> None:
    def first(content: CellContent) -> object:
        return wide_table(CHART, content).rows[0][-1]

    assert first(CellContent.QUOTES) == "“we share” (P01:2) [against]"
    assert str(first(CellContent.BOTH)).endswith("Shares (P01:2).\n\nEvidence:\n“we share” (P01:2) [against]")
    assert first(CellContent.COUNTS) == 2
    assert first(CellContent.STANCES) == "1 for, 2 against"
    assert first(CellContent.PRESENCE) == 1
    assert wide_table(CHART, CellContent.PRESENCE).rows[1][-1] == 0


def test_a_long_table_has_a_row_per_cell_with_state_figures_and_ids() -> None:
    table = long_table(CHART, CellContent.COUNTS)
    assert table.columns == ("case", "site", "years", *LONG_COLUMNS[1:])
    first, second = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert first == {
        **{"case": "P01", "site": "Birch", "years": 2.5, "theme": "Sheds", "code": "Trust / Sheds", "content": 2},
        **{"state": "checked", "segments": 2, "persons": 1, "stale": "1 coding added", "level": "person"},
        **{"summary": "Shares (P01:2).", "reason": "", "author": "Ada", "written_at": "2026-11-30T09:00:00+00:00"},
        **{"words": 9, "for": 1, "against": 2, "mixed": 0, "affirmation": "still right"},
        **{"disagreement": "never attends", "case_id": "case-a", "code_id": "code-t", "itself": 0},
        "fingerprint": fingerprint("checked", "Shares (P01:2)."),
    }
    assert (second["summary"], second["reason"], second["case_id"]) == ("", "no plot", "")


def test_the_columns_of_a_long_table_begin_as_they_did_in_earlier_versions() -> None:
    assert LONG_COLUMNS[:8] == ("case", "theme", "code", "content", "state", "segments", "persons", "stale")


def test_headers_are_unique_and_say_which_is_the_attribute() -> None:
    column = CHART.columns[0]
    labels = ("site", "case", "x", "x")
    document = replace(
        CHART,
        attributes=("site", "case", "years", "years"),
        rows=(replace(CHART.rows[0], attributes=("Birch", "c", "1", "2")),),
        columns=tuple(replace(column, label=label) for label in labels),
        cells=((CELL,) * 4,),
    )
    assert wide_table(document, CellContent.COUNTS).columns == (
        *("case", "site (attribute)", "case (attribute)", "years", "years (2)"),
        *("site", "case (code)", "x", "x (2)"),
    )
    assert column_headers(document) == ("site", "case (code)", "x", "x (2)")
    long = long_table(replace(document, attributes=("state", "theme", "n", "m")), CellContent.COUNTS)
    assert long.columns[1:5] == ("state (attribute)", "theme (attribute)", "n", "m")
    assert len(set(long.columns)) == len(long.columns)


def test_numbers_stay_exact_or_stay_text() -> None:
    assert [number(text) for text in ("7", "2.50", "-3", "1e3")] == [7, 2.5, -3, 1000]
    kept = ["", "seven", "nan", "inf", "1_000", "1234567890123456789"]
    assert [number(text) for text in kept] == kept
