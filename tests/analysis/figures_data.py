"""A small study whose figures are computed by hand, and random ones for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from fwanalysis.domain.figures import Coded, FigureColumn, FigureData, FigureRow, Said

COLUMNS = (
    FigureColumn("t", "Theme", "t", frozenset({"t", "a", "b"})),
    FigureColumn("a", "A", "t/a", frozenset({"a"})),
    FigureColumn("b", "B", "t/b", frozenset({"b"})),
    FigureColumn("c", "C", "c", frozenset({"c"})),
)
ROWS = (
    FigureRow("P1", "P1", "person", {"role": "nurse", "years": "3"}, words=100),
    FigureRow("P2", "P2", "person", {"role": "doctor", "years": "12"}, words=200),
    FigureRow("P3", "P3", "person", {"role": "matron"}, words=50),
    FigureRow("G", "Ward group", "group", words=400),
    FigureRow("S", "Site", "site", speaks=False, words=0),
)


def coded(number: int, code: str, segment: tuple[str, int, int], row: str, stance: str, **more: object) -> Coded:
    persons = (row,) if row.startswith("P") else ()
    return Coded(f"coding {number}", code, segment, (row,), **{"persons": persons, "stance": stance, **more})  # type: ignore[arg-type]


CODED = (
    coded(1, "a", ("r1", 0, 10), "P1", "for", said=(Said(0, 5, ("P1",)),), turns=(1,)),
    coded(2, "b", ("r1", 0, 10), "P1", "against", said=(Said(0, 5, ("P1",)),), turns=(1,)),
    coded(3, "a", ("r1", 5, 20), "P1", "for", said=(Said(3, 9, ("P1",)),), turns=(1, 2)),
    coded(4, "a", ("r2", 0, 10), "P2", "against", said=(Said(0, 4, ("P2",)),), turns=(1,)),
    coded(
        *(5, "c", ("g", 0, 30), "G", "for"),
        persons=("P1", "P4"),
        said=(Said(0, 10, ("G",)), Said(10, 12, ()), Said(12, 20, ("G",))),
        turns=(1, 3),
    ),
    coded(6, "a", ("g", 10, 40), "G", "mixed", persons=("P4",), said=(Said(15, 25, ("G",)),), turns=(3,)),
)
"""P1 says one passage on both sub-codes and another that overlaps it; 5 has words of an interviewer in the middle."""

DATA = FigureData(ROWS, COLUMNS, CODED)

_keys = st.sampled_from([row.key for row in ROWS])


def _random_coding(
    number: int, code: str, text: int, start: int, length: int, rows: frozenset[str], stance: str
) -> Coded:
    end = start + length
    ordered = tuple(sorted(rows))
    persons = tuple(key for key in ordered if key.startswith("P"))
    said = (Said(start, end, ordered),)
    turns = tuple(range(start // 5, (end - 1) // 5 + 1))
    return Coded(str(number), code, (f"r{text}", start, end), ordered, persons, stance, said=said, turns=turns)


codings = st.builds(
    _random_coding,
    st.integers(),
    st.sampled_from("tabc"),
    st.integers(1, 2),
    st.integers(0, 20),
    st.integers(1, 9),
    st.frozensets(_keys, max_size=3),
    st.sampled_from(["for", "against", "mixed"]),
)
studies = st.builds(
    FigureData,
    st.just(ROWS),
    st.just(COLUMNS),
    st.lists(codings, max_size=25, unique_by=lambda item: item.coding_id).map(tuple),
    st.frozensets(st.tuples(_keys, st.sampled_from("tabc")), max_size=4),
)
