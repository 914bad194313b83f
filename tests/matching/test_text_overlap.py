"""How much of a text stands in another: a correction keeps nearly all of it, another talk hardly any."""

from __future__ import annotations

from fwanalysis.matching.text_overlap import share_kept

TALK = "We carried the boxes up the hill before the rain, and nobody thanked us for it. " * 2 + "Then we rested."
OTHER = "At dawn the boats go out past the mole, each with a lamp, and the nets hang in the wind by noon."


def test_a_text_keeps_all_of_itself_whatever_its_letter_case_and_white_space() -> None:
    assert share_kept(TALK, TALK) == 1
    assert share_kept(TALK, TALK.upper().replace(" ", "\n\n")) == 1


def test_a_correction_keeps_most_and_something_else_hardly_any() -> None:
    assert share_kept(TALK, TALK.replace("thanked", "paid")) > 0.6
    assert share_kept(TALK, f"{OTHER} {TALK}") == 1
    assert share_kept(TALK, OTHER) < 0.1


def test_texts_shorter_than_a_piece_are_compared_whole() -> None:
    assert (share_kept("Yes.", "Yes."), share_kept("Yes.", "No."), share_kept("", "")) == (1, 0, 1)
