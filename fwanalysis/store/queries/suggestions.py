"""Reading and replacing suggestions, which are derived, and reading decisions, which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select

from fwanalysis.domain.suggestions import Decision, Suggestion
from fwanalysis.store import schema
from fwanalysis.store.mapping import columns_of, fetch, from_rows, to_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import ColumnElement, Connection, Select


def pending(
    connection: Connection,
    *,
    source_id: str | None = None,
    code_ids: Collection[str] | None = None,
    min_score: float | None = None,
    ids: Collection[str] | None = None,
) -> list[Suggestion]:
    """The suggestions that await a decision and meet all conditions, in the order of the text.

    Offered are those of the sources' present revisions and the rules' present versions on which nobody has decided.
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
        _offered(select(*columns_of(Suggestion)))
        .where(*where)
        .order_by(schema.sources.c.imported_at, table.c.start, table.c.end, table.c.score.desc(), table.c.id)
    )
    return from_rows(Suggestion, connection.execute(statement))


def _offered(statement: Select[Any]) -> Select[Any]:
    """Of suggestions, those that await a decision."""
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
    """The ids of all suggestions that somebody has decided on."""
    return frozenset(connection.execute(select(schema.decisions.c.suggestion_id)).scalars())


def decisions(connection: Connection, *, source_id: str | None = None) -> list[Decision]:
    """The decisions on a source's suggestions, or on all, in the order taken."""
    where = [schema.decisions.c.source_id == source_id] if source_id else []
    return fetch(connection, Decision, *where, order=[schema.decisions.c.decided_at])


def replace_suggestions(
    connection: Connection, suggestions: Iterable[Suggestion], *, source_id: str, code_ids: Collection[str]
) -> None:
    """Put what a run found in one source for these codes in the place of what earlier runs found there."""
    table = schema.suggestions
    connection.execute(delete(table).where(table.c.source_id == source_id, table.c.code_id.in_(code_ids)))
    rows = [to_row(suggestion) for suggestion in suggestions]
    if rows:
        connection.execute(insert(table), rows)


def move(connection: Connection, suggestions: Iterable[Suggestion]) -> None:
    """Put suggestions in the place of those of the same ids."""
    rows = [to_row(suggestion) for suggestion in suggestions]
    remove(connection, [row["id"] for row in rows])
    connection.execute(insert(schema.suggestions), rows)


def remove(connection: Connection, ids: Iterable[str]) -> None:
    """Take suggestions away, until a run makes them anew."""
    table = schema.suggestions
    connection.execute(delete(table).where(table.c.id == bindparam("gone")), [{"gone": item} for item in ids])


def of_source(connection: Connection, source_id: str) -> list[Suggestion]:
    """All suggestions that runs have left in a source, decided or not, of whatever revision and rule."""
    return fetch(connection, Suggestion, schema.suggestions.c.source_id == source_id)


def strays(connection: Connection) -> frozenset[str]:
    """The ids of the sources that have suggestions of other revisions than the present one."""
    table, sources = schema.suggestions, schema.sources
    statement = (
        select(table.c.source_id)
        .join(sources, sources.c.id == table.c.source_id)
        .where(table.c.revision_id != sources.c.revision_id)
        .distinct()
    )
    return frozenset(connection.execute(statement).scalars())


def ids_in(connection: Connection, source_id: str) -> frozenset[str]:
    """The ids of all suggestions that runs have left in a source."""
    table = schema.suggestions
    return frozenset(connection.execute(select(table.c.id).where(table.c.source_id == source_id)).scalars())


def pending_by_source(connection: Connection) -> Mapping[str, int]:
    """How many suggestions await a decision in each source."""
    offered = _offered(select(schema.suggestions.c.source_id, func.count())).group_by(schema.suggestions.c.source_id)
    return dict(connection.execute(offered).all())


def tokens(connection: Connection, text_hash: str) -> bytes | None:
    """The cached tokens of a text."""
    table = schema.tokens
    statement = select(table.c.data).where(table.c.text_hash == text_hash)
    return connection.execute(statement).scalar()


def keep_tokens(connection: Connection, text_hash: str, data: bytes) -> None:
    """Cache the tokens of a text."""
    table = schema.tokens
    connection.execute(delete(table).where(table.c.text_hash == text_hash))
    connection.execute(insert(table), {"text_hash": text_hash, "data": data})
