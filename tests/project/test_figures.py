"""Figures of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.analysis.figures.crosstab import Grouping
from fwanalysis.domain.figures import Measure, Unit
from fwanalysis.domain.matrix import CellState, MatrixQuery
from fwanalysis.domain.text import count_words
from fwanalysis.errors import InvalidInput, NotFound
from tests.project.project_study import code

if TYPE_CHECKING:
    from fwanalysis.project import Project


@pytest.fixture
def coded(project: Project) -> Project:
    """Some codings in every source."""
    code(project, "P01", "cost", "Nobody asks who pays for it.")
    code(project, "P01", "trust", "asks who pays for it.")
    code(project, "P02", "cost", "The hospitals pay")
    code(project, "FG1", "cost", "The meetings cost us a whole day")
    code(project, "FG1", "trust", "We trust the people who come to every meeting.")
    code(project, "newsletter", "trust", "Trust, it says, cannot be bought.")
    return project


def test_codes_are_counted_by_cases_that_could_have_said_something(coded: Project) -> None:
    found = {code.path: code for code in coded.figures.codes(MatrixQuery(all_codes=True, with_no_case=False)).codes}
    assert {path: (code.cases, code.possible, code.persons, code.passages) for path, code in found.items()} == {
        "effort": (3, 3, 2, 3),  # P02 speaks in an interview and in the group
        "effort/cost": (3, 3, 2, 3),
        "trust": (2, 3, 1, 2),
    }


def test_a_cell_that_is_not_applicable_is_not_among_the_possible_cases(coded: Project) -> None:
    coded.matrix.set("P02", "trust", "Not asked.", state=CellState.NOT_APPLICABLE)
    trust = coded.figures.codes().codes[1]
    assert (trust.cases, trust.possible, trust.not_applicable) == (2, 2, 1)
    coded.history.undo()
    assert coded.figures.codes().codes[1].possible == 3


def test_the_codings_behind_a_figure_are_those_that_a_list_shows(coded: Project) -> None:
    effort = coded.figures.codes().codes[0]
    assert set(effort.codings) == {view.id for view in coded.codings.list(code="effort")}


def test_words_of_passages_are_counted_like_those_of_any_text(coded: Project) -> None:
    grid = coded.figures.grid(measure=Measure.WORDS)
    at = {row.label: line for row, line in zip(grid.rows, grid.values, strict=True)}
    assert at["P01"] == (count_words("Nobody asks who pays for it."), count_words("asks who pays for it."))
    spoken = next(row.words for row in grid.rows if row.label == "P01")
    assert spoken == count_words(
        "We share what we learn. Nobody asks who pays for it. Trust grows slowly. We share what we learn."
    )


def test_only_the_cases_and_coders_of_the_query_are_counted(coded: Project) -> None:
    only = coded.figures.codes(MatrixQuery(cases=("P01",), with_no_case=False))
    assert [(code.cases, code.possible) for code in only.codes] == [(1, 1), (1, 1)]
    birch = coded.figures.codes(MatrixQuery(where=(("site", "Birch"),), with_no_case=False))
    assert [(code.cases, code.possible) for code in birch.codes] == [(1, 1), (0, 1)]
    assert coded.figures.codes(MatrixQuery(coders=(coded.coder.name,))).codes[0].passages == 3
    with pytest.raises(NotFound):
        coded.figures.codes(MatrixQuery(coders=("Nobody",)))


def test_codes_that_overlap_co_occur(coded: Project) -> None:
    pair = coded.figures.cooccurrence().pairs[0]
    assert (pair.both, pair.only_first, pair.only_second, pair.jaccard) == (1, 2, 1, 1 / 4)
    assert coded.figures.cooccurrence(unit=Unit.CASE).pairs[0].both == 2
    assert coded.figures.cooccurrence(unit=Unit.TURN).pairs[0].both == 1


def test_a_crosstab_counts_each_person_once_with_what_was_said_in_groups(coded: Project) -> None:
    table = coded.figures.crosstab("site", code="cost")
    assert (table.rows, table.columns) == (("Alder", "Birch"), ("coded", "not coded"))
    assert table.members == ((("P01",), ()), (("P02",), ("P03",)))
    bands = coded.figures.crosstab("Years", "role", groupings={"years": Grouping(cuts=(5, 10))})
    assert bands.rows == ("below 5", "5 to below 10", "10 or more")
    assert bands.members == ((("P02",), ()), ((), ("P03",)), ((), ("P01",)))


def test_a_crosstab_needs_two_variables_that_exist(coded: Project) -> None:
    with pytest.raises(InvalidInput, match="second attribute or a code"):
        coded.figures.crosstab("site")
    with pytest.raises(InvalidInput, match='no attribute "shoe"'):
        coded.figures.crosstab("site", "shoe")
    with pytest.raises(InvalidInput, match='no attribute "shoe"'):
        coded.figures.crosstab("site", "role", groupings={"shoe": Grouping(cuts=(1,))})
    with pytest.raises(NotFound):
        coded.figures.crosstab("site", code="snow")


def test_a_report_has_figures_with_tables_notes_and_pictures(coded: Project) -> None:
    figures = coded.figures.document_figures()
    assert [figure.title for figure in figures] == [
        *("Cases by code", "Passages by case and code", "Codes that occur together in a passage")
    ]
    for figure in figures:
        assert figure.note
        assert figure.table.rows
        assert figure.svg.startswith("<svg ")
    keys = [figure.svg.partition('id="')[2].partition('"')[0] for figure in figures]
    assert len(set(keys)) == 3


def test_an_empty_project_has_figures_of_nothing(project: Project) -> None:
    assert [code.cases for code in project.figures.codes().codes] == [0, 0]
    pair = project.figures.cooccurrence().pairs[0]
    assert (pair.jaccard, pair.undefined) == (None, "neither code has a passage")


def test_the_facts_of_an_export_name_project_codebook_and_filters(coded: Project) -> None:
    about = coded.figures.about(MatrixQuery(where=(("site", "Birch"),)))
    assert (about["project"], about["codebook"], about["codebook_version"]) == (coded.info.title, "Sharing", "1.0")
    assert about["where"] == ["site=Birch"]
