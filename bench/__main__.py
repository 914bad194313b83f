"""``python -m bench``: build the corpus, measure, print one table. ``--only NAME`` measures one part.

``--base`` names an earlier build, to measure it in the same run: a folder with another checkout, or a revision of this
repository.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import (
    charting,
    code_view,
    coding,
    figures,
    formats,
    growth,
    importing,
    information,
    matrix,
    screen,
    startup,
    suggesting,
)
from bench.builds import checkout_of
from bench.measure import Result, table
from bench.study import Study

Part = Callable[[Study], Iterator[Result]]


def main() -> None:
    """Run the parts that are asked for and print what they found."""
    parts: dict[str, Part] = {
        "startup": startup.measure,
        "suggest": suggesting.measure,
        "code view": partial(code_view.measure, base=None),
        "charting": partial(charting.measure, base=None),
        "import": importing.measure,
        "growth": growth.measure,
        "formats": formats.measure,
        "screen": screen.measure,
        "coding": coding.measure,
        "figures": figures.measure,
        "matrix": matrix.measure,
        "information": information.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(parts), action="append", help="measure this part; may be repeated")
    parser.add_argument("--marker", default=startup.MARKER, help="the source whose name the first screen must show")
    parser.add_argument("--base", help="an earlier build to measure beside: a checkout's folder, or a revision")
    asked = parser.parse_args()
    parts["startup"] = partial(startup.measure, marker=asked.marker)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="fwanalysis-bench-") as folder, checkout_of(asked.base) as base:
        parts["suggest"] = partial(suggesting.measure, base=base)
        parts["code view"] = partial(code_view.measure, base=base)
        parts["charting"] = partial(charting.measure, base=base)
        study = Study(Path(folder))
        for name in asked.only or parts:
            began = perf_counter()
            results += parts[name](study)
            print(f"{name}: measured in {perf_counter() - began:.0f} s", file=sys.stderr)
    print(table(results))


if __name__ == "__main__":
    main()
