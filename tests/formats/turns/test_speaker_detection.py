"""Which labels are speakers, and the criterion that decided each."""

from __future__ import annotations

import pytest

from fwanalysis.formats.turns.file_criteria import FILE_CRITERIA, STRICT_FILE_CRITERIA
from fwanalysis.formats.turns.find import choose, explain, find_turns, read
from fwanalysis.formats.turns.label_candidates import read_lines
from fwanalysis.formats.turns.label_criteria import CRITERIA, STRICT_CRITERIA
from fwanalysis.formats.turns.speaker_detection import MAX_DECISIONS, detect_speakers
from fwanalysis.formats.turns.turn_settling import settle

TALK = "Interviewer: Who mends the nets?\n\nP03: We do, at night.\n\n"


def decided(text: str) -> dict[str, tuple[bool, str]]:
    """The verdict on each label of a text: whether it is a speaker, and the name of the criterion."""
    return {one.label: (one.is_speaker, one.criterion) for one in find_turns(text).label_decisions}


@pytest.mark.parametrize(
    ("text", "label", "verdict"),
    [
        (TALK * 2, "P03", (True, "typical-form")),
        ("Olga: Is it far?\n\nPer: It is.\n\n" * 3, "Olga", (True, "recurring-name")),
        ("olga: Is it far?\n\nper: It is.\n\n" * 3, "olga", (True, "recurring-word")),
        ("master of nets: Is it far?\n\nboy: It is.\n\n" * 3, "master of nets", (True, "recurring-phrase")),
        (TALK * 40 + "olga: Not I.\n\n" * 3, "olga", (True, "beside-typical-labels")),
        (TALK * 2 + "Olga: Not I.\n\n" * 2, "Olga", (True, "repeated-name")),
        ("Olga: Is it far?\n\nPer: It is.\n\n" * 3 + "Ida: Not I.", "Ida", (True, "single-name")),
        (TALK * 4 + "PO3: At night.", "PO3", (True, "typo-of-speaker")),
        (TALK * 2 + "Break: ten minutes.", "Break", (False, "excluded-text")),
        (TALK * 2 + "Remember: nets.", "Remember", (False, "not-a-label")),
        (TALK * 2 + "q: nets.", "q", (False, "single-letter")),
        ("Olga: Is it wool?\n\nPer: It is.\n\n" * 3 + "Wool: dear.", "Wool", (False, "ordinary-word")),
        (TALK * 2 + "Wool: dear.", "Wool", (False, "rare-name")),
        (TALK * 2 + "what we had: nets.", "what we had", (False, "rare-word")),
        ("Date: 3 May\n\n" + TALK * 2, "Date", (False, "header-fact")),
    ],
)
def test_each_label_has_a_verdict_with_the_criterion_that_decided(
    text: str, label: str, verdict: tuple[bool, str]
) -> None:
    assert decided(text)[label] == verdict


def test_points_of_one_answer_are_no_speakers() -> None:
    points = "Cost: high.\n\nHarbour: far.\n\nCost: higher.\n\nHarbour: farther.\n\n"
    verdicts = decided(TALK * 3 + points + TALK * 3)
    assert verdicts["Harbour"] == (False, "within-one-turn")
    assert verdicts["P03"] == (True, "typical-form")


def test_a_file_that_is_no_transcript_gives_its_reason_for_every_label() -> None:
    prose = "It was a long day and nobody came.\n\n" * 40
    verdicts = decided(f"{prose}Interviewer: Is it far?\n\n{prose}")
    assert verdicts == {"Interviewer": (False, "single-line")}


def test_the_entries_of_a_list_with_dashes_are_no_speakers() -> None:
    text = "Nets - new\n\nNets - old\n\nNets - torn\n\nBoats - two\n\nBoats - three\n\nBoats - sunk\n\n"
    assert find_turns(text).turns == ()


def test_a_label_in_the_chosen_format_is_decided_by_the_choice() -> None:
    found = find_turns("Wool: dear.\n\nIt was late.\n\n", speaker_format="label-colon")
    assert [(one.label, one.criterion) for one in found.label_decisions] == [("Wool", "chosen-format")]


def test_reasons_name_how_often_a_label_occurs() -> None:
    (olga, _) = find_turns("Olga: Is it far?\n\nPer: It is.\n\n" * 4).label_decisions
    assert olga.count == 4
    assert "4 lines" in olga.reason


def test_speakers_come_first_and_a_long_list_is_cut() -> None:
    letters = [f"N{chr(97 + one)}{chr(97 + other)}" for one in range(26) for other in range(20)]
    found = find_turns(TALK * 400 + "".join(f"{name}: dear.\n\n" for name in letters))
    assert len(found.label_decisions) == MAX_DECISIONS
    assert [one.label for one in found.label_decisions[:2]] == ["Interviewer", "P03"]


def test_every_stage_leaves_the_value_it_was_given_as_it_was() -> None:
    text = TALK * 3
    lines = read(text, frozenset(), {})
    chosen = choose(lines)
    settled = settle(chosen)
    assert lines.reading.candidates == ()
    assert (chosen.settled.turns, len(chosen.reading.candidates)) == ((), 6)
    assert [turn.label for turn in settled.settled.turns] == ["Interviewer", "P03"] * 3
    assert explain(settled) == find_turns(text)


def test_criteria_have_distinct_names_and_reasons_to_read_after_it() -> None:
    for table in (CRITERIA, FILE_CRITERIA, STRICT_CRITERIA, STRICT_FILE_CRITERIA):
        names = [criterion.name for criterion in table]
        assert len(set(names)) == len(names)
        assert all(criterion.reason.format(count=3)[0].islower() for criterion in table)


def test_no_candidates_give_no_speakers() -> None:
    assert detect_speakers("", read_lines("", {}, ()).candidates, 0).labels == frozenset()


def test_a_label_that_the_user_names_is_a_speaker_and_no_longer_reported() -> None:
    text = TALK * 2 + "Wool: Dear, that year.\n\n" + TALK
    assert [warning.speaker for warning in find_turns(text).warnings] == ["Wool"]
    named = find_turns(text, speakers={"Wool"})
    assert [turn.label for turn in named.turns][4] == "Wool"
    assert named.warnings == ()
    assert {one.label: one.criterion for one in named.label_decisions}["Wool"] == "named"
