"""The programs on a machine that convert legacy Word documents, and how they are run.

A program works in a private folder that is gone afterwards. It is started without a shell and with an environment of
its own, in which the way to the network leads nowhere; it has a minute, and then is ended with all that it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 60.0
"""How long a conversion may take."""

_LIBREOFFICE = (
    *("soffice", "libreoffice"),
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
"""Names on the path, and where it is on machines that have it on no path."""
_ANTIWORD = ("antiword",)
_NOWHERE = "http://127.0.0.1:9"


def converters() -> tuple[str, ...]:
    """The paths of the programs that this machine has, the preferred one first."""
    found = (shutil.which(name) for names in (_LIBREOFFICE, _ANTIWORD) for name in names)
    return tuple(path for path in found if path)


def to_docx(data: bytes, limit: int) -> bytes | None:
    """The document as LibreOffice converts it to .docx; None where there is no LibreOffice, it failed, or what it made
    has more than *limit* bytes."""
    program = _first(_LIBREOFFICE)
    if program is None:
        return None
    with TemporaryDirectory(prefix="fwa-") as name:
        folder = Path(name)
        (folder / "document.doc").write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = (
            *(program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"),
            *("--convert-to", "docx", "--outdir", name, "document.doc"),
        )
        return _content(folder / "document.docx", limit) if _run(command, folder) else None


def to_text(data: bytes, limit: int) -> bytes | None:
    """The text (UTF-8, a line a paragraph) that antiword finds; None as for ``to_docx``."""
    program = _first(_ANTIWORD)
    if program is None:
        return None
    with TemporaryDirectory(prefix="fwa-") as name:
        folder = Path(name)
        (folder / "document.doc").write_bytes(data)
        done = _run((program, "-m", "UTF-8.txt", "-w", "0", "document.doc"), folder)
        return _content(folder / "said", limit) if done else None


def _first(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _run(command: Sequence[str], folder: Path) -> bool:
    """Run a program in *folder*, what it writes going to the file ``said`` there; whether it ended well and in time."""
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "ANTIWORDHOME") if name in os.environ} | {
        **{"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE),
    }
    with (folder / "said").open("wb") as said:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            return process.wait(SECONDS) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with whatever it started and left behind."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # it has ended, and nothing of it is left
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _content(path: Path, limit: int) -> bytes | None:
    if not path.is_file() or path.stat().st_size > limit:
        return None
    return path.read_bytes()
