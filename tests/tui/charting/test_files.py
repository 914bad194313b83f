"""The chart and files in the workbench: drafts to start from, and files that a co-author edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.charting.chart_of import chart
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project


async def test_drafts_are_made_after_a_question_and_taken_back_by_one_undo(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "It was a long year.", "effort")
    async with at_work(study, "5", "D") as person:
        await person.choose("Fill 2 cells")
        shown = chart(person)["P01"]
        assert [words.split()[0] for words in shown.values()] == ["✎", "✎"]
        assert "“Then it went quiet.”" in study.matrix.cell("P01", "emergent").summary
        await person.press("u")
        assert [words.split()[0] for words in chart(person)["P01"].values()] == ["○", "○"]


async def test_without_an_open_cell_nothing_is_drafted(study: Project) -> None:
    async with at_work(study, "5", "D") as person:
        assert person.at == "MatrixScreen"
        assert study.matrix.draft() == []


async def test_a_chart_that_was_edited_elsewhere_is_compared_before_anything_is_taken(
    study: Project, tmp_path: Path
) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "Interest ebbed.")
    file = tmp_path / "edited.csv"
    file.write_text("case,Emergent\nP01,Interest came back.\n", encoding="utf-8")
    async with at_work(study, "5", "i") as person:
        person.screen.query_one("Input").value = str(file)  # type: ignore[attr-defined]  # any widget
        await person.press("enter")
        assert person.at == "MatrixImportScreen"
        assert study.matrix.cell("P01", "emergent").summary == "Interest ebbed."
