"""The states of a cell, and what is asked before something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.matrix import CellState
from fwanalysis.tui.charting.cell_view import CellView
from tests.project.matrix.changes import split_at
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, open_study

if TYPE_CHECKING:
    from fwanalysis import Project
    from fwanalysis.domain.matrix import Cell

CELL = ("5", "right", "enter")
"""From the sources view to the cell P01 × Emergent."""


@pytest.fixture
def quiet(study: Project) -> Project:
    """The study with one coding in the cell P01 × Emergent."""
    code(study, "P01", "Then it went quiet.", "quiet")
    return study


def written(project: Project) -> Cell:
    cell = project.matrix.cell("P01", "emergent").cell
    assert cell is not None
    return cell


def text(person: Person) -> str:
    assert isinstance(person.screen, CellView)
    return person.screen.text


async def ben_writes(person: Person, project: Project, words: str) -> None:
    """Have another coder change the cell while it is open, and come back to the window."""
    with open_study(project.path, coder="ben") as bens:
        bens.matrix.set("P01", "emergent", words)
    await person.come_back()


async def test_f3_marks_a_summary_as_checked_and_as_a_draft_again(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed (P01:4).")
        await person.press("f3")
        assert written(quiet).state is CellState.CHECKED
        assert "checked, based on 1 coding" in person.words("#heading")
        await person.press("f3")
        assert written(quiet).state is CellState.DRAFT


async def test_a_checked_summary_that_is_changed_becomes_a_draft(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Ebbed (P01:4)", state=CellState.CHECKED)
    async with at_work(quiet, *CELL, "ctrl+s") as person:
        assert written(quiet).state is CellState.CHECKED
        await person.write(".")
        await person.press("ctrl+s")
    assert written(quiet).state is CellState.DRAFT


async def test_saving_over_another_coders_summary_asks_and_names_it(quiet: Project) -> None:
    with open_study(quiet.path, coder="ben") as bens:
        bens.matrix.set("P01", "emergent", "Bens words")
    async with at_work(quiet, *CELL) as person:
        await person.write(", mine")
        await person.press("ctrl+s")
        assert person.words(".question").startswith("This replaces ben’s summary of ")
        await person.choose("Leave")
        assert written(quiet).summary == "Bens words"
        await person.press("ctrl+s")
        await person.choose("Save mine")
    assert written(quiet).summary == "Bens words, mine"


async def test_a_summary_without_evidence_is_asked_about_once(study: Project) -> None:
    async with at_work(study, *CELL) as person:
        await person.write("Nothing coded")
        await person.press("ctrl+s")
        assert person.words(".question").startswith("There is no evidence in this cell.")
        await person.choose("without evidence")
        await person.write(" yet")
        await person.press("ctrl+s")
        assert person.at == "CellScreen"
    assert written(study).summary == "Nothing coded yet"


@pytest.mark.parametrize(
    ("answer", "stored", "shown"),
    [
        ("Keep editing", "Bens", "Mine"),
        ("Save mine", "Mine", "Mine"),
        ("Take the other", "Bens", "Bens"),
        ("Put both", "Bens", "Bens\n\nMine"),
    ],
)
async def test_a_summary_that_was_changed_meanwhile_is_shown_beside_mine(
    quiet: Project, answer: str, stored: str, shown: str
) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Mine")
        await ben_writes(person, quiet, "Bens")
        assert "! changed by ben since you opened it" in person.words("#heading")
        await person.press("ctrl+s")
        assert (person.words("#theirs"), person.words("#mine")) == ("The other one\nBens", "Yours\nMine")
        await person.choose(answer)
        assert text(person) == shown
    assert written(quiet).summary == stored


async def test_a_summary_that_was_changed_meanwhile_is_taken_over_if_nothing_was_typed(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await ben_writes(person, quiet, "Bens")
        assert text(person) == "Bens"
        assert not person.screen.unsaved  # type: ignore[attr-defined]


async def test_what_another_coder_wrote_is_not_cleared_without_a_question(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Bye")
    async with at_work(quiet, *CELL, *["backspace"] * 3) as person:
        await ben_writes(person, quiet, "Bens")
        await person.press("ctrl+s")
        assert person.at == "ConflictScreen"
    assert written(quiet).summary == "Bens"


async def test_the_cell_is_cleared_after_a_question(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Bye")
    async with at_work(quiet, *CELL, "shift+delete") as person:
        await person.choose("Leave")
        assert written(quiet).summary == "Bye"
        await person.press("shift+delete")
        await person.choose("Clear")
        assert "not charted" in person.words("#heading")
    assert quiet.matrix.cell("P01", "emergent").cell is None


async def test_a_disagreement_with_the_figures_is_marked_changed_and_removed(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Ebbed (P01:4)")
    async with at_work(quiet, *CELL, "f6") as person:
        await person.write("All months sent")
        await person.press("enter")
        assert written(quiet).disagreement == "All months sent"
        assert "≠ words and figures disagree: All months sent" in person.words("#heading")
        await person.press("f6")
        await person.choose("Remove")
    assert written(quiet).disagreement == ""


async def test_marking_a_disagreement_leaves_renumbered_references_at_their_words(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Ebbed (P01:4)")
    split_at("P01", 2, "The form")(quiet)
    async with at_work(quiet, *CELL, "f6") as person:
        await person.write("All months sent")
        await person.press("enter")
    assert written(quiet).disagreement == "All months sent"
    assert quiet.matrix.cell("P01", "emergent").summary == "Ebbed (P01:5)"


async def test_renumbered_turns_are_reported_beside_unsaved_words(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.press(*"Ebbed")
        with open_study(quiet.path, coder="ben") as bens:
            split_at("P01", 2, "The form")(bens)
        await person.come_back()
        assert text(person) == "Ebbed"
        assert any("renumbered" in notice for notice in person.notices)


async def test_the_column_of_a_theme_itself_is_a_cell_of_its_own(quiet: Project) -> None:
    code(quiet, "P01", "It was a long year.", "emergent")
    async with at_work(quiet, "5", "t") as person:
        await person.choose("Emergent: its sub-themes")
        await person.press("home", "enter")
        assert person.words("#heading").split("\n")[0] == " P01  ×  Emergent (itself)"
        await person.write("Long (P01:4).")
        await person.press("ctrl+s")
    own = quiet.matrix.cell("P01", "emergent", own=True).cell
    assert own is not None
    assert (own.own, quiet.matrix.cell("P01", "emergent").cell) == (True, None)
