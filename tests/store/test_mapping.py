"""Every class of values comes back from the database equal to what went in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from fwanalysis.domain.codebook import Near, RuleSpec, Scope, Speakers
from fwanalysis.domain.matrix import Cell, CellState
from fwanalysis.domain.staleness import Basis, BasisCitation, BasisCoding
from fwanalysis.store import schema
from fwanalysis.store.mapping import _TABLES, columns_of, from_rows, table_of, to_row

if TYPE_CHECKING:
    from sqlalchemy import Engine

texts = st.text(st.characters(exclude_categories=["Cs"]))
st.register_type_strategy(str, texts)
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False))
terms = st.lists(texts).map(tuple)
specs = st.builds(
    RuleSpec,
    any=terms,
    all=st.lists(terms).map(tuple),
    not_=terms,
    near=st.none() | st.builds(Near, st.lists(terms).map(tuple), st.integers(1, 99)),
    scope=st.sampled_from(Scope),
    speakers=st.sampled_from(Speakers),
    should_match=terms,
    should_not_match=terms,
)
st.register_type_strategy(RuleSpec, specs)
bases = st.builds(
    Basis,
    st.lists(st.builds(BasisCoding, cases=st.none() | terms)).map(tuple),
    texts,
    st.booleans(),
    st.lists(st.builds(BasisCitation)).map(tuple),
    st.lists(st.tuples(texts, texts)).map(tuple),
    st.lists(st.tuples(texts, texts)).map(tuple),
    terms,
)
cells = st.builds(Cell, *[texts] * 3, st.sampled_from(CellState), *[texts] * 3, bases, st.booleans(), texts, texts)
st.register_type_strategy(Cell, cells)


@pytest.fixture(scope="module")
def database() -> Engine:
    """Tables alone, in memory, where rows may point to nothing."""
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    return engine


@pytest.mark.parametrize("cls", list(_TABLES), ids=lambda cls: cls.__name__)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 4)
def test_values_survive_the_database(database: Engine, cls: type[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(cls))
    with database.connect() as connection:
        connection.execute(insert(table_of(cls)), to_row(value))
        assert from_rows(cls, connection.execute(select(*columns_of(cls)))) == [value]
        connection.rollback()


@pytest.mark.parametrize("cls", list(_TABLES), ids=lambda cls: cls.__name__)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 12)
def test_the_log_records_a_row_as_the_database_gives_it_back(
    database: Engine, cls: type[Any], data: st.DataObject
) -> None:
    row = to_row(data.draw(st.from_type(cls)))
    with database.connect() as connection:
        connection.execute(insert(table_of(cls)), row)
        kept = dict(connection.execute(select(table_of(cls))).mappings().one())
        connection.rollback()
    assert json.loads(json.dumps(row)) == kept
