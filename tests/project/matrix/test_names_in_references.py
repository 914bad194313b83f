"""References keep what they refer to when cases are renamed, speak in further sources, or have names with brackets."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from fwanalysis import open_project
from tests.project.project_study import code, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project

SECOND = "Interviewer: What is it like a year later?\nP01: I pay the fee gladly each year.\n"


@pytest.fixture
def charted(built_charted: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the charted study."""
    shutil.copy(built_charted, tmp_path / "charted.fwa")
    with open_project(tmp_path / "charted.fwa", coder="ana") as project:
        yield project


def errors(project: Project, case: str, text: str) -> list[str]:
    return [item.message for item in project.matrix.checker(case, "cost").check(text) if item.severity == "error"]


def test_a_renamed_case_that_no_longer_reads_as_a_name_leaves_the_other_references_alone(charted: Project) -> None:
    for name in ("P02", "P03"):
        charted.cases.set(name, rename=f"1{name[1:]}")
    charted.matrix.set("Birch", "cost", "Some (102:2) pay more (103/FG1:3).")
    charted.cases.set("102", rename="P02")
    assert charted.matrix.cell("Birch", "cost").summary == "Some (P02:2) pay more (103/FG1:3)."


def test_a_name_that_becomes_known_leaves_the_other_references_alone(charted: Project) -> None:
    charted.matrix.set("P01", "cost", "Marked it (4: 5) and pays (P01:2).")
    charted.cases.set("P04", rename="4")
    charted.cases.set("P01", rename="Cleo")
    assert charted.matrix.cell("Cleo", "cost").summary == "Marked it (4: 5) and pays (Cleo:2)."


def test_references_of_a_case_stay_valid_when_it_speaks_in_a_second_source(charted: Project, tmp_path: Path) -> None:
    files = write_files(tmp_path / "more", {"P01b.txt": SECOND})
    (report,) = charted.sources.import_files([files / "P01b.txt"])
    assert report.error is None
    code(charted, "P01b", "cost", "I pay the fee gladly")
    references = [quoted.reference for quoted in charted.matrix.cell("P01", "cost").quotes]
    assert references == ["(P01:2)", "(P01/P01b:2)"]
    text = f"Pays {', then '.join(references)}."
    assert errors(charted, "P01", text) == []
    charted.matrix.set("P01", "cost", text)
    cell = charted.matrix.cell("P01", "cost")
    assert (cell.summary, cell.stale) == (text, ())


@pytest.mark.parametrize("name", ["Anna (nurse)", "Lee, Anna", "site 4: Anna"])
def test_the_references_to_a_case_whose_name_has_brackets_or_commas_are_found(charted: Project, name: str) -> None:
    charted.cases.set("P02", rename=name)
    charted.sources.rename("FG1", "Group one (spring)")
    cell = charted.matrix.cell(name, "cost", with_groups=True)
    text = f"Pays {' and '.join(quoted.reference for quoted in cell.quotes)}."
    assert len(cell.quotes) == 2
    assert errors(charted, name, text) == []


def test_a_shortened_name_that_two_cases_have_is_not_guessed(charted: Project) -> None:
    charted.cases.set("P01", rename="Anna (nurse)")
    charted.cases.set("P02", rename="Anna (cook)")
    assert "there is no case or source" in errors(charted, "Anna (nurse)", "Pays (Anna:2).")[0]


def test_a_reference_that_names_another_person_than_the_one_who_speaks_is_foreign(charted: Project) -> None:
    words = "“The meetings cost us a whole day of work.”"
    for case in ("FG1", "Birch"):
        (message,) = errors(charted, case, f"They pay too: {words} (P03/FG1:2).")
        assert "P02 speaks there" in message
        assert errors(charted, case, f"They pay too: {words} (P02/FG1:2), and more (P02/FG1:1–3).") == []
