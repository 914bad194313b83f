"""What a summary rests on: what its writer has read, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from fwanalysis.project import Project


def _code_anew(project: Project, source: str) -> None:
    """Put the first code on a passage of a participant that does not carry it."""
    turn = next(turn for turn in project.sources.turns(source) if turn.case is not None)
    entry = project.codebook.tree().entries[-1]
    span = Span(turn.start, turn.start + 3)
    project.codings.add(source, entry.id, span.start, span.end)


def test_a_coding_made_while_a_summary_was_written_makes_it_stale_at_once(project: Project) -> None:
    entry = project.codebook.tree().entries[-1]
    read = project.matrix.cell("P01", entry.id).quotes
    _code_anew(project, "P01")
    cell = project.matrix.set("P01", entry.id, "What I read.", read=read)
    assert len(cell.basis.codings) == len(read)
    assert list(map(str, project.matrix.cell("P01", entry.id).stale)) == ["1 coding added"]


def test_writing_a_cell_again_gathers_as_it_was_first_gathered(project: Project) -> None:
    entry = project.codebook.tree().entries[-1]
    project.matrix.set("P01", entry.id, "With the group.", with_groups=True)
    assert project.matrix.set("P01", entry.id, "Again.").basis.with_groups


def test_a_coding_made_while_a_summary_was_affirmed_leaves_it_out_of_date(project: Project) -> None:
    entry = project.codebook.tree().entries[-1]
    project.matrix.set("P01", entry.id, "What I read.")
    first, second = [turn for turn in project.sources.turns("P01") if turn.case is not None][:2]
    project.codings.add("P01", entry.id, first.start, first.start + 3)
    shown = project.matrix.cell("P01", entry.id)
    assert list(map(str, shown.stale)) == ["1 coding added"]
    project.codings.add("P01", entry.id, second.start, second.start + 3)
    cell = project.matrix.affirm("P01", entry.id, "It still holds.", seen=shown.cell, read=shown.quotes)
    assert len(cell.basis.codings) == len(shown.quotes)
    assert list(map(str, project.matrix.cell("P01", entry.id).stale)) == ["1 coding added"]
