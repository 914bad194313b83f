"""Run the process in which pdfium reads: started on demand, reused, ended with the program.

pdfium cannot be stopped, and a defect of it ends the process that it runs in. So it runs in a separate process
(``child``), which is killed if a PDF takes too long; the next PDF gets a new one.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 8.0
"""How many seconds a PDF may take to open and to give its first page."""
SECONDS_A_PAGE = 0.25
"""By how many seconds each page that was read prolongs this."""
MOST_SECONDS = 60.0

_KEPT_AFTER = 2.0
"""After how many seconds with one PDF a child is not kept: pdfium gives its memory back late, if at all."""
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from fwanalysis.formats.readers.pdf.child import main; main()"
"""Modules are looked for where this program finds them and nowhere else: a folder of PDFs may hold a json.py."""


class Ended(Exception):
    """The child ended before it answered: killed because it was *late*, or by itself."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("late" if late else "by itself")
        self.late = late


class _Child:
    """A running child, which reads one PDF at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CHILD, *map(os.path.abspath, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.dirname(sys.executable),  # Windows removes no folder in which a program runs
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._deadline = 0.0
        self._late = False

    def ask(self, data: bytes, take: Callable[[bytes], bool]) -> None:
        """Read a PDF, as the function ``ask`` of this module does."""
        begun, read = time.monotonic(), 0
        self._deadline = begun + SECONDS
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True, name="pdf-watch")
        watch.start()
        try:
            self._send(data)
            while take(self._frame()):
                read += 1
                self._deadline = begun + min(SECONDS + SECONDS_A_PAGE * read, MOST_SECONDS)
        except (OSError, EOFError):
            done.set()
            watch.join()
            raise Ended(late=self._late) from None
        finally:
            done.set()
            watch.join()

    def end(self) -> None:
        """Kill the child, and close the pipes to it."""
        self.process.kill()
        self.process.communicate()

    def _send(self, data: bytes) -> None:
        requests = self.process.stdin
        assert requests is not None
        requests.write(len(data).to_bytes(8, "big"))
        requests.write(data)
        requests.flush()

    def _frame(self) -> bytes:
        answers = self.process.stdout
        assert answers is not None
        head = answers.read(4)
        frame = answers.read(int.from_bytes(head, "big"))
        if len(head) < 4 or len(frame) < int.from_bytes(head, "big"):
            raise EOFError
        return frame

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(max(0.0, self._deadline - time.monotonic())):
            if time.monotonic() >= self._deadline:
                self._late = True
                self.process.kill()
                return


_child: _Child | None = None
_one_at_a_time = threading.Lock()


def ask(data: bytes, take: Callable[[bytes], bool]) -> None:
    """Let the child read a PDF.

    Args:
        data: The bytes of the PDF.
        take: Called with each frame of the answer; returns whether there are more.

    Raises:
        Ended: If the child ended before the answer did.
        OSError: If no child can be started.

    Notes:
        May be called by several threads; they wait for one another.
    """
    global _child
    with _one_at_a_time:
        if _child is None or _child.process.poll() is not None:
            _drop()
            _child = _Child()
        begun, whole = time.monotonic(), False
        try:
            _child.ask(data, take)
            whole = True
        finally:
            if not whole or time.monotonic() - begun > _KEPT_AFTER:
                _drop()


def _drop() -> None:
    """End the child, if there is one."""
    global _child
    child, _child = _child, None
    if child is not None:
        child.end()


def _forget() -> None:
    """Forget the child in a fork of this process: it belongs to the parent."""
    global _child, _one_at_a_time
    _child, _one_at_a_time = None, threading.Lock()


atexit.register(_drop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
