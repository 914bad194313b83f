from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import ParsedCode, RuleSpec
from fwanalysis.domain.suggestions import SuggestionFilter
from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, coded, place

if TYPE_CHECKING:
    from fwanalysis import Project

P01 = ("down", "down", "enter")
FORM, REPORTS, MISTAKES = (
    "The form took one afternoon.",
    "Some sites never sent a thing and read our reports.",
    "We told each other about our mistakes, which helped.",
)
"""The sentences of the interview that the rules propose."""
PASSING = ParsedCode("passing", "Passing", rules=(RuleSpec(any=("long year",)),))
"""A code that comes and goes."""


def pending(project: Project, source: str | None = None) -> list[str]:
    return [item.quote for item in project.suggestions.list(SuggestionFilter(source=source))]


def under_cursor(person: Person) -> str:
    return person.words("#words")


# In the text


async def test_n_and_shift_n_go_through_the_suggestions_of_a_source(study: Project) -> None:
    async with at_work(study, *P01) as person:
        for key, words in (("n", FORM), ("n", REPORTS), ("n", MISTAKES), ("N", REPORTS), ("N", FORM)):
            await person.press(key)
            assert person.caret_before(words)
        assert person.reading == "P01"


async def test_n_after_the_last_suggestion_goes_on_to_the_next_source_that_has_any(study: Project) -> None:
    study.suggestions.reject(SuggestionFilter(source="FG1"))
    async with at_work(study, *P01, "n", "n", "n", "n") as person:
        assert person.reading == "newsletter"
        assert person.caret_before("The form for the next round")
        assert person.notices[-1] == "Next source: newsletter; 3 still pending in P01"
        await person.press("N")
        assert person.reading == "P01"
        assert person.caret_before(MISTAKES)


async def test_n_says_so_when_no_suggestion_is_pending(study: Project) -> None:
    study.suggestions.reject(SuggestionFilter(everything=True))
    async with at_work(study, *P01, "n") as person:
        assert person.notices[-1].startswith("No pending suggestions.")


async def test_the_line_below_gives_the_code_the_score_and_the_reason(study: Project) -> None:
    async with at_work(study, *P01, "n", "n") as person:
        score = next(
            item.score for item in study.suggestions.list(SuggestionFilter(source="P01")) if item.quote == REPORTS
        )
        assert f"Free-riding? {score:.2f}  “never sent”" in person.words("#here")


async def test_a_accepts_and_moves_on_to_the_next(study: Project) -> None:
    async with at_work(study, *P01, "n", "a") as person:
        assert person.notices[-1] == "Accepted: Paperwork  (u to undo)"
        assert person.caret_before(REPORTS)
        assert "Free-riding?" in person.words("#here")
    assert coded(study) == [("P01", "Paperwork", FORM)]
    assert pending(study, "P01") == [REPORTS, MISTAKES]


async def test_x_rejects_and_moves_on_and_codes_nothing(study: Project) -> None:
    async with at_work(study, *P01, "n", "x") as person:
        assert person.notices[-1] == "Rejected: Paperwork  (u to undo)"
        assert person.caret_before(REPORTS)
    assert coded(study) == []
    assert [item.quote for item in study.suggestions.list(state="rejected")] == [FORM]


async def test_u_makes_what_was_decided_pending_again(study: Project) -> None:
    async with at_work(study, *P01, "n", "a", "u") as person:
        assert any(mark.name == "Paperwork" for mark in person.text.marks_at(place(study, "P01", FORM).start))
    assert coded(study) == []
    assert pending(study, "P01") == [FORM, REPORTS, MISTAKES]


async def test_accept_and_reject_are_in_the_footer_only_while_a_suggestion_is_current(study: Project) -> None:
    async with at_work(study, *P01) as person:
        assert {"a", "x"}.isdisjoint(person.footer)
        await person.press("n")
        assert (person.footer["a"], person.footer["x"]) == ("Accept", "Reject")
        await person.press("g")
        assert {"a", "x"}.isdisjoint(person.footer)


async def test_without_a_current_suggestion_a_decides_nothing(study: Project) -> None:
    before = pending(study)
    async with at_work(study, *P01, "a", "x"):
        pass
    assert pending(study) == before


async def test_walking_into_a_suggestion_makes_it_current(study: Project) -> None:
    async with at_work(study, *P01) as person:
        person.text.go_to(place(study, "P01", "form took").start)
        await person.settle()
        assert "Paperwork?" in person.words("#here")


async def test_a_decided_last_suggestion_leaves_none_current(study: Project) -> None:
    async with at_work(study, *P01, "n", "a", "a", "a") as person:
        assert {"a", "x"}.isdisjoint(person.footer)
        assert "to decide" not in person.words("#here")
    assert pending(study, "P01") == []
    assert len(coded(study)) == 3


# At the view


async def test_the_view_lists_all_pending_suggestions_with_turn_and_reason(study: Project) -> None:
    async with at_work(study, "3") as person:
        rows = [row[1:] for row in person.rows()]
        assert len(rows) == 7
        assert ["Free-riding", "for", "P01:2", "“never sent”"] in rows
        assert ["Paperwork", "for", "newsletter", "“form”"] in rows
        assert FORM in under_cursor(person)


async def test_in_the_list_a_and_x_decide_and_the_next_is_shown(study: Project) -> None:
    async with at_work(study, "3") as person:
        first, second, third = (item.quote for item in study.suggestions.list()[:3])
        await person.press("a")
        assert second in under_cursor(person)
        await person.press("x")
        assert third in under_cursor(person)
        assert len(person.rows()) == 5
    assert [words for _, _, words in coded(study)] == [first]
    assert [item.quote for item in study.suggestions.list(state="rejected")] == [second]


async def test_at_the_view_undo_puts_a_decision_back_in_the_list(study: Project) -> None:
    async with at_work(study, "3", "a", "u") as person:
        assert len(person.rows()) == 7


async def test_at_the_view_n_and_shift_n_go_down_and_up(study: Project) -> None:
    views = study.suggestions.list()
    async with at_work(study, "3", "n", "n", "N") as person:
        assert views[1].quote in under_cursor(person)


async def test_the_filter_lists_one_codes_suggestions_and_then_all_again(study: Project) -> None:
    async with at_work(study, "3", "f") as person:
        assert person.options() == ["Free-riding  (2)", "Paperwork  (3)", "Sharing mistakes  (2)"]
        await person.choose("Free-riding")
        assert {row[1] for row in person.rows()} == {"Free-riding"}
        assert "only effort/free-riding is listed" in under_cursor(person)
        await person.press("f")
        assert len(person.rows()) == 7


async def test_deciding_all_that_a_filter_lists_says_that_others_are_left(study: Project) -> None:
    async with at_work(study, "3", "f") as person:
        await person.choose("Free-riding")
        await person.press("x", "x")
        assert person.words("#empty") == "No pending suggestions for effort/free-riding. Press f to list all codes."
        await person.press("f")
        assert len(person.rows()) == 5


async def test_all_are_listed_again_when_the_code_that_the_filter_names_is_undone(study: Project) -> None:
    study.codebook.import_parsed(replace(study.codebook.parsed(), codes=(PASSING,)))
    list(study.suggestions.run())
    async with at_work(study, "3", "f") as person:
        await person.choose("Passing")
        assert {row[1] for row in person.rows()} == {"Passing"}
        await person.press("u")
        assert "Passing" not in {row[1] for row in person.rows()}
        assert len(person.rows()) == 7


async def test_enter_at_the_view_shows_the_suggestion_in_its_text(study: Project) -> None:
    async with at_work(study, "3", "down", "enter") as person:
        assert person.at == "CodeScreen"
        assert person.reading == "P01"
        assert person.caret_before(REPORTS)
        assert "Free-riding?" in person.words("#here")
        assert "a" in person.footer


async def test_when_nothing_is_pending_the_view_says_how_to_get_suggestions(study: Project) -> None:
    study.suggestions.reject(SuggestionFilter(everything=True))
    async with at_work(study, "3") as person:
        assert "Press r to run the rules of the codebook" in person.words("#empty")
        assert not person.screen.query_one("#pending").display


async def test_o_lists_the_highest_scores_first_and_then_again_in_the_order_of_the_texts(study: Project) -> None:
    async with at_work(study, "3") as person:
        by_place = [row[0] for row in person.rows()]
        await person.press("o")
        assert [row[0] for row in person.rows()] == sorted(by_place, reverse=True)
        await person.press("o")
        assert [row[0] for row in person.rows()] == by_place != sorted(by_place, reverse=True)


# Running the rules


async def test_running_the_same_rules_again_finds_nothing_new(study: Project) -> None:
    async with at_work(study, "3", "r") as person:
        await person.wait_for_work()
        assert person.notices[-1] == "0 new suggestions, 0 decided earlier"
        assert len(person.rows()) == 7


async def test_a_passage_coded_during_the_run_is_not_suggested_again(study: Project) -> None:
    code(study, "P01", FORM, "paperwork")
    async with at_work(study, "r") as person:
        await person.wait_for_work()
        assert person.rows()[2][4] == "2"
