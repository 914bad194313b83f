"""PDFs are read in a process of its own: none holds the program or takes it down, and the next one is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.pdf import process as pdf_process
from fwanalysis.formats.readers.pdf import read as input_format
from fwanalysis.formats.readers.pdf.page import PageLines, unpacked
from fwanalysis.formats.readers.registry import read_source
from tests.formats.pdf_writing import pdf, placed

ROOT = Path(__file__).parents[4]
ENDLESS = pdf(placed(["Words."]), [], pictured=[1], nested=28)
SOUND = pdf(placed(["More words."]))
BEGIN = """
import os, sys, threading
from fwanalysis.formats.readers.pdf import process as pdf_process
from fwanalysis.formats.readers.registry import read_source
from tests.formats.pdf_writing import pdf, placed
pdf_process._KEPT_AFTER = 100.0
data = pdf(placed(["Words."]))
"""


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process is kept for the next file, however busy the machine is."""
    monkeypatch.setattr(pdf_process, "_KEPT_AFTER", 100.0)


@pytest.fixture
def anew() -> None:
    """No process from the tests before."""
    pdf_process._drop()


def child() -> subprocess.Popen[bytes]:
    assert pdf_process._child is not None
    return pdf_process._child.process


def run(script: str, *arguments: str, cwd: Path = ROOT) -> str:
    """What a fresh Python prints that runs *script* and does not look for modules where it is."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", BEGIN + script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert not done.stderr
    return done.stdout


# What goes wrong


@pytest.mark.skipif(os.name != "posix", reason="stops a process")
def test_a_page_that_takes_too_long_is_named_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(number: int, packed: bytes) -> PageLines:
        child().send_signal(signal.SIGSTOP)
        return unpacked(number, packed)

    with monkeypatch.context() as patch:
        patch.setattr(pdf_process, "SECONDS", 4.0)
        patch.setattr(input_format, "unpacked", stopped)
        with pytest.raises(UnreadableFile) as refused:
            read_source("P01.pdf", ENDLESS)
    assert str(refused.value) == (
        "P01.pdf was not read: page 2 of 2 took too long; print it to a new PDF, or save its text."
    )
    assert read_source("P02.pdf", SOUND).text == "More words."


@pytest.mark.usefixtures("anew")
def test_a_file_that_takes_too_long_to_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "SECONDS", 0.0)
    with pytest.raises(UnreadableFile, match=r"^P01.pdf was not read: opening it took too long; print it"):
        read_source("P01.pdf", SOUND)


def test_a_page_with_which_the_process_dies_is_named_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    first_page = threading.Event()

    def noticed(number: int, packed: bytes) -> PageLines:
        first_page.set()
        return unpacked(number, packed)

    monkeypatch.setattr(input_format, "unpacked", noticed)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_source, "P01.pdf", ENDLESS)
        first_page.wait()
        child().kill()
        with pytest.raises(UnreadableFile) as refused:
            reading.result()
    assert str(refused.value) == (
        "P01.pdf was not read: page 2 of 2 crashed the PDF library; print it to a new PDF, or save its text."
    )
    assert read_source("P02.pdf", SOUND).text == "More words."


def test_a_process_that_died_between_two_files_is_replaced() -> None:
    read_source("P01.pdf", SOUND)
    child().kill()
    child().wait()
    assert read_source("P02.pdf", SOUND).text == "More words."


@pytest.mark.usefixtures("anew")
def test_where_no_process_can_be_started_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(
        UnreadableFile, match=r"P01.pdf was not read: the process that reads PDFs cannot be started \(No such file"
    ):
        read_source("P01.pdf", SOUND)


# What goes right


def test_files_are_read_by_one_process() -> None:
    read_source("P01.pdf", SOUND)
    before = child().pid
    read_source("P02.pdf", SOUND)
    with pytest.raises(UnreadableFile, match="damaged"):
        read_source("P03.pdf", SOUND[:200])
    read_source("P04.pdf", SOUND)
    assert child().pid == before


def test_a_process_that_was_long_at_one_file_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_KEPT_AFTER", -1.0)
    assert read_source("P01.pdf", SOUND).text == "More words."
    assert pdf_process._child is None


def test_each_page_that_was_read_gives_the_next_more_time_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[float] = []

    def noticed(number: int, packed: bytes) -> PageLines:
        assert pdf_process._child is not None
        ends.append(pdf_process._child._deadline)
        return unpacked(number, packed)

    monkeypatch.setattr(input_format, "unpacked", noticed)
    monkeypatch.setattr(pdf_process, "SECONDS", 100.0)
    monkeypatch.setattr(pdf_process, "SECONDS_A_PAGE", 10.0)
    monkeypatch.setattr(pdf_process, "MOST_SECONDS", 125.0)
    read_source("P01.pdf", pdf(*(placed(["Words."]) for _ in range(4))))
    assert [round(later - sooner) for sooner, later in pairwise(ends)] == [10, 5, 0]


def test_threads_that_read_at_once_get_each_its_own_text() -> None:
    said = [f"Words of thread {at}." for at in range(6)]
    files = [pdf(*(placed([words]) for _ in range(5))) for words in said]
    with ThreadPoolExecutor(6) as pool:
        drafts = list(pool.map(lambda data: read_source("P01.pdf", data), files * 3))
    assert [draft.text for draft in drafts] == [" ".join([words] * 5) for words in said] * 3


def test_a_copy_of_the_program_starts_a_process_of_its_own() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system copies no processes")
    script = (
        "read_source('a.pdf', data)\nbefore = pdf_process._child.process.pid\n"
        "if os.fork() == 0:\n"
        "    read_source('a.pdf', data)\n    print(pdf_process._child.process.pid != before)\n"
        "    sys.stdout.flush()\n    pdf_process._drop()\n    os._exit(0)\n"
        "os.wait()\nprint(read_source('a.pdf', data).text, pdf_process._child.process.pid == before)\n"
    )
    assert run(script) == "True\nWords. True\n"


@pytest.mark.skipif(os.name != "posix", reason="asks for a process by its number")
def test_the_process_ends_with_the_program_also_when_another_thread_started_it() -> None:
    script = (
        "thread = threading.Thread(target=read_source, args=('a.pdf', data))\nthread.start()\nthread.join()\n"
        "print(pdf_process._child.process.pid)\n"
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int(run(script)), 0)


def test_it_works_without_standard_streams(tmp_path: Path) -> None:
    script = (
        "sys.stdin = sys.stdout = None\nos.close(0)\nos.close(1)\n"
        "text = read_source('a.pdf', data).text\n"
        "with open(sys.argv[1], 'w') as out:\n    out.write(text)\n"
    )
    run(script, str(tmp_path / "said"))
    assert (tmp_path / "said").read_text() == "Words."


def test_modules_in_the_folder_where_the_program_runs_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    assert run("print(read_source('a.pdf', data).text)", cwd=tmp_path) == "Words.\n"


def test_pdfium_is_not_loaded_into_the_program() -> None:
    script = "read_source('a.pdf', data)\nprint([name for name in sys.modules if 'pdfium' in name])"
    assert run(script) == "[]\n"


def test_nothing_is_written_to_the_terminal_and_all_is_closed() -> None:
    script = (
        "import io\nos.environ['PYPDFIUM_DEBUG'] = '1'\n"
        "from fwanalysis.formats.readers.pdf.child import serve\n"
        "for sent in (data, data[:200]):\n"
        "    serve(io.BytesIO(len(sent).to_bytes(8, 'big') + sent), io.BytesIO())\n"
        "from pypdfium2.internal.bases import ObjectTracker\n"
        "print(sum(map(len, ObjectTracker.values())))\n"
    )
    assert run(script) == "0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system of Linux")
def test_the_memory_of_the_process_is_bounded_and_no_picture_of_it_is_written() -> None:
    from fwanalysis.formats.readers.pdf.child import MEMORY

    read_source("P01.pdf", SOUND)
    limits = Path(f"/proc/{child().pid}/limits").read_text()
    assert [line.split()[-3:-1] for line in limits.split("\n") if line.startswith("Max address space")] == [
        [str(MEMORY), str(MEMORY)]
    ]
    assert [line.split()[-3:-1] for line in limits.split("\n") if line.startswith("Max core file")] == [["0", "0"]]
