"""Stances and notes in the workbench: their keys, and the marks that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import DataTable

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.suggestions import SuggestionFilter
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code, place

if TYPE_CHECKING:
    from fwanalysis import Project

P01 = ("down", "down", "enter")
QUIET = "Then it went quiet."


def stances(project: Project) -> list[tuple[str, str]]:
    return [(item.stance.value, item.note) for item in project.codings.list()]


async def test_minus_changes_the_stance_of_the_coding_at_the_caret_in_a_cycle_and_u_undoes_it(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        for stance in ("against", "mixed", "for", "against"):
            await person.press("minus")
            assert stances(study) == [(stance, "")]
        assert "Going quiet (against)" in person.words("#here")
        await person.press("u")
        assert stances(study) == [("for", "")]
        assert "(against)" not in person.words("#here")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_stance_other_than_for_has_a_mark_in_the_margin(study: Project, size: tuple[int, int]) -> None:
    code(study, "P01", QUIET, "quiet")
    async with at_work(study, *P01, size=size) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)

        def line() -> str:
            caret = person.text._layout.line_at(person.text.caret)
            return person.text.render_line(caret - person.text.scroll_offset.y).text

        before = line()
        assert not {"−", "±"} & set(before)
        await person.press("minus")
        assert "−" in line()
        await person.press("minus")
        assert "±" in line()
        await person.press("minus")
        assert line() == before


async def test_minus_asks_which_where_several_codings_are(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    code(study, "P01", "it went", "paperwork")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("minus")
        await person.choose("Paperwork: “it went”")
    assert {item.code: item.stance for item in study.codings.list()} == {"Going quiet": "for", "Paperwork": "against"}


async def test_m_writes_a_note_on_the_coding_and_an_empty_note_removes_it(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("m")
        await person.write("ironic")
        await person.press("enter")
        assert stances(study) == [("for", "ironic")]
        assert "Going quiet: ironic" in person.words("#here")
        await person.press("m", "escape")
        assert stances(study) == [("for", "ironic")]
        await person.press("m", *["backspace"] * len("ironic"), "enter")
        assert stances(study) == [("for", "")]


async def test_without_a_coding_on_the_line_the_keys_say_so(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        for key in ("minus", "m"):
            await person.press(key)
            assert person.notices[-1] == "No coding is on this line."
        assert person.at == "CodeScreen"


async def test_minus_changes_the_stance_of_a_suggestion_before_it_is_accepted(study: Project) -> None:
    async with at_work(study, *P01, "n", "minus") as person:
        assert "(against)?" in person.words("#here")
        assert stances(study) == []
        await person.press("a")
        assert stances(study) == [("against", "")]
        await person.press("minus", "minus", "n", "N", "a")
    assert [stance for stance, _ in stances(study)] == ["against", "mixed"]


async def test_the_suggestions_view_shows_the_stance_and_minus_changes_it(study: Project) -> None:
    first, second, *_ = study.suggestions.list()
    async with at_work(study, "3") as person:
        table = person.screen.query_one(DataTable)
        assert table.get_row_at(0)[2] == "for"
        await person.press("minus", "minus")
        assert table.get_row_at(0)[2] == "mixed"
        assert f"{first.code}: mixed" in person.words("#words")
        await person.press("a", "minus")
        assert table.get_row_at(0)[2] == "against"
        await person.press("x")
    assert stances(study) == [("mixed", "")]
    rejected = study.suggestions.list(SuggestionFilter(ids=(second.id,)), state="rejected")
    assert [item.stance for item in rejected] == [Stance.FOR]


async def test_the_codebook_view_counts_by_stance(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    made = study.codings.list()[0].id
    study.codings.edit([made], stance=Stance.AGAINST)
    async with at_work(study, "4") as person:
        await person.press("slash")
        await person.write("quiet")
        await person.press("enter")
        assert "Codings: 1 against" in person.words("#code")
