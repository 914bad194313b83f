"""A cell that is out of date: why, and the three ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.matrix import CellState
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import CODEBOOK, code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project
    from fwanalysis.domain.matrix import MatrixCell

CELL = ("5", "right", "enter")


@pytest.fixture
def stale(study: Project) -> Project:
    """The study with a summary of P01 × Emergent, whose evidence and definition have changed since."""
    gone = code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "Ebbed (P01:4)")
    study.codings.remove([gone])
    code(study, "P01", "It was a long year.", "quiet")
    return study


def cell(project: Project) -> MatrixCell:
    return project.matrix.cell("P01", "emergent")


async def test_new_and_removed_passages_are_marked_in_words(stale: Project) -> None:
    async with at_work(stale, *CELL) as person:
        new, removed = [option for option in person.options() if " new " in option or " removed " in option]
        assert "It was a long year." in new
        assert "“Then it went quiet.”" in removed


async def test_the_reasons_are_listed_with_old_and_new_words(stale: Project) -> None:
    async with at_work(stale, *CELL, "ctrl+r") as person:
        assert person.words(".question") == "P01 × Emergent: out of date"
        passages = person.words("#passages")
        assert "new: “It was a long year.”" in passages
        assert "removed: “Then it went quiet.”" in passages


async def test_the_old_and_the_new_definition_are_shown_side_by_side(stale: Project, tmp_path: Path) -> None:
    file = tmp_path / "later.yaml"
    defined = "    name: Emergent\n    definition: What came up unasked.\n"
    file.write_text(CODEBOOK.replace("    name: Emergent\n", defined), encoding="utf-8")
    stale.codebook.import_file(file)
    async with at_work(stale, *CELL, "ctrl+r") as person:
        assert "(no definition)" in person.words(".then")
        assert "What came up unasked." in person.words(".now")


async def test_revising_makes_the_cell_up_to_date(stale: Project) -> None:
    async with at_work(stale, *CELL, "ctrl+r") as person:
        await person.choose("Revise")
        await person.write(". Long.")
        await person.press("ctrl+s")
        assert "up to date" in person.words("#heading")
    assert not cell(stale).stale


@pytest.mark.parametrize("keys", [("ctrl+r",), ("ctrl+s",)])
async def test_an_unchanged_summary_is_reaffirmed_with_a_reason(stale: Project, keys: tuple[str, ...]) -> None:
    before = len(stale.history.list())
    async with at_work(stale, *CELL, *keys) as person:
        if person.at == "StaleScreen":
            await person.choose("Re-affirm")
        await person.write("Same tone")
        await person.press("enter")
        assert "up to date" in person.words("#heading")
    written = cell(stale).cell
    assert written is not None
    assert (written.affirmation, written.summary, cell(stale).stale) == ("Same tone", "Ebbed (P01:4)", ())
    assert len(stale.history.list()) == before + 1


async def test_a_summary_is_discarded_after_a_question(stale: Project) -> None:
    async with at_work(stale, *CELL, "ctrl+r") as person:
        await person.choose("Discard")
        await person.choose("Clear")
    assert cell(stale).cell is None


async def test_an_out_of_date_summary_is_not_checked_unread(stale: Project) -> None:
    async with at_work(stale, *CELL, "f3") as person:
        assert person.notices[-1].startswith("The summary is out of date")
    written = cell(stale).cell
    assert written is not None
    assert written.state is CellState.DRAFT


@pytest.mark.parametrize(("state", "words"), [(CellState.NOTHING_SAID, ""), (CellState.NOT_APPLICABLE, "Too new.")])
async def test_cells_without_a_summary_are_reaffirmed_too(study: Project, state: CellState, words: str) -> None:
    study.matrix.set("P01", "emergent", words, state=state)
    code(study, "P01", "It was a long year.", "quiet")
    async with at_work(study, *CELL, "ctrl+s") as person:
        await person.write("Still so")
        await person.press("enter")
        assert "out of date" not in person.words("#heading")
    written = cell(study).cell
    assert written is not None
    assert (written.state, written.summary, len(written.basis.codings)) == (state, words, 1)
