"""The contracts of pyproject.toml can fail: each is broken on purpose in a copy of the package."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL = Path(sys.executable).with_name("lint-imports")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "fwanalysis", tmp_path / "fwanalysis", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(house: Path) -> tuple[set[str], str]:
    """The names of the contracts that lint-imports finds broken, and all it says."""
    done = subprocess.run(
        [TOOL, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True, check=False, timeout=60
    )
    said = " ".join(done.stdout.split())
    return {contract["name"] for contract in CONTRACTS if f"{contract['name']} BROKEN" in said}, said


def named(contract_id: str) -> str:
    """The name of a contract."""
    return str(next(contract["name"] for contract in CONTRACTS if contract["id"] == contract_id))


@pytest.mark.parametrize(
    ("module", "line", "chain"),
    [
        (
            "domain",
            "from fwanalysis.store import schema",
            "fwanalysis.domain is not allowed to import fwanalysis.store",
        ),
        (
            "formats/writers",
            "from fwanalysis.analysis import matrix",
            "fwanalysis.formats is not allowed to import fwanalysis.analysis",
        ),
        ("cli", "from fwanalysis.tui import transcript", "fwanalysis.cli is not allowed to import fwanalysis.tui"),
        ("matching", "import fwanalysis.project", "fwanalysis.matching is not allowed to import fwanalysis.project"),
    ],
)
def test_an_import_against_the_layers_breaks_the_house(house: Path, module: str, line: str, chain: str) -> None:
    (house / "fwanalysis" / module / "violation.py").write_text(line + "\n")
    names, said = broken(house)
    # a lower layer that imports a higher one closes a circle too, if the higher one imports it
    assert {named("layers")} <= names <= {named("layers"), named("circles")}
    assert chain in said


def test_a_library_outside_its_home_breaks_the_contract_of_that_library(house: Path) -> None:
    homes = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
    libraries = [library for contract in homes for library in contract["forbidden_modules"]]
    (house / "fwanalysis" / "analysis" / "violation.py").write_text("".join(f"import {name}\n" for name in libraries))
    names, said = broken(house)
    assert names == {contract["name"] for contract in homes}
    for library in libraries:
        assert re.search(rf"fwanalysis\.analysis\.violation -> {library}\b", said), library


@pytest.mark.parametrize(
    "line",
    ["from {other} import thing", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {other} import thing"],
    ids=["at run time", "as a type only"],
)
@pytest.mark.parametrize("package", ["analysis", "project.cases", "formats.tables"])
def test_two_modules_that_import_each_other_break_the_contract_of_circles(house: Path, package: str, line: str) -> None:
    folder = house / "fwanalysis" / package.replace(".", "/")
    (folder / "first.py").write_text(f"from fwanalysis.{package} import second\n")
    (folder / "second.py").write_text(line.format(other=f"fwanalysis.{package}.first") + "\n")
    names, said = broken(house)
    assert names == {named("circles")}
    assert f"No cycles are allowed in fwanalysis.{package}." in said


def test_the_database_library_named_only_as_a_type_breaks_its_contract(house: Path) -> None:
    (house / "fwanalysis" / "project" / "violation.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sqlalchemy import Connection\n"
    )
    names, said = broken(house)
    assert names == {named("sql")}
    assert "fwanalysis.project.violation -> sqlalchemy" in said


def test_an_import_against_the_layers_of_the_formats_breaks_their_contract(house: Path) -> None:
    (house / "fwanalysis" / "formats" / "decoding" / "violation.py").write_text(
        "from fwanalysis.formats.turns import find\n"
    )
    names, said = broken(house)
    assert names == {named("formats")}
    assert "fwanalysis.formats.decoding is not allowed to import fwanalysis.formats.turns" in said


def test_a_module_of_the_formats_without_a_layer_breaks_their_contract(house: Path) -> None:
    (house / "fwanalysis" / "formats" / "helpers.py").write_text("")
    assert broken(house)[0] == {named("formats")}


def test_every_kind_of_contract_has_a_test_above() -> None:
    assert {contract["id"] for contract in CONTRACTS if contract["type"] != "forbidden"} == {
        "layers",
        "circles",
        "formats",
    }


def test_every_part_of_the_package_has_its_place_in_the_layers() -> None:
    named = {part.strip() for layer in CONTRACTS[0]["layers"] for part in layer.split("|")}
    parts = {f"fwanalysis.{path.parent.name}" for path in (ROOT / "fwanalysis").glob("*/__init__.py")}
    assert parts - {"fwanalysis.data"} <= named
