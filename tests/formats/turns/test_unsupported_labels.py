"""Texts whose lines begin as if somebody spoke, in a way that is not read: none goes untold, and no list is told."""

from __future__ import annotations

import pytest

from fwanalysis.formats.turns.find import find_turns


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("I. ", "R. ", '"I.", "R."'),
        ("(I) ", "(P) ", '"(I)", "(P)"'),
        ("MM    ", "R7    ", '"MM", "R7"'),
        ("The MILLER. ", "Ms. ROE. ", '"The MILLER.", "Ms. ROE."'),
        ("— ", "— ", '"—"'),
        ("- Ann: ", "- Bob: ", '"- Ann:", "- Bob:"'),
        ("*Ann:* ", "*Bob:* ", '"*Ann:", "*Bob:"'),
        ("| Ann | ", "| Bob | ", '"| Ann |", "| Bob |"'),
        ("Ann = ", "Bob Roe = ", '"Ann =", "Bob Roe ="'),
    ],
)
def test_openings_that_come_again_and_again_are_told(one: str, other: str, shown: str) -> None:
    found = find_turns(f"A talk\n\n{one}How was the mill then?\n{other}Well, it was as it was, all day.\n" * 3)
    assert found.speaker_format == "none"
    (warning,) = found.warnings
    assert shown in warning.message
    assert warning.start == len("A talk\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "A. How is it done?\nB. By hand.\nC. Why is it done?\nD. For bread.\n",
        "- Cost: how much?\n- Time: how long?\n- Food: any?\n- Place: here.\n",
        "— one thing\n— another thing\n— a third\n— a fourth\n",
        "No. That is not so?\nNo. Not at all.\nThe mill stood there.\nIt stands no more?\n",
    ],
)
def test_lists_and_sentences_are_not_told(text: str) -> None:
    assert not find_turns(text).warnings
