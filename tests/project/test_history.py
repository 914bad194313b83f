"""The whole study taken back and done again, and the doctor who looks for what should not be."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import NothingToUndo
from fwanalysis.project import open_project
from tests.project.project_study import code, rows

if TYPE_CHECKING:
    from fwanalysis.project import Project


def faults(project: Project) -> list[str]:
    return [fault for finding in project.examine() for fault in finding.faults]


def work(project: Project) -> None:
    """Something of everything that a coder does."""
    list(project.suggestions.run())
    project.suggestions.accept(SuggestionFilter(code="trust"))
    project.suggestions.reject(SuggestionFilter(source="P02", code="cost"))
    mine = code(project, "P01", "cost", "Nobody asks who pays for it.")
    project.codebook.add("Hope", parent="trust")
    code(project, "P02", "hope", "We trust each other.")
    project.codings.remove([mine])
    project.speakers.set("Speaker 4", case="P01")
    project.cases.set("P01", attributes={"years": "13"}, rename="Alma")
    project.matrix.set("Alma", "trust", "It grows slowly.")
    project.matrix.set("Alma", "trust", "It grows.")


def test_everything_can_be_taken_back_to_the_empty_project_and_done_again(project: Project) -> None:
    work(project)
    full, steps = rows(project), 0
    assert faults(project) == []
    with suppress(NothingToUndo):
        while project.history.undo():
            steps += 1
    assert {name for name, found in rows(project).items() if found} == {"project", "coders"}
    assert faults(project) == []
    for _ in range(steps):
        project.history.redo()
    with pytest.raises(NothingToUndo):
        project.history.redo()
    assert rows(project) == full
    assert faults(project) == []
    assert project.history.verify().faults == ()


def test_undo_goes_on_after_the_project_was_closed(project: Project) -> None:
    before = rows(project)
    project.codebook.add("Hope")
    project.close()
    with open_project(project.path, coder="ana") as again:
        assert [event.label for event in again.history.undo()] == ["add code Hope"]
        assert rows(again) == before


def test_the_history_lists_who_did_what_newest_first(project: Project) -> None:
    project.codebook.add("Hope")
    project.history.undo()
    undone, done, *_ = project.history.list()
    assert (undone.name, undone.label, undone.reverts) == ("history.undo", "add code Hope", done.seq)
    assert (done.name, done.coder, done.reverts) == ("code.add", "ana", None)
    assert len(project.history.list(limit=1)) == 1


def test_the_doctor_looks_at_everything_of_a_sound_project(project: Project) -> None:
    work(project)
    findings = project.examine()
    assert all(finding.looked_at > 0 for finding in findings)
    assert not [fault for finding in findings for fault in finding.faults]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE anchors SET quote = 'Trust grows quickly.' WHERE quote = 'Trust grows slowly.'", "quotes"),
        ("UPDATE anchors SET start = start + 1", "quotes"),
        ("UPDATE texts SET text = replace(text, 'slowly', 'rapidly')", "not the one that was imported"),
        ("UPDATE texts SET text = replace(text, 'slowly', 'faster')", "not the one that was imported"),
        ("DELETE FROM texts", "missing"),
        ("UPDATE originals SET data = x'00'", "original of"),
        ("UPDATE turns SET start = 0, label_start = 0 WHERE number = 2", "overlaps another"),
        ("UPDATE events SET label = 'nothing' WHERE name = 'source.import'", "does not follow"),
        ("UPDATE events SET payload = replace(payload, 'P01', 'P09')", "no longer holds"),
        ("DELETE FROM segments", "does not exist"),
    ],
)
def test_the_doctor_finds_what_was_tampered_with(project: Project, sql: str, sentence: str) -> None:
    work(project)
    project.close()
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute(sql)
    with open_project(project.path) as again:
        found = faults(again)
    assert any(sentence in fault for fault in found), found
