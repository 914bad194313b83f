"""Projects that cannot be changed: they are read, and a change is refused in a sentence."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from fwanalysis.store import engine
from tests.cli.cli_study import done, run

READING = [
    "source list", "source show P03", "source text P03", "source turns P03", "source revisions P03",
    "source unanchored", "source export P03", "speaker list", "case list", "case show P01", "attribute list",
    "codebook list", "codebook show effort", "codebook export", "code list", "coding list", "suggest list",
    "matrix show", "matrix export", "history list", "history verify", "doctor",
    "source revise P03 files/P03.txt --dry-run",
]  # fmt: skip
WRITING = [
    "source import notes.txt", "source remove P03 --yes", "source correct P03 1 --no-speaker",
    "case set P01 --attribute site=X", "case remove P01", "code add Blue --theme", "coding add P03 effort --span 0 40",
    "suggest run", "suggest accept --all", "suggest reject --all", "matrix set P01 effort words", "history undo",
    "attribute set-type wave text", "speaker set Interviewer --role other", "codebook import codebook.yaml",
]  # fmt: skip


def forbid(monkeypatch: pytest.MonkeyPatch, *closed: Path) -> None:
    """Have the paths not writable, for root too."""
    real = os.access

    def access(path: str | Path, mode: int) -> bool:
        return not (mode == os.W_OK and Path(path) in closed) and real(path, mode)

    monkeypatch.setattr(os, "access", access)


@pytest.fixture(params=["file", "folder"])
def closed(request: pytest.FixtureRequest, falls: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = falls.parent / "files"
    files.mkdir()
    (files / "P03.txt").write_text(done("source", "text", "P03") + "\nOne line more.\n", encoding="utf-8")
    (falls.parent / "notes.txt").write_text("A few words.\n", encoding="utf-8")
    (falls.parent / "codebook.yaml").write_text(done("codebook", "new", "-"), encoding="utf-8")
    forbid(monkeypatch, falls if request.param == "file" else falls.parent)
    return falls


def test_every_reading_command_works_as_if_the_project_could_be_written(
    falls: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {command: run(*command.split()) for command in READING}
    assert {command: result.stderr for command, result in shown.items() if result.exit_code} == {}
    monkeypatch.undo()
    monkeypatch.setenv("FWA_PROJECT", str(falls))
    monkeypatch.setenv("FWA_CODER", "ana")
    monkeypatch.chdir(closed.parent)
    assert {command for command, result in shown.items() if result.stdout != run(*command.split()).stdout} == set()


@pytest.mark.parametrize("command", WRITING)
def test_a_change_is_refused_and_says_why(command: str, closed: Path) -> None:
    before = closed.read_bytes()
    result = run(*command.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: {closed} is read-only (the f" in result.stderr
    assert "not writable)\nhint: copy it to a folder of your own" in result.stderr
    assert closed.read_bytes() == before


def test_sqlite_itself_refuses_every_change(falls: Path) -> None:
    opened = engine.open_engine(falls, read_only=True)
    with opened.connect() as connection, pytest.raises(OperationalError, match="readonly database"):
        connection.exec_driver_sql("DELETE FROM codings")
    opened.dispose()


def test_reading_in_a_closed_folder_leaves_no_file_behind(falls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(path.name for path in falls.parent.iterdir())
    forbid(monkeypatch, falls.parent)
    done("source", "list")
    assert sorted(path.name for path in falls.parent.iterdir()) == before


def test_changes_in_a_log_that_cannot_be_read_are_not_left_out_silently(
    falls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = sqlite3.connect(falls, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE project SET title = 'Later'")
    data, log = falls.read_bytes(), falls.with_name("study.fwa-wal").read_bytes()
    writer.close()
    copied = falls.parent / "away"
    copied.mkdir()
    (copied / "study.fwa").write_bytes(data)
    (copied / "study.fwa-wal").write_bytes(log)
    forbid(monkeypatch, copied)
    result = run("source", "list", "-p", copied / "study.fwa")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "study.fwa-wal" in result.stderr
    assert "\nhint: copy study.fwa and study.fwa-wal" in result.stderr


@pytest.mark.parametrize("name", ["a?b.fwa", "a#b.fwa", "a%20b.fwa", "ünï 漢.fwa"])
def test_a_project_may_have_any_name(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("new", name, "--title", "Odd")
    assert sorted(path.name for path in folder.iterdir()) == [name]
    done("-p", name, "code", "add", "Blue", "--theme")
    forbid(monkeypatch, folder, Path(name))
    assert "blue" in done("-p", name, "code", "list")
