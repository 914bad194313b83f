import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fwanalysis import Project, create_project

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
AREAS = (
    *("sources", "speakers", "cases", "codebook", "codings", "suggestions", "matrix", "figures", "abstraction"),
    "history",
)


def script() -> str:
    (example,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return str(example)


def public(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


def documented(heading: str) -> set[str]:
    section = PAGE.split(f"### `{heading}`\n", 1)[1].split("\n### ", 1)[0]
    first_cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}


def test_the_example_has_twenty_lines() -> None:
    assert sum(bool(line.strip()) for line in script().split("\n")) <= 20


def test_the_example_uses_public_names_only() -> None:
    imported = re.findall(r"^from (fwanalysis\S*) import (.+)$", script(), re.MULTILINE)
    assert imported == [("fwanalysis", "SuggestionFilter, create_project")]
    assert not re.search(r"\._", script())


def test_the_example_leads_from_import_to_export(tmp_path: Path) -> None:
    for name in ("transcripts_sample", "codebooks"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    ran = subprocess.run([sys.executable, "-"], input=script(), cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.strip().split("\n")
    assert sum(line.startswith("imported ") for line in lines) == 13
    summary = re.fullmatch(r"(\d+) accepted; (\d+) rows; \d+ events", lines[-1])
    assert summary is not None
    assert int(summary[1]) > 0
    matrix = (tmp_path / "matrix.csv").read_text(encoding="utf-8")
    assert matrix.startswith("case,")
    assert "Counts against inertia" in matrix


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.fwa") as made:
        yield made


@pytest.mark.parametrize("area", AREAS)
def test_the_tables_name_every_method_of_an_area_and_no_other(project: Project, area: str) -> None:
    assert documented(f"project.{area}") == public(getattr(project, area))


def test_the_tables_name_every_area_of_a_project(project: Project) -> None:
    assert documented("project") | set(AREAS) == public(project)
