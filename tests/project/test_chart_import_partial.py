"""A chart's file that was made without the summaries says nothing about them when it comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from fwanalysis import open_project
from fwanalysis.domain.chart_import import Accept, accepted
from fwanalysis.domain.matrix import CellContent, MatrixQuery
from fwanalysis.project.matrix.files import write_document
from tests.project.chart_files import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project

ONE_CODER = MatrixQuery(all_codes=True, coders=("ana",))
SOME_PERSONS = MatrixQuery(all_codes=True, rows="site", where=(("plot", "south"),))


@pytest.fixture
def charted(built_charted: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the charted study."""
    shutil.copy(built_charted, tmp_path / "charted.fwa")
    with open_project(tmp_path / "charted.fwa", coder="ana") as project:
        yield project


def summaries(project: Project) -> list[tuple[str, str, str]]:
    return [(cell.case.name, cell.entry.path, cell.summary) for cell in project.matrix.check()]


@pytest.mark.parametrize("name", ["chart.csv", "chart.json", "chart.xlsx"])
@pytest.mark.parametrize("query", [ONE_CODER, SOME_PERSONS], ids=["one coder", "sites of some persons"])
def test_a_file_made_without_summaries_clears_no_cell(
    charted: Project, tmp_path: Path, name: str, query: MatrixQuery
) -> None:
    before = summaries(charted)
    write_document(tmp_path / name, charted.matrix.document(query))
    comparison = charted.matrix.compare(tmp_path / name)
    assert set(kinds(comparison).values()) == {"changed here"}
    assert charted.matrix.take(comparison, accepted(comparison, Accept.THEIRS)) == []
    assert summaries(charted) == before


def test_a_summary_written_in_a_file_of_one_coder_is_a_change_in_both(charted: Project, tmp_path: Path) -> None:
    file = tmp_path / "chart.csv"
    write_document(file, charted.matrix.document(ONE_CODER), content=CellContent.SUMMARY)
    lines = file.read_text(encoding="utf-8").split("\n")
    names = lines[0].split(",")
    at = next(number for number, line in enumerate(lines) if line.startswith("P01,"))
    values = lines[at].split(",")
    values[names.index("Cost")] = "Written there (P01:2)."
    file.write_text("\n".join([*lines[:at], ",".join(values), *lines[at + 1 :]]), encoding="utf-8")
    assert kinds(charted.matrix.compare(file))["P01 × Cost"] == "changed in both"


def test_numbers_of_codings_by_stance_are_not_read_as_summaries(charted: Project, tmp_path: Path) -> None:
    file = tmp_path / "chart.csv"
    document = charted.matrix.document(MatrixQuery(all_codes=True))
    write_document(file, document, content=CellContent.STANCES)
    comparison = charted.matrix.compare(file)
    assert comparison.conflicts == []
    assert "numbers of codings by stance" in comparison.warnings[0]
