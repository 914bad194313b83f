"""Read the saved cells of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_

from fwanalysis.domain.matrix import Cell
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch, fetch_one

if TYPE_CHECKING:
    from sqlalchemy import Connection


def cells(connection: Connection) -> list[Cell]:
    """Return every saved cell."""
    return fetch(connection, Cell)


def cell(connection: Connection, case_id: str, code_id: str) -> Cell | None:
    """Return the saved cell of a case and a code, or None."""
    table = schema.cells
    return fetch_one(connection, Cell, and_(table.c.case_id == case_id, table.c.code_id == code_id))
