"""Corrections: the acts of the edit mode on a text and its turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fwanalysis.domain.corrections import (
    Correction,
    correction_of,
    exclude,
    include,
    join,
    label_before_text,
    relabel,
    replace_text,
    split,
    validated,
)
from fwanalysis.domain.importing import ParsedTurn
from fwanalysis.domain.sources import Revision, Role, Source, SourceKind, Speaker, Transcript, Turn, TurnKind
from fwanalysis.errors import InvalidInput


def built(*said: tuple[str | None, str, str], gap: str = "\n") -> Correction:
    """A correction of turns given as label, mark and words."""
    text, turns = "", []
    for label, mark, words in said:
        text += gap if text else ""
        start = len(text) + len(mark)
        turns.append(ParsedTurn(label, len(text), start, start + len(words)))
        text += mark + words
    return Correction(text + "\n", tuple(turns))


TALK = built(
    ("I", "I: ", "And trust?"), ("P01", "P01: ", "It grows. We share."), ("I", "I: ", "Thank you."), gap="\n\n"
)


def words_of(correction: Correction) -> list[str]:
    return [correction.text[turn.start : turn.end] for turn in correction.turns]


def labels_of(correction: Correction) -> list[str | None]:
    return [turn.label for turn in correction.turns]


def test_words_are_replaced_and_what_follows_moves_with_its_marks() -> None:
    for words in ("It grows slowly, and we share what we learn.", "No.", ""):
        after = replace_text(TALK, 1, words)
        assert words_of(after) == ["And trust?", words, "Thank you."]
        assert after.text == TALK.text.replace("It grows. We share.", words)
        assert after.turns[2].label_start == after.text.index("I: Thank")


def test_new_words_may_have_lines_of_any_kind_but_no_white_space_around_them() -> None:
    after = replace_text(TALK, 0, "  And\r\ntrust,\rthen?\n")
    assert words_of(after)[0] == "And\ntrust,\nthen?"


@pytest.mark.parametrize("words", ["a\x00b", "half \ud83d"])
def test_words_that_no_text_can_hold_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be stored"):
        replace_text(TALK, 0, words)


def test_a_turn_is_split_without_a_letter_written_into_the_text() -> None:
    at = TALK.text.index(" We share")
    after = split(TALK, 1, at, " P02 ")
    assert after.text == TALK.text
    assert words_of(after) == ["And trust?", "It grows.", "We share.", "Thank you."]
    assert labels_of(after) == ["I", "P01", "P02", "I"]
    assert after.turns[2].label_start == after.turns[2].start
    assert split(TALK, 1, at).turns[2].label is None


def test_a_turn_is_split_only_where_both_parts_have_words() -> None:
    turn = TALK.turns[1]
    for at in (turn.start, turn.end, 0, len(TALK.text)):
        with pytest.raises(InvalidInput, match="cannot split the turn"):
            split(TALK, 1, at)
    with pytest.raises(InvalidInput, match="both parts"):
        split(Correction("I: a  ", (ParsedTurn("I", 0, 3, 6),)), 0, 5)


def test_joining_takes_the_second_label_out_of_the_words() -> None:
    after = join(TALK, 0)
    assert after.text == "I: And trust?\n\nIt grows. We share.\n\nI: Thank you.\n"
    assert words_of(after) == ["And trust?\n\nIt grows. We share.", "Thank you."]
    assert labels_of(after) == ["I", "I"]


def test_joining_takes_back_a_split() -> None:
    divided = split(TALK, 1, TALK.text.index(" We share"))
    assert join(divided, 1) == TALK


def test_joining_turns_of_no_words_leaves_no_white_space_at_their_ends() -> None:
    silent = built(("A", "A: ", "Yes."), ("B", "B:", ""), ("C", "C: ", "No."))
    assert words_of(join(silent, 0)) == ["Yes.", "No."]
    assert words_of(join(silent, 1)) == ["Yes.", "No."]
    with pytest.raises(InvalidInput, match="no turn after"):
        join(silent, 2)


def test_turns_that_touch_are_joined_with_a_line_end() -> None:
    touching = Correction("ab", (ParsedTurn("A", 0, 0, 1), ParsedTurn("B", 1, 1, 2)))
    assert join(touching, 0).text == "a\nb"


def test_a_label_changes_and_the_text_does_not() -> None:
    after = relabel(TALK, 1, "  P09  ")
    assert (after.text, labels_of(after)) == (TALK.text, ["I", "P09", "I"])
    assert labels_of(relabel(TALK, 1, None)) == ["I", None, "I"]
    for label in ("", "  "):
        with pytest.raises(InvalidInput, match="letter"):
            relabel(TALK, 1, label)


def test_what_is_set_aside_is_nobodys_and_its_mark_stays_outside_the_words() -> None:
    after = exclude(TALK, 1)
    assert (after.text, labels_of(after)) == (TALK.text, ["I", None, "I"])
    assert words_of(after) == words_of(TALK)
    assert after.turns[1].kind is TurnKind.EXCLUDED
    assert after.words == 4
    with pytest.raises(InvalidInput, match="have no speaker"):
        relabel(after, 1, "P01")
    with pytest.raises(InvalidInput, match="excluded already"):
        exclude(after, 1)


def test_what_was_set_aside_becomes_speech_again_as_it_was() -> None:
    assert include(exclude(TALK, 1), 1, "P01") == TALK
    assert words_of(include(exclude(TALK, 1), 1)) == words_of(TALK)
    with pytest.raises(InvalidInput, match="speech already"):
        include(TALK, 1, "I")


def test_an_aside_with_its_mark_among_the_words_becomes_speech_of_that_label_without_it() -> None:
    whole = Correction("P01: It grows.", (ParsedTurn(None, 0, 0, 14, None, TurnKind.EXCLUDED),))
    assert words_of(include(whole, 0, "P01")) == ["It grows."]
    assert words_of(include(whole, 0, "P0")) == ["P01: It grows."]
    assert label_before_text(whole, 0, ["P0", "P01"]) == "P01"
    assert label_before_text(whole, 0, ["I"]) is None


@pytest.mark.parametrize(
    ("mark", "label"),
    [
        ("Interveiwer: ", "Interveiwer"),
        ("[00:01:02] Ines Roth: ", "Ines Roth"),
        ("p02 (12:30)\n", "P02"),
        ("12:30 ", None),
    ],
)
def test_whose_a_turn_was_is_told_by_its_mark(mark: str, label: str | None) -> None:
    assert label_before_text(exclude(built(("X", mark, "Yes.")), 0), 0, ["P0", "P02"]) == label


def test_a_turn_that_is_not_there_cannot_be_corrected() -> None:
    for index in (-1, 3):
        with pytest.raises(InvalidInput, match="counted from 0"):
            relabel(TALK, index, "I")


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (Correction("a\rb", ()), "carriage returns"),
        (Correction(" \n", ()), "would be empty"),
        (Correction("abc", (ParsedTurn("A", 0, 0, 4),)), "inside the text"),
        (Correction("abc", (ParsedTurn("A", 0, 2, 1),)), "in order"),
        (Correction("abc", (ParsedTurn("A", 1, 1, 3), ParsedTurn("A", 0, 0, 1))), "in order"),
        (Correction("abc", (ParsedTurn(" ", 0, 0, 1),)), "label"),
    ],
)
def test_a_correction_that_is_not_whole_is_refused(correction: Correction, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        validated(correction)


def test_a_transcript_is_taken_as_it_stands() -> None:
    source = Source("s", "P01", SourceKind.INTERVIEW, "r", None, "")
    revision = Revision("r", "s", 1, "", "", "", "txt", "label-colon", "", None, 9, 2, (), ())
    turns = (
        Turn("t1", "r", 0, TurnKind.PREAMBLE, 0, None, 0, 0, 2, None),
        Turn("t2", "r", 1, TurnKind.SPEECH, 1, "v", 3, 6, 9, 1.5),
    )
    transcript = Transcript(source, revision, "ab\nI: yes", turns, {"v": Speaker("v", "s", "I", Role.OTHER, "", None)})
    assert correction_of(transcript) == Correction(
        "ab\nI: yes", (ParsedTurn(None, 0, 0, 2, None, TurnKind.PREAMBLE), ParsedTurn("I", 3, 6, 9, 1.5))
    )


SAID = st.text(st.sampled_from("ab \n\u00a0é😀"), max_size=12).map(str.strip)
TALKS = st.lists(
    st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from(["", "A: ", "[B]\n"]), SAID), min_size=1, max_size=5
)


@given(TALKS, st.sampled_from(["\n", " ", "\n\n"]), st.data())
def test_whatever_is_done_turns_stay_in_order_apart_and_trimmed(
    talk: list[tuple[str | None, str, str]], gap: str, data: st.DataObject
) -> None:
    correction = built(*talk, gap=gap)
    for _ in range(data.draw(st.integers(1, 6))):
        index = data.draw(st.integers(0, len(correction.turns) - 1))
        before, spoken = correction, words_of(correction)
        act = data.draw(st.sampled_from(["words", "split", "join", "label", "aside", "speech"]))
        try:
            if act == "words":
                correction = replace_text(correction, index, data.draw(SAID))
            elif act == "split":
                correction = split(correction, index, data.draw(st.integers(0, len(correction.text))), None)
            elif act == "join":
                correction = join(correction, index)
            elif act == "label":
                correction = relabel(correction, index, "C")
            else:
                correction = (exclude if act == "aside" else include)(correction, index)
        except InvalidInput:
            assert correction == before
            continue
        edges = [0, *(edge for turn in correction.turns for edge in (turn.label_start, turn.start, turn.end))]
        assert all(one <= other for one, other in pairwise([*edges, len(correction.text)]))
        assert all(words == words.strip() for words in words_of(correction))
        assert words_of(correction)[:index] == spoken[:index]
        if act not in ("words", "join"):
            assert correction.text == before.text
        after = len(spoken) - index - (2 if act == "join" else 1)
        assert words_of(correction)[len(correction.turns) - after :] == spoken[len(spoken) - after :]


@given(TALKS, st.sampled_from(["\n", " ", "\n\n"]), st.data())
@example([("B", "", "b\na")], "\n", None)
def test_setting_aside_and_making_speech_again_restores_every_turn_but_a_mark_among_the_words(
    talk: list[tuple[str | None, str, str]], gap: str, data: st.DataObject | None
) -> None:
    correction = built(*talk, gap=gap)
    index = data.draw(st.integers(0, len(talk) - 1)) if data else 0
    label, mark, said = talk[index]
    turn = correction.turns[index]
    first, line_end, _ = said.partition("\n")
    if label and not mark and line_end and first.strip().casefold() == label.casefold():
        turn = replace(turn, start=turn.end - len(said[len(first) :].strip()))
    turns = (*correction.turns[:index], turn, *correction.turns[index + 1 :])
    assert include(exclude(correction, index), index, label) == replace(correction, turns=turns)
