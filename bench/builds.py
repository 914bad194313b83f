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


def build_with(checkout: Path, folder: str) -> str:
    """Make the project of all transcripts and the codebook by another build with its own corpus; returns its path."""
    make = (
        "import sys; from pathlib import Path; from bench.study import Study; print(Study(Path(sys.argv[1])).project)"
    )
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    run = [sys.executable, "-c", make, folder]
    done = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=checkout)
    return done.stdout.splitlines()[-1]


def run_suggestions(path: str) -> list[float]:
    """The seconds of two runs whose tokens and suggestions are there from the run before."""
    from time import perf_counter

    from fwanalysis.project import open_project

    times = []
    with open_project(path, coder="bench") as project:
        for _ in range(3):
            before = perf_counter()
            for _report in project.suggestions.run():
                pass
            times.append(perf_counter() - before)
    return times[1:]
