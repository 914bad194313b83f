"""What a shell completes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fwanalysis.store.name_lists import names
from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("falls")


def completed(typed: str, *, cwd: Path | None = None) -> list[str]:
    """What bash would be offered for the last word of a line."""
    words = typed.split(" ")
    environment = {
        **os.environ, "_FWA_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1),
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "fwanalysis"],
        capture_output=True, text=True, env=environment, check=False, cwd=cwd,
    )  # fmt: skip
    heavy = ("sqlalchemy", "textual", "spacy", "rapidfuzz", "pydantic", "lxml")
    loaded = [line.rpartition("|")[2].strip() for line in ended.stderr.split("\n") if line.startswith("import time:")]
    assert [name for name in loaded if name.startswith(heavy)] == []
    return [line.partition(",")[2] for line in ended.stdout.split("\n") if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_for_fwa(shell: str) -> None:
    script = done("completion", shell)
    assert f"_FWA_COMPLETE={shell}_complete" in script
    assert "fwa" in script


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("fwa sou", {"source"}),
        ("fwa source un", {"unanchored"}),
        ("fwa source list --for", {"--format"}),
        ("fwa source list --format t", {"table", "tsv"}),
        ("fwa source show P0", {"P01", "P02", "P03", "P04"}),
        ("fwa source show p0", {"P01", "P02", "P03", "P04"}),
        ("fwa coding add P03 effort/f", {"effort/free-riding"}),
        ("fwa coding list --case P0", {"P01", "P02", "P03", "P04"}),
        ("fwa case show P0", {"P01", "P02", "P03", "P04"}),
        ("fwa speaker set Interv", {"Interviewer"}),
        ("fwa attribute set-type si", {"site"}),
    ],
)
def test_commands_options_and_names_of_the_project_complete(typed: str, offered: set[str]) -> None:
    assert offered <= set(completed(typed))


def test_names_complete_from_the_only_project_in_the_folder_and_from_the_one_that_is_named(
    falls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FWA_PROJECT")
    assert "P03" in completed("fwa source text P", cwd=falls.parent)
    (falls.parent / "other").mkdir()
    assert completed("fwa source text P", cwd=falls.parent / "other") == []
    assert "P03" in completed(f"fwa -p {falls} source text P", cwd=falls.parent / "other")


def test_old_names_do_not_complete() -> None:
    assert completed("fwa source pl") == []
    assert completed("fwa source import --sty") == []


@pytest.mark.parametrize("content", [b"", b"no project at all" * 100])
def test_a_file_that_is_no_project_offers_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.fwa").write_bytes(content)
    assert names(str(tmp_path / "x.fwa"), "source") == []
    assert names(str(tmp_path / "none.fwa"), "source") == []
    assert not (tmp_path / "none.fwa").exists()


def test_the_names_are_those_of_the_lists(falls: Path) -> None:
    assert set(names(str(falls), "source")) == {item["name"] for item in told("source", "list")}
    assert set(names(str(falls), "case")) == {item["name"] for item in told("case", "list")}
    assert set(names(str(falls), "code")) == {item["path"] for item in told("code", "list")}
    assert set(names(str(falls), "speaker")) == {item["label"] for item in told("speaker", "list")}
    assert set(names(str(falls), "attribute")) == {item["name"] for item in told("attribute", "list")}
    assert run("source", "list").exit_code == 0
