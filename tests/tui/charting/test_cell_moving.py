"""From a cell to others, without going back to the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from fwanalysis import Project

CELL = ("5", "right", "enter")


@pytest.fixture
def quiet(study: Project) -> Project:
    """The study with a coding in P01 × Emergent and one in FG1 × Effort."""
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "FG1", "I filled in the spreadsheet alone", "paperwork")
    return study


def headed(person: Person) -> tuple[str, ...]:
    """The case and the code of the cell in front."""
    return tuple(part.strip() for part in person.words("#heading").split("\n")[0].split("×"))


@pytest.mark.parametrize(
    ("keys", "cell"),
    [
        (("alt+left",), ("P01", "Effort of taking part")),
        (("alt+left", "alt+right"), ("P01", "Emergent")),
        (("alt+pagedown",), ("FG1", "Emergent")),
        (("alt+pagedown", "alt+pageup"), ("P01", "Emergent")),
        (("alt+right",), ("P01", "Emergent")),
    ],
)
async def test_keys_go_along_the_row_and_the_column(
    quiet: Project, keys: tuple[str, ...], cell: tuple[str, str]
) -> None:
    async with at_work(quiet, *CELL) as person:
        assert headed(person) == ("P01", "Emergent")
        await person.press(*keys)
        assert headed(person) == cell
        await person.press("escape")
        assert person.at == "MatrixScreen"


async def test_ctrl_n_goes_to_the_next_cell_that_is_not_charted(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed (P01:4).")
        await person.press("ctrl+s", "ctrl+n")
        assert person.words("#heading").startswith(" FG1  ×  Effort")
        await person.press("ctrl+n")
        assert person.notices[-1] == "There is no such cell."


async def test_f12_goes_to_the_next_cell_that_is_out_of_date(quiet: Project) -> None:
    quiet.matrix.set("FG1", "effort", "Alone (FG1:3)")
    code(quiet, "FG1", "It did at first.", "effort")
    async with at_work(quiet, *CELL, "f12") as person:
        assert person.words("#heading").startswith(" FG1  ×  Effort")
        assert "! out of date" in person.words("#heading")


async def test_another_cell_is_gone_to_only_once_unsaved_words_are_decided_about(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed (P01:4).")
        await person.press("alt+pagedown")
        await person.choose("Save")
        assert person.words("#heading").startswith(" FG1")
    assert quiet.matrix.cell("P01", "emergent").summary == "Ebbed (P01:4)."


async def test_what_is_said_about_a_saved_cell_is_not_shown_over_the_next_one(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed (P01:4).")
        await person.press("f3")
        assert person.notices == ["Saved as checked  (u in the Matrix view to undo)"]
        await person.press("alt+pagedown")
        assert headed(person) == ("FG1", "Emergent")
        assert person.notices == []
