"""``fwa code add`` and the names that several codes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
