from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.tui.charting.page import Page
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from fwanalysis import Project


@pytest.fixture
def charted(study: Project) -> Project:
    code(study, "P01", "Nobody wanted to stay outside.", "effort")
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "FG1", "We brought our mistakes along.", "mistakes")
    study.matrix.set("P01", "emergent", "Interest ebbed (P01:4).\n[R: ask again]")
    return study


def page(person: Person) -> Page:
    return person.screen.query_one(Page)


async def test_a_row_is_read_across_all_columns(charted: Project) -> None:
    async with at_work(charted, "5", "R") as person:
        assert "P01 (nurse, North)   row 1 of 2" in person.words("#heading")
        text = page(person).text
        assert "○ Effort of taking part  not charted; 1 segment" in text
        assert "Nobody wanted to stay outside." in text
        assert "Interest ebbed (P01:4)." in text
        await person.press("right")
        assert "FG1" in person.words("#heading")
        assert "Effort of taking part: no evidence" in page(person).text


async def test_a_column_is_read_down_all_rows(charted: Project) -> None:
    async with at_work(charted, "5", "right", "C") as person:
        assert "Emergent   column 2 of 2" in person.words("#heading")
        text = page(person).text
        assert text.index("P01 (nurse, North)") < text.index("Interest ebbed") < text.index("FG1")
        await person.press("escape")
        assert person.at == "MatrixScreen"


async def test_enter_on_a_cell_opens_it_and_comes_back_to_the_page(charted: Project) -> None:
    async with at_work(charted, "5", "R", "enter") as person:
        assert person.at == "CellScreen"
        await person.press("escape")
        assert person.at == "ReadThroughScreen"


async def test_enter_on_a_reference_goes_to_the_words_in_the_transcript(charted: Project) -> None:
    async with at_work(charted, "5", "R", "down", "down", "down") as person:
        block = page(person).current
        assert block is not None
        assert "Interest ebbed" in "".join(run.text for run in block.runs)
        await person.press("enter")
        assert person.at == "CodeScreen"
        assert person.caret_before("Then it went quiet.")
        await person.press("5")
        assert person.at == "ReadThroughScreen"


async def test_a_page_shows_what_changed_meanwhile(charted: Project) -> None:
    async with at_work(charted, "5", "R") as person:
        charted.matrix.set("P01", "effort", "Wanted in (P01:2).")
        await person.settle()
        assert "Wanted in (P01:2)." in page(person).text


async def test_progress_is_counted_by_theme_case_and_coder(charted: Project) -> None:
    async with at_work(charted, "5", "P") as person:
        from textual.widgets import Static

        text = str(person.screen.query_one("#progress").query_one(Static).render())
    lines = {line[:28].strip(): line[28:].split() for line in text.split("\n") if line.startswith("  ")}
    assert lines["Emergent"] == ["1", "of", "2", "0", "0"]
    assert lines["P01"] == ["1", "of", "2", "0", "0"]
    assert lines["ana"] == ["1", "0", "0"]


async def test_from_a_line_of_a_transcript_one_key_lists_the_cells_based_on_it(charted: Project) -> None:
    async with at_work(charted, source="P01") as person:
        person.text.go_to(person.text.transcript.text.index("Then it went quiet"))  # type: ignore[union-attr]
        await person.press("M")
        assert person.at == "CellsAtScreen"
        assert person.options()[0].startswith("P01 × Emergent  draft, cites it  Interest ebbed")
        await person.press("enter")
        assert person.at == "CellScreen"
        assert "Emergent" in person.words("#heading")


async def test_a_line_that_no_cell_is_based_on_says_so(charted: Project) -> None:
    async with at_work(charted, source="P01") as person:
        person.text.go_to(person.text.transcript.text.index("And later"))  # type: ignore[union-attr]
        await person.press("M")
        assert person.notices[-1] == "No cell of the matrix is based on what is here."


@pytest.mark.parametrize("keys", [("f",), ("l",), ("P",), ("v",), ("s",), ("t",), ("e",), ("c",), ("R",)])
async def test_f1_shows_help_over_every_dialog(charted: Project, keys: tuple[str, ...]) -> None:
    async with at_work(charted, "5", *keys) as person:
        over = person.screen
        await person.press("f1")
        assert person.at == "HelpScreen"
        await person.press("escape")
        assert person.screen is over


async def test_the_help_of_the_chart_has_the_marks(charted: Project) -> None:
    async with at_work(charted, "5", "question_mark") as person:
        from textual.widgets import Static

        text = str(person.screen.query_one("#help").query_one(Static).render())
    assert "✎  draft: a summary that has not been checked" in text
