"""Abstractions as files: what an export holds, and what an import merges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis.domain.abstraction import ConceptLevel, ListedAbstraction, ListedConcept
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import build_study, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project

ELEMENT, DIMENSION, CATEGORY = ConceptLevel
CASES = ("P01", "P02", "FG1")
COLUMNS = ("effort", "effort/cost", "trust")


def write_cells(project: Project) -> Project:
    """Write a cell for each case in each column, and cells of a theme itself."""
    for case in CASES:
        for code in COLUMNS:
            project.matrix.set(case, code, f"Of {case}.")
    project.matrix.set("P01", "effort", "Itself.", own=True)
    return project


@pytest.fixture
def charted(project: Project) -> Project:
    return write_cells(project)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A charted project for many examples, each of which takes back what it did."""
    made = write_cells(build_study(tmp_path_factory.mktemp("shared")))
    yield made
    made.close()


FIRST = ListedAbstraction(
    "effort/cost",
    (
        ListedConcept(ELEMENT, "A day", "Paid", ("FG1", "P01")),
        ListedConcept(ELEMENT, "Alone"),
        ListedConcept(DIMENSION, "Paid", "Giving"),
        ListedConcept(CATEGORY, "Giving"),
    ),
)


def test_an_import_into_an_empty_column_says_what_it_added(charted: Project) -> None:
    report = charted.abstraction.load([FIRST])
    assert (report.columns, report.kept) == (("effort/cost",), ())
    assert set(report.added) == {"A day", "Alone", "Paid", "Giving"}
    assert (report.sorted_cells, report.sorted_concepts) == (2, 0)
    assert charted.abstraction.list() == [FIRST]


def test_an_import_is_one_step_to_undo(charted: Project) -> None:
    before = rows(charted)
    charted.abstraction.load([FIRST])
    charted.history.undo()
    assert rows(charted) == before


def test_importing_the_same_again_changes_nothing(charted: Project) -> None:
    charted.abstraction.load([FIRST])
    before, events = rows(charted), len(charted.history.list())
    report = charted.abstraction.load([FIRST])
    assert (report.added, report.sorted_cells, report.sorted_concepts) == ((), 0, 0)
    assert (rows(charted), len(charted.history.list())) == (before, events)


def test_an_import_adds_to_what_the_project_has_and_reports_what_it_sorts_otherwise(charted: Project) -> None:
    charted.abstraction.load([FIRST])
    other = ListedAbstraction(
        "cost",
        (
            ListedConcept(ELEMENT, "a DAY", "Lost", ("P02",)),
            ListedConcept(ELEMENT, "Alone", "Lost"),
            ListedConcept(DIMENSION, "Lost", "Giving"),
            ListedConcept(CATEGORY, "Giving"),
        ),
    )
    report = charted.abstraction.load([other])
    assert (report.added, report.sorted_cells, report.sorted_concepts) == (("Lost",), 1, 1)
    assert report.kept == ("effort/cost: the element “A day” stays in “Paid”; the file has it in “Lost”",)
    assert charted.abstraction.list() == [
        ListedAbstraction(
            "effort/cost",
            (
                ListedConcept(ELEMENT, "A day", "Paid", ("FG1", "P01", "P02")),
                ListedConcept(ELEMENT, "Alone", "Lost"),
                ListedConcept(DIMENSION, "Paid", "Giving"),
                ListedConcept(DIMENSION, "Lost", "Giving"),
                ListedConcept(CATEGORY, "Giving"),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("code", "cells", "error", "message"),
    [
        ("cost", ("P77", "P01", "P78"), InvalidInput, "no cases “P77”, “P78” in this project; nothing was imported"),
        ("cost", ("P03",), InvalidInput, "these cells are not written: P03 × effort/cost; nothing was imported"),
        ("snow", ("P01",), NotFound, 'no code "snow"'),
    ],
)
def test_an_import_with_an_unknown_name_is_refused_in_one_sentence(
    charted: Project, code: str, cells: tuple[str, ...], error: type[Exception], message: str
) -> None:
    before = rows(charted)
    with pytest.raises(error) as raised:
        charted.abstraction.load([FIRST, ListedAbstraction(code, (ListedConcept(ELEMENT, "New", "", cells),))][1:])
    assert (str(raised.value), rows(charted) == before) == (message, True)


def test_a_column_that_occurs_twice_is_refused(charted: Project) -> None:
    with pytest.raises(InvalidInput, match="effort/cost occurs twice"):
        charted.abstraction.load([FIRST, ListedAbstraction("cost", ())])


@pytest.mark.parametrize("name", ["out.yaml", "out.json"])
def test_an_exported_file_can_be_imported(charted: Project, tmp_path: Path, name: str) -> None:
    charted.abstraction.load([FIRST])
    charted.abstraction.export(tmp_path / name)
    charted.history.undo()
    assert charted.abstraction.list() == []
    charted.abstraction.import_file(tmp_path / name)
    assert charted.abstraction.list() == [FIRST]


def test_a_csv_file_has_a_data_structure_and_its_facts_beside_it(charted: Project, tmp_path: Path) -> None:
    charted.abstraction.load([FIRST])
    charted.abstraction.export(tmp_path / "out.csv", code="cost")
    assert (tmp_path / "out.csv").read_bytes().split(b"\r\n")[1] == b"effort/cost,A day,Paid,Giving,FG1; P01,,"
    assert json.loads((tmp_path / "out.csv.meta.json").read_bytes())["codes"] == ["effort/cost"]


def test_a_file_extension_without_a_format_is_refused(charted: Project, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="fits no format"):
        charted.abstraction.export(tmp_path / "out.png")


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)


def concepts_of(level: ConceptLevel, parents: list[str]) -> st.SearchStrategy[list[ListedConcept]]:
    labels = st.lists(st.sampled_from(CASES), unique=True).map(lambda chosen: tuple(sorted(chosen)))
    cells = labels if level is ELEMENT else st.just(())
    concept = st.builds(
        ListedConcept, st.just(level), NAMES.filter(bool), st.sampled_from(["", *parents]) if parents else st.just(""),
        cells,
    )  # fmt: skip
    return st.lists(concept, max_size=5, unique_by=lambda item: item.name.casefold())


@st.composite
def abstractions(draw: st.DrawFn) -> list[ListedAbstraction]:
    """Abstractions of some of the columns, in the order of the codebook."""
    found = []
    for code in COLUMNS:
        categories = draw(concepts_of(CATEGORY, []))
        dimensions = draw(concepts_of(DIMENSION, [item.name for item in categories]))
        elements = draw(concepts_of(ELEMENT, [item.name for item in dimensions]))
        concepts = (*elements, *dimensions, *categories)
        if concepts:
            found.append(ListedAbstraction(code, concepts))
    return found


@settings(max_examples=20)
@given(abstractions(), st.sampled_from(["yaml", "json"]))
def test_export_then_import_into_an_empty_copy_gives_the_same(
    shared: Project, wanted: list[ListedAbstraction], form: str
) -> None:
    from fwanalysis.formats.charts.abstraction_file import read_abstractions

    shared.abstraction.load(wanted)
    before, written = shared.abstraction.list(), shared.abstraction.file_bytes(form)
    assert before == wanted
    if wanted:
        shared.history.undo()
    assert shared.abstraction.list() == []
    shared.abstraction.load(read_abstractions(f"out.{form}", written))
    assert (shared.abstraction.list(), shared.abstraction.file_bytes(form)) == (before, written)
    if wanted:
        shared.history.undo()
