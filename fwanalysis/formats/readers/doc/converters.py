"""Run the programs on a computer that convert legacy Word documents.

A program works in a private folder that is deleted afterwards. It is started without a shell and in an environment of
its own, whose proxies lead nowhere. After a minute it is ended, with all processes that it started.
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
"""How many seconds a conversion may take."""

_LIBREOFFICE = (
    *("soffice", "libreoffice"),
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
"""Names on the path, and where it is installed without being on the path."""
_ANTIWORD = ("antiword",)
_NOWHERE = "http://127.0.0.1:9"


def converters() -> tuple[str, ...]:
    """Return the paths of the installed programs, the preferred one first."""
    found = (shutil.which(name) for names in (_LIBREOFFICE, _ANTIWORD) for name in names)
    return tuple(path for path in found if path)


def to_docx(data: bytes, limit: int) -> bytes | None:
    """Convert a document to .docx with LibreOffice.

    Args:
        data: The bytes of the document.
        limit: How many bytes the result may have.

    Returns:
        None if LibreOffice is not installed, fails, or writes a larger file.
    """
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
    """Convert a document to text (UTF-8, one line for each paragraph) with antiword; None as for ``to_docx``."""
    program = _first(_ANTIWORD)
    if program is None:
        return None
    with TemporaryDirectory(prefix="fwa-") as name:
        folder = Path(name)
        (folder / "document.doc").write_bytes(data)
        done = _run((program, "-m", "UTF-8.txt", "-w", "0", "document.doc"), folder)
        return _content(folder / "output", limit) if done else None


def _first(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _run(command: Sequence[str], folder: Path) -> bool:
    """Run a program in *folder*, where the file ``output`` gets what it prints; return whether it succeeded in time."""
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "ANTIWORDHOME") if name in os.environ} | {
        **{"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE),
    }
    with (folder / "output").open("wb") as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
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
    """End a program and all processes that it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # it has ended already
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _content(path: Path, limit: int) -> bytes | None:
    if not path.is_file() or path.stat().st_size > limit:
        return None
    return path.read_bytes()
