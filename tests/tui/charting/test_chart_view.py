from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.tui.charting.chart_of import at_cell, chart, painted
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project


async def test_the_chart_has_cases_in_rows_and_themes_in_columns_with_counts_and_words(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "It was a long year.", "quiet")
    async with at_work(study, "5") as person:
        shown = chart(person)
        assert list(shown) == ["P01", "FG1"]
        assert list(shown["P01"]) == ["Effort of taking part", "Emergent"]
        assert shown["P01"]["Emergent"].split("\n") == ["○ 2 segments", "“Then it went quiet.”"]
        assert shown["P01"]["Effort of taking part"] == "–"
        assert shown["FG1"]["Emergent"] == "–"
        assert "0 of 4 cells are written" in person.words("#title")


async def test_enter_opens_the_cell_under_the_cursor(study: Project) -> None:
    async with at_work(study, "5", "down", "end") as person:
        assert at_cell(person) == ("FG1", "Emergent")
        await person.press("enter")
        assert person.at == "CellScreen"
        heading = person.words("#heading").split("\n")[0]
        assert "FG1" in heading
        assert "Emergent" in heading


async def test_a_cell_with_a_summary_shows_it_instead_of_the_evidence(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "Interest ebbed.")
    async with at_work(study, "5") as person:
        assert chart(person)["P01"]["Emergent"].split("\n") == ["✎ 1 segment", "Interest ebbed."]
        assert "1 of 4 cells are written" in person.words("#title")


async def test_coding_changes_the_chart_at_once_when_one_comes_back_to_it(study: Project) -> None:
    async with at_work(study, "5", "3", "a", "5") as person:
        assert chart(person)["P01"]["Effort of taking part"].startswith("○ 1 segment")


async def test_unattributed_segments_are_in_a_last_row_without_a_case(study: Project) -> None:
    code(study, "newsletter", "All sites have now joined.", "paperwork")
    async with at_work(study, "5") as person:
        shown = chart(person)
        assert list(shown)[-1] == "(no case)"
        assert shown["(no case)"]["Effort of taking part"].startswith("○ 1 segment")


async def test_t_chooses_a_theme_whose_sub_themes_become_the_columns(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "5", "t") as person:
        assert person.options() == [
            "All themes, side by side",
            "Effort of taking part: its sub-themes",
            "Emergent: its sub-themes",
            "Several themes …",
            "All codes",
        ]
        await person.choose("Emergent")
        assert list(chart(person)["P01"]) == ["Going quiet", "Sharing mistakes"]
        assert "cases × Emergent" in person.words("#title")
        await person.press("t")
        await person.choose("All themes")
        assert list(chart(person)["P01"]) == ["Effort of taking part", "Emergent"]


async def test_codings_with_the_theme_itself_have_a_column(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "emergent")
    async with at_work(study, "5", "t") as person:
        await person.choose("Emergent")
        assert list(chart(person)["P01"]) == ["(itself)", "Going quiet", "Sharing mistakes"]
        assert "(itself)" in painted(person)[1]


async def test_r_chooses_what_the_rows_are(study: Project) -> None:
    code(study, "FG1", "We brought our mistakes along.", "mistakes")
    expected = {
        "Persons, including": ["P01", "P02", "P03"],
        "Groups": ["FG1"],
        "Sites, including": ["North", "South"],
        "Values of role": ["doctor", "nurse", "(unknown)"],
        "Cases with": ["P01", "FG1"],
    }
    async with at_work(study, "5") as person:
        for answer, rows in expected.items():
            await person.press("r")
            await person.choose(answer)
            assert list(chart(person)) == rows


async def test_rows_of_persons_give_them_what_they_said_in_the_group(study: Project) -> None:
    code(study, "FG1", "We brought our mistakes along.", "mistakes")
    async with at_work(study, "5") as person:
        assert chart(person)["P01"]["Emergent"] == "–"
        await person.press("r")
        await person.choose("Persons, including")
        assert chart(person)["P01"]["Emergent"].startswith("○ 1 segment")


async def test_escape_leaves_rows_and_columns_as_they_are(study: Project) -> None:
    async with at_work(study, "5", "t", "escape", "r", "escape") as person:
        assert list(chart(person)) == ["P01", "FG1"]


async def test_e_writes_what_is_shown_to_a_file_with_a_file_beside_it_that_says_what_it_is(
    study: Project, tmp_path: Path
) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    target = tmp_path / "out.csv"
    async with at_work(study, "5", "t") as person:
        await person.choose("Emergent")
        await person.press("e")
        person.screen.query_one(Input).value = str(target)
        await person.press("enter")
        assert person.notices[-1] == f"Written to {target}"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["case"] for row in rows] == ["P01", "FG1"]
    assert "Then it went quiet." in rows[0]["Going quiet"]
    assert json.loads((tmp_path / "out.csv.meta.json").read_text(encoding="utf-8"))["theme"] == "emergent"


@pytest.mark.parametrize("name", ["out.csv", "out.csv.meta.json"])
@pytest.mark.parametrize(("answer", "is_kept"), [("Keep", True), ("Replace", False)])
async def test_an_export_over_a_file_that_is_there_or_the_one_beside_it_asks_first(
    study: Project, tmp_path: Path, answer: str, is_kept: bool, name: str
) -> None:
    target = tmp_path / name
    target.write_text("mine", encoding="utf-8")
    async with at_work(study, "5", "e") as person:
        person.screen.query_one(Input).value = str(tmp_path / "out.csv")
        await person.press("enter")
        assert target.read_text(encoding="utf-8") == "mine"
        await person.choose(answer)
    assert (target.read_text(encoding="utf-8") == "mine") is is_kept


async def test_an_export_that_cannot_be_written_says_why(study: Project, tmp_path: Path) -> None:
    async with at_work(study, "5", "e") as person:
        person.screen.query_one(Input).value = str(tmp_path / "nowhere" / "out.csv")
        await person.press("enter")
        assert "nowhere" in person.notices[-1]
        assert person.at == "MatrixScreen"


async def test_the_cursor_stays_in_its_cell_when_something_changes(study: Project) -> None:
    async with at_work(study, "5", "right", "down") as person:
        assert at_cell(person) == ("FG1", "Emergent")
        code(study, "P01", "Then it went quiet.", "quiet")
        await person.settle()
        assert at_cell(person) == ("FG1", "Emergent")
        assert chart(person)["P01"]["Emergent"].startswith("○ 1 segment")


async def test_undoing_a_theme_that_is_shown_goes_back_to_all_themes(study: Project) -> None:
    study.codebook.add("Passing", parent=None, key="passing", kind=study.codebook.show("effort").version.kind)
    async with at_work(study, "5", "t") as person:
        await person.choose("Passing")
        assert list(chart(person)["P01"]) == ["Passing"]
        await person.press("u")
        assert list(chart(person)["P01"]) == ["Effort of taking part", "Emergent"]
