"""Tables as sources: a row a turn, a row a respondent, and what is neither."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import Role, SourceKind, TurnKind
from fwanalysis.errors import NotASource, UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers.registry import read_source, read_sources
from fwanalysis.formats.tables.sheets import read_sheet
from fwanalysis.formats.tables.xlsx import read_workbook
from tests.formats.xlsx_files import CLOCK, DATE, DATE_AND_TIME, DURATION, book, packed, rows_xml

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

ANSWER = "We shared what we had learned with the other wards, and nobody asked who paid for it."
OTHER = "Nothing, because the meetings stopped when the money did, and there was no time left."


def turns(draft: ParsedSource) -> list[tuple[str | None, str, float | None]]:
    return [(turn.label, draft.text[turn.start : turn.end], turn.time) for turn in draft.turns]


def comma(*rows: tuple[str, ...], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


# A row a turn

SAID = (("Speaker", "Text"), ("Int", "Why, then?"), ("P01", " Two lines:\nof “words”;\tso. "), ("P01", "And more."))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("P01.csv", comma(*SAID)),
        ("P01.csv", comma(*SAID, delimiter=";")),
        ("P01.csv", comma(*SAID, delimiter="\t")),
        ("P01.csv", b"sep=;\r\n" + comma(*SAID, delimiter=";")),
        ("P01.tsv", comma(*SAID, delimiter="\t")),
        ("P01.csv", b"\xef\xbb\xbf" + comma(*SAID)),
        ("P01.csv", comma(*SAID).decode().encode("utf-16")),
        ("P01.xlsx", book(SAID)),
        ("P01.xlsx", book([], SAID)),
        ("P01.csv", book(SAID)),
    ],
)
def test_each_row_is_a_turn_with_its_words_as_they_are(name: str, data: bytes) -> None:
    draft = read_source(name, data)
    assert turns(draft) == [(label, words, None) for label, words in SAID[1:]]
    assert draft.text == "\n\n".join(words for _, words in SAID[1:])
    assert (draft.input_format, draft.speaker_format, draft.kind, draft.warnings) == (
        "table",
        "rows",
        SourceKind.INTERVIEW,
        (),
    )
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]


@pytest.mark.parametrize("who", ["WHO", "name", "Speaker_Name", "Participant", "voice", "Sprecher"])
@pytest.mark.parametrize("said", ["words", "UTTERANCE", "Content", "transcript ", "what was said", "Inhalt"])
def test_columns_have_many_names(who: str, said: str) -> None:
    draft = read_source("x.csv", comma((who, "note", said), ("Ann", "x", "one"), ("Bob", "", "two"), ("Ann", "", "x")))
    assert [(label, words) for label, words, _ in turns(draft)] == [("Ann", "one"), ("Bob", "two"), ("Ann", "x")]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("00:12:31", 751.0),
        ("12:31", 751.0),
        ("[1:02:03,5]", 3723.5),
        ("00:12:31.680 - 00:12:40", 751.68),
        ("751.25", 751.25),
        ("2026-03-31 14:05", 50_700.0),
        ("", None),
    ],
)
def test_times_are_read_in_the_ways_people_write_them(written: str, seconds: float | None) -> None:
    draft = read_source("x.csv", comma(("start", "speaker", "text"), (written, "Ann", "one")))
    assert (draft.turns[0].time, draft.warnings) == (seconds, ())


def test_times_that_cannot_be_read_are_told_by_their_line() -> None:
    draft = read_source("x.csv", comma(("time", "who", "text"), ("1:00", "A", "x\ny"), ("late", "B", "z")))
    assert [doubt.message for doubt in draft.warnings] == [
        "These times cannot be read and were left out: line 4 (“late”)."
    ]


def test_roles_and_cases_are_taken_from_the_table() -> None:
    rows = (
        ("speaker", "role", "case", "text"),
        ("Ann", "Moderator", "", "So?"),
        ("Bob", "participant", "P07", "Yes."),
        ("Eve", "other", "", "Tea?"),
        ("Bob", "participant", "P08", "No."),
    )
    draft = read_source("x.csv", comma(*rows))
    stated = {speaker.label: (speaker.role, speaker.case) for speaker in draft.speakers}
    assert stated == {
        "Ann": (Role.INTERVIEWER, ""),
        "Bob": (Role.PARTICIPANT, "P07"),
        "Eve": (Role.OTHER, ""),
    }
    assert [doubt.message for doubt in draft.warnings] == [
        "Line 5 of the file says “P08” about Bob, an earlier one “P07”."
    ]


def test_a_role_that_is_none_is_told_and_guessed() -> None:
    draft = read_source("x.csv", comma(("speaker", "role", "text"), ("Int", "nurse", "So?"), ("P01", "", "Yes.")))
    assert draft.speakers[0].role is Role.INTERVIEWER
    assert "“nurse” is not a role" in draft.warnings[0].message


def test_labels_in_two_spellings_are_one_and_slips_are_proposed() -> None:
    rows = [("Participant", "x"), ("participant:", "x"), ("Participant", "x"), ("Int", "y")] * 3 + [("Paticipant", "z")]
    draft = read_source("x.csv", comma(("speaker", "text"), *rows))
    assert [speaker.label for speaker in draft.speakers] == ["Participant", "Int", "Paticipant"]
    assert [(merge.label, merge.into) for merge in draft.merges] == [("Paticipant", "Participant")]


def test_rows_without_a_speaker_or_without_words_are_turns() -> None:
    draft = read_source("x.csv", comma(("time", "text"), ("0:01", "one"), ("0:02", ""), ("", "three")))
    assert turns(draft) == [(None, "one", 1.0), (None, "", 2.0), (None, "three", None)]


def test_two_columns_without_names_are_speaker_and_text() -> None:
    rows = (("Ann", "How was it, then?"), ("Bob", "It was long."), ("Ann", "Why was that?"), ("Bob", "It was May."))
    assert [label for label, _, _ in turns(read_source("x.csv", comma(*rows)))] == ["Ann", "Bob", "Ann", "Bob"]


def test_names_that_repeat_beside_a_text_are_speakers() -> None:
    draft = read_source("x.csv", comma(("Participant", "Text"), ("P1", "one"), ("P2", "two"), ("P1", "three")))
    assert [label for label, _, _ in turns(draft)] == ["P1", "P2", "P1"]


def test_the_style_none_makes_no_turns() -> None:
    draft = read_source("x.csv", comma(*SAID), options=ReadOptions(speaker_format="none"))
    assert (draft.turns, draft.speaker_format) == ((), "none")


# A row a respondent

ASKED = "What did you share, with whom, and what came of it in the end?"
ANSWERED = (
    ("ID", "Role", "Years in post", ASKED, "Anything else?", "q3"),
    ("P01", "nurse", "12", ANSWER, "", OTHER),
    ("P02", "doctor", "", OTHER, ANSWER, "no"),
    ("P03", "nurse", "4", "\n", "", ""),
)


@pytest.mark.parametrize(("name", "data"), [("a.csv", comma(*ANSWERED)), ("a.xlsx", book(ANSWERED))])
def test_each_answer_is_a_source_of_its_case(name: str, data: bytes) -> None:
    drafts = read_sources(name, data)
    assert [draft.name for draft in drafts] == [
        "P01 What did you share, with whom, and what",
        "P01 q3",
        "P02 What did you share, with whom, and what",
        "P02 Anything else",
        "P02 q3",
    ]
    first = drafts[0]
    assert (first.text, first.case, first.kind, first.turns) == (ANSWER, "P01", SourceKind.DOCUMENT, ())
    assert first.metadata == {"question": ASKED}
    assert first.attributes == {"role": "nurse", "years_in_post": "12"}
    assert first.words == 17


def test_names_of_answers_are_unique_in_a_file() -> None:
    rows = (("case", "a/b", "a b", "A B"), ("P01", ANSWER, OTHER, ANSWER), ("p01", ANSWER, "", ""))
    names = [draft.name for draft in read_sources("x.csv", comma(*rows))]
    assert names == ["P01 a b", "P01 a b (2)", "P01 A B (3)", "p01 a b (4)"]


def test_what_says_nothing_is_no_answer_and_is_counted_once() -> None:
    data = (
        "case,site,What do you share with the others?,What holds you back?\n"
        "P01,Alder,We share what we learn and what went wrong for us.,n/a\n"
        "P02,n/a,-,Nobody pays for the travel and it takes whole days of work.\n"
        "P03,Alder,?,\n"
    )
    drafts = read_sources("answers.csv", data.encode())
    assert [(draft.case, dict(draft.attributes)) for draft in drafts] == [("P01", {"site": "Alder"}), ("P02", {})]
    assert [doubt.message for draft in drafts for doubt in draft.warnings] == ["4 answers are empty or say n/a."]


def test_answers_need_a_respondent() -> None:
    with pytest.raises(UnreadableFile, match=r"x\.csv, line 3: this row has answers but nothing under “case”"):
        read_sources("x.csv", comma(("case", "why"), ("P01", ANSWER), ("", ANSWER)))


def test_one_text_each_is_an_answer_however_short() -> None:
    drafts = read_sources("x.csv", comma(("participant", "text"), ("P01", "Yes."), ("P02", "No.")))
    assert [(draft.case, draft.text) for draft in drafts] == [("P01", "Yes."), ("P02", "No.")]


def test_the_same_few_long_values_are_a_category() -> None:
    scale = ("I agree with this statement without any reservation at all", "I do not agree with it at all, not one bit")
    rows = [(f"P{number:02}", scale[number % 2], ANSWER + str(number)) for number in range(12)]
    drafts = read_sources("x.csv", comma(("case", "q1", "q2"), *rows))
    assert len(drafts) == 12
    assert drafts[0].attributes == {"q1": scale[0]}


def test_answers_in_scripts_without_blanks_are_free_text() -> None:
    rows = (("case", "q"), ("P01", "我们分享了我们学到的一切，没有人问谁付钱。"), ("P02", "没有"))
    assert [draft.case for draft in read_sources("x.csv", comma(*rows))] == ["P01", "P02"]


SHORT = ("it was too far", "we had no money left", "my sister asked me to", "no bus goes there", "they closed it")


@pytest.mark.parametrize("missing", ["NA", "-", "n/a", "N/A", "--", "NaN", "null", "#N/A", "?", "k.A."])
def test_short_answers_are_answers_where_others_are_missing(missing: str) -> None:
    rows = [(f"P{at}", answer) for at, answer in enumerate((*SHORT, missing, missing, missing))]
    drafts = read_sources("a.csv", comma(("participant", "Why did you leave?"), *rows))
    assert [draft.text for draft in drafts] == list(SHORT)
    assert drafts[0].warnings[0].message == "3 answers are empty or say n/a."


def test_two_respondents_may_give_the_same_short_answer() -> None:
    rows = [(f"P{at}", answer) for at, answer in enumerate((*SHORT, SHORT[0]))]
    assert len(read_sources("a.csv", comma(("participant", "Why did you leave?"), *rows))) == 6


# HTML entities


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("at home&mdash;or not", "at home—or not"),
        ("&quot;Home&quot;, she said", '"Home", she said'),
        ("it&#39;s me &amp; you", "it's me & you"),
        ("&#x201C;no&#x201D;", "“no”"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_html_entities_are_the_characters_they_mean(written: str, meant: str) -> None:
    draft = read_source("x.csv", comma(("speaker", "text"), ("Ann", "Where?"), ("Bob", written), ("Ann", "Oh.")))
    assert turns(draft) == [("Ann", "Where?", None), ("Bob", meant, None), ("Ann", "Oh.", None)]
    assert draft.warnings[0].message.startswith("HTML entities were decoded in 1 row (the first is “&")
    assert draft.warnings[0].message.endswith("in line 3).")


@pytest.mark.parametrize("words", ["AT&T; R&D; Q&A", "see ?a=1&copy=2", "salt & pepper; oil", "&nosuchthing;"])
def test_what_only_looks_like_an_entity_stays(words: str) -> None:
    draft = read_source("x.csv", comma(("speaker", "text"), ("Ann", words), ("Bob", "Oh.")))
    assert (draft.text.split("\n\n")[0], draft.warnings) == (words, ())


# Neither


def test_a_table_of_cases_is_no_source() -> None:
    for rows in ((("case", "role"), ("P01", "nurse")), (("role", "Case"), ("nurse", "P01"))):
        with pytest.raises(NotASource, match=r"is a table of cases; “fwa case import c\.csv” takes it"):
            read_sources("c.csv", comma(*rows))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (comma(("a", "b"), ("1", "2"), ("3", "4")), "it needs columns such as “speaker” and “text”"),
        (comma(("a\nb", "c"), ("1", "2")), "its first row is: a b, c."),
        (comma(("participant", "age"), ("P01", "44")), "is a table without words to read"),
        (b"speaker,text\nAnn,one\nBob,two,three\n", "line 3: this row has 3 cells where the header has 2"),
        (b'speaker,text\nAnn,one\nBob,"two\nand so on\n', "line 3: this row has a quotation mark that is not closed"),
        (b'speaker,text\nAnn,"one" two\nBob,x,"y"\n', "line 2: this row is not CSV"),
        (b"\n \n", "holds no table"),
        (b"speaker,text\nAnn,a\x00b\n", "NUL character in line 2"),
        (b"a,b\n" + b"x," * 40_000 + b"\n", "line 2: this row has over 16,384 cells"),
        (b'"a",' * 40_000, "line 1: this row has over 16,384 cells"),
        (b'speaker,text\nAnn,"' + b"x" * 2_100_000, "line 2: a cell has over 2,000,000 characters"),
        (b"speaker,text\nAnn," + b"x" * 4_000_001, "line 2: this line has over 4,000,000 characters"),
        (b"\n" * 2_000_001, "holds over 2,000,000 lines"),
        ((b"a," * 1000 + b"\n") * 1000, "holds over 1,000,000 cells"),
    ],
)
def test_what_is_no_table_of_words_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sources("x.csv", data)
    assert said in str(refused.value)
    assert str(refused.value).startswith("x.csv")


def test_quotation_marks_among_words_are_words_where_the_table_is_even() -> None:
    draft = read_source("x.tsv", b'speaker\ttext\nAnn\t"Yes" she said\nBob\tNo\nAnn\t"Oh"\n')
    assert [words for _, words, _ in turns(draft)] == ['"Yes" she said', "No", '"Oh"']
    assert "were read as text" in draft.warnings[0].message


def test_the_limit_of_csv_is_as_it_was_before() -> None:
    before = csv.field_size_limit()
    read_source("x.csv", comma(("speaker", "text"), ("Ann", "x " * 100_000)))
    with pytest.raises(UnreadableFile):
        read_source("x.csv", b'speaker,text\nAnn,"x')
    assert csv.field_size_limit() == before


@given(st.lists(st.sampled_from(['"', ",", ";", "\t", "\n", "a b", "Ann", "speaker", "text", "1:0", " "]), max_size=40))
def test_any_table_is_read_or_refused(pieces: list[str]) -> None:
    try:
        drafts = read_sources("x.csv", "".join(pieces).encode() or b" ")
    except UnreadableFile:
        return
    assert all(turn.end <= len(draft.text) for draft in drafts for turn in draft.turns)


# Workbooks


def test_values_are_written_as_a_person_would_write_them() -> None:
    values = (
        12,
        0.1 + 0.2,
        "<c t='b'><v>1</v></c>",
        f'<c s="{DATE}"><v>46112</v></c>',
        f'<c s="{DATE_AND_TIME}"><v>46112.5</v></c>',
        f'<c s="{CLOCK}"><v>0.008692129629629629</v></c>',
        f'<c s="{DURATION}"><v>1.5</v></c>',
        "<c><f>A1*2</f><v>24</v></c>",
        "<c t='e'><v>#N/A</v></c>",
    )
    (row,) = read_workbook("x.xlsx", book([values]), Limits()).rows
    assert row == (
        1,
        ["12", "0.3", "TRUE", "2026-03-31", "2026-03-31 12:00:00", "00:12:31", "36:00:00", "24", "#N/A"],
    )


def test_rows_keep_their_numbers_and_newlines_are_of_one_kind() -> None:
    sheet = read_sheet("x.xlsx", book([(), ("a_x000D_\nb", "c"), (), (None, "d")]))
    assert sheet.rows == ((2, ["a\nb", "c"]), (4, ["", "d"]))


def test_the_first_sheet_with_content_is_read_and_the_others_are_told() -> None:
    draft = read_source("x.xlsx", book([], SAID, [("case",)], hidden=4))
    assert draft.warnings[0].message == "Only the sheet “S2” was read; there is something in “S3” as well."
    assert len(draft.turns) == 3


def test_hidden_sheets_come_last() -> None:
    assert read_source("x.xlsx", book([("notes",)], SAID, hidden=1)).turns


@pytest.mark.parametrize(
    "beyond",
    [
        '<row r="1048576" ht="15"/>',
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"></c></row>',
    ],
)
def test_empty_cells_far_away_do_no_harm(beyond: str) -> None:
    assert len(read_source("x.xlsx", packed({"S": rows_xml(SAID) + beyond})).turns) == 3


def test_a_cell_far_away_takes_no_memory_for_the_empty_ones_between() -> None:
    book = read_workbook(
        "x.xlsx", packed({"S": rows_xml(SAID) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'}), Limits()
    )
    assert [number for number, _ in book.rows] == [1, 2, 3, 4, 1_048_576]
    assert book.rows[-1][1][-1] == "1"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            packed({"S": "<row>" + "<c><v>1</v></c>" * 9000 + "</row>" + "<row><c><v>1</v></c></row>" * 900}),
            "2,000,000",
        ),
        (packed({"S": '<row r="9999999999"><c><v>1</v></c></row>'}), "outside of any sheet"),
        (packed({"S": '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'}), "outside of any sheet"),
        (packed({"S": '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'}), "damaged"),
        (
            packed({"S": "<row><c t='s'><v>0</v></c></row>" * 300}, shared=f"<si><t>{'a' * 1_000_000}</t></si>"),
            "repeats long texts so often",
        ),
        (packed({"S": '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b</t></is></c></row>'}), "NUL character"),
        (book(SAID)[:-30], "damaged"),
        (book([]), "holds no table"),
        (b"speaker,text\n", "is not an Excel workbook"),
    ],
)
def test_workbooks_that_ask_for_too_much_or_are_damaged_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sources("x.xlsx", data)
    assert said in str(refused.value)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="MB unpacked"):
        read_sources("x.xlsx", book(SAID), options=ReadOptions(limits=Limits(unpacked=1000)))


def test_kinds_of_rows_are_kinds_of_turns() -> None:
    rows = (("kind", "speaker", "text"), ("preamble", "", "May"), ("speech", "Ann", "So?"), ("excluded", "", "Break"))
    kinds = [turn.kind for turn in read_source("x.csv", comma(*rows)).turns]
    assert kinds == [TurnKind.PREAMBLE, TurnKind.SPEECH, TurnKind.EXCLUDED]
