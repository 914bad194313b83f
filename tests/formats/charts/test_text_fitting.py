"""How many lines a text takes in a cell, and texts that take too many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.formats.charts.text_fitting import (
    LONGEST_CELL,
    MOST_LINES,
    capacity,
    is_too_long,
    pieces,
    text_lines,
    utf16_length,
)

TEXTS = st.lists(
    st.one_of(st.text(max_size=60), st.sampled_from(["\n", " ", "W" * 300, "漢字" * 60, "👩🏽‍🌾 ", "word word "])),
    max_size=40,
).map("".join)


def test_lines_are_counted_by_words_and_line_breaks() -> None:
    room = capacity(20)
    assert text_lines("", room) == 1
    assert text_lines("a\n\nb", room) == 3
    assert text_lines("short words that need a second line", room) == 2
    assert text_lines("iiii " * 10, room) < text_lines("WWWW " * 10, room)


def test_a_word_that_is_longer_than_a_line_takes_several() -> None:
    room = capacity(20)
    assert text_lines("M" * 100, room) >= 100 * 833 // room
    assert text_lines("漢" * 100, room) > text_lines("a" * 100, room)


@given(TEXTS, st.sampled_from([12.0, 38.0, 110.0]))
def test_a_text_never_takes_fewer_lines_than_its_characters_need(text: str, width: float) -> None:
    room = capacity(width)
    longest = max((len(line) for line in text.split("\n")), default=0)
    assert text_lines(text, room) >= text.count("\n") + 1
    if text.isascii() and text.isprintable():
        assert text_lines(text, room) >= -(-longest * 222 // room)


@given(TEXTS, st.sampled_from([12.0, 38.0, 110.0]), st.sampled_from([3, MOST_LINES]))
def test_pieces_fit_and_make_up_the_text(text: str, width: float, most: int) -> None:
    room = capacity(width)
    found = pieces(text, room, most)
    assert "".join(found) == text
    assert all(text_lines(piece, room) <= most for piece in found)
    assert all(utf16_length(piece) <= LONGEST_CELL for piece in found)


def test_a_text_of_zero_width_is_divided_where_a_cell_ends() -> None:
    text = "\u0301" * 40_000
    assert is_too_long(text)
    assert [len(piece) <= LONGEST_CELL for piece in pieces(text, capacity(38))] == [True] * 3
