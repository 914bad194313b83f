"""What a command asks before it does what may not have been meant, and that it says when it changed nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fwanalysis.cli import asking
from tests.cli.cli_study import CODEBOOK, SAMPLE, done, run, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

Answer = str | None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command at a terminal and give an answer."""

    def ask(answer: str, *args: str) -> Result:
        with monkeypatch.context() as patched:
            patched.setattr(asking, "is_terminal", lambda _stream: True)
            return run(*args, stdin=answer + "\n")

    return ask


def events() -> int:
    return len(told("history", "list"))


def cases() -> set[str]:
    return {item["name"] for item in told("case", "list")}


# Cases that do not exist yet


def test_a_new_case_is_made_and_said_to_be_new(falls: Path) -> None:
    result = run("case", "set", "Harbour ward", "--level", "site")
    assert (result.exit_code, result.stderr) == (0, 'created case "Harbour ward" (site)\n')
    assert run("case", "set", "Harbour ward", "--attribute", "beds=12").stderr == ""


@pytest.mark.parametrize("typed", ["P1", "P001", "p_01", "Birsh"])
def test_a_name_that_resembles_a_case_is_asked_about(falls: Path, asked: Callable[..., Result], typed: str) -> None:
    before, count = cases(), events()
    refused = run("case", "set", typed, "--attribute", "beds=12")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f'error: no case "{typed}"\nhint: did you mean "')
    assert "--yes" in refused.stderr
    assert asked("n", "case", "set", typed).exit_code == 1
    assert (cases(), events()) == (before, count)
    assert asked("y", "case", "set", typed).exit_code == 0
    assert cases() == before | {typed}


@pytest.mark.parametrize("typed", ["P77", "Quay", "FG9"])
def test_a_name_that_only_has_another_number_is_not_asked_about(falls: Path, typed: str) -> None:
    assert run("case", "set", typed).exit_code == 0


def test_a_case_that_does_not_exist_is_not_renamed(falls: Path) -> None:
    before = cases()
    assert run("case", "set", "Nowhere", "--rename", "Elsewhere").exit_code == 1
    assert run("case", "set", "Nowhere", "--no-alias", "Elsewhere").exit_code == 1
    assert cases() == before


# Speakers of two roles


def test_speakers_of_two_roles_are_merged_only_when_that_is_meant(falls: Path, asked: Callable[..., Result]) -> None:
    (asking_, answering) = sorted(told("speaker", "list", "P03"), key=lambda item: item["role"])[:2]
    args = ("speaker", "merge", asking_["label"], answering["label"], "--source", "P03")
    before = events()
    refused = run(*args)
    assert refused.exit_code == 2
    roles = f'"{asking_["label"]}" is an interviewer and "{answering["label"]}" is a participant'
    assert f"error: in P03, {roles}\n" in refused.stderr
    assert asked("n", *args).exit_code == 1
    assert events() == before
    assert asked("y", *args).exit_code == 0
    assert events() == before + 1
    done("history", "undo")
    assert run(*args, "--yes").exit_code == 0


def test_a_speaker_of_unknown_role_is_merged_unasked(falls: Path) -> None:
    labels = [item["label"] for item in told("speaker", "list", "P03")]
    done("speaker", "set", labels[0], "--source", "P03", "--role", "unknown")
    assert run("speaker", "merge", labels[0], labels[1], "--source", "P03").exit_code == 0


# New coders


def test_a_new_coder_is_named_when_the_first_change_is_made(falls: Path) -> None:
    assert run("--coder", "Rosalind", "source", "list").stderr == ""
    result = run("--coder", "Rosalind", "code", "add", "Hope")
    assert result.exit_code == 0
    assert 'note: added coder "Rosalind" to the project' in result.stderr
    assert "note" not in run("--coder", "Rosalind", "code", "add", "Fear").stderr


def test_a_coder_whose_name_resembles_another_is_asked_about(falls: Path, asked: Callable[..., Result]) -> None:
    done("--coder", "Rosalind", "code", "add", "Hope")
    before = events()
    refused = run("--coder", "Rosalin", "code", "add", "Fear")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert 'did you mean "Rosalind"' in refused.stderr
    assert "--new-coder" in refused.stderr
    assert asked("n", "--coder", "Rosalin", "code", "add", "Fear").exit_code == 1
    assert events() == before
    assert asked("y", "--coder", "Rosalin", "code", "add", "Fear").exit_code == 0
    assert run("--coder", "rosalind", "--new-coder", "code", "add", "Anger").exit_code == 0


def test_coders_who_differ_in_their_number_are_not_asked_about(falls: Path) -> None:
    done("--coder", "coder 1", "code", "add", "Hope")
    assert run("--coder", "coder 2", "code", "add", "Fear").exit_code == 0


def test_who_changes_nothing_does_not_join(falls: Path) -> None:
    before = events()
    assert run("--coder", "Rosalind", "codebook", "import", CODEBOOK).stderr == "nothing changed\n"
    assert events() == before


# Changes that change nothing

TWICE = [
    ("case", "set", "P01", "--attribute", "beds=12"),
    ("case", "set", "P01", "--alias", "the porter"),
    ("case", "set", "P01", "--level", "person"),
    ("case", "set", "P01", "--rename", "P01"),
    ("case", "import", str(SAMPLE / "cases.csv")),
    ("attribute", "set-type", "role", "text"),
    ("case", "members", "FG2", "--add", "P01"),
    ("speaker", "set", "P03", "--role", "participant"),
    ("speaker", "set", "P03", "--case", "P03"),
    ("codebook", "import", str(CODEBOOK)),
    ("coding", "add", "P03", "effort", "--span", "300", "340"),
    ("matrix", "set", "P03", "effort", "It costs an evening."),
    ("matrix", "set", "P03", "effort", "--nothing-said"),
    ("matrix", "set", "P03", "effort", "--not-applicable", "Not there."),
    ("source", "import", str(SAMPLE / "P03.txt")),
    ("source", "rename", "P03", "P03"),
    ("source", "set", "P03", "--kind", "interview"),
    ("source", "set", "newsletter", "--no-case"),
    ("suggest", "accept", "--source", "newsletter", "--min-score", "1"),
    ("suggest", "reject", "--source", "newsletter", "--min-score", "1"),
]


@pytest.mark.parametrize("command", TWICE, ids=" ".join)
def test_the_same_change_again_writes_no_event_and_says_so(falls: Path, command: tuple[str, ...]) -> None:
    first = run(*command)
    assert first.exit_code == 0, first.stderr
    before = events()
    again = run(*command, "--json")
    assert again.exit_code == 0
    assert again.stderr.endswith("nothing changed\n")
    json.loads(again.stdout)
    assert events() == before


def test_a_change_does_not_say_that_nothing_changed(falls: Path) -> None:
    for command in (
        ("case", "set", "P01", "--attribute", "beds=12"),
        ("source", "rename", "P03", "third talk"),
        ("source", "set", "third talk", "--kind", "document"),
        ("code", "add", "Hope"),
        ("matrix", "set", "P01", "effort", "An evening."),
    ):
        assert "nothing changed" not in run(*command).stderr
