"""Which labels are speakers: names with something added, in lower case, or that are words of a header elsewhere."""

from __future__ import annotations

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers import Found, find_turns


def spoken(text: str, found: Found | None = None) -> list[tuple[str | None, str]]:
    """Label and words of every numbered turn."""
    found = found or find_turns(text)
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def labels(text: str) -> list[str | None]:
    return [label for label, _ in spoken(text)]


def test_names_with_their_role_in_brackets_are_speakers_in_a_short_group() -> None:
    text = "Facilitator: Who?\nAnna (nurse): I am.\nTom (porter): And me.\nLee (GP): Me too.\n" * 2
    assert labels(text) == ["Facilitator", "Anna (nurse)", "Tom (porter)", "Lee (GP)"] * 2


def test_names_in_lower_case_that_come_often_are_speakers_beside_typical_labels() -> None:
    text = "Interviewer: So?\nanna: well\nInterviewer: And?\ntom: yes\n" * 3
    assert labels(text) == ["Interviewer", "anna", "Interviewer", "tom"] * 3


def test_words_that_begin_lines_as_labels_do_again_and_again_are_told() -> None:
    text = "Interviewer: So?\n\nP1: yes\n\nanna: well\n\nnote: a\n\n" * 2 + "note: b\n"
    found = find_turns(text)
    assert labels(text) == ["Interviewer", "P1"] * 2
    assert [doubt.message for doubt in found.doubts] == [
        "“anna” begins a paragraph as a label would, but was taken for words.",
        "“note” begins a paragraph as a label would, but was taken for words.",
    ]
