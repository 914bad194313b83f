"""Figures that have no target: opening a project, laying out a transcript, ranking the names of 300 codes."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench.measure import Result, seconds
from fwanalysis.matching.fuzzy import rank
from fwanalysis.project import open_project
from fwanalysis.tui.transcript.layout import Layout, blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.study import Study

ROUNDS = 15


def measure(study: Study) -> Iterator[Result]:
    """What is good to know."""

    def open_and_close() -> None:
        with open_project(study.project, coder="bench") as project:
            assert project.info

    with open_project(study.project, coder="bench") as project:
        transcript = project.sources.transcript(project.sources.list()[0].id)
    names = [term.strip('"*').capitalize() for term in study.corpus.terms]
    yield Result("opening a project of 100 transcripts", median(seconds(open_and_close) for _ in range(ROUNDS)))
    yield Result(
        "layout of 8,000 words at 70 cells",
        median(seconds(lambda: Layout(transcript.text, blocks_of(transcript), 70)) for _ in range(ROUNDS)),
    )
    for query in ("rep", "shaer plan"):
        found = len(rank(query, names))
        yield Result(
            f"code finder: “{query}” among {len(names)} ({found} fit)",
            median(seconds(lambda query=query: rank(query, names)) for _ in range(ROUNDS)),  # type: ignore[misc]
        )
