"""``fwa abstraction``: sorting cells and concepts, and files of abstractions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path

CODE = "effort"


@pytest.fixture
def sorted_study(falls: Path) -> Path:
    """A project with two written cells, one of them sorted."""
    done("matrix", "set", "P03", CODE, "Much.", "--replace")
    done("matrix", "set", "P01", CODE, "Little.", "--replace")
    done("abstraction", "add", CODE, "Giving", "--level", "category")
    done("abstraction", "add", CODE, "Paid", "--level", "dimension", "--into", "Giving")
    done("abstraction", "add", CODE, "A day", "--into", "Paid")
    done("abstraction", "sort", CODE, "P03", "--into", "A day")
    return falls


def shown() -> dict[str, object]:
    found = told("abstraction", "show", CODE)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("sorted_study")
def test_show_begins_with_what_is_not_sorted() -> None:
    lines = done("abstraction", "show", CODE).split("\n")
    assert lines[:4] == [
        "effort: 2 cells",
        "  cells not sorted: P01",
        "  elements not sorted: none",
        "  dimensions not sorted: none",
    ]
    assert lines[4:10] == ["categories", "  1. Giving", "dimensions", "  1. Paid → Giving", "elements", lines[9]]
    assert lines[9] == "  1. A day → Paid: P03"


@pytest.mark.usefixtures("sorted_study")
def test_show_as_json_has_every_link() -> None:
    found = told("abstraction", "show", CODE)
    assert [item["name"] for item in found["elements"]] == ["A day"]
    assert (found["elements"][0]["dimension"], found["elements"][0]["cells"]) == ("Paid", ["P03"])
    assert (found["dimensions"][0]["category"], found["unsorted_cells"]) == ("Giving", ["P01"])
    assert {cell["cell"]: cell["elements"] for cell in found["cells"]} == {"P01": [], "P03": ["A day"]}


@pytest.mark.usefixtures("sorted_study")
def test_a_cell_is_taken_out_of_an_element() -> None:
    assert done("abstraction", "sort", CODE, "P03", "--out-of", "A day") == "removed from “A day”: P03\n"
    assert shown()["unsorted_cells"] == ["P01", "P03"]


@pytest.mark.usefixtures("sorted_study")
def test_a_cell_of_the_theme_itself_is_sorted_with_itself() -> None:
    done("matrix", "set", "P03", CODE, "Only the theme.", "--itself")
    assert done("abstraction", "sort", CODE, "P03", "--itself", "--into", "A day") == (
        "sorted into “A day”: P03 (itself)\n"
    )


@pytest.mark.usefixtures("sorted_study")
def test_concepts_are_moved_renamed_and_removed() -> None:
    assert done("abstraction", "move", CODE, "A day", "--unsort") == "moved element “A day”\n"
    assert shown()["unsorted_elements"] == ["A day"]
    assert done("abstraction", "rename", CODE, "Paid", "Bought") == "renamed to dimension “Bought”\n"
    assert done("abstraction", "remove", CODE, "Giving") == "removed category “Giving”\n"
    assert shown()["unsorted_dimensions"] == ["Bought"]


@pytest.mark.usefixtures("sorted_study")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sort effort P03", "error: missing option --into\nhint: name an element with --into, or with --out-of"),
        ("move effort Paid", "error: nothing to change\nhint: use --into, --unsort or --to"),
    ],
)
def test_a_line_that_changes_nothing_is_a_usage_error(line: str, message: str) -> None:
    result = run("abstraction", *line.split())
    assert (result.exit_code, result.stderr.strip()) == (2, message)


@pytest.mark.usefixtures("sorted_study")
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_an_export_to_stdout_is_a_file_that_can_be_imported(folder: Path, form: str) -> None:
    written = done("abstraction", "export", "--format", form)
    (folder / f"a.{form}").write_text(written, encoding="utf-8")
    for name in ("A day", "Paid", "Giving"):
        done("abstraction", "remove", CODE, name)
    assert done("abstraction", "import", folder / f"a.{form}") == (
        "1 column: 3 concepts added, 1 cell and 0 concepts sorted\n"
    )
    assert done("abstraction", "export", "--format", form) == written


@pytest.mark.usefixtures("sorted_study")
def test_an_import_of_what_is_there_already_says_that_nothing_changed(folder: Path) -> None:
    done("abstraction", "export", folder / "a.yaml")
    result = run("abstraction", "import", folder / "a.yaml")
    assert (result.exit_code, result.stderr) == (0, "nothing changed\n")


@pytest.mark.usefixtures("sorted_study")
def test_an_unknown_case_in_a_file_is_one_sentence_and_nothing_is_imported(folder: Path) -> None:
    text = "abstraction: [{code: effort, elements: [{name: New, cells: [P77]}]}]"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    result = run("abstraction", "import", folder / "a.yaml")
    assert (result.exit_code, result.stderr) == (
        1,
        "error: no case “P77” in this project; nothing was imported\n"
        "hint: correct the names; list cases with: fwa case list\n",
    )
    assert [item["name"] for item in told("abstraction", "show", CODE)["elements"]] == ["A day"]


@pytest.mark.usefixtures("sorted_study")
def test_what_a_file_sorts_otherwise_is_a_warning(folder: Path) -> None:
    text = "abstraction: [{code: effort, elements: [{name: A day, dimension: Lost}]}]"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    result = run("abstraction", "import", folder / "a.yaml")
    assert result.exit_code == 0
    assert "the element “A day” stays in “Paid”; the file has it in “Lost”" in result.stderr


@pytest.mark.usefixtures("sorted_study")
def test_a_data_structure_is_written_as_csv_with_its_facts_and_as_xlsx(folder: Path) -> None:
    done("abstraction", "export", folder / "s.csv")
    assert (folder / "s.csv").read_text(encoding="utf-8").split("\n")[1].startswith("effort,A day,Paid,Giving,P03,")
    assert json.loads((folder / "s.csv.meta.json").read_text(encoding="utf-8"))["unsorted_cells"] == 1
    assert told("abstraction", "export", folder / "s.xlsx")["columns"] == ["effort"]
    assert (folder / "s.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("sorted_study")
def test_an_export_replaces_no_file_without_a_question(folder: Path) -> None:
    (folder / "a.yaml").write_text("mine", encoding="utf-8")
    assert run("abstraction", "export", folder / "a.yaml").exit_code == 2
    assert (folder / "a.yaml").read_text(encoding="utf-8") == "mine"
    done("abstraction", "export", folder / "a.yaml", "--yes")
    assert (folder / "a.yaml").read_text(encoding="utf-8") != "mine"


@pytest.mark.usefixtures("sorted_study")
def test_an_exported_chart_holds_the_abstraction(folder: Path) -> None:
    done("matrix", "export", folder / "m.json")
    found = json.loads((folder / "m.json").read_text(encoding="utf-8"))["abstractions"]
    assert [(item["level"], item["name"], item["parent"]) for item in found] == [
        ("element", "A day", "Paid"),
        ("dimension", "Paid", "Giving"),
        ("category", "Giving", ""),
    ]
