"""Undo and redo where two coders have coded the same words."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import NothingToUndo, UndoConflict
from fwanalysis.project import Project, open_project
from tests.project.project_study import build_study, code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = "Trust grows slowly."


@pytest.fixture
def coders(tmp_path: Path) -> Iterator[dict[str, Project]]:
    """One study, open for two coders."""
    with build_study(tmp_path) as ana, open_project(ana.path, coder="ben") as ben:
        yield {"ana": ana, "ben": ben}


def coded(project: Project) -> list[tuple[str, str, str]]:
    return sorted((item.coder, item.code, item.quote) for item in project.codings.list())


def spans(project: Project) -> list[tuple[str, int, int]]:
    """The spans that segments have, one for each segment."""
    with project._store.read() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT anchors.revision_id, start, end FROM segments JOIN anchors ON segment_id = segments.id"
            )
        ]


def check(project: Project) -> None:
    """No segment without a coding, no two at one span, nothing that the doctor finds."""
    found = spans(project)
    assert len(set(found)) == len(found)
    with project._store.read() as connection:
        bare = "SELECT count(*) FROM segments WHERE id NOT IN (SELECT segment_id FROM codings)"
        assert connection.exec_driver_sql(bare).scalar() == 0
    assert [fault for finding in project.examine() for fault in finding.faults] == []


@pytest.mark.parametrize("other", ["trust", "cost"])
def test_the_first_coder_undoes_a_coding_whose_words_another_coded_as_well(
    coders: dict[str, Project], other: str
) -> None:
    code(coders["ana"], "P01", "trust", WORDS)
    code(coders["ben"], "P01", other, WORDS)
    both = coded(coders["ana"])
    coders["ana"].history.undo()
    assert [item[0] for item in coded(coders["ana"])] == ["ben"]
    check(coders["ana"])
    coders["ana"].history.redo()
    assert coded(coders["ana"]) == both
    check(coders["ana"])


MOVES = list(product(["ana undo", "ben undo", "ana redo", "ben redo"], repeat=4))


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_in_whatever_order_two_coders_undo_and_redo_each_moves_only_their_own_coding(
    coders: dict[str, Project], first: str
) -> None:
    for who in (first, "ben" if first == "ana" else "ana"):
        code(coders[who], "P01", "trust", WORDS)
    for moves in MOVES[:: len(MOVES) // 40]:
        for move in moves:
            who, verb = move.split()
            there = {item[0] for item in coded(coders["ana"])}
            if (who in there) == (verb == "redo"):
                continue  # ana's and ben's next steps are other ones
            getattr(coders[who].history, verb)()
            assert {item[0] for item in coded(coders["ana"])} == there ^ {who}
            check(coders["ana"])


def test_a_coding_comes_back_on_the_segment_that_was_made_at_its_place_meanwhile(coders: dict[str, Project]) -> None:
    code(coders["ana"], "P01", "trust", WORDS)
    coders["ana"].history.undo()
    code(coders["ben"], "P01", "cost", WORDS)
    coders["ana"].history.redo()
    assert coded(coders["ana"]) == [("ana", "Trust", WORDS), ("ben", "Cost", WORDS)]
    assert len(spans(coders["ana"])) == 1
    check(coders["ana"])
    coders["ben"].history.undo()
    coders["ana"].history.undo()
    assert coded(coders["ana"]) == []
    check(coders["ana"])
    coders["ben"].history.redo()
    coders["ana"].history.redo()
    assert len(coded(coders["ana"])) == 2
    check(coders["ana"])


def test_a_removed_coding_comes_back_though_the_last_coding_took_the_segment_with_it(
    coders: dict[str, Project],
) -> None:
    mine, other = code(coders["ana"], "P01", "trust", WORDS), code(coders["ben"], "P01", "trust", WORDS)
    coders["ana"].codings.remove([mine])
    coders["ben"].codings.remove([other])
    assert spans(coders["ana"]) == []
    coders["ana"].history.undo()
    assert coded(coders["ana"]) == [("ana", "Trust", WORDS)]
    check(coders["ana"])
    coders["ben"].history.undo()
    assert len(coded(coders["ana"])) == 2
    check(coders["ana"])


def test_a_step_of_many_codings_is_undone_though_another_coded_some_of_them(coders: dict[str, Project]) -> None:
    list(coders["ana"].suggestions.run())
    coders["ana"].suggestions.accept(SuggestionFilter(code="trust"))
    full = coded(coders["ana"])
    place = coders["ana"].codings.list()[0]
    coders["ben"].codings.add(place.source, "cost", place.start, place.end)
    coders["ana"].history.undo()
    assert [item[:2] for item in coded(coders["ana"])] == [("ben", "Cost")]
    check(coders["ana"])
    coders["ana"].history.redo()
    assert coded(coders["ana"]) == sorted([*full, ("ben", "Cost", place.quote)])
    check(coders["ana"])


def test_a_coding_that_was_undone_comes_back_though_the_text_was_corrected_meanwhile(
    coders: dict[str, Project], tmp_path: Path
) -> None:
    code(coders["ana"], "P01", "trust", WORDS)
    code(coders["ben"], "P01", "cost", WORDS)
    coders["ana"].history.undo()
    (tmp_path / "new.txt").write_text(coders["ana"].sources.text("P01").replace("What made", "So what made"))
    coders["ben"].sources.revise("P01", tmp_path / "new.txt")
    coders["ana"].history.redo()
    assert coded(coders["ana"]) == [("ana", "Trust", WORDS), ("ben", "Cost", WORDS)]
    check(coders["ana"])


def test_a_code_on_which_another_has_coded_is_still_not_undone(coders: dict[str, Project]) -> None:
    coders["ana"].codebook.add("Hope", as_theme=True)
    code(coders["ben"], "P01", "hope", WORDS)
    with pytest.raises(UndoConflict):
        coders["ana"].history.undo()


def test_a_theme_does_not_come_back_beside_another_of_its_key(coders: dict[str, Project]) -> None:
    coders["ana"].codebook.add("Hope", as_theme=True)
    coders["ana"].history.undo()
    coders["ben"].codebook.add("Hope", as_theme=True)
    with pytest.raises(UndoConflict, match="is in use"):
        coders["ana"].history.redo()
    assert [entry.path for entry in coders["ana"].codebook.tree().entries].count("hope") == 1
    coders["ben"].history.undo()
    coders["ana"].history.redo()
    with pytest.raises(NothingToUndo):
        coders["ana"].history.redo()
