"""Blobs, observations, listeners, and a database that another program has locked."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.history import Change
from fwanalysis.domain.text import text_hash
from fwanalysis.errors import Locked
from fwanalysis.store import engine, log, schema, undo
from fwanalysis.store.queries import sources as queries
from fwanalysis.store.store import create_store, open_store
from tests.store.store_values import TEXT, case, count_events, source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.store import Store


def keep(store: Store, coder: Coder, name: str, text: str = TEXT) -> None:
    with store.change("source.import", coder=coder) as changes:
        changes.keep_text(text_hash(text), text)
        changes.keep_original(text_hash(text), text.encode())
        changes.add(*source(name, text))


def blobs(store: Store) -> tuple[list[str], list[bytes]]:
    with store.read() as connection:
        texts = connection.execute(schema.texts.select()).all()
        originals = connection.execute(schema.originals.select()).all()
    return [row.text for row in texts], [row.data for row in originals]


def test_a_text_is_kept_once_whoever_brings_it(store: Store, ana: Coder) -> None:
    keep(store, ana, "one")
    keep(store, ana, "two")
    assert blobs(store) == ([TEXT], [TEXT.encode()])


def test_blobs_outlive_the_undo_of_what_brought_them_and_are_not_in_the_log(store: Store, ana: Coder) -> None:
    keep(store, ana, "one")
    undo.undo(store, ana)
    assert blobs(store) == ([TEXT], [TEXT.encode()])
    with store.read() as connection:
        payloads = "".join(connection.exec_driver_sql("SELECT payload FROM events").scalars())
    assert TEXT not in payloads


def test_a_failed_change_keeps_no_blob(store: Store, ana: Coder) -> None:
    def fail() -> None:
        with store.change("source.import", coder=ana) as changes:
            changes.keep_text("hash", "text")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert blobs(store) == ([], [])


def test_reading_positions_are_observations_without_events(store: Store, ana: Coder) -> None:
    from fwanalysis.store.store import set_reading

    events = count_events(store)
    for position, furthest in ((5, 40), (90, 120), (10, 30)):
        set_reading(store, source_id="s", coder=ana, position=position, furthest=furthest)
    with store.read() as connection:
        assert queries.position(connection, "s", ana.id) == 10
        assert queries.furthest_read(connection, ana.id) == {"s": 120}
        assert queries.position(connection, "never", ana.id) == 0
    assert count_events(store) == events


@pytest.fixture
def told(store: Store) -> Iterator[list[Change]]:
    heard: list[Change] = []
    stop = store.listen(heard.append)
    yield heard
    stop()


def test_listeners_hear_of_a_change_after_its_commit_with_the_tables_it_wrote(store: Store, ana: Coder) -> None:
    seen: list[tuple[Change, int]] = []

    def listener(change: Change) -> None:
        with store.read() as connection:
            seen.append((change, log.head(connection)[0]))

    store.listen(listener)
    keep(store, ana, "one")
    change, committed = seen[0]
    assert len(seen) == 1
    assert change == Change(committed, "source.import", ana.id, frozenset({"sources", "revisions"}))


def test_listeners_do_not_hear_of_what_did_not_happen(store: Store, ana: Coder, told: list[Change]) -> None:
    def fail() -> None:
        with store.change("case.add", coder=ana) as changes:
            changes.add(case("P01"))
            changes.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.change("case.add", coder=ana):
        pass
    assert told == []


def test_listeners_hear_of_undo_redo_and_derived_rows(store: Store, ana: Coder, told: list[Change]) -> None:
    with store.change("case.add", coder=ana) as changes:
        changes.add(case("P01"))
    undo.undo(store, ana)
    undo.redo(store, ana)
    with store.derive("suggest.run"):
        pass
    assert [(change.name, change.tables) for change in told] == [
        ("case.add", {"cases"}),
        ("history.undo", {"cases"}),
        ("history.redo", {"cases"}),
        ("suggest.run", frozenset()),
    ]


def test_a_listener_hears_in_the_thread_that_committed_and_not_after_it_stopped(store: Store, ana: Coder) -> None:
    threads: list[str] = []
    stop = store.listen(lambda _: threads.append(threading.current_thread().name))

    def work() -> None:
        with store.change("case.add", coder=ana) as changes:
            changes.add(case("P01"))

    worker = threading.Thread(target=work, name="importer")
    worker.start()
    worker.join()
    stop()
    with store.change("case.add", coder=ana) as changes:
        changes.add(case("P02"))
    assert threads == ["importer"]


def test_a_project_that_another_program_writes_to_is_locked_and_then_free_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.02)
    create_store(path, title="", question="", coder="ana").close()
    store = open_store(path)
    ana = store.coder("ana")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for attempt in (lambda: store.change("case.add", coder=ana), lambda: store.derive("suggest.run")):
            with pytest.raises(Locked, match=r"for 0\.02 seconds"), attempt():
                pass
        with pytest.raises(Locked):
            undo.undo(store, ana)
        other.execute("ROLLBACK")
    with store.change("case.add", coder=ana) as changes:
        changes.add(case("P01"))
    store.close()
