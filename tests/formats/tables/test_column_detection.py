"""What the columns of tables are taken for: exports of programs, surveys, titles above the header."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.registry import read_source, read_sources
from tests.formats.readers.test_table import ANSWER, OTHER, comma, turns
from tests.formats.xlsx_files import book

WHO = ("Ann", "Bob", "Ann", "Bob")
SAID = (
    "Where did you keep the boat?",
    "Below the bridge, in all weathers, until the river took the bridge.",
    "And then?",
    "Then it sank.",
)


def messages(name: str, data: bytes) -> list[str]:
    return [doubt.message for draft in read_sources(name, data) for doubt in draft.warnings]


# Turns


@pytest.mark.parametrize(
    "header",
    [
        ("Speaker", "Timespan", "Content"),
        ("Tier", "Begin Time - hh:mm:ss.ms", "Annotation"),
        ("Speaker Name", "In", "Caption"),
        ("Author", "Date", "Content"),
        ("Sender", "ts", "Message"),
        ("Name", "Timestamp", "Caption"),
        ("Speaker", "Time", "Comment"),
        ("Who", "startTime", "Sentence"),
        ("Sprecher", "Zeitspanne", "Inhalt"),
        ("Participant", "Start", "What they told us"),
    ],
)
def test_exports_of_programs_are_turns_with_their_times(header: tuple[str, str, str]) -> None:
    times = ("0:01.0 - 0:03.5", "0:04.0 - 0:08.0", "0:09.0 - 0:10.0", "0:11.0 - 0:12.0")
    draft = read_source("x.csv", comma(header, *zip(WHO, times, SAID, strict=True)))
    assert turns(draft) == list(zip(WHO, SAID, (1.0, 4.0, 9.0, 11.0), strict=True))
    assert draft.warnings == ()


def test_a_column_that_may_be_a_comment_is_none_beside_the_words() -> None:
    rows = (("comment", "speaker", "text"), ("he smiles", "Ann", "So?"), ("", "Bob", "Yes."))
    draft = read_source("x.csv", comma(*rows))
    assert turns(draft) == [("Ann", "So?", None), ("Bob", "Yes.", None)]
    assert [doubt.message for doubt in draft.warnings] == ["1 column was not imported: “comment”."]


def test_dates_that_are_no_times_are_passed_over() -> None:
    rows = zip(WHO, ("2031-05-04",) * 4, SAID, strict=True)
    assert [time for _, _, time in turns(read_source("x.csv", comma(("Author", "Date", "Text"), *rows)))] == [None] * 4


def test_columns_with_words_that_are_not_read_are_named() -> None:
    header = ("No", "Speaker", "Time", "End", "Text", "Initial codes", "", "Score")
    rows = [("1", who, "0:01", "0:02", said, "boats", "see above", "4") for who, said in zip(WHO, SAID, strict=True)]
    assert messages("x.csv", comma(header, *rows)) == ["2 columns were not imported: “Initial codes”, column 7."]


def test_whole_numbers_too_far_apart_for_seconds_are_milliseconds() -> None:
    rows = (("start", "end", "text"), ("1000", "4000", SAID[0]), ("4200", "9000", SAID[1]))
    draft = read_source("x.csv", comma(*rows))
    assert [turn.time for turn in draft.turns] == [1.0, 4.2]
    assert "read as milliseconds" in draft.warnings[0].message
    seconds = (("start", "end", "text"), ("10", "14", SAID[0]), ("15", "21", SAID[1]))
    draft = read_source("x.csv", comma(*seconds))
    assert ([turn.time for turn in draft.turns], draft.warnings) == ([10.0, 15.0], ())


def test_a_column_in_milliseconds_is_believed() -> None:
    draft = read_source("x.csv", comma(("speaker", "start_ms", "text"), ("Ann", "1500", "So?"), ("Bob", "2000", "No.")))
    assert ([turn.time for turn in draft.turns], draft.warnings) == ([1.5, 2.0], ())


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2:01 PM", 50_460.0),
        ("12:01:10 a.m.", 70.0),
        ("2031-05-04T14:01:10.0000000+00:00", 50_470.0),
        ("00:00:09;12", 9.0),
    ],
)
def test_times_of_day_and_of_programs_are_read(written: str, seconds: float) -> None:
    draft = read_source("x.csv", comma(("time", "speaker", "text"), (written, "Ann", "one")))
    assert (draft.turns[0].time, draft.warnings) == (seconds, ())


@pytest.mark.parametrize("cell", ["{} 0:{}", "{}\n[00:00:{}]", "(0:{1}) {0}"])
def test_a_time_beside_a_label_is_no_part_of_it(cell: str) -> None:
    rows = [(cell.format(who, 10 + at), said) for at, (who, said) in enumerate(zip(WHO, SAID, strict=True))]
    expected = list(zip(WHO, SAID, (10.0, 11.0, 12.0, 13.0), strict=True))
    assert turns(read_source("x.csv", comma(("speaker", "text"), *rows))) == expected


def test_labels_within_the_words_are_the_speakers_where_no_column_is() -> None:
    header = ("Transcript", "Codes", "Start")
    rows = [(f"{who}: {said}", "", f"0:0{at}") for at, (who, said) in enumerate(zip(WHO, SAID, strict=True))]
    draft = read_source("x.csv", comma(header, *rows))
    assert turns(draft) == list(zip(WHO, SAID, (0.0, 1.0, 2.0, 3.0), strict=True))
    assert draft.speaker_format == "label-colon"


def test_a_title_above_the_header_is_preamble() -> None:
    rows = (
        ("Boats: the second talk", ""),
        ("4 May 2031", ""),
        ("Who", "What was said"),
        ("Ann", "So?"),
        ("Bob", "No."),
    )
    alone = b"Boats: the second talk\n4 May 2031\n" + comma(*rows[2:], delimiter=";")
    for data, name in ((comma(*rows), "x.csv"), (book(rows), "x.xlsx"), (alone, "x.csv")):
        draft = read_source(name, data)
        assert [(turn.kind, turn.label) for turn in draft.turns] == [
            (TurnKind.PREAMBLE, None),
            (TurnKind.SPEECH, "Ann"),
            (TurnKind.SPEECH, "Bob"),
        ]
        assert draft.text.startswith("Boats: the second talk\n4 May 2031\n\nSo?")


def test_a_column_for_each_voice_is_read_row_by_row() -> None:
    rows = (("No", "Interviewer", "Respondent"), ("1", SAID[0], SAID[1]), ("2", SAID[2], SAID[3]))
    expected = [(("Interviewer", "Respondent")[at % 2], said, None) for at, said in enumerate(SAID)]
    assert turns(read_source("x.csv", comma(*rows))) == expected
    tiers = (("Begin Time", "Ann", "Bob"), ("0:01", SAID[0], ""), ("0:04", "", SAID[1]))
    assert turns(read_source("x.csv", comma(*tiers))) == [("Ann", SAID[0], 1.0), ("Bob", SAID[1], 4.0)]


def test_columns_without_names_are_told_by_what_is_in_them() -> None:
    rows = [
        (who, "", f"00:00:0{at}.000", f"{at}.5", said) for at, (who, said) in enumerate(zip(WHO, SAID, strict=True))
    ]
    draft = read_source("x.csv", comma(*rows))
    assert turns(draft) == list(zip(WHO, SAID, (0.0, 1.0, 2.0, 3.0), strict=True))


# Answers

BARRIERS = "What, in your own words, stands in the way of going out to sea?"


def test_rows_of_a_form_that_asks_for_no_name_are_cases_of_the_file() -> None:
    rows = (
        ("Timestamp", "What is your trade?", BARRIERS),
        ("2031/05/04 10:31:22 am GMT+1", "smith", ANSWER),
        ("2031/05/05 11:31:22 am GMT+1", "cook", OTHER),
    )
    drafts = read_sources("boats.csv", comma(*rows))
    assert [(draft.case, dict(draft.attributes)) for draft in drafts] == [
        ("boats R1", {"what_is_your_trade?": "smith"}),
        ("boats R2", {"what_is_your_trade?": "cook"}),
    ]
    assert messages("boats.csv", comma(*rows)) == [
        "Not imported, because they identify a person or describe the form: “Timestamp”.",
        "These answers are short and became attributes of the cases: “What is your trade?”.",
        "This table names no respondents, so its rows are the cases “boats R1” to “boats R2”, in their order.",
    ]


def test_what_identifies_a_person_becomes_no_attribute() -> None:
    rows = (
        ("ID", "Start time", "Email", "Name", "Trade", BARRIERS),
        ("1", "5/4/31 10:00:00", "a@example.org", "Ann Ash", "smith", ANSWER),
        ("2", "5/4/31 11:00:00", "b@example.org", "Bob Birch", "cook", OTHER),
    )
    drafts = read_sources("boats.xlsx", book(rows))
    assert [(draft.case, dict(draft.attributes)) for draft in drafts] == [
        ("boats R1", {"trade": "smith"}),
        ("boats R2", {"trade": "cook"}),
    ]
    assert "“Start time”, “Email”, “Name”" in drafts[0].warnings[0].message


def test_questions_in_the_second_row_and_the_ids_in_the_third_are_the_header() -> None:
    rows = (
        ("StartDate", "ResponseId", "Q1", "Q2"),
        ("Start Date", "Response ID", "Your trade", BARRIERS),
        *[tuple(f'{{"ImportId":"{name}"}}' for name in ("startDate", "_recordId", "QID1", "QID2_TEXT"))],
        ("2031-05-04 10:00:00", "R_1", "smith", ANSWER),
        ("2031-05-04 11:00:00", "R_2", "cook", OTHER),
    )
    for data in (comma(*rows), comma(*rows[:2], *rows[3:])):
        drafts = read_sources("x.csv", data)
        assert [(draft.case, draft.metadata["question"], dict(draft.attributes)) for draft in drafts] == [
            ("R_1", BARRIERS, {"your_trade": "smith"}),
            ("R_2", BARRIERS, {"your_trade": "cook"}),
        ]


def test_what_a_program_writes_below_the_questions_is_the_header() -> None:
    rows = (
        ("Respondent ID", "Collector ID", "Your trade", "", BARRIERS),
        ("", "", "Response", "Other (please specify)", "Open-Ended Response"),
        ("901", "7", "smith", "", ANSWER),
        ("902", "7", "other", "diver", OTHER),
    )
    drafts = read_sources("x.xlsx", book(rows))
    assert [(draft.case, draft.metadata["question"]) for draft in drafts] == [("901", BARRIERS), ("902", BARRIERS)]
    assert dict(drafts[1].attributes) == {"your_trade": "other", "your_trade:_other_(please_specify)": "diver"}


def test_a_row_an_answer_has_its_question_in_it() -> None:
    rows = (
        ("Participant", "Trade", "Day", "Question", "Response"),
        ("P01", "smith", "1", "Why go?", "For the fish."),
        ("P01", "smith", "2", "And now?", "Nothing."),
        ("P02", "cook", "1", "Why go?", ANSWER),
    )
    drafts = read_sources("x.csv", comma(*rows))
    assert [(draft.name, draft.case, draft.metadata["question"], draft.text) for draft in drafts] == [
        ("P01 Why go", "P01", "Why go?", "For the fish."),
        ("P01 And now", "P01", "And now?", "Nothing."),
        ("P02 Why go", "P02", "Why go?", ANSWER),
    ]
    assert [dict(draft.attributes) for draft in drafts] == [
        {"trade": "smith"},
        {"trade": "smith"},
        {"trade": "cook", "day": "1"},
    ]


def test_short_answers_in_sentences_to_a_question_are_answers() -> None:
    rows = (("case", "Q1 And a good day?", "Why?"), ("P01", "Tea.", ANSWER), ("P02", "Nobody waits.", OTHER))
    assert [draft.text for draft in read_sources("x.csv", comma(*rows))] == ["Tea.", ANSWER, "Nobody waits.", OTHER]


def test_a_table_that_asks_nothing_and_names_nobody_is_refused() -> None:
    rows = (("Title", "Year", "Abstract"), ("Boats", "2031", ANSWER), ("Ships", "2032", OTHER))
    with pytest.raises(UnreadableFile, match="without words to read"):
        read_sources("x.csv", comma(*rows))
