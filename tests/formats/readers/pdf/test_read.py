"""PDF: lines made into paragraphs and turns, margins left out, broken words joined, hostile files refused."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers.pdf import read as input_format
from fwanalysis.formats.readers.pdf.paragraphs import paragraphs
from fwanalysis.formats.readers.registry import read_source
from tests.formats.pdf_writing import HEIGHT, STEP, TOP, pdf, placed

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

LONG = "a line of words that reaches over to the right margin of the page, and"
LONG_TOO = "another line of words that reaches over to the margin of the page or so"


def read(*pages: list[str], **more: str) -> ParsedSource:
    return read_source("P01.pdf", pdf(*(placed(page) for page in pages), **more))  # type: ignore[arg-type]  # only texts


def said(draft: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns]


def warnings(draft: ParsedSource) -> str:
    return "\n".join(doubt.message for doubt in draft.warnings)


# Paragraphs and turns


def test_lines_go_on_until_a_gap() -> None:
    draft = read([LONG, LONG_TOO, "the end.", "", "New paragraph."])
    assert draft.text == f"{LONG} {LONG_TOO} the end.\n\nNew paragraph."
    assert (draft.name, draft.input_format) == ("P01", "pdf")


def test_a_line_that_had_room_for_the_next_word_ends_a_paragraph() -> None:
    assert read([LONG, "Short.", "The next, which", "goes on."]).text == f"{LONG} Short.\nThe next, which goes on."


def test_a_first_line_that_is_set_in_begins_a_paragraph() -> None:
    words = placed([LONG, LONG_TOO, LONG, LONG_TOO])
    words[2] = (62, words[2][1], "Yes, and a line of words that goes to the right margin of the page,")
    assert read_source("a.pdf", pdf(words)).text == f"{LONG} {LONG_TOO}\n{words[2][2]} {LONG_TOO}"


def test_a_label_begins_a_paragraph_where_nothing_else_does() -> None:
    lines = [f"Interviewer: {LONG}", f"P01: {LONG_TOO}", LONG, f"Interviewer: {LONG}", LONG_TOO, f"P01: {LONG}"]
    draft = read(lines)
    assert draft.speaker_format == "label-colon"
    assert said(draft) == [
        ("Interviewer", LONG),
        ("P01", f"{LONG_TOO} {LONG}"),
        ("Interviewer", f"{LONG} {LONG_TOO}"),
        ("P01", LONG),
    ]


def test_words_below_a_label_that_is_alone_on_its_lines_are_its_turn() -> None:
    turns = [("Anna Berg", "0:03"), ("Bob Roe", "0:09"), ("Anna Berg", "0:12"), ("Bob Roe", "1:15")] * 2
    draft = read([line for name, time in turns for line in (name, time, LONG, LONG_TOO)])
    assert said(draft) == [(name, f"{LONG} {LONG_TOO}") for name, _ in turns]
    assert [turn.time for turn in draft.turns][:4] == [3, 9, 12, 75]


def test_turns_go_on_over_a_page_break() -> None:
    draft = read(["Interviewer: So?", "", f"P01: {LONG}", LONG_TOO], [LONG, "", "Interviewer: And?", "", "P01: No."])
    assert said(draft)[1] == ("P01", f"{LONG} {LONG_TOO} {LONG}")


def test_labels_in_a_column_of_their_own_are_labels() -> None:
    turns = [("Interviewer", "So then"), ("P01", "Yes, with some"), ("Interviewer", "And"), ("P01", "No, not")] * 3
    words = []
    for at, (label, spoken) in enumerate(turns):
        y = TOP - 2 * STEP * at
        words += [(50.0, y, label), (130.0, y, spoken), (130.0, y - STEP, "and so on.")]
    draft = read_source("P01.pdf", pdf(words))
    assert said(draft) == [(label, f"{spoken} and so on.") for label, spoken in turns]


def test_words_that_stand_by_chance_where_others_are_set_in_make_no_column() -> None:
    words = []
    for at in range(20):
        words.append((50.0, TOP - STEP * 2 * at, "In words and more" if at % 3 == 0 else "Of other words, more"))
        words.append((62.0, TOP - STEP * (2 * at + 1), "an item that is set in."))
    assert "\t" not in read_source("P01.pdf", pdf(words)).text


def test_a_page_on_its_side_is_read_upright() -> None:
    words = placed(["Interviewer: So?", "", f"P01: {LONG}", LONG_TOO])
    assert read_source("a.pdf", pdf(words, sideways=True)).text == read_source("a.pdf", pdf(words)).text


def test_larger_lines_are_headings_and_no_ones_words() -> None:
    words = placed(["", "", "Interviewer: So?", "", "P01: Yes."])
    title = b"BT\n/F 20 Tf 1 0 0 1 50 790 Tm (P01: title) Tj\n"
    draft = read_source("P01.pdf", pdf(words).replace(b"BT\n", title))
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "speech"]


def test_labels_in_bold_are_labels_without_a_colon_too() -> None:
    said = [
        "**Interviewer** How did it begin for you?",
        "**P01** Interviewer visits, and a long line of words",
    ]
    draft = read_source("P01.pdf", pdf(placed([*said, "Interviewer visits again, which is no label here.", *said])))
    assert draft.speaker_format == "bold-label"
    assert [(turn.label, draft.text[turn.start :][:18]) for turn in draft.turns] == [
        ("Interviewer", "How did it begin f"),
        ("P01", "Interviewer visits"),
    ] * 2


def test_a_line_all_in_bold_and_a_plain_one_are_two_paragraphs() -> None:
    draft = read_source("P01.pdf", pdf(placed(["**What do you say to people who wait**", "That we see them"])))
    assert draft.text == "What do you say to people who wait\nThat we see them"


def test_a_font_that_does_not_say_how_high_it_is_makes_no_headings_of_lines() -> None:
    said = ["Interviewer: So it was", "P01: (Why?)", "Interviewer: ah aaa", "P01: Is it so? (Yes.)"] * 3
    draft = read_source("P01.pdf", pdf(placed([line for one in said for line in (one, "")]), height_told=False))
    assert [(turn.kind.value, turn.label) for turn in draft.turns] == [("speech", "Interviewer"), ("speech", "P01")] * 6


@given(
    st.lists(
        st.lists(st.text("abc déÉ,.-:1", min_size=1, max_size=70).filter(str.strip), min_size=1, max_size=12),
        min_size=1,
        max_size=3,
    )
)
def test_no_letter_is_lost_whatever_the_lines(pages: list[list[str]]) -> None:
    read_pages, _ = input_format._pages("a.pdf", pdf(*(placed(page) for page in pages)))
    text = paragraphs([page.lines for page in read_pages])[0].text
    kept = [letter for page in pages for line in page for letter in line if letter.isalnum()]
    assert [letter for letter in text if letter.isalnum()] == kept


# Words


def test_a_word_broken_at_the_end_of_a_line_is_joined_and_told() -> None:
    draft = read([f"{LONG} collab-", "oration was hard."])
    assert draft.text == f"{LONG} collaboration was hard."
    assert warnings(draft) == "1 word was joined that a hyphen at the end of a line divides: “collaboration”."


@pytest.mark.parametrize(
    ("head", "tail", "joined"),
    [
        ("self-", "made bread", "self-made bread"),
        ("East-", "West talks", "East-West talks"),
        ("in 2019-", "2020 we", "in 2019-2020 we"),
        ("a free-", "rider, as free-rider is", "a free-rider, as free-rider is"),
        ("team-", "work of a team, we work", "team-work of a team, we work"),
        ("I was -", "no, I am", "I was - no, I am"),
    ],
)
def test_a_hyphen_that_may_be_meant_is_kept(head: str, tail: str, joined: str) -> None:
    assert read([f"{LONG} {head}", tail]).text == f"{LONG} {joined}"


def test_a_cut_off_word_before_another_turn_keeps_its_hyphen_and_its_turn() -> None:
    draft = read([f"Interviewer: {LONG} wh-", "P01: Yes.", "Interviewer: What?", "P01: No."])
    assert said(draft)[0] == ("Interviewer", f"{LONG} wh-")


def test_tabs_and_odd_characters_between_words_are_blanks() -> None:
    draft = read_source("P01.pdf", pdf(placed(["P01:AwellAIAthinkBso"]), letters="\t\u0003"))
    assert draft.text == "P01: well I think so"
    assert "4 tabs or control characters" in warnings(draft)


def test_letters_of_all_scripts_are_kept() -> None:
    assert read_source("P01.pdf", pdf(placed(["xA yB C"]), letters="🙂\u00a0漢")).text == "x🙂 y\u00a0 漢"


def test_letters_without_meaning_are_doubted() -> None:
    assert "have no letter in the fonts of the PDF" in warnings(
        read_source("a.pdf", pdf(placed(["AAAA word"]), letters="\ue012"))
    )


def test_the_title_is_metadata() -> None:
    assert read(["Words."], title="Talk 7").metadata == {"title": "Talk 7"}


# Margins


def page(number: int, count: int, lines: list[str]) -> list[tuple[float, float, str]]:
    return [(50, 815, "Study of Bread - confidential"), *placed(lines), (280, 20, f"Page {number} of {count}")]


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    bodies = [[f"P01: {LONG}", LONG_TOO], [LONG, "the end.", "", "Interviewer: So?"], ["P01: Yes."]]
    draft = read_source("P01.pdf", pdf(*(page(at, 3, lines) for at, lines in enumerate(bodies, start=1))))
    assert said(draft) == [("P01", f"{LONG} {LONG_TOO} {LONG} the end."), ("Interviewer", "So?"), ("P01", "Yes.")]
    assert "“Study of Bread - confidential”, “Page 1 of 3” to “Page 3 of 3”" in warnings(draft)


@pytest.mark.parametrize("head", ["#", "Page #", "9" * 5000])
def test_a_line_like_a_page_number_that_holds_no_number_of_a_page_is_kept(head: str) -> None:
    draft = read([head, f"P01: {LONG}"], [head, LONG_TOO])
    assert draft.text.count(head) == 2


def test_an_answer_given_on_several_pages_is_no_running_head() -> None:
    pages = [["P01: Yes.", "Interviewer: So you said?", "P01: Yes."], ["P01: Yes.", "Interviewer: Why?", "P01: Yes."]]
    draft = read(*pages)
    assert [label for label, _ in said(draft)].count("P01") == 4


def test_numbers_beside_the_text_are_left_out_and_told() -> None:
    lines = placed(["Interviewer: So?", "", "P01: Yes.", "", "Interviewer: Why?", "", "P01: No."])
    numbers = [(20.0, y, str(at)) for at, (_, y, _) in enumerate(lines, start=1)]
    draft = read_source("P01.pdf", pdf([*lines, *numbers]))
    assert [label for label, _ in said(draft)] == ["Interviewer", "P01", "Interviewer", "P01"]
    assert "Numbers in the margin were left out: 1 to 4." in warnings(draft)
    assert not any(letter.isdigit() for letter in draft.text.replace("P01", ""))


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_that_count_the_lines_are_left_out_and_told(step: int) -> None:
    lines = [LONG if at % 7 else f"Interviewer: {LONG}" for at in range(40)]
    numbered = [f"{at} {line}" if at % step == 0 else line for at, line in enumerate(lines, start=1)]
    draft = read(numbered)
    assert not any(letter.isdigit() for letter in draft.text)
    assert f"Numbers before the lines were left out: {step} to 40." in warnings(draft)


def test_numbers_of_questions_are_kept() -> None:
    lines = [f"{at}. What of it?" for at in range(1, 4)] + [LONG] * 10
    assert read(lines).text.startswith("1. What of it?\n2. What of it?")


def test_what_stands_outside_of_a_page_is_left_out_and_told() -> None:
    draft = read_source("P01.pdf", pdf([(50, 700, "seen"), (50, -900, "unseen")]))
    assert draft.text == "seen"
    assert "“unseen”" in warnings(draft)


def test_a_line_that_a_page_break_cuts_is_read_once() -> None:
    cut = f"P01: {LONG}"
    first = [*placed(["Interviewer: So?"]), (50.0, 30.0, cut)]
    second = [(50.0, HEIGHT - 5.0, cut), *placed([LONG_TOO], top=HEIGHT - 5 - STEP)]
    draft = read_source("P01.pdf", pdf(first, second))
    assert said(draft)[1] == ("P01", f"{LONG} {LONG_TOO}")
    assert "both before and after a page break" in warnings(draft)


# Files that are not what they should be


def test_a_scanned_pdf_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match=r"has 2 pages but no text: it was probably scanned; run OCR first"):
        read_source("P01.pdf", pdf([], [], pictured=[0, 1]))


def test_an_empty_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="has 1 page but no text: its pages are empty"):
        read_source("P01.pdf", pdf([]))


def test_pages_that_were_scanned_are_named() -> None:
    draft = read_source("P01.pdf", pdf(placed(["Words."]), [], [], [], pictured=[1, 3]))
    assert "Pages 2, 4 are pictures without text" in warnings(draft)


def test_a_protected_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="protected by a password; save it without one"):
        read_source("P01.pdf", pdf(placed(["Words."]), protected=True))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\nnonsense" * 50, pdf(placed(["Words."]))[:300]])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        read_source("P01.pdf", data)


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data, bomb = pdf(placed(["Words."])), zlib.compress(b" " * 2**24)
    drawn = data + b"9 0 obj\n<<>>stream\n" + bomb + b"\nendstream"
    with pytest.raises(UnreadableFile, match="unpacks to over 8 MB"):
        read_source("P01.pdf", drawn)
    shown = data + b"9 0 obj\n<< /Subtype /Image >>stream\n" + bomb + b"\nendstream"
    assert read_source("P01.pdf", shown).text == "Words."
    with pytest.raises(UnreadableFile, match="unpacks to over 4 MB"):
        read_source("P01.pdf", shown, options=ReadOptions(limits=Limits(unpacked=2**22)))
    with pytest.raises(UnreadableFile, match="compressed twice"):
        read_source("P01.pdf", data + b"<< /Filter [/FlateDecode /FlateDecode] >>")


def test_too_many_pages_and_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(placed(["Words."]), placed(["More words."]))
    with monkeypatch.context() as patch:
        patch.setattr(input_format, "_MOST_PAGES", 1)
        with pytest.raises(UnreadableFile, match="has 2 pages; the limit is 1"):
            read_source("P01.pdf", data)
    monkeypatch.setattr(input_format, "_MOST_CHARACTERS", 7)
    with pytest.raises(UnreadableFile, match="over 7 characters up to page 2"):
        read_source("P01.pdf", data)
    monkeypatch.undo()
    assert read_source("P01.pdf", data).text == "Words. More words."


def test_two_columns_do_no_harm() -> None:
    left = placed([f"left line {at}" for at in range(20)])
    right = placed([f"right line {at}" for at in range(20)], left=320)
    text = read_source("P01.pdf", pdf([*left, *right])).text
    assert text.index("left line 19") < text.index("right line 0")
