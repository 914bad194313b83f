"""Labels that leave nothing to detect: those that the user names, and the explicit ones of an export."""

from __future__ import annotations

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.turns.find import Found, find_turns

ALONE = "Moderator\nHow was the ferry?\n\nPetra\nLate, as it always is.\n\n" * 3
ONCE = "olek\nI took the bus.\n\nModerator\nAnd then?\n"


def said(text: str, found: Found) -> list[tuple[str | None, str]]:
    """Return the label and the words of each turn of speech."""
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns if turn.kind is TurnKind.SPEECH]


def test_a_named_label_alone_on_its_line_begins_a_turn_where_labels_are_written_so() -> None:
    text = ALONE + ONCE
    assert "olek" not in {label for label, _ in said(text, find_turns(text))}
    named = find_turns(text, speakers=["olek"])
    assert said(text, named)[-2:] == [("olek", "I took the bus."), ("Moderator", "And then?")]
    assert [one.criterion for one in named.label_decisions if one.label == "olek"] == ["named"]


def test_naming_a_label_that_is_recognised_changes_no_turn() -> None:
    text = ALONE.replace("Petra\n", "Petra\n00:01:05\n")
    assert find_turns(text, speakers=["Petra"]).turns == find_turns(text).turns


def test_a_named_label_alone_on_its_line_stays_text_where_labels_have_a_colon() -> None:
    text = (
        "Moderator: Who paid?\n\nPetra: The club did.\n\n" * 3 + "Moderator: And the rest?\n\nPetra: That was\n\nolek\n"
    )
    found = find_turns(text, speakers=["olek"])
    assert {label for label, _ in said(text, found)} == {"Moderator", "Petra"}
    assert said(text, found)[-1] == ("Petra", "That was\n\nolek")


def test_a_named_label_with_a_colon_begins_a_turn_in_any_text() -> None:
    text = "olek: I took the bus.\n\nThen I walked home.\n"
    found = find_turns(text, speakers=["olek"])
    assert said(text, found) == [("olek", "I took the bus.\n\nThen I walked home.")]


def test_explicit_labels_cut_a_turn_into_text_without_a_speaker_and_excluded_text() -> None:
    text = "Moderator: Who paid?\n\nPetra: The club.\n\n" * 3 + "(excluded): Coffee.\n\n(no speaker): Not me.\n"
    found = find_turns(text)
    kinds = [(turn.label, turn.kind, text[turn.start : turn.end]) for turn in found.turns[-2:]]
    assert kinds == [(None, TurnKind.EXCLUDED, "Coffee."), (None, TurnKind.SPEECH, "Not me.")]
