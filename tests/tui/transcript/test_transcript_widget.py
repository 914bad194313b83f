from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.events import MouseMove
from textual.geometry import Offset

from fwanalysis.domain.sources import Revision, Role, Source, SourceKind, Speaker, Transcript, Turn, TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.tui.transcript.bindings import BINDINGS
from fwanalysis.tui.transcript.marks import CodingMark, SuggestionMark
from fwanalysis.tui.transcript.messages import CaretMoved, MarkActivated, SelectionChanged
from fwanalysis.tui.transcript.widget import TranscriptView

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.message import Message
    from textual.pilot import Pilot

SAID = (
    ("INT", "What made you join?"),
    ("P07", "Honestly? We were told to. But nobody wanted to be the one outside, so we signed and sent two people."),
    ("INT", "And then?"),
    ("P07", "Then it went quiet. Every month a spreadsheet. Some never sent a thing."),
)


def interview(times: int = 1, source_id: str = "s1") -> Transcript:
    text, turns = "", []
    for number, (speaker, said) in enumerate(SAID * times, start=1):
        mark = len(text)
        text += f"{speaker}: "
        end = len(text) + len(said)
        turns.append(Turn(f"t{number}", "r", number, TurnKind.SPEECH, number, speaker, mark, len(text), end, None))
        text += f"{said}\n\n"
    speakers = {
        "INT": Speaker("INT", source_id, "INT", Role.INTERVIEWER, "", None),
        "P07": Speaker("P07", source_id, "P07", Role.PARTICIPANT, "", None),
    }
    revision = Revision(f"r-{source_id}", source_id, 1, "", "", "a.txt", "txt", "", "", None, len(text), 0, (), ())
    source = Source(source_id, "P07", SourceKind.INTERVIEW, revision.id, None, "")
    return Transcript(source, revision, text, tuple(turns), speakers)


class Reader(App[None]):
    """A transcript, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Message] = []
        self.escaped = 0

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @on(CaretMoved)
    @on(SelectionChanged)
    @on(MarkActivated)
    def hear(self, message: Message) -> None:
        self.said.append(message)

    def key_escape(self) -> None:
        self.escaped += 1


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    assert "NO_COLOR" not in os.environ


@pytest.fixture
async def pilot() -> AsyncIterator[Pilot[None]]:
    """A reader of eighty cells by twelve lines that shows a long interview."""
    async with Reader().run_test(size=(80, 12)) as pilot:
        view = pilot.app.query_one(TranscriptView)
        view.show(interview(20))
        view.focus()
        await pilot.pause()
        yield pilot


def input_format(pilot: Pilot[None]) -> Reader:
    assert isinstance(pilot.app, Reader)
    return pilot.app


def screen_lines(pilot: Pilot[None]) -> list[str]:
    view = input_format(pilot).view
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def caret_rows(pilot: Pilot[None]) -> list[int]:
    view = input_format(pilot).view
    return [y for y in range(view.size.height) if any(s.style and s.style.reverse for s in view.render_line(y))]


async def words_at_caret(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    view = input_format(pilot).view
    assert view.transcript is not None
    return view.transcript.text[view.caret : view.caret + 6]


async def test_the_first_turn_stands_on_the_screen_with_its_number_and_speaker(pilot: Pilot[None]) -> None:
    first, second = screen_lines(pilot)[0].split(), screen_lines(pilot)[2].split()
    assert first[:4] == ["1", "INT", "What", "made"]
    assert second[:3] == ["2", "P07", "Honestly?"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("right", "right"), "at mad"),
        (("right_square_bracket",), "Honest"),
        (("}", "{"), "What m"),
        (("]", "]", "["), "Honest"),
        (("]", ")"), "We wer"),
        (("]", ")", ")", "("), "We wer"),
        (("w", "w"), "you jo"),
        (("ctrl+right", "w", "b"), "made y"),
        (("down",), "Honest"),
        (("j", "k"), "What m"),
        (("end", "home", "w"), "made y"),
        (("ctrl+down",), "Honest"),
    ],
)
async def test_keys_move_the_caret_by_what_they_name(pilot: Pilot[None], keys: tuple[str, ...], words: str) -> None:
    assert await words_at_caret(pilot, *keys) == words


async def test_every_key_has_an_id_and_none_takes_a_key_of_the_screens() -> None:
    assert len({binding.id for binding in BINDINGS}) == len(BINDINGS)
    keys = {key for binding in BINDINGS for key in binding.key.split(",")}
    assert not keys & {*"caxnNumq", "ctrl+r", "question_mark", "enter", "tab", "space", "ctrl+p"}


async def test_a_keymap_moves_a_key(pilot: Pilot[None]) -> None:
    pilot.app.set_keymap({"transcript.turn-forward": "z"})
    assert await words_at_caret(pilot, "z") == "Honest"


async def test_going_down_over_a_short_line_remembers_the_column(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    view.go_to(view.caret + 15)
    column = view.caret
    await pilot.press("down", "down", "down", "down", "up", "up", "up", "up")
    assert view.caret == column


async def test_s_selects_the_sentence_and_each_further_s_one_more(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press("]", ")", "s")
    assert view.selected_text == "We were told to."
    await pilot.press("s")
    assert view.selected_text.startswith("We were told to. But nobody")
    assert view.selected_text.endswith("two people.")


async def test_t_selects_the_words_of_the_turn_without_its_label(pilot: Pilot[None]) -> None:
    await pilot.press("]", "]", "right", "t")
    assert input_format(pilot).view.selected_text == "And then?"


async def test_shift_extends_the_selection_to_the_character_and_moving_on_drops_it(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press("right", "shift+right", "shift+right")
    assert view.selected_text == "ha"
    await pilot.press("shift+left")
    assert view.selected_text == "h"
    await pilot.press("left")
    assert view.selection is None


async def test_in_select_mode_movements_extend_and_escape_leaves_it(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press("v", "w")
    assert view.selecting
    assert view.selected_text == "What "
    await pilot.press("escape")
    assert (view.selecting, view.selection) == (False, None)
    assert input_format(pilot).escaped == 0


async def test_escape_is_the_screens_when_nothing_is_selected(pilot: Pilot[None]) -> None:
    await pilot.press("escape")
    assert input_format(pilot).escaped == 1


async def test_a_selection_that_reaches_the_next_turn_does_not_take_its_label(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press("v", "]")
    assert view.selected_text == "What made you join?"


async def test_a_span_is_selected_exactly_even_in_the_middle_of_words(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    view.select(Span(7, 12))
    assert (view.selection, view.selected_text) == (Span(7, 12), "at ma")
    await pilot.pause()
    assert SelectionChanged(Span(7, 12), view) in input_format(pilot).said


async def test_messages_tell_the_caret_and_the_selection_once(pilot: Pilot[None]) -> None:
    said = input_format(pilot).said
    said.clear()
    view = input_format(pilot).view
    here = view.caret
    await pilot.press("right", "shift+right")
    assert said == [
        CaretMoved(here + 1, view),
        CaretMoved(here + 2, view),
        SelectionChanged(Span(here + 1, here + 2), view),
    ]
    said.clear()
    view.go_to(view.caret)
    view.go_to(view.caret)
    await pilot.pause()
    assert said == [SelectionChanged(None, view)]


async def test_paging_keeps_the_caret_on_its_row_and_comes_back(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press(*["down"] * 6, "pagedown")
    there, top = view.caret, view.scroll_offset.y
    await pilot.press("pagedown", "pageup")
    assert (view.caret, view.scroll_offset.y) == (there, top)


async def test_the_caret_stays_in_sight_at_both_ends(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    await pilot.press("G")
    assert view.scroll_offset.y == view.max_scroll_y > 0
    await pilot.press("g")
    assert view.scroll_offset.y == 0


async def test_going_to_hidden_text_shows_the_words_after_it_in_the_middle(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    shown = view.transcript
    assert shown is not None
    turn = shown.turns[40]
    view.go_to(turn.label_start, center=True)
    assert view.caret == turn.start
    assert screen_lines(pilot)[6].split()[:2] == ["41", "INT"]


async def test_another_width_keeps_the_caret_and_its_row(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    assert view.transcript is not None
    view.go_to(view.transcript.turns[41].start + 50, center=True)
    caret = view.caret
    for width in (40, 120, 21, 80):
        await pilot.resize_terminal(width, 12)
        await pilot.pause()
        assert view.caret == caret
        assert caret_rows(pilot) == [6]


async def test_a_lower_screen_keeps_the_caret_in_sight(pilot: Pilot[None]) -> None:
    await pilot.press(*["down"] * 5)
    for height in (5, 1, 12):
        await pilot.resize_terminal(80, height)
        await pilot.pause()
        assert caret_rows(pilot) != []
        assert caret_rows(pilot)[0] < height


async def test_a_place_gone_to_before_the_first_layout_is_in_sight_after_it() -> None:
    class Opened(Reader):
        def compose(self) -> ComposeResult:
            view = TranscriptView()
            view.show(interview(20))
            view.go_to(interview(20).turns[40].start)
            yield view

    app = Opened()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert any(line.split()[:2] == ["41", "INT"] for line in screen_lines(pilot))


async def test_setting_equal_marks_or_showing_the_same_transcript_repaints_nothing(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    marks = [CodingMark("c", "k", 5, 12, "#c2410c", "FR", "Free riding")]
    view.set_codings(marks)
    before = view.render_line(0)
    view.set_codings(list(marks))
    view.set_suggestions([])
    view.show(interview(20))
    assert view.render_line(0) is before


async def test_marks_appear_and_disappear_and_are_found_at_the_caret(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    coding = CodingMark("c", "k", 5, 12, "#c2410c", "FR", "Free riding")
    suggestion = SuggestionMark("s", "k", 5, 9, ((5, 9),), "#0e7490", "TR", "Trust")
    view.set_codings([coding])
    view.set_suggestions([suggestion])
    assert "trFR" in screen_lines(pilot)[0]
    assert view.marks_at(6) == (coding, suggestion)
    assert view.marks_at(10) == (coding,)
    view.set_codings([])
    view.set_suggestions([replace(suggestion, current=True)])
    assert "FR" not in screen_lines(pilot)[0]
    assert view.marks_at(12) == ()


async def test_another_source_starts_at_its_start_without_the_marks_of_the_first(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    view.set_codings([CodingMark("c", "k", 5, 12, "#c2410c", "FR", "Free riding")])
    await pilot.press("]", "s", "G")
    view.scroll_to(y=40, animate=False)
    view.show(interview(5, "s2"))
    await pilot.pause()
    assert (view.caret, view.selection, view.marks_at(6), view.scroll_offset.y) == (5, None, (), 0)


async def test_a_click_sets_the_caret_and_a_drag_selects(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    left = screen_lines(pilot)[0].index("What")
    await pilot.click(TranscriptView, offset=Offset(left + 5, 0))
    assert view.caret == 10
    await pilot.mouse_down(TranscriptView, offset=Offset(left, 0))
    await pilot.hover(TranscriptView, offset=Offset(left + 4, 0))
    await pilot.mouse_up(TranscriptView, offset=Offset(left + 4, 0))
    assert view.selected_text == "What"


async def test_clicks_at_the_edge_of_the_screen_do_not_move_the_text_and_a_drag_beyond_it_does(
    pilot: Pilot[None],
) -> None:
    view = input_format(pilot).view
    await pilot.resize_terminal(80, 11)
    await pilot.pause()
    left = screen_lines(pilot)[10].index("What")
    await pilot.click(TranscriptView, offset=Offset(left, 10), times=2)
    assert (view.selected_text, view.scroll_offset.y) == ("What", 0)
    await pilot.mouse_down(TranscriptView, offset=Offset(left, 5))
    view.on_mouse_move(MouseMove(view, left, 12, 0, 0, 1, False, False, False))
    await pilot.mouse_up(TranscriptView, offset=Offset(left, 10))
    assert view.scroll_offset.y == 2


@pytest.mark.parametrize(
    ("times", "selected"),
    [(2, "told"), (3, "We were told to."), (4, SAID[1][1])],
    ids=["word", "sentence", "paragraph"],
)
async def test_more_clicks_select_more(pilot: Pilot[None], times: int, selected: str) -> None:
    line = screen_lines(pilot)[2]
    await pilot.click(TranscriptView, offset=Offset(line.index("told") + 1, 2), times=times)
    assert input_format(pilot).view.selected_text == selected


async def test_a_click_on_a_stripe_posts_its_mark(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    view.set_codings([CodingMark("c", "k", 5, 12, "#c2410c", "FR", "Free riding")])
    await pilot.click(TranscriptView, offset=Offset(screen_lines(pilot)[0].index("FR"), 0))
    assert MarkActivated(("c",), view) in input_format(pilot).said


async def test_a_click_on_a_name_posts_its_mark(pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(120, 12)
    await pilot.pause()
    view = input_format(pilot).view
    view.set_codings([CodingMark("c", "k", 5, 12, "#c2410c", "FR", "Free riding")])
    await pilot.click(TranscriptView, offset=Offset(screen_lines(pilot)[0].index("riding"), 0))
    assert MarkActivated(("c",), view) in input_format(pilot).said


async def test_another_theme_changes_the_colours(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    dark = next(iter(view.render_line(2))).style
    pilot.app.theme = "textual-light"
    await pilot.pause()
    light = next(iter(view.render_line(2))).style
    assert dark is not None
    assert light is not None
    assert dark.bgcolor != light.bgcolor


async def test_without_focus_the_caret_is_there_but_not_reversed(pilot: Pilot[None]) -> None:
    view = input_format(pilot).view
    assert any(segment.style and segment.style.reverse for segment in view.render_line(0))
    pilot.app.set_focus(None)
    await pilot.pause()
    assert not any(segment.style and segment.style.reverse for segment in view.render_line(0))


async def test_without_colour_a_selection_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Reader()
    async with app.run_test(size=(80, 12)) as pilot:
        app.view.show(interview())
        app.view.focus()
        await pilot.pause()
        await pilot.press("s")
        segments = list(app.view.render_line(0))
        assert next(segment.text for segment in segments if segment.style and segment.style.reverse) == SAID[0][1]


async def test_a_view_that_shows_nothing_yet_takes_keys_and_clicks() -> None:
    app = Reader()
    async with app.run_test(size=(80, 12)) as pilot:
        app.view.focus()
        await pilot.press("right", "down", "pagedown", "s", "t", "v", "w", "G")
        await pilot.click(TranscriptView, offset=Offset(10, 3))
        assert (app.view.caret, app.view.selection) == (0, None)
        assert app.said == []
