"""Insert many rows of one table at once.

SQLAlchemy's ``execute(insert(table), rows)`` builds a dictionary of parameters for each row and looks up a converter
for each column: for the 200 turns of an interview that takes longer than the insertion itself. Rows hold only types
that every driver accepts unconverted (text, numbers, booleans, bytes, None), so the statement is compiled once for each
table and dialect, and the values are passed to the driver directly.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Dialect, Table


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that each name every column of the table.

    Does nothing if there are no rows.
    """
    if not rows:
        return
    statement, order = _statement(table, connection.dialect)
    if order is None:
        connection.exec_driver_sql(statement, [dict(row) for row in rows])
    else:
        connection.exec_driver_sql(statement, list(map(itemgetter(*order), rows)))


@lru_cache(maxsize=128)
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Return the SQL of an insertion and the order of its parameters.

    The order is None if the dialect names its parameters.
    """
    compiled = insert(table).compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup) if compiled.positiontup is not None else None
