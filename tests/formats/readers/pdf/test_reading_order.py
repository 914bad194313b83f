"""PDF: words, lines and columns that were not drawn in the order in which they are read."""

from __future__ import annotations

import json
from array import array
from itertools import permutations, zip_longest
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.formats.readers.pdf.line_order import Character, in_reading_order
from fwanalysis.formats.readers.pdf.page import Line, unpacked
from fwanalysis.formats.readers.pdf.reading_order import in_reading_order as lines_in_reading_order
from fwanalysis.formats.readers.pdf.rows import Part, grouped
from fwanalysis.formats.readers.registry import read_source
from tests.formats.pdf_writing import drawn, shown
from tests.formats.readers.pdf.test_read import said, warnings

WIDE = 6.0
"""How wide a character of Courier is, in points, at the size of ``shown``."""
UPPER, LOWER = "Nia: When did the ferry come?", "Nia: And who was on it?"


def text(*operators: str) -> str:
    return read_source("P01.pdf", drawn("".join(operators))).text


def between(*operators: str) -> str:
    """The second line of three, of which the operators draw the second."""
    upper, middle, lower = text(shown(50, 700, UPPER), *operators, shown(50, 660, LOWER)).split("\n")
    assert (upper, lower) == (UPPER, LOWER)
    return middle


# Within a line


@pytest.mark.parametrize("font", ["B", "C"])
def test_a_word_that_is_drawn_into_a_gap_left_for_it_is_read_there(font: str) -> None:
    gap = 6 * WIDE
    line = shown(50, 680, "Ole: it was ", gap, "late that night")
    late = shown(50 + 12 * WIDE, 680, "never", font=font)
    assert between(line, late) == "Ole: it was never late that night"


def test_a_word_that_is_drawn_after_the_whole_page_is_read_in_its_gap() -> None:
    page = (
        shown(50, 700, UPPER),
        shown(50, 680, "Ole: it was ", 6 * WIDE, "late that night"),
        shown(50, 660, LOWER),
        shown(50 + 12 * WIDE, 680, "never", font="B"),
    )
    assert text(*page).split("\n")[1] == "Ole: it was never late that night"


def test_a_word_that_is_drawn_by_going_back_in_one_operator_is_read_in_its_gap() -> None:
    words = ("Ole: it was ", 6 * WIDE, "late", -(10 * WIDE), "never")
    assert between(shown(50, 680, *words)) == "Ole: it was never late"


def test_several_words_that_are_drawn_later_are_each_read_in_their_gap() -> None:
    line = shown(50, 680, "Ole: ", 3 * WIDE, "was ", 6 * WIDE, "late")
    late = (shown(50 + 12 * WIDE, 680, "never"), shown(50 + 5 * WIDE, 680, "it", font="B"))
    assert between(line, *late) == "Ole: it was never late"


def test_a_name_that_is_drawn_last_at_the_end_of_a_line_ends_it() -> None:
    page = (
        shown(50, 700, "Nia: You met"),
        shown(50, 680, "Ole: I did, and gladly, in the end"),
        shown(50 + 13 * WIDE, 700, "Sigrid?", font="B"),
    )
    assert text(*page).split("\n")[0] == "Nia: You met Sigrid?"


@pytest.mark.parametrize("rise", [-6.0, -4.0, -2.0, 3.0, 5.0])
@pytest.mark.parametrize("when", ["in order", "after the line", "after the page"])
def test_subscripts_and_superscripts_join_their_word(rise: float, when: str) -> None:
    head, tail = shown(50, 680, "Ole: CO"), shown(50 + 7 * WIDE + 3.6, 680, " fell and rose")
    small = shown(50 + 7 * WIDE, 680 + rise, "2", size=6)
    upper, lower = shown(50, 700, UPPER), shown(50, 660, LOWER)
    page = {
        "in order": (upper, head, small, tail, lower),
        "after the line": (upper, head, tail, small, lower),
        "after the page": (upper, head, tail, lower, small),
    }[when]
    assert text(*page).split("\n")[1] == "Ole: CO2 fell and rose"


def test_a_line_that_the_number_of_a_note_ends_goes_on() -> None:
    first = "we had been there for a long time, as they used to"
    page = (
        shown(50, 680, first),
        shown(50 + len(first) * WIDE, 684, "7", size=6),
        shown(50, 668, "Ferry Lane is the name of a street, is it not?  It is"),
    )
    assert "\n" not in text(*page)


@pytest.mark.parametrize("accent", ["before", "after the word", "after the line", "in one operator"])
def test_an_accent_that_is_drawn_apart_joins_its_letter(accent: str) -> None:
    place = 50 + 8 * WIDE
    acute = shown(place, 680, "\u00b4")
    head, tail = shown(50, 680, "Ole: caf"), shown(place, 680, "e and all")
    whole = shown(50, 680, "Ole: cafe and all")
    operators = {
        "before": (head, acute, tail),
        "after the word": (head, tail, acute),
        "after the line": (whole, acute),
        "in one operator": (shown(50, 680, "Ole: caf\u00b4", -WIDE, "e and all"),),
    }[accent]
    assert between(*operators) == "Ole: caf\u00e9 and all"


def test_an_accent_that_is_over_no_letter_is_kept() -> None:
    assert between(shown(50, 680, "Ole: the key \u00b4 is broken")) == "Ole: the key \u00b4 is broken"


def test_words_that_are_printed_over_one_another_are_kept_and_reported() -> None:
    page = (shown(50, 700, UPPER), shown(50, 680, "Ole: it was late"), shown(59, 680, "Cancelled"))
    draft = read_source("P01.pdf", drawn("".join(page)))
    assert "it was late" in draft.text
    assert "Cancelled" in draft.text
    assert "Page 1: words are printed over one another" in warnings(draft)


def test_order_by_place_holds_on_a_page_on_its_side() -> None:
    def sideways(x: float, y: float, *words: str | float) -> str:
        return shown(x, y, *words).replace(f"1 0 0 1 {x:.3f} {y:.3f}", f"0 1 -1 0 {595 - y:.3f} {x:.3f}")

    page = (
        sideways(50, 500, UPPER),
        sideways(50, 480, "Ole: it was ", 6 * WIDE, "late"),
        sideways(50 + 12 * WIDE, 480, "never"),
    )
    data = drawn("".join(page)).replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842]/Rotate 90")
    assert read_source("P01.pdf", data).text == f"{UPPER} Ole: it was never late"


def characters(words: str, left: float, width: float = 6.0) -> list[Character]:
    places = [left + at * width for at in range(len(words))]
    return [
        Character(one, place, place + width, place + width / 2, 11.5) for one, place in zip(words, places, strict=True)
    ]


def joined(pieces: list[list[Character]]) -> str | None:
    placed = in_reading_order([character for piece in pieces for character in piece])
    return None if placed is None else "".join(one.text for one in placed)


@given(st.lists(st.text("abcxyz.,", min_size=1, max_size=9), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_drawing_does_not_matter(words: list[str], random) -> None:  # type: ignore[no-untyped-def]
    pieces, left = [], 50.0
    for word in words:
        pieces.append([*characters(word, left), Character(" ", 0, 0, 0, 11.5)])
        left += 6 * (len(word) + 1)
    random.shuffle(pieces)
    assert joined(pieces) == " ".join(words)


HEBREW, ARABIC = "שלום", "مرحبا"


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["Ana", HEBREW, "said"], f"Ana {HEBREW} said"),
        ([HEBREW, "one", "two", ARABIC, ARABIC, HEBREW], f"{HEBREW} {ARABIC} {ARABIC} one two {HEBREW}"),
        ([HEBREW, "12", HEBREW, HEBREW], f"{HEBREW} {HEBREW} 12 {HEBREW}"),
        (["we", HEBREW, ARABIC, "went", "home", "then"], f"we {ARABIC} {HEBREW} went home then"),
        (["x", "12", "–", "y"], "x 12 – y"),
    ],
)
def test_words_of_both_directions_are_read_as_they_are_printed(printed: list[str], read: str) -> None:
    """*printed* is what is seen from left to right; each word is stored as it is read."""
    pieces, left = [], 50.0
    for word in printed:
        placed = characters(word, left)
        if word in (HEBREW, ARABIC):
            placed = [one._replace(text=text) for one, text in zip(reversed(placed), word, strict=True)]
        pieces.append([*placed, Character(" ", 0, 0, 0, 11.5)])
        left += 6 * (len(word) + 1)
    for order in permutations(pieces):
        assert joined(list(order)) == read


def test_a_combining_mark_that_is_drawn_last_follows_its_letter() -> None:
    mark = Character("\u0301", 92.0, 92.0, 89.5, 11.5)
    assert joined([characters("cafes", 68), [Character(" ", 0, 0, 0, 0)], [mark]]) == "cafe\u0301s"


@given(
    st.lists(
        st.builds(
            lambda left, width, y, size: Part(left, left + width, y, size),
            st.integers(0, 500),
            st.integers(1, 300),
            st.integers(0, 60),
            st.sampled_from([6, 11, 60]),
        ),
        max_size=12,
    )
)
def test_each_part_belongs_to_one_line_at_most(parts: list[Part]) -> None:
    groups = grouped(parts)
    members = [at for group in groups for at in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 and group == sorted(group) for group in groups)


# Lines of a page

QUESTIONS = ["Nia: When was that?", "Nia: With whom?", "Nia: And then?"]
ANSWERS = ["Ole: In spring, I think.", "Ole: Alone.", "Ole: I went home."]
TURNS = [turn for pair in zip(QUESTIONS, ANSWERS, strict=True) for turn in pair]


def lines(turns: list[str], left: float = 50, top: float = 700, step: float = 14) -> list[str]:
    return [shown(left, top - at * step, turn) for at, turn in enumerate(turns)]


@pytest.mark.parametrize("order", ["bottom up", "questions last", "answers last", "first line last"])
def test_lines_are_read_from_the_top_down(order: str) -> None:
    printed = lines(TURNS)
    operators = {
        "bottom up": printed[::-1],
        "questions last": printed[1::2] + printed[::2],
        "answers last": printed[::2] + printed[1::2],
        "first line last": printed[1:] + printed[:1],
    }[order]
    draft = read_source("P01.pdf", drawn("".join(operators)))
    assert [f"{label}: {words}" for label, words in said(draft)] == TURNS
    assert warnings(draft) == ""


PROSE = (
    "The harbour was closed for most of the winter and all of us had to wait for the ice to leave it before the boats "
    "could sail out again to where the herring was said to be that year by those who knew it best of all the people "
    "in our part of the town and who had been there with their fathers when they were young and had no boats of their "
    "own to sail in"
)
WRAPPED = wrap(PROSE, 30)
LEFT, RIGHT = WRAPPED[:6], WRAPPED[6:]


def columns(first: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    return lines(first, 50), lines(second, 320)


@pytest.mark.parametrize("order", ["by columns", "across", "bottom up", "heading last"])
def test_columns_of_running_text_are_read_one_after_the_other(order: str) -> None:
    left, right = columns(LEFT, RIGHT)
    heading = shown(200, 740, "ON HARBOURS", size=16, font="B")
    operators = {
        "by columns": [heading, *left, *right],
        "across": [heading, *(one for pair in zip_longest(left, right, fillvalue="") for one in pair)],
        "bottom up": [*left[::-1], *right[::-1], heading],
        "heading last": [*left, *right, heading],
    }[order]
    draft = read_source("P01.pdf", drawn("".join(operators)))
    assert draft.text.split("\n\n") == ["ON HARBOURS", PROSE]
    assert warnings(draft) == ""


def test_columns_that_are_drawn_from_right_to_left_are_read_from_left_to_right_and_reported() -> None:
    left, right = columns(LEFT, RIGHT)
    draft = read_source("P01.pdf", drawn("".join(lines(TURNS)), "".join([*right, *left])))
    assert draft.text.endswith(PROSE)
    assert "Page 2: a column was drawn before the column to its left" in warnings(draft)


def test_text_in_the_left_margin_that_is_drawn_last_is_read_last_and_reported() -> None:
    notes = lines(["seen", "by two", "of us"], left=50, step=40)
    draft = read_source("P01.pdf", drawn("".join([*lines(LEFT, left=150), *notes])))
    assert draft.text.index("seen") > draft.text.index(LEFT[-1])
    assert "Page 1: text in the left margin was drawn after the text beside it" in warnings(draft)


SPEAKERS = ["Nia", "Ole Berg"]
ROWS = [(SPEAKERS[at % 2], turn.split(": ")[1]) for at, turn in enumerate(TURNS * 2)]


def table(*, column: float, order: str, labels: list[str], times: bool = False) -> bytes:
    """A page of rows; the words of every third row go on in a second line."""
    y, cells = 780.0, []
    for at, (label, (_, words)) in enumerate(zip(labels, ROWS, strict=True)):
        row = [shown(50, y, f"0:{at:02}")] if times else []
        row += [shown(120 if times else 50, y, label), shown(column, y, words)]
        if at % 3 == 0:
            y -= 14
            row[-1] += shown(column, y, "and so on.")
        cells.append(row)
        y -= 22
    by_columns = [list(one) for one in zip(*cells, strict=True)]
    ordered = {
        "by rows": cells,
        "by columns": by_columns,
        "words first": by_columns[::-1],
        "bottom up": cells[::-1],
        "by columns, bottom up": [column[::-1] for column in by_columns],
    }[order]
    return drawn("".join(cell for group in ordered for cell in group))


ORDERS = ["by rows", "by columns", "words first", "bottom up", "by columns, bottom up"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("column", [130.0, 300.0])
@pytest.mark.parametrize("colon", ["", ":"])
def test_rows_of_a_table_of_labels_and_words_are_turns(order: str, column: float, colon: str) -> None:
    labels = [f"{label}{colon}" for label, _ in ROWS]
    draft = read_source("P01.pdf", table(column=column, order=order, labels=labels))
    words = [f"{one} and so on." if at % 3 == 0 else one for at, (_, one) in enumerate(ROWS)]
    turns = [(label, " ".join(one.split())) for label, one in said(draft)]
    assert turns == [(label, one) for (label, _), one in zip(ROWS, words, strict=True)]
    assert warnings(draft) == ""


@pytest.mark.parametrize("order", ORDERS)
def test_rows_of_a_table_of_times_labels_and_words_are_turns(order: str) -> None:
    labels = [label for label, _ in ROWS]
    draft = read_source("P01.pdf", table(column=300, order=order, labels=labels, times=True))
    assert [label for label, _ in said(draft)] == labels
    assert [turn.time for turn in draft.turns] == [float(at) for at in range(len(ROWS))]


def test_columns_of_items_are_no_table_of_labels() -> None:
    """Neither side is running text, and the items on the right look as much like labels as those on the left."""
    left = lines([f"item {at} of the east" for at in range(12)])
    right = lines([f"item {at} of the west" for at in range(12)], left=320)
    text = read_source("P01.pdf", drawn("".join([*left, *right]))).text
    assert "\t" not in text
    assert text.index("item 11 of the east") < text.index("item 0 of the west")


def test_a_table_of_two_texts_is_read_row_by_row() -> None:
    rows = list(zip(LEFT, reversed(RIGHT), strict=False))
    cells = [
        shown(50, 700 - 40 * at, f"Q{at} {one}") + shown(320, 700 - 40 * at, f"A{at} {two}")
        for at, (one, two) in enumerate(rows)
    ]
    text = read_source("P01.pdf", drawn("".join(cells))).text
    assert [text.index(f"A{at} ") < text.index(f"Q{at + 1} ") for at in range(len(rows) - 1)] == [True] * 5


def test_a_word_with_a_colon_that_is_no_speaker_begins_no_paragraph() -> None:
    """The three lines of costs look as likely to begin a turn as the lines of turns do, but only the turns are."""
    full = "a line of words that goes over to the right margin of the page and"
    turns = [f"Nia: {full}", f"Ole: {full}", f"Nia: {full}", f"Ole: {full}"]
    page = lines([*turns, full, "Nia: So?", f"Ole: {full}", f"as for the cost: {full}"])
    draft = read_source("P01.pdf", drawn("".join(page)))
    assert [label for label, _ in said(draft)] == ["Nia", "Ole", "Nia", "Ole", "Nia", "Ole"]
    assert said(draft)[-1] == ("Ole", f"{full} as for the cost: {full}")


def test_a_recurring_word_with_a_colon_within_a_paragraph_stays_there() -> None:
    full = "Words of a line that goes over to the right margin of the page,"
    page = lines(
        ["Note: one.", "", "Note: two.", "", "Note: three.", "", full, "Note: and it goes on with this sentence."]
    )
    text = read_source("P01.pdf", drawn("".join(page))).text
    assert text.endswith(f"{full} Note: and it goes on with this sentence.")


PLACES = st.floats(-1e6, 1e6)


@given(
    st.lists(
        st.builds(
            lambda text, left, width, y, size: Line(text, left, left + width, y, size),
            st.sampled_from(["Nia:", "Ole:", "words", "More words", "seen 7", HEBREW, "0:05"]),
            st.sampled_from([50.0, 120.0, 320.0]) | PLACES,
            st.sampled_from([30.0, 200.0]) | PLACES,
            st.sampled_from([700.0, 686.0, 672.0, 658.0]) | PLACES,
            st.sampled_from([11.5, 0.0]) | st.floats(0, 100),
        ),
        max_size=14,
    )
)
def test_no_line_is_lost_whatever_its_place(page: list[Line]) -> None:
    ordered = lines_in_reading_order([page])
    words = [word for part in ordered.parts for line in part for word in line.text.split()]
    assert sorted(words) == sorted(word for line in page for word in line.text.split())


def test_places_that_are_no_numbers_are_taken_for_0() -> None:
    head = json.dumps([[["words", False, True, [], 0, []]], 0, False, 0]).encode()
    places = array("d", [842, float("nan"), float("inf"), 700, 11.5])
    (line,) = unpacked(1, head + b"\n" + places.tobytes()).lines
    assert line == Line("words", 0.0, 0.0, 700.0, 11.5)


def test_lines_that_run_downwards_stay_in_the_order_of_drawing() -> None:
    """Japanese, from right to left; the second line begins lower, as the first line of a paragraph does."""
    page = [Line("縦書きの文章", 500 - 20 * at, 511 - 20 * at, 700 if at != 1 else 690, 12.6) for at in range(6)]
    assert lines_in_reading_order([page]).parts == [page]


def test_columns_of_hebrew_stay_in_the_order_of_drawing() -> None:
    right = [Line(f"{HEBREW} {HEBREW}", 320, 500, 700 - 14 * at, 11.5) for at in range(6)]
    left = [line._replace(left=50, right=230) for line in right]
    ordered = lines_in_reading_order([[*right, *left]])
    assert [line for part in ordered.parts for line in part] == [*right, *left]
    assert ordered.warnings == []
