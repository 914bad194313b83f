"""Tables of turns in documents and in texts with tabs: read as the same table in a spreadsheet is."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source
from tests.formats.docx_files import p, r, read, table, word
from tests.formats.readers.test_table import turns

HEADER = ("Line", "Speaker", "Transcript", "Notes / codes")
ROWS = (
    ("1", "INT", "Where did you keep the boat?", ""),
    ("2", "P07", "Below the bridge, in all weathers.", "boats; water"),
    ("3", "INT", "And then?", ""),
    ("4", "P07", "Then it sank.", "loss"),
)
SPOKEN = [(row[1], row[2], None) for row in ROWS]
LEFT_OUT = "1 column was not imported: “Notes / codes”."


def of(*rows: tuple[str, ...]) -> str:
    return table(*(tuple(p(r(cell)) for cell in row) for row in rows))


def page(*rows: tuple[str, ...]) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{cells}</table>".encode()


def rich(*rows: tuple[str, ...]) -> bytes:
    lines = ("\\trowd" + "".join(f"\\intbl {cell}\\cell" for cell in row) + "\\row\n" for row in rows)
    return ("{\\rtf1\\ansi Talk 7\\par\n" + "".join(lines) + "\\pard Typed by hand.\\par}").encode()


def tabs(*rows: tuple[str, ...]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("P07.docx", word(of(HEADER, *ROWS))),
        ("P07.html", page(HEADER, *ROWS)),
        ("P07.txt", tabs(HEADER, *ROWS)),
    ],
)
def test_columns_beside_the_words_are_no_speech_and_are_told(name: str, data: bytes) -> None:
    draft = read_source(name, data)
    assert turns(draft) == SPOKEN
    assert [doubt.message for doubt in draft.warnings] == [LEFT_OUT]
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]


@pytest.mark.parametrize("codes", ["Codes", "Initial codes", "Memo", "My comments", "Code 1", "Themes"])
def test_labels_stay_the_speakers_in_a_table_of_words_and_codes(codes: str) -> None:
    draft = read(of(("Transcript", codes), *((f"{row[1]}: {row[2]}", row[3]) for row in ROWS)))
    assert turns(draft) == SPOKEN
    assert "not imported" in draft.warnings[0].message


def test_what_stands_around_the_table_is_preamble_and_aside() -> None:
    facts = of(("Site", "the harbour"), ("Date", "4 May 2031"))
    draft = read(p(r("Talk 7")) + facts + of(HEADER, *ROWS[:2], ("a break",), *ROWS[2:]) + p(r("Typed by hand.")))
    told = [(turn.kind, draft.text[turn.start : turn.end]) for turn in draft.turns if turn.kind is not TurnKind.SPEECH]
    assert told == [
        (TurnKind.PREAMBLE, "Talk 7\nSite\tthe harbour\nDate\t4 May 2031"),
        (TurnKind.EXCLUDED, "a break"),
        (TurnKind.EXCLUDED, "Typed by hand."),
    ]
    assert [turn.label for turn in draft.turns if turn.label] == ["INT", "P07", "INT", "P07"]


def test_a_header_that_comes_again_on_each_page_is_no_turn() -> None:
    assert turns(read(of(HEADER, *ROWS[:2]) + p() + of(HEADER, *ROWS[2:]))) == SPOKEN


def test_a_row_without_speaker_goes_on_in_the_turn_above() -> None:
    draft = read(of(("Speaker", "Text"), ("Ann", "So?"), ("Bob", "Yes."), ("", "And more."), ("Ann", "Mm.")))
    assert turns(draft) == [("Ann", "So?", None), ("Bob", "Yes.\nAnd more.", None), ("Ann", "Mm.", None)]
    assert [doubt.message for doubt in draft.warnings] == [
        "1 row without a speaker was joined to the turn above: row 4 (“And more.”)."
    ]


def test_a_row_with_a_time_but_no_speaker_begins_no_turn_either() -> None:
    rows = (("0:01", "Ann", "So?"), ("0:02", "", "Yes?"), ("0:03", "Bob", "Mm."))
    assert turns(read(of(("Time", "Speaker", "Text"), *rows)))[0] == ("Ann", "So?\nYes?", 1.0)


def test_questions_and_answers_side_by_side_are_turns() -> None:
    rows = [(ROWS[0][2], f"{ROWS[1][2]} Until the river took the bridge."), (ROWS[2][2], ROWS[3][2])]
    draft = read(of(("Question", "Answer"), *rows))
    assert [label for label, _, _ in turns(draft)] == ["Question", "Answer", "Question", "Answer"]
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]


@pytest.mark.parametrize("cell", ["Ann 0:0{}", "Ann\n0:0{}"])
def test_a_label_and_a_time_in_one_cell_are_both_read(cell: str) -> None:
    rows = [(cell.format(at).replace("Ann", row[1]), row[2]) for at, row in enumerate(ROWS)]
    body = table(*((p(*(r(line) for line in who.split("\n"))), p(r(said))) for who, said in rows))
    expected = [(row[1], row[2], float(at)) for at, row in enumerate(ROWS)]
    if "\n" not in cell:
        assert turns(read(body)) == expected
    apart = table(*(("".join(p(r(line)) for line in who.split("\n")), p(r(said))) for who, said in rows))
    headed = of(("Speaker", "Text")).replace("</w:tbl>", "") + apart.replace("<w:tbl>", "")
    assert turns(read(headed)) == expected


def test_a_small_table_in_a_document_makes_no_transcript() -> None:
    prose = p(r("The harbour was built before the bridge, and nobody remembers by whom. " * 9))
    draft = read(prose + of(HEADER, *ROWS) + prose)
    assert draft.speaker_format != "rows"


def test_lines_are_read_where_a_person_chooses_a_style() -> None:
    data = word(of(("Speaker", "Text"), ("Ann", "So?"), ("Bob", "Yes."), ("Ann", "Mm.")))
    draft = read_source("x.docx", data, options=ReadOptions(speaker_format="label-tab"))
    assert (draft.speaker_format, draft.text) == ("label-tab", "Speaker\tText\nAnn\tSo?\nBob\tYes.\nAnn\tMm.")


ON = (("Ann", "Where did the boat lie?"), ("Bob", "Below the old bridge, in all weathers.")) * 4
TIMED = (("Time", "Speaker", "Text"), ("0:01", "Ann", "And after noon?"), ("0:02", "Bob", "Then it sank."))


@pytest.mark.parametrize("between", [p(r("After noon")), p()])
def test_a_second_table_of_turns_with_other_columns_stays_speech(between: str) -> None:
    found = turns(read(of(("Speaker", "Text"), *ON) + between + of(*TIMED)))
    assert [label for label, _, _ in found if label] == ["Ann", "Bob"] * 5
    assert found[-2:] == [("Ann", "And after noon?", 1.0), ("Bob", "Then it sank.", 2.0)]


def test_a_second_table_without_names_of_columns_stays_speech() -> None:
    found = turns(read(of(("Speaker", "Text"), *ON) + p(r("After noon")) + of(*TIMED[1:])))
    assert found[-2:] == [("Ann", "And after noon?", 1.0), ("Bob", "Then it sank.", 2.0)]


@pytest.mark.parametrize("place", [0, 1])
def test_labelled_paragraphs_of_the_same_speakers_stay_speech(place: int) -> None:
    spoken = [p(r(f"{label}: {words}")) for label, words in (("Ann", "And so?"), ("Bob", "It sank."), ("Ann", "Oh."))]
    parts = [of(("Speaker", "Text"), *ON)]
    parts.insert(place, "".join(spoken))
    draft = read("".join(parts))
    assert {("Ann", "And so?", None), ("Bob", "It sank.", None)} <= set(turns(draft))


def test_facts_above_a_table_that_name_each_speaker_once_are_preamble() -> None:
    draft = read(p(r("Ann: the interviewer")) + of(("Bob", "fisher, 44")) + of(("Speaker", "Text"), *ON))
    assert (draft.speaker_format, draft.turns[0].kind, len(draft.turns)) == ("rows", TurnKind.PREAMBLE, 9)


def test_each_stretch_that_is_set_aside_is_told() -> None:
    draft = read(of(("Speaker", "Text"), *ON[:4], ("break",), *ON[4:]) + p(r("Typed by hand.")))
    told = "Excluded text between or below the rows: 2 passages: 1 word (“break”), 3 words (“Typed by hand.”)."
    assert [doubt.message for doubt in draft.warnings] == [told]


def test_tables_in_cells_do_no_harm() -> None:
    inner = of(("Speaker", "Text"), ("Ann", "So?"), ("Bob", "Yes."))
    assert read(table((p(r("a")), inner + p()), (p(r("c")), p(r("d"))))).text.startswith("a\tSpeaker\tText")


def test_tables_of_rich_text_are_read_as_well() -> None:
    draft = read_source("P07.rtf", rich(HEADER, *ROWS))
    assert [turn for turn in turns(draft) if turn[0]] == SPOKEN
    below = "Excluded text between or below the rows: 1 passage: 3 words (“Typed by hand.”)."
    assert [doubt.message for doubt in draft.warnings] == [LEFT_OUT, below]
    assert draft.text.startswith("Talk 7\n\nWhere did")


# Texts with tabs


@pytest.mark.parametrize(
    "rows",
    [
        [("Timespan", "Content", "Speaker"), *((f"0:0{at}.0 - 0:09.5", row[2], row[1]) for at, row in enumerate(ROWS))],
        [
            ("Title", "Start", "End", "Speaker", "Transcript"),
            *(("P9", f"00:00:0{at}.00", "00:00:09.05", row[1], row[2]) for at, row in enumerate(ROWS)),
        ],
        [(row[1], "", f"00:00:0{at}.000", f"{at}.000", "00:00:09", row[2]) for at, row in enumerate(ROWS)],
        [(f"00:00:0{at}", "00:00:09", row[1], row[2]) for at, row in enumerate(ROWS)],
        [
            ("Subtitle", "Start Time", "End Time"),
            *((f"{row[1]}: {row[2]}", f"00:00:0{at}.00", "00:00:09.05") for at, row in enumerate(ROWS)),
        ],
        [
            ("Begin Time - hh:mm:ss.ms", "End Time - hh:mm:ss.ms", "INT", "P07"),
            ("00:00:00", "00:00:09", ROWS[0][2], ""),
            ("00:00:01", "00:00:09", "", f"{ROWS[1][2]} So it was, and so it stayed."),
            ("00:00:02", "00:00:09", ROWS[2][2], ""),
            ("00:00:03", "00:00:09", "", ROWS[3][2]),
        ],
    ],
)
def test_exports_with_tabs_are_read_as_tables(rows: list[tuple[str, ...]]) -> None:
    found = turns(read_source("x.txt", tabs(*rows)))
    assert [(label, time) for label, _, time in found] == [(row[1], float(at)) for at, row in enumerate(ROWS)]
    assert all(words.startswith(row[2]) for (_, words, _), row in zip(found, ROWS, strict=True))


def test_a_line_without_tabs_goes_on_in_the_cell_above() -> None:
    rows = [("Start", "Speaker", "Text"), *((f"0:0{at}", row[1], row[2]) for at, row in enumerate(ROWS * 3))]
    data = tabs(*rows).replace(b"all weathers.", b"all weathers.\nAnd below the old one.", 1)
    assert turns(read_source("x.txt", data))[1] == (
        "P07",
        "Below the bridge, in all weathers.\nAnd below the old one.",
        1.0,
    )


def test_a_paragraph_without_tabs_after_a_blank_line_goes_on_in_the_turn_above() -> None:
    rows = [("Start", "Speaker", "Text"), *((f"0:0{at}", row[1], row[2]) for at, row in enumerate(ROWS * 3))]
    data = tabs(*rows).replace(b"all weathers.", b"all weathers.\n\nAnd below the old one.", 1)
    draft = read_source("x.txt", data)
    assert turns(draft)[1] == ("P07", "Below the bridge, in all weathers.\n\nAnd below the old one.", 1.0)
    assert draft.speaker_format == "rows"


def test_a_line_without_tabs_never_becomes_part_of_a_label() -> None:
    rows = [("Start", "Text", "Speaker"), *((f"0:0{at}", row[2], row[1]) for at, row in enumerate(ROWS * 3))]
    data = tabs(*rows).replace(b"weathers.\tP07", b"weathers.\tP07\nAnd below the old one.", 1)
    draft = read_source("x.txt", data)
    assert not any("old one" in speaker.label for speaker in draft.speakers)
    assert "And below the old one." in draft.text
    assert not any(turn.kind is TurnKind.EXCLUDED for turn in draft.turns)


def test_a_text_with_some_tabs_is_a_text() -> None:
    data = b"Speaker\tTime\tText\n" + b"We left at noon, and nobody saw us go.\n" * 9
    assert read_source("x.txt", data).turns == ()


def test_the_front_matter_of_a_text_with_tabs_is_kept() -> None:
    rows = [("Start", "Speaker", "Text"), *((f"0:0{at}", row[1], row[2]) for at, row in enumerate(ROWS))]
    draft = read_source("x.txt", b"---\ncase: P31\nage: 44\n---\n" + tabs(*rows))
    assert (draft.case, dict(draft.attributes), len(draft.turns)) == ("P31", {"age": "44"}, 4)


def test_a_doubt_about_the_encoding_names_its_line_in_a_text_with_tabs() -> None:
    rows = [("Start", "Speaker", "Text"), *((f"0:0{at}", row[1], row[2]) for at, row in enumerate(ROWS))]
    draft = read_source("x.txt", b"---\ncase: P31\n---\n" + tabs(*rows).replace(b"in all", b"\x93in\x94 all"))
    assert draft.warnings[0].start is None
    assert draft.warnings[0].message.startswith("Line 6 of the file: ")


def test_words_that_speak_of_an_interviewer_name_no_column() -> None:
    said = [
        ("Ann", "Which word?"),
        ("P12", "“Interviewer” is a word that I had never used."),
        ("Ann", "And?"),
        ("P12", "No."),
    ]
    draft = read(of(*said))
    assert turns(draft) == [(label, words, None) for label, words in said]
