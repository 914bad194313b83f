from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.corrections import correction_of, replace_text
from fwanalysis.tui.coding.screen import CodeScreen
from fwanalysis.tui.widgets.keyfooter import KeyFooter
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code, coded, open_study, place

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project

P01 = ("down", "down", "enter")
"""From the sources view to the interview."""


def correct(project: Project, index: int, words: str) -> None:
    """Give a turn of the interview other words."""
    transcript = project.sources.transcript("P01")
    correction = replace_text(correction_of(transcript), index, words)
    project.sources.correct("P01", correction, seen=transcript.revision.id)


async def test_a_sentence_is_coded_by_s_then_c_then_part_of_a_codes_name(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("s", "c")
        assert person.at == "FinderScreen"
        await person.write("free")
        await person.press("enter")
        assert person.at == "CodeScreen"
        assert "Coded: Free-riding  (u to undo)" in person.words("#here")
        assert person.selected == ""
    assert coded(study) == [("P01", "Free-riding", "Then it went quiet.")]
    assert study.codebook.show("free-riding").version.kind is CodeKind.SENSITIZING
    assert study.codings.list()[0].coder == "ana"


async def test_what_was_coded_is_said_below_the_text_until_the_caret_moves_or_it_is_undone(study: Project) -> None:
    async with at_work(study, *P01) as person:
        for key in ("right", "u"):
            person.text.go_to(place(study, "P01", "went quiet").start)
            await person.press("s", "c")
            await person.write("free")
            await person.press("enter")
            assert "Coded:" in person.words("#here")
            await person.press(key)
            assert "Coded:" not in person.words("#here")
            for item in study.codings.list():
                study.codings.remove([item.id])
            await person.settle()


async def test_a_coding_is_drawn_without_reading_what_it_cannot_have_changed(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read again for one coding")

    async with at_work(study, *P01) as person:
        for area, method in (
            (study.sources, "list"),
            (study.sources, "unanchored"),
            (study.sources, "transcript"),
            (study.suggestions, "of_source"),
            (study.codebook, "tree"),
        ):
            monkeypatch.setattr(area, method, refuse)
        span = place(study, "P01", "went quiet")
        study.codings.add("P01", "free-riding", span.start, span.end)
        await person.settle()
        assert person.text.marks_at(span.start)


async def test_the_footer_is_built_again_only_for_other_keys(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(study, *P01) as person:
        footer = person.screen.query_one(KeyFooter)
        before = list(footer.children)
        person.screen.refresh_bindings()
        await person.settle()
        assert list(footer.children) == before
        await person.press("n")
        assert list(footer.children) != before


async def test_c_without_a_selection_codes_the_sentence_at_the_caret(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("c")
        assert "Then it went quiet." in person.words("#passage")
        await person.write("paper")
        await person.press("enter")
    assert coded(study) == [("P01", "Paperwork", "Then it went quiet.")]


async def test_what_names_no_code_makes_a_new_emergent_one(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "It was a long year.").start)
        await person.press("s", "c")
        await person.write("Wearing out")
        await person.choose("New emergent code “Wearing out”")
    assert coded(study) == [("P01", "Wearing out", "It was a long year.")]
    made = study.codebook.show("wearing-out")
    assert made.version.kind is CodeKind.EMERGENT
    assert made.path == "emergent/wearing-out"


async def test_a_name_that_a_code_already_has_is_not_listed_as_new(study: Project) -> None:
    async with at_work(study, *P01, "c") as person:
        await person.write("paperwork")
        assert not any("New emergent code" in option for option in person.options())


async def test_the_finder_says_what_the_code_under_the_cursor_means(study: Project) -> None:
    async with at_work(study, *P01, "c") as person:
        await person.write("free")
        assert person.words("#meaning") == "Taking the good of the common work without a share in it."


async def test_the_finder_lists_the_codes_used_last_in_the_source_first(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "It was a long year.", "paperwork")
    async with at_work(study, *P01, "c") as person:
        first = [option.split("   ")[0] for option in person.options()[:2]]
    assert [name.lstrip("▌") for name in first] == ["Paperwork", "Going quiet"]


async def test_escape_in_the_finder_codes_nothing_and_keeps_the_selection(study: Project) -> None:
    async with at_work(study, *P01, "s", "c", "escape") as person:
        assert person.at == "CodeScreen"
        assert person.selected == "What made you join?"
    assert coded(study) == []


async def test_the_arrows_move_in_the_finder_while_one_types(study: Project) -> None:
    async with at_work(study, *P01, "c", "down", "down") as person:
        assert isinstance(person.screen.focused, Input)
        await person.press("enter")
    assert [name for _, name, _ in coded(study)] == ["Paperwork"]


async def test_shift_and_arrows_select_to_the_letter_and_so_it_is_coded(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "ent quiet").start)
        await person.press(*["shift+right"] * 5)
        assert person.selected == "ent q"
        assert "Selected 2 words: “ent q”" in person.words("#here")
        await person.press("c")
        await person.write("going")
        await person.press("enter")
    assert coded(study) == [("P01", "Going quiet", "ent q")]


async def test_a_passage_coded_so_already_is_refused_with_a_sentence(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01) as person:
        person.text.select(place(study, "P01", "Then it went quiet."))
        await person.press("c")
        await person.write("going")
        await person.press("enter")
        assert person.notices[-1] == "This segment is already coded Going quiet"
        assert person.selected == "Then it went quiet."
    assert len(coded(study)) == 1


async def test_the_lines_below_say_where_the_caret_is_and_what_is_coded_there(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.settle()
        here = person.words("#here")
    assert "P01  turn 4 of 4  P01 (participant)" in here
    assert "Going quiet  (- stance, m note, d remove)" in here


async def test_d_removes_the_coding_at_the_caret(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "It was a long year.", "paperwork")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("d")
        assert person.notices[-1] == "Removed: Going quiet  (u to undo)"
    assert coded(study) == [("P01", "Paperwork", "It was a long year.")]


async def test_d_asks_which_where_several_codings_are(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "it went", "paperwork")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("d")
        assert len(person.options()) == 2
        await person.choose("Paperwork: “it went”")
    assert coded(study) == [("P01", "Going quiet", "Then it went quiet.")]


async def test_escape_removes_none_of_several(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "it went", "paperwork")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("d", "escape")
    assert len(coded(study)) == 2


async def test_d_removes_what_is_on_the_line_of_the_caret_if_nothing_is_at_the_caret(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "told each other").start)
        await person.press("d")
        assert person.notices[-1] == "Removed: Going quiet  (u to undo)"
    assert coded(study) == []


async def test_d_leaves_the_codings_of_other_lines(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "And later?").start)
        await person.press("d")
        assert person.notices[-1] == "No coding is on this line."
    assert len(coded(study)) == 1


async def test_words_that_are_no_participants_are_coded_with_a_word_of_where_they_go(study: Project) -> None:
    async with at_work(study, *P01, "c", "enter") as person:
        assert "not attributed to a participant" in person.notices[-1]
    assert [words for _, _, words in coded(study)] == ["What made you join?"]


async def test_u_undoes_and_ctrl_r_does_again_and_both_say_what(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "went quiet").start)
        await person.press("c")
        await person.write("going")
        await person.press("enter", "u")
        assert person.notices[-1] == "Undone: code P01 Going quiet: “Then it went quiet.”"
        assert coded(study) == []
        await person.press("ctrl+r")
        assert person.notices[-1] == "Redone: code P01 Going quiet: “Then it went quiet.”"
    assert len(coded(study)) == 1


async def test_one_undo_takes_back_a_coding_with_the_code_that_was_made_for_it(study: Project) -> None:
    async with at_work(study, *P01, "s", "c") as person:
        await person.write("Wearing out")
        await person.choose("New emergent code")
        await person.press("u")
        assert person.notices[-1] == "Undone: code P01 Wearing out: “What made you join?”; add code Wearing out"
        assert coded(study) == []
        assert all(entry.name != "Wearing out" for entry in study.codebook.tree().entries)
        await person.press("ctrl+r")
    assert [name for _, name, _ in coded(study)] == ["Wearing out"]


@pytest.mark.parametrize(("files", "more"), [(2, ""), (5, " and 2 more")])
async def test_undo_names_the_first_three_changes_of_a_step(
    study: Project, tmp_path: Path, files: int, more: str
) -> None:
    paths = [tmp_path / f"Q{number}.txt" for number in range(files)]
    for path in paths:
        path.write_text(f"Ola: My name for this is {path.stem}.\n", encoding="utf-8")
    list(study.sources.import_files(paths))
    labels = [event.label for event in study.history.list(limit=files)]
    async with at_work(study, "u") as person:
        assert person.notices[-1] == f"Undone: {'; '.join(labels[:3])}{more}"


async def test_a_notice_says_when_nothing_is_left_to_undo(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01, "u", "u") as person:
        assert person.notices[-1] == "Nothing to undo"


async def test_a_notice_says_when_there_is_nothing_to_redo(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01, "ctrl+r") as person:
        assert person.notices[-1] == "Nothing to redo"
    assert len(coded(study)) == 1


async def test_no_coder_undoes_what_another_did(study: Project) -> None:
    with open_study(study.path, coder="ben") as bens:
        code(bens, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01, "u") as person:
        assert "no steps to undo" in person.notices[-1]
    assert len(coded(study)) == 1


async def test_what_another_program_changed_is_shown_when_the_window_gets_the_focus(study: Project) -> None:
    async with at_work(study, *P01) as person:
        with open_study(study.path, coder="ben") as bens:
            code(bens, "P01", "Nobody wanted to stay outside.", "quiet")
        at = place(study, "P01", "Nobody wanted").start
        assert not any(mark.name == "Going quiet" for mark in person.text.marks_at(at))
        await person.come_back()
        assert any(mark.name == "Going quiet" for mark in person.text.marks_at(at))
        await person.press("1")
        assert person.rows()[2][3] == "1"


async def test_where_there_is_room_the_tree_of_codes_stands_beside_the_text_and_codes_what_is_selected(
    study: Project,
) -> None:
    async with at_work(study, *P01, size=(130, 30)) as person:
        person.text.select(place(study, "P01", "Then it went quiet."))
        await person.press("tab", "down", "down", "enter")
        assert person.text.has_focus
    assert [words for _, _, words in coded(study)] == ["Then it went quiet."]


async def test_a_code_chosen_in_the_tree_without_a_selection_says_what_to_do(study: Project) -> None:
    async with at_work(study, *P01, "tab", "down", "enter", size=(130, 30)) as person:
        assert person.notices[-1] == "Select a passage first, with s or shift and the arrow keys."
    assert coded(study) == []


async def test_where_there_is_no_room_the_tree_of_codes_takes_the_texts_place_until_a_code_is_chosen(
    study: Project,
) -> None:
    async with at_work(study, *P01) as person:
        person.text.select(place(study, "P01", "Then it went quiet."))
        await person.press("tab")
        assert not person.text.is_on_screen
        await person.press("home", "down", "enter")
        assert person.text.has_focus
        assert person.text.is_on_screen
    assert coded(study) == [("P01", "Free-riding", "Then it went quiet.")]


async def test_a_click_on_a_stripe_selects_the_coded_words(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, *P01) as person:
        from fwanalysis.tui.transcript.messages import MarkActivated

        marks = person.text.marks_at(place(study, "P01", "went quiet").start)
        person.text.post_message(MarkActivated(tuple(mark.id for mark in marks), person.text))
        await person.settle()
        assert person.selected == "Then it went quiet."


async def test_an_undone_correction_is_drawn_once_and_the_caret_stays_in_the_present_suggestion(
    study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(study, 0, "So what was it that made you join them?")
    drawn: list[str] = []
    redraw = CodeScreen.redraw

    def drawing(view: CodeScreen) -> None:
        drawn.append("once")
        redraw(view)

    monkeypatch.setattr(CodeScreen, "redraw", drawing)
    async with at_work(study, *P01, "n") as person:
        for key in ("u", "ctrl+r"):
            drawn.clear()
            await person.press(key)
            assert drawn == ["once"]
            assert person.words("#here").endswith("┆ Paperwork? 0.05  “form”  (- stance)")
            assert person.caret_before("The form took")
            assert "Accept" in person.footer.values()


async def test_of_two_suggestions_on_the_same_words_the_present_one_stays_when_a_correction_is_undone(
    study: Project,
) -> None:
    correct(study, 1, "Some sites never sent the form.")
    list(study.suggestions.run())
    correct(study, 0, "So what was it that made you join them?")
    async with at_work(study, *P01, "n") as person:
        first = person.words("#here").split("\n")[1]
        await person.press("n")
        assert person.caret_before("Some sites never sent the form.")
        second = person.words("#here").split("\n")[1]
        assert second != first
        await person.press("u")
        assert person.words("#here").split("\n")[1] == second
        await person.press("N")
        assert person.words("#here").split("\n")[1] == first


async def test_a_present_suggestion_that_ends_with_a_correction_leaves_none_and_nothing_to_accept(
    study: Project,
) -> None:
    async with at_work(study, *P01, "n") as person:
        assert "Accept" in person.footer.values()
        correct(study, 1, "Nobody wanted to stay outside. It took one afternoon. It was short.")
        await person.settle()
        assert "Accept" not in person.footer.values()
        await person.press("u")
        assert "3 pending" in person.words("#here")
