"""What the two views that people look at longest look like, to the cell and the colour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.tui.workbench_person import Person, at_work
from tests.tui.workbench_study import code, place

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from fwanalysis import Project

SIZE = (120, 30)


class SvgExtension(SingleFileSnapshotExtension):
    """A picture in a file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SvgExtension)


@pytest.fixture
def charted(study: Project) -> Project:
    """The study somewhat coded and charted."""
    code(study, "P01", "Nobody wanted to stay outside.", "effort")
    code(study, "P01", "Then it went quiet. We told each other about our mistakes", "quiet")
    code(study, "P01", "We told each other about our mistakes, which helped.", "mistakes")
    code(study, "FG1", "I filled in the spreadsheet alone, every month.", "paperwork")
    study.matrix.set("P01", "emergent", "Interest ebbed, yet the talk about mistakes stayed and helped.")
    code(study, "P01", "It was a long year.", "quiet")
    return study


def taken(person: Person) -> str:
    """The screen as a picture, without the number that is another every time."""
    svg = person.app.export_screenshot(title="fwanalysis")
    return re.sub(r"terminal-\d+", "terminal", svg)


async def test_the_code_view_looks_as_before(charted: Project, picture: SnapshotAssertion) -> None:
    async with at_work(charted, "down", "down", "enter", "n", "n", size=SIZE) as person:
        assert person.caret_before("Some sites never sent a thing")
        assert taken(person) == picture


async def test_the_matrix_view_looks_as_before(charted: Project, picture: SnapshotAssertion) -> None:
    assert place(charted, "P01", "It was a long year.")
    async with at_work(charted, "5", "right", "right", size=SIZE) as person:
        assert taken(person) == picture
