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
    assert ended.stderr.startswith(b"Error: There is no project here")


@pytest.mark.parametrize("command", [("suggest", "list", "--json"), ("source", "text", "FG2")], ids=" ".join)
@pytest.mark.usefixtures("falls")
def test_a_reader_that_stops_early_gets_no_traceback(command: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([*ENTRIES[0], *command], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ended.stderr == b""


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
        assert importing.stderr.readline().startswith("imported")
        importing.send_signal(signal.SIGINT)
        out, told = importing.communicate()
    assert (importing.returncode, out) == (1, "")
    assert told.endswith("Stopped. What was finished by then is kept; nothing is half written.\n")
    assert "Traceback" not in told
    kept = 1 + told.count("imported  ")
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
