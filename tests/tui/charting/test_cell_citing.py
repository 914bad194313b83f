"""Citing in a cell: inserting references and quotations, following them, findings, and context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import OptionList

from fwanalysis.tui.charting.cell_screen import CellScreen
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from fwanalysis import Project

CELL = ("5", "right", "enter")
"""From the sources view to the cell P01 × Emergent."""


@pytest.fixture
def quiet(study: Project) -> Project:
    """The study with two codings in the cell P01 × Emergent."""
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "Nobody wanted to stay outside.", "mistakes")
    return study


def cell(person: Person) -> CellScreen:
    assert isinstance(person.screen, CellScreen)
    return person.screen


async def check(person: Person) -> list[str]:
    """Wait until the text is checked; returns the findings."""
    screen = cell(person)
    screen.check_now()
    await person.settle()
    listed = screen.query_one("#findings", OptionList)
    return [str(option.prompt) for option in listed.options]


def listed_at(person: Person) -> str:
    """The first line of the highlighted passage."""
    option = cell(person).evidence.highlighted_option
    return str(option.prompt).split("\n")[0] if option else ""


async def test_f4_inserts_the_reference_of_the_highlighted_passage_with_spaces_where_needed(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Joined")
        await person.press("f4")
        await person.write(", later quiet")
        await person.press("ctrl+down", "f4")
        await person.write(".")
        assert cell(person).text == "Joined (P01:2), later quiet (P01:4)."
        assert cell(person).area.has_focus


@pytest.mark.parametrize("marks", ["*", "!", "*!", "!*"])
async def test_f4_after_the_marks_of_a_reference_keeps_them_with_it(quiet: Project, marks: str) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write(f"Joined {marks}")
        await person.press("f4")
        assert cell(person).text == f"Joined {marks}(P01:2)"
        reference = cell(person).area.summary.references[0]
        assert (reference.quotable, reference.contradicts) == ("*" in marks, "!" in marks)


async def test_f4_inserts_after_words_that_were_typed_just_before_it(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        for event in (events.Paste("Joined "), events.Key("f4", None), events.Paste(", later quiet "),
                      events.Key("ctrl+down", None), events.Key("f4", None)):  # fmt: skip
            person.app.post_message(event)  # the next one does not wait until the one before is handled
        await person.settle()
        assert cell(person).text == "Joined (P01:2), later quiet (P01:4)"


async def test_f4_after_an_exclamation_mark_that_ends_a_sentence_inserts_a_space(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Joined!")
        await person.press("f4")
        assert cell(person).text == "Joined! (P01:2)"


async def test_f5_inserts_the_quotation_with_its_reference(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "tab", "down", "f5") as person:
        assert cell(person).text == "“Then it went quiet.” (P01:4)"
        assert [line for line in await check(person) if line.startswith("error")] == []


async def test_a_quotation_over_several_turns_has_no_speaker_labels_and_no_words_of_the_interviewer(
    study: Project,
) -> None:
    text = study.sources.text("FG1")
    start, end = text.index("Some came"), text.index("at first.") + len("at first.")
    study.codings.add("FG1", "quiet", start, end)
    async with at_work(study, "5", "down", "right", "enter", "f5") as person:
        assert cell(person).text == (
            "“Some came for the lunch and got something for nothing.” “It did at first.” (FG1:4–6)"
        )
        assert [line for line in await check(person) if line.startswith("error")] == []


async def test_where_only_the_summary_is_shown_a_list_of_passages_is_offered(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "ctrl+l", "f4") as person:
        assert person.at == "PickScreen"
        await person.choose("(P01:4)")
        assert cell(person).text == "(P01:4)"


async def test_one_side_at_a_time_follows_the_focus(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "ctrl+l") as person:
        sides = [person.screen.query_one(name) for name in ("#evidence-side", "#summary-side")]
        assert [bool(side.region.area) for side in sides] == [False, True]
        await person.press("tab")
        assert [bool(side.region.area) for side in sides] == [True, False]
        await person.press("ctrl+l")
        assert [bool(side.region.area) for side in sides] == [True, True]


async def test_passages_are_marked_as_cited_or_not(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        assert not any("cited" in option for option in person.options())
        await person.write("Quiet (P01:4).")
        await check(person)
        assert ["not cited" in option for option in person.options()] == [True, False]


async def test_a_reference_is_followed_to_its_passage_and_back(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Quiet (P01:4). And more")
        await check(person)
        await person.press("home", *["right"] * 9, "ctrl+g")
        assert cell(person).evidence.has_focus
        assert listed_at(person) == "(P01:4)"
        await person.press("ctrl+g")
        assert cell(person).area.has_focus
        assert cell(person).area.cursor == len("Quiet (")


async def test_a_reference_to_a_turn_without_a_coding_shows_the_turn(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Asked (P01:3)")
        await person.press("left", "ctrl+g")
        assert listed_at(person) == "(P01:3) cited, not coded with this code"
        assert "And later?" in person.options()[-1]


async def test_a_reference_to_nothing_and_an_uncited_passage_are_reported(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("x (P01:99)")
        await person.press("left", "ctrl+g")
        assert person.notices[-1] == "(P01:99) refers to nothing that exists."
        await person.press("tab", "ctrl+g")
        assert person.notices[-1] == "The summary does not cite (P01:2)."


async def test_findings_are_listed_in_words_and_f9_goes_from_one_to_the_next(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("He said “it went loud” (P01:4). So there (P01:99).")
        found = await check(person)
        assert [line.split(":")[0] for line in found] == ["error", "error", "note"]
        assert found[2] == "note: The evidence (P01:2) is not cited."
        assert "2 errors, 1 note" in person.words("#summary-title")
        text = cell(person).area.words
        await person.press("f9")
        assert text[cell(person).area.cursor :].startswith("“it went loud”")
        await person.press("f9")
        assert text[cell(person).area.cursor :].startswith("P01:99")
        await person.press("f9")
        assert listed_at(person) == "(P01:2)"


async def test_the_text_is_checked_soon_after_the_last_key(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("No reference.")
        await person.wait_for(lambda: bool(cell(person).findings))


async def test_a_cited_turn_without_a_coding_is_coded_with_one_key(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Long (P01:4), and (P01/FG1:2).")
        assert any("cited but not coded" in line for line in await check(person))
        await person.press("ctrl+o")
        coded = [(item.code, item.source, item.quote) for item in quiet.codings.list(source="FG1")]
        assert coded == [("Emergent", "FG1", "We brought our mistakes along. That was new.")]


async def test_more_context_shows_the_turns_before_and_after(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        assert "INT: And later?" not in person.options()[1]
        await person.press("ctrl+t")
        assert "INT: And later?" in person.options()[1]
        await person.press("ctrl+t")
        assert "INT: And later?" not in person.options()[1]


async def test_who_raised_and_who_agreed_is_inserted_in_the_cell_of_a_group(study: Project) -> None:
    code(study, "FG1", "I filled in the spreadsheet alone", "quiet")
    code(study, "FG1", "Some came for the lunch", "quiet")
    async with at_work(study, "5", "down", "right", "enter", "f10") as person:
        assert cell(person).text == "[R: raised by P02; agreed: P03; silent: P01]"


async def test_quotations_references_comments_and_findings_are_styled(quiet: Project) -> None:
    async with at_work(quiet, *CELL) as person:
        await person.write("Says “it went loud” (P01:4) [R: ask]")
        await check(person)
        line = cell(person).area.get_line(0)
        styled = {line.plain[span.start : span.end]: str(span.style) for span in line.spans}
        assert "bold" in styled["(P01:4)"]
        assert "italic" in styled["[R: ask]"]
        assert "underline" in styled["“it went loud”"]


async def test_help_is_shown_by_f1_everywhere_and_by_a_question_mark_outside_the_summary(quiet: Project) -> None:
    async with at_work(quiet, *CELL, "f1") as person:
        assert person.at == "HelpScreen"
        await person.press("escape")
        await person.write("?")
        assert cell(person).text == "?"
        await person.press("tab")
        person.app.post_message(events.Key("question_mark", "?"))
        await person.settle()
        assert person.at == "HelpScreen"
        await person.press("escape")
        assert cell(person).text == "?"
