from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets._footer import FooterKey

from fwanalysis.domain.corrections import correction_of, relabel, replace_text
from fwanalysis.tui.correcting.diff import differing
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, open_study, place

if TYPE_CHECKING:
    from fwanalysis import Project

AT_DESK = ("down", "down", "enter")
SLIPS = ("Then it went very quiet. We told each other about our mistakes, which helped.", "Nobody wanted to stay out.")


@pytest.fixture
def slipped(study: Project) -> Project:
    """The study, corrected by ben, so that two coded passages have a likely place, and one is lost."""
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "Nobody wanted to stay outside.", "free-riding")
    code(study, "P01", "It was a long year.", "quiet")
    with open_study(study.path, coder="ben") as bens:
        transcript = bens.sources.transcript("P01")
        correction = replace_text(correction_of(transcript), 3, SLIPS[0])
        words = transcript.turns[1].span.of(transcript.text).replace("stay outside.", "stay out.")
        bens.sources.correct("P01", replace_text(correction, 1, words), seen=transcript.revision.id)
    return study


def waiting(project: Project) -> list[str]:
    return [item.old_quote for item in project.sources.unanchored("P01")]


def under_cursor(person: Person) -> str:
    listed = person.screen.query_one(OptionList)
    assert listed.highlighted is not None
    return str(listed.get_option_at_index(listed.highlighted).prompt)


async def test_the_view_shows_how_many_segments_are_unanchored_and_f_lists_them(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK) as person:
        assert "! 3 unanchored (F)" in person.words("#here")
        await person.press("F")
        assert person.at == "UnanchoredScreen"
        assert person.words("#heading").startswith(" P01  3 unanchored segments")
        assert [option.split("  ")[1] for option in person.options()] == [
            "Free-riding (ana)",
            "Going quiet (ana)",
            "Going quiet (ana)",
        ]
        await person.press("escape")
        assert person.at == "CodeScreen"


@pytest.mark.parametrize("key", ["F", "f8"])
async def test_where_all_segments_are_anchored_f_and_f8_say_so(study: Project, key: str) -> None:
    async with at_work(study, *AT_DESK) as person:
        assert "unanchored" not in person.words("#here")
        await person.press(key)
        assert person.at == "CodeScreen"
        assert person.notices == ["No unanchored codings in this source."]


async def test_f8_lists_the_unanchored_segments_in_the_view_as_in_the_edit_screen(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "f8") as person:
        assert person.at == "UnanchoredScreen"


async def test_old_and_new_text_are_side_by_side_with_differences_marked(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "n") as person:
        assert "Then it went quiet." in person.words("#before-words")
        assert "Going quiet (ana)" in person.words("#before-words")
        assert "Then it went {+very+} quiet." in person.words("#now-words")
        assert "We told each other" in person.words("#now-words")
        assert str(person.screen.query_one("#before").border_title) == "Before, in revision 1"
        assert str(person.screen.query_one("#now").border_title).endswith("% similar")


async def test_a_accepts_and_shows_the_next_and_u_undoes_it(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "a") as person:
        assert waiting(slipped) == ["Then it went quiet.", "It was a long year."]
        assert "Then it went quiet." in under_cursor(person)
        await person.press("u")
        assert len(waiting(slipped)) == 3
        await person.press("ctrl+r")
        assert len(waiting(slipped)) == 2
    assert [item.quote for item in slipped.codings.list()] == ["Nobody wanted to stay out."]


async def test_capital_a_reanchors_all_certain_matches_as_one_step_after_showing_the_lowest_similarity(
    slipped: Project,
) -> None:
    async with at_work(slipped, *AT_DESK, "F", "A") as person:
        asked = person.words(".question")
        assert asked.startswith("Re-anchor 1 segment whose best match is at least 90 % similar?")
        assert (
            "Lowest similarity (93 %):\nwas “Nobody wanted to stay outside.”\nnow “Nobody wanted to stay out.”" in asked
        )
        await person.press("escape")
        assert len(waiting(slipped)) == 3
        await person.press("A", "enter")
        assert person.notices[-1] == "Re-anchored 1 segment  (u to undo)"
        assert waiting(slipped) == ["Then it went quiet.", "It was a long year."]
        assert "A" not in person.footer
        await person.press("escape", "u")
        assert len(waiting(slipped)) == 3


async def test_x_leaves_one_unanchored_and_goes_to_the_next(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "x") as person:
        assert "Then it went quiet." in under_cursor(person)
        await person.press("x", "x")
        assert "Unanchored segments stay listed here" in person.notices[-1]
    assert len(waiting(slipped)) == 3


async def test_p_places_one_by_hand_on_what_is_selected_in_the_text(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "n", "n", "p") as person:
        assert person.at == "PlacePassageScreen"
        assert "“It was a long year.”" in person.words("#heading")
        await person.press("enter")
        assert person.notices[-1].startswith("Select the words first")
        person.text.go_to(slipped.sources.text("P01").index("We told each other"))
        await person.press("s", "enter")
        assert person.at == "UnanchoredScreen"
    assert [item.quote for item in slipped.codings.list()] == ["We told each other about our mistakes, which helped."]


async def test_selecting_in_the_text_begins_at_the_best_match(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "p") as person:
        await person.wait_for(lambda: person.selected != "")
        assert person.selected == "Nobody wanted to stay out."
        await person.press("escape", "escape")
        assert person.at == "UnanchoredScreen"


async def test_a_reattribution_is_shown_before_and_after_reanchoring(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    transcript = study.sources.transcript("P01")
    correction = relabel(replace_text(correction_of(transcript), 3, SLIPS[0]), 3, "INT")
    study.sources.correct("P01", correction, seen=transcript.revision.id)
    async with at_work(study, *AT_DESK, "F") as person:
        assert "reattributed from P01 to no case" in person.words("#now-words")
        await person.press("a")
        assert person.notices[-1] == "Re-anchored  (u to undo)\nreattributed from P01 to no case"
        await person.press("u", "p")
        await person.wait_for(lambda: person.selected != "")
        person.text.select(place(study, "P01", "The form took one afternoon."))
        await person.press("enter")
        assert person.notices[-1] == "Re-anchored  (u to undo)"


async def test_enter_shows_in_the_text_where_one_may_be(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "n", "enter") as person:
        assert person.at == "CodeScreen"
        assert person.caret_before("Then it went very quiet.")


async def test_enter_shows_the_text_from_under_the_edit_mode_too(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "E", "f8", "n", "enter") as person:
        assert person.at == "CodeScreen"
        assert person.caret_before("Then it went very quiet.")


async def test_when_every_segment_is_anchored_again_the_list_says_so_and_stays(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "A", "enter", "a", "p") as person:
        await person.press("s", "enter")
        assert waiting(slipped) == []
        assert person.at == "UnanchoredScreen"
        assert person.words("#heading") == " No unanchored segments. esc goes back."
        assert not {"a", "A", "p", "x"} & person.footer.keys()
        await person.press("a", "x", "p", "n", "u")
        assert person.words("#heading").startswith(" P01  1 unanchored segment")
        assert person.words("#now-words").startswith("Not found: ")
        await person.press("ctrl+r", "escape")
        assert person.at == "CodeScreen"
        assert "unanchored" not in person.words("#here")


async def test_an_undo_by_who_corrected_empties_the_list(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F") as person:
        with open_study(slipped.path, coder="ben") as bens:
            bens.history.undo()
        await person.come_back()
        assert "No unanchored segments" in person.words("#heading")
        await person.press("escape")
        assert person.at == "CodeScreen"
    assert len(slipped.codings.list()) == 3


async def test_the_list_behind_a_screen_over_it_is_empty_when_that_is_left(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F", "p") as person:
        with open_study(slipped.path, coder="ben") as bens:
            bens.history.undo()
        await person.come_back()
        assert person.at == "PlacePassageScreen"
        await person.press("escape", "escape")  # the first lets the selection go
        assert person.at == "UnanchoredScreen"
        assert "No unanchored segments" in person.words("#heading")
        await person.press("escape")
        assert person.at == "CodeScreen"


@pytest.mark.parametrize("keys", [("a",), ("A", "enter"), ("p", "enter")])
async def test_nothing_is_reanchored_in_a_text_that_another_coder_corrected(
    slipped: Project, keys: tuple[str, ...]
) -> None:
    async with at_work(slipped, *AT_DESK, "F", *keys[:-1]) as person:
        await person.wait_for(lambda: person.at in ("UnanchoredScreen", "ChooseScreen") or person.selected != "")
        with open_study(slipped.path, coder="ben") as bens:
            transcript = bens.sources.transcript("P01")
            correction = replace_text(correction_of(transcript), 0, "What on earth made you join?")
            bens.sources.correct("P01", correction, seen=transcript.revision.id)
        await person.press(keys[-1])
        assert any("was changed by another coder" in notice for notice in person.notices)
        assert len(waiting(slipped)) == 3
        if person.at == "UnanchoredScreen":
            await person.press("a")
            assert [item.quote for item in slipped.codings.list()] == ["Nobody wanted to stay out."]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_list_both_texts_and_keys_are_in_sight_at_every_size(slipped: Project, size: tuple[int, int]) -> None:
    async with at_work(slipped, *AT_DESK, "F", size=size) as person:
        for selector in ("#before", "#now"):
            assert person.screen.query_one(selector).region.height >= 4
            assert person.screen.query_one(selector).region.width >= size[0] // 2 - 1
        assert person.screen.query_one(OptionList).region.height == 3
        if size[0] >= 80:
            assert list(person.footer) == ["a", "A", "p", "x", "esc", "?"]
            assert max(key.region.right for key in person.screen.query(FooterKey)) <= size[0]


async def test_every_act_has_an_id_and_is_in_the_palette(slipped: Project) -> None:
    async with at_work(slipped, *AT_DESK, "F") as person:
        offered = [command.title for command in person.app.get_system_commands(person.screen)]
        assert {"Accept", "Accept all certain", "Select in text", "Leave"} <= set(offered)
        await person.press("question_mark")
        assert person.at == "HelpScreen"


def test_what_differs_is_marked_word_by_word_and_the_rest_is_as_it_was() -> None:
    old, new = differing("We had socks on  every ward.", "We had the socks on ward.  Yes")
    assert (old.plain, new.plain) == ("We had socks on [-every-] ward.", "We had {+the+} socks on ward. {+Yes+}")
    assert "strike" in str([span.style for span in old.spans])
    old, new = differing("It’s 1 thing", "It’s 7 thing")
    assert (old.plain, new.plain) == ("It’s [-1-] thing", "It’s {+7+} thing")


async def test_a_long_passage_can_be_read_to_its_end_on_both_sides(study: Project) -> None:
    long = " ".join(f"We did the thing number {number} with nobody to help." for number in range(60))
    before = study.sources.transcript("P01")
    study.sources.correct("P01", replace_text(correction_of(before), 1, long), seen=before.revision.id)
    transcript = study.sources.transcript("P01")
    turn = transcript.turns[1]
    study.codings.add("P01", "quiet", turn.start, turn.end)
    ended = replace_text(correction_of(transcript), 1, long.replace("number 59", "number fifty-nine"))
    study.sources.correct("P01", ended, seen=transcript.revision.id)
    async with at_work(study, *AT_DESK, size=(80, 24)) as person:
        await person.press("F")
        sides = [person.screen.query_one(name, VerticalScroll) for name in ("#before", "#now")]
        assert all(side.max_scroll_y > 0 for side in sides)
        await person.press(*["pagedown"] * 12)
        assert all(side.scroll_y == side.max_scroll_y for side in sides)
        await person.press(*["pageup"] * 12)
        assert all(side.scroll_y == 0 for side in sides)
