from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.corrections import correction_of, replace_text
from fwanalysis.domain.matrix import CellState
from fwanalysis.tui.app import Workbench
from tests.tui.charting.chart_of import chart
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


@pytest.fixture
def adrift(quiet: Project) -> Project:
    """The study with one coding in the cell P01 × Emergent, whose words a correction took away."""
    transcript = quiet.sources.transcript("P01")
    correction = replace_text(correction_of(transcript), 3, "We told each other about our mistakes.")
    quiet.sources.correct("P01", correction, seen=transcript.revision.id)
    assert len(quiet.sources.unanchored("P01")) == 1
    return quiet


def written(project: Project) -> Cell | None:
    return project.matrix.cell("P01", "emergent").cell


def summary(person: Person) -> TextArea:
    return person.screen.query_one(TextArea)


def evidence(person: Person) -> list[list[str]]:
    return [option.rstrip("\n").split("\n") for option in person.options()]


async def test_a_cell_shows_its_evidence_with_references_codes_and_words(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        assert person.at == "CellScreen"
        heading = [" P01  ×  Emergent", " role: nurse · site: North", " not charted"]
        assert person.words("#heading").split("\n") == heading
        assert person.words("#evidence-title") == "Evidence: 1 segment"
        words = "Then it went quiet. We told each other about our mistakes, which helped. It was a long year."
        assert evidence(person) == [["(P01:4)", "Going quiet · + for · ana", words]]


async def test_what_a_person_said_in_a_group_is_referred_to_as_of_that_group(quiet: Project) -> None:
    code(quiet, "FG1", "We brought our mistakes along.", "mistakes")
    async with at_work(quiet, "5", "r") as person:
        await person.choose("Persons, including")
        await person.press("right", "enter")
        assert [lines[0] for lines in evidence(person)] == ["(P01:4)", "(P01/FG1:2)"]
        await person.write("Both (P01:4).")
        await person.press("ctrl+s")
    cell = written(quiet)
    assert cell is not None
    assert (cell.basis.with_groups, len(cell.basis.codings)) == (True, 2)


async def test_ctrl_s_saves_the_summary_on_the_evidence_there_is(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Interest ebbed.")
        await person.press("ctrl+s")
        assert person.notices[-1].startswith("Saved")
        assert "based on 1 coding, up to date" in person.words("#heading")
        await person.press("escape")
        assert person.at == "MatrixScreen"
    cell = written(quiet)
    assert cell is not None
    assert (cell.state, cell.summary, len(cell.basis.codings)) == (CellState.DRAFT, "Interest ebbed.", 1)


async def test_an_empty_summary_is_refused_with_what_to_do_instead(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "ctrl+s") as person:
        assert person.notices[-1].startswith("The summary is empty. If the case said nothing, press F7.")
    assert written(quiet) is None


async def test_f7_charts_that_nothing_was_said(study: Project) -> None:
    async with at_work(study, *CELL, "f7") as person:
        assert "charted, nothing said" in person.words("#heading")
    cell = written(study)
    assert cell is not None
    assert cell.state is CellState.NOTHING_SAID


async def test_a_cell_whose_only_coding_is_unanchored_says_so(adrift: Project) -> None:
    async with at_work(adrift, "5") as person:
        assert "?1 unanchored" in chart(person)["P01"]["Emergent"]
        await person.press("right", "enter")
        assert "no evidence in the present text" in person.words("#heading")
        assert person.options() == [
            "! 1 unanchored coding (F8 in the Code view, or “fwa source unanchored”)",
        ]


async def test_a_cell_shows_beside_its_evidence_that_another_coding_is_unanchored(adrift: Project) -> None:
    code(adrift, "P01", "We told each other about our mistakes.", "mistakes")
    async with at_work(adrift, *CELL) as person:
        told = person.options()
        assert len(told) == 2
        assert told[0].startswith("(P01:4)\nSharing mistakes")
        assert told[1].startswith("! 1 unanchored coding")


async def test_f7_asks_first_if_a_coding_of_the_cell_is_unanchored(adrift: Project) -> None:
    async with at_work(adrift, *CELL, "f7") as person:
        assert person.words(".question") == "1 unanchored coding in this cell."
        await person.choose("Leave the cell")
        assert written(adrift) is None
        await person.press("f7")
        await person.choose("nothing said")
        assert person.at == "CellScreen"
    cell = written(adrift)
    assert cell is not None
    assert cell.state is CellState.NOTHING_SAID


async def test_f7_asks_first_what_it_would_contradict_and_throw_away(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Interest ebbed.")
        await person.press("f7")
        question = "1 coded segment in this cell.\nYour text that is not saved is discarded."
        assert person.words(".question") == question
        await person.choose("Leave the cell")
        assert summary(person).text == "Interest ebbed."
        assert written(quiet) is None
        await person.press("f7")
        await person.choose("Save “nothing said”")
        assert summary(person).text == ""
    cell = written(quiet)
    assert cell is not None
    assert cell.state is CellState.NOTHING_SAID


@pytest.mark.parametrize("key", ["f7", "f8"])
async def test_nothing_said_and_not_applicable_name_the_summary_that_they_replace(quiet: Project, key: str) -> None:
    with open_study(quiet.path, coder="ben") as bens:
        bens.matrix.set("P01", "emergent", "Interest ebbed.")
    async with at_work(quiet, *CELL, key) as person:
        question = person.words(".question")
        assert question.startswith("1 coded segment in this cell.\nThis replaces ben’s summary of ")
        assert question.endswith(": “Interest ebbed.”")
        await person.press("escape")
    cell = written(quiet)
    assert cell is not None
    assert cell.summary == "Interest ebbed."


async def test_f8_charts_that_a_theme_cannot_apply_and_why(study: Project) -> None:
    async with at_work(study, *CELL, "f8") as person:
        await person.write("Joined last week")
        await person.press("enter")
        assert "not applicable" in person.words("#heading")
    cell = written(study)
    assert cell is not None
    assert (cell.state, cell.summary) == (CellState.NOT_APPLICABLE, "Joined last week")


async def test_saving_an_emptied_summary_clears_the_cell(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Bye")
    async with at_work(quiet, *CELL, *["backspace"] * 3, "ctrl+s") as person:
        assert "not charted" in person.words("#heading")
    assert written(quiet) is None


async def test_leaving_with_words_that_are_not_saved_asks_first(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.press("escape")
        assert person.at == "ChooseScreen"
        await person.choose("Keep editing")
        assert person.at == "CellScreen"
        assert summary(person).text == "Ebbed"
        await person.press("escape")
        await person.choose("Discard")
        assert person.at == "MatrixScreen"
    assert written(quiet) is None


async def test_leaving_can_save_what_was_written(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.press("escape")
        await person.choose("Save")
        assert person.at == "MatrixScreen"
    cell = written(quiet)
    assert cell is not None
    assert cell.summary == "Ebbed"


async def test_quitting_with_words_that_are_not_saved_asks_first(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.press("ctrl+q")
        assert person.at == "ChooseScreen"
        await person.choose("Keep editing")
        assert summary(person).text == "Ebbed"


async def test_leaving_what_is_saved_does_not_ask(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Ebbed")
    async with at_work(quiet, *CELL, "escape") as person:
        assert person.at == "MatrixScreen"


async def test_a_cell_whose_evidence_has_grown_is_out_of_date_until_it_is_saved_again(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Interest ebbed.")
    code(quiet, "P01", "It was a long year.", "quiet")
    async with at_work(quiet, "5") as person:
        assert "! 1 out of date" in person.words("#title")
        await person.press("right", "enter")
        assert "! out of date: 1 coding added since it was saved" in person.words("#heading")
        await person.write(" It was long.")
        await person.press("ctrl+s")
        assert "based on 2 codings, up to date" in person.words("#heading")


async def test_a_cell_that_becomes_out_of_date_while_open_keeps_the_text_being_written(quiet: Project) -> None:
    quiet.matrix.set("P01", "emergent", "Interest")
    async with at_work(quiet, *CELL) as person:
        await person.write(" ebbed")
        with open_study(quiet.path, coder="ben") as bens:
            code(bens, "P01", "It was a long year.", "quiet")
        await person.come_back()
        assert "! out of date: 1 coding added" in person.words("#heading")
        assert len(evidence(person)) == 2
        assert summary(person).text == "Interest ebbed"


async def test_a_cell_whose_code_is_gone_is_left_with_a_word_of_why(study: Project) -> None:
    study.codebook.add("Aside", kind=CodeKind.SENSITIZING)
    async with at_work(study, "5", "right", "right", "enter") as person:
        with open_study(study.path) as elsewhere:
            elsewhere.history.undo()
        await person.come_back()
        assert person.at == "MatrixScreen"
        assert "The case or the code of this cell no longer exists." in person.notices


async def test_letters_typed_beside_the_evidence_go_into_the_summary(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "tab", "u") as person:
        assert summary(person).text == "u"
        assert len(quiet.codings.list()) == 1


async def test_enter_on_evidence_shows_the_passage_in_its_text(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "tab", "enter") as person:
        assert person.at == "CodeScreen"
        assert person.reading == "P01"
        assert person.caret_before("Then it went quiet.")
        await person.press("5")
        assert person.at == "MatrixScreen"


async def test_enter_on_evidence_asks_to_save_first_what_is_not_saved(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Ebbed")
        await person.press("tab", "enter")
        assert person.at == "CellScreen"
        assert person.notices[-1].startswith("Save the summary first")


async def test_a_row_that_is_no_case_can_be_read_but_not_written(study: Project) -> None:
    code(study, "newsletter", "All sites have now joined.", "paperwork")
    async with at_work(study, "5", "down", "down", "enter") as person:
        assert [lines[0] for lines in evidence(person)] == ["(newsletter: line 3)"]
        assert person.words("#summary-title") == "This row is not a case, so it has no summary"
        await person.press("tab")
        await person.write("Mine")
        assert summary(person).text == ""
        await person.press("ctrl+s", "f7")
        assert set(person.notices) == {"This row is not a case, so it has no summary."}
        await person.press("escape")
        assert person.at == "MatrixScreen"


async def test_digits_and_letters_in_a_summary_are_words_and_not_keys(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("In 2 of 5 u")
        assert person.at == "CellScreen"
        assert summary(person).text == "In 2 of 5 u"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_notification_covers_neither_the_summary_nor_the_line_above_it(
    quiet: Project, size: tuple[int, int]
) -> None:
    app = Workbench(quiet)
    async with app.run_test(size=size, notifications=True) as pilot:
        person = Person(app, pilot)
        await person.press(*CELL)
        await person.write("Ebbed (P01:4).")
        await person.press("f3")
        (toast,) = person.screen.query("Toast")
        assert toast.region.height
        assert toast.region.bottom <= person.screen.query_one("#summary-title").region.y
