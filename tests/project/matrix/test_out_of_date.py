"""Each cause puts exactly the cells out of date that depend on it, and nothing else puts any."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from fwanalysis import open_project
from fwanalysis.domain.staleness import Cause
from tests.project.matrix.changes import CAUSES, Change
from tests.project.matrix.charted_study import CELLS
from tests.project.matrix.harmless_changes import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fwanalysis.project import Project


@pytest.fixture
def charted(built_charted: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the charted study."""
    shutil.copy(built_charted, tmp_path / "charted.fwa")
    with open_project(tmp_path / "charted.fwa", coder="ana") as project:
        yield project


def out_of_date(project: Project) -> Mapping[str, set[Cause]]:
    """Return the causes of the cells that are out of date; an asterisk marks a theme's own column."""
    return {
        f"{cell.case.name} {cell.entry.code.key}{'*' if cell.cell.own else ''}": {reason.cause for reason in cell.stale}
        for cell in project.matrix.check()
        if cell.stale
    }


def test_the_charted_study_is_up_to_date(charted: Project) -> None:
    assert len(charted.matrix.check()) == len(CELLS)
    assert out_of_date(charted) == {}


@pytest.mark.parametrize("change", [*CAUSES, *HARMLESS], ids=str)
def test_a_change_puts_exactly_the_cells_that_depend_on_it_out_of_date(charted: Project, change: Change) -> None:
    with open_project(charted.path, coder=change.coder) as author:
        before = len(author.history.list())
        change.act(author)
        events = author.history.list()[:-before]
        steps = [event for event in events if event.name != "coder.join"]
        assert steps
        assert out_of_date(author) == change.expected
        for _ in steps:
            author.history.undo()
    assert out_of_date(charted) == {}
    assert [finding.faults for finding in charted.examine()] == [()] * 5


def test_every_cause_that_a_command_can_produce_is_among_the_changes() -> None:
    found = {cause for change in CAUSES for causes in change.expected.values() for cause in causes}
    assert set(Cause) - found == {Cause.REBOUNDED, Cause.RECODED, Cause.GROUP_WORDS}
    assert {label for change in CAUSES for label in change.expected} >= {
        f"{case} {code}{'*' if options.get('own') else ''}" for case, code, _, options in CELLS
    }
