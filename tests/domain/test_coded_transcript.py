"""Where coded segments begin and end in the turns of a transcript."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.coded_transcript import (
    CodedSegment,
    Mark,
    MarkKind,
    SegmentCoding,
    Words,
    mark_segments,
    numbered_segments,
)
from fwanalysis.domain.text import Span


def segments(*spans: tuple[int, int]) -> tuple[CodedSegment, ...]:
    coding = SegmentCoding("c", "k", "Cost", "cost", "emergent", "for", "", "ana")
    return numbered_segments((Span(*span), "", "", coding) for span in spans)


def written(text: str, turns: list[tuple[int, int]], *spans: tuple[int, int]) -> list[str]:
    """The turns with ``<1`` and ``1>`` for marks, ``1-`` and ``-1`` where a segment is interrupted and resumed."""
    forms = {
        **{MarkKind.BEGINS: "<{}", MarkKind.ENDS: "{}>"},
        **{MarkKind.INTERRUPTED: "{}-", MarkKind.RESUMED: "-{}"},
    }
    marked = mark_segments(text, [Span(*turn) for turn in turns], segments(*spans))
    return [
        "".join(forms[p.kind].format(p.segment.number) if isinstance(p, Mark) else p.text for p in pieces)
        for pieces in marked
    ]


def test_nested_crossing_and_adjacent_segments_open_outside_in_and_close_inside_out() -> None:
    assert written("abcdef", [(0, 6)], (1, 3), (0, 6)) == ["<1a<2bc2>def1>"]
    assert written("abcdef", [(0, 6)], (0, 4), (2, 6)) == ["<1ab<2cd1>ef2>"]
    assert written("abcdef", [(0, 6)], (0, 3), (3, 6)) == ["<1abc1><2def2>"]
    assert written("abcdef", [(0, 6)], (2, 4), (2, 6), (4, 6)) == ["ab<1<2cd2><3ef3>1>"]


def test_a_segment_over_several_turns_is_interrupted_and_resumed_without_the_labels_between() -> None:
    assert written("A: ab\nB: cd\nC: ef", [(3, 5), (9, 11), (15, 17)], (4, 16)) == ["a<1b1-", "-1cd1-", "-1e1>f"]


def test_a_segment_that_begins_in_a_label_begins_with_the_words_and_one_within_a_label_has_no_mark() -> None:
    assert written("A: ab\nB: cd", [(3, 5), (9, 11)], (6, 10), (6, 8)) == ["ab", "<1c1>d"]


def test_an_empty_turn_within_a_segment_has_no_marks() -> None:
    assert written("A: ab\nB: \nC: ef", [(3, 5), (9, 9), (13, 15)], (3, 15)) == ["<1ab1-", "", "-1ef1>"]


def test_codings_of_the_same_span_are_one_segment() -> None:
    (first, second) = segments((2, 4), (0, 4), (2, 4))
    assert [(first.number, len(first.codings)), (second.number, len(second.codings))] == [(1, 1), (2, 2)]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    edges = sorted(draw(st.lists(st.integers(0, 30), min_size=2, max_size=12)))
    turns = [*zip(edges[::2], edges[1::2], strict=False)]
    pairs = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] != pair[1])))
    return draw(st.text(min_size=30, max_size=30)), turns, [(min(pair), max(pair)) for pair in pairs]


@given(layouts())
def test_words_are_those_of_the_turns_and_have_the_depth_of_the_segments_around_them(
    layout: tuple[str, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    text, turns, spans = layout
    marked = mark_segments(text, [Span(*turn) for turn in turns], segments(*spans))
    begun: list[int] = []
    for (start, end), pieces in zip(turns, marked, strict=True):
        at, inside = start, set[int]()
        for piece in pieces:
            if isinstance(piece, Words):
                around = {span for span in set(spans) if span[0] <= at and at + len(piece.text) <= span[1]}
                assert len(around) == piece.depth == len(inside)
                at += len(piece.text)
            elif piece.kind.is_opening:
                assert (piece.kind is MarkKind.RESUMED) == (piece.segment.number in begun)
                inside.add(piece.segment.number)
                begun.append(piece.segment.number)
            else:
                inside.remove(piece.segment.number)
        assert (at, inside) == (end, set())
        assert "".join(piece.text for piece in pieces if isinstance(piece, Words)) == text[start:end]
    ends = [mark for pieces in marked for mark in pieces if isinstance(mark, Mark) and mark.kind is MarkKind.ENDS]
    assert sorted(mark.segment.number for mark in ends) == sorted(set(begun))
