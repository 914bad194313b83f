"""Rows of tables that begin no turn: those without a speaker, of merged cells, and notes in brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.readers.registry import read_source, read_sources
from tests.formats.docx_files import p, r, table, word
from tests.formats.readers.test_table import comma, turns
from tests.formats.xlsx_files import book, packed, rows_xml

HEADER = ("speaker", "text")
ROWS = (
    ("Maud", "Who keeps the bees?"),
    ("Odo", "My aunt did."),
    ("", "Later we all did."),
    ("", "Even the little ones."),
    ("Maud", "All of you?"),
)
JOINED = [
    ("Maud", "Who keeps the bees?", None),
    ("Odo", "My aunt did.\nLater we all did.\nEven the little ones.", None),
    ("Maud", "All of you?", None),
]


def page(rows: str) -> bytes:
    return f"<table><tr><th>speaker<th>text{rows}</table>".encode()


@pytest.mark.parametrize(
    ("name", "data", "unit"),
    [
        ("bees.csv", comma(HEADER, *ROWS), "line"),
        ("bees.tsv", comma(HEADER, *ROWS, delimiter="\t"), "line"),
        ("bees.xlsx", book((HEADER, *ROWS)), "row"),
        ("bees.docx", word(table(*(tuple(p(r(cell)) for cell in row) for row in (HEADER, *ROWS)))), "row"),
    ],
)
def test_rows_without_a_speaker_join_the_turn_above_and_one_warning_lists_them(
    name: str, data: bytes, unit: str
) -> None:
    draft = read_source(name, data)
    assert turns(draft) == JOINED
    assert [warning.message for warning in draft.warnings] == [
        f"2 rows without a speaker were joined to the turn above: {unit} 4 (“Later we all did.”), 5 (“Even the little "
        "ones.”)."
    ]


def test_the_further_rows_of_a_merged_speaker_cell_join_the_turn_above() -> None:
    sheet = rows_xml((HEADER, *(tuple(cell or None for cell in row) for row in ROWS)))
    data = packed({"Talk": sheet}, after='<mergeCells count="1"><mergeCell ref="A3:A5"/></mergeCells>')
    assert turns(read_source("bees.xlsx", data)) == JOINED


@pytest.mark.parametrize("span", ["3", " 3 ", "0", "900"])
def test_a_speaker_cell_that_spans_rows_of_a_web_page_speaks_in_all_of_them(span: str) -> None:
    rows = (
        f"<tr><td>Maud<td>Who keeps the bees?<tr><td rowspan='{span}'>Odo<td>My aunt did.<tr><td>Later we all did."
        "<tr><td>Even the little ones."
    )
    assert turns(read_source("bees.html", page(rows))) == JOINED[:2]


def test_cells_that_span_rows_in_other_columns_leave_the_words_in_theirs() -> None:
    data = (
        "<table><tr><th>block<th>speaker<th>text<th>code"
        "<tr><td rowspan=2>one<td>Maud<td>Who keeps them?<td rowspan=2>bees<tr><td>Odo<td>My aunt did."
        "<tr><td>two<td rowspan=2>Maud<td>And then?<td>x<tr><td>three<td>Who did?<td>y</table>"
    )
    draft = read_source("bees.html", data.encode())
    assert turns(draft) == [
        ("Maud", "Who keeps them?", None),
        ("Odo", "My aunt did.", None),
        ("Maud", "And then?\nWho did?", None),
    ]


@pytest.mark.parametrize("note", ["[Hands go up.]", "(The bell rings)", "*they laugh*", "{noise}", "<pause>", "【笑】"])
def test_a_row_in_brackets_without_a_speaker_is_excluded_text(note: str) -> None:
    rows = (("Maud", "Ready?"), ("", note), ("Odo", "Yes."))
    draft = read_source("bees.csv", comma(HEADER, *rows))
    kinds = [(turn.label, turn.kind) for turn in draft.turns]
    assert kinds == [("Maud", TurnKind.SPEECH), (None, TurnKind.EXCLUDED), ("Odo", TurnKind.SPEECH)]
    assert [warning.message for warning in draft.warnings] == [
        f"1 row in brackets without a speaker was excluded (not dialogue): line 3 (“{note}”)."
    ]


def test_a_note_in_brackets_with_a_speaker_or_with_more_words_is_speech() -> None:
    rows = (("Maud", "[laughs]"), ("", "[sighs] Well, yes."), ("Odo", "So."))
    assert turns(read_source("bees.csv", comma(HEADER, *rows))) == [
        ("Maud", "[laughs]\n[sighs] Well, yes.", None),
        ("Odo", "So.", None),
    ]


def test_an_answer_goes_on_after_excluded_text() -> None:
    rows = (("Maud", "Ready?"), ("Odo", "Nearly"), ("", "[A door.]"), ("", "there."), ("Maud", "Good."))
    assert turns(read_source("bees.csv", comma(HEADER, *rows))) == [
        ("Maud", "Ready?", None),
        ("Odo", "Nearly", None),
        (None, "[A door.]", None),
        ("Odo", "there.", None),
        ("Maud", "Good.", None),
    ]


def test_rows_above_the_first_speaker_are_turns_without_one() -> None:
    rows = (("", "It is May."), ("Maud", "Ready?"), ("Odo", "Yes."), ("", ""))
    draft = read_source("bees.csv", comma(HEADER, *rows))
    assert turns(draft) == [(None, "It is May.", None), ("Maud", "Ready?", None), ("Odo", "Yes.", None)]
    assert [warning.message for warning in draft.warnings] == [
        "1 row without a speaker, with no turn above to join, is a turn without a speaker: line 2 (“It is May.”)."
    ]


def test_respondents_and_attributes_in_merged_cells_hold_for_all_their_rows() -> None:
    answers = (
        ("participant", "site", "question", "answer"),
        ("P1", "Quay", "What did you keep?", "Bees, for as long as I can remember."),
        (None, None, "Why did you stop?", "The winter took them, all but one box."),
        ("P2", "Quay", "What did you keep?", "Nothing, I only watched the others."),
    )
    merged = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B2:B4"/></mergeCells>'
    drafts = read_sources("bees.xlsx", packed({"S": rows_xml(answers)}, after=merged))
    assert [(draft.case, dict(draft.attributes)) for draft in drafts] == [
        ("P1", {"site": "Quay"}),
        ("P1", {"site": "Quay"}),
        ("P2", {"site": "Quay"}),
    ]


cells = st.text("ab [](*)\n", max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["Maud", "Odo", ""]), cells), min_size=1, max_size=12))
def test_no_word_of_a_table_is_lost_and_only_speakers_begin_turns(rows: list[tuple[str, str]]) -> None:
    data = comma(HEADER, ("Maud", "Who keeps the bees?"), *rows)
    draft = read_source("bees.csv", data)
    said = "Who keeps the bees?" + "".join(words for _, words in rows)
    assert "".join(draft.text.split()) == "".join(said.split())
    labelled = 1 + sum(who != "" for who, _ in rows)
    speech = [turn for turn in draft.turns if turn.kind is TurnKind.SPEECH]
    assert all(turn.label for turn in speech)
    assert len(speech) <= labelled + sum(turn.kind is TurnKind.EXCLUDED for turn in draft.turns)
