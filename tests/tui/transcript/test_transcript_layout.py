from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import Revision, Role, Source, SourceKind, Speaker, Transcript, Turn, TurnKind
from fwanalysis.tui.transcript.caret import MOTIONS, between, sentence_at, vertical, with_next_sentence
from fwanalysis.tui.transcript.clusters import clusters, is_simple
from fwanalysis.tui.transcript.layout import Layout, Tone, blocks_of, clock, simple_breaks, wide_breaks

PIECES = (
    *(
        "a",
        "I",
        "trust",
        "collaborative",
        "don’t",
        " ",
        "  ",
        "\n",
        "\t",
        "-",
        ".",
        "! ",
        "漢",
        "信任需要时间。",
        "（",
        "ガ",
    ),
    *("👍🏽", "👩‍👩‍👧", "❤️", "e\u0301", "\u0301", "\u200d", "\u200b", "\ufe0f", "क्ष", "שלום"),
    *("\u202e", "\x1b", "\x85", "\u2028", "\u00a0", "🇬🇧", "\x00"),
)
words = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=30)
widths = st.integers(1, 40)


def transcript(turns: list[str], *, before: str = "", kind: TurnKind = TurnKind.SPEECH) -> Transcript:
    """A transcript in which P1 and the interviewer take turns to say these words, after some text of no turn."""
    text, made = before, []
    for number, said in enumerate(turns, start=1):
        mark = len(text)
        text += ("INT: ", "P1: ")[number % 2]
        speaker = ("i", "p")[number % 2]
        made.append(
            Turn(f"t{number}", "r", number, kind, number, speaker, mark, len(text), len(text) + len(said), None)
        )
        text += said + "\n\n"
    speakers = {
        "p": Speaker("p", "s", "P1", Role.PARTICIPANT, "", None),
        "i": Speaker("i", "s", "INT", Role.INTERVIEWER, "", None),
    }
    revision = Revision("r", "s", 1, "", "", "a.txt", "txt", "", "", None, len(text), 0, (), ())
    source = Source("s", "a", SourceKind.INTERVIEW, "r", None, "")
    return Transcript(source, revision, text, tuple(made), speakers)


def laid_out(shown: Transcript, width: int) -> Layout:
    return Layout(shown.text, blocks_of(shown), width)


layouts = st.builds(
    lambda turns, width: laid_out(transcript(turns), width), st.lists(words, min_size=1, max_size=5), widths
)


@given(layouts)
def test_the_lines_of_a_block_concatenate_to_its_text(layout: Layout) -> None:
    for index, block in enumerate(layout.blocks):
        lines = [line for line in layout.lines if line.block == index]
        assert "".join(layout.text[line.start : line.end] for line in lines) == layout.text[block.start : block.end]
        assert lines[0].start == block.start
        assert [line.first for line in lines] == [True] + [False] * (len(lines) - 1)


@given(layouts)
def test_a_line_is_no_wider_than_the_layout_but_for_blanks_at_its_end(layout: Layout) -> None:
    for line in layout.lines:
        shown = layout.text[line.start : line.end]
        inked = clusters(layout.text, line.start, line.start + len(shown.rstrip()))
        assert sum(cluster.cells for cluster in inked) <= layout.width or len(inked) == 1


@given(layouts)
def test_every_place_of_the_caret_has_one_cell_and_is_found_there_again(layout: Layout) -> None:
    for block in layout.blocks:
        for position in range(block.start, block.end + 1):
            place = layout.visible(position)
            line, column = layout.line_at(place), layout.column_at(place)
            assert layout.position_at(line, column) == place
            assert (layout.line_at(position), layout.column_at(position)) == (line, column)
            assert layout.lines[line].start <= position


@given(layouts)
def test_the_clusters_of_a_line_follow_each_other_and_take_cells(layout: Layout) -> None:
    for line in layout.lines:
        found = layout.clusters(line)
        assert all(before.end == after.start for before, after in pairwise(found))
        assert all(cluster.cells >= 1 for cluster in found)
        assert (
            "".join(layout.text[cluster.start : cluster.end] for cluster in found) == layout.text[line.start : line.end]
        )


@given(st.text("ab -’é£", max_size=80), widths)
def test_simple_text_breaks_where_any_text_would(text: str, width: int) -> None:
    assert is_simple(text, 0, len(text))
    assert list(simple_breaks(text, 0, len(text), width)) == list(wide_breaks(text, 0, len(text), width))


@given(layouts)
def test_stepping_right_visits_every_cluster_once_and_left_goes_the_same_way_back(layout: Layout) -> None:
    start, end = layout.blocks[0].start, layout.blocks[-1].end
    forth = [start]
    while forth[-1] < end:
        forth.append(MOTIONS["right"](layout, forth[-1]))
        assert forth[-1] > forth[-2]
    back = [end]
    while back[-1] > start:
        back.append(MOTIONS["left"](layout, back[-1]))
    assert back[::-1] == forth
    shown = {layout.visible(place) for block in layout.blocks for place in range(block.start, block.end + 1)}
    assert set(forth) == shown


@given(layouts, st.sampled_from(sorted(MOTIONS)), st.data())
def test_a_movement_goes_its_way_to_a_shown_place(layout: Layout, name: str, data: st.DataObject) -> None:
    position = layout.visible(data.draw(st.integers(0, len(layout.text))))
    reached = MOTIONS[name](layout, position)
    assert layout.visible(reached) == reached
    if name.endswith(("right", "forward", "end")):
        assert reached >= position
    else:
        assert reached <= position


@given(layouts, st.integers(0, 60))
def test_going_down_line_by_line_passes_every_line_of_words(layout: Layout, column: int) -> None:
    place = layout.blocks[0].start
    passed = [layout.line_at(place)]
    while (below := vertical(layout, place, 1, column)) != place and layout.line_at(below) > passed[-1]:
        passed.append(layout.line_at(below))
        place = below
    assert passed == [index for index, line in enumerate(layout.lines) if line.block >= 0]
    assert layout.line_at(vertical(layout, place, -len(layout.lines), column)) == 0


@given(layouts, st.data())
def test_what_is_selected_between_two_places_never_begins_or_ends_in_hidden_text(
    layout: Layout, data: st.DataObject
) -> None:
    places = st.integers(0, len(layout.text)).map(layout.visible)
    one, other = data.draw(places), data.draw(places)
    span = between(layout, one, other)
    assert span == between(layout, other, one)
    if span is not None:
        assert min(one, other) <= span.start < span.end <= max(one, other)
        assert any(block.start <= span.start <= block.end for block in layout.blocks)
        assert any(block.start <= span.end <= block.end for block in layout.blocks)


@given(layouts, st.data())
def test_drawing_a_selection_out_by_sentences_keeps_its_start_and_ends(layout: Layout, data: st.DataObject) -> None:
    span = sentence_at(layout, layout.visible(data.draw(st.integers(0, len(layout.text)))))
    while (longer := with_next_sentence(layout, span)) != span:
        assert longer.start == span.start
        assert longer.end > span.end
        span = longer


def test_marks_of_speakers_and_white_space_between_turns_are_in_no_line() -> None:
    layout = laid_out(transcript(["Hello there.", "And you?"]), 40)
    shown = [layout.text[line.start : line.end] for line in layout.lines]
    assert shown == ["Hello there.", "", "And you?"]
    assert [block.label for block in layout.blocks] == ["P1", "INT"]
    assert [block.tone for block in layout.blocks] == [Tone.SPEECH, Tone.QUESTION]


def test_words_wrap_after_blanks_which_stay_on_the_line_before() -> None:
    layout = laid_out(transcript(["one two   three"]), 7)
    assert [layout.text[line.start : line.end] for line in layout.lines] == ["one two   ", "three"]


def test_a_word_longer_than_the_width_is_cut_at_the_width() -> None:
    layout = laid_out(transcript(["a collaborative"]), 6)
    assert [layout.text[line.start : line.end] for line in layout.lines] == ["a ", "collab", "orativ", "e"]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    layout = laid_out(transcript(["信任需要时间。"]), 12)
    assert [layout.text[line.start : line.end] for line in layout.lines] == ["信任需要时", "间。"]


def test_a_text_without_turns_is_laid_out_by_its_lines_and_shows_its_blank_lines() -> None:
    layout = laid_out(transcript([], before="Title\nby us\n\n\nFirst line.\n"), 40)
    assert [layout.text[line.start : line.end] for line in layout.lines] == ["Title", "by us", "", "First line."]


def test_a_text_without_blank_lines_gets_one_between_its_paragraphs() -> None:
    layout = laid_out(transcript([], before="First paragraph.\nSecond paragraph."), 40)
    assert [line.block for line in layout.lines] == [0, -1, 1]


def test_excluded_text_is_dim_and_text_before_the_first_turn_is_shown() -> None:
    layout = laid_out(transcript(["[pause]"], before="Notes\n\n", kind=TurnKind.EXCLUDED), 40)
    assert [block.tone for block in layout.blocks] == [Tone.SPEECH, Tone.EXCLUDED]


def test_an_empty_text_has_one_line_for_the_caret() -> None:
    layout = laid_out(transcript([]), 10)
    assert len(layout.lines) == 1
    assert layout.visible(0) == 0
    assert all(motion(layout, 0) == 0 for motion in MOTIONS.values())


def test_times_read_as_people_write_them() -> None:
    assert [clock(seconds) for seconds in (0, 65.9, 3753)] == ["0:00", "1:05", "1:02:33"]


def test_words_and_sentences_are_found_from_inside_and_across_turns() -> None:
    layout = laid_out(transcript(["We don’t know. Ask Dr Hale, please.", "Why?"]), 12)
    text = layout.text

    def visited(name: str, position: int) -> list[str]:
        places = []
        for _ in range(4):
            position = MOTIONS[name](layout, position)
            places.append(text[position : position + 4])
        return places

    start = layout.blocks[0].start
    assert visited("word_right", start + 4) == ["know", "Ask ", "Dr H", "Hale"]
    assert visited("sentence_forward", start + 1) == ["Ask ", "Why?", "\n\n", "\n\n"]
    assert visited("sentence_back", len(text)) == ["Why?", "Ask ", "We d", "We d"]
    assert visited("turn_back", start + 9)[0] == "We d"


def test_the_sentence_after_a_full_stop_is_the_next_one_and_at_the_end_of_a_turn_the_last() -> None:
    layout = laid_out(transcript(["One. Two."]), 40)
    start = layout.blocks[0].start
    assert sentence_at(layout, start + 4).of(layout.text) == "Two."
    assert sentence_at(layout, start + 9).of(layout.text) == "Two."
    assert sentence_at(layout, start).of(layout.text) == "One."
