"""Speakers: their roles and cases, members of groups kept in step, and two labels that are one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.label_merging import LabelsMerged
from fwanalysis.domain.revisions import Reattribution
from fwanalysis.domain.sources import Role
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import FG1, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project

DRIFT = """Interviewer: What made you join the collaborative?
Alma Reed: We share what we learn, and trust each other.
Interviewer: And what of the costs of it all?
Alma Reeed: Nobody pays for it, but we trust the board.
Interviewer: Who ought to pay for it then?
Alma Reed: The hospitals pay, and they trust us with it.
Interviewer: Is there more to be said on that?
Alma Reed: No, but thank you for asking all the same.
Interviewer: And is there anything else at all?
Alma Reed: No, that was all that I wanted to say.
"""


def import_drift(project: Project, folder: Path, name: str = "visit.txt", text: str = DRIFT) -> None:
    (report,) = project.sources.import_files([write_files(folder / "drift", {name: text}) / name])
    assert report.error is None


def labels(project: Project, source: str) -> list[str | None]:
    return [turn.speaker for turn in project.sources.turns(source)]


def test_a_speaker_who_gets_a_case_joins_the_group_and_leaves_it_with_the_case(project: Project) -> None:
    project.cases.set("P04")
    project.speakers.set("Speaker 4", case="P04")
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", case="")
    assert project.cases.show("FG1").members == ("P02", "P03")
    project.history.undo()
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")


def test_a_speaker_of_a_group_in_two_meetings_joins_once_and_stays_till_silent_in_both(
    project: Project, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "again", {"FG1b.txt": FG1 + "P03: Until the next time, then.\n"})
    list(project.sources.import_files([folder], case="FG1"))
    project.cases.set("P04")
    assert len(project.speakers.set("Speaker 4", case="P04")) == 2
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", source="FG1b", case="")
    assert project.cases.show("FG1").members == ("P02", "P03", "P04")
    project.speakers.set("Speaker 4", source="FG1", case="")
    assert project.cases.show("FG1").members == ("P02", "P03")


def test_a_role_set_by_a_person_has_no_guessed_reason(project: Project) -> None:
    (speaker,) = project.speakers.set("Speaker 4", role=Role.OTHER)
    assert (speaker.role, speaker.role_reason) == (Role.OTHER, "")


def test_a_label_that_nobody_has_is_not_found(project: Project) -> None:
    with pytest.raises(NotFound, match='no speaker "P09" in source "P01"'):
        project.speakers.set("P09", source="P01", role=Role.OTHER)


# Whose words they are


@pytest.fixture
def coded(project: Project) -> Project:
    """The study with a passage of each who is heard in the focus group, and one of P03's own, twice coded."""
    for quote in ("The meetings cost us", "nobody pays for the travel", "We trust the people", "shall we go on"):
        code(project, "FG1", "Cost", quote)
    code(project, "FG1", "Trust", "nobody pays for the travel")
    code(project, "P02", "Trust", "We trust each other.")
    return project


def test_a_role_that_changes_whose_words_are_evidence_tells_how_many_passages_and_of_whom(coded: Project) -> None:
    (speaker,) = coded.speakers.set("P03", role=Role.INTERVIEWER)
    assert (speaker.source, speaker.reattributions) == ("FG1", (Reattribution("P03", None, 1),))
    (speaker,) = coded.speakers.set("P03", role=Role.PARTICIPANT)
    assert speaker.reattributions == (Reattribution(None, "P03", 1),)
    (speaker,) = coded.speakers.set("Moderator", source="FG1", role=Role.PARTICIPANT)
    assert speaker.reattributions == (Reattribution(None, "FG1", 1),)


def test_a_case_that_is_given_or_taken_tells_it_for_each_source(coded: Project) -> None:
    moved = {item.source: item.reattributions for item in coded.speakers.set("P02", case="P01")}
    assert moved == {"FG1": (Reattribution("P02", "P01", 1),), "P02": (Reattribution("P02", "P01", 1),)}
    (speaker,) = coded.speakers.set("P03", case="")
    assert speaker.reattributions == (Reattribution("P03", "FG1", 1),)


def test_a_change_that_moves_no_evidence_tells_nothing(coded: Project) -> None:
    assert [item.reattributions for item in coded.speakers.set("Interviewer", role=Role.OTHER)] == [(), ()]
    assert [item.reattributions for item in coded.speakers.set("P01", role=Role.INTERVIEWER)] == [()]
    assert coded.speakers.set("P03", case="P03") == []


def test_a_merge_tells_which_passages_are_the_other_ones_now(coded: Project) -> None:
    (merged,) = coded.speakers.merge("P02", "P03")
    assert merged.reattributions == (Reattribution("P02", "P03", 1),)
    assert {item.case for item in coded.codings.list(source="FG1") if item.quote == "The meetings cost us"} == {"P03"}


def test_a_passage_without_a_place_is_in_no_figure_of_what_changed_hands(coded: Project, tmp_path: Path) -> None:
    mended = FG1.replace("nobody pays for the travel", "nobody ever pays for that travel")
    coded.sources.revise("FG1", write_files(tmp_path / "mended", {"FG1.txt": mended}) / "FG1.txt")
    assert len(coded.sources.unanchored("FG1")) == 1
    (speaker,) = coded.speakers.set("P03", role=Role.INTERVIEWER)
    assert speaker.reattributions == ()


# A focus group


def test_a_focus_group_is_one_group_with_a_member_for_each_participant_who_is_somebody(project: Project) -> None:
    assert project.cases.show("FG1").members == ("P02", "P03")
    cases = {speaker.label: speaker.case for speaker in project.speakers.list("FG1")}
    assert cases == {"Moderator": None, "P02": "P02", "P03": "P03", "Speaker 4": None}


def test_the_words_of_a_speaker_without_a_case_are_the_group_s(project: Project) -> None:
    code(project, "FG1", "Trust", "We trust the people")
    assert [coding.case for coding in project.codings.list(case="FG1")] == ["FG1"]


def test_a_participant_who_turns_out_to_be_a_moderator_keeps_no_words_as_evidence(project: Project) -> None:
    project.speakers.set("P03", source="FG1", role=Role.INTERVIEWER)
    assert project.cases.show("P03").sources == ()


# Merging


def test_labels_that_drifted_are_proposed_for_merging(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    (proposal,) = project.speakers.proposals()
    assert (proposal.source, proposal.label, proposal.into) == ("visit", "Alma Reeed", "Alma Reed")
    assert project.speakers.proposals("P01") == []
    project.speakers.merge(proposal.label, proposal.into)
    assert project.speakers.proposals() == []


def test_merged_turns_have_the_other_speaker_and_no_word_moves(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    coding = code(project, "visit", "Trust", "we trust the board")
    before = [(turn.id, turn.start, turn.end, turn.text) for turn in project.sources.turns("visit")]
    (merged,) = project.speakers.merge("Alma Reeed", "Alma Reed")
    assert merged == LabelsMerged(
        "visit", "Alma Reeed", "Alma Reed", 1, True, None, (Reattribution(None, "Alma Reed", 1),)
    )
    assert set(labels(project, "visit")) == {"Interviewer", "Alma Reed"}
    assert [(turn.id, turn.start, turn.end, turn.text) for turn in project.sources.turns("visit")] == before
    assert [(item.id, item.case) for item in project.codings.list(source="visit")] == [(coding, "Alma Reed")]
    assert not [fault for finding in project.examine() for fault in finding.faults]


def test_a_merge_is_one_step_of_undo(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    before = rows(project)
    project.speakers.merge("Alma Reeed", "Alma Reed")
    after = rows(project)
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert rows(project) == after


@pytest.mark.parametrize("label", ["Alma Reed", "Speaker 1"])
def test_an_interview_left_with_one_participant_is_that_one_s(project: Project, tmp_path: Path, label: str) -> None:
    other = "Anton Oakes" if label == "Alma Reed" else "Speaker 9"
    text = DRIFT.replace("Alma Reeed", other).replace("Alma Reed", label)
    import_drift(project, tmp_path, text=text)
    for name in (label, other):
        project.speakers.set(name, source="visit", role=Role.PARTICIPANT)
    before = rows(project)
    assert project.sources.get("visit").case_id is None
    project.speakers.merge(other, label, source="visit")
    own = project.cases.get("Alma Reed" if label == "Alma Reed" else "visit")
    assert project.sources.get("visit").case_id == own.id
    assert {item.case for item in project.speakers.list("visit")} == {None, own.name}
    project.history.undo()
    assert rows(project) == before


def test_a_case_that_is_not_there_is_told_with_how_to_make_it(project: Project) -> None:
    with pytest.raises(NotFound, match='no case "P29"') as caught:
        project.speakers.set("P01", case="P29")
    assert caught.value.hint.endswith("create it with: fwa case set P29")


def test_a_case_made_for_the_slip_goes_with_it(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    project.cases.set("Alma Reeed")
    project.speakers.set("Alma Reeed", case="Alma Reeed")
    (merged,) = project.speakers.merge("Alma Reeed", "Alma Reed")
    assert merged.case_removed == "Alma Reeed"
    assert "Alma Reeed" not in [case.name for case in project.cases.list()]


def test_a_case_made_for_the_slip_stays_if_anything_rests_on_it(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    project.cases.set("Alma Reeed", attributes={"years": "3"})
    project.speakers.set("Alma Reeed", case="Alma Reeed")
    (merged,) = project.speakers.merge("Alma Reeed", "Alma Reed")
    assert merged.case_removed is None
    assert project.cases.show("Alma Reeed").sources == ()


def test_role_and_case_of_the_other_stay(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    project.speakers.set("Alma Reed", role=Role.OTHER, case="P01")
    project.speakers.merge("Alma Reeed", "Alma Reed")
    (speaker,) = [item for item in project.speakers.list("visit") if item.label == "Alma Reed"]
    assert (speaker.role, speaker.case, speaker.turns) == (Role.OTHER, "P01", 5)


def test_labels_are_merged_in_all_sources_that_have_both_or_in_one(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    import_drift(project, tmp_path, "again.txt", DRIFT.replace("then?", "now?"))
    merged = project.speakers.merge("Alma Reeed", "Alma Reed", source="again")
    assert [item.source for item in merged] == ["again"]
    assert "Alma Reeed" in labels(project, "visit")
    merged = project.speakers.merge("Alma Reeed", "Alma Reed")
    assert [item.source for item in merged] == ["visit"]


def test_members_of_a_group_follow_a_merge(project: Project) -> None:
    project.cases.set("P04")
    project.speakers.set("Speaker 4", case="P04")
    project.speakers.merge("Speaker 4", "P03", source="FG1")
    assert project.cases.show("FG1").members == ("P02", "P03")


def test_the_label_stays_where_an_older_revision_has_turns_of_it(project: Project, tmp_path: Path) -> None:
    import_drift(project, tmp_path)
    corrected = write_files(tmp_path / "corrected", {"visit.txt": DRIFT.replace("thank you", "thanks")}) / "visit.txt"
    project.sources.revise("visit", corrected)
    (merged,) = project.speakers.merge("Alma Reeed", "Alma Reed")
    assert (merged.turns, merged.removed, merged.case_removed) == (1, False, None)
    assert [item.label for item in project.speakers.list("visit")] == ["Alma Reed", "Interviewer"]


@pytest.mark.parametrize(
    ("label", "into", "error", "said"),
    [
        ("P01", "P01", InvalidInput, "merged into itself"),
        ("P09", "P01", NotFound, 'no speaker "P09"'),
        ("P01", "P09", NotFound, 'no speaker "P09"'),
        ("P01", "Moderator", NotFound, 'no source has both "P01" and "Moderator"'),
    ],
)
def test_what_cannot_be_merged_is_refused(
    project: Project, label: str, into: str, error: type[Exception], said: str
) -> None:
    before = rows(project)
    with pytest.raises(error, match=said):
        project.speakers.merge(label, into)
    assert rows(project) == before


# What is offered as evidence


def test_words_that_turn_out_to_be_an_interviewer_s_are_not_offered_any_more(project: Project) -> None:
    list(project.suggestions.run())
    offered = {view.source for view in project.suggestions.list()}
    assert offered >= {"P01", "P02"}
    project.speakers.set("P02", role=Role.INTERVIEWER)
    assert not any(view.source == "P02" for view in project.suggestions.list())
    assert any(view.source == "P01" for view in project.suggestions.list())
    assert any(view.source == "FG1" for view in project.suggestions.list())


def test_words_merged_into_an_interviewer_are_not_offered_any_more(project: Project) -> None:
    list(project.suggestions.run(source="FG1"))
    before = [view.quote for view in project.suggestions.list(SuggestionFilter(source="FG1"))]
    project.speakers.merge("P03", "Moderator", source="FG1")
    after = [view.quote for view in project.suggestions.list(SuggestionFilter(source="FG1"))]
    assert [quote for quote in before if quote not in after] == [
        "For us they cost more, and nobody pays for the travel.",
        "Trust is what keeps us coming back every month.",
    ]
