"""``fwa matrix check`` after each command that changes evidence, and after each that changes none."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, run, told
from tests.project.matrix.changes import CAUSES, Change
from tests.project.matrix.harmless_changes import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def charted(built_charted: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the charted study, which commands take without ``--project``."""
    target = folder / "charted.fwa"
    shutil.copy(built_charted, target)
    monkeypatch.setenv("FWA_PROJECT", str(target))
    return target


def out_of_date() -> Mapping[str, set[str]]:
    """Return the causes of the cells that are out of date, as the command lists them.

    It ends with 3 only for references that are wrong now, as those to words of a person who is another case.
    """
    result = run("matrix", "check", "--json")
    cells = json.loads(result.stdout)
    is_wrong = any(finding["severity"] == "error" for cell in cells for finding in cell["findings"])
    assert result.exit_code == (3 if is_wrong else 0)
    return {
        f"{cell['case']} {cell['code_path'].rpartition('/')[2]}{'*' if cell['own'] else ''}": set(cell["causes"])
        for cell in cells
        if cell["causes"]
    }


def values_of(change: Change, folder: Path) -> Mapping[str, str]:
    """Return what the placeholders of a change's commands mean."""
    source, name = change.coding
    ids = [item["id"] for item in told("coding", "list", "--source", source, "--code", name)] if source else [""]
    segments = [item["segment_id"] for item in told("source", "unanchored")]
    (folder / "book.yaml").write_text(change.book, encoding="utf-8")
    text = done("source", "text", "P01")
    return {
        "coding": ids[0],
        "segment": segments[0] if segments else "",
        "book": str(folder / "book.yaml"),
        "split": str(text.find("I lent")),
    }


@pytest.mark.parametrize("change", [*CAUSES, *HARMLESS], ids=str)
def test_the_check_lists_exactly_the_cells_that_a_command_put_out_of_date(charted: Path, change: Change) -> None:
    for command in change.commands:
        values = values_of(change, charted.parent)
        done("--coder", change.coder, *(word.format(**values) for word in command))
    expected = {cell: {cause.value for cause in causes} for cell, causes in change.expected.items()}
    assert out_of_date() == expected
    assert run("matrix", "check", "--errors-only", "--fail-on-stale").exit_code == (3 if expected else 0)
    for _ in change.commands:
        done("--coder", change.coder, "history", "undo")
    assert out_of_date() == {}


def test_cells_out_of_date_are_listed_in_words_with_exit_status_0(charted: Path) -> None:
    done("source", "correct", "P01", "8", "--text", "The winter was quiet for everyone.")
    result = run("matrix", "check", "--errors-only")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Alder × effort/cost: out of date: 1 summary that it is based on changed",
        "P01 × effort/cost: out of date: text of 1 cited turn changed",
    ]
    assert "2 out of date" in result.stderr


def test_an_affirmed_summary_is_up_to_date_again_and_so_is_what_is_based_on_it(charted: Path) -> None:
    done("source", "correct", "P01", "8", "--text", "The winter was quiet for everyone.")
    done("matrix", "affirm", "P01", "cost", "Only the season was corrected.")
    assert out_of_date() == {}
    done("history", "undo")
    assert set(out_of_date()) == {"P01 cost", "Alder cost"}


def test_a_summary_affirmed_beside_a_member_that_is_out_of_date_is_up_to_date_until_that_says_something_else(
    charted: Path,
) -> None:
    done("source", "correct", "P01", "8", "--text", "The winter was quiet for everyone.")
    done("matrix", "affirm", "Alder", "cost", "The season does not matter for the site.")
    assert set(out_of_date()) == {"P01 cost"}
    done("matrix", "affirm", "P01", "cost", "Only the season was corrected.")
    assert out_of_date() == {}
    done("source", "correct", "P01", "8", "--text", "The summer was quiet for everyone.")
    assert set(out_of_date()) == {"P01 cost"}
    done("matrix", "set", "P01", "cost", "Pays without asking (P01:2).", "--replace")
    assert out_of_date() == {"Alder cost": {"a summary it is based on changed"}}


def test_a_passage_that_was_unanchored_when_a_summary_was_affirmed_is_added_evidence_later(charted: Path) -> None:
    done("source", "correct", "P01", "4", "--text", "Trust grows so slowly. I lent my van twice.")
    done("matrix", "affirm", "P01", "trust", "Holds without the passage, too.")
    assert out_of_date() == {}
    (segment,) = told("source", "unanchored")
    done("source", "reanchor", segment["segment_id"])
    assert out_of_date() == {"P01 trust": {"evidence added"}}
