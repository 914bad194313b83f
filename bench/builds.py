"""An earlier build of the program, to measure beside this one.

A measurement that compares two builds is a function of a module of this package that uses only what both builds have:
public methods of ``Project``, and widgets by their ids. It runs in a process of its own, with this checkout's ``bench``
and the ``fwanalysis`` of the build that is asked for, and prints seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parents[1]
_CALL = """
import importlib, json, sys
here, checkout, module, function, arguments = sys.argv[1:]
for folder, package in ((here, "bench"), (checkout, "fwanalysis")):
    sys.path.insert(0, folder)
    assert importlib.import_module(package).__file__.startswith(folder)
print(json.dumps(getattr(importlib.import_module(module), function)(*json.loads(arguments))))
"""


def call(checkout: Path, module: str, function: str, *arguments: Any) -> Any:
    """Call a function of a module of this ``bench`` with the program of *checkout*.

    Arguments and result are what JSON can hold. A new process is started each time.
    """
    run = [sys.executable, "-P", "-c", _CALL, str(HERE), str(checkout), module, function, json.dumps(arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def checkout_of(base: str | None) -> Iterator[Path | None]:
    """Give the folder of another build: *base* itself if it is a folder, else that revision of this repository.

    None if no base is asked for, or if the revision cannot be had (no git, an archive without history).
    """
    if base is None or (Path(base) / "fwanalysis").is_dir():
        yield Path(base).resolve() if base else None
        return
    with tempfile.TemporaryDirectory(prefix="fwanalysis-base-") as folder:
        archive = Path(folder, "base.tar")
        command = ["git", "-C", str(HERE), "archive", "--output", str(archive), base]
        try:
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            yield None
            return
        checkout = Path(folder, "checkout")
        checkout.mkdir()
        subprocess.run(["tar", "-xf", str(archive), "-C", str(checkout)], check=True)
        yield checkout.resolve()
