"""A chart that comes back from a co-author: what was changed there, here and in both, and what taking it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.chart_import import EMPTY, Accept, CellWords, accepted
from fwanalysis.domain.matrix import CellState
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project import open_project
from tests.project.chart_files import FORMS, edit, exported, kinds, write_in
from tests.project.project_study import P01, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project

TEXT = "Nobody asks who pays (P01:2)."
WITH_BASE = ["xlsx", "xlsx summary", "wide", "long", "json"]
"""The forms of which it is known what they were made from."""


@pytest.fixture
def charted(project: Project) -> Project:
    code(project, "P01", "cost", "Nobody asks who pays for it.")
    code(project, "P02", "trust", "We trust each other.")
    project.matrix.set("P01", "cost", TEXT)
    project.matrix.set("P02", "trust", "They trust each other (P02:2).", state=CellState.CHECKED)
    project.matrix.set("P02", "cost", "Asked of hospitals only", state=CellState.NOT_APPLICABLE)
    project.matrix.set("P01", "trust", state=CellState.NOTHING_SAID)
    return project


def summary(project: Project, case: str = "P01", name: str = "cost") -> str:
    return project.matrix.cell(case, name).summary


def take(project: Project, path: Path, accept: Accept) -> int:
    comparison = project.matrix.compare(path)
    return len(project.matrix.take(comparison, accepted(comparison, accept)))


@pytest.mark.parametrize("form", FORMS)
def test_a_chart_that_nobody_changed_has_no_difference(charted: Project, tmp_path: Path, form: str) -> None:
    comparison = charted.matrix.compare(exported(charted, tmp_path, form))
    assert (comparison.differences, comparison.unmatched, comparison.warnings) == ((), (), ())
    assert comparison.unchanged == 9  # two cases and the group, by three codes


@pytest.mark.parametrize("form", WITH_BASE)
def test_a_summary_changed_in_the_file_is_changed_there_and_taken_by_theirs_and_by_ours(
    charted: Project, tmp_path: Path, form: str
) -> None:
    path = exported(charted, tmp_path, form)
    edit(path, "Nobody asks who pays (P01:2).", "Nobody asks who bears the cost (P01:2).")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "changed there"}
    assert take(charted, path, Accept.NONE) == 0
    assert summary(charted) == TEXT
    assert take(charted, path, Accept.OURS) == 1
    assert summary(charted) == "Nobody asks who bears the cost (P01:2)."
    assert take(charted, path, Accept.THEIRS) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_summary_changed_here_since_is_kept_whatever_is_accepted(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    charted.matrix.set("P01", "cost", "Revised here (P01:2).")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "changed here"}
    assert take(charted, path, Accept.THEIRS) == 0
    assert summary(charted) == "Revised here (P01:2)."


@pytest.mark.parametrize("form", WITH_BASE)
def test_a_summary_changed_in_both_is_taken_only_by_theirs(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    edit(path, TEXT, "Revised there (P01:2).")
    charted.matrix.set("P01", "cost", "Revised here (P01:2).")
    (difference,) = charted.matrix.compare(path).differences
    assert (difference.kind, difference.author) == ("changed in both", "ana")
    assert difference.base == CellWords("draft", TEXT)
    assert take(charted, path, Accept.OURS) == 0
    assert summary(charted) == "Revised here (P01:2)."
    assert take(charted, path, Accept.THEIRS) == 1
    assert summary(charted) == "Revised there (P01:2)."


@pytest.mark.parametrize("form", FORMS)
def test_the_same_change_in_both_is_no_difference(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    edit(path, TEXT, "Revised (P01:2).")
    charted.matrix.set("P01", "cost", "Revised (P01:2).")
    assert kinds(charted.matrix.compare(path)) == {}


def test_without_a_base_a_changed_summary_differs_and_needs_a_decision(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path, "nvivo")
    edit(path, TEXT, "Revised there (P01:2).")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "differs"}
    assert take(charted, path, Accept.OURS) == 0
    assert take(charted, path, Accept.THEIRS) == 1


@pytest.mark.parametrize("form", ["wide", "tsv", "long", "json"])
def test_a_summary_written_in_an_empty_cell_of_the_file_is_new_there(
    charted: Project, tmp_path: Path, form: str
) -> None:
    path = exported(charted, tmp_path, form)
    write_in(path, "FG1", "Trust", "Trust keeps them coming (FG1:6).")
    assert kinds(charted.matrix.compare(path)) == {"FG1 × Trust": "new there"}
    assert take(charted, path, Accept.OURS) == 1
    assert summary(charted, "FG1", "trust") == "Trust keeps them coming (FG1:6)."


@pytest.mark.parametrize("form", ["wide", "tsv", "long", "json"])
def test_a_summary_written_in_an_empty_cell_of_both_is_changed_in_both(
    charted: Project, tmp_path: Path, form: str
) -> None:
    path = exported(charted, tmp_path, form)
    write_in(path, "FG1", "Trust", "Trust keeps them coming (FG1:6).")
    charted.matrix.set("FG1", "trust", "Written here (FG1:6).")
    assert kinds(charted.matrix.compare(path)) == {"FG1 × Trust": "changed in both"}
    assert take(charted, path, Accept.OURS) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_cell_cleared_here_since_stays_empty(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    charted.matrix.clear("P01", "cost")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "changed here"}
    assert take(charted, path, Accept.THEIRS) == 0


@pytest.mark.parametrize("form", WITH_BASE)
def test_a_cell_emptied_in_the_file_is_cleared_only_by_theirs(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    edit(path, TEXT, "")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "cleared there"}
    assert take(charted, path, Accept.OURS) == 0
    assert summary(charted) == TEXT
    assert take(charted, path, Accept.THEIRS) == 1
    assert charted.matrix.cell("P01", "cost").cell is None
    charted.history.undo()
    assert summary(charted) == TEXT


def test_without_a_base_an_empty_cell_of_the_file_clears_nothing(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path, "nvivo")
    edit(path, TEXT, "")
    assert kinds(charted.matrix.compare(path)) == {"P01 × Cost": "changed here"}
    assert take(charted, path, Accept.THEIRS) == 0


@pytest.mark.parametrize("form", WITH_BASE)
def test_a_summary_written_here_since_is_kept(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    charted.matrix.set("FG1", "trust", "Trust keeps them coming.")
    assert kinds(charted.matrix.compare(path)) == {"FG1 × Trust": "changed here"}
    assert take(charted, path, Accept.THEIRS) == 0


def test_a_state_and_a_reason_changed_in_the_file_are_taken(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path, "xlsx summary")
    edit(path, "[not applicable: Asked of hospitals only]", "[not applicable: Asked of the others only]")
    edit(path, TEXT, f"[checked]\n{TEXT}")
    assert take(charted, path, Accept.OURS) == 2
    cell = charted.matrix.cell("P01", "cost").cell
    assert cell
    assert (cell.state, cell.summary) == (CellState.CHECKED, TEXT)
    assert summary(charted, "P02", "cost") == "Asked of the others only"


def test_not_applicable_without_its_reason_is_reported_with_its_place(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path, "xlsx summary")
    edit(path, "[not applicable: Asked of hospitals only]", "[not applicable]")
    (said,) = charted.matrix.compare(path).unmatched
    assert said.startswith("Sheet “")
    assert said.endswith("not applicable has no reason; write it after a colon.")


@pytest.mark.parametrize("form", ["xlsx", "long", "nvivo"])
def test_what_office_programs_change_by_themselves_is_no_difference(
    charted: Project, tmp_path: Path, form: str
) -> None:
    charted.matrix.set("P01", "cost", 'She asks "who pays" - and doesn\'t say...\nNobody asks (P01:2).')
    path = exported(charted, tmp_path, form)
    for old, new in (("- and", "– and  "), ("doesn't", "doesn’t"), ("...", "…"), ("Nobody asks", "Nobody\u00a0asks ")):
        edit(path, old, new)
    assert kinds(charted.matrix.compare(path)) == {}


def test_taking_is_one_step_to_undo_by_the_coder_who_imports(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    edit(path, "They trust each other", "They trust one another")
    before = rows(charted)
    target = tmp_path / "study.fwa"
    charted.close()
    with open_project(target, coder="ben") as ben:
        assert take(ben, path, Accept.OURS) == 2
        assert {item.label for item in ben.history.list(limit=2)} == {
            "import P01 × Cost from chart.xlsx",
            "import P02 × Trust from chart.xlsx",
        }
        assert {item.coder for item in ben.history.list(limit=2)} == {"ben"}
        cell = ben.matrix.cell("P01", "cost").cell
        assert cell
        assert ben.codings.coders()[cell.coder_id] == "ben"
        assert len(ben.history.undo()) == 2
        after = rows(ben)
    assert after["cells"] == before["cells"]
    assert after["citations"] == before["citations"]


def test_a_cell_that_changes_between_comparing_and_taking_is_a_conflict_and_nothing_is_written(
    charted: Project, tmp_path: Path
) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    edit(path, "They trust each other", "They trust one another")
    comparison = charted.matrix.compare(path)
    charted.matrix.set("P02", "trust", "Changed meanwhile (P02:2).")
    with pytest.raises(Conflict, match="P02 × Trust was changed since the file was compared"):
        charted.matrix.take(comparison, accepted(comparison, Accept.THEIRS))
    assert summary(charted) == TEXT


def test_a_text_edited_by_hand_is_written_and_an_empty_one_clears(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    comparison = charted.matrix.compare(path)
    (difference,) = comparison.differences
    charted.matrix.take(comparison, {difference.key: CellWords("checked", "Both (P01:2).")})
    assert summary(charted) == "Both (P01:2)."
    charted.history.undo()
    charted.matrix.take(comparison, {difference.key: EMPTY})
    assert charted.matrix.cell("P01", "cost").cell is None


def test_a_reason_that_is_missing_is_refused_before_anything_is_written(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    comparison = charted.matrix.compare(path)
    with pytest.raises(InvalidInput, match="the reason for not applicable of P01 × Cost is empty"):
        charted.matrix.take(comparison, {comparison.differences[0].key: CellWords("not applicable", " ")})


@pytest.mark.parametrize("form", ["xlsx", "long", "wide", "json"])
def test_references_of_the_file_follow_turns_that_were_split_since(charted: Project, tmp_path: Path, form: str) -> None:
    path = exported(charted, tmp_path, form)
    _renumber(charted, tmp_path)
    assert summary(charted) == "Nobody asks who pays (P01:4)."
    assert kinds(charted.matrix.compare(path)) == {}
    edit(path, TEXT, "Nobody asks who bears the cost (P01:2) and trust grows slowly (P01:3).")
    (difference,) = charted.matrix.compare(path).differences
    assert difference.kind == "changed there"
    assert difference.there.text == "Nobody asks who bears the cost (P01:4) and trust grows slowly (P01:3)."
    assert difference.notes == (
        "check (P01:3): turns of P01 were renumbered after the file was made, "
        "and this reference was written in the file",
    )


def test_an_unedited_file_with_numbers_of_between_is_no_difference(charted: Project, tmp_path: Path) -> None:
    _renumber(charted, tmp_path)
    path = exported(charted, tmp_path)
    _renumber(charted, tmp_path, times=2)
    assert summary(charted) == "Nobody asks who pays (P01:6)."
    assert kinds(charted.matrix.compare(path)) == {}


def _renumber(project: Project, folder: Path, times: int = 1) -> None:
    """Put two turns before all others of P01."""
    text = "Interviewer: Good morning to you.\nP01: Good morning, I have an hour.\n" * times + P01
    project.sources.revise("P01", write_files(folder / f"corrected{times}", {"P01.txt": text}) / "P01.txt")


def test_an_imported_text_does_not_make_a_cell_that_is_out_of_date_fresh(charted: Project, tmp_path: Path) -> None:
    code(charted, "P01", "cost", "We share what we learn. Nobody")
    assert [str(item) for item in charted.matrix.cell("P01", "cost").stale] == ["1 coding added"]
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    assert take(charted, path, Accept.OURS) == 1
    assert [str(item) for item in charted.matrix.cell("P01", "cost").stale] == ["1 coding added"]


def test_a_text_written_before_the_present_evidence_is_out_of_date_even_if_the_one_here_is_not(
    charted: Project, tmp_path: Path
) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Revised there (P01:2).")
    code(charted, "P01", "cost", "We share what we learn. Nobody")
    charted.matrix.set("P01", "cost", "Revised here with the new passage (P01:2).")
    assert charted.matrix.cell("P01", "cost").stale == ()
    assert take(charted, path, Accept.THEIRS) == 1
    assert [str(item) for item in charted.matrix.cell("P01", "cost").stale] == ["1 coding added"]


def test_a_text_on_the_present_evidence_is_up_to_date_and_its_references_are_cited(
    charted: Project, tmp_path: Path
) -> None:
    path = exported(charted, tmp_path)
    edit(path, TEXT, "Nobody asks (P01:2), and trust grows slowly (P01:4).")
    assert take(charted, path, Accept.OURS) == 1
    shown = charted.matrix.cell("P01", "cost")
    assert shown.stale == ()
    assert shown.cell
    assert len(shown.cell.basis.citations) == 1


def test_a_new_text_was_not_written_on_what_was_coded_after_its_file_was_made(charted: Project, tmp_path: Path) -> None:
    path = exported(charted, tmp_path, "json")
    write_in(path, "FG1", "Trust", "Trust keeps them coming (FG1:6).")
    code(charted, "FG1", "trust", "Trust is what keeps us coming back every month.")
    assert take(charted, path, Accept.OURS) == 1
    assert [str(item) for item in charted.matrix.cell("FG1", "trust").stale] == ["1 coding added"]
