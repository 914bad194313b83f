"""What starting costs: the front doors load no screen, no language model and no library of file formats."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    *("textual", "spacy", "docx", "lxml", "webvtt", "webencodings", "olefile", "ruamel", "pydantic", "alembic"),
    *("xlsxwriter", "jinja2", "plotext"),
)
IMPORT = "import fwanalysis"
HELP = """
import sys
from fwanalysis.cli.main import fwa
fwa(["--help"], standalone_mode=False)
"""
OPEN = """
import sys
from fwanalysis import open_project
with open_project(sys.argv[1]) as project:
    assert project.info.title == "Study"
    project.sources.list()
"""


def loaded(script: str, *arguments: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after running *script*."""
    told = script + "\nimport sys\nprint('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", told, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("script", [IMPORT, HELP], ids=["import fwanalysis", "fwa --help"])
def test_the_package_and_its_help_load_no_heavy_library_and_no_database(script: str) -> None:
    assert not loaded(script) & {*HEAVY, "sqlalchemy"}


def test_opening_a_project_loads_no_screen_no_language_and_no_file_format(tmp_path: Path) -> None:
    from fwanalysis import create_project

    path = tmp_path / "study.fwa"
    create_project(path, title="Study").close()
    modules = loaded(OPEN, str(path))
    assert "sqlalchemy" in modules
    assert not modules & set(HEAVY)
