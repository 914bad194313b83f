"""Codebooks in and out: what makes a version, what changes nothing, and that nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.errors import CodebookError, InvalidInput
from fwanalysis.project import create_project
from tests.project.project_study import CODEBOOK, code, rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project
    from fwanalysis.project.codebook import CodebookReport


def take(project: Project, folder: Path, text: str) -> CodebookReport:
    return project.codebook.import_file(write_files(folder / "books", {"book.yaml": text}) / "book.yaml")


def test_importing_a_codebook_again_changes_nothing(project: Project, tmp_path: Path) -> None:
    before, events = rows(project), project.history.verify().events
    report = take(project, tmp_path, CODEBOOK)
    assert (report.added, report.changed, report.unchanged) == ((), (), 3)
    assert rows(project) == before
    assert project.history.verify().events == events


def test_a_changed_definition_makes_a_version_and_codings_keep_theirs(project: Project, tmp_path: Path) -> None:
    code(project, "P01", "cost", "who pays for it")
    old = project.codebook.show("cost").version
    report = take(project, tmp_path, CODEBOOK.replace("What is paid.", "What it costs."))
    new = project.codebook.show("cost").version
    assert report.changed == ("effort/cost",)
    assert (old.number, new.number, new.definition) == (1, 2, "What it costs.")
    assert [item["code_version_id"] for item in rows(project)["codings"]] == [old.id]


def test_a_changed_name_is_no_new_version(project: Project, tmp_path: Path) -> None:
    old = project.codebook.show("cost").version
    take(project, tmp_path, CODEBOOK.replace("name: Cost", "name: Costs"))
    assert project.codebook.show("cost").version == old
    assert project.codebook.show("cost").name == "Costs"


def test_version_numbers_are_not_used_again_after_an_undo_of_nothing_and_a_return(
    project: Project, tmp_path: Path
) -> None:
    for number, definition in enumerate(("One.", "Two.", "One."), 2):
        take(project, tmp_path, CODEBOOK.replace("What is paid.", definition))
        assert project.codebook.show("cost").version.number == number


def test_a_changed_rule_makes_a_new_version_of_the_rule_and_equal_rules_keep_theirs(
    project: Project, tmp_path: Path
) -> None:
    two = CODEBOOK.replace('      - any: ["trust"]', '      - any: ["trust"]\n      - any: ["rely"]')
    take(project, tmp_path, two)
    first, second = project.codebook.show("trust").rules
    take(project, tmp_path, two.replace('"rely"', '"count on"'))
    after = project.codebook.show("trust").rules
    assert after[0] == first
    assert (after[1].rule_id, after[1].number) == (second.rule_id, 2)
    assert after[1].id != second.id


def test_a_rule_that_a_file_leaves_out_retires_and_comes_back_as_a_new_rule(project: Project, tmp_path: Path) -> None:
    (rule,) = project.codebook.show("trust").rules
    take(project, tmp_path, CODEBOOK.replace('    rules:\n      - any: ["trust"]\n', ""))
    assert project.codebook.show("trust").rules == ()
    take(project, tmp_path, CODEBOOK)
    (again,) = project.codebook.show("trust").rules
    assert again.spec == rule.spec


def test_rules_that_change_places_keep_their_versions(project: Project, tmp_path: Path) -> None:
    two = CODEBOOK.replace('      - any: ["trust"]', '      - any: ["rely"]\n      - any: ["trust"]')
    (old,) = project.codebook.show("trust").rules
    take(project, tmp_path, two)
    assert [rule.spec.any for rule in project.codebook.show("trust").rules] == [("rely",), ("trust",)]
    assert project.codebook.show("trust").rules[1] == old


def test_codes_that_a_file_does_not_have_stay(project: Project, tmp_path: Path) -> None:
    project.codebook.add("Hope")
    take(project, tmp_path, CODEBOOK)
    assert project.codebook.show("hope").version.kind is CodeKind.EMERGENT


def test_an_exported_codebook_imported_elsewhere_is_the_same(project: Project, tmp_path: Path) -> None:
    project.codebook.add("Hope", parent="trust", definition="It is said\nto die last.", colour="#123456")
    with create_project(tmp_path / "other.fwa") as other:
        take(other, tmp_path, project.codebook.export())
        assert other.codebook.parsed() == project.codebook.parsed()
        assert other.codebook.export() == project.codebook.export()


def test_an_import_is_one_step_of_undo(project: Project, tmp_path: Path) -> None:
    before = rows(project)
    take(project, tmp_path, CODEBOOK.replace("What is paid.", "Other.").replace('"trust"]', '"faith"]'))
    project.history.undo()
    assert rows(project) == before


def test_a_file_with_a_fault_changes_nothing(project: Project, tmp_path: Path) -> None:
    before = rows(project)
    with pytest.raises(CodebookError, match=r"book\.yaml, line \d+"):
        take(project, tmp_path, CODEBOOK.replace("kind: sensitizing", "kind: sensitising", 1))
    assert rows(project) == before


def test_emergent_codes_go_under_the_theme_of_that_key_if_there_is_one(project: Project) -> None:
    assert project.codebook.add("Hope").path == "hope"
    project.codebook.add("Emergent", kind=CodeKind.SENSITIZING)
    assert project.codebook.add("Faith").path == "emergent/faith"
    assert project.codebook.add("Charity", parent="trust").path == "trust/charity"


@pytest.mark.parametrize(
    ("name", "key", "sentence"),
    [
        ("  ", None, "needs a name"),
        ("TRUST", None, "already exists"),
        ("Faith", "Faith!", "invalid key"),
        ("Faith", "trust", "is already used"),
    ],
)
def test_a_code_that_cannot_be_is_refused(project: Project, name: str, key: str | None, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        project.codebook.add(name, key=key)


def test_a_retired_code_keeps_its_codings_and_is_not_offered(project: Project) -> None:
    code(project, "P01", "trust", "Trust grows slowly.")
    draft = project.codebook.parsed()
    retired = tuple(replace(item, retired=item.key == "trust") for item in draft.codes)
    project.codebook.import_parsed(replace(draft, codes=retired))
    list(project.suggestions.run())
    assert {view.code for view in project.suggestions.list()} == {"Cost"}
    assert [view.code for view in project.codings.list()] == ["Trust"]
