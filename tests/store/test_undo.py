"""Undo and redo, case by case: what is a step, what is refused, and what is said then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.text import Span
from fwanalysis.errors import NothingToUndo, UndoConflict
from fwanalysis.store import undo
from tests.store.store_values import case, code, coding, count_events, source, state_of

if TYPE_CHECKING:
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.store import Store


@pytest.fixture
def ben(store: Store) -> Coder:
    return store.coder("ben")


def add(store: Store, coder: Coder, *values: object, group: str | None = None) -> None:
    with store.change("add", coder=coder, label="add something", group=group) as changes:
        changes.add(*values)


def swap(store: Store, coder: Coder, *values: Case) -> None:
    with store.change("set", coder=coder, label="rename a case") as changes:
        for value in values:
            changes.replace(value)


def names(store: Store) -> set[str]:
    return {row["name"] for row in state_of(store)["cases"].values()}


def test_making_the_project_and_joining_it_are_no_steps(store: Store, ana: Coder, ben: Coder) -> None:
    for coder in (ana, ben):
        with pytest.raises(NothingToUndo, match="nothing to undo"):
            undo.undo(store, coder)
        with pytest.raises(NothingToUndo, match="nothing to redo"):
            undo.redo(store, coder)


def test_a_coder_undoes_only_what_that_coder_did(store: Store, ana: Coder, ben: Coder) -> None:
    add(store, ana, case("A"))
    add(store, ben, case("B"))
    undo.undo(store, ana)
    assert names(store) == {"B"}


def test_a_group_is_one_step_and_comes_back_in_its_first_order(store: Store, ana: Coder) -> None:
    for name in "ABC":
        with store.change("add", coder=ana, label=name, group="import") as changes:
            changes.add(case(name))
    assert [event.label for event in undo.undo(store, ana)] == ["C", "B", "A"]
    assert names(store) == set()
    assert [event.label for event in undo.redo(store, ana)] == ["A", "B", "C"]
    assert names(store) == {"A", "B", "C"}


def test_undo_and_redo_are_events_that_name_what_they_take_back(store: Store, ana: Coder) -> None:
    add(store, ana, case("A"))
    done = count_events(store)
    undo.undo(store, ana)
    undo.redo(store, ana)
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, reverts FROM events WHERE seq > ? ORDER BY seq", (done,)).all()
    assert [tuple(row) for row in rows] == [("history.undo", done), ("history.redo", done + 1)]


def test_a_new_act_clears_what_could_be_redone(store: Store, ana: Coder) -> None:
    add(store, ana, case("A"))
    undo.undo(store, ana)
    add(store, ana, case("B"))
    with pytest.raises(NothingToUndo):
        undo.redo(store, ana)
    assert names(store) == {"B"}


def test_another_coders_act_does_not_clear_what_could_be_redone(store: Store, ana: Coder, ben: Coder) -> None:
    add(store, ana, case("A"))
    undo.undo(store, ana)
    add(store, ben, case("B"))
    undo.redo(store, ana)
    assert names(store) == {"A", "B"}


def test_one_event_that_changed_a_row_twice_can_be_undone_and_redone(store: Store, ana: Coder) -> None:
    there = case("A")
    add(store, ana, there)
    swap(store, ana, replace(there, name="B"), replace(there, name="C"))
    undo.undo(store, ana)
    assert names(store) == {"A"}
    undo.redo(store, ana)
    assert names(store) == {"C"}


def test_a_conflict_names_what_was_done_since_and_by_whom(store: Store, ana: Coder, ben: Coder) -> None:
    there = case("A")
    add(store, ana, there)
    swap(store, ben, replace(there, name="B"))
    before, events = state_of(store), count_events(store)
    with pytest.raises(UndoConflict, match=r'cannot undo or redo "add something": .*"rename a case" by ben'):
        undo.undo(store, ana)
    assert state_of(store) == before
    assert count_events(store) == events


def test_a_group_with_a_conflict_is_not_undone_in_part(store: Store, ana: Coder, ben: Coder) -> None:
    first, second = case("A"), case("B")
    add(store, ana, first, group="import")
    add(store, ana, second, group="import")
    swap(store, ben, replace(first, name="Z"))
    before = state_of(store)
    with pytest.raises(UndoConflict):
        undo.undo(store, ana)
    assert state_of(store) == before


def test_a_name_given_away_since_stands_in_the_way_of_redo(store: Store, ana: Coder, ben: Coder) -> None:
    add(store, ana, case("A"))
    undo.undo(store, ana)
    add(store, ben, case("A"))
    before = state_of(store)
    with pytest.raises(UndoConflict, match="is in use"):
        undo.redo(store, ana)
    assert state_of(store) == before


def test_what_others_build_on_is_not_undone_and_what_it_built_on_must_be_there(
    store: Store, ana: Coder, ben: Coder
) -> None:
    (made_source, revision), (made_code, version) = source("newsletter"), code("trust")
    add(store, ana, made_source, revision, made_code, version)
    add(store, ben, *coding(revision, made_code, ben, Span(0, 8)))
    with pytest.raises(UndoConflict, match="1 anchor, 1 coding and 1 segment depend on it"):
        undo.undo(store, ana)
    undo.undo(store, ben)
    undo.undo(store, ana)
    with pytest.raises(UndoConflict, match="what it depends on was removed"):
        undo.redo(store, ben)
    undo.redo(store, ana)
    undo.redo(store, ben)
    assert len(state_of(store)["codings"]) == 1


def test_an_event_whose_record_was_deleted_is_not_undone(store: Store, ana: Coder) -> None:
    add(store, ana, case("A"))
    with store.derive("redact") as connection:
        connection.exec_driver_sql("UPDATE events SET payload = NULL, salt = NULL WHERE name = 'add'")
    with pytest.raises(UndoConflict, match="deleted from the log"):
        undo.undo(store, ana)
    assert names(store) == {"A"}
