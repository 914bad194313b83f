"""Read cases, attributes and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, union

from fwanalysis.domain.cases import Alias, Attribute, AttributeValue, Case, Level, Membership
from fwanalysis.store import schema
from fwanalysis.store.mapping import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


def cases(connection: Connection) -> list[Case]:
    """Return all cases by name."""
    return fetch(connection, Case, order=[schema.cases.c.name])


def aliases(connection: Connection) -> list[Alias]:
    """Return all aliases by name."""
    return fetch(connection, Alias, order=[schema.aliases.c.name])


def attributes(connection: Connection) -> list[Attribute]:
    """Return all attributes in their order."""
    return fetch(connection, Attribute, order=[schema.attributes.c.position])


def attribute_values(connection: Connection) -> list[AttributeValue]:
    """Return every known value of every case."""
    return fetch(connection, AttributeValue)


def values_by_case(connection: Connection) -> Mapping[str, Mapping[str, str]]:
    """Return the known values by case id and attribute name."""
    names = {attribute.id: attribute.name for attribute in attributes(connection)}
    by_case: dict[str, dict[str, str]] = {}
    for value in attribute_values(connection):
        by_case.setdefault(value.case_id, {})[names[value.attribute_id]] = value.value
    return by_case


def speaking(connection: Connection) -> frozenset[str]:
    """Return the ids of the cases that have a source or speak in one.

    A case speaks if a speaker with a turn in a source's current revision belongs to it.
    """
    present = select(schema.turns.c.speaker_id).join(
        schema.sources, schema.sources.c.revision_id == schema.turns.c.revision_id
    )
    heard = select(schema.speakers.c.case_id).where(schema.speakers.c.id.in_(present))
    found = connection.execute(union(select(schema.sources.c.case_id), heard)).scalars()
    return frozenset(case_id for case_id in found if case_id is not None)


def idle_persons(connection: Connection) -> frozenset[str]:
    """Return ids of persons who speak in no source and have no members.

    Nothing in the project yet shows that they are persons.
    """
    used = speaking(connection) | {membership.whole_id for membership in memberships(connection)}
    return frozenset(case.id for case in cases(connection) if case.level is Level.PERSON and case.id not in used)


def is_used(connection: Connection, case_id: str) -> bool:
    """Return whether anything in the project refers to a case."""
    return any(
        connection.execute(select(key.parent).where(key.parent == case_id).limit(1)).first()
        for table in schema.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is schema.cases
    )


def memberships(connection: Connection) -> list[Membership]:
    """Return every membership."""
    return fetch(connection, Membership)
