from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis import create_project, open_project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_coder_who_joins_in_two_programs_at_once_is_one_coder(tmp_path: Path) -> None:
    file, source = tmp_path / "study.fwa", tmp_path / "wren.txt"
    source.write_text("Wren: We counted the nests twice.\n\nGuide: And then?\n", encoding="utf-8")
    with create_project(file, coder="ada") as project:
        list(project.sources.import_files([source]))
    with open_project(file, coder="ida") as one, open_project(file, coder="ida") as other:
        first = one.coder.id
        other.codings.add_new("wren", "Counting", 6, 32)
        one.sources.set_position("wren", 4)
        one.codings.add_new("wren", "Nests", 6, 32)
        assert one.coder.id == other.coder.id != first
        assert len(one.codings.list(coder="ida")) == 2
