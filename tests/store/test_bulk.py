"""Many rows at once: by position or by name, as the driver of a database wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect

from fwanalysis.store import schema
from fwanalysis.store.bulk import insert_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine.default import DefaultDialect

ROWS = [
    {"id": "a", "name": "P01", "level": "person"},
    {"level": "group", "name": "newline\nand \u201cquotes\u201d", "id": "b"},
]


class Recorder:
    """A connection that keeps what it is asked to execute."""

    def __init__(self, dialect: DefaultDialect) -> None:
        self.dialect = dialect
        self.executed: list[tuple[str, object]] = []

    def exec_driver_sql(self, statement: str, parameters: object) -> None:
        self.executed.append((statement, parameters))


def inserted(dialect: DefaultDialect) -> tuple[str, object]:
    recorder = Recorder(dialect)
    connection: Connection = recorder  # type: ignore[assignment]
    insert_rows(connection, schema.cases, ROWS)
    ((statement, parameters),) = recorder.executed
    return statement, parameters


def test_values_follow_the_order_of_the_columns_whatever_the_order_of_a_row() -> None:
    statement, parameters = inserted(sqlite.dialect())
    assert statement.replace("\n", "") == "INSERT INTO cases (id, name, level) VALUES (?, ?, ?)"
    assert parameters == [("a", "P01", "person"), ("b", "newline\nand \u201cquotes\u201d", "group")]


@pytest.mark.parametrize("paramstyle", ["pyformat", "named"])
def test_a_driver_that_wants_names_is_given_names(paramstyle: str) -> None:
    statement, parameters = inserted(PGDialect(paramstyle=paramstyle))  # type: ignore[no-untyped-call]
    assert {"pyformat": "%(id)s", "named": ":id"}[paramstyle] in statement
    assert parameters == ROWS


def test_no_rows_execute_nothing() -> None:
    recorder = Recorder(sqlite.dialect())
    connection: Connection = recorder  # type: ignore[assignment]
    insert_rows(connection, schema.cases, [])
    assert recorder.executed == []
