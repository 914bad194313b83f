"""References of summaries follow the words that they cite, and leave nothing behind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fwanalysis import open_project
from fwanalysis.domain import corrections
from fwanalysis.domain.matrix import CellState
from fwanalysis.errors import Conflict, InvalidInput, NothingToUndo
from tests.project.matrix.changes import correct, reword, split_at
from tests.project.project_study import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project

SAVED = "Does not mind paying (P01:2). The autumn was quiet (P01:8)."


@pytest.fixture
def charted(built_charted: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the charted study."""
    shutil.copy(built_charted, tmp_path / "charted.fwa")
    with open_project(tmp_path / "charted.fwa", coder="ana") as project:
        yield project


def join_first(project: Project) -> None:
    correct(project, "P01", lambda it: corrections.join(it, 4))


@pytest.mark.parametrize(
    ("act", "shown"),
    [
        (split_at("P01", 4, "I lent"), "Does not mind paying (P01:2). The autumn was quiet (P01:9)."),
        (join_first, "Does not mind paying (P01:2). The autumn was quiet (P01:7)."),
        (split_at("P01", 8, "was quiet"), "Does not mind paying (P01:2). The autumn was quiet (P01:8–9)."),
        (reword("P01", 8, "The autumn was very quiet for everyone."), SAVED),
    ],
)
def test_the_number_shown_follows_the_turn_and_the_stored_one_stays(charted: Project, act: object, shown: str) -> None:
    assert callable(act)
    act(charted)
    cell = charted.matrix.cell("P01", "cost")
    assert cell.cell
    assert (cell.summary, cell.cell.summary) == (shown, SAVED)
    (checked,) = charted.matrix.check(case="P01", code="cost")
    assert (checked.summary, checked.errors) == (shown, ())
    charted.history.undo()
    assert charted.matrix.cell("P01", "cost").summary == SAVED


def test_a_summary_saved_with_the_new_number_cites_the_same_segment(charted: Project) -> None:
    before = {item["segment_id"] for item in rows(charted)["citations"]}
    split_at("P01", 4, "I lent")(charted)
    shown = charted.matrix.cell("P01", "cost").summary
    cell = charted.matrix.set("P01", "cost", f"{shown} So it went.")
    assert cell.summary == f"{shown} So it went."
    assert {item["segment_id"] for item in rows(charted)["citations"]} == before
    charted.history.undo()
    charted.history.undo()
    assert charted.matrix.cell("P01", "cost").summary == SAVED


def test_a_source_that_a_summary_cites_is_not_removed(charted: Project) -> None:
    charted.matrix.set("P01", "travel", "The hedge was cut (news: line 3).")
    with pytest.raises(Conflict, match="news"):
        charted.sources.remove("news")
    charted.matrix.clear("P01", "travel")
    charted.sources.remove("news")


def test_a_reference_to_a_source_that_was_removed_is_dangling_and_says_so(charted: Project) -> None:
    charted.sources.remove("news")
    charted.matrix.set("P01", "travel", "The hedge was cut (news: line 3).")
    (checked,) = charted.matrix.check(case="P01", code="travel")
    assert [(item.kind.value, item.message) for item in checked.errors] == [
        (
            "dangling-reference",
            '(news: line 3) refers to nothing: there is no case or source "news". Correct or remove the reference.',
        )
    ]


CASES = ("P01", "P02", "P03", "FG1", "Birch")
CODES = ("cost", "effort", "trust")
TEXTS = {
    "Nothing to cite.": [],
    "One (P01:2).": ["P01:2"],
    "Two (P01:2), (P02:2).": ["P01:2", "P02:2"],
    "A run of turns (P01:4–6).": ["P01:4–6"],
    "The same twice (FG1:3), and again (FG1:3).": ["FG1:3", "FG1:3"],
    "Nowhere (P01:99), and lines (minutes: line 3; news: line 3).": ["minutes: line 3", "news: line 3"],
}
"""Summaries with their references that point to something."""
PASSAGES = (("P01", 4, 5), ("P01", 8, 0), ("P02", 4, 0), ("FG1", 3, 0), ("FG1", 6, 4))
steps = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(CASES), st.sampled_from(CODES), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("nothing"), st.sampled_from(CASES), st.sampled_from(CODES)),
    st.tuples(st.just("clear"), st.sampled_from(CASES), st.sampled_from(CODES)),
    st.tuples(st.just("affirm"), st.sampled_from(CASES), st.sampled_from(CODES)),
    st.tuples(st.just("code"), st.sampled_from(PASSAGES), st.sampled_from(CODES)),
    st.tuples(st.just("uncode"), st.integers(0, 12)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def apply(project: Project, name: str, *given_: object) -> None:
    """Do one step; what the program refuses changes nothing."""
    match (name, *given_):
        case ("set", str(case), str(code), str(summary)):
            project.matrix.set(case, code, summary)
        case ("nothing", str(case), str(code)):
            project.matrix.set(case, code, state=CellState.NOTHING_SAID)
        case ("clear", str(case), str(code)):
            project.matrix.clear(case, code)
        case ("affirm", str(case), str(code)):
            project.matrix.affirm(case, code, "It holds.")
        case ("code", (str(source), int(turn), int(skipped)), str(code)):
            span = project.sources.turns(source)[turn - 1]
            project.codings.add(source, code, span.start + skipped, span.end)
        case ("uncode", int(at)):
            codings = project.codings.list()
            project.codings.remove([codings[at % len(codings)].id] if codings else [])
        case ("undo",):
            project.history.undo()
        case ("redo",):
            project.history.redo()


def assert_consistent(project: Project) -> None:
    """Check that each reference that can be found is stored once, and that no segment is left without a use."""
    assert [finding.faults for finding in project.examine()] == [()] * 5
    state = rows(project)
    used = {item["segment_id"] for table in ("codings", "citations") for item in state[table]}
    assert used == {item["id"] for item in state["segments"]} == {item["segment_id"] for item in state["anchors"]}
    written = {item["id"]: item for item in state["cells"]}
    assert {item["cell_id"] for item in state["citations"]} <= set(written)
    for cell_id, cell in written.items():
        stored = sorted(
            (int(str(item["position"])), str(item["reference"]))
            for item in state["citations"]
            if item["cell_id"] == cell_id
        )
        assert [position for position, _ in stored] == sorted({position for position, _ in stored})
        if cell["summary"] in TEXTS:
            assert [reference for _, reference in stored] == TEXTS[str(cell["summary"])]


@given(acts=st.lists(steps, min_size=1, max_size=12))
@settings(max_examples=settings().max_examples // 4)
def test_no_sequence_of_changes_leaves_a_segment_or_a_citation_behind(
    built_charted: Path, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, ...]]
) -> None:
    target = tmp_path_factory.mktemp("steps") / "charted.fwa"
    shutil.copy(built_charted, target)
    with open_project(target, coder="ana") as project:
        for act in acts:
            try:
                apply(project, *act)
            except (InvalidInput, NothingToUndo):
                continue
            assert_consistent(project)
