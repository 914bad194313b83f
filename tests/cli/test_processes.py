"""What only a process of its own shows: pipes that close, signals, entry points."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("folder")

ENTRIES = [
    [sys.executable, "-m", "fwanalysis"],
    [str(Path(sys.executable).with_name("fwa"))],
    [str(Path(sys.executable).with_name("fwanalysis"))],
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: Path(entry[-1]).name)
def test_all_names_of_the_program_are_one(entry: list[str]) -> None:
    ended = subprocess.run([*entry, "source", "list"], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"error: no project in this folder")


OUTPUT = [
    "suggest list --json", "source text FG2", "source list", "source turns FG2 --format csv", "codebook export",
    "matrix export", "matrix show", "source export P03", "history list", "doctor", "help source import", "-h",
    "source list -h", "completion bash",
]  # fmt: skip


@pytest.mark.parametrize("command", OUTPUT)
@pytest.mark.usefixtures("falls")
def test_a_reader_that_stops_early_gets_silence(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([*ENTRIES[0], *command.split()], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, b"error" in ended.stderr, b"Traceback" in ended.stderr) == (1, False, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", OUTPUT)
@pytest.mark.usefixtures("falls")
def test_a_full_disk_under_the_output_is_an_error_in_a_sentence(command: str) -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run([*ENTRIES[0], *command.split()], stdout=full, stderr=subprocess.PIPE, check=False)
    lines = ended.stderr.decode().split("\n")
    assert ended.returncode == 1
    assert lines[-3:] == [
        "error: cannot write to stdout: no space left on device", "hint: make room, or write elsewhere", "",
    ]  # fmt: skip
    assert "Traceback" not in ended.stderr.decode()


@pytest.mark.parametrize("redirection", ["1>&-", "2>&-", "1>&- 2>&-", "2>/dev/full"])
@pytest.mark.usefixtures("falls")
def test_closed_streams_leave_no_traceback_and_do_not_stop_the_work(redirection: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("A few words.\n", encoding="utf-8")
    command = " ".join(ENTRIES[0])
    ended = subprocess.run(
        ["sh", "-c", f"{command} source import notes.txt {redirection}"], capture_output=True, check=False
    )
    assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False)
    assert b"notes" in subprocess.run([*ENTRIES[0], "source", "list"], capture_output=True, check=True).stdout


def test_a_disk_that_is_full_while_a_project_is_made_leaves_none_behind(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    ended = subprocess.run(
        [*ENTRIES[0], "new", "x.fwa"],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"error: the ")
    assert b"Traceback" not in ended.stderr
    assert b"\nhint: " in ended.stderr
    assert not (tmp_path / "x.fwa").exists()


@pytest.mark.usefixtures("falls")
def test_an_interrupted_import_keeps_what_was_finished_and_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"Note {number}.\n" + "Interviewer: And?\nP: Well.\n" * 50)
    with subprocess.Popen(
        [*ENTRIES[0], "source", "import", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as importing:
        assert importing.stderr is not None
        assert importing.stderr.readline().startswith("imported: ")
        importing.send_signal(signal.SIGINT)
        out, told = importing.communicate()
    assert (importing.returncode, out) == (1, "")
    assert told.endswith("Stopped. What was finished by then is kept; nothing is half written.\n")
    assert "Traceback" not in told
    kept = 1 + told.count("imported: ")
    assert kept < 300
    listed = subprocess.run([*ENTRIES[0], "source", "list"], capture_output=True, text=True, check=True)
    assert listed.stdout.count("\n0") in (kept, kept + 1)
    assert subprocess.run([*ENTRIES[0], "doctor"], capture_output=True, check=False).returncode == 0


@pytest.mark.usefixtures("falls")
def test_what_is_piped_is_utf_8_whatever_the_locale_says() -> None:
    subprocess.run([*ENTRIES[0], "matrix", "set", "P03", "effort", "漢字"], capture_output=True, check=True)
    latin = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    ended = subprocess.run([*ENTRIES[0], "matrix", "show", "--json"], capture_output=True, env=latin, check=True)
    assert "漢字" in ended.stdout.decode("utf-8")
