from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.matrix import CellState, MatrixQuery
from fwanalysis.tui.charting.axes import Band, Tallies, axes_of
from fwanalysis.tui.charting.marks import in_words
from tests.tui.charting.chart_of import at_cell, chart, grid_of, painted
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code, place

if TYPE_CHECKING:
    from fwanalysis import Project

LONG = "Interest ebbed, and the talk went quiet. " * 12


def against(project: Project, source: str, quote: str, name: str) -> None:
    span = place(project, source, quote)
    project.codings.add(source, name, span.start, span.end, stance=Stance.AGAINST)


@pytest.fixture
def charted(study: Project) -> Project:
    """A cell of each state on the rows of persons: P01, P02, P03 by Effort and Emergent."""
    code(study, "P01", "Nobody wanted to stay outside.", "effort")
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", "Interest ebbed.", with_groups=True)
    code(study, "P01", "It was a long year.", "quiet")
    study.matrix.set("P02", "emergent", "", state=CellState.NOTHING_SAID, with_groups=True)
    study.matrix.set("P02", "effort", "Joined late.", state=CellState.NOT_APPLICABLE, with_groups=True)
    against(study, "FG1", "Some came for the lunch", "free-riding")
    study.matrix.set(
        "P03", "effort", "Came for lunch.", state=CellState.CHECKED, with_groups=True, disagreement="attends everything"
    )
    return study


async def test_every_state_has_a_mark_that_is_a_character(charted: Project) -> None:
    async with at_work(charted, "5", "r") as person:
        await person.choose("Persons, including")
        shown = chart(person)
    first = {(row, column): text.split("\n")[0] for row, cells in shown.items() for column, text in cells.items()}
    effort, emergent = "Effort of taking part", "Emergent"
    assert first["P01", effort] == "○ 1 segment"
    assert first["P01", emergent] == "! ✎ 2 segments"
    assert first["P02", emergent] == "∅ nothing said"
    assert first["P02", effort] == "n/a not applicable"
    assert first["P03", effort] == "✓ 1 segment ±1 ≠"
    assert first["P03", emergent] == "–"
    assert shown["P02"][effort].split("\n")[1] == "Joined late."


async def test_the_status_line_says_the_marks_in_words(charted: Project) -> None:
    async with at_work(charted, "5", "right") as person:
        words = "P01, Emergent: draft, out of date: 1 coding added; 2 segments"
        assert person.words("#where").strip() == words
        await person.press("r")
        await person.choose("Persons, including")
        await person.press("down", "down", "left")
        assert person.words("#where").strip() == (
            "P03, Effort of taking part: checked; 1 segment; 1 against; words and figures disagree"
        )


async def test_the_current_cell_is_marked_without_colour(charted: Project) -> None:
    async with at_work(charted, "5", "down", "right") as person:
        lines = painted(person)
        assert [line.count("▌") for line in lines[:7]] == [1, 0, 0, 0, 2, 1, 1]
        assert lines[4].startswith("▌FG1 group")


async def test_only_cells_in_sight_are_made(study: Project) -> None:
    for number in range(40):
        study.cases.set(f"Q{number:02}")
    for number in range(12):
        code(study, "P01", "Then it went quiet.", study.codebook.add(f"More {number}", parent="emergent").id)
    async with at_work(study, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("t")
        await person.choose("All codes")
        grid = grid_of(person)
        assert len(grid._cells) < 60
        assert len(study.matrix.view(MatrixQuery(rows="person", all_codes=True)).cells) > 500
        await person.press("ctrl+end", "end")
        assert at_cell(person)[0] == "Q39"
        assert "▌Q39" in "\n".join(painted(person))


async def test_rows_are_as_high_as_their_text_and_compact_again_with_one_key(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    study.matrix.set("P01", "emergent", LONG)
    async with at_work(study, "5", size=(100, 50)) as person:
        assert chart(person)["P01"]["Emergent"].endswith("…")
        await person.press("w")
        text = chart(person)["P01"]["Emergent"]
        assert " ".join(text.split("\n")[1:]) == LONG.strip()
        assert text.split("\n")[-1].strip() in "\n".join(painted(person))
        await person.press("w")
        assert chart(person)["P01"]["Emergent"].count("\n") == 2


async def test_the_reading_pane_shows_the_current_cell_in_full(charted: Project) -> None:
    charted.matrix.set("P01", "emergent", LONG)
    async with at_work(charted, "5", "right") as person:
        pane = person.screen.pane  # type: ignore[attr-defined]
        assert LONG.strip() in pane.text
        assert "(P01:4) “Then it went quiet.”" in pane.text
        await person.press("z")
        assert not pane.display
        await person.press("z", "tab")
        assert person.screen.focused is pane
        await person.press("down", "enter")
        assert person.at == "CodeScreen"


async def test_pinned_cases_stay_in_sight(study: Project) -> None:
    for number in range(30):
        study.cases.set(f"Q{number:02}")
    async with at_work(study, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("down", "p", "ctrl+end")
        assert at_cell(person)[0] == "Q29"
        lines = painted(person)
        assert lines[1].strip().startswith("P02")
        assert any(line.startswith("▌Q29") for line in lines)
        assert "pinned: P02" in person.words("#title")
        await person.press("ctrl+home", "p", "ctrl+end")
        assert "P02" not in "\n".join(painted(person))


async def test_heat_shows_a_bar_and_keeps_the_number(charted: Project) -> None:
    async with at_work(charted, "5", "h") as person:
        first = chart(person)["P01"]
        assert first["Emergent"].split("\n")[0] == "! ✎ 2 segments █"
        assert first["Effort of taking part"].split("\n")[0] == "○ 1 segment ▄"


async def test_a_transposed_chart_has_codes_in_rows(charted: Project) -> None:
    async with at_work(charted, "5", "right", "x") as person:
        assert list(chart(person)) == ["Effort of taking part", "Emergent"]
        assert at_cell(person) == ("Emergent", "P01")
        assert "all themes × cases" in person.words("#title")


def test_groups_have_headings_with_counts(charted: Project) -> None:
    matrix = charted.matrix.view(MatrixQuery(rows="person", group=("site",)))
    axes = axes_of(matrix)
    bands = [line for line in axes.lines if isinstance(line, Band)]
    assert [(band.label, len(band.keys)) for band in bands] == [("site: North", 1), ("site: South", 2)]
    effort, emergent = (column.key for column in axes.columns)
    assert str(Tallies(matrix).of(bands[1].keys, [effort])) == "1 segment, 2/2 charted"
    assert str(Tallies(matrix).of(bands[0].keys, [emergent])) == "2 segments, 1/1 charted"


def test_text_that_no_case_could_have_said_has_words_of_its_own(study: Project) -> None:
    silent = study.cases.set("Silent")
    matrix = study.matrix.view(MatrixQuery(rows="person"))
    assert in_words(matrix.cells[silent.id, matrix.columns[0].key]) == "no text"
