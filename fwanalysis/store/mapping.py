"""Convert domain values to rows and back.

Each class of values has one table; its columns have the names of the class's fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, fields, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Table, select

from fwanalysis.domain import abstraction, cases, codebook, codings, matrix, project, sources, staleness, suggestions
from fwanalysis.store import schema

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy import ColumnElement, Connection

Value = TypeVar("Value")
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """How one class of values is stored.

    Its table, the columns in the order of the class's fields, and the codecs by column.
    """

    table: Table
    columns: tuple[str, ...]
    take: Callable[[Any], tuple[Any, ...]]
    codecs: Mapping[str, Codec]


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _record(value: Any) -> str:
    return _dumps(asdict(value))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _load_spec(text: str) -> codebook.RuleSpec:
    raw = {key: _tuples(value) for key, value in json.loads(text).items()}
    near = raw.pop("near")
    return codebook.RuleSpec(
        **{
            **raw,
            "near": codebook.Near(_tuples(near["terms"]), near["within"]) if near else None,
            "scope": codebook.Scope(raw["scope"]),
            "speakers": codebook.Speakers(raw["speakers"]),
        }
    )


def _dump_basis(basis: staleness.Basis) -> str:
    """Write the values of a basis in the order of their fields, without the names, which would triple its size."""
    return _dumps({name: _plain(getattr(basis, name)) for name in basis.__slots__})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return list(astuple(value)) if is_dataclass(value) and not isinstance(value, type) else value


def _load_basis(text: str) -> staleness.Basis:
    raw = json.loads(text)
    return staleness.Basis(
        codings=tuple(staleness.BasisCoding(*_tuples(item)) for item in raw["codings"]),
        code_version_id=raw["code_version_id"],
        with_groups=raw["with_groups"],
        citations=tuple(staleness.BasisCitation(*item) for item in raw.get("citations", ())),
        versions=_tuples(raw.get("versions", [])),
        cells=_tuples(raw.get("cells", [])),
        unread=_tuples(raw.get("unread", [])),
    )


def _dump_query(query: matrix.MatrixQuery) -> str:
    """Write the fields of a query that are not as they are by default."""
    given = asdict(query)
    return _dumps({name: value for name, value in given.items() if value != getattr(matrix.MatrixQuery(), name)})


def _load_query(text: str) -> matrix.MatrixQuery:
    raw = {name: _tuples(value) for name, value in json.loads(text).items()}
    bands = tuple(matrix.Bands(item["attribute"], _tuples(item["cuts"])) for item in raw.pop("bands", ()))
    return matrix.MatrixQuery(**raw, bands=bands)


_PLAIN: Codec = (_dumps, lambda text: _tuples(json.loads(text)))
_JSON: Mapping[tuple[type, str], Codec] = {
    (sources.Revision, "warnings"): _PLAIN,
    (sources.Revision, "metadata"): _PLAIN,
    (codebook.Code, "references"): _PLAIN,
    (codebook.Code, "examples"): (_record, lambda text: codebook.Examples(**json.loads(text))),
    (codebook.RuleVersion, "spec"): (_record, _load_spec),
    (matrix.Cell, "basis"): (_dump_basis, _load_basis),
    (matrix.Chart, "query"): (_dump_query, _load_query),
    (suggestions.Suggestion, "hits"): _PLAIN,
}
_ENUMS: Mapping[tuple[type, str], type[StrEnum]] = {
    (sources.Source, "kind"): sources.SourceKind,
    (sources.Speaker, "role"): sources.Role,
    (sources.Turn, "kind"): sources.TurnKind,
    (cases.Case, "level"): cases.Level,
    (cases.Attribute, "type"): cases.AttributeType,
    (codebook.CodeVersion, "kind"): codebook.CodeKind,
    (codings.Coding, "origin"): codings.Origin,
    (codings.Coding, "stance"): codings.Stance,
    (suggestions.Suggestion, "stance"): codings.Stance,
    (abstraction.Concept, "level"): abstraction.ConceptLevel,
    (suggestions.Decision, "verdict"): suggestions.Verdict,
    (matrix.Cell, "state"): matrix.CellState,
}
_TABLES: Mapping[type, Table] = {
    project.ProjectInfo: schema.project,
    codings.Coder: schema.coders,
    cases.Case: schema.cases,
    cases.Alias: schema.aliases,
    cases.Attribute: schema.attributes,
    cases.AttributeValue: schema.attribute_values,
    cases.Membership: schema.memberships,
    sources.Source: schema.sources,
    sources.Revision: schema.revisions,
    sources.Speaker: schema.speakers,
    sources.Turn: schema.turns,
    codebook.CodebookInfo: schema.codebook,
    codebook.Reference: schema.references,
    codebook.Code: schema.codes,
    codebook.CodeVersion: schema.code_versions,
    codebook.Rule: schema.rules,
    codebook.RuleVersion: schema.rule_versions,
    codings.Segment: schema.segments,
    codings.Anchor: schema.anchors,
    codings.Coding: schema.codings,
    suggestions.Decision: schema.decisions,
    suggestions.Suggestion: schema.suggestions,
    matrix.Cell: schema.cells,
    matrix.Citation: schema.citations,
    matrix.Chart: schema.charts,
    abstraction.Concept: schema.concepts,
    abstraction.Sorting: schema.sortings,
}
STATE: frozenset[str] = frozenset(table.name for cls, table in _TABLES.items() if cls is not suggestions.Suggestion)
"""The names of the tables whose rows are logged, undone and replayed."""


def _map(cls: type) -> Mapped:
    names = tuple(field.name for field in fields(cls))
    codecs: dict[str, Codec] = {name: codec for (owner, name), codec in _JSON.items() if owner is cls}
    codecs |= {name: (str, enum) for (owner, name), enum in _ENUMS.items() if owner is cls}
    return Mapped(_TABLES[cls], names, cast("Callable[[Any], tuple[Any, ...]]", attrgetter(*names)), codecs)


_MAPPED: Mapping[type, Mapped] = {cls: _map(cls) for cls in _TABLES}


def table_of(cls: type) -> Table:
    """Return the table that stores values of a class."""
    return _MAPPED[cls].table


def to_row(value: object) -> dict[str, Any]:
    """Return a value as a row of text, numbers, booleans and None."""
    mapped = _MAPPED[type(value)]
    row = dict(zip(mapped.columns, mapped.take(value), strict=True))
    for name, (encode, _) in mapped.codecs.items():
        row[name] = encode(row[name])
    return row


def is_row_of(value: object, row: Mapping[str, Any]) -> bool:
    """Return whether a stored row is that of a value, also if an older version of the program wrote it."""
    if row == to_row(value):
        return True
    columns = _MAPPED[type(value)].columns
    return from_rows(type(value), [[row[name] for name in columns]]) == [value]


def from_rows(cls: type[Value], rows: Iterable[Any]) -> list[Value]:
    """Return values of a class from rows, columns in the order of its fields."""
    mapped = _MAPPED[cls]
    decoders = [(mapped.columns.index(name), decode) for name, (_, decode) in mapped.codecs.items()]
    values = []
    for row in rows:
        if decoders:
            cells = list(row)
            for index, decode in decoders:
                cells[index] = decode(cells[index])
            values.append(cls(*cells))
        else:
            values.append(cls(*row))
    return values


def columns_of(cls: type) -> list[ColumnElement[Any]]:
    """Return the columns to select, in the order of the class's fields."""
    mapped = _MAPPED[cls]
    return [mapped.table.c[name] for name in mapped.columns]


def fetch(
    connection: Connection, cls: type[Value], *where: ColumnElement[bool], order: Iterable[ColumnElement[Any]] = ()
) -> list[Value]:
    """Return all values of a class that meet the conditions, in *order*."""
    return from_rows(cls, connection.execute(select(*columns_of(cls)).where(*where).order_by(*order)))


def fetch_one(connection: Connection, cls: type[Value], *where: ColumnElement[bool]) -> Value | None:
    """Return the value of a class that meets the conditions, or None."""
    row = connection.execute(select(*columns_of(cls)).where(*where).limit(1)).first()
    return None if row is None else from_rows(cls, [row])[0]
