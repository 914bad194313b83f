"""Stored charts: views of the matrix under a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.ids import new_id
from fwanalysis.domain.matrix import Chart, MatrixQuery
from fwanalysis.errors import InvalidInput
from fwanalysis.project.context import Context, find
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Sequence


def charts(context: Context) -> Sequence[Chart]:
    """Return the stored charts by name."""
    with context.store.read() as connection:
        return queries.charts(connection)


def chart(context: Context, name: str) -> Chart:
    """Return the stored chart of a name or id. NotFound if there is none."""
    return find(
        name,
        charts(context),
        what="chart",
        named=lambda item: item.name,
        id_of=lambda item: item.id,
    )


def save(context: Context, name: str, query: MatrixQuery) -> Chart:
    """Store a view under a name, in place of the chart that has it.

    Raises:
        InvalidInput: If the name is empty.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("the name of the chart is empty", hint="give it a name")
    known = next((item for item in charts(context) if item.name.casefold() == name.casefold()), None)
    with context.change("chart.save", f"save chart {name}") as changes:
        if known is None:
            saved = Chart(new_id(), name, query)
            changes.add(saved)
        else:
            saved = replace(known, query=query)
            changes.replace(saved, seen=known)
    return saved


def remove(context: Context, name: str) -> Chart:
    """Remove a stored chart; its cells stay. NotFound if there is none."""
    found = chart(context, name)
    with context.change("chart.remove", f"remove chart {found.name}") as changes:
        changes.remove(found)
    return found
