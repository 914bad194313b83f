"""Three-way comparison of cells, and the words in which two texts differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.chart_import import EMPTY, Accept, CellWords, Kind, kind_of, plain, takes, word_changes

A, B, C = (CellWords("draft", text) for text in ("one", "two", "three"))


@pytest.mark.parametrize(
    ("base", "here", "there", "kind"),
    [
        (A, A, A, None),
        (A, A, B, Kind.THERE),
        (A, B, A, Kind.HERE),
        (A, B, C, Kind.BOTH),
        (A, B, B, None),
        (A, A, EMPTY, Kind.CLEARED),
        (A, EMPTY, A, Kind.HERE),
        (A, EMPTY, B, Kind.BOTH),
        (A, B, EMPTY, Kind.BOTH),
        (A, EMPTY, EMPTY, None),
        (EMPTY, EMPTY, A, Kind.NEW),
        (EMPTY, A, EMPTY, Kind.HERE),
        (EMPTY, A, B, Kind.BOTH),
        (None, A, B, Kind.UNKNOWN),
        (None, EMPTY, A, Kind.NEW),
        (None, A, EMPTY, Kind.HERE),
        (None, A, A, None),
        (A, A, CellWords("checked", "one"), Kind.THERE),
        (A, CellWords("draft", "one", "attends"), A, Kind.HERE),
        (EMPTY, EMPTY, CellWords("no evidence"), None),
    ],
)
def test_each_three_way_case(base: CellWords | None, here: CellWords, there: CellWords, kind: Kind | None) -> None:
    assert kind_of(base, here, there) == kind


WORDS = st.builds(CellWords, st.sampled_from(["draft", "checked", "not charted"]), st.sampled_from(["a", "b", "“a”"]))


@given(st.none() | WORDS, WORDS, WORDS)
def test_ours_never_removes_and_none_never_writes(base: CellWords | None, here: CellWords, there: CellWords) -> None:
    kind = kind_of(base, here, there)
    if kind is None:
        return
    assert not takes(kind, Accept.NONE)
    if takes(kind, Accept.OURS):
        assert not here.is_written or (base is not None and plain(base.text) == plain(here.text))
        assert takes(kind, Accept.THEIRS)


def test_what_office_programs_change_is_left_out_of_a_plain_text() -> None:
    assert plain(" “It’s” –  so…\r\n\r\nNext\u00a0one \t\r") == '"It\'s" - so...\n\nNext one'
    assert plain("Caf\u0065\u0301") == plain("Caf\u00e9")
    assert plain("one\ntwo") != plain("one two")
    assert plain("(P01:2)") != plain("(P01:3)")


def test_changed_words_have_the_spaces_behind_them() -> None:
    assert word_changes("I pay it all.", "I paid it all.") == [
        (" ", "I "),
        ("-", "pay "),
        ("+", "paid "),
        (" ", "it all."),
    ]
    assert word_changes("", "new") == [("+", "new")]
    assert word_changes('"so" it', "“so” it") == [(" ", "“so” it")]


@given(st.text(st.sampled_from("ab \n.“"), max_size=30), st.text(st.sampled_from("ab \n.“"), max_size=30))
def test_the_pieces_give_the_words_of_both_texts(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(text for kind, text in pieces if kind in " +").split() == after.split()
    removed = [plain(word) for kind, text in pieces if kind in " -" for word in text.split()]
    assert removed == [plain(word) for word in before.split()]
