"""Every coding lands in exactly the cells it should: the matrix against a slow oracle.

The oracle is written from the words of DESIGN section 4, code point by code point, and shares nothing with the matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis.analysis.matrix.building import build_matrix
from fwanalysis.analysis.matrix.rows import NO_CASE, UNKNOWN
from fwanalysis.domain.cases import Level
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.text import Span
from tests.analysis.matrix_study import ATTRIBUTES, CASES, CODES, SOURCES, Made, study_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

placed = st.builds(
    lambda source, code, start, length: Made(source, code, Span(start, start + length)),
    st.sampled_from(sorted(SOURCES)),
    st.sampled_from(CODES),
    st.integers(0, 60),
    st.integers(1, 25),
)
members = st.frozensets(
    st.sampled_from([("P1", "G"), ("P2", "G"), ("P1", "S1"), ("P2", "S2"), ("P3", "S1"), ("G", "S2"), ("S1", "S2")])
)
values = st.dictionaries(st.tuples(st.sampled_from(sorted(CASES)), st.sampled_from(ATTRIBUTES)), st.sampled_from("xy"))


def speakers_heard(made: Made) -> list[tuple[Role, str | None]]:
    """Role and case of whoever says any code point of the coding."""
    return [
        (role, case)
        for start, end, role, case in SOURCES[made.source].turns
        if any(start <= point < end for point in range(made.span.start, made.span.end))
    ]


def whose(made: Made) -> tuple[set[str], bool]:
    """The persons whose words they are, and whether they are a focus group's participants' words."""
    source = SOURCES[made.source]
    if not source.turns:
        return ({source.case} if source.case else set()), False
    participants = [case for role, case in speakers_heard(made) if role is Role.PARTICIPANT]
    in_group = source.kind is SourceKind.FOCUS_GROUP and bool(participants)
    return {case for case in participants if case}, in_group


def wholes_of(case: str, belongs: Iterable[tuple[str, str]]) -> set[str]:
    reached, grew = {case}, True
    while grew:
        more = reached | {whole for member, whole in belongs if member in reached}
        grew, reached = more != reached, more
    return reached


def rows_of(
    made: Made,
    rows: str,
    belongs: frozenset[tuple[str, str]],
    known: dict[tuple[str, str], str],
    meets: Callable[[str], bool],
    *,
    is_filtered: bool,
) -> set[str]:
    """The labels of the rows that a coding belongs in, before rows are chosen."""
    cases, in_group = whose(made)
    group = SOURCES[made.source].case if in_group else None
    if not cases and not group:
        return {NO_CASE}
    everybody = cases | ({group} if group else set())
    if rows in ("default", "group"):
        return {group} if group else cases
    if rows == "person":
        return cases
    if rows == "site":
        return set().union(*(wholes_of(case, belongs) for case in everybody if meets(case)))
    name = rows.removeprefix("attribute:")
    holders = {case for case in cases if meets(case)} or ({group} if group and not is_filtered else set())
    return {known.get((str(case), name), UNKNOWN) for case in holders}


def has_all(known: dict[tuple[str, str], str], where: tuple[tuple[str, str], ...]) -> Callable[[str], bool]:
    """The condition that a case has all of these values."""
    return lambda case: all(known.get((case, name)) == value for name, value in where)


def covers(column: str, code: str) -> bool:
    return code == column or code.startswith(column + "/")


@given(
    codings=st.lists(placed, max_size=8),
    belongs=members,
    known=values,
    rows=st.sampled_from(["default", "person", "group", "site", "attribute:size"]),
    theme=st.sampled_from([None, "a", "a/b", "c"]),
    where=st.sampled_from([(), (("size", "x"),), (("size", "x"), ("place", "y"))]),
)
@settings(max_examples=settings().max_examples * 5)
def test_every_coding_lands_in_exactly_the_cells_it_should(
    codings: list[Made],
    belongs: frozenset[tuple[str, str]],
    known: dict[tuple[str, str], str],
    rows: str,
    theme: str | None,
    where: tuple[tuple[str, str], ...],
) -> None:
    study = study_of(codings, belongs, known)
    matrix = build_matrix(study, MatrixQuery(rows=rows, themes=(theme,) if theme else (), where=where))
    meets = has_all(known, where)
    labels = {row.label for row in matrix.rows}
    assert len(labels) == len(matrix.rows)
    expected: dict[tuple[str, str], set[str]] = {}
    outside = 0
    for number, made in enumerate(codings):
        meant = rows_of(made, rows, belongs, known, meets, is_filtered=bool(where))
        outside += not meant & labels
        for label in meant & labels:
            for column in matrix.columns:
                if made.code == column.path if column.own else covers(column.path, made.code):
                    expected.setdefault((label, column.key), set()).add(f"coding {number}")
    found = {
        (row.label, column.key): {quoted.passage.coding_id for quoted in matrix.cells[row.key, column.key].quotes}
        for row in matrix.rows
        for column in matrix.columns
    }
    assert {place: ids for place, ids in found.items() if ids} == expected
    assert matrix.outside == outside
    if not where and rows in ("default", "site"):
        placed_in = [rows_of(made, rows, belongs, known, meets, is_filtered=False) for made in codings]
        lost = [meant for meant in placed_in if not meant & labels]
        assert rows == "site" or not lost
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cells[row.key, column.key]
            here = [codings[int(name.split()[1])] for name in found[row.label, column.key]]
            assert cell.segments == len({(made.source, made.span) for made in here})
            persons = {case for made in here for case in whose(made)[0] if CASES[case] is Level.PERSON}
            assert cell.persons == len(persons)


@given(rows=st.sampled_from(["person", "group", "site"]), where=st.sampled_from([(), (("size", "x"),)]), known=values)
def test_rows_of_a_level_are_all_cases_of_that_level_that_meet_the_conditions(
    rows: str, where: tuple[tuple[str, str], ...], known: dict[tuple[str, str], str]
) -> None:
    matrix = build_matrix(study_of([], frozenset(), known), MatrixQuery(rows=rows, where=where))
    of_level = {name for name, level in CASES.items() if level.value == rows}
    if rows != "site":
        of_level = {name for name in of_level if all(known.get((name, key)) == value for key, value in where)}
    assert {row.label for row in matrix.rows} == of_level
