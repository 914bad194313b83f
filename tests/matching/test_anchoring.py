"""Re-anchoring: what is placed unasked stands on its very words, at a place that nothing else could be."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.revisions import AnchorCandidate, AnchorState
from fwanalysis.domain.text import Span
from fwanalysis.matching.alignment import align
from fwanalysis.matching.anchoring import REPEATED, UNSURE, reanchor

UNCHANGED, MOVED, UNCERTAIN, NOT_FOUND = AnchorState

TALK = """Interviewer: What made you join the collaborative?
P01: We share what we learn. Nobody asks who pays for it.
Interviewer: And what of trust?
P01: Trust grows slowly. We share what we learn.
"""


def span_of(text: str, words: str, nth: int = 0) -> Span:
    starts = [found.start() for found in re.finditer(re.escape(words), text)]
    return Span(starts[nth], starts[nth] + len(words))


def one(old: str, new: str, words: str, nth: int = 0) -> AnchorCandidate:
    (placement,) = reanchor(old, new, [span_of(old, words, nth)])
    return placement


# Case by case


def test_words_before_an_edit_are_kept_and_words_after_it_move() -> None:
    new = TALK.replace("And what of trust?", "And what, then, of trust?")
    assert one(TALK, new, "Nobody asks who pays for it.").state is UNCHANGED
    moved = one(TALK, new, "Trust grows slowly.")
    assert (moved.state, moved.span, moved.score) == (MOVED, span_of(new, "Trust grows slowly."), 1.0)


def test_a_changed_word_makes_a_segment_fuzzy_with_the_changed_words_as_candidate() -> None:
    new = TALK.replace("who pays for it", "who has paid for it all")
    found = one(TALK, new, "Nobody asks who pays for it.")
    assert (found.state, found.span) == (UNCERTAIN, span_of(new, "Nobody asks who has paid for it all."))
    assert 0.6 < found.score < 1


def test_deleted_words_are_lost_even_if_others_are_a_little_like_them() -> None:
    new = TALK.replace(" Nobody asks who pays for it.", "")
    assert one(TALK, new, "Nobody asks who pays for it.") == AnchorCandidate(
        NOT_FOUND, None, 0.0, one(TALK, "x", "Nobody").reason
    )


def test_words_that_repeat_stay_apart_when_an_edit_is_elsewhere() -> None:
    new = TALK.replace("What made", "So what made")
    for nth in (0, 1):
        words = "We share what we learn."
        assert one(TALK, new, words, nth) == AnchorCandidate(
            MOVED, span_of(new, words, nth), 1.0, one(TALK, new, words, nth).reason
        )


def test_a_deleted_segment_is_not_taken_for_the_same_words_elsewhere() -> None:
    new = TALK.replace("P01: We share what we learn. Nobody", "P01: Nobody")
    found = one(TALK, new, "We share what we learn.", 0)
    assert (found.state, found.span, found.reason) == (UNCERTAIN, span_of(new, "We share what we learn."), REPEATED)


@pytest.mark.parametrize("nth", [0, 1])
def test_of_two_equal_paragraphs_one_is_deleted_and_nobody_can_tell_which(nth: int) -> None:
    old = "One begins here.\nWe agree.\nWe agree.\nAnd it ends here.\n"
    new = "One begins here.\nWe agree.\nAnd it ends here.\n"
    assert one(old, new, "We agree.", nth).state is UNCERTAIN
    assert one(old, new, "And it ends here.").state is MOVED


def test_a_segment_whose_paragraph_is_doubled_is_for_a_person() -> None:
    old = "One begins here.\nWe agree on that.\nAnd it ends here.\n"
    assert (
        one(old, old.replace("We agree on that.\n", "We agree on that.\n" * 2), "We agree on that.").state is UNCERTAIN
    )


def test_paragraphs_that_change_places_take_their_segments_along() -> None:
    paragraphs = [
        f"P0{n}: this is paragraph number {n} of this text, and it is about {w}." for n, w in enumerate("abcd")
    ]
    old, new = "\n".join(paragraphs), "\n".join(paragraphs[index] for index in (2, 1, 0, 3))
    for paragraph in paragraphs:
        inside = paragraph[18:-1]
        found = one(old, new, inside)
        assert found.state in (UNCHANGED, MOVED)
        assert found.span == span_of(new, inside)
        assert one(old, new, paragraph).span == span_of(new, paragraph)  # offered; between which others is for a person


def test_a_short_word_that_turns_up_in_other_company_is_for_a_person() -> None:
    old = "They asked about money. Perhaps. Then they left the room.\n"
    new = "They left. Nobody has said perhaps or never. Perhaps it rains.\n"
    assert one(old, new, "Perhaps").state is UNCERTAIN
    assert one(old, new, "Perhaps").reason == UNSURE


def test_any_stretch_can_be_a_segment_whole_words_or_not() -> None:
    new = TALK.replace("What made", "So what made")
    (found,) = reanchor(TALK, new, [Span(60, 79)])
    assert (found.state, found.span) == (MOVED, Span(63, 82))


def test_a_long_segment_with_a_mended_word_has_itself_as_candidate() -> None:
    words = [f"word{number}" for number in range(400)]
    old = "Before it.\n" + " ".join(words) + "\nAfter it.\n"
    new = old.replace("word200", "another").replace("Before it.", "Long before it.")
    found = one(old, new, " ".join(words))
    assert (found.state, found.span) == (UNCERTAIN, Span(len("Long before it.\n"), len(new) - len("\nAfter it.\n")))


def test_nothing_is_left_of_a_text_that_is_empty_or_another() -> None:
    spans = [span_of(TALK, "Nobody asks who pays for it."), span_of(TALK, "Trust grows slowly.")]
    for new in ("", "x", "Quite another text about falls, wards and volunteers on Thursdays."):
        assert [found.state for found in reanchor(TALK, new, spans)] == [NOT_FOUND, NOT_FOUND]


def test_an_alignment_says_where_characters_went() -> None:
    alignment = align("abc\ndef\nghi\n", "abc\nnew line\ndef\nghi\n")
    assert (alignment.exactly(1), alignment.exactly(5), alignment.about(8)) == (1, 14, 17)
    assert align("one two three", "four").exactly(5) is None
    assert align("", "x").about(0) == 0


# For any text and any edits

words = st.sampled_from(["we", "share", "pay", "trust", "it", "no"])
REPEATING = st.lists(words, min_size=1, max_size=24)


@dataclass
class Tracked:
    """Words that know who they are: a copy is somebody else."""

    words: list[tuple[str, int]]
    made: int

    @classmethod
    def of(cls, words: list[str]) -> Tracked:
        return cls([(word, number) for number, word in enumerate(words)], len(words))

    def new(self, words: list[str]) -> list[tuple[str, int]]:
        self.made += len(words)
        return [(word, self.made - number) for number, word in enumerate(words)]

    @property
    def text(self) -> str:
        return "".join(word for word, _ in self.words)

    def span(self, first: int, last: int) -> Span:
        start = sum(len(word) for word, _ in self.words[:first])
        text = "".join(word for word, _ in self.words[first:last])
        begin = start + len(text) - len(text.lstrip())
        return Span(begin, max(begin, start + len(text.rstrip())))

    def at(self, span: Span) -> list[int]:
        """Who stands, whole or in part, in a span."""
        found, start = [], 0
        for word, who in self.words:
            if start < span.end and span.start < start + len(word.rstrip()):
                found.append(who)
            start += len(word)
        return found


def retyped(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Words in the place of others; what is typed again as it was, from either end, is what it was."""
    if before and after and before[0][0].rstrip() == after[0][0].rstrip():
        return [before[0], *retyped(before[1:], after[1:])]
    if before and after and before[-1][0].rstrip() == after[-1][0].rstrip():
        return [*retyped(before[:-1], after[:-1]), before[-1]]
    return after


@st.composite
def edited(draw: st.DrawFn, tokens: list[str], *, edits: int, fresh: bool) -> tuple[Tracked, Tracked]:
    """Words and the same after some edits; with *fresh*, what is put in stands nowhere else."""
    old = Tracked.of(tokens)
    new = Tracked(list(old.words), old.made)
    for number in range(draw(st.integers(1, edits))):
        length = len(new.words)
        start = draw(st.integers(0, length))
        end = draw(st.integers(start, min(length, start + 6)))
        put = [f"n{number}x{index} " for index in range(draw(st.integers(1, 3)))]
        if not fresh:
            put = [f"{word} " for word in draw(st.lists(words, min_size=1, max_size=3))]
        kinds = ["insert", "delete", "replace", "swap" if fresh else "double"]
        kind, there = draw(st.sampled_from(kinds)), new.words[start:end]
        if kind == "insert":
            new.words[start:start] = new.new(put)
        elif kind == "delete":
            new.words[start:end] = []
        elif kind == "replace":
            new.words[start:end] = retyped(there, new.new(put))
        elif kind == "double":
            new.words[end:end] = new.new([word for word, _ in there])
        else:
            last = draw(st.integers(end, min(length, end + 6)))
            new.words[start:last] = new.words[end:last] + there
    return old, new


@st.composite
def cases(draw: st.DrawFn, *, edits: int, fresh: bool) -> tuple[Tracked, Tracked, list[tuple[int, int]]]:
    if fresh:
        count = draw(st.integers(1, 40))
        tokens = [f"w{number:03d}" + draw(st.sampled_from([" ", " ", ".\n"])) for number in range(count)]
    else:
        tokens = [word + draw(st.sampled_from([" ", " ", "\n"])) for word in draw(REPEATING)]
    old, new = draw(edited(tokens, edits=edits, fresh=fresh))
    starts = st.integers(0, len(tokens) - 1)
    spans = draw(st.lists(st.tuples(starts, st.integers(1, 8)), min_size=1, max_size=5))
    return old, new, [(first, min(len(tokens), first + length)) for first, length in spans]


@given(st.one_of(cases(edits=4, fresh=True), cases(edits=4, fresh=False)))
def test_what_is_placed_unasked_stands_on_its_very_words(
    case: tuple[Tracked, Tracked, list[tuple[int, int]]],
) -> None:
    old, new, chosen = case
    spans = [old.span(*some) for some in chosen]
    for span, found in zip(spans, reanchor(old.text, new.text, spans), strict=True):
        assert 0 <= found.score <= 1
        assert (found.span is None) == (found.state is NOT_FOUND)
        if found.span is None:
            continue
        assert found.span.end <= len(new.text)
        assert found.span.of(new.text).strip()
        if found.state.is_anchored:
            assert found.span.of(new.text) == span.of(old.text)
            assert (found.state is UNCHANGED) == (found.span == span)


@given(cases(edits=6, fresh=True))
def test_where_no_word_repeats_the_place_is_the_true_one(case: tuple[Tracked, Tracked, list[tuple[int, int]]]) -> None:
    old, new, chosen = case
    spans = [old.span(*some) for some in chosen]
    for span, found in zip(spans, reanchor(old.text, new.text, spans), strict=True):
        if found.state.is_anchored and found.span:
            assert new.at(found.span) == old.at(span)


@given(cases(edits=1, fresh=False))
def test_where_words_repeat_one_edit_never_puts_a_segment_on_others_silently(
    case: tuple[Tracked, Tracked, list[tuple[int, int]]],
) -> None:
    old, new, chosen = case
    spans = [old.span(*some) for some in chosen]
    for span, found in zip(spans, reanchor(old.text, new.text, spans), strict=True):
        if found.state.is_anchored and found.span:
            assert set(new.at(found.span)) & set(old.at(span))


@given(st.lists(cases(edits=1, fresh=False), min_size=2, max_size=4))
def test_edits_in_several_parts_of_a_text_that_repeats_itself_never_do_either(
    parts: list[tuple[Tracked, Tracked, list[tuple[int, int]]]],
) -> None:
    old_text = new_text = ""
    spans, places = [], []
    for number, (old, new, chosen) in enumerate(parts):
        heading = f"Here the part numbered {number} begins, as nothing else does.\n"
        old_text, new_text = old_text + heading, new_text + heading
        for some in chosen:
            span = old.span(*some)
            spans.append(Span(span.start + len(old_text), span.end + len(old_text)))
            places.append((old.at(span), new, len(new_text)))
        old_text, new_text = old_text + old.text + "\n", new_text + new.text + "\n"
    for (who, new, start), found in zip(places, reanchor(old_text, new_text, spans), strict=True):
        if found.state.is_anchored and found.span:
            assert found.span.start >= start
            assert set(new.at(Span(found.span.start - start, found.span.end - start))) & set(who)


@given(cases(edits=1, fresh=False))
def test_a_text_that_is_the_same_keeps_everything(case: tuple[Tracked, Tracked, list[tuple[int, int]]]) -> None:
    old, _, chosen = case
    spans = [old.span(*some) for some in chosen]
    assert [(found.state, found.span) for found in reanchor(old.text, old.text, spans)] == [
        (UNCHANGED, span) for span in spans
    ]


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_any_two_texts_align_in_order_on_what_is_equal(old: str, new: str, data: st.DataObject) -> None:
    end_old = end_new = 0
    for block in align(old, new).blocks:
        assert block.old_start >= end_old
        assert block.new_start >= end_new
        assert block.length > 0
        end_old, end_new = block.old_start + block.length, block.new_start + block.length
        assert old[block.old_start : end_old] == new[block.new_start : end_new]
    if old.strip():
        start = data.draw(st.integers(0, len(old) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(old))))
        if span.of(old).strip():
            (found,) = reanchor(old, new, [span])
            assert not found.state.is_anchored or (found.span and found.span.of(new) == span.of(old))


def test_hundreds_of_spans_in_a_large_text_are_placed_and_total_rewrites_end() -> None:
    chance = random.Random(5)
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(1, 9))) for _ in range(2000)]
    lines = [" ".join(chance.choices(vocabulary, k=chance.randint(1, 60))) for _ in range(1150)]
    old = "\n".join(lines)
    pieces = old.split(" ")
    for _ in range(300):
        pieces[chance.randrange(len(pieces))] += "x"
    starts = [chance.randrange(len(old) - 400) for _ in range(300)]
    spans = [span for start in starts if (span := Span(start, start + chance.randint(5, 300)).trimmed(old))]
    found = reanchor(old, " ".join(pieces), spans)
    assert sum(placement.state.is_anchored for placement in found) > 180
    assert not any(placement.state is NOT_FOUND for placement in found)
    reanchor(old, "\n".join(line[::-1] for line in lines), spans)


UNASKED_BEFORE = [
    ("The unit was safe for us at all times, as I said.", "The unit was unsafe for us at all times, as I said.",
     "safe for us at all times"),
    ("It was not a big cost for everybody there, no.", "It was not a big costume for everybody there, no.",
     "It was not a big cost"),
    ("We met at the caf\u0065 and talked about it all.", "We met at the caf\u0065\u0301 and talked about it all.",
     "We met at the caf\u0065"),
    ("No. Then we left.\n", "No one asked us.\n", "No"),
    ("We stayed until the end.\n", "It was cold, and in the end.\n", "end."),
    ("Yes. We went there by car.\n\nLater.\n", "Yes, later we came back by train.\n", "Yes"),
    ("P01: I trust them all the time.\n\nP02: I never trust anybody at all.\n",
     "P01: I never trust anybody at all.\n\nP02: I trust them all the time.\n", "I trust them all the time."),
]  # fmt: skip
"""Cases that were once placed without asking."""


@pytest.mark.parametrize(("old", "new", "quote"), UNASKED_BEFORE)
def test_a_person_is_asked_where_words_at_the_edge_or_all_around_have_changed(old: str, new: str, quote: str) -> None:
    start = old.index(quote)
    (placement,) = reanchor(old, new, [Span(start, start + len(quote))])
    assert placement.state in (AnchorState.UNCERTAIN, AnchorState.NOT_FOUND)


def test_a_candidate_is_made_of_whole_words_where_the_edge_has_changed() -> None:
    old, new, quote = UNASKED_BEFORE[0]
    start = old.index(quote)
    (placement,) = reanchor(old, new, [Span(start, start + len(quote))])
    assert placement.span
    assert placement.span.of(new) == "unsafe for us at all times"
