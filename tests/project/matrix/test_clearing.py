"""Clearing a cell removes what was seen, and nothing that another coder wrote meanwhile."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from fwanalysis import open_project
from fwanalysis.errors import Conflict
from fwanalysis.project.matrix.opened_cell import OpenedCell

if TYPE_CHECKING:
    from pathlib import Path


def test_a_cell_that_another_coder_writes_while_it_is_cleared_is_kept(
    built_charted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "charted.fwa"
    shutil.copy(built_charted, path)
    opens = "fwanalysis.project.matrix.area.OpenedCell"
    with open_project(path, coder="ana") as project, open_project(path, coder="ben") as bens:

        def read_before_ben_writes(*given: Any, **options: Any) -> OpenedCell:
            found = OpenedCell(*given, **options)
            monkeypatch.setattr(opens, OpenedCell)
            bens.matrix.set("P01", "trust", "Bens words (P01:4).")
            return found

        seen = project.matrix.cell("P01", "trust").cell
        monkeypatch.setattr(opens, read_before_ben_writes)
        with pytest.raises(Conflict, match="was changed by another coder"):
            project.matrix.clear("P01", "trust", seen=seen)
        assert project.matrix.cell("P01", "trust").summary == "Bens words (P01:4)."
