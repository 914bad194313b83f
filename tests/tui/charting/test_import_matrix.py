"""Deciding on the differences of a chart that a co-author edited, in the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import Horizontal
from textual.widgets import OptionList

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.project.matrix.files import write_document
from fwanalysis.tui.charting.import_matrix import MatrixImportScreen
from fwanalysis.tui.charting.import_merging import MergeScreen
from fwanalysis.tui.widgets.wordsarea import WordsArea
from tests.tui.workbench_person import Person, at_work

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project

TEXTS = {"P01": "Mistakes were shared (P01:2).", "FG1": "They came for lunch (FG1:4).", "P02": "Kept here."}


@pytest.fixture
def chart(study: Project, tmp_path: Path) -> Path:
    """A chart in which one summary was changed in both, one there and one here."""
    cases = [row.label for row in study.matrix.view().rows if row.case][:3]
    for case, text in zip(cases, TEXTS.values(), strict=False):
        study.matrix.set(case, "effort", text)
    path = tmp_path / "chart.csv"
    write_document(path, study.matrix.document(MatrixQuery()))
    content = path.read_text(encoding="utf-8")
    for old, new in (("were shared", "were told to all"), ("came for lunch", "came to eat")):
        assert old in content
        content = content.replace(old, new)
    path.write_text(content, encoding="utf-8")
    study.matrix.set(cases[0], "effort", "Mistakes were hidden (P01:2).")
    return path


async def opened(person: Person, study: Project, chart: Path) -> MatrixImportScreen:
    screen = MatrixImportScreen(study, chart)
    person.app.push_screen(screen)
    await person.wait_for(lambda: screen.is_mounted and bool(screen.query("#sides")) and screen.has_compared)
    await person.settle()
    return screen


def summaries(study: Project) -> set[str]:
    matrix = study.matrix.view()
    return {matrix.cell(row, column).summary for row in matrix.rows for column in matrix.columns} - {""}


async def test_conflicts_come_first_undecided_and_both_texts_have_their_changes_marked(
    study: Project, chart: Path
) -> None:
    async with at_work(study) as person:
        await opened(person, study, chart)
        assert "2 differences, 1 undecided" in person.words("#heading")
        assert person.options()[0].startswith("[  ?   ] ")
        assert person.options()[0].endswith("changed in both")
        assert person.options()[1].startswith("[theirs] ")
        assert "[-hidden-] (P01:2)." in person.words("#here-words")
        assert "{+told to all+} (P01:2)." in person.words("#there-words")
        assert person.screen.query_one(Horizontal).display


async def test_nothing_is_written_before_the_decisions_are_applied_and_one_undo_takes_all_back(
    study: Project, chart: Path
) -> None:
    before = summaries(study)
    async with at_work(study) as person:
        await opened(person, study, chart)
        await person.press("t")
        assert person.options()[0].startswith("[theirs] ")
        assert summaries(study) == before
        await person.press("ctrl+s")
        assert person.at != "MatrixImportScreen"
        assert any("2 cells written" in notice for notice in person.notices)
    assert {"Mistakes were told to all (P01:2).", "They came to eat (FG1:4)."} <= summaries(study)
    assert len(study.history.undo()) == 2
    assert summaries(study) == before


async def test_ours_keeps_the_text_here(study: Project, chart: Path) -> None:
    async with at_work(study) as person:
        await opened(person, study, chart)
        await person.press("o", "o", "ctrl+s")
        assert person.at != "MatrixImportScreen"
    assert "Mistakes were hidden (P01:2)." in summaries(study)
    assert "They came for lunch (FG1:4)." in summaries(study)


async def test_a_text_is_merged_by_hand(study: Project, chart: Path) -> None:
    async with at_work(study) as person:
        await opened(person, study, chart)
        await person.press("e")
        assert isinstance(person.screen, MergeScreen)
        area = person.screen.query_one(WordsArea)
        assert area.words == "Mistakes were told to all (P01:2)."
        await person.press("ctrl+o")
        assert area.words == "Mistakes were hidden (P01:2)."
        area.words = "Mistakes were hidden, then told (P01:2)."
        await person.press("ctrl+s")
        assert person.options()[0].startswith("[edited] ")
        await person.press("ctrl+s")
    assert "Mistakes were hidden, then told (P01:2)." in summaries(study)


async def test_applying_asks_about_what_is_undecided(study: Project, chart: Path) -> None:
    async with at_work(study) as person:
        await opened(person, study, chart)
        await person.press("ctrl+s")
        assert person.at == "ChooseScreen"
        await person.choose("Apply the other")
        assert person.at != "MatrixImportScreen"
    assert {"Mistakes were hidden (P01:2).", "They came to eat (FG1:4)."} <= summaries(study)


async def test_leaving_asks_before_decisions_are_lost(study: Project, chart: Path) -> None:
    before = summaries(study)
    async with at_work(study) as person:
        await opened(person, study, chart)
        await person.press("T", "escape")
        assert person.at == "ChooseScreen"
        await person.choose("Discard")
        assert person.at != "MatrixImportScreen"
    assert summaries(study) == before


async def test_a_cell_that_changed_meanwhile_is_compared_again(study: Project, chart: Path) -> None:
    async with at_work(study) as person:
        screen = await opened(person, study, chart)
        await person.press("t")
        case = next(row.label for row in study.matrix.view().rows if row.case)
        study.matrix.set(case, "effort", "Changed again (P01:2).")
        await person.press("ctrl+s")
        await person.wait_for(lambda: person.options()[0].startswith("[  ?   ] "))
        await person.press("up")
        assert person.screen is screen
        assert "again" in person.words("#here-words")
    assert "Changed again (P01:2)." in summaries(study)


async def test_a_file_that_is_no_chart_closes_the_screen_with_the_reason(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name;age\nx;3\n", encoding="utf-8")
    async with at_work(study) as person:
        person.app.push_screen(MatrixImportScreen(study, path))
        await person.wait_for(lambda: any("other.csv" in notice for notice in person.notices))
        assert person.at != "MatrixImportScreen"


async def test_without_differences_every_key_does_nothing_and_escape_goes_back(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "chart.csv"
    write_document(path, study.matrix.document(MatrixQuery()))
    async with at_work(study) as person:
        screen = await opened(person, study, path)
        assert "no differences" in person.words("#heading")
        await person.press("t", "o", "e", "T", "O", "n", "space", "ctrl+s")
        assert person.screen is screen
        await person.press("escape")
        assert person.screen is not screen


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_list_and_texts_are_in_sight_at_every_size(study: Project, chart: Path, size: tuple[int, int]) -> None:
    async with at_work(study, size=size) as person:
        screen = await opened(person, study, chart)
        assert screen.query_one(OptionList).region.height == 2
        for name in ("#here", "#there"):
            assert screen.query_one(name).region.height >= 4
            assert screen.query_one(name).region.width >= 28
        await person.press("e")
        assert person.screen.region.contains_region(person.screen.query_one(".dialog").region)
