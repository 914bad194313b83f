"""What an import says of files that hold several sources, and of folders that hold none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import run

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = (
    "case,What do you share with the others?\n"
    "P71,We share what we learn and what went wrong for us this year.\n"
    "P72,Nothing at all since the meetings stopped and nobody asks.\n"
)


@pytest.mark.usefixtures("falls")
def test_sources_are_counted_where_a_file_holds_several(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(ANSWERS)
    told = run("source", "import", str(file), "--dry-run")
    assert told.stdout == "1 file (2 sources) to import (0 turns), 0 already there, 0 refused\n"
    assert run("source", "import", str(file)).stdout.startswith("1 file (2 sources) imported (0 turns), ")


@pytest.mark.usefixtures("falls")
def test_a_folder_in_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "data.bin").write_bytes(b"x")
    told = run("source", "import", str(folder))
    assert told.exit_code == 0
    assert f"Nothing in {folder} can be read; supported are .txt, " in told.stderr
