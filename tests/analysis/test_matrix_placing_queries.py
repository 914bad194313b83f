"""Every coding lands in exactly the cells it should, whatever a view asks for; the oracle is that of placing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis.analysis.matrix.building import build_matrix
from fwanalysis.analysis.matrix.rows import NO_CASE, UNKNOWN
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.domain.text import Span
from fwanalysis.errors import NotFound
from tests.analysis.matrix_study import CASES, CODES, SOURCES, Made, study_of
from tests.analysis.test_matrix_placing import covers, members, rows_of, values, whose

if TYPE_CHECKING:
    from collections.abc import Callable

    Values = dict[tuple[str, str], str]
    Condition = Callable[[str, Values], bool]

placed = st.builds(
    lambda source, code, start, length, coder: Made(source, code, Span(start, start + length), coder),
    st.sampled_from(sorted(SOURCES)),
    st.sampled_from(CODES),
    st.integers(0, 60),
    st.integers(1, 25),
    st.sampled_from(["ana", "ben"]),
)
WHERE: tuple[tuple[tuple[tuple[str, str], ...], Condition], ...] = (
    ((), lambda case, known: True),
    ((("size", "x"), ("size", "y")), lambda case, known: known.get((case, "size")) in ("x", "y")),
    (
        (("size", "x"), ("place", "y"), ("place", "x")),
        lambda case, known: known.get((case, "size")) == "x" and known.get((case, "place")) in ("x", "y"),
    ),
)
EXPRESSIONS: tuple[tuple[str, Condition], ...] = (
    ("", lambda case, known: True),
    (
        "size = x or place = y",
        lambda case, known: known.get((case, "size")) == "x" or known.get((case, "place")) == "y",
    ),
    (
        "not (size = x and place != y)",
        lambda case, known: not (known.get((case, "size")) == "x" and known.get((case, "place")) != "y"),
    ),
    ("case ~ P1", lambda case, known: "P1" in case),
)
COLUMNS = (
    MatrixQuery(),
    MatrixQuery(themes=("a", "c")),
    MatrixQuery(themes=("c", "a/b", "a")),
    MatrixQuery(all_codes=True),
    MatrixQuery(all_codes=True, hidden=("a/b",)),
)


def columns_expected(query: MatrixQuery, codings: list[Made]) -> list[tuple[str, bool]]:
    """The paths of the columns, each with whether it is the theme's own."""
    coded = {made.code for made in codings}
    parents = {path for path in CODES if any(covers(path, other) and other != path for other in CODES)}
    if query.all_codes:
        found = [(path, own) for path in CODES for own in (False, True) if not own or path in parents & coded]
    elif query.themes:
        found = []
        for theme in query.themes:
            children = [path for path in CODES if path.rpartition("/")[0] == theme]
            found += [(theme, True)] if children and theme in coded else []
            found += [(path, False) for path in children or [theme]]
    else:
        found = [(path, False) for path in CODES if "/" not in path]
    return [(path, own) for path, own in dict.fromkeys(found) if path not in query.hidden]


@given(
    codings=st.lists(placed, max_size=8),
    belongs=members,
    known=values,
    rows=st.sampled_from(["default", "person", "group", "site", "attribute:size"]),
    columns=st.sampled_from(COLUMNS),
    where=st.sampled_from(WHERE),
    expression=st.sampled_from(EXPRESSIONS),
    coders=st.sampled_from([(), ("ana",), ("ana", "ben")]),
    with_no_case=st.booleans(),
)
@settings(max_examples=settings().max_examples * 5)
def test_every_coding_lands_in_exactly_the_cells_that_a_view_asks_for(
    codings: list[Made],
    belongs: frozenset[tuple[str, str]],
    known: Values,
    rows: str,
    columns: MatrixQuery,
    where: tuple[tuple[tuple[str, str], ...], Condition],
    expression: tuple[str, Condition],
    coders: tuple[str, ...],
    with_no_case: bool,
) -> None:
    query = MatrixQuery(
        rows=rows,
        themes=columns.themes,
        all_codes=columns.all_codes,
        hidden=columns.hidden,
        where=where[0],
        expression=expression[0],
        coders=coders,
        with_no_case=with_no_case,
    )
    matrix = build_matrix(study_of(codings, belongs, known), query)
    assert [(column.path, column.own) for column in matrix.columns] == columns_expected(columns, codings)
    assert len({column.heading for column in matrix.columns}) == len(matrix.columns)
    is_filtered = bool(where[0] or expression[0])

    def meets(case: str) -> bool:
        return where[1](case, known) and expression[1](case, known)

    counted = [(at, made) for at, made in enumerate(codings) if not coders or made.coder in coders]
    meant = {at: rows_of(made, rows, belongs, known, meets, is_filtered=is_filtered) for at, made in counted}
    labels = [row.label for row in matrix.rows]
    assert len(set(labels)) == len(labels)
    unattributed = any(not whose(made)[0] and not whose(made)[1] for _, made in counted)
    assert (NO_CASE in labels) == (with_no_case and not is_filtered and unattributed)
    for row in matrix.rows:
        for column in matrix.columns:
            found = {quoted.passage.coding_id for quoted in matrix.cell(row, column).quotes}
            assert found == {
                f"coding {at}"
                for at, made in counted
                if row.label in meant[at]
                and (made.code == column.path if column.own else covers(column.path, made.code))
            }
    assert matrix.outside == sum(not meant[at] & set(labels) for at, _ in counted)


@given(
    codings=st.lists(placed, max_size=6),
    known=values,
    rows=st.sampled_from(["default", "person", "site", "attribute:size"]),
    names=st.lists(st.sampled_from([*CASES, "x", UNKNOWN]), min_size=1, max_size=3, unique=True),
)
def test_chosen_cases_are_rows_of_the_whole_view_and_hold_the_same_cells(
    codings: list[Made], known: Values, rows: str, names: list[str]
) -> None:
    study = study_of(codings, frozenset(), known)
    whole = build_matrix(study, MatrixQuery(rows=rows, all_codes=True, with_no_case=False))
    labels = [row.label for row in whole.rows]
    try:
        chosen = build_matrix(study, MatrixQuery(rows=rows, all_codes=True, cases=tuple(names)))
    except NotFound:
        assert not set(names) <= set(labels)
        return
    assert [row.label for row in chosen.rows] == [label for label in labels if label in names]
    assert set(names) <= set(labels)
    for row in chosen.rows:
        for column in chosen.columns:
            assert chosen.cell(row, column) == whole.cell(row, column)
