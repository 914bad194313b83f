"""What becomes of pending suggestions when their source is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.corrections import Correction, correction_of, relabel, replace_text, split
from fwanalysis.domain.revisions import safe_to_reanchor
from fwanalysis.domain.sources import Role
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import Conflict
from fwanalysis.project.revising import unanchored
from tests.project.project_study import FG1, P01, code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.revisions import RevisionReport, UnanchoredSegment
    from fwanalysis.project import Project

PAYS, SLOWLY = "Nobody asks who pays for it.", "Trust grows slowly."


@pytest.fixture
def offered(project: Project) -> Project:
    """The study in which the rules have run."""
    list(project.suggestions.run())
    return project


def written(folder: Path, text: str) -> Path:
    (folder / "mended.txt").write_text(text, encoding="utf-8")
    return folder / "mended.txt"


def quotes(project: Project, source: str = "P01") -> list[str]:
    return [item.quote for item in project.suggestions.list(SuggestionFilter(source=source))]


def ids(project: Project, source: str = "P01") -> list[str]:
    return [item.id for item in project.suggestions.list(SuggestionFilter(source=source))]


def save(project: Project, correction: Correction, source: str = "P01") -> RevisionReport:
    return project.sources.correct(source, correction, seen=project.sources.get(source).revision_id)


def is_what_a_run_makes(project: Project, source: str = "P01") -> bool:
    """Whether all that is offered is offered by a run in the same way."""
    before = project.suggestions.of_source(project.sources.get(source).id)
    list(project.suggestions.run(source=source))
    after = {item.id: item for item in project.suggestions.of_source(project.sources.get(source).id)}
    return all((after[item.id].span, after[item.id].hits) == (item.span, item.hits) for item in before)


def test_a_suggestion_whose_words_stay_goes_on_at_its_new_place(offered: Project, tmp_path: Path) -> None:
    before = ids(offered)
    assert quotes(offered) == [PAYS, SLOWLY]
    report = offered.sources.revise("P01", written(tmp_path, P01.replace("What made", "So what was it that made")))
    assert (report.suggestions_kept, report.suggestions_ended) == (2, 0)
    assert (ids(offered), quotes(offered)) == (before, [PAYS, SLOWLY])
    assert is_what_a_run_makes(offered)


def test_a_suggestion_whose_words_change_ends_and_a_run_finds_what_they_are_now(
    offered: Project, tmp_path: Path
) -> None:
    mended = written(tmp_path, P01.replace("Nobody asks", "Nobody ever asks"))
    for dry_run in (True, False):
        report = offered.sources.revise("P01", mended, dry_run=dry_run)
        assert (report.suggestions_kept, report.suggestions_ended) == (1, 1)
    assert quotes(offered) == [SLOWLY]
    list(offered.suggestions.run())
    assert quotes(offered) == ["Nobody ever asks who pays for it.", SLOWLY]


def test_undo_and_redo_of_a_correction_restore_what_was_offered(offered: Project) -> None:
    before = offered.suggestions.list()
    save(offered, replace_text(correction_of(offered.sources.transcript("P01")), 1, "We share. Who else pays?"))
    after = offered.suggestions.list()
    assert quotes(offered) == [SLOWLY]
    for _ in range(2):
        offered.history.undo()
        assert offered.suggestions.list() == before
        offered.history.redo()
        assert offered.suggestions.list() == after


def test_words_that_come_back_are_offered_again(offered: Project) -> None:
    first = correction_of(offered.sources.transcript("P01"))
    save(offered, replace_text(first, 1, "We share."))
    assert quotes(offered) == [SLOWLY]
    save(offered, first)
    assert quotes(offered) == [PAYS, SLOWLY]
    assert is_what_a_run_makes(offered)


def test_a_rejected_suggestion_does_not_come_back_with_a_correction_of_other_words(
    offered: Project, tmp_path: Path
) -> None:
    (slowly,) = [item for item in offered.suggestions.list(SuggestionFilter(source="P01")) if item.quote == SLOWLY]
    offered.suggestions.reject(SuggestionFilter(ids=(slowly.id,)))
    report = offered.sources.revise("P01", written(tmp_path, P01.replace("What made", "So what made")))
    assert (report.suggestions_kept, report.suggestions_ended) == (1, 0)
    assert quotes(offered) == [PAYS]
    list(offered.suggestions.run())
    assert quotes(offered) == [PAYS]
    offered.sources.revise("P01", written(tmp_path, P01.replace("Trust grows", "Trust, it grows")))
    list(offered.suggestions.run())
    assert "Trust, it grows slowly." in quotes(offered)


def test_undoing_a_correction_and_the_decision_before_it_offers_all_again(offered: Project, tmp_path: Path) -> None:
    (slowly,) = [item for item in offered.suggestions.list(SuggestionFilter(source="P01")) if item.quote == SLOWLY]
    offered.suggestions.reject(SuggestionFilter(ids=(slowly.id,)))
    offered.sources.revise("P01", written(tmp_path, P01.replace("What made", "So what made")))
    offered.history.undo()
    offered.history.undo()
    assert quotes(offered) == [PAYS, SLOWLY]


def test_words_that_become_the_interviewers_are_not_offered_any_more(offered: Project) -> None:
    report = save(offered, relabel(correction_of(offered.sources.transcript("P01")), 3, "Interviewer"))
    assert (report.suggestions_kept, report.suggestions_ended) == (1, 1)
    assert quotes(offered) == [PAYS]
    offered.history.undo()
    assert quotes(offered) == [PAYS, SLOWLY]


def test_the_same_words_in_another_sentence_are_another_suggestion(offered: Project) -> None:
    before = correction_of(offered.sources.transcript("P01"))
    save(offered, split(before, 1, P01.index("asks who pays"), "P01"))
    assert quotes(offered) == [SLOWLY]
    assert is_what_a_run_makes(offered)


def test_of_equal_sentences_those_are_offered_that_a_run_would_offer(project: Project, tmp_path: Path) -> None:
    again = P01.replace("We share what we learn.\n", f"We share what we learn. {PAYS} And yet. {PAYS}\n")
    project.sources.revise("P01", written(tmp_path, again))
    list(project.suggestions.run())
    assert quotes(project).count(PAYS) == 3
    report = project.sources.revise("P01", written(tmp_path, again.replace(f"learn. {PAYS} And", "learn. And")))
    assert (quotes(project).count(PAYS), report.suggestions_ended) == (2, 1)
    assert is_what_a_run_makes(project)


def test_decided_suggestions_say_where_their_words_stand_now(project: Project, tmp_path: Path) -> None:
    mended = P01.replace("What made", "So what made").replace("Nobody asks who", "Nobody ever asks who")
    list(project.suggestions.run())
    offered = project.suggestions.list(SuggestionFilter(source="P01"))
    project.suggestions.reject(
        SuggestionFilter(ids=tuple(item.id for item in offered if item.quote == SLOWLY)), note="no"
    )
    project.suggestions.accept(SuggestionFilter(ids=tuple(item.id for item in offered if item.quote == PAYS)))
    project.sources.revise("P01", written(tmp_path, mended))
    list(project.suggestions.run())
    assert quotes(project) == ["Nobody ever asks who pays for it."]
    (rejected,) = project.suggestions.list(state="rejected")
    assert (rejected.start, rejected.turn) == (mended.index("Trust grows"), 4)
    (accepted,) = project.suggestions.list(state="accepted")
    assert (accepted.turn, accepted.case, accepted.quote) == (None, None, PAYS)
    project.sources.reanchor_all("P01")
    (accepted,) = project.suggestions.list(SuggestionFilter(case="P01"), state="accepted")
    assert (accepted.turn, accepted.case, accepted.start) == (2, "P01", mended.index("Nobody"))
    assert not any(finding.faults for finding in project.examine())


# Whose words they are


def test_a_correction_tells_which_passages_are_other_peoples_words_now(project: Project) -> None:
    code(project, "FG1", "Cost", "nobody pays for the travel")
    code(project, "FG1", "Trust", "We trust the people who come to every meeting.")
    before = correction_of(project.sources.transcript("FG1"))
    report = save(project, relabel(before, 2, "P02"), "FG1")
    (moved,) = [item for item in report.segments if item.is_reattributed]
    assert (report.is_reattributed, moved.codings) == (1, ("Cost (ana)",))
    assert (moved.old_case, moved.new_case) == ("P03", "P02")
    report = save(project, relabel(correction_of(project.sources.transcript("FG1")), 3, "Moderator"), "FG1")
    (moved,) = [item for item in report.segments if item.is_reattributed]
    assert (moved.old_case, moved.new_case) == ("FG1", None)


def test_words_that_move_into_another_turn_are_told_in_a_dry_run_too(project: Project, tmp_path: Path) -> None:
    code(project, "FG1", "Cost", "nobody pays for the travel")
    mended = FG1.replace("For us they cost more, and", "For us they cost more.\nP02: And so")
    shown = project.sources.revise("FG1", written(tmp_path, mended), dry_run=True)
    assert [(item.old_case, item.new_case) for item in shown.segments if item.is_reattributed] == [("P03", "P02")]
    assert project.sources.revise("FG1", written(tmp_path, mended)).is_reattributed == 1


def test_who_keeps_the_words_is_not_told(project: Project, tmp_path: Path) -> None:
    code(project, "P01", "Cost", PAYS)
    code(project, "P01", "Trust", SLOWLY)
    report = project.sources.revise("P01", written(tmp_path, P01.replace("who pays", "who paid")))
    assert report.is_reattributed == 0
    assert {item.old_case for item in report.segments} == {"P01"}
    (waiting,) = project.sources.unanchored("P01")
    assert (waiting.old_case, waiting.new_case, waiting.several) == ("P01", "P01", False)


def test_words_that_reattribution_anothers_are_not_placed_with_all(project: Project, tmp_path: Path) -> None:
    code(project, "FG1", "Cost", "The meetings cost us a whole day of work each time.")
    code(project, "FG1", "Cost", "nobody pays for the travel")
    code(project, "FG1", "Trust", "Trust is what keeps us coming back every month.")
    mended = FG1.replace("P02: The meetings cost us a whole", "P03: The meetings cost us the whole")
    mended = mended.replace("keeps us coming", "keeps us all coming")
    project.sources.revise("FG1", written(tmp_path, mended))
    states = {item.old_quote[:8]: (item.old_case, item.new_case) for item in project.sources.unanchored("FG1")}
    assert states == {"The meet": ("P02", "P03"), "Trust is": ("P03", "P03")}
    assert project.sources.reanchor_all("FG1", only=()) == []
    (waiting,) = [item for item in project.sources.unanchored("FG1") if not item.reattribution]
    (anchor,) = project.sources.reanchor_all("FG1", only=[waiting.segment_id])
    assert anchor.quote == "Trust is what keeps us all coming back every month."
    assert (anchor.old_case, anchor.new_case, anchor.is_reattributed) == ("P03", "P03", False)
    (left,) = project.sources.unanchored("FG1")
    assert left.old_quote.startswith("The meetings")
    assert left.reattribution == "reattributed from P02 to P03"
    anchor = project.sources.reanchor(left.segment_id)
    assert (anchor.old_case, anchor.new_case, anchor.is_reattributed) == ("P02", "P03", True)


def test_a_passage_that_is_placed_by_hand_tells_whose_words_it_is_there(project: Project, tmp_path: Path) -> None:
    code(project, "FG1", "Cost", "nobody pays for the travel")
    project.sources.revise("FG1", written(tmp_path, FG1.replace("and nobody pays for the travel", "too")))
    (lost,) = project.sources.unanchored("FG1")
    assert lost.reattribution == ""
    span = project.codings.find_quote("FG1", "Thank you all for that")
    anchor = project.sources.reanchor(lost.segment_id, start=span.start, end=span.end)
    assert (anchor.old_case, anchor.new_case) == ("P03", None)


def test_words_that_stand_at_several_places_are_placed_one_by_one(project: Project, tmp_path: Path) -> None:
    code(project, "P01", "Trust", SLOWLY)
    mended = P01.replace(SLOWLY, f"Well. {SLOWLY} So. {SLOWLY} Well. {SLOWLY} So. {SLOWLY} Well")
    project.sources.revise("P01", written(tmp_path, mended))
    (item,) = project.sources.unanchored("P01")
    assert (item.several, item.score) == (True, 1.0)
    assert project.sources.reanchor_all("P01") == []


def test_words_that_become_anothers_while_a_person_decides_are_not_placed_with_all(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(project, "P01", "Cost", PAYS)
    project.sources.revise("P01", written(tmp_path, P01.replace("asks who pays", "ever asks who pays")))

    def given_away(found: list[UnanchoredSegment], min_similarity: float) -> list[UnanchoredSegment]:
        chosen = safe_to_reanchor(found, min_similarity)
        project.speakers.set("P01", source="P01", role=Role.OTHER)
        return chosen

    monkeypatch.setattr(unanchored, "safe_to_reanchor", given_away)
    with pytest.raises(Conflict, match="changed by another coder"):
        project.sources.reanchor_all("P01", min_similarity=0.8)
    assert len(project.sources.unanchored("P01")) == 1
