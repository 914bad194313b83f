"""The write path: every verb, committed, failed, and from another thread; and the conflicts it refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.codings import Segment
from fwanalysis.domain.text import Span
from fwanalysis.errors import Conflict
from fwanalysis.store.store import open_store
from tests.store.store_values import case, code, coding, count_events, source, state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.store import Store

    Verb = Callable[[Changes, Case], object]


def change_name(changes: Changes, there: Case) -> None:
    changes.replace(replace(there, name="P99"))


VERBS: dict[str, tuple[Verb, set[str]]] = {
    "add": (lambda changes, _: changes.add(case("P02")), {"P01", "P02"}),
    "add_all": (lambda changes, _: changes.add_all(case(name) for name in ("P02", "P03")), {"P01", "P02", "P03"}),
    "replace": (change_name, {"P99"}),
    "remove": (lambda changes, there: changes.remove(there), set()),
}


@pytest.fixture
def there(store: Store, ana: Coder) -> Case:
    value = case("P01")
    with store.change("case.add", coder=ana) as changes:
        changes.add(value)
    return value


def names(store: Store) -> set[str]:
    return {row["name"] for row in state_of(store)["cases"].values()}


@pytest.mark.parametrize("verb", VERBS)
def test_a_committed_verb_is_one_event_and_holds_after_opening_again(
    path: Path, store: Store, ana: Coder, there: Case, verb: str
) -> None:
    act, expected = VERBS[verb]
    before = count_events(store)
    with store.change(f"case.{verb}", coder=ana) as changes:
        act(changes, there)
    assert names(store) == expected
    assert count_events(store) == before + 1
    store.close()
    again = open_store(path)
    assert names(again) == expected
    again.close()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_whose_block_fails_leaves_no_row_and_no_event(store: Store, ana: Coder, there: Case, verb: str) -> None:
    act, _ = VERBS[verb]
    before, events = state_of(store), count_events(store)

    def fail() -> None:
        with store.change(f"case.{verb}", coder=ana) as changes:
            act(changes, there)
            assert changes.connection is not None
            raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        fail()
    assert state_of(store) == before
    assert count_events(store) == events


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_in_another_thread_is_seen_in_this_one(store: Store, ana: Coder, there: Case, verb: str) -> None:
    act, expected = VERBS[verb]

    def work() -> None:
        with store.change(f"case.{verb}", coder=ana) as changes:
            act(changes, there)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
    assert names(store) == expected


def test_threads_that_write_at_once_wait_for_each_other(store: Store, ana: Coder) -> None:
    def work(number: int) -> None:
        with store.change("case.add", coder=ana) as changes:
            changes.add(case(f"P{number:02}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(20)))
    assert len(names(store)) == 20


def test_a_change_of_nothing_leaves_no_event(store: Store, ana: Coder, there: Case) -> None:
    events = count_events(store)
    with store.change("case.set", coder=ana) as changes:
        changes.replace(replace(there))
    with store.change("case.set", coder=ana):
        pass
    assert count_events(store) == events


def test_what_was_added_can_be_read_within_the_block(store: Store, ana: Coder) -> None:
    with store.change("case.add", coder=ana) as changes:
        changes.add(case("P07"))
        assert changes.connection.exec_driver_sql("SELECT name FROM cases").scalars().all() == ["P07"]


def test_other_connections_do_not_see_a_change_before_its_end(store: Store, ana: Coder) -> None:
    with store.change("case.add", coder=ana) as changes:
        changes.add(case("P07"))
        changes.flush()
        assert names(store) == set()
    assert names(store) == {"P07"}


def test_replacing_what_is_not_as_it_was_seen_is_a_conflict(store: Store, ana: Coder, there: Case) -> None:
    with store.change("case.set", coder=ana) as changes:
        changes.replace(replace(there, name="P02"), seen=there)
    with (
        pytest.raises(Conflict, match="changed by another coder"),
        store.change("case.set", coder=ana) as changes,
    ):
        changes.replace(replace(there, name="P03"), seen=there)
    assert names(store) == {"P02"}


@pytest.mark.parametrize("verb", ["replace", "remove"])
def test_changing_what_is_gone_is_a_conflict(store: Store, ana: Coder, there: Case, verb: str) -> None:
    with store.change("case.remove", coder=ana) as changes:
        changes.remove(there)
    with pytest.raises(Conflict), store.change("case.set", coder=ana) as changes:
        VERBS[verb][0](changes, there)
    assert names(store) == set()


def coded(store: Store, ana: Coder) -> tuple[object, ...]:
    made_source, made_code = source("newsletter"), code("trust")
    values = (*made_source, *made_code, *coding(made_source[1], made_code[0], ana, Span(0, 8)))
    with store.change("coding.add", coder=ana) as changes:
        changes.add(*values)
    return values


def test_removing_what_a_coding_rests_on_is_a_conflict_that_counts_what_rests(store: Store, ana: Coder) -> None:
    _, _, made_code, version, *_ = coded(store, ana)
    before = state_of(store)
    with (
        pytest.raises(Conflict, match="1 code version and 1 coding depend on it"),
        store.change("x", coder=ana) as changes,
    ):
        changes.remove(made_code)
    assert state_of(store) == before
    with pytest.raises(Conflict, match="1 coding depends on it"), store.change("x", coder=ana) as changes:
        changes.remove(made_code, version)
    assert state_of(store) == before


def test_what_rests_on_each_other_can_be_removed_together(store: Store, ana: Coder) -> None:
    values = coded(store, ana)
    with store.change("x", coder=ana) as changes:
        changes.remove(*values)
    assert not any(rows for name, rows in state_of(store).items() if name not in ("project", "coders"))


def test_pointing_to_what_is_not_there_is_a_conflict(store: Store, ana: Coder) -> None:
    with pytest.raises(Conflict, match="does not exist any more"), store.change("x", coder=ana) as changes:
        changes.add(Segment("s", "no such source"))
    with store.change("x", coder=ana) as changes:
        changes.add(case("P01"))
    assert names(store) == {"P01"}


def test_a_name_that_someone_else_took_meanwhile_is_a_conflict(store: Store, ana: Coder, there: Case) -> None:
    with (
        pytest.raises(Conflict, match="another coder created something"),
        store.change("case.add", coder=ana) as changes,
    ):
        changes.add(case(there.name))
    assert names(store) == {"P01"}


def test_a_value_can_leave_and_come_back_within_one_change(store: Store, ana: Coder) -> None:
    _, revision, *_ = values = coded(store, ana)
    before = state_of(store)
    with store.change("x", coder=ana) as changes:
        changes.remove(revision)
        changes.add(revision)
    assert state_of(store) == before
    assert len(values) == 7
