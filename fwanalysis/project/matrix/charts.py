"""Stored charts: views of the matrix under a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.ids import new_id
from fwanalysis.domain.matrix import Chart, MatrixQuery
from fwanalysis.errors import Ambiguous, InvalidInput
from fwanalysis.project.context import Context, find
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook, CodeEntry


def charts(context: Context) -> Sequence[Chart]:
    """Return the stored charts by name, with codes and cases as they are called now."""
    with context.store.read() as connection:
        stored = queries.charts(connection)
        codebook = codebook_queries.codebook(connection, with_rules=False)
        names = {case.id: case.name for case in case_queries.cases(connection)}
    codes = {entry.id: _path(codebook, entry) for entry in codebook.entries}
    return [replace(item, query=_renamed(item.query, codes, names)) for item in stored]


def _path(codebook: Codebook, entry: CodeEntry) -> str:
    """Return the path of a code; that of a theme begins with a slash if a code below another has its key, too."""
    try:
        return entry.path if codebook.find(entry.path).id == entry.id else entry.absolute_path
    except Ambiguous:
        return entry.absolute_path


def _renamed(query: MatrixQuery, codes: Mapping[str, str], cases: Mapping[str, str]) -> MatrixQuery:
    """Return a query with other names of its codes and cases; a name that is not in the mapping stays."""
    return replace(
        query,
        themes=tuple(codes.get(name, name) for name in query.themes),
        hidden=tuple(codes.get(name, name) for name in query.hidden),
        cases=tuple(cases.get(name, name) for name in query.cases),
        pinned=tuple(cases.get(name, name) for name in query.pinned),
    )


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

    Codes and cases are stored by id, so that the chart follows their names.

    Raises:
        InvalidInput: If the name is empty.
        NotFound: If a code does not exist.
    """
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("the name of the chart is empty", hint="give it a name")
    with context.store.read() as connection:
        codebook = codebook_queries.codebook(connection, with_rules=False)
        ids = {case.name: case.id for case in case_queries.cases(connection)}
        stored = queries.charts(connection)
    codes = {name: codebook.find(name).id for name in (*query.themes, *query.hidden)}
    query = _renamed(query, codes, ids)
    known = next((item for item in stored if item.name.casefold() == name.casefold()), None)
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
