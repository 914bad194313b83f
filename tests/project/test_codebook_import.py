"""Codebook files without keys: what their codes are called by, and that it stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.errors import CodebookError
from tests.project.project_study import rows

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project

HEAD = "fwanalysis: codebook/1\nname: Oil\ncodes:\n"
BARE = """  - name: Öl
    codes:
      - name: 编码
      - name: Preis
  - name: Ol
"""


def bring(project: Project, folder: Path, codes: str) -> list[str]:
    """Import a codebook with these codes; the paths added."""
    (folder / "oil.yaml").write_text(HEAD + codes, encoding="utf-8")
    return list(project.codebook.import_file(folder / "oil.yaml").added)


def named(project: Project) -> dict[str, str]:
    return {entry.path: entry.name for entry in project.codebook.tree().entries}


def test_codes_without_keys_get_keys_from_their_names_unique_below_their_parent(
    project: Project, tmp_path: Path
) -> None:
    assert bring(project, tmp_path, BARE) == ["ol", "ol/bian-ma", "ol/preis", "ol-2"]
    assert named(project)["ol-2"] == "Ol"


def test_the_same_file_again_changes_nothing(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, BARE)
    before, events = rows(project), len(project.history.list())
    assert bring(project, tmp_path, BARE) == []
    assert rows(project) == before
    assert len(project.history.list()) == events


def test_codes_in_another_order_and_with_other_capitals_keep_their_keys(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, BARE)
    ids = {entry.path: entry.id for entry in project.codebook.tree().entries}
    assert bring(project, tmp_path, "  - name: Ol\n  - name: ÖL\n    codes: [{name: PREIS}]\n") == []
    assert {entry.path: entry.id for entry in project.codebook.tree().entries} == ids
    assert named(project)["ol/preis"] == "PREIS"


def test_a_key_stays_when_a_name_changes(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, BARE)
    bring(project, tmp_path, "  - {key: ol, name: Erdöl}\n")
    assert named(project)["ol"] == "Erdöl"
    assert bring(project, tmp_path, "  - {name: Erdöl, definition: Black.}\n") == []
    assert project.codebook.show("ol").version.definition == "Black."


def test_a_key_that_another_code_of_the_file_states_is_not_given_twice(project: Project, tmp_path: Path) -> None:
    assert bring(project, tmp_path, "  - name: Öl\n  - {key: ol, name: Petrol}\n") == ["ol-2", "ol"]


def test_two_codes_of_one_name_and_no_key_below_one_parent_are_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"line 5, column 11: another code under the same parent has the name “Öl”"):
        bring(project, tmp_path, "  - name: Öl\n  - name: Öl\n")


def test_what_is_exported_has_keys_and_comes_back_as_it_was(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, BARE)
    text = project.codebook.export()
    assert "key: bian-ma" in text
    before = rows(project)
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    project.codebook.import_file(tmp_path / "again.yaml")
    assert rows(project)["codes"] == before["codes"]


def test_the_old_name_of_a_near_miss_is_read_with_a_warning(project: Project, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(
        HEAD + "  - {name: Öl, examples: {close_but_no: The oil of olives.}}\n", encoding="utf-8"
    )
    report = project.codebook.import_file(tmp_path / "old.yaml")
    assert project.codebook.show("Öl").code.examples.near_miss == "The oil of olives."
    assert [warning for warning in report.warnings if "near_miss" in warning] == list(report.warnings) != []
    assert "near_miss: " in project.codebook.export()


def test_the_new_name_is_read_without_a_warning(project: Project, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(HEAD + "  - {name: Öl, examples: {near_miss: Olives.}}\n", encoding="utf-8")
    assert project.codebook.import_file(tmp_path / "new.yaml").warnings == ()
