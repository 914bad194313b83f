from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.widgets._footer import FooterKey

from fwanalysis.domain.corrections import correction_of, replace_text
from fwanalysis.domain.sources import TurnKind
from fwanalysis.tui.correcting.edit import EditScreen
from fwanalysis.tui.widgets.wordsarea import WordsArea
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, open_study, place

if TYPE_CHECKING:
    from fwanalysis import Project

QUIET = "Then it went quiet."


async def edit(person: Person, words: str, source: str = "P01") -> None:
    """Go from the sources view to words of a source, and edit the turn there."""
    project = person.app.project
    at = place(project, source, words).start
    await person.press(*["down"] * ["FG1", "newsletter", "P01"].index(source), "enter")
    person.text.go_to(at)
    await person.press("E")
    assert person.at == "EditScreen"


def area(person: Person) -> WordsArea:
    return person.screen.query_one(WordsArea)


def turns(project: Project, source: str = "P01") -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in project.sources.turns(source, all_kinds=True)]


def said(person: Person) -> str:
    return person.words("#heading").split("\n")[1].strip()


def correct(project: Project, source: str, old: str, new: str) -> None:
    """Correct words of a source as somebody else would."""
    transcript = project.sources.transcript(source)
    at = transcript.text.index(old)
    index = next(n for n, turn in enumerate(transcript.turns) if turn.start <= at < turn.end)
    words = transcript.turns[index].span.of(transcript.text).replace(old, new)
    project.sources.correct(source, replace_text(correction_of(transcript), index, words), seen=transcript.revision.id)


# Words


@pytest.mark.parametrize(("keys", "selected"), [(("end", "home"), False), (("shift+end", "shift+home"), True)])
async def test_control_with_end_and_home_moves_to_the_ends_of_the_text(
    study: Project, keys: tuple[str, str], selected: bool
) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        area(person).insert("One.\nTwo.\n")
        at, words = area(person).cursor, area(person).words
        await person.press(f"ctrl+{keys[0]}")
        assert area(person).cursor == len(words)
        assert area(person).selected_text == (words[at:] if selected else "")
        await person.press(f"ctrl+{keys[1]}")
        assert area(person).cursor == 0
        assert area(person).selected_text == (words[:at] if selected else "")


async def test_e_opens_the_turn_at_the_caret_with_the_cursor_there(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        assert person.words("#heading").split("\n")[0] == " P01  turn 4 of 4  P01 (participant)  revision 1"
        assert area(person).words.startswith("Then it went quiet. We told each other")
        assert area(person).cursor == len("Then it went quiet. ")
        assert person.screen.focused is area(person)


async def test_ctrl_s_saves_the_words_as_a_revision_and_says_what_became_of_the_passages(study: Project) -> None:
    code(study, "P01", "Nobody wanted to stay outside.", "paperwork")
    code(study, "P01", "It was a long year.", "quiet")
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Later ")
        assert said(person) == "Not saved: ctrl+s saves"
        await person.press("ctrl+s")
        assert said(person) == "Saved as revision 2: 1 segment unchanged, 1 moved"
        assert "quiet. Later We told" in study.sources.text("P01")
        assert study.codings.list()[1].quote == "It was a long year."
    assert [item.number for item in study.sources.revisions("P01")] == [1, 2]


async def test_f2_saves_too_and_saving_what_is_saved_makes_no_revision(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("f2")
        assert said(person) == "Nothing was changed."
        await person.write("And ")
        await person.press("f2", "f2")
    assert len(study.sources.revisions("P01")) == 2


async def test_codings_on_the_text_are_listed_and_marked_while_it_is_changed(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    code(study, "P01", "The form took one afternoon.", "paperwork")
    async with at_work(study) as person:
        await edit(person, QUIET)
        assert person.words("#passages") == f"▌Going quiet (ana) “{QUIET}”"
        await person.write("X")
        assert "≠" not in person.words("#passages")
        await person.press("right", "right")
        await person.write("X")
        assert person.words("#passages") == f"▌Going quiet (ana) ≠ text changed “{QUIET}”"


async def test_a_typo_mended_in_a_coded_passage_is_shown_side_by_side_and_accepted(study: Project) -> None:
    coding = code(study, "P01", QUIET, "quiet")
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("delete")
        await person.write("t")
        await person.press("ctrl+s")
        assert said(person) == "Saved as revision 2: 1 segment uncertain (F8 lists them)"
        await person.press("f8")
        assert person.at == "UnanchoredScreen"
        await person.press("a", "escape")
        assert person.at == "EditScreen"
        assert "F8" not in said(person)
    found = study.codings.list()[0]
    assert (found.id, found.quote) == (coding, "then it went quiet.")


async def test_back_at_the_view_the_caret_is_at_the_same_words_and_u_brings_the_old_text_back(study: Project) -> None:
    before = study.sources.text("P01")
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Later ")
        await person.press("ctrl+s", "escape")
        assert person.at == "CodeScreen"
        assert person.caret_before("We told each other")
        assert person.text.transcript is not None
        assert person.text.transcript.text == study.sources.text("P01") != before
        await person.press("u")
        assert study.sources.text("P01") == person.text.transcript.text == before
        assert person.caret_before("We told each other")
        await person.press("ctrl+r")
        assert "Later We told" in person.text.transcript.text
        assert person.caret_before("We told each other")


async def test_unsaved_text_is_asked_about_before_going_on_or_away(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.write("Mine ")
        for key in ("escape", "ctrl+up", "f9", "ctrl+q"):
            await person.press(key)
            assert person.at == "ChooseScreen"
            await person.choose("Keep editing")
            assert area(person).words.startswith("Mine Then")
        await person.press("escape")
        await person.choose("Discard")
        assert person.at == "CodeScreen"
    assert len(study.sources.revisions("P01")) == 1


async def test_leaving_can_save_the_words(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.write("Mine ")
        await person.press("escape")
        await person.choose("Save the text")
        assert person.at == "CodeScreen"
    assert "Mine Then it" in study.sources.text("P01")


async def test_one_goes_from_turn_to_turn(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("ctrl+up")
        assert area(person).words == "And later?"
        await person.press("f9", "f9", "f9")
        assert area(person).words == "What made you join?"
        assert person.notices[-1] == "This is the first turn."
        await person.press("f10", "escape")
        assert person.caret_before("Nobody wanted")


async def test_a_source_without_turns_is_edited_by_paragraph(study: Project) -> None:
    code(study, "newsletter", "All sites have now joined.", "paperwork")
    async with at_work(study) as person:
        await edit(person, "News from", "newsletter")
        assert person.words("#heading").split("\n")[0].startswith(" newsletter  paragraph 1 of 2")
        assert not {"F4", "F5", "F6", "F7"} & person.footer.keys()
        await person.write("Good ")
        await person.press("f5", "f6", "f7", "ctrl+s")
        assert said(person) == "Saved as revision 2: 1 segment moved"
    assert study.sources.text("newsletter").startswith("Good News from the network\n\nAll sites")


async def test_letters_and_figures_are_words_and_not_keys(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.write("In 2 of 5 u? ")
        assert person.at == "EditScreen"
        assert area(person).words.startswith("In 2 of 5 u? Then")


async def test_a_correction_that_cannot_be_kept_is_refused_with_a_sentence_and_the_words_stay(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        area(person).insert("\x00")
        await person.press("ctrl+s")
        assert "cannot be stored" in person.notices[-1]
        assert "\x00" in area(person).words
    assert len(study.sources.revisions("P01")) == 1


async def test_what_textual_takes_for_line_ends_is_given_back_letter_by_letter(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        shown = area(person)
        for words in (
            "a\u2028b\u2029c",
            "\x85\x0b\x0c\x1b[31m",
            "␤␋ and \x85\x0b",
            "one\n\ntwo\n",
            "\u202eolleh\u202c",
        ):
            shown.words = words
            assert shown.words == words
            assert not set("\u2028\u2029\x85\x0b\x0c\x1b\u202e") & set(shown.text)
            for position in range(len(words) + 1):
                shown.cursor = position
                assert shown.cursor == position


# Turns and speakers


async def test_f5_splits_the_turn_at_the_cursor_and_asks_who_says_the_second_part(study: Project) -> None:
    code(study, "P01", "It was a long year.", "quiet")
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.press("f5")
        assert person.at == "PickScreen"
        assert person.words(".question").startswith("Who says “We told each other about our mistakes")
        assert person.options() == ["INT", "P01", "No speaker"]
        await person.press("enter")
        assert said(person) == "Split. Saved as revision 2: all segments unchanged; 1 segment from P01 to no case"
        assert "turn 5 of 5  INT (interviewer)" in person.words("#heading")
    assert turns(study)[-2:] == [
        ("P01", "Then it went quiet."),
        ("INT", "We told each other about our mistakes, which helped. It was a long year."),
    ]


async def test_a_split_takes_typed_words_along_as_one_step_and_a_new_speaker_can_be_named(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        await person.write("Yes. ")
        await person.press("f5")
        await person.write("Visitor")
        await person.choose("+ New speaker “Visitor”")
        assert turns(study)[-2:] == [
            ("P01", "Then it went quiet. Yes."),
            ("Visitor", "We told each other about our mistakes, which helped. It was a long year."),
        ]
        await person.press("escape", "u")
        assert len(turns(study)) == 4
    assert "Yes." not in study.sources.text("P01")


async def test_a_turn_is_not_split_before_its_first_word_or_inside_one(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("f5")
        assert person.at == "EditScreen"
        assert person.notices[-1].startswith("Put the cursor between words")
        await person.press("right", "f5")
        assert person.at == "EditScreen"


async def test_f6_joins_with_the_next_turn_and_asks_if_another_speaks_there(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "And later?")
        await person.press("f6")
        assert person.words(".question") == "The next turn has another speaker: P01 (participant)."
        await person.choose("Keep")
        assert len(turns(study)) == 4
        await person.press("f6")
        await person.choose("Join them")
        assert said(person) == "Joined. Saved as revision 2"
        assert "F6" not in person.footer
    assert turns(study)[-1][0] == "INT"
    assert turns(study)[-1][1].startswith("And later?\n\nThen it went quiet.")


async def test_f4_gives_a_turn_to_another_speaker_and_moves_no_passage(study: Project) -> None:
    code(study, "P01", QUIET, "quiet")
    text = study.sources.text("P01")
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("f4")
        await person.choose("INT")
        assert (
            said(person) == "Speaker: INT. Saved as revision 2: all segments unchanged; 1 segment from P01 to no case"
        )
        await person.press("f4")
        await person.choose("No speaker")
        assert "turn 4 of 4  no speaker" in person.words("#heading")
    assert turns(study)[-1][0] is None
    assert study.sources.text("P01") == text


async def test_f7_excludes_a_turn_and_includes_it_again(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.press("f7")
        assert "P01  excluded text" in person.words("#heading")
        assert study.sources.transcript("P01").turns[-1].kind is TurnKind.EXCLUDED
        assert area(person).words.startswith(QUIET)
        await person.press("f7")
        assert person.options()[0] == "P01"
        await person.press("enter")
        acts = [revision.label for revision in study.sources.revisions("P01")][1:]
        assert acts == ["exclude turn 4 of P01", "include excluded text of P01 as speech of P01"]
        assert "turn 4 of 4  P01 (participant)" in person.words("#heading")
        assert area(person).words.startswith(QUIET)
    assert turns(study)[-1][0] == "P01"


async def test_a_speaker_whose_only_turn_was_excluded_is_listed_first_and_leaves_no_label_behind(
    study: Project,
) -> None:
    async with at_work(study) as person:
        await edit(person, "Some came for the lunch", "FG1")
        before = turns(study, "FG1")
        await person.press("f7", "f7")
        assert person.options()[0] == "P03"
        await person.press("enter")
    assert turns(study, "FG1") == before


# Somebody else


async def test_text_typed_while_another_coder_corrects_another_turn_is_kept_and_can_be_saved(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.write("Mine ")
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "one afternoon", "two afternoons")
        await person.press("ctrl+s")
        assert "by another coder" in person.notices[-1]
        assert area(person).words.startswith("Mine Then")
        assert said(person).startswith("The source was corrected elsewhere; your text is kept")
        await person.press("ctrl+s")
    text = study.sources.text("P01")
    assert "two afternoons" in text
    assert "Mine Then" in text


async def test_a_turn_that_another_coder_changed_is_not_overwritten_unseen(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        await person.write("Mine ")
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "quiet", "silent")
        await person.come_back()
        assert said(person).startswith("This was changed elsewhere to “Then it went silent.")
        assert area(person).words.startswith("Mine Then it went quiet")
        assert "silent" in study.sources.text("P01")


async def test_what_another_coder_corrects_is_shown_at_once_where_nothing_was_typed(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, "We told each other")
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "quiet", "very silent")
        await person.come_back()
        assert area(person).words.startswith("Then it went very silent. We told")
        assert area(person).cursor == len("Then it went very silent. ")


async def test_a_source_that_is_gone_closes_the_edit_mode(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        with open_study(study.path, coder="builder") as builder:
            for _ in range(20):
                if not builder.sources.list():
                    break
                builder.history.undo()
        await person.come_back()
        assert person.at == "CodeScreen"
        assert "This source no longer exists." in person.notices


async def test_a_selection_at_the_view_stays_on_its_words_when_the_text_before_it_is_corrected(study: Project) -> None:
    async with at_work(study, "down", "down", "enter") as person:
        person.text.select(place(study, "P01", "It was a long year."))
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "one afternoon", "no time")
        await person.come_back()
        assert person.selected == "It was a long year."
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "long year", "long, long year")
        await person.come_back()
        assert person.selected == ""
        assert person.notices[-1].startswith("The selected words were corrected")


async def test_no_code_is_applied_to_a_text_that_another_coder_corrected(study: Project) -> None:
    async with at_work(study, "down", "down", "enter") as person:
        person.text.select(place(study, "P01", "It was a long year."))
        with open_study(study.path, coder="ben") as bens:
            correct(bens, "P01", "one afternoon", "no time")
        await person.press("c")
        await person.write("going")
        await person.press("enter")
        assert "corrected by another coder" in person.notices[-1]
        assert person.selected == "It was a long year."
    assert study.codings.list() == []


# Looks


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_words_passages_and_keys_are_in_sight_at_every_size(study: Project, size: tuple[int, int]) -> None:
    for name in ("quiet", "mistakes", "paperwork", "free-riding"):
        code(study, "P01", QUIET, name)
    async with at_work(study, size=size) as person:
        await edit(person, QUIET)
        assert area(person).region.height >= 5
        assert person.screen.query_one("#codings").region.height >= 3
        if size[0] >= 80:
            assert list(person.footer) == ["^s", "F4", "F5", "F7", "esc"]
            assert max(key.region.right for key in person.screen.query(FooterKey)) <= size[0]


async def test_every_act_of_the_edit_mode_has_an_id_is_in_the_help_and_in_the_palette(study: Project) -> None:
    async with at_work(study) as person:
        await edit(person, QUIET)
        offered = [command.title for command in person.app.get_system_commands(person.screen)]
        assert {"Save", "Speaker", "Split", "Join next", "Exclude", "Next turn", "Previous turn"} <= set(offered)
        assert len(offered) == len(set(offered))
        for binding in EditScreen.BINDINGS:
            assert isinstance(binding, Binding)
            assert binding.id
            assert binding.description
        await person.press("f1")
        assert person.at == "HelpScreen"
