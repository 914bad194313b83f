"""What a segment says about its code: the stance and the note of codings and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.codings import Stance, Tally
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import InvalidInput, NotFound, Unchanged
from fwanalysis.project import open_project
from tests.project.project_study import P01, code, rows

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.codings import CodingView
    from fwanalysis.domain.suggestions import SuggestionView
    from fwanalysis.project import Project

QUOTE = "Nobody asks who pays for it."


def coded(project: Project, stance: Stance = Stance.FOR, note: str = "", *, quote: str = QUOTE) -> str:
    place = project.codings.find_quote("P01", quote)
    return project.codings.add("P01", "cost", place.start, place.end, stance=stance, note=note).coding.id


def only(project: Project) -> CodingView:
    (view,) = project.codings.list()
    return view


def test_a_coding_is_for_its_code_without_a_note_unless_stated(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    assert (only(project).stance, only(project).note) == (Stance.FOR, "")


def test_a_coding_has_the_stance_and_the_note_it_was_made_with(project: Project) -> None:
    coded(project, Stance.AGAINST, "  about the first year ")
    assert (only(project).stance, only(project).note) == (Stance.AGAINST, "about the first year")


def test_a_new_code_can_be_applied_with_a_stance(project: Project) -> None:
    place = project.codings.find_quote("P01", QUOTE)
    project.codings.add_new("P01", "Silence", place.start, place.end, stance=Stance.MIXED, note="both")
    assert (only(project).code, only(project).stance, only(project).note) == ("Silence", Stance.MIXED, "both")


def test_coding_a_segment_again_with_another_stance_changes_nothing_and_says_how_to(project: Project) -> None:
    made = coded(project)
    before = rows(project)
    with pytest.raises(Unchanged, match="already coded Cost") as refused:
        coded(project, Stance.AGAINST)
    assert f"fwa coding edit {made[:8]} --stance against" in refused.value.hint
    with pytest.raises(Unchanged) as same:
        coded(project)
    assert same.value.hint == ""
    assert rows(project) == before


def test_stance_and_note_of_several_codings_change_in_one_undo_step(project: Project) -> None:
    first, second = coded(project, note="kept"), coded(project, Stance.MIXED, quote="Trust grows slowly.")
    before, events = rows(project), project.history.verify().events
    assert project.codings.edit([first[:8], second], stance=Stance.AGAINST) == [first, second]
    assert [(view.stance, view.note) for view in project.codings.list()] == [("against", "kept"), ("against", "")]
    assert project.history.verify().events == events + 1
    after = rows(project)
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert rows(project) == after


def test_the_note_alone_can_be_changed_and_removed(project: Project) -> None:
    made = coded(project, Stance.AGAINST)
    project.codings.edit([made], note=" ironic ")
    assert (only(project).stance, only(project).note) == (Stance.AGAINST, "ironic")
    project.codings.edit([made], note="")
    assert (only(project).stance, only(project).note) == (Stance.AGAINST, "")


def test_an_edit_to_what_is_there_already_is_no_event(project: Project) -> None:
    first, second = coded(project, Stance.AGAINST), coded(project, quote="Trust grows slowly.")
    events = project.history.verify().events
    assert project.codings.edit([first], stance=Stance.AGAINST, note="") == []
    assert project.history.verify().events == events
    assert project.codings.edit([first, second], stance=Stance.AGAINST) == [second]


def test_an_unknown_coding_among_others_changes_none(project: Project) -> None:
    made = coded(project)
    with pytest.raises(NotFound, match="nonsense"):
        project.codings.edit([made, "nonsense"], stance=Stance.AGAINST)
    with pytest.raises(InvalidInput, match="no change"):
        project.codings.edit([made])
    assert only(project).stance is Stance.FOR


def test_an_unanchored_coding_can_be_edited(project: Project, tmp_path: Path) -> None:
    made = coded(project)
    file = tmp_path / "P01.txt"
    file.write_text(P01.replace(QUOTE, "Ice melts."), encoding="utf-8")
    project.sources.revise("P01", file)
    (lost,) = project.codings.list(unanchored=True)
    assert lost.id == made
    project.codings.edit([made], stance=Stance.MIXED)
    assert [view.id for view in project.codings.list(unanchored=True, stance=Stance.MIXED)] == [made]
    assert project.codings.list(unanchored=True, stance=Stance.FOR) == []


def test_the_stance_can_be_changed_by_another_coder_and_undone_by_neither_twice(project: Project) -> None:
    made = coded(project)
    with open_project(project.path, coder="ben") as other:
        other.codings.edit([made], stance=Stance.AGAINST)
        assert other.codings.list(coder="ana")[0].stance is Stance.AGAINST
        other.history.undo()
    assert only(project).stance is Stance.FOR


def test_lists_and_counts_are_by_stance(project: Project) -> None:
    coded(project, Stance.AGAINST)
    coded(project, quote="Trust grows slowly.")
    coded(project, Stance.MIXED, quote="What made you join the collaborative?")
    assert [view.quote for view in project.codings.list(stance=Stance.AGAINST)] == [QUOTE]
    assert [view.stance for view in project.codings.list(code="effort", stance=Stance.MIXED)] == ["mixed"]
    tally = project.codings.counts()[project.codebook.show("cost").id]
    assert tally == Tally(3, 0, 1, 1)
    assert str(tally) == "1 for, 1 against, 1 mixed"
    assert (str(Tally(3)), str(Tally(2, 1, 2)), str(Tally(0, 1))) == (
        "3",
        "2 against (1 unanchored)",
        "0 (1 unanchored)",
    )


def test_a_change_of_stance_makes_cells_based_on_the_coding_out_of_date_and_undo_up_to_date(project: Project) -> None:
    made = coded(project)
    project.matrix.set("P01", "cost", "Nobody asks (P01:2).")
    assert not project.matrix.cell("P01", "cost").stale
    project.codings.edit([made], stance=Stance.AGAINST)
    (reason,) = project.matrix.cell("P01", "cost").stale
    assert "stance" in str(reason)
    project.history.undo()
    assert not project.matrix.cell("P01", "cost").stale
    project.codings.edit([made], note="a note is no evidence")
    assert not project.matrix.cell("P01", "cost").stale


@pytest.fixture
def suggested(project: Project) -> Project:
    list(project.suggestions.run())
    return project


def suggestion(project: Project, quote: str, *, state: str = "pending") -> SuggestionView:
    return next(view for view in project.suggestions.list(state=state) if quote in view.quote and view.code == "Cost")


def test_a_denial_is_suggested_and_accepted_as_evidence_against(suggested: Project) -> None:
    denied, affirmed = suggestion(suggested, "Nobody asks"), suggestion(suggested, "Somebody has to pay")
    assert (denied.stance, affirmed.stance) == (Stance.AGAINST, Stance.FOR)
    suggested.suggestions.accept(SuggestionFilter(ids=(denied.id, affirmed.id)), note="clear")
    stances = {view.quote: (view.stance, view.note) for view in suggested.codings.list()}
    assert stances == {denied.quote: (Stance.AGAINST, ""), affirmed.quote: (Stance.FOR, "")}
    assert suggestion(suggested, "Nobody asks", state="accepted").stance is Stance.AGAINST


def test_a_suggestion_is_accepted_with_another_stance_in_one_undo_step(suggested: Project) -> None:
    denied = suggestion(suggested, "Nobody asks")
    suggested.suggestions.accept(SuggestionFilter(ids=(denied.id,)), stance=Stance.MIXED)
    assert only(suggested).stance is Stance.MIXED
    assert suggestion(suggested, "Nobody asks", state="accepted").stance is Stance.MIXED
    suggested.history.undo()
    assert suggested.codings.list() == []
    assert suggestion(suggested, "Nobody asks").stance is Stance.AGAINST


def test_a_rejected_denial_and_a_second_run_keep_the_stance(suggested: Project) -> None:
    denied = suggestion(suggested, "Nobody asks")
    suggested.suggestions.reject(SuggestionFilter(ids=(denied.id,)))
    list(suggested.suggestions.run())
    assert suggestion(suggested, "Nobody asks", state="rejected").stance is Stance.AGAINST
