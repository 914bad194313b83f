"""Charting: cells with their basis, what makes them stale, and the matrix as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.matrix import CellContent, CellState, Layout, MatrixQuery
from fwanalysis.domain.table import Table
from fwanalysis.errors import Conflict, InvalidInput, NotFound
from fwanalysis.project import open_project
from fwanalysis.project.output_files import table_bytes
from tests.project.project_study import CODEBOOK, P02, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project


@pytest.fixture
def charted(project: Project) -> Project:
    """Some codings in every source, and one cell."""
    code(project, "P01", "cost", "Nobody asks who pays for it.")
    code(project, "P01", "trust", "Trust grows slowly.")
    code(project, "P02", "cost", "The hospitals pay")
    code(project, "FG1", "cost", "The meetings cost us a whole day")
    code(project, "FG1", "trust", "We trust the people who come to every meeting.")
    code(project, "newsletter", "trust", "Trust, it says, cannot be bought.")
    project.matrix.set("P01", "effort", "Nobody asks.")
    return project


def stale(project: Project, case: str = "P01", name: str = "effort") -> tuple[str, ...]:
    return tuple(map(str, project.matrix.cell(case, name).stale))


def test_a_cell_is_fresh_when_it_is_written_and_gathers_what_is_coded_below_its_code(charted: Project) -> None:
    cell = charted.matrix.cell("P01", "effort")
    assert cell.cell
    assert (cell.cell.summary, cell.segments, cell.persons, cell.stale) == ("Nobody asks.", 1, 1, ())


def test_evidence_that_comes_or_goes_makes_a_cell_stale_and_undo_makes_it_fresh(charted: Project) -> None:
    new = code(charted, "P01", "effort", "What made you join the collaborative?\nP01: We share")
    assert stale(charted) == ("1 coding added",)
    charted.history.undo()
    assert stale(charted) == ()
    charted.codings.remove([view.id for view in charted.codings.list(source="P01", code="cost")])
    assert stale(charted) == ("1 coding removed",)
    charted.history.undo()
    assert stale(charted) == ()
    assert new


def test_a_changed_definition_makes_the_cells_of_that_code_stale_and_no_others(
    charted: Project, tmp_path: Path
) -> None:
    changed = CODEBOOK.replace("What it takes.", "What it takes and gives.")
    charted.matrix.set("P01", "cost", "It is paid.")
    charted.codebook.import_file(write_files(tmp_path / "books", {"book.yaml": changed}) / "book.yaml")
    assert stale(charted) == ("definition of the code changed",)
    assert stale(charted, "P01", "cost") == ()
    charted.history.undo()
    assert stale(charted) == ()


def test_a_speaker_who_becomes_somebody_else_takes_the_evidence_along(charted: Project) -> None:
    charted.speakers.set("P01", case="P03")
    assert stale(charted) == ("1 passage reattributed",)
    charted.history.undo()
    assert stale(charted) == ()


def test_words_in_groups_count_for_a_person_only_where_they_were_gathered(charted: Project) -> None:
    assert charted.matrix.cell("P02", "cost").segments == 1
    assert charted.matrix.cell("P02", "cost", with_groups=True).segments == 2
    charted.matrix.set("P02", "cost", "They pay.", with_groups=True)
    code(charted, "FG1", "cost", "a whole day of work")
    assert stale(charted, "P02", "cost") == ("1 coding added",)


def test_writing_a_cell_again_makes_it_fresh_and_keeps_one_cell(charted: Project) -> None:
    code(charted, "P01", "effort", "We share what we learn. Nobody asks")
    charted.matrix.set("P01", "effort", "Nobody asks, though all share.")
    assert stale(charted) == ()
    assert len(rows(charted)["cells"]) == 1


def test_an_empty_cell_says_why(charted: Project) -> None:
    charted.matrix.set("P02", "trust", state=CellState.NOTHING_SAID)
    charted.matrix.set("FG1", "effort", "A group.", state=CellState.NOT_APPLICABLE)
    matrix = charted.matrix.view()
    why = {
        (row.label, column.heading): matrix.cells[row.key, column.code_id].empty_because
        for row in matrix.rows
        for column in matrix.columns
    }
    assert why == {
        ("P01", "Effort"): "",
        ("P01", "Trust"): "not charted",
        ("P02", "Effort"): "not charted",
        ("P02", "Trust"): "charted, nothing said",
        ("FG1", "Effort"): "not applicable",
        ("FG1", "Trust"): "not charted",
        ("(no case)", "Effort"): "no evidence",
        ("(no case)", "Trust"): "not charted",
    }


def test_codings_without_a_place_are_counted_and_the_cell_they_emptied_says_so(
    charted: Project, tmp_path: Path
) -> None:
    (tmp_path / "P02.txt").write_text(P02.replace("The hospitals pay, and some", "Some"), encoding="utf-8")
    charted.sources.revise("P02", tmp_path / "P02.txt")
    matrix = charted.matrix.view()
    effort, trust = (column.code_id for column in matrix.columns)
    (row,) = [row for row in matrix.rows if row.label == "P02"]
    assert (matrix.unanchored, matrix.cells[row.key, effort].segments) == (1, 0)
    assert matrix.cells[row.key, effort].empty_because == "no evidence in the present text"
    assert matrix.cells[row.key, trust].empty_because == "no evidence"
    assert charted.matrix.cell("P02", "cost").empty_because == "no evidence in the present text"
    assert charted.matrix.view(MatrixQuery(themes=("trust",))).unanchored == 0
    about = charted.matrix.export().about
    assert about["codings_unanchored"] == 1


@pytest.mark.parametrize("state", [CellState.DRAFT, CellState.NOT_APPLICABLE])
def test_a_cell_without_the_text_it_needs_is_refused(charted: Project, state: CellState) -> None:
    with pytest.raises(InvalidInput):
        charted.matrix.set("P02", "cost", "  ", state=state)


def test_a_cell_that_someone_else_wrote_meanwhile_is_not_overwritten(charted: Project) -> None:
    seen = charted.matrix.cell("P01", "effort").cell
    with open_project(charted.path, coder="ben") as other:
        other.matrix.set("P01", "effort", "Ben says so.")
    with pytest.raises(Conflict, match="P01 × Effort"):
        charted.matrix.set("P01", "effort", "Ana says so.", seen=seen, expect=True)
    with pytest.raises(Conflict):
        charted.matrix.set("P01", "effort", "Ana says so.", seen=None, expect=True)
    cell = charted.matrix.cell("P01", "effort").cell
    assert cell
    assert cell.summary == "Ben says so."


def test_a_cleared_cell_leaves_its_evidence(charted: Project) -> None:
    charted.matrix.clear("P01", "effort")
    cell = charted.matrix.cell("P01", "effort")
    assert (cell.cell, cell.segments) == (None, 1)
    with pytest.raises(InvalidInput, match="already empty"):
        charted.matrix.clear("P01", "effort")


def test_names_that_are_not_there_are_named(charted: Project) -> None:
    for case, name in (("P09", "effort"), ("P01", "hope")):
        with pytest.raises(NotFound):
            charted.matrix.set(case, name, "x")


WIDE = """\
case,site,years,role,Effort,Trust\r
P01,Alder,12,nurse,"Nobody asks.

Evidence:
“Nobody asks who pays for it.” (P01:2)","[not charted]

Evidence:
“Trust grows slowly.” (P01:4)"\r
P02,Birch,4,doctor,"[not charted]

Evidence:
“The hospitals pay” (P02:4)",[no evidence]\r
FG1,,,,"[not charted]

Evidence:
“The meetings cost us a whole day” (FG1:2)","[not charted]

Evidence:
“We trust the people who come to every meeting.” (FG1:4)"\r
(no case),,,,[no evidence],"[not charted]

Evidence:
“Trust, it says, cannot be bought.” (newsletter: line 4)"\r
"""
LONG = """\
case,years,theme,code,content,state,segments,persons,stale\r
P01,12,Effort,effort,1,draft,1,1,\r
P01,12,Trust,trust,1,not charted,1,1,\r
P02,4,Effort,effort,2,not charted,2,1,\r
P02,4,Trust,trust,0,no evidence,0,0,\r
P03,7,Effort,effort,0,no evidence,0,0,\r
P03,7,Trust,trust,0,no evidence,0,0,\r
(no case),,Effort,effort,0,no evidence,0,0,\r
(no case),,Trust,trust,1,not charted,1,0,\r
"""


def test_the_wide_export_is_a_line_a_case_to_the_byte(charted: Project) -> None:
    assert table_bytes("m.csv", charted.matrix.export()).decode() == WIDE


def test_the_long_export_is_a_line_a_cell_to_the_byte(charted: Project) -> None:
    query = MatrixQuery(rows="person", attributes=("years",))
    table = charted.matrix.export(query, content=CellContent.COUNTS, layout=Layout.LONG)
    first = table.columns.index("stale") + 1
    shown = Table(table.columns[:first], tuple(row[:first] for row in table.rows))
    assert table_bytes("m.csv", shown).decode() == LONG
    written = dict(zip(table.columns, table.rows[0], strict=True))
    assert (written["summary"], written["author"]) == ("Nobody asks.", charted.coder.name)


def test_an_export_says_what_it_is_of(charted: Project) -> None:
    about = charted.matrix.export(MatrixQuery(rows="person", where=(("role", "nurse"),))).about
    verified = charted.history.verify()
    assert (about["project"], about["codebook"], about["rows"]) == ("Study", "Sharing", "person")
    assert (about["where"], about["event"], about["event_hash"]) == (["role=nurse"], verified.events, verified.head)
