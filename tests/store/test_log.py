"""The log of events: whole as written, and never silently otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.history import GENESIS, RowChange
from fwanalysis.store import log, schema
from tests.store.store_values import case

if TYPE_CHECKING:
    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.store import Store

rows = st.none() | st.fixed_dictionaries(
    {"id": st.uuids().map(str), "text": st.text(), "number": st.none() | st.integers() | st.floats(allow_nan=False)}
)
changes = st.builds(RowChange, st.sampled_from(["cases", "codes"]), rows, rows).filter(
    lambda change: change.before is not None or change.after is not None
)


@given(st.lists(changes))
def test_rows_come_back_from_a_payload_as_they_went_in(written: list[RowChange]) -> None:
    assert list(log.unpack(log.pack(written))) == written


@pytest.fixture
def written(store: Store, ana: Coder) -> Store:
    for number, group in enumerate([None, "import", "import"]):
        with store.change("case.add", coder=ana, label=f"add {number}", group=group) as changes:
            changes.add(case(f"P0{number}"))
    return store


def faults(store: Store) -> list[str]:
    with store.read() as connection:
        return log.verify(connection)


def tamper(store: Store, sql: str) -> None:
    with store.derive("tamper") as connection:
        connection.exec_driver_sql(sql)


def test_a_log_as_written_has_no_faults_and_begins_at_the_beginning(written: Store) -> None:
    assert faults(written) == []
    with written.read() as connection:
        links = connection.exec_driver_sql("SELECT previous, hash FROM events ORDER BY seq").all()
    assert [previous for previous, _ in links] == [GENESIS, *(link for _, link in links[:-1])]


TAMPERED = {
    "seq": "99",
    "name": "'case.sett'",
    "label": "label || '!'",
    "coder_id": "'somebody else'",
    "at": "'2020-01-01T00:00:00.000000Z'",
    '"group"': "'another'",
    "reverts": "1",
    "schema": "1",
    "salt": "'00'",
    "payload": "replace(payload, 'P01', 'P99')",
    "digest": "hash",
    "previous": "hash",
    "hash": "digest",
}


def test_every_column_of_an_event_is_tampered_with_below() -> None:
    assert {name.strip('"') for name in TAMPERED} == set(schema.events.c.keys())


@pytest.mark.parametrize("column", TAMPERED)
def test_tampering_with_any_column_of_an_event_is_found(written: Store, column: str) -> None:
    tamper(written, f"UPDATE events SET {column} = {TAMPERED[column]} WHERE label = 'add 1'")
    assert faults(written)


@pytest.mark.parametrize("column", ["payload", "salt", '"group"'])
def test_emptying_a_column_of_an_event_is_found(written: Store, column: str) -> None:
    tamper(written, f"UPDATE events SET {column} = NULL WHERE label = 'add 1'")
    assert faults(written)


def test_an_event_taken_out_is_missed(written: Store) -> None:
    tamper(written, "DELETE FROM events WHERE label = 'add 1'")
    assert any("is missing" in fault for fault in faults(written))


def test_events_that_changed_places_are_found(written: Store) -> None:
    tamper(written, "UPDATE events SET seq = -seq")
    tamper(written, "UPDATE events SET seq = CASE seq WHEN -2 THEN 3 WHEN -3 THEN 2 ELSE -seq END")
    assert len(faults(written)) >= 2
