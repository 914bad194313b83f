"""``fwa code add`` and the names that several codes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_that_a_theme_and_a_sub_code_share_is_warned_of_and_then_refused(falls: Path) -> None:
    done("code", "add", "Night bell", "--theme")
    done("code", "add", "Lamps", "--theme")
    result = run("code", "add", "Night bell", "--parent", "lamps")
    assert (result.exit_code, result.stdout) == (0, "lamps/night-bell\n")
    assert 'warning: "Night bell" names 2 codes now: lamps/night-bell, /night-bell' in result.stderr
    before = len(told("coding", "list"))
    refused = run("coding", "add", "P03", "night-bell", "--span", "30", "60")
    assert refused.exit_code == 1
    assert "/night-bell, lamps/night-bell" in refused.stderr
    assert len(told("coding", "list")) == before
    assert told("coding", "add", "P03", "/night-bell", "--span", "30", "60")["code_path"] == "night-bell"


def test_a_code_that_becomes_a_theme_unasked_is_said_to_be_one(falls: Path) -> None:
    assert done("code", "add", "Corridor", "--kind", "sensitizing") == "corridor (added as a theme at the top)\n"
    assert done("code", "add", "Stairs", "--theme") == "stairs\n"


def test_a_mistyped_code_is_named_before_a_quotation_that_does_not_occur(falls: Path) -> None:
    result = run("coding", "add", "P03", "efort", "--quote", "no such words at all")
    assert result.stderr.startswith('error: no code "efort"\nhint: did you mean "effort"?')


def test_only_a_similar_passage_is_offered_as_the_closest_match(falls: Path) -> None:
    text = "We had flasks."
    assert f'closest match: "{text}"' in run("coding", "add", "P03", "effort", "--quote", "We hd flaks.").stderr
    assert "closest match" not in run("coding", "add", "P03", "effort", "--quote", "zebra crossings in Ghent").stderr


def test_a_decision_on_no_suggestion_says_that_none_matches(falls: Path) -> None:
    done("suggest", "reject", "--all")
    for command in ("accept", "reject"):
        result = run("suggest", command, "--source", "P03")
        assert (result.exit_code, result.stdout) == (0, f"0 {command}ed\n")
        assert "No pending suggestion matches.\n" in result.stderr


_LOOSE = """\
fwanalysis: codebook/1
name: Loose
version: "1"
language: en
codes:
  - name: Sent away
    kind: emergent
    rules:
      - any: ["sent * away"]
"""


@pytest.mark.parametrize(
    "command", [("codebook", "validate", "loose.yaml"), ("new", "later.fwa", "--codebook", "loose.yaml")]
)
def test_a_term_that_no_rule_can_use_is_refused_before_anything_is_written(
    folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "loose.yaml").write_text(_LOOSE, encoding="utf-8")
    refused = run(*command)
    assert refused.exit_code == 1
    assert "sent * away" in refused.stderr
    assert not (folder / "later.fwa").exists()
