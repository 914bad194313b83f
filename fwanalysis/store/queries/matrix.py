"""Reading the written cells of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_

from fwanalysis.domain.matrix import Cell
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch, fetch_one

if TYPE_CHECKING:
    from sqlalchemy import Connection


def cells(connection: Connection) -> list[Cell]:
    """Every written cell."""
    return fetch(connection, Cell)


def cell(connection: Connection, case_id: str, code_id: str) -> Cell | None:
    """The written cell of a case and a code."""
    table = schema.cells
    return fetch_one(connection, Cell, and_(table.c.case_id == case_id, table.c.code_id == code_id))
