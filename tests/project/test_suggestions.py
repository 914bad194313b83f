"""Suggestions: offered, decided on, and never codings until a person says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.codings import Origin
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import CODEBOOK, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project


def offered(project: Project) -> set[tuple[str, str, str]]:
    return {(view.source, view.code, view.quote) for view in project.suggestions.list()}


@pytest.fixture
def suggested(project: Project) -> Project:
    list(project.suggestions.run())
    return project


def test_a_run_offers_participants_words_and_codes_nothing(suggested: Project) -> None:
    assert ("P02", "Cost", "Somebody has to pay for it in the end.") in offered(suggested)
    assert ("newsletter", "Trust", "Trust, it says, cannot be bought.") in offered(suggested)
    assert not any(quote.startswith(("And what of trust", "Who pays")) for _, _, quote in offered(suggested))
    assert suggested.codings.list() == []


def test_a_second_run_finds_the_same_and_offers_nothing_new(suggested: Project) -> None:
    before, events = offered(suggested), suggested.history.verify().events
    *_, last = suggested.suggestions.run()
    assert (last.new, last.found) == (0, len(before))
    assert offered(suggested) == before
    assert suggested.history.verify().events == events


def test_a_second_run_writes_no_row_of_what_it_finds_again(suggested: Project) -> None:
    def numbers() -> dict[str, int]:
        with suggested._context.store.read() as connection:
            return dict(connection.exec_driver_sql("SELECT id, rowid FROM suggestions").all())

    before = numbers()
    list(suggested.suggestions.run())
    assert before
    assert numbers() == before


def test_a_run_takes_back_what_its_rules_find_no_more(suggested: Project) -> None:
    assert offered(suggested)
    with suggested._context.store.derive("tamper", "suggestions") as connection:
        connection.exec_driver_sql("UPDATE suggestions SET id = 'gone' WHERE rowid = 1")
        connection.exec_driver_sql("UPDATE suggestions SET reason = 'old', score = 0 WHERE rowid = 2")
    list(suggested.suggestions.run())
    views = suggested.suggestions.list()
    assert not [view for view in views if view.id == "gone" or view.reason == "old"]
    assert len({view.id for view in views}) == len(views)


def test_a_run_reads_the_tokens_of_each_source_once(suggested: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from fwanalysis import suggest

    read: list[bytes] = []
    unpack = suggest.unpack

    def counting(packed: bytes) -> suggest.Tokens:
        read.append(packed)
        return unpack(packed)

    monkeypatch.setattr(suggest, "unpack", counting)
    list(suggested.suggestions.run())
    assert len(read) == len(suggested.sources.list())


def test_pending_suggestions_are_counted_by_code_as_they_are_listed(suggested: Project) -> None:
    suggested.suggestions.reject(SuggestionFilter(source="P01", code="trust"))
    for source, below in ((None, None), ("P02", None), (None, "trust"), ("newsletter", "trust")):
        listed = Counter(
            view.code_path for view in suggested.suggestions.list(SuggestionFilter(source=source, code=below))
        )
        assert suggested.suggestions.pending_by_code(source=source, code=below) == listed
    by_source = Counter(view.source_id for view in suggested.suggestions.list())
    assert suggested.suggestions.pending_by_source() == by_source


def test_a_run_over_one_source_or_code_leaves_the_other_offers(suggested: Project) -> None:
    before = offered(suggested)
    list(suggested.suggestions.run(source="P01"))
    list(suggested.suggestions.run(code="trust"))
    assert offered(suggested) == before


def test_an_accepted_suggestion_is_a_coding_that_remembers_it(suggested: Project) -> None:
    view = suggested.suggestions.list(SuggestionFilter(source="P01", code="trust"))[0]
    assert suggested.suggestions.accept(SuggestionFilter(ids=(view.id,)), note="clear") == [view.id]
    (coding,) = rows(suggested)["codings"]
    (decision,) = rows(suggested)["decisions"]
    assert coding["suggestion_id"] == decision["suggestion_id"] == view.id
    assert decision["coding_id"] == coding["id"]
    assert (decision["verdict"], decision["quote"], decision["note"]) == ("accepted", view.quote, "clear")
    assert suggested.codings.list()[0].origin is Origin.SUGGESTION
    assert view.id not in {item.id for item in suggested.suggestions.list()}
    assert [item.id for item in suggested.suggestions.list(state="accepted")] == [view.id]


def test_accepting_what_was_coded_by_hand_meanwhile_makes_no_second_coding(suggested: Project) -> None:
    view = suggested.suggestions.list(SuggestionFilter(source="P01", code="trust"))[0]
    coding_id = code(suggested, "P01", "trust", view.quote)
    suggested.suggestions.accept(SuggestionFilter(ids=(view.id,)))
    assert [item.id for item in suggested.codings.list()] == [coding_id]


def test_a_passage_that_carries_the_code_is_not_offered_for_it_again(project: Project) -> None:
    code(project, "P01", "trust", "Trust grows slowly.")
    list(project.suggestions.run())
    assert ("P01", "Trust", "Trust grows slowly.") not in offered(project)


@pytest.mark.parametrize("quote", ["Trust grows slowly", "Trust grows slowly."])
def test_a_passage_coded_without_its_punctuation_is_not_offered_again(project: Project, quote: str) -> None:
    code(project, "P01", "trust", quote)
    list(project.suggestions.run())
    assert ("P01", "Trust", "Trust grows slowly.") not in offered(project)


@pytest.mark.parametrize(("name", "quote"), [("trust", "Trust grows"), ("cost", "Trust grows slowly")])
def test_a_passage_coded_in_part_or_with_another_code_is_offered(project: Project, name: str, quote: str) -> None:
    code(project, "P01", name, quote)
    list(project.suggestions.run())
    assert ("P01", "Trust", "Trust grows slowly.") in offered(project)


def test_a_rejected_suggestion_stays_away_until_its_rule_changes(suggested: Project, tmp_path: Path) -> None:
    view = next(item for item in suggested.suggestions.list(SuggestionFilter(code="trust", source="P01")))
    suggested.suggestions.reject(SuggestionFilter(ids=(view.id,)))
    list(suggested.suggestions.run())
    assert ("P01", "Trust", view.quote) not in offered(suggested)
    changed = CODEBOOK.replace('["trust"]', '["trust", "faith"]')
    suggested.codebook.import_file(write_files(tmp_path / "books", {"book.yaml": changed}) / "book.yaml")
    list(suggested.suggestions.run())
    assert ("P01", "Trust", view.quote) in offered(suggested)


def test_offers_of_a_rule_as_it_was_end_with_its_change(suggested: Project, tmp_path: Path) -> None:
    changed = CODEBOOK.replace('["trust"]', '["faith"]')
    suggested.codebook.import_file(write_files(tmp_path / "books", {"book.yaml": changed}) / "book.yaml")
    assert {name for _, name, _ in offered(suggested)} == {"Cost"}


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_undoing_a_decision_makes_all_of_it_pending_again(suggested: Project, verb: str) -> None:
    before, state = offered(suggested), rows(suggested)
    decided = getattr(suggested.suggestions, verb)(SuggestionFilter(code="trust"))
    assert len(decided) == 5
    assert len(suggested.history.undo()) == 1
    assert offered(suggested) == before
    assert rows(suggested) == state
    suggested.history.redo()
    assert {item.id for item in suggested.suggestions.list()}.isdisjoint(decided)


def test_filters_choose_together_and_no_match_is_nothing(suggested: Project) -> None:
    assert len(suggested.suggestions.accept(SuggestionFilter(source="FG1", case="P03", code="effort"))) == 1
    assert suggested.suggestions.accept(SuggestionFilter(source="P01", code="cost", case="P02")) == []
    assert len(suggested.suggestions.reject(SuggestionFilter(min_score=0.0, source="newsletter"))) == 1


def test_one_must_say_which_suggestions_are_meant(suggested: Project) -> None:
    with pytest.raises(InvalidInput, match="no suggestions specified"):
        suggested.suggestions.accept(SuggestionFilter())
    with pytest.raises(InvalidInput, match="invalid score"):
        suggested.suggestions.accept(SuggestionFilter(min_score=1.5))
    with pytest.raises(NotFound):
        suggested.suggestions.accept(SuggestionFilter(ids=("no-such-id",)))


def test_a_decided_suggestion_cannot_be_decided_again(suggested: Project) -> None:
    view = suggested.suggestions.list()[0]
    suggested.suggestions.accept(SuggestionFilter(ids=(view.id,)))
    with pytest.raises(NotFound):
        suggested.suggestions.reject(SuggestionFilter(ids=(view.id,)))


def test_everything_is_accepted_at_once_and_scores_lie_in_bounds(suggested: Project) -> None:
    views = suggested.suggestions.list()
    assert all(0 <= view.score <= 1 and view.reason for view in views)
    assert set(suggested.suggestions.accept(SuggestionFilter(everything=True))) == {view.id for view in views}
    assert len(suggested.codings.list()) == len(views)


def test_a_codebook_without_rules_says_so(project: Project) -> None:
    project.codebook.add("Hope")
    with pytest.raises(InvalidInput, match="has no rules"):
        list(project.suggestions.run(code="hope"))
