"""How importing grows with the number of files: the time for each file, and the memory of the whole process.

The transcripts of the corpus are imported as 10, 100 and 1,000 files (copies with another label each, so that no two
are the same), each time in a process of its own. The reference of the times is the import of 10; the reference of the
memory is the limit that the project set itself.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bench.measure import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.study import Study

SIZES = (10, 100, 1_000)
MOST_MEGABYTES = 200
_RUN = """
import resource, sys
from time import perf_counter
from fwanalysis import create_project
with create_project(sys.argv[1], coder="bench") as project:
    before = perf_counter()
    for report in project.sources.import_files([sys.argv[2]]):
        assert report.error is None, report.error
    taken = perf_counter() - before
print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure(study: Study) -> Iterator[Result]:
    """Time for each file and memory, by the number of files."""
    figures = {size: _import(study, size) for size in SIZES}
    each = {size: taken / size for size, (taken, _) in figures.items()}
    for size in SIZES[1:]:
        yield Result(
            f"import: a file among {size:,}", each[size], each[SIZES[0]], target=1.25, versus=f"a file among {SIZES[0]}"
        )
    for size, (_, megabytes) in figures.items():
        yield Result(
            f"import: memory of {size:,} files",
            megabytes,
            MOST_MEGABYTES,
            target=1,
            versus="the limit",
            unit="MB",
        )


def _import(study: Study, size: int) -> tuple[float, float]:
    """Seconds and megabytes of one import of so many files."""
    folder = study.folder / f"growth-{size}"
    _copies(study.files, folder, size)
    run = [sys.executable, "-c", _RUN, str(study.folder / f"growth-{size}.fwa"), str(folder)]
    taken, kilobytes = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    return float(taken), float(kilobytes) / (1024 if sys.platform != "darwin" else 1024**2)


def _copies(files: list[Path], folder: Path, size: int) -> None:
    folder.mkdir()
    for number in range(size):
        original = files[number % len(files)]
        label = original.stem
        words = original.read_text(encoding="utf-8").replace(label, f"Q{number:04}")
        (folder / f"Q{number:04}.txt").write_text(words, encoding="utf-8", newline="\n")
