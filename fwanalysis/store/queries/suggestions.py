"""Read and replace suggestions, which are derived, and read decisions, which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.suggestions import Decision, Suggestion
from fwanalysis.store import schema
from fwanalysis.store.bulk import insert_rows
from fwanalysis.store.mapping import columns_of, fetch, from_rows, to_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Select


def pending(
    connection: Connection,
    *,
    source_id: str | None = None,
    code_ids: Collection[str] | None = None,
    min_score: float | None = None,
    ids: Collection[str] | None = None,
) -> list[Suggestion]:
    """Return the pending suggestions that meet all conditions, in text order.

    A suggestion is pending if it is of a current revision and a current rule version, and no coder has decided it.
    """
    table = schema.suggestions
    where: list[ColumnElement[bool]] = []
    if source_id is not None:
        where.append(table.c.source_id == source_id)
    if code_ids is not None:
        where.append(table.c.code_id.in_(code_ids))
    if min_score is not None:
        where.append(table.c.score >= min_score)
    if ids is not None:
        where.append(table.c.id.in_(ids))
    statement = (
        _only_pending(select(*columns_of(Suggestion)))
        .where(*where)
        .order_by(schema.sources.c.imported_at, table.c.start, table.c.end, table.c.score.desc(), table.c.id)
    )
    return from_rows(Suggestion, connection.execute(statement))


def _only_pending(statement: Select[Any]) -> Select[Any]:
    """Restrict a statement on suggestions to the pending ones."""
    table = schema.suggestions
    return (
        statement.join_from(table, schema.sources, schema.sources.c.revision_id == table.c.revision_id)
        .join(schema.codes, schema.codes.c.id == table.c.code_id)
        .join(schema.rules, schema.rules.c.version_id == table.c.rule_version_id)
        .where(
            table.c.id.not_in(select(schema.decisions.c.suggestion_id)),
            schema.codes.c.retired.is_(False),
            schema.rules.c.retired.is_(False),
        )
    )


def decided_ids(connection: Connection) -> frozenset[str]:
    """Return the ids of all suggestions that were accepted or rejected."""
    return frozenset(connection.execute(select(schema.decisions.c.suggestion_id)).scalars())


def decisions(connection: Connection, *, source_id: str | None = None) -> list[Decision]:
    """Return the decisions on a source's suggestions, or on all, oldest first."""
    where = [schema.decisions.c.source_id == source_id] if source_id else []
    return fetch(connection, Decision, *where, order=[schema.decisions.c.decided_at])


def stances(connection: Connection, ids: Collection[str]) -> Mapping[str, Stance]:
    """Return the stances of the suggestions with these ids that the last runs made, decided or not, by id."""
    table = schema.suggestions
    statement = select(table.c.id, table.c.stance).where(table.c.id.in_(ids))
    return {row.id: Stance(row.stance) for row in connection.execute(statement)}


def replace_suggestions(
    connection: Connection, suggestions: Iterable[Suggestion], *, source_id: str, code_ids: Collection[str]
) -> frozenset[str]:
    """Replace the suggestions of earlier runs for one source and these codes.

    Unchanged rows are not written again, so a run with the same result writes nothing.

    Returns:
        The ids of the suggestions that existed before.
    """
    table = schema.suggestions
    columns = columns_of(Suggestion)
    before = {
        row.id: tuple(row)
        for row in connection.execute(select(*columns).where(table.c.source_id == source_id))
        if row.code_id in code_ids
    }
    rows = {row["id"]: row for row in map(to_row, suggestions)}
    kept = {row_id for row_id, row in rows.items() if before.get(row_id) == tuple(row.values())}
    remove(connection, before.keys() - kept)
    insert_rows(connection, table, [row for row_id, row in rows.items() if row_id not in kept])
    return frozenset(before)


def move(connection: Connection, suggestions: Iterable[Suggestion]) -> None:
    """Replace the suggestions that have the same ids."""
    rows = [to_row(suggestion) for suggestion in suggestions]
    remove(connection, [row["id"] for row in rows])
    insert_rows(connection, schema.suggestions, rows)


def remove(connection: Connection, ids: Iterable[str]) -> None:
    """Remove suggestions; a later run may create them again."""
    table, gone = schema.suggestions, [{"gone": item} for item in ids]
    if gone:
        connection.execute(delete(table).where(table.c.id == bindparam("gone")), gone)


def of_source(connection: Connection, source_id: str) -> list[Suggestion]:
    """Return all suggestions of a source, decided or not, of any revision and rule."""
    return fetch(connection, Suggestion, schema.suggestions.c.source_id == source_id)


def sources_to_update(connection: Connection) -> frozenset[str]:
    """Return ids of sources with suggestions for an older revision."""
    table, sources = schema.suggestions, schema.sources
    statement = (
        select(table.c.source_id)
        .join(sources, sources.c.id == table.c.source_id)
        .where(table.c.revision_id != sources.c.revision_id)
        .distinct()
    )
    return frozenset(connection.execute(statement).scalars())


def pending_by_source(connection: Connection) -> Mapping[str, int]:
    """Count the pending suggestions of each source that has any, by source id."""
    offered = _only_pending(select(schema.suggestions.c.source_id, func.count())).group_by(
        schema.suggestions.c.source_id
    )
    return dict(connection.execute(offered).all())


def pending_by_code(connection: Connection, *, source_id: str | None = None) -> Mapping[str, int]:
    """Count the pending suggestions of each code, by code id, in one source or in all."""
    table = schema.suggestions
    statement = _only_pending(select(table.c.code_id, func.count())).group_by(table.c.code_id)
    if source_id is not None:
        statement = statement.where(table.c.source_id == source_id)
    return dict(connection.execute(statement).all())


def tokens(connection: Connection, text_hash: str) -> bytes | None:
    """Return the cached tokens of a text; None if there are none."""
    table = schema.tokens
    statement = select(table.c.data).where(table.c.text_hash == text_hash)
    return connection.execute(statement).scalar()


def present_tokens(connection: Connection) -> Iterator[tuple[str, bytes | None]]:
    """Yield the text hash and cached tokens of each source's current text.

    One source at a time; the tokens are None if there are none.
    """
    tokens, sources, revisions = schema.tokens, schema.sources, schema.revisions
    statement = (
        select(revisions.c.text_hash, tokens.c.data)
        .select_from(sources)
        .join(revisions, revisions.c.id == sources.c.revision_id)
        .outerjoin(tokens, tokens.c.text_hash == revisions.c.text_hash)
        .execution_options(yield_per=20)
    )
    for row in connection.execute(statement):
        yield row.text_hash, row.data


def keep_tokens(connection: Connection, text_hash: str, data: bytes) -> None:
    """Cache the tokens of a text."""
    table = schema.tokens
    connection.execute(delete(table).where(table.c.text_hash == text_hash))
    connection.execute(insert(table), {"text_hash": text_hash, "data": data})
