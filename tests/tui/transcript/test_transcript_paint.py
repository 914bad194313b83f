from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.color import Color

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.tui.transcript.colours import Look
from fwanalysis.tui.transcript.columns import Columns, columns_for, shortened
from fwanalysis.tui.transcript.lanes import Lanes
from fwanalysis.tui.transcript.layout import Block, Layout, Tone
from fwanalysis.tui.transcript.marks import CodingMark, Mark, SuggestionMark
from fwanalysis.tui.transcript.paint import Painter, View

if TYPE_CHECKING:
    from textual.strip import Strip

LOOK = Look(
    Color.parse("#121212"),
    Style.parse("white on #121212"),
    *(
        Style.parse(style)
        for style in ("grey50", "italic", "grey30", "bold", "italic", "reverse", "underline2", "on blue")
    ),
)
TEXT = "They sent nothing. We sent it all, every month. Nobody said a word about it to them, and it grated."


def coding(
    start: int, end: int, name: str = "Free riding", *, id: str = "c", kind: CodeKind = CodeKind.SENSITIZING
) -> CodingMark:
    return CodingMark(id, "k", start, end, "#c2410c", "FR", name, kind)


def suggestion(start: int, end: int, *hits: tuple[int, int], current: bool = False) -> SuggestionMark:
    return SuggestionMark("s", "k", start, end, hits, "#0e7490", "TR", "Trust", current)


def block(text: str) -> tuple[Block, ...]:
    return (Block(0, len(text), 7, "P01", Tone.SPEECH, False),)


def painted(
    text: str, width: int, codings: list[Mark], suggestions: list[Mark], view: View | None = None
) -> list[Strip]:
    columns = columns_for(width, block(text))
    layout = Layout(text, block(text), columns.text)
    lanes = Lanes(layout, codings, suggestions)
    painter = Painter(layout, columns, LOOK)
    strips = []
    for index in range(len(layout.lines)):
        here = view or View()
        if here.caret is not None and layout.line_at(here.caret) != index:
            here = View(here.selected)
        strips.append(painter.line(index, lanes.at(index), here))
    return strips


def style_of(strip: Strip, words: str) -> Style:
    return next(segment.style for segment in strip if words in segment.text and segment.style)


PIECES = (
    "a",
    "trust",
    " ",
    "\n",
    "\t",
    "漢字",
    "👩‍👩‍👧",
    "❤️",
    "e\u0301",
    "\u0301",
    "\u200d",
    "\u200b",
    "\x1b",
    "\u202e",
    "\x9b",
    "\u2028",
)
spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.integers(1, 130),
    st.lists(spans, max_size=4),
    spans,
    st.integers(0, 40),
)
def test_a_painted_line_is_as_wide_as_the_columns_and_holds_nothing_that_moves_the_cursor(
    text: str, width: int, marked: list[tuple[int, int]], hit: tuple[int, int], caret: int
) -> None:
    codings: list[Mark] = [coding(*span, id=str(number)) for number, span in enumerate(marked)]
    for strip in painted(text, width, codings, [suggestion(*hit, hit)], View(hit, min(caret, len(text)))):
        assert cell_len(strip.text) == sum(cell_len(segment.text) for segment in strip) == width
        assert not set(strip.text) & {"\x1b", "\n", "\t", "\u202e", "\x9b", "\u2028", "\x85"}


@given(st.integers(0, 300), st.integers(0, 9999), st.text("ab漢", max_size=20))
def test_the_columns_fill_the_width_and_leave_room_for_words(width: int, number: int, label: str) -> None:
    columns = columns_for(width, [Block(0, 1, number, label, Tone.SPEECH, False)])
    assert 1 <= columns.text <= 100
    used = columns.text_left + columns.text + 1 + (columns.names and columns.names + 1)
    assert used <= width or columns.text == 1
    assert bool(columns.names) == (width >= 100)


def test_at_eighty_cells_initials_stand_where_a_coding_begins_and_a_stripe_below_them() -> None:
    strips = painted(TEXT, 80, [coding(19, len(TEXT))], [])
    assert strips[0].text.startswith(" 7 P01     FR They sent")
    assert strips[1].text.startswith("           ▌  ")


def test_at_a_hundred_cells_the_name_stands_beside_the_line_where_the_coding_begins() -> None:
    strips = painted(TEXT, 100, [coding(19, len(TEXT))], [])
    assert strips[0].text.rstrip().endswith("▌ Free riding")
    assert "Free riding" not in strips[1].text


def test_codings_and_suggestions_differ_without_colour() -> None:
    both: list[Mark] = [coding(0, 60)]
    solid = painted(TEXT, 100, both, [])[0].text
    emergent = painted(TEXT, 100, [coding(0, 60, kind=CodeKind.EMERGENT)], [])[0].text
    dotted = painted(TEXT, 100, [], [suggestion(0, 60)])[0].text
    current = painted(TEXT, 100, [], [suggestion(0, 60, current=True)])[0].text
    assert [glyph for text in (solid, emergent, dotted, current) for glyph in "▌┃┆┇" if glyph in text] == list("▌┃┆┇")


def test_words_that_matched_are_underlined_and_bold_in_the_current_suggestion() -> None:
    hit = (5, 9)
    assert TEXT[slice(*hit)] == "sent"
    waiting = style_of(painted(TEXT, 80, [], [suggestion(0, 18, hit)])[0], "sent")
    current = style_of(painted(TEXT, 80, [], [suggestion(0, 18, hit, current=True)])[0], "sent")
    assert (waiting.underline, waiting.bold, current.underline, current.bold) == (True, None, True, True)
    assert style_of(painted(TEXT, 80, [], [suggestion(0, 18, hit)])[0], "They").underline is None


def test_overlapping_codings_shade_more_than_one() -> None:
    def strength(codings: list[Mark]) -> int:
        ground = style_of(painted(TEXT, 80, codings, [])[0], "nothing").bgcolor
        assert ground is not None
        assert ground.triplet is not None
        return ground.triplet.red

    one, two = coding(10, 17), coding(5, 20, id="d")
    assert strength([]) < strength([one]) < strength([one, two])


def test_the_caret_after_a_full_line_has_a_cell_of_its_own() -> None:
    columns = Columns(10, 0, 0, 0, 1, 5, 0)
    painter = Painter(Layout("abcde", block("abcde"), 5), columns, LOOK)
    segments = list(painter.line(0, (), View(None, 5)))
    reversed_cells = [segment.text for segment in segments if segment.style and segment.style.reverse]
    assert reversed_cells == [" "]
    assert "abcde" in "".join(segment.text for segment in segments)


def test_the_caret_covers_a_whole_cluster() -> None:
    (strip,) = painted("x👩‍👩‍👧y", 80, [], [], View(None, 1))
    assert [segment.text for segment in strip if segment.style and segment.style.reverse] == ["👩‍👩‍👧"]


def test_more_codings_than_lanes_leave_a_plus() -> None:
    crowd: list[Mark] = [coding(0, 10, id=str(number)) for number in range(4)]
    assert "+" in painted(TEXT, 80, crowd, [])[0].text
    assert "+" not in painted(TEXT, 80, crowd[:3], [])[0].text


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12), st.integers(1, 20))
def test_no_two_marks_of_a_line_share_a_lane_and_none_is_missing(
    coded: list[tuple[int, int]], suggested: list[tuple[int, int]], width: int
) -> None:
    layout = Layout(TEXT, block(TEXT), width)
    codings = [coding(*span, id=f"c{number}") for number, span in enumerate(coded)]
    suggestions = [suggestion(*span) for span in suggested]
    marks: list[Mark] = [*codings, *suggestions]
    lanes = Lanes(layout, codings, suggestions)
    assert len(list(lanes.all())) == len(marks)
    for index, line in enumerate(layout.lines):
        stripes = lanes.at(index)
        assert len({stripe.lane for stripe in stripes}) == len(stripes)
        over = [mark for mark in marks if mark.start < line.end and line.start < mark.end]
        beside = [stripe.mark for stripe in stripes]
        assert all(mark in beside for mark in over)


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12))
def test_suggestions_do_not_move_the_lanes_of_codings(
    coded: list[tuple[int, int]], suggested: list[tuple[int, int]]
) -> None:
    layout = Layout(TEXT, block(TEXT), 10)
    codings = [coding(*span, id=f"c{number}") for number, span in enumerate(coded)]
    alone = set(Lanes(layout, codings, ()).all())
    assert alone <= set(Lanes(layout, codings, [suggestion(*span) for span in suggested]).all())


def test_a_long_label_keeps_the_number_that_tells_it_from_others() -> None:
    assert shortened("Participant 12", 12) == "Particip… 12"
    assert shortened("Interviewer", 8) == "Intervi…"
    assert shortened("P1", 4) == "P1  "
    assert shortened("漢字漢字", 5) == "漢字…"


@given(st.text(max_size=30), st.integers(0, 20))
def test_a_label_takes_exactly_its_cells_and_moves_no_cursor(label: str, cells: int) -> None:
    shown = shortened(label, cells)
    assert cell_len(shown) == cells
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
