from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.tui.charting.arrange import Arrangement
from fwanalysis.tui.charting.remembered import RememberedView, recall, remember, view_file
from tests.tui.charting.chart_of import at_cell, chart, painted
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project


async def test_a_filter_is_applied_and_said_in_the_heading(study: Project) -> None:
    async with at_work(study, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("f")
        await person.write("site = South")
        await person.press("enter")
        assert list(chart(person)) == ["P02", "P03"]
        assert "only site = South" in person.words("#title")
        await person.press("delete")
        assert list(chart(person)) == ["P01", "P02", "P03"]


@pytest.mark.parametrize(("typed", "fault"), [("town = X", "town"), ("site = ", "site"), ("site = Mars", "No row")])
async def test_a_filter_that_cannot_be_used_says_why_in_place(study: Project, typed: str, fault: str) -> None:
    async with at_work(study, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("f")
        await person.write(typed)
        await person.press("enter")
        assert person.at == "FilterScreen"
        assert fault in person.words("#fault")
        await person.press("escape")
        assert list(chart(person)) == ["P01", "P02", "P03"]


async def test_rows_are_sorted_and_grouped_in_a_dialog(study: Project) -> None:
    async with at_work(study, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("s", "home", "s", "s", "down", "down", "g", "enter")
        assert list(chart(person)) == ["P01", "P03", "P02"]
        assert "grouped by site" in person.words("#title")
        assert "sorted by case (highest first)" in person.words("#title")
        assert "site: South (2)" in "\n".join(painted(person))


async def test_a_figure_is_beside_the_cells(study: Project) -> None:
    study.cases.set("P01", attributes={"meetings": "7"})
    async with at_work(study, "5", "s", "end", "f", "enter") as person:
        lines = painted(person)
        assert "meetings" in lines[0]
        assert next(line for line in lines if "P01" in line).split("│")[0].split() == ["▌P01", "7"]


def test_sorting_again_turns_the_order_round_and_then_ends_it() -> None:
    first = Arrangement((), (), (), None, ()).sorted_by("site")
    assert first.sort == ("site",)
    assert first.sorted_by("site").sort == ("-site",)
    assert first.sorted_by("site").sorted_by("site").sort == ()


def test_hiding_an_attribute_and_showing_it_again_shows_all() -> None:
    hidden = Arrangement((), (), (), None, ()).shown_next("role", ["role", "site"])
    assert hidden.attributes == ("site",)
    assert hidden.shown_next("role", ["role", "site"]).attributes is None


async def test_a_column_is_hidden_and_shown_again(study: Project) -> None:
    async with at_work(study, "5", "H") as person:
        assert list(chart(person)["P01"]) == ["Emergent"]
        assert "1 column hidden" in person.words("#title")
        await person.press("H")
        assert person.notices[-1] == "This is the only column."
        await person.press("c", "space", "enter")
        assert list(chart(person)["P01"]) == ["Effort of taking part", "Emergent"]


async def test_several_themes_and_all_codes(study: Project) -> None:
    async with at_work(study, "5", "t") as person:
        await person.choose("Several themes")
        await person.press("enter")
        assert "Tick at least one" in person.words("#fault")
        await person.press("a", "enter")
        names = ["Free-riding", "Paperwork", "Going quiet", "Sharing mistakes"]
        assert list(chart(person)["P01"]) == names
        assert painted(person)[0].split("│")[1].strip() == "Effort of taking part"
        await person.press("t")
        await person.choose("All codes")
        assert list(chart(person)["P01"]) == ["Effort of taking part", *names[:2], "Emergent", *names[2:]]


async def test_the_view_is_as_it_was_left_when_the_program_starts_again(study: Project) -> None:
    before = len(study.history.list())
    async with at_work(study, "5", "t") as person:
        await person.choose("Emergent")
        await person.press("x", "w", "down")
        assert at_cell(person) == ("Sharing mistakes", "P01")
    async with at_work(study, "5") as person:
        assert at_cell(person) == ("Sharing mistakes", "P01")
        assert "Emergent × cases" in person.words("#title")
    assert len(study.history.list()) == before


def test_a_file_that_cannot_be_used_gives_the_usual_view(study: Project) -> None:
    file = view_file(study)
    file.parent.mkdir(parents=True)
    for text in ("", "{", "[]", '{"query": {"bands": [1]}}', '{"query": []}'):
        file.write_text(text, encoding="utf-8")
        assert recall(file) == RememberedView()
    file.write_text('{"query": {"themes": ["emergent"], "new": 1}, "new": 2}', encoding="utf-8")
    assert recall(file).query == MatrixQuery(themes=("emergent",))


def test_a_remembered_view_comes_back_whole(tmp_path: Path) -> None:
    from fwanalysis.domain.matrix import Bands

    query = MatrixQuery(where=(("site", "X"),), bands=(Bands("years", (5.0,)),), attributes=("site",), transposed=True)
    view = RememberedView(query, "r", "c", is_high=True, chart="Mine")
    remember(tmp_path / "views" / "v.json", view)
    assert recall(tmp_path / "views" / "v.json") == view


async def test_a_chart_is_saved_opened_and_removed(study: Project) -> None:
    async with at_work(study, "5", "t") as person:
        await person.choose("Emergent")
        await person.press("v", "s")
        await person.write("Mine")
        await person.press("enter")
        assert [chart.name for chart in study.matrix.charts()] == ["Mine"]
        assert "Mine: cases × Emergent" in person.words("#title")
        await person.press("t")
        await person.choose("All themes")
        assert "Mine" not in person.words("#title")
        await person.press("v")
        await person.choose("Mine")
        assert list(chart(person)["P01"]) == ["Going quiet", "Sharing mistakes"]
        await person.press("v", "d")
        await person.choose("Keep it")
        assert len(study.matrix.charts()) == 1
        await person.press("v", "d")
        await person.choose("Remove it")
        assert study.matrix.charts() == []


async def test_saving_over_another_chart_asks_first(study: Project) -> None:
    study.matrix.save_chart("Mine", MatrixQuery(rows="site"))
    async with at_work(study, "5", "v", "s") as person:
        await person.write("mine")
        await person.press("enter")
        assert person.at == "ChooseScreen"
        await person.choose("Keep the stored")
    assert study.matrix.charts()[0].query.rows == "site"


@pytest.mark.parametrize("name", ["out.xlsx", "out.docx", "out.md", "out.json", "out.tsv", "out.html"])
async def test_the_extension_of_a_file_chooses_its_format(study: Project, tmp_path: Path, name: str) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "5", "e") as person:
        person.screen.query_one(Input).value = str(tmp_path / name)
        await person.press("enter")
        assert person.notices[-1].startswith("Written to")
    assert (tmp_path / name).stat().st_size > 100


async def test_an_unknown_extension_says_which_there_are(study: Project, tmp_path: Path) -> None:
    async with at_work(study, "5", "e") as person:
        person.screen.query_one(Input).value = str(tmp_path / "out.pages")
        await person.press("enter")
        assert "xlsx" in person.notices[-1]
    assert json.dumps(sorted(path.name for path in tmp_path.glob("out*"))) == "[]"
