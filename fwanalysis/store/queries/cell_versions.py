"""Earlier versions of the written cells of the matrix, from the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from fwanalysis.domain.matrix import Cell, Citation
from fwanalysis.store import schema
from fwanalysis.store.log import unpack
from fwanalysis.store.mapping import from_rows, table_of
from fwanalysis.store.upcasting import upcast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from fwanalysis.domain.history import Row

Place = tuple[str, str, bool]
"""Ids of case and code, and whether sub-codes are left out."""


@dataclass(frozen=True, slots=True)
class CellVersion:
    """A cell as an event left it.

    Attributes:
        seq: Number of the event.
        cell: The cell; None if the event cleared it.
        citations: What its references cited, in the order of the references.
    """

    seq: int
    cell: Cell | None
    citations: tuple[Citation, ...] = ()


def cell_versions(connection: Connection) -> Mapping[Place, list[CellVersion]]:
    """Return the versions of every cell that was ever written, oldest first.

    Events whose content was deleted from the log are left out. Reads the log once: time is linear in the size of those
    payloads that hold cells.
    """
    cells, citations = table_of(Cell).name, table_of(Citation).name
    events = schema.events.c
    holds = or_(*(events.payload.contains(f'"table":"{name}"', autoescape=True) for name in (cells, citations)))
    statement = select(events.seq, events.schema, events.payload).where(holds).order_by(events.seq)
    present: dict[str, Row] = {}
    cited: dict[str, dict[str, Row]] = {}
    found: dict[Place, list[CellVersion]] = {}
    for seq, version, payload in connection.execute(statement):
        touched: dict[str, Place | None] = {}
        for change in (upcast(item, version) for item in unpack(payload)):
            if change.table == cells:
                touched.setdefault(change.row_id, _place(present.get(change.row_id)))
                _put(present, change.row_id, change.after)
            elif change.table == citations:
                cell_id = str((change.after or change.before or {})["cell_id"])
                touched.setdefault(cell_id, _place(present.get(cell_id)))
                _put(cited.setdefault(cell_id, {}), change.row_id, change.after)
        for cell_id, before in touched.items():
            row = present.get(cell_id)
            place = _place(row)
            if before is not None and before != place:
                found.setdefault(before, []).append(CellVersion(seq, None))
            if place is not None and row is not None:
                version_ = CellVersion(seq, *_values(row, cited.get(cell_id, {}).values()))
                found.setdefault(place, []).append(version_)
    return found


def _place(row: Row | None) -> Place | None:
    return (str(row["case_id"]), str(row["code_id"]), bool(row["own"])) if row else None


def _put(rows: dict[str, Row], row_id: str, row: Row | None) -> None:
    if row is None:
        rows.pop(row_id, None)
    else:
        rows[row_id] = row


def _values(row: Row, cited: Iterable[Row]) -> tuple[Cell, tuple[Citation, ...]]:
    citations = from_rows(Citation, [[item[name] for name in Citation.__slots__] for item in cited])
    (cell,) = from_rows(Cell, [[row[name] for name in Cell.__slots__]])
    return cell, tuple(sorted(citations, key=lambda item: item.position))
