"""Read the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fwanalysis.domain.codebook import (
    Code,
    Codebook,
    CodebookInfo,
    CodeVersion,
    Reference,
    Rule,
    RuleVersion,
    build_codebook,
)
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch, fetch_one

if TYPE_CHECKING:
    from sqlalchemy import Connection


def codebook(connection: Connection, *, with_rules: bool = True) -> Codebook:
    """Return the current codes as a tree, with their current versions.

    The rules are the larger part; *with_rules* False omits them.
    """
    versions = {version.id: version for version in fetch(connection, CodeVersion)}
    by_code: dict[str, list[RuleVersion]] = {}
    if with_rules:
        stated = {version.id: version for version in fetch(connection, RuleVersion)}
        for rule in rules(connection):
            if not rule.retired:
                by_code.setdefault(rule.code_id, []).append(stated[rule.version_id])
    return build_codebook(
        fetch(connection, Code),
        versions,
        by_code,
        info=fetch_one(connection, CodebookInfo),
        references={reference.key: reference.text for reference in references(connection)},
    )


def code(connection: Connection, code_id: str) -> Code | None:
    """Return the code with an id, or None."""
    return fetch_one(connection, Code, schema.codes.c.id == code_id)


def version_or_none(connection: Connection, version_id: str) -> CodeVersion | None:
    """Return the version of a code with an id, or None."""
    return fetch_one(connection, CodeVersion, schema.code_versions.c.id == version_id)


def rules(connection: Connection) -> list[Rule]:
    """Return all rules, code by code, in their order."""
    return fetch(connection, Rule, order=[schema.rules.c.code_id, schema.rules.c.position])


def references(connection: Connection) -> list[Reference]:
    """Return all works that codes may cite, by key."""
    return fetch(connection, Reference, order=[schema.references.c.key])


def last_version_number(connection: Connection, code_id: str) -> int:
    """Return the highest version number a code ever had; 0 if none."""
    table = schema.code_versions
    return connection.execute(select(func.max(table.c.number)).where(table.c.code_id == code_id)).scalar() or 0
