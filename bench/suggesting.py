"""A suggestion run over the whole corpus against one alternation of all terms in ``re``.

Ours: ``project.suggestions.run()`` with tokens cached and an earlier run's suggestions to replace: reading texts,
turns and tokens, finding inflected forms and phrases, scoring, and writing the suggestions. The reference has the
texts in memory, looks for the bare letters of the terms wherever they stand, and keeps nothing. Between ``\\b`` and
``\\b`` the same alternation is quicker, as it gives up at most places at once, but finds whole words only; it is
shown beside.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from bench.builds import HERE, build_with, call
from bench.measure import Result, compare, seconds, timed
from fwanalysis.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.study import Study

ROUNDS = 3
ONE_IN = 5
"""The patterns, whose time is proportional to the text, search one text in so many; their time is scaled by length."""


def measure(study: Study, base: Path | None = None) -> Iterator[Result]:
    """The suggestion run."""
    texts = list(study.corpus.texts.values())
    sample = texts[::ONE_IN]
    scale = sum(map(len, texts)) / sum(map(len, sample))

    def searching(pattern: str) -> float:
        return seconds(lambda: _count(pattern, sample))

    letters = "|".join(re.escape(term.strip('"*')) for term in study.corpus.terms)
    with open_project(study.project, coder="bench") as project:
        _run(project)
        ours, plain = compare(
            timed(lambda: _run(project)), lambda: scale * searching(letters), rounds=ROUNDS, warm_up=False
        )
        suggestions = [item for source in project.sources.list() for item in project.suggestions.of_source(source.id)]
    words = rf"\b(?:{letters})\b"
    bounded = scale * median(searching(words) for _ in range(ROUNDS))
    hits = sum(len(item.hits) for item in suggestions)
    found = f"{len(suggestions):,} suggestions on {hits:,} hits"
    yield Result(f"suggestion run: {found}", ours, plain, target=0.2, versus="re alternation of the 300 terms")
    yield Result("  the same", ours, bounded, versus=r"that alternation between \b and \b")
    yield _beside(study, base)


def _beside(study: Study, base: Path | None) -> Result:
    """The run of this build beside that of an earlier one, on copies of one project."""
    if base is None:
        return Result("  the same", missing="needs --base", versus="the base build")
    (study.folder / "base").mkdir()
    built = build_with(base, str(study.folder / "base"))
    times: dict[Path, list[float]] = {HERE: [], base: []}
    for number in range(ROUNDS):
        for build in (HERE, base) if number % 2 else (base, HERE):
            copy = study.folder / f"suggest-{number}-{len(times[HERE])}.fwa"
            with closing(sqlite3.connect(built)) as bare:
                bare.execute("VACUUM INTO ?", (str(copy),))
            times[build] += call(build, "bench.builds", "run_suggestions", str(copy))
            copy.unlink()
    return Result("  the same", median(times[HERE]), median(times[base]), target=0.8, versus="the base build")


def _run(project: Project) -> None:
    for _ in project.suggestions.run():
        pass


def _count(pattern: str, texts: list[str]) -> int:
    re.purge()
    compiled = re.compile(pattern, re.IGNORECASE)
    return sum(1 for text in texts for _ in compiled.finditer(text))
