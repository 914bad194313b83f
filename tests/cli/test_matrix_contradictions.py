"""Summaries and codings are not replaced or contradicted without a question, and what is not used is reported."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def charted(built_charted: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the charted study, which commands take without ``--project``."""
    target = folder / "charted.fwa"
    shutil.copy(built_charted, target)
    monkeypatch.setenv("FWA_PROJECT", str(target))


def state(case: str, code: str) -> tuple[str | None, str | None]:
    """Return the state and the summary of a cell of a theme."""
    (found,) = [item for item in told("matrix", "show") if (item["case"], item["code"]) == (case, code)]
    return found["state"], found["summary"]


def test_a_summary_by_another_coder_is_replaced_only_on_demand_and_then_printed() -> None:
    ben = ("--coder", "ben", "--new-coder", "matrix", "set", "P01", "trust", "He lends things (P01:4).")
    refused = run(*ben)
    shown = "a summary by ana: “Trust takes time (P01:4).”"
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(f"error: P01 × trust has {shown}\nhint: to replace it, add --replace\n")
    assert state("P01", "Trust") == ("checked", "Trust takes time (P01:4).")
    replaced = run(*ben, "--replace")
    assert (replaced.exit_code, f"replaced {shown}\n" in replaced.stderr) == (0, True)
    assert state("P01", "Trust") == ("draft", "He lends things (P01:4).")


CONTENTS = {("--nothing-said",): "nothing said", ("--not-applicable", "Not asked."): "not applicable"}


@pytest.mark.parametrize(("content", "named"), CONTENTS.items())
def test_coded_segments_are_contradicted_only_on_demand(content: tuple[str, ...], named: str) -> None:
    refused = run("matrix", "set", "FG1", "effort", *content)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"error: FG1 × effort has 2 coded segments\nhint: to save “{named}” all the same, add --replace\n"
    )
    assert state("FG1", "Effort") == (None, None)
    done("matrix", "set", "FG1", "effort", *content, "--replace")
    assert state("FG1", "Effort")[0] == named.replace(" ", "-")


def test_nothing_said_needs_no_question_where_nothing_is_coded() -> None:
    assert done("matrix", "set", "P02", "travel", "--nothing-said") == "saved: nothing said (based on 0 codings)\n"


def test_the_check_notes_turns_cited_without_a_coding_and_evidence_cited_nowhere() -> None:
    (cost,) = told("matrix", "check", "--case", "P01", "--code", "cost")
    assert [finding["kind"] for finding in cost["findings"]] == ["uncoded-turn"]
    assert "P01:8" in cost["findings"][0]["message"]
    (birch,) = told("matrix", "check", "--case", "Birch", "--code", "cost")
    assert [finding["kind"] for finding in birch["findings"]] == ["uncited-evidence"]
    assert "(P02/FG1:2)" in birch["findings"][0]["message"]
    assert run("matrix", "check").exit_code == 0
    done("coding", "add", "P01", "cost", "--quote", "The autumn was quiet for everyone.")
    (coded,) = told("matrix", "check", "--case", "P01", "--code", "cost")
    assert coded["findings"] == []


def test_the_same_summary_again_leaves_a_checked_summary_checked() -> None:
    assert state("P01", "Trust") == ("checked", "Trust takes time (P01:4).")
    done("matrix", "set", "P01", "trust", "Trust takes time (P01:4).")
    assert state("P01", "Trust") == ("checked", "Trust takes time (P01:4).")
