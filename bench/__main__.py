"""``python -m bench``: build the corpus, measure, print one table. ``--only NAME`` measures one part."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import coding, formats, growth, importing, information, screen, startup, suggesting
from bench.measure import Result, table
from bench.study import Study

Part = Callable[[Study], Iterator[Result]]


def main() -> None:
    """Run the parts that are asked for and print what they found."""
    parts: dict[str, Part] = {
        "startup": startup.measure,
        "suggest": suggesting.measure,
        "import": importing.measure,
        "growth": growth.measure,
        "formats": formats.measure,
        "screen": screen.measure,
        "coding": coding.measure,
        "information": information.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(parts), action="append", help="measure this part; may be repeated")
    parser.add_argument("--marker", default=startup.MARKER, help="the source whose name the first screen must show")
    asked = parser.parse_args()
    parts["startup"] = partial(startup.measure, marker=asked.marker)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="fwanalysis-bench-") as folder:
        study = Study(Path(folder))
        for name in asked.only or parts:
            began = perf_counter()
            results += parts[name](study)
            print(f"{name}: measured in {perf_counter() - began:.0f} s", file=sys.stderr)
    print(table(results))


if __name__ == "__main__":
    main()
